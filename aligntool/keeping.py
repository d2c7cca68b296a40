"""Names that are the same in both languages: which of them a translation has lost.

A small network drops a name it has no pieces for, or makes a word of it (*Getty*, “get”). Nothing can be put
into the source, where it stands as it is; but further down in the beam there is often a sentence that has it.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from aligntool.wordforms import unaccented

__all__ = ["Keeping"]

_NAME = re.compile(r"(?<![\w@#/.’'-])[A-ZÀ-Þ][a-zà-ÿ]{2,}(?![\w@/])")
_OPENS = re.compile(r"(?:^|[.!?:…(]|[‘“„«\"'])\W*$")
_NEAR = 4
_ROOT = 5
"""Letters of a name that stay when it takes an ending."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Names that stay as they are.

    Attributes:
        words: Words of the source's language, in small letters: none of them is a name.
        renamed: What gives the names of a text, beside its translation, the form they have in the target's
            language; those it changes do not stay.
    """

    words: Collection[str]
    renamed: Sequence[Callable[[str, str], str]] = ()

    def missing(self, text: str, output: str) -> list[str]:
        """Names of the text that the output does not have, whatever their ending.

        >>> Keeping({"beeld"}, [lambda text, _: text.replace("Rome", "Roma")]).missing(
        ...     "Het Beeld van Getty uit Rome", "Get image from Roma"
        ... )
        ['Getty']
        """
        there = unaccented(output.lower())
        return [name for name in self._names(text) if unaccented(name.lower())[:_ROOT] not in there]

    def applied(self, text: str, output: str) -> str:  # noqa: ARG002 - `retries.Aid` has it
        """The text as it is: it says the names already."""
        return text

    def _names(self, text: str) -> list[str]:
        after = text
        for change in self.renamed:
            after = change(after, "")
        return [
            m.group()
            for m in _NAME.finditer(text)
            if not _OPENS.search(text, max(0, m.start() - _NEAR), m.start())
            and m.group().lower() not in self.words
            and re.search(rf"\b{re.escape(m.group())}\b", after)
        ]
