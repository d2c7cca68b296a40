"""Fixed terms: which of them a text holds, whether its translation has them, the text with them put in.

A neural engine cannot be told how to render a name, but it copies what is English already. So a term whose
rendering did not come out is put into the source in its English form and the sentence is decoded again
(after Dinu et al. 2019, "Training Neural Machine Translation to Apply Terminology Constraints", without the
training).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aligntool.renderings import Place, filled, lacking
from aligntool.wordforms import unaccented

__all__ = ["Glossary", "of_rows", "turned_rows"]

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms of a language and their one right rendering.

    Attributes:
        terms: Rendering by term; a term is one word or several, capitals count.
    """

    terms: Mapping[str, str]
    _longest: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        longest: dict[str, int] = {}
        for term in self.terms:
            pieces = _WORD.findall(term)
            if pieces:
                longest[pieces[0]] = max(longest.get(pieces[0], 0), len(pieces))
        object.__setattr__(self, "_longest", longest)

    def found(self, text: str) -> Iterator[Place]:
        """Start, end and rendering of each term in the text, the longest where several begin."""
        marks = list(_WORD.finditer(text))
        at = 0
        while at < len(marks):
            for size in range(min(self._longest.get(marks[at].group(), 0), len(marks) - at), 0, -1):
                start, end = marks[at].start(), marks[at + size - 1].end()
                if text[start:end] in self.terms:
                    yield start, end, self.terms[text[start:end]]
                    at += size - 1
                    break
            at += 1

    def missing(self, text: str, output: str) -> list[str]:
        """Renderings that the text asks for and its translation does not have."""
        return lacking(self.found(text), output)

    def applied(self, text: str, output: str = "") -> str:  # noqa: ARG002 - `retries.Aid` has it
        """The text with every term in its rendering.

        >>> Glossary({"Den Haag": "The Hague"}).applied("Hij woont in Den Haag.")
        'Hij woont in The Hague.'
        """
        return filled(text, self.found(text))


def of_rows(rows: Iterable[Mapping[str, str]], lang: str, sure: float) -> Glossary:
    """The glossary in a table of exonyms: what holds in any context, from a confidence upward."""
    return Glossary(
        {
            row["original"]: row["suggestion"]
            for row in rows
            if row["lang"] == lang and not row["context"] and float(row["confidence"]) >= sure
        }
    )


def turned_rows(rows: Iterable[Mapping[str, str]], lang: str, sure: float) -> Glossary:
    """The same table from English: what the language calls what it has one name for.

    Names that differ only in their accents or capitals count as one, the one with the most accents; where
    there are others (*Bélarus*, *Biélorussie*) nothing is said.

    >>> row = {"lang": "fr", "suggestion": "Egypt", "context": "", "confidence": "1"}
    >>> turned_rows([row | {"original": "Egypte"}, row | {"original": "Égypte"}], "fr", 0.9).terms
    {'Egypt': 'Égypte'}
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name, english in of_rows(rows, lang, sure).terms.items():
        if name.partition(" ")[0] != english.partition(" ")[0]:
            found[english].append(name)
    return Glossary(
        {
            english: max(names, key=lambda name: sum(not char.isascii() for char in name))
            for english, names in found.items()
            if len({unaccented(name.lower()) for name in names}) == 1 and english[:1].isupper()
        }
    )
