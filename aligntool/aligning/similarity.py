"""Scores of beads: how alike the sums of their sentences' vectors are, more than chance would have it.

The similarity of a bead is the cosine between the sum of its source vectors and that of its target vectors,
less what random sentences of the documents would have (as in Thompson & Koehn 2019, "Vecalign"). All sums
come from one product of the vectors in a stripe by running totals, so that a dozen bead types cost hardly
more than one. To this come the frequency of the type and Gale & Church's deviate of the lengths.
"""

import numpy as np
from numpy.typing import NDArray

from aligntool.aligning.costs import Costs, Lengths
from aligntool.aligning.lattice import Gaps
from aligntool.aligning.sweeps import REACH, STEPS, Floats, Stripe
from aligntool.aligning.vectors import Matrix, Vectors

__all__ = ["Similarity"]

_Scores = NDArray[np.float32]
_Ends = tuple[NDArray[np.intp], NDArray[np.intp]]  # where beads begin and end

_SHARPNESS = 20.0  # logarithms a unit of cosine
_LEVEL = 0.03  # a cosine beyond chance that speaks neither for a bead nor against it
_GROWTH = 0.6  # how the weight of a bead grows with its sentences
_LENGTH = 0.4  # logarithms a squared deviate of the length
_WORST = 36.0  # deviates beyond this say no more
_LIMIT = 80.0
_BLANK = 1e-3  # length of a vector that holds nothing


class _Side:
    """Running totals of one side.

    Attributes:
        lengths: Of the sum of the 1 … REACH vectors that end at each position.
        chance: Running sums of products with the other side's mean.
        characters: Running sums.
    """

    def __init__(self, matrix: Matrix, other: Matrix, characters: Floats) -> None:
        self.count = matrix.shape[0]
        self.lengths = _lengths(matrix)
        mean = np.asarray(other.sum(axis=0)).ravel() / max(other.shape[0], 1)
        self.chance = np.concatenate(([0.0], np.cumsum(np.asarray(matrix @ mean).ravel())))
        self.characters = np.concatenate(([0.0], np.cumsum(characters)))


def _lengths(matrix: Matrix) -> list[_Scores]:
    """Lengths of sums of vectors by how many are summed, less one, and where they end."""
    count = matrix.shape[0]
    squares = np.zeros((REACH, count + 1))
    for apart in range(min(REACH, count)):
        products = np.asarray((matrix[: count - apart] * matrix[apart:]).sum(axis=1)).ravel()
        running = np.concatenate(([0.0], np.cumsum(products * (2 if apart else 1))))
        for size in range(apart + 1, min(REACH, count) + 1):
            squares[size - 1, size:] += running[size - apart :] - running[: count - size + 1]
    return [(np.sqrt(np.maximum(row, 0.0)) + _BLANK).astype(np.float32) for row in squares]


class Similarity:
    """A lattice's ``Scorer`` from vectors, lengths and costs.

    Args:
        vectors: One a sentence.
        sizes: Characters of every sentence.
        costs: Parameters of lengths, bead types and omissions.
    """

    def __init__(self, vectors: Vectors, sizes: Lengths, costs: Costs) -> None:
        self.vectors = vectors
        self.source = _Side(vectors.source, vectors.target, sizes.source)
        self.target = _Side(vectors.target, vectors.source, sizes.target)
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
        top, bottom, left, right = stripe
        totals = self._totals(stripe)
        rows, columns = np.arange(top, bottom + 1), np.arange(left, right + 1)
        scores = np.empty((len(STEPS), len(rows), len(columns)), dtype=np.float32)
        for at, (ds, dt) in enumerate(STEPS):
            i, j = np.maximum(rows - ds, 0), np.maximum(columns - dt, 0)
            above, here = slice(REACH - ds, len(totals) - ds), slice(REACH, None)
            strip = totals[here] - totals[above]
            inner = strip[:, here] - strip[:, REACH - dt : strip.shape[1] - dt]
            inner -= self._chance((i, rows), (j, columns))
            inner /= self.source.lengths[ds - 1][rows, None]
            inner /= self.target.lengths[dt - 1][columns]
            inner *= np.float32(_SHARPNESS * ((ds + dt) / 2) ** _GROWTH)
            inner -= self._deviates((i, rows), (j, columns))
            inner += np.float32(self.costs.priors[at] - _SHARPNESS * _LEVEL * ((ds + dt) / 2) ** _GROWTH)
            np.clip(inner, -_LIMIT, _LIMIT, out=scores[at])
        return scores

    def _totals(self, stripe: Stripe) -> _Scores:
        """Products of all pairs of sentences that beads of a stripe may hold, summed from its corner."""
        top, bottom, left, right = stripe
        first, before = max(top - REACH, 0), max(left - REACH, 0)
        product = self.vectors.source[first:bottom] @ self.vectors.target[before:right].T
        dense = product if isinstance(product, np.ndarray) else product.toarray()
        totals = np.zeros((bottom - top + 1 + REACH, right - left + 1 + REACH), dtype=np.float32)
        inside = totals[totals.shape[0] - dense.shape[0] :, totals.shape[1] - dense.shape[1] :]
        np.cumsum(np.cumsum(dense, axis=0, out=dense), axis=1, out=inside)
        return totals

    def _chance(self, rows: _Ends, columns: _Ends) -> _Scores:
        """Product to be expected of sums with as many random sentences of the other side."""
        (i, end), (j, stop) = rows, columns
        here = ((self.source.chance[end] - self.source.chance[i]) / 2).astype(np.float32)
        there = ((self.target.chance[stop] - self.target.chance[j]) / 2).astype(np.float32)
        mean: _Scores = here[:, None] * (stop - j).astype(np.float32)
        mean += (end - i).astype(np.float32)[:, None] * there
        return mean

    def _deviates(self, rows: _Ends, columns: _Ends) -> _Scores:
        """Costs of unlike lengths."""
        (i, end), (j, stop) = rows, columns
        here = (self.source.characters[end] - self.source.characters[i]) * self.costs.ratio
        there = (self.target.characters[stop] - self.target.characters[j]).astype(np.float32)
        costs: _Scores = here.astype(np.float32)[:, None] - there
        costs *= costs
        costs /= (here * (self.costs.variance / 2) + 1e-6).astype(np.float32)[:, None] + there * np.float32(
            self.costs.variance / 2
        )
        np.minimum(costs, _WORST, out=costs)
        costs *= _LENGTH
        return costs
