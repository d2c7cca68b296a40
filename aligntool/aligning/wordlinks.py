"""Words of two sentences that translate each other, for highlighting: few, but right.

Two languages are linked by what both write alike and by a lexicon of how sure words translate each other, the
surest first, every word once (competitive linking: Melamed 2000, "Models of Translational Equivalence among
Words"). A machine translation is a useful detour: its words and those of the given translation are in one
language and can be compared as they stand. Where two words could be meant, none is linked.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from aligntool.inflection import forms
from aligntool.likeness import dice
from aligntool.records import Span
from aligntool.sequences import matches
from aligntool.wordforms import unaccented

__all__ = ["Lexicon", "Link", "links", "same_language"]

Link = tuple[Span, Span]

Lexicon = Mapping[str, Mapping[str, float]]
"""Of source words, without capitals: words that translate them, and how surely (0 to 1)."""

_ALIKE = 0.5  # Dice coefficient of character trigrams from which two word forms are one word's
_SHORT = 4  # characters a word must have to be known by its form in another language
_FAR = 0.3  # how far, as a share of the sentences, two words of equal form may stand apart


_LEAST = 0.08  # how sure a pair must be
_INFLECTED = 0.7  # what another form of a word is worth
_SPELT = 0.3  # of words that are spelt much alike
_KINDRED = 0.6  # Dice coefficient of character trigrams from which two languages' words are one
_RIVAL = 0.5  # share of a pair's sureness from which on another pair leaves it in doubt
_NOTHING: Lexicon = MappingProxyType({})


class _Word(NamedTuple):
    span: Span
    low: str  # without capitals
    form: str  # without diacritics as well


def _words(text: str) -> list[_Word]:
    found = re.finditer(r"(?:\w[\u0300-\u036f]*)+", text)
    return [
        _Word(Span(*m.span()), low := unicodedata.normalize("NFC", m[0].casefold()), unaccented(low))
        for m in found
    ]


def _trigrams(form: str) -> frozenset[str]:
    marked = f"^{form}$"
    return frozenset(marked[at : at + 3] for at in range(len(marked) - 2))


def same_language(one: str, other: str) -> tuple[Link, ...]:
    """Words that two sentences in one language share, in equal or in kindred forms.

    Args:
        one: A sentence.
        other: Another with the same content.

    Returns:
        Spans in code points of either, in the order of the first; every word in one link at most.

    >>> [("The old town".__getitem__(slice(*a)), "In old towns".__getitem__(slice(*b)))
    ...     for a, b in same_language("The old town", "In old towns")]
    [('old', 'old'), ('town', 'towns')]
    """
    left, right = _words(one), _words(other)
    numbers: dict[str, int] = {}
    ids = [[numbers.setdefault(word.form, len(numbers)) for word in side] for side in (left, right)]
    runs = matches(ids[0], ids[1])
    paired = {run.old + at: run.new + at for run in runs for at in range(run.size)}
    gaps = [(-1, -1), *sorted(paired.items()), (len(left), len(right))]
    for (i, j), (i2, j2) in pairwise(gaps):
        paired.update(_kindred(left, right, range(i + 1, i2), range(j + 1, j2)))
    paired.update(_displaced(left, right, paired))
    return tuple((left[i].span, right[j].span) for i, j in sorted(paired.items()))


def _kindred(left: Sequence[_Word], right: Sequence[_Word], rows: range, columns: range) -> dict[int, int]:
    """Between two matches, forms that are alike and like no other as much."""
    found: dict[int, int] = {}
    scores = {
        (i, j): score
        for i in rows
        for j in columns
        if (score := dice(_trigrams(left[i].form), _trigrams(right[j].form))) >= _ALIKE
    }
    for (i, j), score in scores.items():
        rivals = [s for (a, b), s in scores.items() if (a == i) != (b == j)]
        if score > max(rivals, default=0.0):
            found[i] = j
    return found


def _displaced(left: Sequence[_Word], right: Sequence[_Word], paired: dict[int, int]) -> dict[int, int]:
    """Equal words in another order: each the only one of its form that is left, and not far away."""
    taken = set(paired.values())
    rest = [
        {form: [n for n, word in enumerate(side) if word.form == form and n not in used] for form in forms}
        for side, used, forms in (
            (left, paired.keys(), {word.form for word in left}),
            (right, taken, {word.form for word in right}),
        )
    ]
    return {
        here[0]: there[0]
        for form, here in rest[0].items()
        if len(here) == 1 and len(there := rest[1].get(form, [])) == 1 and len(form) >= _SHORT
        if abs(here[0] / len(left) - there[0] / len(right)) <= _FAR
    }


def links(source: str, target: str, via_mt: str = "", lexicon: Lexicon = _NOTHING) -> tuple[Link, ...]:
    """Words of a sentence and of its translation that belong together.

    Args:
        source: The sentence.
        target: Its translation.
        via_mt: A machine translation of the sentence into the target's language. Its words are linked to
            the target's, and the source's to its: what goes through both is a link.
        lexicon: Words known to translate each other.

    Returns:
        Spans in code points of the source and of the target, in the source's order. No word is in two links;
        what is doubtful is in none.

    >>> lexicon = {"haven": {"port": 0.2, "harbour": 0.3}}
    >>> [("De haven".__getitem__(slice(*a)), "The port".__getitem__(slice(*b)))
    ...     for a, b in links("De haven", "The port", lexicon=lexicon)]
    [('haven', 'port')]
    """
    direct = dict(_across(source, target, lexicon))
    if via_mt and via_mt != target:
        onward = dict(same_language(via_mt, target))
        used = set(direct.values())
        for left, middle in _across(source, via_mt, lexicon):
            if left not in direct and middle in onward and onward[middle] not in used:
                direct[left] = onward[middle]
                used.add(onward[middle])
    return tuple(sorted(direct.items()))


def _across(source: str, target: str, lexicon: Lexicon) -> list[Link]:
    """Words of two languages that a lexicon or their spelling links, and that nothing else competes for."""
    left, right = _words(source), _words(target)
    sure = {
        (i, j): chance
        for i, here in enumerate(left)
        for known in [lexicon.get(here.low, {})]
        for j, there in enumerate(right)
        if (chance := max(_kept(here, there), _known(there.low, known))) >= _LEAST
    }
    linked: list[tuple[int, int]] = []
    for (i, j), chance in sorted(sure.items(), key=lambda item: (-item[1], item[0])):
        if (i, j) not in sure:
            continue
        rivals = {pair: other for pair, other in sure.items() if (pair[0] == i) != (pair[1] == j)}
        group = [pair for pair, other in rivals.items() if other >= _RIVAL * chance]
        found = _in_order(left, right, (i, j)) if group else [(i, j)]
        if group and not all(_same(left, right, pair, (i, j)) for pair in group):
            found = []
        linked += found
        gone = {*found, (i, j), *group}
        rows, columns = {a for a, _ in gone}, {b for _, b in gone}
        sure = {pair: other for pair, other in sure.items() if pair[0] not in rows and pair[1] not in columns}
    return [(left[i].span, right[j].span) for i, j in linked]


def _same(
    left: Sequence[_Word], right: Sequence[_Word], one: tuple[int, int], other: tuple[int, int]
) -> bool:
    """Whether two pairs are of the same words."""
    return left[one[0]].low == left[other[0]].low and right[one[1]].low == right[other[1]].low


def _in_order(left: Sequence[_Word], right: Sequence[_Word], pair: tuple[int, int]) -> list[tuple[int, int]]:
    """Words that stand several times on both sides: one after the other, where they are as many."""
    here = [i for i, word in enumerate(left) if word.low == left[pair[0]].low]
    there = [j for j, word in enumerate(right) if word.low == right[pair[1]].low]
    return list(zip(here, there, strict=True)) if len(here) == len(there) else []


def _known(there: str, known: Mapping[str, float]) -> float:
    """How surely a word is among the translations of another; its other forms count for less."""
    others = sum(chance for word, chance in known.items() if _inflected(word, there))
    return min(1.0, known.get(there, 0.0) + _INFLECTED * others)


def _inflected(one: str, other: str) -> bool:
    """Whether one of two English words is a form of the other."""
    if one[:2] != other[:2] or one == other:
        return False
    return other in forms(one).values() or one in forms(other).values()


def _kept(here: _Word, there: _Word) -> float:
    """How surely a figure or a long word is written alike in both languages."""
    if here.form == there.form:
        return 1.0 if len(here.form) >= _SHORT or unicodedata.category(here.form[0]) == "Nd" else 0.0
    if min(len(here.form), len(there.form)) <= _SHORT or here.form[0] != there.form[0]:
        return 0.0
    return _SPELT if dice(_trigrams(here.form), _trigrams(there.form)) >= _KINDRED else 0.0
