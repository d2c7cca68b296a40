"""Sentences as vectors that can be summed: what they are made of, how much each part weighs.

A part that many sentences have tells little (inverse document frequency, Spärck Jones 1972), and the root of
its count is enough. A part that the other side never has cannot match; it counts half in the length.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from aligntool.languages import script
from aligntool.wordforms import unaccented

__all__ = [
    "Matrix",
    "Vectors",
    "bags",
    "blank",
    "counted",
    "joined",
    "plain",
    "scaled",
    "stem",
    "tokens",
    "weighed",
    "word_parts",
]

Matrix = Any
"""scipy's csr_array, which has no types, or numpy's array of two dimensions: a row a sentence."""

_UNSPACED = frozenset({"Hani", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
_GRAM = 4
_STEM = 4
_UNSEEN = 0.5
_EVENNESS = 0.25  # 0: every sentence weighs the same in a sum; 1: by how much it holds


class Vectors(NamedTuple):
    """Both sides of a document, or of several, in one space."""

    source: Matrix
    target: Matrix

    def cut(self, rows: slice, columns: slice) -> "Vectors":
        """Some sentences of either side."""
        return Vectors(self.source[rows], self.target[columns])


def blank(rows: int, columns: int) -> Vectors:
    """Vectors of so many sentences of which nothing is known."""
    return Vectors(*(np.zeros((count, 1), dtype=np.float32) for count in (rows, columns)))


class _Letters(dict[int, str]):
    """What ``str.translate`` makes of each character: letters, digits and their marks stay, blanks otherwise.

    Characters of scripts without blanks are set apart.
    """

    def __missing__(self, point: int) -> str:
        char = chr(point)
        category = unicodedata.category(char)
        kept = char if category[0] in "LN" or category in {"Mn", "Mc"} else " "
        if kept != " " and script(char) in _UNSPACED:
            kept = f" \0{char} "
        self[point] = kept
        return kept


_LETTERS = _Letters()


def tokens(text: str) -> list[str]:
    """Words in lower case; of scripts without blanks every character, and every two that are neighbours.

    >>> tokens("Ten o'clock, 北京!")
    ['ten', 'o', 'clock', '北', '京', '北京']
    """
    pieces = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    if "\0" not in pieces:
        return pieces.split()
    found, before = [], ""
    for piece in pieces.split():
        if piece[0] != "\0":
            found.append(piece)
            before = ""
            continue
        found.append(piece[1:])
        if before:
            found.append(before + piece[1:])
        before = piece[1:]
    return found


def plain(word: str) -> str:
    """A word of Latin script without its diacritics; others as they are."""
    return word if word.isascii() or script(word[0]) != "Latn" else unaccented(word)


def stem(word: str) -> str:
    """The beginning of a word: endings differ too much to be counted apart in one document."""
    return plain(word)[:_STEM]


def word_parts(word: str) -> list[str]:
    """A word itself and its character 4-grams, its ends marked."""
    if script(word[0]) in _UNSPACED:
        return [word]
    marked = f"^{word}$"
    return [f"={word}", *(marked[at : at + _GRAM] for at in range(max(len(marked) - _GRAM + 1, 1)))]


def counted(lists: Iterable[Iterable[str]], numbers: dict[str, int]) -> Matrix:
    """How often each item stands in each list, a row a list.

    Args:
        lists: Items.
        numbers: Column of each item; new ones are added.
    """
    columns: list[int] = []
    ends = [0]
    known = defaultdict[str, int](None, numbers)
    known.default_factory = known.__len__
    for items in lists:
        columns.extend(map(known.__getitem__, items))
        ends.append(len(columns))
    numbers.update(known)
    ones = np.ones(len(columns), dtype=np.float32)
    shape = (len(ends) - 1, max(len(numbers), 1))
    matrix = sparse.csr_array((ones, np.array(columns, dtype=np.int32), ends), shape=shape)
    matrix.sum_duplicates()
    return matrix


def bags(
    source: Sequence[Iterable[str]],
    target: Sequence[Iterable[str]],
    parts: Callable[[str], Iterable[str]] = word_parts,
) -> Vectors:
    """Vectors of sentences in one language, or of what two languages share.

    Args:
        source: Tokens of the source's sentences.
        target: Tokens of the target's.
        parts: What a token is made of.
    """
    words: dict[str, int] = {}
    held = counted((*source, *target), words)
    matrix = (held @ counted(map(parts, words), {})) if words else held
    return scaled(weighed(Vectors(matrix[: len(source)], matrix[len(source) :])))


def weighed(counts: Vectors) -> Vectors:
    """Roots of the counts, weighed by how few sentences of both sides have them."""
    seen = [np.bincount(side.indices, minlength=side.shape[1]) for side in counts]
    rarity = np.log((sum(side.shape[0] for side in counts) + 1) / np.maximum(seen[0] + seen[1], 1)).clip(0)
    made = []
    for side, other in zip(counts, reversed(seen), strict=True):
        weights = rarity * np.where(other > 0, 1.0, _UNSEEN**0.5)
        kept = sparse.csr_array(side, copy=True)
        kept.data = (np.sqrt(kept.data) * weights[kept.indices]).astype(np.float32)
        made.append(kept)
    return Vectors(*made)


def scaled(vectors: Vectors) -> Vectors:
    """Lengths made nearly even and 1 on average, so that spaces can be weighed against each other."""
    return Vectors(*(_scaled(side) for side in vectors))


def _scaled(side: Matrix) -> Matrix:
    lengths = np.sqrt(np.asarray((side * side).sum(axis=1)).ravel())
    held = lengths > 0
    if not held.any():
        return side
    mean = lengths[held].mean()
    factors = np.zeros(len(lengths), dtype=np.float32)
    factors[held] = (lengths[held] / mean) ** _EVENNESS / lengths[held]
    return sparse.csr_array(sparse.diags_array(factors) @ side)


def joined(spaces: Sequence[Vectors], shares: Sequence[float]) -> Vectors:
    """Several spaces as one, in which similarities add up by their shares."""
    return Vectors(
        *(
            sparse.hstack(
                [space[side] * np.float32(share**0.5) for space, share in zip(spaces, shares, strict=True)],
                format="csr",
            )
            for side in (0, 1)
        )
    )
