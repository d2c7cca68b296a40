"""How much two sentences share: their words, and the character 4-grams of them."""

import re
from functools import lru_cache

__all__ = ["alike", "dice", "grams"]

_GRAM = 4
_LOOK = 1500  # characters at either end of a sentence that are looked at
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
