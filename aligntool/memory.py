"""A translation memory: what was settled once is used again to the letter, and what is like it is shown."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import NamedTuple

from aligntool.likeness import alike
from aligntool.table import Row, made, pack, unpack

__all__ = ["LEAST", "Match", "Memory", "of_rows", "recalled"]

LEAST = 0.7
"""Likeness (Dice) from which a sentence is shown as a match: below, more is different than alike."""
_LOOKED_AT = 40  # candidates compared in full
_COMMON = 200  # sentences a word may stand in to lead to candidates
_WORD = re.compile(r"\w{4,}")
_FINISHED = frozenset({"ok", "edited"})


class Match(NamedTuple):
    """A sentence of the memory that is like one to be translated."""

    src: str
    tgt: str
    score: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Sentences of one pair of languages and their settled translations.

    Attributes:
        known: Translation by original.
    """

    known: Mapping[str, str]
    _places: Mapping[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places: dict[str, list[str]] = defaultdict(list)
        for text in self.known:
            for word in sorted(set(_WORD.findall(text.casefold()))):
                places[word].append(text)
        object.__setattr__(self, "_places", places)

    def nearest(self, text: str) -> Match | None:
        """The sentence most like it, from ``LEAST`` upward; the first of several that are equally so."""
        votes: dict[str, float] = defaultdict(float)
        for word in sorted(set(_WORD.findall(text.casefold()))):
            found = self._places.get(word, ())
            for other in found if len(found) <= _COMMON else ():
                votes[other] += 1 / len(found)
        near = nlargest(_LOOKED_AT, votes, key=lambda other: votes[other])
        matches = (Match(other, self.known[other], alike(text, other)) for other in near)
        best = max(matches, key=lambda match: match.score, default=None)
        return best if best and best.score >= LEAST else None


def of_rows(rows: Iterable[Row], source: str, target: str, *, settled: bool) -> Memory:
    """The memory in rows of a table; of several translations of one sentence the last counts.

    Args:
        rows: The rows.
        source: Language of the originals.
        target: Language of the translations.
        settled: Only rows that a person accepted or edited; else all that have both texts.
    """
    return Memory(
        {
            row.src: row.tgt
            for row in rows
            if (row.src_lang, row.tgt_lang) == (source, target)
            and row.src
            and row.tgt
            and (row.status in _FINISHED or not settled)
        }
    )


def recalled(rows: Iterable[Row], memory: Memory) -> tuple[Row, ...]:
    """Rows with what the memory has: a settled translation as it stands, or the nearest one in ``data``."""
    return tuple(_recalled(row, memory) for row in rows)


def _recalled(row: Row, memory: Memory) -> Row:
    data = unpack(row.data)
    if row.src in memory.known:
        text = memory.known[row.src]
        kept = {key: value for key, value in data.items() if key not in {"engine", "flags"}}
        told = pack(kept | {"made": made(text), "memory": {"score": 1.0}})
        return replace(row, mt=text, tgt=text, flags="", data=told)
    match = memory.nearest(row.src)
    if match is None:
        return row
    near = {"src": match.src, "tgt": match.tgt, "score": round(match.score, 3)}
    return replace(row, data=pack(data | {"memory": near}))
