"""What a sweep over the lattice remembers: its latest rows, seen from every bead type at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEVER", "REACH", "STEPS", "Floats", "Rows", "Step", "Stripe", "shares"]

Floats = NDArray[np.float64]
_Small = NDArray[np.float32]
Step = tuple[int, int]
STEPS: tuple[Step, ...] = (
    (1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (2, 2), (4, 1), (1, 4), (2, 3), (3, 2), (5, 1), (1, 5),
)  # fmt: skip
"""Bead types with something on both sides, as numbers of source and target segments."""

REACH = max(max(step) for step in STEPS)
NEVER = -1e9
"""Logarithm of what cannot be; finite, so that differences stay numbers."""

_KEPT = REACH + 1  # rows that are needed at once


class Stripe(NamedTuple):
    """A rectangle of the lattice: positions between segments, both ends included."""

    top: int
    bottom: int
    left: int
    right: int


class Rows:
    """The latest rows of a sweep on an absolute axis, so that looking aside needs no bookkeeping."""

    def __init__(self, columns: int, layers: int = 1) -> None:
        self.values = np.full((_KEPT, layers, columns + 2 * REACH), NEVER)
        self.flat = self.values.reshape(-1)
        self.spans = [slice(0, 0)] * _KEPT

    def put(self, row: int, left: int, values: Floats) -> None:
        """Store a row whose first value stands in column ``left``; forgets the row it replaces."""
        at, span = row % _KEPT, slice(REACH + left, REACH + left + values.shape[-1])
        if span != self.spans[at]:
            self.values[at, :, self.spans[at]] = NEVER
            self.spans[at] = span
        self.values[at, :, span] = values

    def get(self, row: int, left: int, width: int) -> Floats:
        """The first layer's columns from ``left`` on; "never" where nothing is known."""
        found: Floats = self.values[row % _KEPT, 0, REACH + left : REACH + left + width]
        return found

    def places(self, stripe: Stripe, sign: int) -> NDArray[np.intp]:
        """Where each step leads to (sign 1) or comes from (-1), for every column, by row in the ring.

        With as many layers as steps, each step has its own.
        """
        _, layers, wide = self.values.shape
        steps = np.array(STEPS) * sign
        rows = (np.arange(_KEPT)[:, None] + steps[:, 0]) % _KEPT
        starts = (rows * layers + np.arange(len(STEPS)) % layers) * wide + steps[:, 1]
        places: NDArray[np.intp] = starts[..., None] + np.arange(
            REACH + stripe.left, REACH + stripe.right + 1
        )
        return places

    def look(self, places: NDArray[np.intp], row: int, out: Floats) -> Floats:
        """Values at the places seen from a row, a line a step."""
        return self.flat.take(places[row % _KEPT], out=out, mode="clip")


def shares(ways: Floats) -> tuple[Floats, _Small, _Small]:
    """Log sum of exponentials over the first axis; exponentials against the largest; the sum of those."""
    most = ways.max(axis=0)
    powers = np.exp(np.subtract(ways, most, dtype=np.float32, casting="same_kind"))
    sums = powers.sum(axis=0)
    return most + np.log(sums), powers, sums
