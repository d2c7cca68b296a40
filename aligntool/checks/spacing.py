"""Blanks that are missing, doubled, or stand where English has none; words run together."""

import re
from collections.abc import Callable, Iterator, Mapping

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.records import Bitext, Flag
from aligntool.spellings import usage

__all__ = ["PLUGIN"]

NAME = "spacing"
_BLANK = "[ \t\u00a0\u202f\u2009]"
_PREFIX = (
    "co|pro|anti|ex|non|self|semi|multi|inter|sub|vice|neo|pre|post|sino|franco|euro|geo|trans|pan|mid|"
    "quasi|ultra|counter|cross|anglo|russo|afro|indo|germano|americano|micro|macro|mini|cyber|bi|tri|"
    "pseudo|socio|north|south|sous|para|infra|intra|extra|hyper|super|re"
)
# glued words are told by a short word no English compound begins or ends with
_HEADS = (
    "to",
    "of",
    "the",
    "and",
    "for",
    "with",
    "by",
    "from",
    "that",
    "their",
    "its",
    "has",
    "which",
    "is",
    "in",
)
_TAILS = ("the", "of", "and", "for", "with", "from", "that", "which", "to", "by", "its")
_COMMON = 60

_BEFORE = Rule(
    "before-mark", NAME, "spacing", "minor", 0.95, "English has no space before “{mark}”, as French has."
)
_INSIDE = Rule("inside-bracket", NAME, "spacing", "minor", 0.92, "No space belongs inside the bracket.")
_AFTER = Rule("after-mark", NAME, "spacing", "minor", 0.92, "A space is missing after “{mark}”.")
_BRACKET = Rule("at-bracket", NAME, "spacing", "minor", 0.9, "A space is missing beside “{mark}”.")
_HYPHEN = Rule("at-hyphen", NAME, "spacing", "minor", 0.95, "A compound word is broken at its hyphen.")
_DOUBLE = Rule("double", NAME, "spacing", "minor", 0.7, "There is more than one space between two words.")
_GLUED = Rule("run-together", NAME, "spacing", "major", 0.92, "Two words run together: “{first} {second}”.")

_Match = re.Match[str]


def _before(m: _Match) -> tuple[str, dict[str, str]]:
    return m["mark"], {"mark": m["mark"]}


def _after(m: _Match) -> tuple[str, dict[str, str]]:
    return m["mark"] + " ", {"mark": m["mark"]}


def _lead(m: _Match) -> tuple[str, dict[str, str]]:
    return " " + m["mark"], {"mark": m["mark"]}


def _closed(m: _Match) -> tuple[str, dict[str, str]]:
    return "".join(m.group().split()), {}


def _single(_: _Match) -> tuple[str, dict[str, str]]:
    return " ", {}


def _parted(m: _Match) -> tuple[str, dict[str, str]]:
    return f"{m['first']} {m['second']}", {"first": m["first"], "second": m["second"]}


_RULES: tuple[tuple[Rule, re.Pattern[str], Callable[[_Match], tuple[str, dict[str, str]]]], ...] = (
    (
        _BEFORE,
        re.compile(
            rf"(?<=[\w”»\"’)\]%]){_BLANK}{{1,3}}(?P<mark>[,;:?!]|\.(?!\.))(?=[\s”»\"’]|$)(?<!\d\s:(?=\s\d))"
        ),
        _before,
    ),
    (
        _BEFORE,
        re.compile(rf"(?<=[\w”»\"’)\]%]){_BLANK}{{1,3}}(?P<mark>,)(?=[^\W\d_])"),
        _after,
    ),
    (
        _INSIDE,
        re.compile(rf"[(\[]{_BLANK}{{1,3}}(?=[^\W\d_])|(?<=[^\W\d_]){_BLANK}{{1,3}}[)\]](?![\w(])"),
        _closed,
    ),
    (
        _AFTER,
        re.compile(
            r"(?<=[^\W\d_A-Z]{2})(?P<mark>[,;!?])(?=[^\W\d_]{2})|(?<=[a-z]{2}|"
            r"\d{2}|[a-z][”\"’»])(?P<stop>\.)(?=[A-Z][a-z]+\s)"
        ),
        lambda m: ((m["mark"] or m["stop"]) + " ", {"mark": m["mark"] or m["stop"]}),
    ),
    (_BRACKET, re.compile(r"(?<=\w{4})(?P<mark>[)\]”»])(?=[^\W\d_]{2})"), _after),
    (_BRACKET, re.compile(r"(?:(?<=[a-z]{3})|(?<=[,;.]))(?P<mark>[(“«])(?=[A-Za-z]{4})"), _lead),
    (
        _HYPHEN,
        re.compile(
            rf"\b(?:{_PREFIX})(?:{_BLANK}-|-{_BLANK})(?!and\b|or\b|to\b|but\b|nor\b)(?=[a-z]{{3}})",
            re.IGNORECASE,
        ),
        _closed,
    ),
    (_DOUBLE, re.compile(r"(?<=[\w,;])[ \u00a0\u202f]{2}(?=[\w“\"(])"), _single),
    (
        _GLUED,
        re.compile(
            r"\b(?P<first>[A-Z]{3,}|[a-z]{3,}|\d{4})(?P<second>(?<=[A-Z])the|The|This|These|However|But)\b"
        ),
        _parted,
    ),
)
_UNBROKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|org|net|fr|eu|gov|info)\b|\w/\w|[#&=<>{}\\_]")
_LOWER = re.compile(r"(?<![\w'’.-])[a-z]{6,22}(?![\w'’]|\.\w)")


def _addresses(text: str) -> list[tuple[int, int]]:
    """Stretches where blanks follow other rules: addresses, file names, markup."""
    return [m.span() for m in _UNBROKEN.finditer(text) if _ADDRESS.search(m.group())]


def _marks(passage: Passage) -> Iterator[Flag]:
    skip = _addresses(passage.text)
    for rule, pattern, mend in _RULES:
        for m in pattern.finditer(passage.text):
            if not any(a <= m.start() < b for a, b in skip):
                fix, evidence = mend(m)
                yield rule.on(passage, m.start(), m.end(), fix, **evidence)


def _split(word: str, counts: Mapping[str, int]) -> tuple[str, str] | None:
    """The two words an unknown word is made of: a short one of grammar and a common one."""
    for head in _HEADS:
        rest = word.removeprefix(head)
        if rest != word and len(rest) > 2 and counts.get(rest, 0) >= _COMMON * (10 if len(rest) < 5 else 1):  # noqa: PLR2004 - short rests are words by chance
            return head, rest
    for tail in _TAILS:
        rest = word.removesuffix(tail)
        if rest != word and len(rest) > 3 and counts.get(rest, 0) >= _COMMON * 5:  # noqa: PLR2004 - the same
            return rest, tail
    return None


def _glued(passage: Passage, counts: Mapping[str, int]) -> Iterator[Flag]:
    for m in _LOWER.finditer(passage.text):
        if m.group() not in counts:
            parts = _split(m.group(), counts)
            if parts:
                yield _GLUED.on(passage, m.start(), m.end(), " ".join(parts), first=parts[0], second=parts[1])


def _prepare(tables: Tables) -> Finder:
    counts = usage(tables["words"]).counts

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from _marks(passage)
            yield from _glued(passage, counts)

    return find


PLUGIN = Check(
    NAME,
    "spacing",
    "strict",
    "spaces before punctuation, missing or doubled spaces, words run together",
    _prepare,
    ("words",),
)
