"""What tells that two sentences belong together: a translation of one, like spelling, words that translate.

All of it is made into vectors, one space a kind of evidence, whose similarities add up.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from aligntool.aligning import glosses
from aligntool.aligning.readings import consonants
from aligntool.aligning.vectors import (
    Matrix,
    Vectors,
    bags,
    counted,
    joined,
    plain,
    scaled,
    stem,
    tokens,
)
from aligntool.alignment import Pairing
from aligntool.languages import script
from aligntool.records import Bead

__all__ = ["Lexicon", "Words", "surface", "translated"]

Lexicon = Sequence[tuple[str, str]]
"""Pairs of a source and a target word or phrase."""

_Words = Sequence[list[str]]
"""Those of every sentence."""

_SHARES = (0.4, 0.5, 0.5)  # of what is spelt alike, of source words' glosses, of target words'
_GIVEN = 0.5  # probability of a pair that the user's lexicon has
_MARKS = str.maketrans("？！：；％（）«»“”„", '?!:;%()"""""')
_MARK = re.compile(r'[?!:;%()"]')
_DIGITS = re.compile(r"\d+")


def translated(one: Pairing) -> Vectors:
    """Sentences compared through their translations; where both directions are given, both count."""
    spaces = []
    if one.source_mt:
        spaces.append(bags(_cut(one.source_mt), _cut(one.target.texts)))
    if one.target_mt:
        spaces.append(bags(_cut(one.source.texts), _cut(one.target_mt)))
    return joined(spaces, [1 / len(spaces)] * len(spaces))


def surface(source: Sequence[str], target: Sequence[str]) -> Vectors:
    """What both languages write alike: figures, names and kindred words, marks.

    Across scripts names are compared by their sound.
    """
    return _kindred((source, target), (_cut(source), _cut(target)))


def _cut(texts: Iterable[str]) -> list[list[str]]:
    return [tokens(text) for text in texts]


def _kindred(texts: tuple[Sequence[str], Sequence[str]], words: tuple[_Words, _Words]) -> Vectors:
    """The same of texts that have been cut into words."""
    left, right = (
        [own + _MARK.findall(text.translate(_MARKS)) for text, own in zip(*side, strict=True)]
        for side in zip(texts, words, strict=True)
    )
    return bags(left, right, _written if _script(words[0]) == _script(words[1]) else _sounded)


def _script(words: _Words) -> str:
    """The script that most words are in."""
    firsts = Counter(word[0] for own in words[:1000] for word in own)
    seen: dict[str, int] = {}
    for char, count in firsts.items():
        seen[script(char)] = seen.get(script(char), 0) + count
    return max(sorted(seen.keys() - {"Zyyy"}), key=lambda name: seen[name], default="Zyyy")


def _written(word: str) -> list[str]:
    """Figures twice, since they hardly err; of words in Latin script beginnings and 5-grams."""
    if _MARK.match(word):
        return [word]
    figures = [f"#{int(digits)}" for digits in _DIGITS.findall(word)]
    if figures:
        return figures * 2
    if script(word[0]) != "Latn":
        return []
    word = plain(word)
    parts = [word[at : at + 5] for at in range(len(word) - 4)]
    return parts + [f"{size}{word[:size]}" for size in (4, 6) if len(word) >= size]


def _sounded(word: str) -> list[str]:
    """The same, with the sound of the word."""
    sound = consonants(word) if word[0].isalpha() else ""
    parts = [f"~{sound[:size]}" for size in (3, 4, 5) if len(sound) >= size]
    return _written(word) + parts + ([f"~{sound[1:4]}"] if sound[3:] else [])


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of one side's sentences."""

    numbers: dict[str, int]
    ids: tuple[glosses.Ids, ...]
    counts: Matrix

    def known(self, phrase: str) -> list[int]:
        """Numbers of those words of a phrase that stand here."""
        return [self.numbers[start] for start in map(stem, tokens(phrase)) if start in self.numbers]

    def rarity(self) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        """Inverse document frequency of each word."""
        seen = np.bincount(self.counts.indices, minlength=self.counts.shape[1])
        weights: np.ndarray[tuple[int], np.dtype[np.float32]] = (
            np.log((self.counts.shape[0] + 1) / (seen + 0.5)).clip(0).astype(np.float32)
        )
        return weights


def _side(words: _Words) -> _Side:
    known = {word: stem(word) for word in dict.fromkeys(chain.from_iterable(words))}
    numbers: dict[str, int] = {}
    counts = counted(([known[word] for word in own] for own in words), numbers)
    number = {word: numbers[start] for word, start in known.items()}
    ids = tuple(np.array([number[word] for word in own], dtype=np.int64) for own in words)
    return _Side(numbers, ids, counts)


class Words:
    """Sentences of one or several documents in two languages, compared by words that translate each other.

    Args:
        source: Texts of all source sentences.
        target: Texts of all target sentences.
        lexicon: What the user knows to be translations.
    """

    def __init__(self, source: Sequence[str], target: Sequence[str], lexicon: Lexicon = ()) -> None:
        words = _cut(source), _cut(target)
        self.source, self.target = map(_side, words)
        self.spelling = _kindred((source, target), words)
        self.size = (len(self.source.numbers) or 1, len(self.target.numbers) or 1)
        self.given = self._given(lexicon)

    def _given(self, lexicon: Lexicon) -> Matrix:
        """The user's lexicon by number; words of a phrase share its probability."""
        found: dict[tuple[int, int], float] = {}
        for left, right in lexicon:
            here, there = self.source.known(left), self.target.known(right)
            for pair in ((i, j) for i in here for j in there):
                found[pair] = max(found.get(pair, 0.0), _GIVEN / max(len(here), len(there)))
        values = np.array(list(found.values()), dtype=np.float32)
        places = np.array(list(found), dtype=np.int64).reshape(-1, 2).T
        return sparse.csr_array(sparse.coo_array((values, tuple(places)), shape=self.size))

    def first(self) -> Vectors:
        """What can be said before anything has been aligned."""
        return self.vectors(self.given) if self.given.nnz else self.spelling

    def learn(self, beads: Sequence[Bead]) -> Matrix:
        """The words' translations, from beads over all sentences; the user's own stay."""
        samples = [
            glosses.Sample(
                np.concatenate(self.source.ids[slice(*bead.source)]),
                np.concatenate(self.target.ids[slice(*bead.target)]),
                bead.score,
            )
            for bead in beads
            if bead.source.size and bead.target.size
        ]
        return glosses.learn(samples, self.size).maximum(self.given)

    def vectors(self, table: Matrix) -> Vectors:
        """Spelling, and every sentence as its words and as its words' translations.

        Args:
            table: How likely words translate each other.
        """
        left, right = self.source.rarity(), self.target.rarity()
        here, there = (side.counts.sqrt() for side in (self.source, self.target))
        halves = sparse.diags_array(left**0.5) @ table @ sparse.diags_array(right**0.5)
        forth = Vectors(here @ halves, there @ sparse.diags_array(right))
        back = Vectors(here @ sparse.diags_array(left), there @ halves.T)
        return joined(
            [self.spelling, *(scaled(Vectors(*map(sparse.csr_array, v))) for v in (forth, back))], _SHARES
        )
