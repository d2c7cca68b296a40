"""Checks made of patterns: a regular expression, what it means, what mends it, and when it does not hold."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from aligntool.flags import Finder, Passage, Rule, passages
from aligntool.records import Bitext, Flag

__all__ = [
    "MONTHS",
    "START",
    "WEEKDAYS",
    "Later",
    "Pattern",
    "always",
    "before",
    "cased",
    "clause",
    "found",
    "nothing",
    "pattern_finder",
    "sentence",
]

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
START = r"(?:(?<=^)|(?<=[.!?”] ))"
"""Where a text or a sentence in it begins."""

_Match = re.Match[str]
_STOP = re.compile(r"[.!?…]+[”\"’)]*\s")
_CLAUSE_STOP = re.compile(r"[.!?…;:,()“”\"–—]")
_FAR = 400


def nothing(_: _Match) -> None:
    """No fix: a person must decide."""


def cased(word: str, like: str) -> Callable[[_Match], str]:
    """A fix that begins with a capital where a group of the match does."""
    return lambda m: word.capitalize() if m[like][0].isupper() else word


def always(_: _Match) -> bool:
    """Nothing speaks against it."""
    return True


class Later:
    """A regular expression that is compiled when it is first used: most texts need few of them.

    Args:
        source: The expression.
    """

    __slots__ = ("_compiled", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._compiled: re.Pattern[str] | None = None

    def finditer(self, text: str) -> Iterator[_Match]:
        """As that of a compiled expression."""
        if self._compiled is None:
            self._compiled = re.compile(self._source)
        return self._compiled.finditer(text)


class Pattern(NamedTuple):
    """A construction told by its words.

    Attributes:
        rule: What a flag on it says.
        regex: The words; its named groups fill the message.
        fix: What to put in place of the quoted part; None when a person must decide.
        holds: Whether the words around let it stand for what the rule says.
        part: The group that is quoted; the whole match when empty.
        words: Letters one of which every match has in it, for speed: most passages have none of them.
    """

    rule: Rule
    regex: re.Pattern[str] | Later
    fix: Callable[[_Match], str | None] = nothing
    holds: Callable[[_Match], bool] = always
    part: str = ""
    words: tuple[str, ...] = ()


def found(passage: Passage, patterns: Sequence[Pattern]) -> Iterator[Flag]:
    """A flag for every place of a passage where a pattern holds."""
    for one in patterns:
        if one.words and not any(word in passage.text for word in one.words):
            continue
        for m in one.regex.finditer(passage.text):
            if one.holds(m):
                start, end = m.span(one.part or 0)
                evidence = {name: text for name, text in m.groupdict().items() if text}
                yield one.rule.on(passage, start, end, one.fix(m), **evidence)


def pattern_finder(patterns: Sequence[Pattern]) -> Finder:
    """A finder that flags every place of a text where one of the patterns holds."""

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from found(passage, patterns)

    return find


def before(m: _Match, reach: int = 40) -> str:
    """The characters that stand before a match, at most so many."""
    return m.string[max(0, m.start() - reach) : m.start()]


def sentence(m: _Match) -> str:
    """The sentence around a match, as far as full stops tell, cut where it is very long."""
    return _around(m, _STOP)


def clause(m: _Match) -> str:
    """What stands around a match without a mark between."""
    return _around(m, _CLAUSE_STOP)


def _around(m: _Match, stop: re.Pattern[str]) -> str:
    low = max(0, m.start() - _FAR)
    before = [low, *(one.end() for one in stop.finditer(m.string, low, m.start()))][-1]
    after = stop.search(m.string, m.end(), m.end() + _FAR)
    return m.string[before : after.start() if after else m.end() + _FAR]
