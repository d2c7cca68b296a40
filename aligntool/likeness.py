"""How much two sentences share: their words, and the character 4-grams of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

__all__ = ["alike", "dice", "grams", "sharing"]

_GRAM = 4
_LOOK = 1500  # characters at either end of a sentence that are looked at
_RARE = 4  # sentences a word may stand in to tell them from others
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """What stands for a text: its words and the character 4-grams of them joined by blanks."""
    if len(text) > 2 * _LOOK:
        text = text[:_LOOK] + " " + text[-_LOOK:]
    words = _WORD.findall(text.casefold())
    joined = f" {' '.join(words)} "
    grams = {joined[at : at + _GRAM] for at in range(len(joined) - _GRAM + 1)}
    return frozenset(grams | {word for word in words if len(word) > _GRAM})


def alike(old: str, new: str) -> float:
    """How much two texts share, from 0 to 1 (Dice coefficient of their words and character 4-grams).

    >>> alike("the old town", "the old town"), alike("the old town", "quick!")
    (1.0, 0.0)
    """
    return dice(grams(old), grams(new))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets share (Dice 1945, "Measures of the amount of ecologic association")."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


_Some = tuple[Sequence[str], Iterable[int]]


def sharing(old: _Some, new: _Some) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that share a rare word, once a word.

    Args:
        old: Sentences, and the numbers of those to look at.
        new: The same of the other side.
    """
    left, right = _places(*old), _places(*new)
    for word, found in left.items():
        yield from ((i, j) for i in found for j in right.get(word, ()))


def _places(texts: Sequence[str], numbers: Iterable[int]) -> dict[str, list[int]]:
    """The sentences each word stands in; words that stand in many are left out."""
    places: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        for word in sorted(set(_WORD.findall(texts[number].casefold()[: 2 * _LOOK]))):
            if len(places[word]) <= _RARE:
                places[word].append(number)
    return {word: found for word, found in places.items() if len(found) <= _RARE}
