"""Tables of words that translate each other, and compounds of their words."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

__all__ = ["JOINTS", "LANGUAGES", "SURE", "Phrases", "Words", "parted"]

LANGUAGES = ("nl", "fr")
"""Languages with a table of words and their English: ``links-nl`` and ``links-fr`` among the data."""

JOINTS: Mapping[str, Sequence[str]] = {"nl": ("", "s", "e", "en", "er")}
"""What may stand between the parts of a compound, by language; one without an entry has none to be parted."""

SURE = 0.08
"""How sure a rendering must be to be put into a source, to train a network to copy it or to tell it."""

_NEVER = "-"
"""In place of a rendering: no word of English stands for this one."""

_BEST, _OTHER, _DOUBT = 0.9, 0.4, 0.07
_PART = 4
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ \u00a0’'-]{1,2}")


class Words(Mapping[str, Mapping[str, float]]):
    """What translates a word, and how surely (0 to 1); an entry is taken apart when it is met.

    What people wrote goes before what was counted: counted renderings then only tell that a word came out.

    Args:
        counted: Rows with ``word`` and ``english``, entries ``WORD:SURE`` in hundredths.
        written: Rows with ``word`` and ``english``, renderings of a word or several each, ``|`` between, the
            best first; ``-`` for a word that no rendering may stand for; ``known`` is not empty for words so
            common that any engine knows them.
        known: Further words that any engine knows.

    Attributes:
        known: The words that any engine knows.

    >>> counted = [{"word": "zeggen", "english": "saying:15"}, {"word": "erop", "english": "insists:9"}]
    >>> words = Words(counted, [{"word": "zeggen", "english": "say|tell"}, {"word": "erop", "english": "-"}])
    >>> words["zeggen"], words["erop"]
    ({'tell': 0.4, 'say': 0.9, 'saying': 0.07}, {})
    """

    def __init__(
        self,
        counted: Iterable[Mapping[str, str]],
        written: Iterable[Mapping[str, str]] = (),
        known: Iterable[str] = (),
    ) -> None:
        self._counted = {row["word"]: row["english"] for row in counted}
        rows = list(written)
        self._written = {row["word"]: row["english"] for row in rows}
        self.known = frozenset([*known, *(row["word"] for row in rows if row.get("known"))])

    def __getitem__(self, word: str) -> Mapping[str, float]:
        written = self._written.get(word)
        if written == _NEVER:
            return {}
        if written is None:
            return _counted(self._counted[word])
        best, *others = written.split("|")
        sure = dict.fromkeys(others, _OTHER) | {best: _BEST}
        doubtful = _counted(self._counted.get(word, ""))
        return sure | {other: _DOUBT for other in doubtful if other not in sure}

    def turned(self, known: Iterable[str] = ()) -> "Words":
        """The same pairs from the other side: what of this language translates a word of the other.

        Which form of a word is meant only counts can tell, so they weigh as much as what people wrote.

        Args:
            known: Words of the other language that any engine knows.

        >>> counted = [{"word": "dit", "english": "said:50"}, {"word": "disait", "english": "said:20"}]
        >>> Words(counted, [{"word": "disait", "english": "said|told"}]).turned()["said"]
        {'disait': 0.55, 'dit': 0.25}
        """
        pairs: dict[str, dict[str, float]] = defaultdict(dict)
        for word in self:
            counted = _counted(self._counted.get(word, ""))
            written = dict(self[word]) if word in self._written else {}
            for other in counted | written:
                if " " not in other:
                    # Polish and polish are one word to look up, and the surer counts.
                    held = pairs[other.lower()]
                    sure = (counted.get(other, 0) + written.get(other, 0)) / 2
                    held[word] = max(sure, held.get(word, 0))
        rows = [
            {
                "word": other,
                "english": " ".join(
                    f"{word}:{100 * sure:.0f}"
                    for word, sure in sorted(found.items(), key=lambda one: (-one[1], one[0]))
                ),
            }
            for other, found in pairs.items()
        ]
        return Words(rows, known=known)

    def __iter__(self) -> Iterator[str]:
        return iter(self._counted | self._written)

    def __len__(self) -> int:
        return len(self._counted.keys() | self._written.keys())

    def __contains__(self, word: object) -> bool:
        return word in self._written or word in self._counted


class Phrases:
    """Fixed phrases, of two words and more that stand together, and what they are in English.

    Args:
        rows: Rows with ``phrase`` and ``english``, renderings with ``|`` between, the best first.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]] = ()) -> None:
        found: dict[tuple[str, str], list[tuple[list[str], list[str]]]] = defaultdict(list)
        for row in rows:
            first, second, *rest = _WORD.findall(row["phrase"].lower())
            found[first, second].append((rest, row["english"].split("|")))
        self._begun = {pair: sorted(held, key=lambda one: -len(one[0])) for pair, held in found.items()}

    def found(self, text: str) -> Iterator[tuple[int, int, Sequence[str]]]:
        """Start and end of each phrase of a text, the longest where several begin, and its renderings.

        >>> list(Phrases([{"phrase": "op til", "english": "coming|near"}]).found("Er is iets op til."))
        [(11, 17, ['coming', 'near'])]
        """
        marks = list(_WORD.finditer(text))
        words = [mark.group().lower() for mark in marks]
        reached = 0
        for at, pair in enumerate(pairwise(words)):
            if at < reached:
                continue
            for rest, renderings in self._begun.get(pair, ()):
                last = at + 1 + len(rest)
                if words[at + 2 : last + 1] == rest and _together(text, marks[at : last + 1]):
                    yield marks[at].start(), marks[last].end(), renderings
                    reached = last + 1
                    break


def _together(text: str, marks: Sequence[re.Match[str]]) -> bool:
    """Whether nothing but blanks, hyphens and apostrophes stands between the words."""
    return all(_GAP.fullmatch(text, one.end(), other.start()) for one, other in pairwise(marks))


def _counted(entries: str) -> dict[str, float]:
    """Renderings of an entry as it was counted, and how sure they are."""
    parts = (entry.rpartition(":") for entry in entries.split())
    return {other: int(sure) / 100 for other, _, sure in parts}


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
