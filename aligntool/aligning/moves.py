"""Blocks that stand elsewhere in the translation: a path never turns, so it leaves them out on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

import numpy as np

from aligntool.aligning import costs
from aligntool.aligning.bands import whole
from aligntool.aligning.evidence import Lexicon, Words, translated
from aligntool.aligning.rounds import sizes_of
from aligntool.aligning.search import Window, search, shifted
from aligntool.aligning.similarity import Similarity
from aligntool.aligning.sweeps import STEPS, Stripe
from aligntool.aligning.vectors import Vectors
from aligntool.alignment import Pairing
from aligntool.records import Bead, Bitext, Span

__all__ = ["Move", "moves"]

_LONG = 3  # segments a run must have: shorter ones are alike by chance
_CANDIDATES = 3  # runs of the other side each is compared with
_LONGEST = 1500  # segments of a run that are looked at
_SAMPLE = 200  # beads that show how alike the document's sentences are
_ALIKE = 0.5  # of what the document's beads gain, a moved block must gain on average


@dataclass(frozen=True, slots=True)
class Move:
    """A block that stands in another place of the translation.

    Attributes:
        source: Half-open range of source segments.
        target: Half-open range of target segments that translate them.
        score: From 0 to 1, how alike they are, against the document's other beads.
    """

    source: Span
    target: Span
    score: float


def moves(one: Pairing, found: Bitext, lexicon: Lexicon = ()) -> tuple[Move, ...]:
    """Match what an alignment leaves out on one side with what it leaves out on the other.

    Args:
        one: What was aligned.
        found: The alignment.
        lexicon: Words known to translate each other.

    Returns:
        Moves in the order of the source; no segment is in two of them.
    """
    left, right = (_runs(found.beads, side) for side in (0, 1))
    if not left or not right:
        return ()
    vectors = translated(one) if one.source_mt or one.target_mt else _learnt(one, found, lexicon)
    sizes = sizes_of(one)
    begun = costs.first_costs(sizes)
    (learnt,) = costs.learn(begun, [found.beads], [sizes])
    similarity = Similarity(vectors, sizes, learnt)
    usual = _usual(similarity, found.beads)
    if usual <= 0:
        return ()
    candidates = [
        move
        for run, other in _likely(vectors, left, right)
        if (move := _matched(similarity, run, other, usual)) is not None
    ]
    return _apart(candidates)


def _learnt(one: Pairing, found: Bitext, lexicon: Lexicon) -> Vectors:
    words = Words(one.source.texts, one.target.texts, lexicon)
    return words.vectors(words.learn(found.beads))


def _runs(beads: Sequence[Bead], side: int) -> list[Span]:
    """Runs of segments of one side that are left out, long enough to be recognised."""
    runs: list[Span] = []
    for bead in beads:
        here, there = (bead.source, bead.target) if side == 0 else (bead.target, bead.source)
        if there.size or not here.size:
            continue
        if runs and runs[-1].end == here.start:
            here = Span(runs.pop().start, here.end)
        runs.append(here)
    return [Span(a, min(b, a + _LONGEST)) for a, b in runs if b - a >= _LONG]


def _likely(vectors: Vectors, left: Sequence[Span], right: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Every run of the source with the runs of the target that share most with it."""
    sums = [
        np.array([np.asarray(side[slice(*run)].sum(axis=0)).ravel() for run in runs])
        for side, runs in zip(vectors, (left, right), strict=True)
    ]
    shared = sums[0] @ sums[1].T / (np.linalg.norm(sums[1], axis=1) + 1e-9)
    order = np.argsort(-shared, axis=1, kind="stable")[:, :_CANDIDATES]
    return [(run, right[int(at)]) for run, best in zip(left, order, strict=True) for at in best]


def _gain(similarity: Similarity, bead: Bead) -> float:
    """What a bead speaks for itself."""
    i, j = bead.source.end, bead.target.end
    return float(
        similarity.gains(Stripe(i, i, j, j))[STEPS.index((bead.source.size, bead.target.size)), 0, 0]
    )


def _usual(similarity: Similarity, beads: Sequence[Bead]) -> float:
    """What the document's beads gain in the middle."""
    matched = [bead for bead in beads if (bead.source.size, bead.target.size) in STEPS]
    picked = matched[:: max(len(matched) // _SAMPLE, 1)]
    return median(_gain(similarity, bead) for bead in picked) if picked else 0.0


def _matched(similarity: Similarity, left: Span, right: Span, usual: float) -> Move | None:
    """The part of two runs that belongs together, from the first bead to the last that speaks for it."""
    beads = search(Window(similarity, left, right), whole(left.size, right.size))
    pairs = [
        shifted(bead, left.start, right.start) for bead in beads if bead.source.size and bead.target.size
    ]
    gains = [_gain(similarity, bead) for bead in pairs]
    good = [at for at, gain in enumerate(gains) if gain > usual * _ALIKE]
    if not good:
        return None
    kept, inside = pairs[good[0] : good[-1] + 1], gains[good[0] : good[-1] + 1]
    source = Span(kept[0].source.start, kept[-1].source.end)
    target = Span(kept[0].target.start, kept[-1].target.end)
    if min(source.size, target.size) < _LONG or mean(inside) < usual * _ALIKE:
        return None
    return Move(source, target, min(mean(inside) / usual, 1.0))


def _apart(candidates: Sequence[Move]) -> tuple[Move, ...]:
    """The longest of those that overlap."""
    kept: list[Move] = []
    for move in sorted(candidates, key=lambda m: (-m.source.size * m.score, m.source, m.target)):
        if not any(_meet(move.source, o.source) or _meet(move.target, o.target) for o in kept):
            kept.append(move)
    return tuple(sorted(kept, key=lambda move: move.source))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
