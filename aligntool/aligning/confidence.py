"""How sure a bead is: from its share of all paths to how often beads like it are right.

A share is overconfident, since its sums take words to be independent. Its log odds times 0.6 are not:
over the gold alignments looked at, 90 % of the beads with a confidence of .9 are right. One factor holds for
all of them; docs/decisions/0008-one-aligner.md has the figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from aligntool.records import Bead

__all__ = ["Reliability", "calibrated", "confidence", "reliability"]

_SLOPE = 0.6
_SUREST = 1 - 1e-4  # no share is trusted beyond this: confidences end at .996
_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)

GoldBead = tuple[tuple[int, ...], tuple[int, ...]]
"""Indices of the source and of the target segments, either of which may be empty."""


def confidence(share: float) -> float:
    """Probability of being right from the share of all paths; rises with it.

    >>> [round(confidence(share), 3) for share in (0.0, 0.5, 0.95, 1.0)]
    [0.004, 0.5, 0.854, 0.996]
    """
    share = min(max(share, 1 - _SUREST), _SUREST)
    odds = float((share / (1 - share)) ** _SLOPE)
    return odds / (1 + odds)


def calibrated(beads: Iterable[Bead]) -> tuple[Bead, ...]:
    """Beads with their shares made into confidences."""
    return tuple(replace(bead, score=confidence(bead.score)) for bead in beads)


class Reliability(NamedTuple):
    """One row of a reliability table (DeGroot & Fienberg 1983).

    Attributes:
        low: The least confidence of the row.
        high: The confidence it ends before; the last row holds 1 as well.
        beads: How many there are.
        stated: Their mean confidence.
        right: The part of them that gold has, exactly.
    """

    low: float
    high: float
    beads: int
    stated: float
    right: float


def reliability(
    found: Iterable[tuple[Sequence[Bead], Iterable[GoldBead]]], *, complete: bool = True
) -> tuple[Reliability, ...]:
    """Compare what beads claim with how often they are right.

    Args:
        found: For every document its beads with their confidences and the gold alignment.
        complete: Whether gold has every segment; if not, beads none of whose segments it has do not count.

    Returns:
        Rows that hold at least one bead, from doubtful to sure.
    """
    judged = [pair for beads, gold in found for pair in _judged(beads, set(gold), complete=complete)]
    rows = []
    for low, high in pairwise(_EDGES):
        inside = [pair for pair in judged if low <= pair[0] and (pair[0] < high or high == _EDGES[-1])]
        if inside:
            stated, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            rows.append(Reliability(low, high, len(inside), stated, right))
    return tuple(rows)


def _judged(beads: Sequence[Bead], gold: set[GoldBead], *, complete: bool) -> list[tuple[float, bool]]:
    """Confidence of each bead that can be judged, and whether it is right."""
    known = [{number for bead in gold for number in bead[side]} for side in (0, 1)]
    judged = []
    for bead in beads:
        key = (tuple(range(*bead.source)), tuple(range(*bead.target)))
        if complete or known[0].intersection(key[0]) or known[1].intersection(key[1]):
            judged.append((bead.score, key in gold))
    return judged
