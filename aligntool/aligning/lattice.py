"""The lattice aligners search: monotone paths of beads through two documents, with runs left unaligned.

A path is in one of three states: it has just matched segments, it is leaving out source segments, or it is
leaving out target segments. Opening such a gap costs more than extending it (Gotoh 1982, "An improved
algorithm for matching biological sequences"), so that a missing paragraph is cheaper than as many single
omissions. Between two matches the source's gap comes first, so that every alignment is one path.

Forward and backward sums over all paths (Rabiner 1989) give every bead its posterior probability; `decoding`
makes an alignment of them. All sums are logarithms; time and memory are linear in the positions searched.

What stands far above or below says nothing about a bead whose neighbours are plain. So a long band is cut
into lanes that begin and end in each other's rows and are summed side by side. If two of them see different
beads where they meet, the band is summed again in one piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from aligntool.aligning.decoding import SHARE, Fixed, Piece, decoded
from aligntool.aligning.sweeps import NEVER, REACH, STEPS, Floats, Rank, Rows, Stripe, lanes, running, shares
from aligntool.records import Bead

__all__ = ["Gaps", "Scorer", "best_beads"]

_GAIN = np.float32(1 / 256)  # gains are kept in 16 bits, in steps of this
_MOST = 64  # lanes
_UNLIKE = 0.1  # posteriors in the first rows after a seam by which lanes may differ


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
    """What is known of a rank, by row, lane and column; gains give way to posteriors of beads that begin."""

    rank: Rank
    gains: Fixed  # by row, step, lane and column
    closed: Floats  # log sum of all paths to a position
    source: Floats  # of those that leave out the source segment before it
    target: Floats  # of those that leave out the target segment before it


class _Forward:
    """Sums over all paths from the beginning, row by row; a later lane begins anywhere in its first row."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer, self.gaps, self.row = scorer, scorer.gaps, 0
        self.costs = running(self.gaps.target)
        self.before = np.concatenate(([0.0], self.gaps.source))
        self.closed, self.left = Rows(), Rows()

    def block(self, rank: Rank) -> _Block:
        """One rank; those above it have been done."""
        size = rank.height, len(rank.stripes), rank.width
        block = _Block(rank, self._gains(rank), *(np.empty(size) for _ in range(3)))
        self.closed.enter(rank, -1)
        self.left.enter(rank, -1)
        ways, costs = np.empty((len(STEPS), *size[1:])), rank.columns(self.costs)
        gains, skips = block.gains * _GAIN, rank.rows(self.before)
        for row in range(rank.height):
            ways = self.closed.look(self.row, ways)
            ways += gains[row]
            self._row(block, row, shares(ways)[0], (skips[row], costs))
            self.row += 1
        return block

    def _gains(self, rank: Rank) -> Fixed:
        held = np.zeros((rank.height, len(STEPS), len(rank.stripes), rank.width), dtype=np.int16)
        for lane, stripe in enumerate(rank.stripes):
            scores = self.scorer.gains(stripe)
            scores /= _GAIN
            held[: stripe.height, :, lane] = np.rint(scores, out=scores).transpose(1, 0, 2)
        return held

    def _row(self, block: _Block, row: int, matched: Floats, costs: tuple[Floats, Floats]) -> None:
        skip, insert = costs
        if not self.row:
            matched[0, 0] = matched[1:] = 0.0
        skipped, inserted = block.source[row], block.target[row]
        np.subtract(self.left.get(self.row - 1), skip, out=skipped)
        before = np.logaddexp(matched, skipped)
        inserted[:, 0] = NEVER
        opened = before[:, :-1] + (insert[:, :-1] - self.gaps.opening)
        np.subtract(np.logaddexp.accumulate(opened, axis=1), insert[:, 1:], out=inserted[:, 1:])
        closed = np.logaddexp(before, inserted, out=block.closed[row])
        self.left.put(self.row, np.logaddexp(matched - self.gaps.opening, skipped))
        self.closed.put(self.row, closed)


