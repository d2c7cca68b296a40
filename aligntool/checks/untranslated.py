"""Words and whole sentences of the original left as they were."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.pairs import Pair, pairs
from aligntool.records import Bitext, Flag
from aligntool.spellings import usage
from aligntool.wordforms import copied
from aligntool.wording import Token, tokens

__all__ = ["PLUGIN"]

NAME = "untranslated"
_WHOLE = Rule("copied", NAME, "untranslated", "critical", 0.93, "The original was copied, not translated.")
_RUN = Rule("left", NAME, "untranslated", "major", 0.9, "Words of the original were left untranslated.")
_GRAMMAR = Rule(
    "left", NAME, "untranslated", "major", 0.88, "“{text}” of the original was left untranslated."
)
_WORD = Rule(
    "left",
    NAME,
    "untranslated",
    "major",
    0.7,
    "“{text}” stands in the original too and is no usual English word.",
)
_LOAN = Rule(
    "loan",
    NAME,
    "untranslated",
    "minor",
    0.4,
    "“{text}” stands in the original too and is no usual English word.",
)
_CAPTION = Rule(
    "caption", NAME, "untranslated", "minor", 0.85, "“{text}” of a picture credit was left untranslated."
)

_CAPTIONS: Mapping[str, Sequence[str]] = {
    "nl": ("beeld", "foto"),
    "de": ("bild", "foto"),
    "es": ("foto", "imagen"),
    "fr": ("crédit", "crédits"),
}
# spellings that tell a word of the language from a learned one that both languages share
_LOOKS: Mapping[str, re.Pattern[str]] = {
    "nl": re.compile(
        r"ij|aa|uu|oe|oo|sch|cht|ei|eu|kk|ië|(?:en|ing|heid|lijke?|tjes?|sel|erij|de|te|end|ige|bare?)$|oor|"
        r"^(?:ge|ver|ont|aan|uit|op)"
    ),
    "fr": re.compile(
        r"[éèêàùûçœîôëï]|(?:eux|euses?|aires?|eurs?|iques?|er|ent|ait|oirs?|aux|ettes?|[tdvp]res?|ages?|"
        r"elles?|ants?|tés?)$|qu"
    ),
    "de": re.compile(
        r"[äöüß]|sch|cht|(?:ung|ungen|keit|heit|lich\w*|en|er|ig|isch\w*)$|^(?:ge|ver|auf|aus|ein)"
    ),
    "es": re.compile(r"[ñáéíóú]|(?:dad|mente|os|as|ar|er|ir|ado|ada|ido|ida|ero|era)$|^des"),
}
_MARKS = frozenset("“‘\"'«„")
_ANY = re.compile("")
_SHORT = 4
_COPIED = 0.6


class _Known(NamedTuple):
    """What tells a word of the original from an English one."""

    english: AbstractSet[str]
    grammar: frozenset[str]
    captions: Sequence[str]
    common: frozenset[str]  # words the original writes small somewhere: no names
    looks: re.Pattern[str]


def _left(found: Sequence[Token], given: Mapping[str, bool], known: _Known) -> Iterator[tuple[int, bool]]:
    """Index of every word left as it was, and whether it is a word of grammar."""
    for at, token in enumerate(found):
        if token.low not in given or not token.text.isalpha():
            continue
        if token.low in known.grammar:
            if not _beside_name(found, at, given) and (token.text.islower() or at == 0):
                yield at, True
        elif (
            len(token.low) >= _SHORT
            and not _english(token.low, known)
            and not _in_name(found, at, given, known)
        ):
            small = given[token.low] and token.text.islower()
            if small or (token.low in known.common and (at == 0 or not token.text[0].isupper())):
                yield at, False


def _english(low: str, known: _Known) -> bool:
    return (
        low in known.english
        or low.removesuffix("s") in known.english
        or low.removesuffix("es") in known.english
    )


def _beside_name(found: Sequence[Token], at: int, given: Mapping[str, bool]) -> bool:
    """Whether a word of grammar stands next to a name of the original: a part of it, as in *van Gogh*."""
    return any(
        _kept(found[other], given) for other in (at - 1, at + 1) if other != 0 and 0 <= other < len(found)
    )


def _in_name(found: Sequence[Token], at: int, given: Mapping[str, bool], known: _Known) -> bool:
    """Whether another word goes on a name of the original, *Le Monde diplomatique*.

    One before a name is its title, and what is a word of English is no beginning of a foreign name: neither
    hides *ambtgenoot* in “his Chinese ambtgenoot Xi”.
    """
    before = found[at - 1] if at > 1 else None
    own = given[found[at].low] and found[at].text.islower()
    return (before is not None and _kept(before, given) and not (own and _english(before.low, known))) or (
        not own and at + 1 < len(found) and _kept(found[at + 1], given)
    )


def _kept(token: Token, given: Mapping[str, bool]) -> bool:
    """Whether a word with a capital is one of the original's."""
    return token.text[0].isupper() and token.low in given and not given[token.low]


def _compared(pair: Pair, known: _Known) -> Iterator[Flag]:
    given: dict[str, bool] = {}  # word -> whether it is written small in this bead
    for token in tokens(pair.said):
        given[token.low] = given.get(token.low, False) or token.text[0].islower()
    found = tokens(pair.made)
    if copied(pair.said, pair.made) and sum(t.low in given for t in found) >= _COPIED * len(found):
        yield _WHOLE.on(pair.target, 0, len(pair.target.text))
        return
    left = list(_left(found, given, known))
    for _, group in groupby(enumerate(left), key=lambda item: item[1][0] - item[0]):
        run = [item for _, item in group]
        first, last = found[run[0][0]], found[run[-1][0]]
        rule = _RUN if len(run) > 1 else _GRAMMAR if run[0][1] else _alone(pair, first, known)
        yield rule.on(pair.target, first.start, last.end)
    yield from _caption(pair, found, given, known)


def _alone(pair: Pair, token: Token, known: _Known) -> Rule:
    """How sure one word is: not, where it is quoted or could be a loan."""
    cited = pair.target.text[token.start - 1 : token.start] in _MARKS if token.start else False
    return _LOAN if cited or not known.looks.search(token.low) else _WORD


def _caption(pair: Pair, found: Sequence[Token], given: Mapping[str, bool], known: _Known) -> Iterator[Flag]:
    """The word before the name in a picture credit of its own: Beeld Getty."""
    if not 1 < len(found) <= _SHORT or found[0].low not in known.captions or found[0].low not in given:
        return
    if all(token.text[0].isupper() for token in found):
        yield _CAPTION.on(pair.target, found[0].start, found[0].end, "Photo:")


def _prepare(tables: Tables) -> Finder:
    english = usage(tables["words"]).counts.keys()
    grammar = {row["lang"]: frozenset(row["words"].split()) for row in tables["function-words"]}

    def find(bitext: Bitext) -> Iterator[Flag]:
        lang = bitext.source.lang
        if lang == bitext.target.lang:
            return
        small = frozenset(t.low for text in bitext.source.texts for t in tokens(text) if t.text[0].islower())
        own = grammar.get(lang, frozenset()) if bitext.target.lang == "en" else frozenset()
        known = _Known(english, own, _CAPTIONS.get(lang, ()), small, _LOOKS.get(lang, _ANY))
        for pair in pairs(bitext):
            if pair.whole:
                yield from _compared(pair, known)

    return find


PLUGIN = Check(
    NAME,
    "untranslated",
    "strict",
    "words and sentences of the original left as they were",
    _prepare,
    ("words", "function-words"),
    bilingual=True,
)
