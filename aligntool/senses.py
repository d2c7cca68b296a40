"""What a French word can mean in English, and which English words stand side by side: two tables of counts.

Table ``senses``, a row a French word: ``word`` and ``english``, entries ``WORD:CHANCE:BACK`` with blanks
between, both figures in thousandths: how often the French word comes out so, and the English comes from it.

Table ``neighbours``, a row an English word: ``word``, ``count``, ``forms`` (what is counted with it, the
commonest first) and ``beside``: numbers, each followed by the words met that many times as its neighbour in
the running text, words of grammar left out. A pair stands in the row of the rarer word only. The row of ``*``
holds the sums: words and pairs. Names are no part of it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from aligntool.wordforms import unaccented

__all__ = ["FUNCTION", "GRAMMAR", "LEAST", "Judgement", "Neighbours", "Senses", "kin", "resemblance"]

Row = Mapping[str, str]

LEAST = 3
"""Letters of the shortest word that is counted."""

_GRAMMAR = """
the and that for this are have not with will which has from you also would can was been they all there
but our must who their its more than one what were should these may when about only them other such any
very into some had those could out your how then here she her him his most being just does did because
where now two over many between under after before through against during while without within like
however since both per each same therefore don doesn isn didn say said mrs already own still yet often
well again upon whether thus himself itself themselves myself ourselves yourself let need
"""
GRAMMAR: frozenset[str] = frozenset(_GRAMMAR.split())
"""English words that hold sentences together: they are no neighbours of others, and nobody's senses."""
_PRONOUNS = (
    "oneself nobody somebody anybody everybody someone anyone everyone nothing something anything everything"
)
FUNCTION = GRAMMAR | frozenset(_PRONOUNS.split())
"""Those and pronouns that the tables count among the others, but that are no translator's choice."""

_EVERYTHING = "*"
_ROOT, _SHARE = 4, 0.5
_FAINTEST = 1e-9


class Sense(NamedTuple):
    """One way to put a word into the other language.

    Attributes:
        word: The word of the other language.
        chance: How often it is put so (0 to 1).
        back: How often the other word comes from this one (0 to 1).
    """

    word: str
    chance: float
    back: float


class Judgement(NamedTuple):
    """What speaks against a word where it stands.

    Attributes:
        french: The French word supposed behind it.
        better: Another sense of the French word that fits better here.
        odds: Natural logarithm of how much better it fits, times how likely the French word is.
        share: Chance of the better sense among all the French word has, here (0 to 1).
    """

    french: str
    better: str
    odds: float
    share: float


def kin(one: str, other: str) -> bool:
    """Whether two words share a root, as *defence* and *defensive* do, or one holds the other: one sense.

    >>> kin("organisation", "organization"), kin("takeoff", "off"), kin("nourish", "feed")
    (True, True, False)
    """
    if one in other or other in one:
        return True
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    least = min(len(one), len(other))
    return shared is None or shared >= min(least, max(_ROOT, round(_SHARE * least)))


def resemblance(one: str, other: str) -> float:
    """How much two words look alike: Dice coefficient of their letter pairs (Adamson & Boreham 1974), 0 to 1.

    Accents do not count.

    >>> round(resemblance("reciprocal", "réciproque"), 2), resemblance("mutual", "réciproque")
    (0.67, 0.0)
    """
    left, right = ({word[i : i + 2] for i in range(len(word) - 1)} for word in map(unaccented, (one, other)))
    return 2 * len(left & right) / max(1, len(left) + len(right))


