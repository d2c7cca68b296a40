"""Scores of beads: how alike the sums of their sentences' vectors are, more than chance would have it.

The similarity of a bead is the cosine between the sum of its source vectors and that of its target vectors,
less what random sentences of the documents would have (as in Thompson & Koehn 2019, "Vecalign"). All sums
come from one product of the vectors in a stripe by running totals, so that a dozen bead types cost hardly
more than one. To this come the frequency of the type and Gale & Church's deviate of the lengths.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from aligntool.aligning.costs import Costs, Lengths
from aligntool.aligning.lattice import Gaps
from aligntool.aligning.sweeps import REACH, STEPS, Floats, Stripe, running
from aligntool.aligning.vectors import Matrix, Vectors

__all__ = ["Similarity"]

_Scores = NDArray[np.float32]
_Sizes = NDArray[np.int64]

_SHARPNESS = 20.0  # logarithms a unit of cosine
_LEVEL = 0.03  # a cosine beyond chance that speaks neither for a bead nor against it
_GROWTH = 0.6  # how the weight of a bead grows with its sentences
_LENGTH = 0.4  # logarithms a squared deviate of the length
_WORST = 36.0  # deviates beyond this say no more
_LIMIT = 80.0
_BLANK = 1e-3  # length of a vector that holds nothing
_AT_ONCE = 200  # columns whose figures stay in a processor's cache
_ROWS, _COLUMNS = np.array(STEPS).T  # sentences of each type of bead, on both sides
_GROWN = (((_ROWS + _COLUMNS) / 2) ** _GROWTH).astype(np.float32)[:, None]


class _Side:
    """Beads' figures on one side, by type of bead and where it ends.

    Attributes:
        count: Sentences.
        lengths: Of the sum of a bead's vectors.
        chance: Half of what it shares with as many random sentences of the other side as the bead has.
        characters: Of a bead.
    """

    def __init__(
        self, vectors: tuple[Matrix, Matrix], characters: Floats, sizes: tuple[_Sizes, _Sizes]
    ) -> None:
        matrix, other = vectors
        here, there = sizes
        self.count = matrix.shape[0]
        self.lengths = _lengths(matrix)[here - 1]
        mean = np.asarray(other.sum(axis=0)).ravel() / max(other.shape[0], 1)
        shared = _sums(np.asarray(matrix @ mean).ravel())[here - 1] * (there[:, None] / 2)
        self.chance = shared.astype(np.float32)
        self.characters = _sums(characters)[here - 1]


def _sums(values: Floats) -> Floats:
    """Sums of the 1 … REACH values that end at each position."""
    ends = running(values)
    return np.array([ends - ends[np.maximum(np.arange(len(ends)) - size, 0)] for size in range(1, REACH + 1)])


def _part(matrix: Matrix, first: int, last: int) -> Matrix:
    """Rows of a matrix; those of a sparse one are looked at where they lie, which slicing would copy."""
    if isinstance(matrix, np.ndarray):
        return matrix[first:last]
    begins = matrix.indptr[first : last + 1]
    inside = slice(begins[0], begins[-1])
    held = (matrix.data[inside], matrix.indices[inside], begins - begins[0])
    return sparse.csr_array(held, shape=(last - first, matrix.shape[1]))


def _lengths(matrix: Matrix) -> _Scores:
    """Lengths of the sums of the 1 … REACH vectors that end at each position."""
    count = matrix.shape[0]
    squares = np.zeros((REACH, count + 1))
    for apart in range(min(REACH, count)):
        beside = _part(matrix, 0, count - apart) * _part(matrix, apart, count)
        products = np.asarray(beside.sum(axis=1)).ravel()
        totals = running(products * (2 if apart else 1))
        for size in range(apart + 1, min(REACH, count) + 1):
            squares[size - 1, size:] += totals[size - apart :] - totals[: count - size + 1]
    return (np.sqrt(np.maximum(squares, 0.0)) + _BLANK).astype(np.float32)


class Similarity:
    """A lattice's ``Scorer`` from vectors, lengths and costs.

    Args:
        vectors: One a sentence.
        sizes: Characters of every sentence.
        costs: Parameters of lengths, bead types and omissions.
    """

    def __init__(self, vectors: Vectors, sizes: Lengths, costs: Costs) -> None:
        self.vectors = vectors
        self.source = _Side((vectors.source, vectors.target), sizes.source, (_ROWS, _COLUMNS))
        self.target = _Side((vectors.target, vectors.source), sizes.target, (_COLUMNS, _ROWS))
        self.costs = costs

    def with_costs(self, costs: Costs) -> "Similarity":
        """The same vectors under other costs."""
        made = object.__new__(Similarity)
        made.vectors, made.source, made.target, made.costs = self.vectors, self.source, self.target, costs
        return made

    @property
    def gaps(self) -> Gaps:
        """What omissions cost."""
        each = (np.full(side.count, self.costs.extending) for side in (self.source, self.target))
        return Gaps(self.costs.opening, *each)

    def gains(self, stripe: Stripe) -> _Scores:
        """Scores of the beads that end in a stripe."""
        rows, scores = slice(stripe.top, stripe.bottom + 1), self._products(stripe)
        for first in range(0, scores.shape[2], _AT_ONCE):
            part = scores[:, :, first : first + _AT_ONCE]
            self._weigh(part, rows, slice(stripe.left + first, stripe.left + first + part.shape[2]))
        return scores

    def _weigh(self, scores: _Scores, rows: slice, columns: slice) -> None:
        """Make scores of products, where they stand."""
        weights = np.float32(_SHARPNESS) * _GROWN
        scores -= self.source.chance[:, rows, None]
        scores -= self.target.chance[:, None, columns]
        scores *= (weights / self.source.lengths[:, rows])[:, :, None]
        scores /= self.target.lengths[:, None, columns]
        scores -= self._deviates(rows, columns)
        scores += (np.array(self.costs.priors, dtype=np.float32)[:, None] - _LEVEL * weights)[:, None]
        np.clip(scores, -_LIMIT, _LIMIT, out=scores)

    def _products(self, stripe: Stripe) -> _Scores:
        """Of the sums of the vectors on both sides of a bead."""
        totals = self._totals(stripe)
        height, width = totals.shape[0] - REACH, totals.shape[1] - REACH
        products = np.empty((len(STEPS), height, width), dtype=np.float32)
        strips = [totals[REACH:] - totals[REACH - size : -size] for size in range(1, REACH + 1)]
        for product, (ds, dt) in zip(products, STEPS, strict=True):
            strip = strips[ds - 1]
            np.subtract(strip[:, REACH:], strip[:, REACH - dt : -dt], out=product)
        return products

    def _totals(self, stripe: Stripe) -> _Scores:
        """Products of all pairs of sentences that beads of a stripe may hold, summed from its corner."""
        top, bottom, left, right = stripe
        first, before = max(top - REACH, 0), max(left - REACH, 0)
        product = _part(self.vectors.source, first, bottom) @ _part(self.vectors.target, before, right).T
        dense = product if isinstance(product, np.ndarray) else product.toarray()
        totals = np.zeros((bottom - top + 1 + REACH, right - left + 1 + REACH), dtype=np.float32)
        inside = totals[totals.shape[0] - dense.shape[0] :, totals.shape[1] - dense.shape[1] :]
        np.cumsum(np.cumsum(dense, axis=0, out=dense), axis=1, out=inside)
        return totals

    def _deviates(self, rows: slice, columns: slice) -> _Scores:
        """Costs of unlike lengths."""
        here = (self.source.characters[:, rows, None] * self.costs.ratio).astype(np.float32)
        there = self.target.characters[:, None, columns].astype(np.float32)
        half = np.float32(self.costs.variance / 2 / _LENGTH)
        costs: _Scores = here - there
        costs *= costs
        costs /= (here + np.float32(_BLANK)) * half + there * half
        return np.minimum(costs, _WORST * _LENGTH, out=costs)
