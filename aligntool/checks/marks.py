"""Question marks, brackets and quotation marks that did not come over from the original."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.records import Bitext, Flag, Span

__all__ = ["PLUGIN"]

NAME = "marks"
_QUESTION = Rule("question", NAME, "punctuation", "major", 0.8, "The original asks; the translation states.")
_BRACKETS = Rule("brackets", NAME, "punctuation", "minor", 0.75, "A bracket of the original is missing.")
_QUOTES = Rule(
    "quotes", NAME, "punctuation", "minor", 0.72, "The quotation marks of the original are missing."
)

_QUOTATION = re.compile(r"[“”«»„\"]|(?:(?<=\s)|^)[‘'](?=\w)")


def _judge(source: str, made: str) -> Iterator[Rule]:
    if re.search(r"[?？؟]\W*$", source) and "?" not in made:
        yield _QUESTION
    if "(" in source and "(" not in made and "[" not in made and "–" not in made and "—" not in made:
        yield _BRACKETS
    if len(_QUOTATION.findall(source)) > 1 and not _QUOTATION.search(made) and "‘" not in made:
        yield _QUOTES


def _find(bitext: Bitext) -> Iterator[Flag]:
    for bead in bitext.beads:
        if not bead.source.size or not bead.target.size:
            continue
        source = " ".join(bitext.source.texts[bead.source.start : bead.source.end])
        made = " ".join(bitext.target.texts[bead.target.start : bead.target.end])
        last = bead.target.end - 1
        text = bitext.target.texts[last]
        for rule in _judge(source, made):
            yield rule.flag(last, text, Span(len(text), len(text)))


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(
    NAME,
    "punctuation",
    "normal",
    "question marks, brackets and quotation marks lost in translation",
    _prepare,
    bilingual=True,
)
