"""What an alignment costs apart from meaning: lengths, bead types, omissions; learnt from the documents."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from aligntool.aligning.sweeps import STEPS, Floats, Step
from aligntool.records import Bead

__all__ = ["SAME", "UNLIKE", "Costs", "Lengths", "first_costs", "learn", "lengths"]

# How often bead types occur in prose and journalism; parliaments have more 1-1 (Gale & Church 1993).
_PRIORS: dict[Step, float] = {
    (1, 1): 0.75, (2, 1): 0.06, (1, 2): 0.06, (3, 1): 0.015, (1, 3): 0.015, (2, 2): 0.02, (4, 1): 0.004,
    (1, 4): 0.004, (2, 3): 0.004, (3, 2): 0.004, (5, 1): 0.0015, (1, 5): 0.0015,
}  # fmt: skip
_OPENING, _EXTENDING = 9.0, 1.4  # of a run left out; docs/decisions/0008 says how firm they are
_BELIEF = 20.0  # beads the priors and the first variance are worth against the documents' own
_CHARACTERS = 2000.0  # what the batch's ratio is worth against a document's own
_WILD = 144.0  # squared deviates beyond this are omissions rather than free translations

SAME = 4.0
"""Variance of target characters a character, between a translation and another in the same language."""
UNLIKE = 6.8
"""The same between languages (Gale & Church 1993)."""


class Lengths(NamedTuple):
    """Characters of every sentence, on both sides."""

    source: Floats
    target: Floats


@dataclass(frozen=True, slots=True)
class Costs:
    """Parameters of one alignment.

    Attributes:
        ratio: Target characters a source character.
        variance: Of the target length in characters, a character.
        priors: Log frequency of each of ``STEPS``.
        opening: Cost of a run of segments left out, a negative logarithm.
        extending: Cost of each segment in it.
    """

    ratio: float
    variance: float
    priors: tuple[float, ...]
    opening: float
    extending: float


def lengths(source: Iterable[str], target: Iterable[str]) -> Lengths:
    """Characters of texts, at least one each."""
    return Lengths(
        *(np.array([max(len(text), 1) for text in side], dtype=np.float64) for side in (source, target))
    )


def first_costs(sizes: Lengths, variance: float = UNLIKE) -> Costs:
    """What to begin with: the documents' own ratio, everything else as usual."""
    ratio = float(sizes.target.sum() / max(sizes.source.sum(), 1.0)) or 1.0
    return Costs(ratio, variance, tuple(math.log(_PRIORS[step]) for step in STEPS), _OPENING, _EXTENDING)


def learn(costs: Costs, beads: Sequence[Sequence[Bead]], sizes: Sequence[Lengths]) -> tuple[Costs, ...]:
    """Costs for each document of a batch, from a first alignment of all; sure beads count more.

    Variance and frequencies are the batch's, the ratio each document's own where it is long enough.

    Args:
        costs: What the alignment was made with.
        beads: Of each document.
        sizes: Lengths of each document's sentences.
    """
    counts = {step: _BELIEF * prior for step, prior in _PRIORS.items()}
    matched: list[Floats] = []
    for some, size in zip(beads, sizes, strict=True):
        rows = [[0.0, 0.0, 0.0]]
        for bead in some:
            step = (bead.source.size, bead.target.size)
            if step in counts:
                counts[step] += bead.score
                sums = size.source[slice(*bead.source)].sum(), size.target[slice(*bead.target)].sum()
                rows.append([*map(float, sums), bead.score])
        matched.append(np.array(rows))
    total = sum(counts.values()) + sum(
        b.score for some in beads for b in some if not (b.source.size and b.target.size)
    )
    pooled = np.concatenate(matched)
    common = (pooled[:, 1] @ pooled[:, 2] + costs.ratio) / (pooled[:, 0] @ pooled[:, 2] + 1.0)
    ratios = [
        float((rows[:, 1] @ rows[:, 2] + common * _CHARACTERS) / (rows[:, 0] @ rows[:, 2] + _CHARACTERS))
        for rows in matched
    ]
    deviates = sum(_deviates(rows, ratio) for rows, ratio in zip(matched, ratios, strict=True))
    shared = replace(
        costs,
        variance=(deviates + _BELIEF * costs.variance) / (float(pooled[:, 2].sum()) + _BELIEF),
        priors=tuple(math.log(counts[step] / total) for step in STEPS),
    )
    return tuple(replace(shared, ratio=ratio) for ratio in ratios)


def _deviates(rows: Floats, ratio: float) -> float:
    """Sum of squared deviates of matched lengths, a character."""
    left, right, weight = rows.T
    squares = 2 * (right - ratio * left) ** 2 / np.maximum(right + ratio * left, 1.0)
    return float(np.minimum(squares, _WILD) @ weight)
