"""Translations spoilt on purpose, the gold with them: a paragraph left out, lines put in that mean nothing.

A place in every 150 sentences, drawn by a seed and between two beads of the gold, so that what is left of it
stays true.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from aligntool.bench.beads import Bead, alone

__all__ = ["KINDS", "Text"]

_MISSING, _INSERTED = 15, 10  # sentences at a place
_APART = 150  # sentences a place stands for
_LEAST = 70  # sentences of a document that is spoilt at all


@dataclass(frozen=True, slots=True)
class Text:
    """What an aligner is to align, and how.

    Attributes:
        target: Sentences of a translation.
        target_mt: Their machine translations; empty for none.
        gold: Its alignment with the original.
        planted: Sentences that have no counterpart because of the damage, as (side, number).
    """

    target: tuple[str, ...]
    target_mt: tuple[str, ...]
    gold: tuple[Bead, ...]
    planted: frozenset[tuple[int, int]] = frozenset()


def _missing(text: Text, seed: str) -> Text:
    """Fifteen sentences left out at every place, or a few more where a bead would be torn."""
    edges, gone = _edges(text), set[int]()
    for place in _places(text, seed):
        end = next(edge for edge in edges if edge >= min(place + _MISSING, len(text.target)))
        gone.update(range(place, end))
    return _arranged(text, [at for at in range(len(text.target)) if at not in gone])


def _inserted(text: Text, seed: str) -> Text:
    """Ten sentences put in at every place, made of the document's own words."""
    draw, order = Random(seed), list(range(len(text.target)))  # noqa: S311 - no secrets
    places = _places(text, seed)
    count = _INSERTED * len(places)
    size = len(text.target)
    more = Text(
        text.target + _drawn(text.target, count, draw),
        text.target_mt and text.target_mt + _drawn(text.target_mt, count, draw),
        (*text.gold, *(((), (at,)) for at in range(size, size + count))),
        frozenset((1, at) for at in range(size, size + count)),
    )
    for number, place in reversed(list(enumerate(places))):
        first = size + number * _INSERTED
        order[place:place] = range(first, first + _INSERTED)
    return _arranged(more, order)


KINDS: Mapping[str, Callable[[Text, str], Text]] = {"15 missing": _missing, "10 inserted": _inserted}
"""Kinds of damage, done to a text by a seed; short texts stay as they are."""


def _edges(text: Text) -> list[int]:
    """Positions in the translation that no bead straddles."""
    torn = {at for _, numbers in text.gold if numbers for at in range(min(numbers) + 1, max(numbers) + 1)}
    return [at for at in range(len(text.target) + 1) if at not in torn]


def _places(text: Text, seed: str) -> list[int]:
    """Where the damage is done: one place in each stretch, clear of its ends."""
    size, draw = len(text.target), Random(seed)  # noqa: S311 - as above
    if size < _LEAST:
        return []
    count, edges = max(size // _APART, 1), _edges(text)
    stretch = size // count
    return [
        next(edge for edge in edges if edge >= begin + draw.randrange(_MISSING, stretch - 2 * _MISSING))
        for begin in range(0, count * stretch, stretch)
    ]


def _drawn(texts: Sequence[str], count: int, draw: Random) -> tuple[str, ...]:
    """Sentences as long as the others, of their words in random order."""
    words = [word for text in texts for word in text.split()]
    return tuple(_sentence(words, len(draw.choice(texts)), draw) for _ in range(count))


def _sentence(words: Sequence[str], size: int, draw: Random) -> str:
    made = draw.choice(words)
    while len(made) < size:
        made += f" {draw.choice(words)}"
    return made


def _arranged(text: Text, order: Sequence[int]) -> Text:
    """The sentences that are kept, in a new order, and their gold; what lost its partner stands alone."""
    numbers = {old: new for new, old in enumerate(order)}
    kept = [(source, tuple(numbers[at] for at in target if at in numbers)) for source, target in text.gold]
    gold = tuple(_tidy(kept))
    bereft = {(side, at) for side, at in alone(gold) - alone(text.gold) if not side}
    return Text(
        tuple(text.target[at] for at in order),
        text.target_mt and tuple(text.target_mt[at] for at in order),
        gold,
        frozenset(bereft | {(1, numbers[at]) for _, at in text.planted}),
    )


def _tidy(beads: Iterable[Bead]) -> Iterable[Bead]:
    """Beads without a translation as single sentences; those with nothing left out."""
    for source, target in beads:
        if target:
            yield source, target
        else:
            yield from (((number,), ()) for number in source)
