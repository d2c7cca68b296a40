"""Words that translate each other, learnt from beads: IBM model 1 in both directions (Brown et al. 1993).

"The Mathematics of Statistical Machine Translation", Computational Linguistics 19(2). Every bead counts as
much as it is sure. The probability of a pair is the geometric mean of both directions, which keeps a rare
word from being explained by whatever stands beside it; counts are discounted for the same reason (Moore
2004).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from aligntool.aligning.vectors import Matrix

__all__ = ["Sample", "learn"]

_ROUNDS = 4
_DISCOUNT = 1.0  # occurrences a word is taken to have had with something else
_LEAST = 0.05  # pairs less probable than this are left out
_NOTHING = 0.2  # weight of "translates nothing", against an average word's
_MOST = 6_000_000  # pairs of tokens looked at, of the surest beads

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


class Sample(NamedTuple):
    """The words of one bead.

    Attributes:
        source: Numbers of the source side's words.
        target: Numbers of the target side's.
        weight: From 0 to 1, how sure it is.
    """

    source: Ids
    target: Ids
    weight: float

    @property
    def size(self) -> int:
        """Pairs of tokens."""
        return len(self.source) * len(self.target)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Every pair of tokens that stand in one bead.

    Attributes:
        pair: Number of the pair of words each is.
        source: Number of its source token, counted through all beads.
        target: The same of its target token.
        weight: How sure its bead is.
    """

    pair: Ids
    source: Ids
    target: Ids
    weight: Floats


def learn(samples: Sequence[Sample], words: tuple[int, int]) -> Matrix:
    """How likely words translate each other.

    Args:
        samples: Beads.
        words: Number of different words on either side.

    Returns:
        A sparse matrix of source words by target words, from 0 to 1.
    """
    cells, (left, right) = _cells(_surest(samples), words[1])
    if not len(cells.pair):
        return sparse.csr_array(words, dtype=np.float32)
    forth = _model(cells, cells.target, left)
    back = _model(cells, cells.source, right)
    mean = np.sqrt(forth * back)
    kept = mean >= _LEAST
    entries = (mean[kept].astype(np.float32), (left[kept], right[kept]))
    return sparse.csr_array(sparse.coo_array(entries, shape=words))


def _surest(samples: Sequence[Sample]) -> list[Sample]:
    """As many of the surest beads as fit, in their order."""
    order = sorted(range(len(samples)), key=lambda at: -samples[at].weight)
    sums = np.cumsum([samples[at].size for at in order])
    return [samples[at] for at in sorted(order[: int(np.searchsorted(sums, _MOST, side="right"))])]


def _cells(samples: Sequence[Sample], columns: int) -> tuple[_Cells, tuple[Ids, Ids]]:
    """All pairs of tokens, and the source and target word of each pair of words."""
    pairs, sources, targets = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    i = j = 0
    for left, right, _ in samples:
        pairs.append((left[:, None] * columns + right).ravel())
        sources.append(np.repeat(np.arange(i, i + len(left)), len(right)))
        targets.append(np.tile(np.arange(j, j + len(right)), len(left)))
        i, j = i + len(left), j + len(right)
    weights = np.repeat([sample.weight for sample in samples], [sample.size for sample in samples])
    kinds, numbers = np.unique(np.concatenate(pairs), return_inverse=True)
    cells = _Cells(numbers, np.concatenate(sources), np.concatenate(targets), weights)
    return cells, (kinds // columns, kinds % columns)


def _model(cells: _Cells, explained: Ids, given: Ids) -> Floats:
    """Probability of a pair's other word, given one.

    Args:
        cells: Pairs of tokens.
        explained: For every cell the token that its partners compete to explain.
        given: For every pair of words the one it is conditioned on.
    """
    partners = np.bincount(given)
    chance = 1.0 / partners[given]
    nothing = _NOTHING * float(np.count_nonzero(partners)) / len(given)
    for _ in range(_ROUNDS):
        weight = chance[cells.pair]
        share = weight / (np.bincount(explained, weight) + nothing)[explained]
        counts = np.bincount(cells.pair, share * cells.weight, minlength=len(given))
        chance = counts / (np.bincount(given, counts) + _DISCOUNT)[given]
    return chance