class _Backward:
    """Sums over all paths to the end, and with the forward ones the posteriors.

    A lane but the last ends anywhere in its last row.

    Attributes:
        source: Probability of each source segment that it is left out.
        target: The same of each target segment.
    """

    def __init__(self, gaps: Gaps, rows: int, last: _Block) -> None:
        self.gaps, self.row = gaps, rows - 1
        height = last.rank.stripes[-1].height
        self.ends = rows - 1, rows - 1 - last.rank.height + height
        self.totals = np.logaddexp.reduce(last.closed[-1], axis=1)[:, None]
        self.totals[-1] = last.closed[height - 1, -1, -1]
        self.costs = running(gaps.target)
        self.onward = Rows(len(STEPS))  # beads that end in a row, and what follows
        self.after = Rows()  # what follows a source segment left out
        self.source, self.target = np.zeros(len(gaps.source)), np.zeros(len(gaps.target))

    def block(self, block: _Block) -> None:
        """One rank; those below it have been done."""
        rank, gains = block.rank, block.gains * _GAIN
        self.onward.enter(rank, 1)
        self.after.enter(rank, 1)
        ways = np.empty(gains.shape[1:])
        insert, step = rank.columns(self.costs), rank.columns(np.append(self.gaps.target, 0.0))[:, :-1]
        costs = rank.rows(self.gaps.source), insert, step + self.gaps.opening
        for row in range(len(gains) - 1, -1, -1):
            ways = self.onward.look(self.row, ways)
            match, powers, sums = shares(ways)
            powers *= self._share(block.closed[row] + match) / sums
            matched = self._row(block, row, match, costs)
            self.onward.put(self.row, np.add(gains[row], matched, out=ways))
            gains[row] = powers
            self.row -= 1
        gains /= SHARE
        block.gains[:] = gains
        self._omissions(block)

    def _row(self, block: _Block, row: int, match: Floats, costs: tuple[Floats, Floats, Floats]) -> Floats:
        """What leaving segments out adds; the log sum of what follows a bead that ends in the row."""
        skips, insert, step = costs
        if self.row == self.ends[0]:
            match[:-1] = 0.0
        if self.row == self.ends[1]:
            match[-1, -1] = 0.0
        inserted = np.logaddexp.accumulate((match - insert)[:, ::-1], axis=1)[:, ::-1] + insert
        skipped = match
        skipped[:, :-1] = np.logaddexp(match[:, :-1], inserted[:, 1:] - step)
        further = self.after.get(self.row + 1) - skips[row]
        matched: Floats = np.logaddexp(skipped, further - self.gaps.opening)
        skipped = np.logaddexp(skipped, further)
        self.after.put(self.row, skipped)
        block.source[row] += skipped
        block.target[row] += inserted
        return matched

    def _omissions(self, block: _Block) -> None:
        """Add up the probabilities of gaps where a lane has the say."""
        source, target = self._share(block.source).sum(axis=2), self._share(block.target).sum(axis=0)
        for lane, (stripe, decides) in enumerate(zip(block.rank.stripes, block.rank.decides, strict=True)):
            if decides:
                first = max(1 - stripe.top, 0)  # before the first position there is nothing to leave out
                low, high = stripe.top - 1 + first, stripe.bottom
                self.source[low:high] = source[first : stripe.height, lane]
                self.target[stripe.left : stripe.right] += target[lane, 1:]

    def _share(self, through: Floats) -> Floats:
        """Part of all paths of a lane, of which these are log sums."""
        through -= self.totals
        share: Floats = np.exp(np.minimum(through, 0.0, out=through), out=through)
        return share


def best_beads(scorer: Scorer, stripes: list[Stripe]) -> tuple[Bead, ...] | None:
    """Find the tiling of two documents with the best beads.

    A long band is swept in lanes, as long as these agree.

    Args:
        scorer: Log scores of beads and costs of gaps.
        stripes: Which positions are searched: stripes follow one another from row 0 to the last, all of one
            height but the last, and overlap in their columns; the first begins at column 0, the last ends at
            the last column.

    Returns:
        Beads that tile both documents, with their posterior probability as score; None when no path leads
        through the stripes.
    """
    for most in (_MOST, 1):
        blocks, backward = _swept(scorer, lanes(stripes, len(scorer.gaps.target), most))
        if backward is None or _agree(blocks):
            break
    if backward is None:
        return None
    pieces = {number: piece for (_, number), (piece, decides) in _pieces(blocks).items() if decides}
    ordered = [pieces[number] for number in range(len(pieces))]
    return decoded(ordered, backward.source, backward.target)


def _swept(scorer: Scorer, ranks: Sequence[Rank]) -> tuple[list[_Block], _Backward | None]:
    """Posteriors of all beads; without the omissions' where a lane has no path."""
    forward = _Forward(scorer)
    blocks = [forward.block(rank) for rank in ranks]
    backward = _Backward(scorer.gaps, forward.row, blocks[-1])
    if not (backward.totals > NEVER / 2).all():
        return blocks, None
    for block in reversed(blocks):
        backward.block(block)
    return blocks, backward


def _pieces(blocks: Sequence[_Block]) -> dict[tuple[int, int], tuple[Piece, bool]]:
    """What lanes see of a band's stripes, and whether they have the say, by lane and number of the stripe."""
    return {
        (lane, number): (Piece(stripe, block.gains[: stripe.height, :, lane]), decides)
        for block in blocks
        for lane, (stripe, number, decides) in enumerate(zip(*block.rank, strict=True))
    }


def _agree(blocks: Sequence[_Block]) -> bool:
    """Whether lanes see the same where they meet: where nothing tells sentences apart, only the ends do."""
    pieces = _pieces(blocks)
    seams = [
        (pieces[lane - 1, number][0], piece)
        for (lane, number), (piece, decides) in pieces.items()
        if decides and lane and not pieces.get((lane, number - 1), (piece, False))[1]
    ]
    return all(_distance(*seam) < _UNLIKE for seam in seams)


def _distance(one: Piece, other: Piece) -> float:
    """Posteriors, of all beads beginning in the first rows, by which two views of a stripe differ."""
    left, right = max(one.stripe.left, other.stripe.left), min(one.stripe.right, other.stripe.right)
    sides = (
        p.posteriors[:REACH, :, left - p.stripe.left : right + 1 - p.stripe.left] * SHARE
        for p in (one, other)
    )
    return float(np.abs(np.subtract(*sides)).sum())
