"""From probabilities to one alignment: the path whose beads have the largest sum of posteriors, less tolls.

It maximises the expected F1 rather than the chance that everything is right (Goodman 1996, "Parsing
algorithms and metrics").
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligntool.aligning.sweeps import NEVER, STEPS, Floats, Rank, Rows, Stripe, running
from aligntool.records import Bead, Span

__all__ = ["SHARE", "Fixed", "Piece", "decoded"]

Fixed = NDArray[np.int16]
"""What is kept for every position and step: a third of the memory of floats, and sooner made of them."""

SHARE = np.float32(1 / 32767)
"""Posteriors are kept in steps of this."""

_TOLL = 0.45  # half the F1 to be expected: a bead less likely than this lowers it
# A bead of four sentences stands where two might be found. With one toll for all, the path through what
# nobody can tell apart would be made of the largest beads there are.
_TOLLS = np.array([[_TOLL * (ds + dt) / 2] for ds, dt in STEPS], dtype=np.float32)
_ONLY_SOURCE, _ONLY_TARGET = len(STEPS), len(STEPS) + 1


class Piece(NamedTuple):
    """A stripe and the posteriors of the beads that begin in it, by row, step and column."""

    stripe: Stripe
    posteriors: Fixed


def decoded(pieces: Sequence[Piece], source: Floats, target: Floats) -> tuple[Bead, ...] | None:
    """The beads of the best path, posteriors as scores; None when no path leads through.

    Args:
        pieces: The band from top to bottom.
        source: Probability of each source segment that it is left out.
        target: The same of each target segment.
    """
    decoder = _Decoder(source, target)
    chosen = [decoder.choices(piece) for piece in reversed(pieces)][::-1]
    return tuple(_traced(pieces, chosen, (source, target))) if decoder.reaches() else None


class _Decoder:
    """The path whose beads have the largest sum of posteriors, less their tolls."""

    def __init__(self, source: Floats, target: Floats) -> None:
        self.source, self.last = source, len(target)
        self.inserted = running(target - _TOLL)
        self.best = Rows()

    def choices(self, piece: Piece) -> NDArray[np.uint8]:
        """Number of the next step from every position; the stripes below have been done."""
        stripe = piece.stripe
        width = stripe.right - stripe.left + 1
        chosen = np.empty((stripe.height, width), dtype=np.uint8)
        self.best.enter(Rank((stripe,), (0,), (True,)), 1)
        ways = np.empty((len(STEPS) + 1, 1, width))
        worth = piece.posteriors * SHARE - _TOLLS
        for row in range(stripe.height - 1, -1, -1):
            self.best.look(stripe.top + row, ways[:-1])
            ways[:-1, 0] += worth[row]
            chosen[row] = self._row(stripe.top + row, stripe, ways[:, 0])
        return chosen

    def _row(self, i: int, stripe: Stripe, ways: Floats) -> NDArray[np.intp]:
        _, _, left, right = stripe
        if i < len(self.source):
            np.add(self.best.get(i + 1)[0], self.source[i] - _TOLL, out=ways[-1])
        else:
            ways[-1] = NEVER
        inserted = self.inserted[left : right + 1]
        base = ways.max(axis=0)
        if (i, right) == (len(self.source), self.last):
            base[-1] = 0.0
        base += inserted
        reached = np.maximum.accumulate(base[::-1])[::-1]
        self.best.put(i, reached - inserted)
        return np.where(reached > base, _ONLY_TARGET, ways.argmax(axis=0))

    def reaches(self) -> bool:
        """Whether a path leads from the first position, which has been done, to the last."""
        return bool(self.best.get(0)[0, 0] > NEVER / 2)


def _traced(
    pieces: Sequence[Piece], chosen: Sequence[NDArray[np.uint8]], omitted: tuple[Floats, Floats]
) -> Iterator[Bead]:
    """The beads of the path that was chosen."""
    source, target = omitted
    i = j = at = 0
    while (i, j) != (len(source), len(target)):
        while pieces[at].stripe.bottom < i:
            at += 1
        row, column = i - pieces[at].stripe.top, j - pieces[at].stripe.left
        step = int(chosen[at][row, column])
        if step < len(STEPS):
            (ds, dt), share = STEPS[step], pieces[at].posteriors[row, step, column] * SHARE
        else:
            ds, dt = (1, 0) if step == _ONLY_SOURCE else (0, 1)
            share = source[i] if ds else target[j]
        yield Bead(Span(i, i + ds), Span(j, j + dt), min(float(share), 1.0))
        i, j = i + ds, j + dt
