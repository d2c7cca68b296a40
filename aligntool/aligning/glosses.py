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

_DISCOUNT = 1.0  # occurrences a word is taken to have had with something else
_LEAST = 0.05  # pairs less probable than this are left out
# Squares of it: what is below after a round has no prospect, and competes from then on as it does then.
_FLOORS = (1e-5, 1e-4, 1e-4)
_NOTHING = 0.2  # weight of "translates nothing", against an average word's
_MOST = 2_000_000  # pairs of tokens looked at, of the surest beads
_BITS = 63  # of a number that is not negative

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

    def of(self, which: NDArray[np.bool_]) -> "_Cells":
        """Some of them."""
        held = np.flatnonzero(which)
        return _Cells(self.pair[held], self.source[held], self.target[held], self.weight[held])


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
    forth, back = _Model(left, cells.target), _Model(right, cells.source)
    for floor in _FLOORS:
        forth.learn(cells, cells.target)
        back.learn(cells, cells.source)
        held = (forth.chance * back.chance >= floor)[cells.pair]
        lost, cells = cells.of(~held), cells.of(held)
        forth.settle(lost, lost.target)
        back.settle(lost, lost.source)
    forth.learn(cells, cells.target)
    back.learn(cells, cells.source)
    mean = np.sqrt(forth.chance * back.chance)
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
    kinds, numbers = _numbered(np.concatenate(pairs))
    cells = _Cells(numbers, np.concatenate(sources), np.concatenate(targets), weights)
    return cells, (kinds // columns, kinds % columns)


class _Model:
    """One direction: the probability of a pair's other word, given one.

    Args:
        given: For every pair of words the one it is conditioned on.
        explained: For every cell the token that its partners compete to explain.

    Attributes:
        chance: The probability of every pair.
    """

    def __init__(self, given: Ids, explained: Ids) -> None:
        partners = np.bincount(given)
        self.chance: Floats = 1.0 / partners[given]
        self._given = given
        self._counts = np.zeros(len(given))
        nothing = _NOTHING * float(np.count_nonzero(partners)) / len(given)
        self._rest = np.full(int(explained.max()) + 1, nothing)

    def learn(self, cells: _Cells, explained: Ids) -> None:
        """One more round; pairs without a cell keep what was counted of them."""
        weight = self.chance[cells.pair]
        total = np.bincount(explained, weight, minlength=len(self._rest)) + self._rest
        share = weight / total[explained]
        counts = np.bincount(cells.pair, share * cells.weight, minlength=len(self._given))
        np.copyto(self._counts, counts, where=counts > 0)
        self.chance = self._counts / (np.bincount(self._given, self._counts) + _DISCOUNT)[self._given]

    def settle(self, cells: _Cells, explained: Ids) -> None:
        """Let cells go that later rounds do without: they compete as much as they do now."""
        self._rest += np.bincount(explained, self.chance[cells.pair], minlength=len(self._rest))


def _numbered(keys: Ids) -> tuple[Ids, Ids]:
    """The different keys in order, and the number of each key among them: ``np.unique``, three times as fast.

    Keys are sorted with their places in their lower bits, where those fit in.
    """
    bits = len(keys).bit_length()
    if not len(keys) or int(keys.max()).bit_length() + bits > _BITS:
        kinds, numbers = np.unique(keys, return_inverse=True)
        return kinds, numbers
    packed = np.sort(keys << bits | np.arange(len(keys)))
    ordered = packed >> bits
    begins = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    numbers = np.empty_like(keys)
    numbers[packed & ((1 << bits) - 1)] = np.cumsum(begins) - 1
    return ordered[begins], numbers
