"""What a sweep over the lattice remembers: its latest rows, seen from every bead type at once.

A long band is cut into lanes that are swept side by side, a row of each at a time: what a sweep costs is
mostly the number of operations, not how much each of them does.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "NEVER",
    "REACH",
    "STEPS",
    "Floats",
    "Rank",
    "Rows",
    "Step",
    "Stripe",
    "lanes",
    "running",
    "shares",
]

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
_BROAD = 1600  # positions of a row, of all lanes together, beyond which more of them save nothing
_SEAM = 2  # stripes a lane looks into the next on either side
_LONG = 20  # stripes it decides on, at least


class Stripe(NamedTuple):
    """A rectangle of the lattice: positions between segments, both ends included."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """Rows of it."""
        return self.bottom - self.top + 1


class Rank(NamedTuple):
    """Stripes that are swept side by side, one of each lane, all of one width.

    Attributes:
        stripes: Where they lie; only the last of a document is lower than the others.
        numbers: Which of the band they are.
        decides: Whether a lane has the say on its stripe, or only looks at it to know what lies beyond.
    """

    stripes: tuple[Stripe, ...]
    numbers: tuple[int, ...]
    decides: tuple[bool, ...]

    @property
    def height(self) -> int:
        """Rows of the highest."""
        return max(stripe.height for stripe in self.stripes)

    @property
    def width(self) -> int:
        """Columns of each."""
        return self.stripes[0].right - self.stripes[0].left + 1

    def rows(self, values: Floats) -> Floats:
        """Of one value a source position those of every row and lane, to be added to its columns.

        A row beyond the last, where a stripe is lower than the others, has any value.
        """
        tops = np.array([stripe.top for stripe in self.stripes])
        found: Floats = values.take(np.arange(self.height)[:, None] + tops, mode="clip")[..., None]
        return found

    def columns(self, values: Floats) -> Floats:
        """Of one value a target position those of every lane."""
        return np.array([values[stripe.left : stripe.right + 1] for stripe in self.stripes])


def lanes(stripes: Sequence[Stripe], columns: int, most: int) -> list[Rank]:
    """Cut a band into lanes that overlap; a short one is a lane by itself.

    Args:
        stripes: From the first row to the last, all of one height but the last.
        columns: The last column.
        most: How many lanes there may be.

    Returns:
        Ranks from top to bottom. With one lane they are the stripes themselves.
    """
    size = len(stripes)
    width = sum(stripe.right - stripe.left + 1 for stripe in stripes) / size
    count = max(min(size // _LONG, int(_BROAD / width), most), 1)
    edges = [size * lane // count for lane in range(count + 1)]
    bounds = [(max(a - _SEAM, 0), min(b + _SEAM, size)) for a, b in pairwise(edges)]
    length = max(b - a for a, b in bounds)
    starts = [min(a, size - length) for a, _ in bounds]
    return [_rank(stripes, [start + at for start in starts], edges, columns) for at in range(length)]


def _rank(stripes: Sequence[Stripe], numbers: Sequence[int], edges: Sequence[int], columns: int) -> Rank:
    chosen = [stripes[number] for number in numbers]
    width = max(stripe.right - stripe.left for stripe in chosen)
    lefts = [min(stripe.left, columns - width) for stripe in chosen]
    return Rank(
        tuple(s._replace(left=left, right=left + width) for s, left in zip(chosen, lefts, strict=True)),
        tuple(numbers),
        tuple(low <= number < high for number, (low, high) in zip(numbers, pairwise(edges), strict=True)),
    )


class Rows:
    """The latest rows of a sweep, with a margin to look aside.

    Args:
        layers: How many values a position has; with as many as steps, each step sees its own.
    """

    def __init__(self, layers: int = 1) -> None:
        self.layers = layers
        self.stripes: tuple[Stripe, ...] = ()
        self.stale = 0  # rows with values in their margins that no longer hold
        self.values = np.empty((_KEPT, layers, 0, 0))
        self.steps = np.array(STEPS)

    def enter(self, rank: Rank, sign: int) -> None:
        """Go on to the next stripes.

        Args:
            rank: The stripes.
            sign: 1 where steps are followed, -1 where they are looked back upon.
        """
        before, old = self.stripes, self.values
        wide = rank.width + 2 * REACH
        self.values = np.full((_KEPT, self.layers, len(rank.stripes), wide), NEVER)
        for lane, (one, other) in enumerate(zip(rank.stripes, before, strict=False)):
            ahead = other.left - one.left
            low, high = max(ahead, 0), min(ahead + old.shape[-1], wide)
            if low < high:
                self.values[:, :, lane, low:high] = old[:, :, lane, low - ahead : high - ahead]
        self.stripes, self.stale = rank.stripes, _KEPT
        self.flat = self.values.reshape(-1)
        rows = (np.arange(_KEPT)[:, None] + sign * self.steps[:, 0]) % _KEPT
        layers = np.arange(len(STEPS)) % self.layers
        starts = (rows * self.layers + layers) * (len(rank.stripes) * wide) + sign * self.steps[:, 1]
        inside = np.arange(len(rank.stripes))[:, None] * wide + np.arange(REACH, REACH + rank.width)
        self.places = starts[..., None, None] + inside

    def put(self, row: int, values: Floats) -> None:
        """Store a row; forgets the one it replaces."""
        held = self.values[row % _KEPT]
        if self.stale:
            held.fill(NEVER)
            self.stale -= 1
        held[..., REACH:-REACH] = values

    def get(self, row: int) -> Floats:
        """The first layer of a row; "never" where nothing is known."""
        found: Floats = self.values[row % _KEPT, 0, :, REACH:-REACH]
        return found

    def look(self, row: int, out: Floats) -> Floats:
        """What is seen from a row, a plane a step."""
        return self.flat.take(self.places[row % _KEPT], out=out, mode="clip")


def running(values: Floats) -> Floats:
    """Totals up to each position, the first of them 0."""
    return np.concatenate(([0.0], np.cumsum(values)))


def shares(ways: Floats) -> tuple[Floats, _Small, _Small]:
    """Log sum of exponentials over the first axis; exponentials against the largest; the sum of those."""
    most = ways.max(axis=0)
    powers = np.exp(np.subtract(ways, most, dtype=np.float32, casting="same_kind"))
    sums = powers.sum(axis=0)
    return most + np.log(sums), powers, sums
