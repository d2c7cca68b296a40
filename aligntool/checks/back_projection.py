"""Words put as a dictionary puts them: the French behind them has another sense that English uses here.

Each English word is projected back to the French words it may come from (word links of human translations),
and these to their other English senses. A word is flagged when native English never has it beside its
neighbours and another sense goes with them better. Frequent words are left alone: they go with anything, and
their senses are too many for so plain a judge. After Dagan & Itai 1994, "Word Sense Disambiguation Using a
Second Language Monolingual Corpus".
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.inflection import forms, vowel_sound
from aligntool.records import Bitext, Flag
from aligntool.senses import FUNCTION, LEAST, Judgement, Neighbours, Senses, resemblance

__all__ = ["PLUGIN"]

NAME = "back-projection"
_MESSAGE = (
    "“{text}” may be French “{source}” put literally: beside “{beside}” English has rather “{suggestion}”."
)
_SENSE = Rule("sense", NAME, "calque", "minor", 0.4, _MESSAGE)
_COMMON = Rule("common", NAME, "calque", "minor", 0.35, _MESSAGE)
_COGNATE = Rule("cognate", NAME, "false-friend", "minor", 0.5, _MESSAGE)

_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.:;!?()“”\"«»\n]")
_OPEN = frozenset('.!?“"«\n')
_NEAR, _FAR, _FAR_WEIGHT = 3, 5, 0.5
_SEEN, _RARE = 15, 120e-6
_SUPPOSED = 0.3
_ALIKE, _AKIN = 0.45, 0.15
_COMMON_FROM = 27e-6
"""Share of all words from which a word is so common that it has many right places nobody has counted."""
_SURE, _SURE_SHARE = 1.5, 0.6
_STEM = 4


class _Word(NamedTuple):
    """A word that is no word of grammar.

    Attributes:
        place: Its number among all words of the passage.
        low: In small letters.
        base: The form it is counted as, "" for what native English was not seen to use (names mostly).
        named: Whether it has a capital inside a sentence.
    """

    place: int
    start: int
    end: int
    low: str
    base: str
    named: bool


def _words(text: str, neighbours: Neighbours) -> list[_Word]:
    found = []
    for place, m in enumerate(_WORD.finditer(text)):
        low = m.group().lower()
        if len(low) >= LEAST and low not in FUNCTION:
            named = m.group()[0].isupper() and not _opens(text, m.start())
            found.append(_Word(place, m.start(), m.end(), low, neighbours.base(low), named))
    return found


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip(" ")
    return not before or before[-1] in _OPEN


def _around(text: str, words: Sequence[_Word], at: int, reach: int, most: int) -> Iterator[_Word]:
    """The words that many steps away on both sides, not across a stop or too many words of grammar."""
    for other in (at - reach, at + reach):
        if 0 <= other < len(words):
            one, two = sorted((words[at], words[other]))
            if two.place - one.place <= most and not _STOP.search(text, one.end, two.start):
                yield words[other]


def _suspicions(text: str, senses: Senses, neighbours: Neighbours) -> Iterator[tuple[_Word, str, Judgement]]:
    """Words native English does not use where they stand, a neighbour of each, what speaks against it."""
    words = _words(text, neighbours)
    most = _RARE * neighbours.words
    for at, word in enumerate(words):
        if word.named or not word.base or not _SEEN <= neighbours.count(word.base) <= most:
            continue
        near = [one.base for one in _around(text, words, at, 1, _NEAR) if one.base not in {"", word.base}]
        if not near or any(neighbours.together(word.base, other) for other in near):
            continue
        far = [one.base for one in _around(text, words, at, 2, _FAR) if one.base not in {"", word.base}]
        around = [*((one, 1.0) for one in near), *((one, _FAR_WEIGHT) for one in far)]
        judged = senses.judge(word.base, around, neighbours, _SUPPOSED)
        if judged is not None and judged.odds > 0:
            yield word, max(near, key=lambda one: (neighbours.association(judged.better, one), one)), judged


def _inflected(word: _Word, better: str, neighbours: Neighbours) -> str:
    """The better word in the form the other one has, if it has such a form."""
    tags = [tag for tag, form in forms(word.base).items() if form == word.low]
    usual = neighbours.usual(better)
    if not tags or word.low == word.base:
        return usual if usual.endswith("ing") else better  # training: a noun beside which the verb is rare
    form = forms(better)[tags[0]]
    return form if neighbours.has(form) else better


def _fix(passage: Passage, word: _Word, better: str, judged: Judgement) -> str | None:
    """What to write, where it is beyond much doubt and the article before it may stay."""
    if judged.odds < _SURE or judged.share < _SURE_SHARE:
        return None
    before = passage.text[max(0, word.start - 4) : word.start].lower()
    if re.search(r"\ban? $", before) and vowel_sound(word.low) != vowel_sound(better):
        return None
    return better.capitalize() if passage.text[word.start].isupper() else better


def _rule(word: _Word, judged: Judgement, neighbours: Neighbours) -> Rule:
    """What looks like the French word is surest, what looks unlike it and is common least sure."""
    alike = resemblance(word.base, judged.french)
    if alike >= _ALIKE:
        return _COGNATE
    rare = neighbours.count(word.base) <= _COMMON_FROM * neighbours.words
    return _SENSE if rare or alike >= _AKIN else _COMMON


def _supported(source: str, french: str) -> bool:
    """Whether the French word, or one of its stem, stands in the original, where there is one."""
    return not source or any(word.startswith(french[:_STEM]) for word in _WORD.findall(source.lower()))


def _find(bitext: Bitext, senses: Senses, neighbours: Neighbours) -> Iterator[Flag]:
    if bitext.source.segments and bitext.source.lang not in {"fr", "und"}:
        return
    sources = bitext.source_of()
    for passage in passages(bitext.target):
        for word, beside, judged in _suspicions(passage.text, senses, neighbours):
            better = _inflected(word, judged.better, neighbours)
            flag = _rule(word, judged, neighbours).on(
                passage,
                word.start,
                word.end,
                _fix(passage, word, better, judged),
                source=judged.french,
                beside=beside,
                suggestion=better,
            )
            if _supported(sources[flag.segment], judged.french):
                yield flag


def _prepare(tables: Tables) -> Finder:
    senses, neighbours = Senses(tables["senses"]), Neighbours(tables["neighbours"])
    return lambda bitext: _find(bitext, senses, neighbours)


PLUGIN = Check(
    NAME,
    "calque",
    "thorough",
    "words put literally: the French behind them has a sense that goes better with their neighbours",
    _prepare,
    ("senses", "neighbours"),
)
