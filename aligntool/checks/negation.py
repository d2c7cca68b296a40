"""A negation of the original that the English lost, or one that it added."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.pairs import Pair, on_source, pairs
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "negation"
_LOST = Rule(
    "lost",
    NAME,
    "accuracy",
    "critical",
    0.7,
    "The original is negated (“{text}”), the English does not seem to be.",
)
_ADDED = Rule(
    "added",
    NAME,
    "accuracy",
    "critical",
    0.66,
    "The English is negated (“{text}”), the original does not seem to be.",
)
_LESS = 0.4  # what remains of the confidence where a word is near that may stand for the negation


class _Cues(NamedTuple):
    """Patterns of a language: words that negate, surely, in part or perhaps; expressions where none does."""

    cue: re.Pattern[str]
    hint: re.Pattern[str]
    maybe: re.Pattern[str]
    idiom: re.Pattern[str]

    def sure(self, text: str) -> re.Match[str] | None:
        """The first word that certainly negates."""
        bare = self.idiom.sub(lambda m: "\0" * len(m[0]), text)
        return self.cue.search(bare)

    def weight(self, text: str) -> float:
        """How much of a flag's confidence remains, 0 to 1: less where something in the text may negate."""
        if self.cue.search(text) or self.hint.search(text):
            return 0.0
        return _LESS if self.maybe.search(text) else 1.0


def _table(tables: Tables) -> dict[str, _Cues]:
    found: dict[str, dict[str, list[str]]] = {}
    for row in tables["negation"]:
        kinds = found.setdefault(row["lang"], {kind: [] for kind in _Cues._fields})
        kinds[row["kind"]].append(row["pattern"])
    return {lang: _Cues(*(_choice(kinds[kind]) for kind in _Cues._fields)) for lang, kinds in found.items()}


def _choice(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns) or '(?!)'})(?!\w)", re.IGNORECASE)


def _compared(pair: Pair, theirs: _Cues, ours: _Cues) -> Iterator[Flag]:
    said, made = (text.replace("’", "'") for text in (pair.said, pair.made))
    lost, added = theirs.sure(said), ours.sure(made)
    if lost and (weight := ours.weight(made)):
        found = on_source(_LOST, pair.source, lost.start(), lost.end())
        yield replace(found, confidence=round(_LOST.confidence * weight, 2))
    if added and (weight := theirs.weight(said)):
        found = _ADDED.on(pair.target, added.start(), added.end())
        yield replace(found, confidence=round(_ADDED.confidence * weight, 2))


def _prepare(tables: Tables) -> Finder:
    cues = _table(tables)

    def find(bitext: Bitext) -> Iterator[Flag]:
        theirs, ours = cues.get(bitext.source.lang), cues.get("en")
        if theirs is None or ours is None or bitext.target.lang != "en":
            return
        for pair in pairs(bitext):
            if pair.whole:
                yield from _compared(pair, theirs, ours)

    return find


PLUGIN = Check(
    NAME,
    "accuracy",
    "normal",
    "negations lost or added in translation",
    _prepare,
    ("negation",),
    bilingual=True,
)
