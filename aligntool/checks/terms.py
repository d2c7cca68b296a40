"""A term of the original that is rendered one way in most places and another way in some."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.pairs import Pair, on_source, pairs
from aligntool.records import Bitext, Flag
from aligntool.spellings import dictionary
from aligntool.wording import tokens

__all__ = ["PLUGIN"]

NAME = "terms"
_OTHER = Rule(
    "other-rendering",
    NAME,
    "accuracy",
    "minor",
    0.35,
    "“{text}” is “{usual}” in {count} other sentences of the document, but not here.",
)

_NAMED = replace(_OTHER, name="other-name", severity="major", confidence=0.62)

_LEAST, _REPEATED, _SHORT = 5, 4, 6
_SHARE, _TIED = 0.7, 0.7
_WIDE = 80
_COMMON = 600
_STEM, _ROOT = 5, 4


class _Place(NamedTuple):
    """Where a term stands: which pair, and its range of the original."""

    pair: int
    start: int
    end: int


def _stem(low: str) -> str:
    """What the forms of a word share, roughly: its first letters."""
    return low[: max(_STEM, len(low) - 3)]


def _terms(beads: Sequence[Pair], grammar: frozenset[str]) -> dict[str, list[_Place]]:
    """Content words of the original that come back in at least five sentences, by stem."""
    found: dict[str, list[_Place]] = defaultdict(list)
    for index, pair in enumerate(beads):
        seen = set()
        for token in tokens(pair.said)[:_WIDE]:
            stem = _stem(token.low)
            if (
                len(token.low) >= _SHORT
                and token.low.isalpha()
                and token.low not in grammar
                and stem not in seen
            ):
                seen.add(stem)
                found[stem].append(_Place(index, token.start, token.end))
    most = max(_LEAST, len(beads) // 4)
    return {stem: places for stem, places in found.items() if _LEAST <= len(places) <= most}


def _names(beads: Sequence[Pair]) -> dict[str, list[_Place]]:
    """Names of several words that come back in at least four sentences."""
    found: dict[str, list[_Place]] = defaultdict(list)
    for index, pair in enumerate(beads):
        marks = tokens(pair.said)[1:_WIDE]
        for capital, group in groupby(marks, key=lambda token: token.text[0].isupper()):
            run = list(group)
            name = pair.said[run[0].start : run[-1].end]
            if capital and len(run) > 1 and name.replace(" ", "").isalpha():
                found[name].append(_Place(index, run[0].start, run[-1].end))
    return {name: places for name, places in found.items() if len(places) >= _REPEATED}


def _rendering(places: Sequence[_Place], made: Sequence[frozenset[str]], spread: Counter[str]) -> str:
    """The English stem that goes with a term in most of its places and hardly anywhere else; else nothing."""
    together = Counter(stem for place in places for stem in made[place.pair])
    best = max(together, key=lambda stem: (together[stem] / (spread[stem] + len(places)), stem), default="")
    tied = best and together[best] >= _TIED * spread[best] and together[best] >= _SHARE * len(places)
    return best if tied and together[best] + 1 >= _REPEATED and together[best] < len(places) else ""


def _find(bitext: Bitext, english: frozenset[str], grammar: frozenset[str]) -> Iterator[Flag]:
    beads = [pair for pair in pairs(bitext) if pair.whole]
    words = [tokens(pair.made)[:_WIDE] for pair in beads]
    made = [
        frozenset(_stem(t.low) for t in found if len(t.low) >= _SHORT and t.low not in english)
        for found in words
    ]
    spread = Counter(stem for stems in made for stem in stems)
    named = [(_NAMED, places) for places in _names(beads).values()]
    for rule, places in [*named, *((_OTHER, places) for places in _terms(beads, grammar).values())]:
        usual = _rendering(places, made, spread)
        if not usual:
            continue
        count = sum(usual in made[place.pair] for place in places)
        shown = next(t.low for place in places for t in words[place.pair] if _stem(t.low) == usual)
        for place in places:
            if not any(stem[:_ROOT] == usual[:_ROOT] for stem in made[place.pair]):
                passage = beads[place.pair].source
                yield on_source(rule, passage, place.start, place.end, usual=shown, count=str(count))


def _prepare(tables: Tables) -> Finder:
    commonest = frozenset(tables["words"].column("word")[:_COMMON])
    grammar = dictionary(tables["function-words"])
    return lambda bitext: _find(bitext, commonest, grammar)


PLUGIN = Check(
    NAME,
    "accuracy",
    "thorough",
    "terms of the original rendered in more than one way",
    _prepare,
    ("words", "function-words"),
    bilingual=True,
)
