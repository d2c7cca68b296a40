"""The lattice aligners search: monotone paths of beads through two documents, with runs left unaligned.

A path is in one of three states: it has just matched segments, it is leaving out source segments, or it is
leaving out target segments. Opening such a gap costs more than extending it (Gotoh 1982, "An improved
algorithm for matching biological sequences"), so that a missing paragraph is cheaper than as many single
omissions. Between two matches the source's gap comes first, so that every alignment is one path.

Forward and backward sums over all paths (Rabiner 1989) give every bead its posterior probability; the path
returned is the one whose beads have the largest sum of posteriors, less a toll for every two sentences.
It maximises the expected F1 rather than the chance that everything is right (Goodman 1996, "Parsing
algorithms and metrics").
All sums are logarithms; time and memory are linear in the positions searched.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from aligntool.aligning.sweeps import NEVER, STEPS, Floats, Rows, Stripe, shares
from aligntool.records import Bead, Span

__all__ = ["Gaps", "Scorer", "best_beads"]

_TOLL = 0.45  # half the F1 to be expected: a bead less likely than this lowers it
# A bead of four sentences stands where two might be found. With one toll for all, the path through what
# nobody can tell apart would be made of the largest beads there are.
_TOLLS = np.array([[_TOLL * (ds + dt) / 2] for ds, dt in STEPS], dtype=np.float32)
_ONLY_SOURCE, _ONLY_TARGET = len(STEPS), len(STEPS) + 1


@dataclass(frozen=True, slots=True)
class Gaps:
    """What it costs to leave segments out, as negative logarithms.

    Attributes:
        opening: Once a run.
        source: Cost of each source segment.
        target: Cost of each target segment.
    """

    opening: float
    source: Floats
    target: Floats


class Scorer(Protocol):
    """Log scores of beads."""

    @property
    def gaps(self) -> Gaps:
        """Costs of unaligned segments; their lengths are those of the documents."""

    def gains(self, stripe: Stripe) -> NDArray[np.float32]:
        """Scores between -100 and 100 of the beads that end at a stripe's positions: step, row, column.

        Those that would begin outside the documents may have any score.
        """


class _Block(NamedTuple):
    """What is known of a stripe, by row and column; gains give way to posteriors of beads beginning there."""

    stripe: Stripe
    gains: NDArray[np.float16]  # by row, step and column
    closed: Floats  # log sum of all paths to a position
    source: Floats  # of those that leave out the source segment before it
    target: Floats  # of those that leave out the target segment before it


def _running(costs: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(costs)))


class _Forward:
    """Sums over all paths from the beginning, row by row."""

    def __init__(self, scorer: Scorer, columns: int) -> None:
        self.scorer, self.gaps = scorer, scorer.gaps
        self.costs = _running(self.gaps.target)
        self.closed, self.matched, self.skipped = (Rows(columns) for _ in range(3))

    def block(self, stripe: Stripe) -> _Block:
        """One stripe; those above it have been done."""
        height, width = stripe.bottom - stripe.top + 1, stripe.right - stripe.left + 1
        gains = self.scorer.gains(stripe).transpose(1, 0, 2)
        # Half precision: an error of 1/64 in a logarithm, for a third of the memory.
        held = gains.astype(np.float16, order="C")
        block = _Block(stripe, held, *(np.empty((height, width)) for _ in range(3)))
        places, ways = self.closed.places(stripe, -1), np.empty((len(STEPS), width))
        for row, gain in enumerate(held.astype(np.float32)):
            ways = self.closed.look(places, stripe.top + row, ways)
            ways += gain
            self._row(block, row, shares(ways)[0])
        return block

    def _row(self, block: _Block, row: int, matched: Floats) -> None:
        _, _, left, right = block.stripe
        i, width = block.stripe.top + row, right - left + 1
        if i == 0 and left == 0:
            matched[0] = 0.0
        skipped, inserted = block.source[row], block.target[row]
        if i:
            opened = self.matched.get(i - 1, left, width) - self.gaps.opening
            np.logaddexp(opened, self.skipped.get(i - 1, left, width), out=skipped)
            skipped -= self.gaps.source[i - 1]
        else:
            skipped.fill(NEVER)
        before, costs = np.logaddexp(matched, skipped), self.costs[left : right + 1]
        inserted[0] = NEVER
        opened = before[:-1] + (costs[:-1] - self.gaps.opening)
        np.subtract(np.logaddexp.accumulate(opened), costs[1:], out=inserted[1:])
        closed = np.logaddexp(before, inserted, out=block.closed[row])
        self.matched.put(i, left, matched)
        self.skipped.put(i, left, skipped)
        self.closed.put(i, left, closed)


class _Backward:
    """Sums over all paths to the end, and with the forward ones the posteriors.

    Attributes:
        source: Probability of each source segment that it is left out.
        target: The same of each target segment.
    """

    def __init__(self, gaps: Gaps, total: float) -> None:
        rows, columns = len(gaps.source), len(gaps.target)
        self.gaps, self.total, self.last = gaps, total, (rows, columns)
        self.costs = _running(gaps.target)
        self.onward = Rows(columns + 1, len(STEPS))  # beads that end in a row, and what follows
        self.after = Rows(columns + 1)  # what follows a source segment left out
        self.source, self.target = np.zeros(rows), np.zeros(columns)

    def block(self, block: _Block) -> None:
        """One stripe; those below it have been done."""
        top, _, left, right = block.stripe
        places, ways = self.onward.places(block.stripe, 1), np.empty((len(STEPS), right - left + 1))
        gains = block.gains.astype(np.float32)
        for row in range(len(gains) - 1, -1, -1):
            ways = self.onward.look(places, top + row, ways)
            match, powers, sums = shares(ways)
            powers *= self._share(block.closed[row] + match) / sums
            matched = self._row(block, row, match)
            self.onward.put(top + row, left, np.add(gains[row], matched, out=ways))
            gains[row] = powers
        block.gains[:] = gains

    def _row(self, block: _Block, row: int, match: Floats) -> Floats:
        """What leaving segments out adds; the log sum of what follows a bead that ends in the row."""
        _, _, left, right = block.stripe
        i, costs = block.stripe.top + row, self.costs[left : right + 1]
        if (i, right) == self.last:
            match[-1] = 0.0
        inserted = np.logaddexp.accumulate((match - costs)[::-1])[::-1] + costs
        matched = skipped = match
        step = self.gaps.target[left:right] + self.gaps.opening
        skipped[:-1] = np.logaddexp(match[:-1], inserted[1:] - step)
        if i < self.last[0]:
            further = self.after.get(i + 1, left, right - left + 1) - self.gaps.source[i]
            matched = np.logaddexp(skipped, further - self.gaps.opening)
            skipped = np.logaddexp(skipped, further)
        self.after.put(i, left, skipped)
        if i:
            self.source[i - 1] = self._share(block.source[row] + skipped).sum()
        self.target[left:right] += self._share(block.target[row] + inserted)[1:]
        return matched

    def _share(self, through: Floats) -> Floats:
        """Part of all paths, of which these are log sums."""
        through -= self.total
        share: Floats = np.exp(np.minimum(through, 0.0, out=through), out=through)
        return share


class _Decoder:
    """The path whose beads have the largest sum of posteriors, less their tolls."""

    def __init__(self, source: Floats, target: Floats) -> None:
        self.source, self.last = source, len(target)
        self.inserted = _running(target - _TOLL)
        self.best = Rows(len(target) + 1)

    def choices(self, block: _Block) -> NDArray[np.uint8]:
        """Number of the next step from every position; the stripes below have been done."""
        top, bottom, left, right = block.stripe
        chosen = np.empty((bottom - top + 1, right - left + 1), dtype=np.uint8)
        places, ways = self.best.places(block.stripe, 1), np.empty((len(STEPS) + 1, right - left + 1))
        worth = block.gains.astype(np.float32) - _TOLLS
        for row in range(bottom - top, -1, -1):
            self.best.look(places, top + row, ways[:-1])
            ways[:-1] += worth[row]
            chosen[row] = self._row(top + row, block.stripe, ways)
        return chosen

    def _row(self, i: int, stripe: Stripe, ways: Floats) -> NDArray[np.intp]:
        _, _, left, right = stripe
        if i < len(self.source):
            np.add(self.best.get(i + 1, left, right - left + 1), self.source[i] - _TOLL, out=ways[-1])
        else:
            ways[-1] = NEVER
        inserted = self.inserted[left : right + 1]
        base = ways.max(axis=0)
        if (i, right) == (len(self.source), self.last):
            base[-1] = 0.0
        base += inserted
        reached = np.maximum.accumulate(base[::-1])[::-1]
        self.best.put(i, left, reached - inserted)
        return np.where(reached > base, _ONLY_TARGET, ways.argmax(axis=0))


def best_beads(scorer: Scorer, stripes: list[Stripe]) -> tuple[Bead, ...] | None:
    """Find the tiling of two documents with the best beads.

    Args:
        scorer: Log scores of beads and costs of gaps.
        stripes: Which positions are searched: stripes follow one another from row 0 to the last and overlap
            in their columns; the first begins at column 0, the last ends at the last column.

    Returns:
        Beads that tile both documents, with their posterior probability as score; None when no path leads
        through the stripes.
    """
    rows, columns = len(scorer.gaps.source), len(scorer.gaps.target)
    forward = _Forward(scorer, columns + 1)
    blocks = [forward.block(stripe) for stripe in stripes]
    total = float(blocks[-1].closed[-1, -1])
    if not total > NEVER / 2:
        return None
    backward = _Backward(scorer.gaps, total)
    for block in reversed(blocks):
        backward.block(block)
    decoder = _Decoder(backward.source, backward.target)
    chosen = [decoder.choices(block) for block in reversed(blocks)][::-1]
    beads, i, j, at = [], 0, 0, 0
    while (i, j) != (rows, columns):
        while blocks[at].stripe.bottom < i:
            at += 1
        row, column = i - blocks[at].stripe.top, j - blocks[at].stripe.left
        step = int(chosen[at][row, column])
        if step < len(STEPS):
            (ds, dt), share = STEPS[step], blocks[at].gains[row, step, column]
        else:
            ds, dt = (1, 0) if step == _ONLY_SOURCE else (0, 1)
            share = backward.source[i] if ds else backward.target[j]
        beads.append(Bead(Span(i, i + ds), Span(j, j + dt), min(float(share), 1.0)))
        i, j = i + ds, j + dt
    return tuple(beads)
