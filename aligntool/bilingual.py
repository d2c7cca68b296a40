"""Tables of words that translate each other, and compounds of their words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

__all__ = ["JOINTS", "LANGUAGES", "SURE", "Words", "parted"]

LANGUAGES = ("nl", "fr")
"""Languages with a table of words and their English: ``links-nl`` and ``links-fr`` among the data."""

JOINTS: Mapping[str, Sequence[str]] = {"nl": ("", "s", "e", "en", "er")}
"""What may stand between the parts of a compound, by language; one without an entry has none to be parted."""

SURE = 0.08
"""How sure a rendering must be to be put into a source, to train a network to copy it or to tell it."""

_PART = 4


class Words(Mapping[str, Mapping[str, float]]):
    """What translates a word, and how surely (0 to 1); an entry is taken apart when it is met.

    Args:
        rows: Rows with ``word`` and ``english``, entries ``WORD:SURE`` in hundredths.

    >>> Words([{"word": "zeggen", "english": "saying:15 tell:11"}])["zeggen"]
    {'saying': 0.15, 'tell': 0.11}
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._rows = {row["word"]: row["english"] for row in rows}

    def __getitem__(self, word: str) -> Mapping[str, float]:
        entries = (entry.rpartition(":") for entry in self._rows[word].split(" "))
        return {other: int(sure) / 100 for other, _, sure in entries}

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def parted(word: str, words: Collection[str], joints: Iterable[str]) -> tuple[str, str] | None:
    """The two words a compound is made of, of several splits the most even one.

    After Koehn and Knight 2003, "Empirical Methods for Compound Splitting", with what is known for a word in
    place of how often it occurs. Parts have four letters at least.

    >>> parted("steenkoolexport", {"steen", "koolexport", "steenkool", "export"}, ("", "s"))
    ('steenkool', 'export')
    """
    found = [
        (word[:end], word[start:])
        for start in range(_PART, len(word) - _PART + 1)
        if word[start:] in words
        for joint in joints
        if (end := start - len(joint)) >= _PART and word[end:start] == joint and word[:end] in words
    ]
    return max(found, key=lambda parts: min(map(len, parts)), default=None)
