"""Which word translates which: IBM Model 1 in both directions, its words of grammar left out.

Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation") preferring the diagonal
(Dyer et al. 2013, "A Simple, Fast, and Effective Reparameterization of IBM Model 2"), all in numpy: a
million pairs take some minutes and 3 GB.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Content", "Links", "learn"]

Integers = npt.NDArray[np.int32]
Wide = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

_LONGEST = 25
_STEEPNESS = 5.0
_BLOCK = 60_000
_MERGED = 5
_BEYOND_CHANCE = 1.5
_SHARE = 0.003


@dataclass(frozen=True, slots=True)
class Content:
    """The words that matter of one side, sentence by sentence.

    Attributes:
        ids: Their numbers.
        sizes: How many each sentence has.
        words: How many different ones there are.
    """

    ids: Integers
    sizes: Integers
    words: int


@dataclass(frozen=True, slots=True)
class Links:
    """A lexicon: for every link its two words and how sure it is.

    Attributes:
        source: Numbers of the source words.
        target: Numbers of the target words.
        forth: Chance of the target word given the source word.
        back: Chance of the source word given the target word.
        times: How often the two were linked, by expectation (geometric mean of both directions).
    """

    source: Wide
    target: Wide
    forth: Reals
    back: Reals
    times: Reals


@dataclass(frozen=True, slots=True)
class _Cells:
    """Combinations of a source and a target word in some pairs: key, prior, number of the token a side."""

    keys: Wide
    prior: npt.NDArray[np.float32]
    target: Integers
    source: Integers


def _cells(source: Content, target: Content) -> Iterator[_Cells]:
    """All combinations, some pairs at a time; pairs with a long side teach little and cost most."""
    begins = [np.concatenate([[0], np.cumsum(side.sizes, dtype=np.int64)]) for side in (source, target)]
    sizes = np.stack([source.sizes, target.sizes]).astype(np.int64)
    usable = np.flatnonzero((sizes.min(0) > 0) & (sizes.max(0) <= _LONGEST))
    for at in range(0, len(usable), _BLOCK):
        rows = usable[at : at + _BLOCK]
        across, down = sizes[0][rows], sizes[1][rows]
        number = across * down
        row = np.repeat(np.arange(len(rows)), number)
        within = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
        i, j = within % across[row], within // across[row]
        keys = source.ids[begins[0][rows][row] + i].astype(np.int64) * target.words
        keys += target.ids[begins[1][rows][row] + j]
        apart = np.abs((i + 0.5) / across[row] - (j + 0.5) / down[row])
        yield _Cells(
            keys,
            np.exp(-_STEEPNESS * apart).astype(np.float32),
            (np.repeat(np.cumsum(down) - down, number) + j).astype(np.int32),
            (np.repeat(np.cumsum(across) - across, number) + i).astype(np.int32),
        )


def _merged(keys: list[Wide], counts: list[Wide]) -> tuple[Wide, Wide]:
    every, times = np.concatenate(keys), np.concatenate(counts)
    order = np.argsort(every, kind="stable")
    every, times = every[order], times[order]
    heads = np.flatnonzero(np.r_[True, every[1:] != every[:-1]])
    return every[heads], np.add.reduceat(times, heads)


def _candidates(source: Content, target: Content) -> Wide:
    """Keys of the pairs of words that meet oftener than by chance."""
    keys, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for cells in _cells(source, target):
        found, times = np.unique(cells.keys, return_counts=True)
        keys.append(found)
        counts.append(times.astype(np.int64))
        if len(keys) > _MERGED:
            one, other = _merged(keys, counts)
            keys, counts = [one], [other]
    every, times = _merged(keys, counts)
    left = np.bincount(source.ids, minlength=source.words)[every // target.words]
    right = np.bincount(target.ids, minlength=target.words)[every % target.words]
    often = (times >= 2) & (times > _BEYOND_CHANCE * left * (right / len(source.sizes)))  # noqa: PLR2004
    kept: Wide = every[often & (times > _SHARE * np.minimum(left, right))]
    return kept


def learn(source: Content, target: Content, rounds: int = 5) -> Links:
    """Learn a lexicon from parallel sentences by expectation maximisation.

    Args:
        source: One side.
        target: The other, as many sentences.
        rounds: Rounds of expectation maximisation.
    """
    keys = _candidates(source, target)
    blocks = []
    for cells in _cells(source, target):
        at = np.searchsorted(keys, cells.keys)
        at[at == len(keys)] = 0
        known = keys[at] == cells.keys
        blocks.append(
            (at[known].astype(np.int32), cells.prior[known], cells.target[known], cells.source[known])
        )
    given, made = keys // target.words, keys % target.words
    forth, back = np.ones(len(keys)), np.ones(len(keys))
    counts = np.zeros((2, len(keys)))
    for _ in range(rounds):
        counts = np.zeros((2, len(keys)))
        for at, prior, ours, theirs in blocks:
            counts[0] += _shared(forth, at, prior, ours)
            counts[1] += _shared(back, at, prior, theirs)
        forth = counts[0] / (np.bincount(given, counts[0], source.words)[given] + 1e-3)
        back = counts[1] / (np.bincount(made, counts[1], target.words)[made] + 1e-3)
    return Links(given, made, forth, back, np.sqrt(counts[0] * counts[1]))


def _shared(chances: Reals, at: Integers, prior: npt.NDArray[np.float32], word: Integers) -> Reals:
    """Each word's one occurrence, shared out among its links."""
    weights = chances[at] * prior
    weights /= np.bincount(word, weights)[word] + 1e-6
    shares: Reals = np.bincount(at, weights, len(chances)).astype(np.float64)
    return shares