class Neighbours:
    """Which English words stand side by side, and how often.

    Args:
        rows: Rows of the table ``neighbours``.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        rows = list(rows)  # a listing makes its rows anew each time
        everything = next((row for row in rows if row["word"] == _EVERYTHING), None)
        self._rows = {row["word"]: row["beside"] for row in rows if row is not everything}
        self._counts = {row["word"]: int(row["count"]) for row in rows if row is not everything}
        self._base = {form: row["word"] for row in rows for form in row["forms"].split()}
        self._usual = {row["word"]: row["forms"].partition(" ")[0] for row in rows}
        self.words = int(everything["count"]) if everything else 1
        self._pairs = int(everything["beside"]) if everything else 1
        self._beside = lru_cache(maxsize=4096)(self._unpacked)

    def base(self, low: str) -> str:
        """The word a form is counted as, "" where it is not counted at all (a name, a word of grammar)."""
        word = self._base.get(low, low)
        return word if word in self._counts else ""

    def usual(self, word: str) -> str:
        """The commonest form of a word: *training* of *train*."""
        return self._usual.get(word, "") or word

    def has(self, form: str) -> bool:
        """Whether the form occurs, under whatever word it is counted."""
        return form in self._base

    def count(self, word: str) -> int:
        """How often the word occurs."""
        return self._counts.get(word, 0)

    def _unpacked(self, word: str) -> Mapping[str, int]:
        found, times = {}, 0
        for item in self._rows[word].split(" "):
            if item.isdecimal():
                times = int(item)
            else:
                found[item] = times
        return found

    def together(self, one: str, other: str) -> int:
        """How often the two stand side by side, in either order; neither need be known."""
        if one not in self._counts or other not in self._counts:
            return 0
        rare, common = sorted((one, other), key=lambda word: (self._counts[word], word))
        return self._beside(rare).get(common, 0) or self._beside(common).get(rare, 0)

    def association(self, one: str, other: str) -> float:
        """Logarithm of how much oftener than by chance they stand side by side, one of each added.

        Pointwise mutual information (Church & Hanks 1990), smoothed so that two rare words never met say
        nothing.
        """
        expected = 2 * self.count(one) * self.count(other) / self.words * (self._pairs / self.words)
        return math.log((self.together(one, other) + 1) / (expected + 1))


class Senses:
    """What French words can mean, and which French words may stand behind an English one.

    Args:
        rows: Rows of the table ``senses``.
        faint: Senses put less often than this are left out.
        back: French words that stand less often than this behind an English one are not supposed there.
    """

    def __init__(self, rows: Iterable[Row], faint: float = 0.02, back: float = 0.03) -> None:
        self._english: dict[str, list[Sense]] = {}
        self._french: dict[str, list[Sense]] = defaultdict(list)
        for row in rows:
            found = [_sense(entry) for entry in row["english"].split()]
            self._english[row["word"]] = [sense for sense in found if sense.chance >= faint]
            for sense in found:
                if sense.back >= back:
                    self._french[sense.word].append(Sense(row["word"], sense.chance, sense.back))

    def french(self, word: str) -> Sequence[Sense]:
        """French words that may stand behind an English one."""
        return self._french.get(word, ())

    def english(self, word: str) -> Sequence[Sense]:
        """Senses of a French word."""
        return self._english.get(word, ())

    def judge(
        self, word: str, around: Sequence[tuple[str, float]], neighbours: Neighbours, least: float
    ) -> Judgement | None:
        """Compare a word with the other senses of the French words that may stand behind it.

        Args:
            word: An English word, in the form it is counted as.
            around: Words near it and how much each counts (1 for the next one).
            neighbours: Counts of native English.
            least: Share of the supposed French word among all that may stand behind the English one.

        Returns:
            The French word that speaks most against the English one; None where there is none.
        """
        every = self.french(word)
        total = sum(one.back for one in every)
        found = [
            judged
            for one in every
            if one.back >= least * total
            for judged in [self._weigh(word, one, one.back / total, around, neighbours)]
            if judged is not None
        ]
        return max(found, key=lambda one: (one.odds, one.french), default=None)

    def _weigh(
        self,
        word: str,
        french: Sense,
        share: float,
        around: Sequence[tuple[str, float]],
        neighbours: Neighbours,
    ) -> Judgement | None:
        """A sense's chance, times how it goes with the words around: naive Bayes over the senses."""
        near = {other for other, _ in around}
        chances = {one.word: one.chance for one in self.english(french.word) if one.word not in near}
        chances.setdefault(word, french.chance)
        fits = {
            sense: chance
            * math.exp(sum(weight * neighbours.association(sense, other) for other, weight in around))
            for sense, chance in chances.items()
        }
        own = sum(fit for sense, fit in fits.items() if kin(sense, word))
        rivals = {
            sense: fit
            for sense, fit in fits.items()
            if not kin(sense, word) and any(neighbours.together(sense, other) for other, _ in around)
        }
        if not rivals:
            return None
        better = max(rivals, key=lambda sense: (rivals[sense], sense))
        odds = share * math.log(rivals[better] / max(own, _FAINTEST))
        return Judgement(french.word, better, odds, rivals[better] / sum(fits.values()))


def _sense(entry: str) -> Sense:
    word, chance, back = entry.split(":")
    return Sense(word, int(chance) / 1000, int(back) / 1000)
