"""Words and what may be wrong with them: known ones, slips of the pen, words run together."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple, Self

from aligntool.listings import Listing

__all__ = ["Habit", "Usage", "Words", "compound", "dictionary", "likely", "meant", "parted", "usage"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FREQUENT, _FEW, _ATTESTED = 400, 40, 150
_RATIO, _CLEAR = 100, 20
_PART, _HALF = 4, 3
_HISSING = ("ses", "xes", "zes", "ches", "shes", "oes")
_LONG, _LONGER, _SOME = 7, 9, 8
_HALF_NAMES = 85
_PREFIXES = tuple(
    str.split(
        "un re non anti pro pre post over under out inter intra trans multi mini mega micro macro semi sub "
        "super hyper ultra "
        "co de dis mis neo pseudo counter cyber geo bio eco euro tele auto mono bi tri poly photo electro "
        "hydro aero agro "
        "narco techno cosmo ethno socio self fore mid quasi extra infra petro homo crypto astro nano "
        "thermo psycho"
    )
)
_ENDINGS = tuple(
    (pair.partition("/")[0], pair.partition("/")[2])
    for pair in str.split(
        "s/ es/ ed/ ed/e ing/ ing/e er/ er/e ers/ ers/e ly/ ness/ less/ like/ ism/ ist/ ists/ "
        "ization/ize isation/ise ize/ ise/ ized/ ised/ izing/ ish/ able/ able/e ability/able iness/y "
        "ily/y fully/ful wise/ ism/ist ally/al ic/y ian/ia ization/ isation/ ship/ hood/ ward/ wards/ "
        "proof/ free/ man/ men/ "
    )
)


def _edits(word: str) -> Iterator[tuple[str, bool]]:
    """Words one slip away (Damerau 1964), and whether by the likeliest kind: a swap or a lost double."""
    for i in range(1, len(word)):
        if i + 1 < len(word) and word[i] != word[i + 1]:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :], True
        yield word[:i] + word[i + 1 :], word[i] == word[i - 1]
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:], letter in {word[i - 1], word[i]}
            if letter != word[i]:
                yield word[:i] + letter + word[i + 1 :], False


class Habit(NamedTuple):
    """How a word of native texts is written: how often it is met, and what `Usage` says of its capitals."""

    times: int
    capital: int
    upper: int


class Usage(NamedTuple):
    """How the words of native texts are written.

    Attributes:
        counts: How often a word stands inside sentences.
        capital: In how many of 100 cases it has a capital.
        upper: In how many of 100 cases it is written in capitals.
    """

    counts: Mapping[str, int]
    capital: Mapping[str, int]
    upper: Mapping[str, int]

    def habit(self, word: str) -> Habit | None:
        """How one word is written, None where it is not known."""
        count = self.counts.get(word)
        return None if count is None else Habit(count, self.capital[word], self.upper[word])


@cache
def usage(words: Listing) -> Usage:
    """From the table ``words``, the commonest word first."""
    names = words.column("word")
    columns = (map(int, words.column(name)) for name in ("count", "capital", "upper"))
    return Usage(*(dict(zip(names, column, strict=True)) for column in columns))


@cache
def dictionary(listing: Listing) -> frozenset[str]:
    """All words of a table with a column ``words``, as ``spelling`` is one."""
    return frozenset(word for words in listing.column("words") for word in words.split())


class Words(NamedTuple):
    """What is known about words.

    Attributes:
        counts: How often a word stands in native texts.
        listed: Words of the dictionary.
        capital: Words that are mostly names.
        foreign: Common words of other languages, with the language.
    """

    counts: Mapping[str, int]
    listed: frozenset[str]
    capital: frozenset[str]
    foreign: Mapping[str, str]

    @classmethod
    def of(cls, words: Listing, spelling: Listing, foreign: Listing) -> Self:
        """From the tables of these names."""
        used = usage(words)
        return cls(
            used.counts,
            dictionary(spelling),
            frozenset(word for word, share in used.capital.items() if share > _HALF_NAMES),
            {word: row["lang"] for row in reversed(foreign) for word in row["words"].split()},
        )

    def knows(self, word: str) -> bool:
        """Whether the word is a word: in the dictionary, or common in native texts."""
        return word in self.listed or self.counts.get(word, 0) >= _ATTESTED

    def common(self, word: str) -> bool:
        """Whether the word is frequent in native texts."""
        return self.counts.get(word, 0) >= _FREQUENT

    def built(self, word: str) -> bool:
        """Whether the word is made of known ones: a prefix, an ending, a compound."""
        for prefix in _PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) >= _PART and self.knows(rest):
                return True
        for ending, base in _ENDINGS:
            if ending == "es" and not word.endswith(_HISSING):
                continue
            if word.endswith(ending) and self.knows(word.removesuffix(ending) + base):
                return True
        return False


def meant(word: str, words: Words) -> str:
    """The one common word a slip away, or "" where there is none or where it could be several."""
    counts = words.counts
    own = counts.get(word, 0)
    near = {
        other: likely
        for other, likely in sorted(_edits(word))
        if counts.get(other, 0) >= max(_FEW if len(word) < _LONGER else _SOME, own * _RATIO)
        and other in words.listed
    }
    near = {other: likely for other, likely in near.items() if not _inflected(word, other)}
    likely = [other for other, sure in near.items() if sure]
    for best in (likely, [other for other in near if other[0] == word[0]]):
        if len(best) == 1:
            return best[0]
        ranked = sorted(best, key=lambda other: -counts[other])
        if len(ranked) > 1 and counts[ranked[0]] >= _CLEAR * counts[ranked[1]]:
            return ranked[0]
    return _swapped(word, words) if not near else ""


def _inflected(word: str, other: str) -> bool:
    """Whether two words differ in an ending: a plural or a verb form is grammar, no slip."""
    return other[:-1] == word or word[:-1] == other


def _swapped(word: str, words: Words) -> str:
    """The common word of the same letters, two neighbours at a time swapped: *unanimoulsy*."""
    if len(word) < _LONG:
        return ""
    once = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)]
    twice = {one[:i] + one[i + 1] + one[i] + one[i + 2 :] for one in once for i in range(1, len(word) - 1)}
    found = [one for one in twice if words.counts.get(one, 0) >= _FEW and one in words.listed]
    return found[0] if len(found) == 1 else ""


_GRAMMAR = frozenset(
    str.split(
        "each every they we he she it you this that these those with from into and the of for to in on at "
        "by as or but not "
        "will would can could has have had was were is are been their its his her our my your then when "
        "where which who "
        "while also only very more most than such about after before between against without through "
        "during under over "
        "together again however because there here now never always still already yet both all some any "
        "many much should "
        "must may might other another what how why since until among toward towards like just even"
    )
)


def parted(word: str, counts: Mapping[str, int]) -> tuple[str, bool]:
    """The two common words an unknown word is run together from.

    Returns:
        The two with a blank between ("" where there is no such pair), and whether one of them is a word of
        grammar or an adverb, which no compound is made with.
    """
    cuts = [
        (min(counts.get(word[:i], 0), counts.get(word[i:], 0)), word[:i], word[i:])
        for i in range(_HALF, len(word) - _HALF + 1)
    ]
    least, first, second = max(cuts, default=(0, "", ""))
    sure = first in _GRAMMAR or second in _GRAMMAR or first.endswith("ly")
    return (f"{first} {second}", sure) if least >= _FREQUENT else ("", False)


def likely(word: str, meant: str) -> bool:
    """Whether the slip is of the likeliest kind: neighbours swapped, a letter doubled or halved."""
    return sorted(word) == sorted(meant) or re.sub(r"(.)\1", r"\1", word) == re.sub(r"(.)\1", r"\1", meant)


def compound(word: str, counts: Mapping[str, int]) -> bool:
    """Whether two known words make it up: footfall, not football misspelt."""
    cuts = range(_PART, len(word) - _PART + 1)
    return any(min(counts.get(word[:i], 0), counts.get(word[i:], 0)) >= _FREQUENT for i in cuts)
