"""Russian and Ukrainian names spelt as another language hears them (Loekin, Loukine), not as English does."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.phrasebook import LANGUAGES
from aligntool.records import Bitext, Flag
from aligntool.romanising import Named, Romaniser, of_rows

__all__ = ["PLUGIN"]

NAME = "romanisation"
_SURE = Rule(
    "name",
    NAME,
    "named-entity",
    "major",
    0.92,
    "“{text}” is spelt as in {language}; English writes “{fix}”.",
)
_LIKELY = replace(_SURE, name="likely-name", confidence=0.8)


def _found(passage: Passage, romanisers: Mapping[str, Romaniser]) -> Iterator[tuple[str, Named]]:
    """Each name with its language; where two languages read one, the first speaks."""
    taken: set[int] = set()
    for lang, romaniser in romanisers.items():
        for name in romaniser.found(passage.text):
            if name.start not in taken:
                taken.add(name.start)
                yield lang, name


def _prepare(tables: Tables) -> Finder:
    known: dict[str, set[str]] = {lang: set() for lang in LANGUAGES}
    for row in tables["exonyms"]:
        if row["lang"] in known:
            known[row["lang"]].add(row["original"])
    every = {lang: of_rows(tables["given-names"], lang, known[lang]) for lang in LANGUAGES}

    def find(bitext: Bitext) -> Iterator[Flag]:
        lang = bitext.source.lang
        romanisers = {lang: every[lang]} if lang in every else every
        found = [
            (passage, lang, name)
            for passage in passages(bitext.target)
            for lang, name in _found(passage, romanisers)
        ]
        sure = {name.text for _, _, name in found if name.sure}
        for passage, lang, name in found:
            rule = _SURE if name.text in sure else _LIKELY
            yield rule.on(passage, name.start, name.end, name.english, lang=lang, language=LANGUAGES[lang])

    return find


PLUGIN = Check(
    NAME,
    "named-entity",
    "strict",
    "Russian and Ukrainian names in the spelling of French, Dutch, German or Spanish",
    _prepare,
    ("exonyms", "given-names"),
)
