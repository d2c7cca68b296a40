"""What kind of change it is, told by what stood there and what stands there now."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, get_args

from aligntool.inflection import forms

__all__ = ["COMBINING", "KINDS", "Kind", "kind", "reordered"]

Kind = Literal[
    "spacing",
    "punctuation",
    "casing",
    "number",
    "name",
    "agreement",
    "spelling",
    "order",
    "wording",
    "insertion",
    "deletion",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

COMBINING = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    r"\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a\u200c\u200d"
)
"""What belongs to the letter before it (accents, vowel signs, joiners), as the inside of a character class;
of Indic scripts the whole blocks, letters and all."""

# Everything but letters, digits and what combines with them.
_MARKS = re.compile(rf"[^\w{COMBINING}]+|_+")
_BLANKS = re.compile(r"\s+")
_FIGURES = re.compile(r"[\d.,\s]+")
_WORD = re.compile(rf"[^\W\d_](?:[\w{COMBINING}]|['’](?=\w))*")
# A word that resembles the other this much was misspelt rather than replaced (difflib's ratio).
_SAME_WORD = 0.8
_LONGEST = 60
# Words up to this length may be small in a name: University of the West.
_PARTICLE = 3
_FAMILIES = [
    frozenset(line.split())
    for line in (
        "be am is are was were been being",
        "have has had having",
        "do does did done doing",
        "this these",
        "that those",
        "a an",
        "he she it they",
        "him her it them",
        "his her its their",
        "his hers its theirs",
        "himself herself itself themselves",
        "who whom",
        "i me",
        "we us",
    )
]
_ENDINGS = ("ies", "ing", "ed", "es", "d", "s")


def kind(old: str, new: str, *, opening: bool = False) -> Kind:
    """What kind of change it is.

    Args:
        old: What stood there.
        new: What stands there now.
        opening: Whether it begins a sentence, where a capital does not tell a name.

    >>> kind("2015", "2016"), kind("is", "are"), kind("Peking", "Beijing"), kind("gouvernment", "government")
    ('number', 'agreement', 'name', 'spelling')
    """
    return next(_told(old, new, opening=opening), "wording")


def _told(old: str, new: str, *, opening: bool) -> Iterator[Kind]:
    """Every kind that fits, the one that says most first."""
    if _BLANKS.sub("", old) == _BLANKS.sub("", new):
        yield "spacing"
    if _has_digit(old) and _has_digit(new) and _FIGURES.sub("", old) == _FIGURES.sub("", new):
        yield "number"
    bare, other = _MARKS.sub("", old), _MARKS.sub("", new)
    if bare == other:
        yield "punctuation"
    if not old.strip() or not new.strip():
        yield "deletion" if old.strip() else "insertion"
    if bare.casefold() == other.casefold():
        yield "casing"
    yield from _of_words(_WORD.findall(old), _WORD.findall(new), opening=opening)
    if _alike(old.casefold(), new.casefold()):
        yield "spelling"


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _of_words(old: list[str], new: list[str], *, opening: bool) -> Iterator[Kind]:
    """Kinds that are told by whole words."""
    left, right = [word.casefold() for word in old], [word.casefold() for word in new]
    if len(left) > 1 and sorted(left) == sorted(right):
        yield "order"
    pairs = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
    if pairs and len(left) == len(right) and all(_related(a, b) for a, b in pairs):
        yield "agreement"
    if _names(old, opening=opening) and _names(new, opening=opening):
        yield "name"


def _names(words: list[str], *, opening: bool) -> bool:
    """Whether the words are a name: capitals on all but particles, and not only because a sentence begins."""
    told = words[1:] if opening else words
    capitals = [word for word in told if word[0].isupper()]
    return bool(capitals) and all(word[0].isupper() or len(word) <= _PARTICLE for word in words)


@lru_cache(maxsize=4096)
def _related(one: str, other: str) -> bool:
    """Whether both are forms of one word (by English inflection)."""
    if any({one, other} <= family for family in _FAMILIES):
        return True
    lemmas = {lemma for word in (one, other) for lemma in _lemmas(word)}
    return any({one, other} <= {lemma, *forms(lemma).values()} for lemma in lemmas)


def _lemmas(word: str) -> Iterator[str]:
    """What the word may be a form of."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield from (stem, f"{stem}e", f"{stem}y")
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


def _alike(old: str, new: str) -> bool:
    """Whether two words resemble each other; longer stretches are other wording, and slow to compare."""
    return max(len(old), len(new)) <= _LONGEST and SequenceMatcher(None, old, new).ratio() >= _SAME_WORD


def reordered(text: str) -> str:
    """What two stretches share when one is the other in another place; empty where they are too short."""
    words = _WORD.findall(text.casefold())
    long = len(words) > 1 or any(len(word) > _PARTICLE for word in words)
    return " ".join(words) if long else ""
