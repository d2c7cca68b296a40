"""Words of two sentences that translate each other, for highlighting: few, but right.

The useful detour is the machine translation: its words and those of the given translation are in one language
and can be compared as they stand. Without it only what both languages write alike and the words of a lexicon
are linked. Where two words could be meant, none is.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from aligntool.aligning.evidence import Lexicon
from aligntool.aligning.vectors import plain
from aligntool.likeness import dice
from aligntool.records import Span
from aligntool.sequences import matches

__all__ = ["links", "same_language"]

Link = tuple[Span, Span]

_ALIKE = 0.5  # Dice coefficient of character trigrams from which two word forms are one word's
_SHORT = 4  # characters a word must have to be known by its form in another language
_FAR = 0.3  # how far, as a share of the sentences, two words of equal form may stand apart


class _Word(NamedTuple):
    span: Span
    form: str  # lower case, without diacritics


def _words(text: str) -> list[_Word]:
    return [
        _Word(Span(*m.span()), plain(m[0].casefold())) for m in re.finditer(r"(?:\w[\u0300-\u036f]*)+", text)
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


def links(source: str, target: str, via_mt: str = "", lexicon: Lexicon = ()) -> tuple[Link, ...]:
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
    """
    direct = dict(_across(source, target, lexicon))
    if via_mt:
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
    known = {(plain(a.casefold()), plain(b.casefold())) for a, b in lexicon}
    pairs = [
        (i, j)
        for i, here in enumerate(left)
        for j, there in enumerate(right)
        if (here.form, there.form) in known or _is_kept(here.form, there.form)
    ]
    rows, columns = [i for i, _ in pairs], [j for _, j in pairs]
    return [(left[i].span, right[j].span) for i, j in pairs if rows.count(i) == columns.count(j) == 1]


def _is_kept(here: str, there: str) -> bool:
    """Whether a figure or a long word is written alike in both languages."""
    return here == there and (len(here) >= _SHORT or unicodedata.category(here[0]) == "Nd")
