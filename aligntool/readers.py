"""The user's dictionaries that checks may ask: whose words they hold, which of them matter to a text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["ENGLISH", "SOURCES", "Panel", "Reader", "consulted"]

ENGLISH = "en"
SOURCES = ("fr", "nl", "de", "es")
"""Languages whose installed dictionaries are asked where nothing says what the English was made from."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A dictionary, opened when it is first asked.

    Attributes:
        lang: Language of its words (BCP 47).
        name: What its file is called, without the ending: ``fr_FR``.
        place: Where it lies; two readers of one place are the same.
        named: Whether the user named it; else it was found on the machine.
        knows: Whether a word is in it.
        digest: SHA-256 of its files, in hexadecimal.
    """

    lang: str
    name: str
    place: str
    named: bool
    knows: Callable[[str], bool] = field(compare=False, repr=False)
    digest: Callable[[], str] = field(compare=False, repr=False)

    def recorded(self) -> Mapping[str, str]:
        """What tells a re-run that it is this dictionary, wherever it lies."""
        return {"lang": self.lang, "name": self.name, "sha256": self.digest()}


def consulted(readers: Iterable[Reader], lang: str) -> tuple[Reader, ...]:
    """Those that matter to English made from a language, "" for one that is not known; English ones always.

    >>> found = Reader("it", "it_IT", "", False, bool, str)
    >>> consulted([found], ""), consulted([found], "it") == (found,)
    ((), True)
    """
    readers = tuple(readers)
    if lang:
        return tuple(one for one in readers if one.lang in {ENGLISH, lang})
    return tuple(one for one in readers if one.named or one.lang in {ENGLISH, *SOURCES})


class Panel(NamedTuple):
    """The readers a text is put before.

    Attributes:
        readers: Those that matter to it.
        lang: The language it was made from; "" where that is not known.
    """

    readers: tuple[Reader, ...] = ()
    lang: str = ""

    def english(self, word: str) -> bool:
        """Whether a dictionary of the user's has it as an English word."""
        return any(one.knows(word) for one in self.readers if one.lang == ENGLISH)

    def foreign(self, words: Sequence[str], lang: str = "") -> Mapping[str, Reader]:
        """The reader that knows each of the words; those that no one knows are left out.

        A word of several languages is taken for one of that which knows most of the words.

        Args:
            words: Words that are no English ones.
            lang: Language to ask for alone; "" for all.
        """
        asked = [one for one in self.readers if one.lang != ENGLISH and lang in {"", one.lang}]
        known = {one: [word for word in dict.fromkeys(words) if one.knows(word)] for one in asked}
        falling = sorted(asked, key=lambda one: -len(known[one]))
        return {word: one for one in reversed(falling) for word in known[one]}
