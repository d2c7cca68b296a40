"""What an English word can be: noun, verb, adjective, adverb, and in which form; a lexicon, no tagger.

Tags: ``N`` noun, ``P`` plural noun, ``V`` verb in its base form, ``Z`` its -s form, ``G`` -ing form, ``D``
past, ``E`` participle, ``A`` adjective, ``R`` adverb. The likeliest stands first; a small letter means
hardly ever.
"""

from collections.abc import Mapping
from functools import cache

from aligntool.listings import Listing

__all__ = ["Parts", "parts_of"]


class Parts:
    """Words with their tags.

    Args:
        tags: Word in small letters to its tags; a word that is not there has none.
    """

    def __init__(self, tags: Mapping[str, str]) -> None:
        self._tags = tags

    def __getitem__(self, word: str) -> str:
        """Its tags, ``""`` when it is unknown.

        >>> Parts({"attacks": "PZ"})["attacks"]
        'PZ'
        """
        return self._tags.get(word.lower(), "")

    def can(self, word: str, tags: str) -> bool:
        """Whether the word is often enough one of these."""
        return any(tag in tags for tag in self[word])

    def only(self, word: str, tags: str) -> bool:
        """Whether the word is known and never anything but these, not even seldom.

        >>> parts = Parts({"nuclear": "A", "cold": "ANr"})
        >>> parts.only("nuclear", "A"), parts.only("cold", "A")
        (True, False)
        """
        found = self[word]
        return bool(found) and set(found.upper()) <= set(tags)

    def first(self, word: str, tags: str) -> bool:
        """Whether what the word most often is, is one of these."""
        return self[word][:1] in set(tags)


@cache
def parts_of(listing: Listing) -> Parts:
    """From a table with columns ``parts`` and ``words``."""
    tags: dict[str, str] = {}
    for found, words in zip(listing.column("parts"), listing.column("words"), strict=True):
        tags.update(dict.fromkeys(words.split(), found))
    return Parts(tags)
