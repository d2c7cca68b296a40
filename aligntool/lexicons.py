"""Lexicons of phrases: patterns of English word forms found in a text, with the fix each one offers.

`aligntool.wording` says how a pattern is written. A phrase is looked up by its first two words:
time grows with the text and hardly with the lexicon.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import pairwise
from typing import NamedTuple

from aligntool.inflection import bases, tagged
from aligntool.listings import Row
from aligntool.suggestions import offered
from aligntool.wording import Entry, Pattern, Slot, Token, followers, head, read, tokens

__all__ = ["Hit", "Lexicon"]

_GAP = re.compile(r"[ \t\u00a0\u202f-]{1,3}")
_NEAR = 10
_WIDE = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its row, where it stands (code points), and what to put there ("" if unknown)."""

    row: Row
    start: int
    end: int
    fix: str


class _Heading(NamedTuple):
    """The patterns that begin with one word, by the word that must follow, and those that any may follow."""

    pairs: Mapping[str, Sequence[Pattern]]
    free: Sequence[Pattern]


class Lexicon:
    """Phrases of a table, ready to be found.

    A pattern is only read once its first word has been met: few of a lexicon's words stand in one text.

    Args:
        rows: Column ``literal`` holds the patterns, ``suggestion`` what to write, ``context`` conditions;
            those of somebody else are to be verified first.
        exact: Small and capital letters differ, as in names.

    Raises:
        ValueError: A pattern has no word to begin with.
    """

    def __init__(self, rows: Iterable[Row], *, exact: bool = False) -> None:
        self._exact = exact
        entries = (Entry(literal, row) for row in rows for literal in row["literal"].split(" ; "))
        starts: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        for entry in enumerate(entries):
            starts[entry[1].literal.partition(" ")[0]].append(entry)
        self._waiting: dict[str, list[list[tuple[int, Entry]]]] = defaultdict(list)
        for piece, found in starts.items():
            for word in head(piece):
                self._waiting[word].append(found)
        self._read: dict[str, _Heading | None] = {}

    def _heading(self, word: str) -> _Heading | None:
        """The patterns that may begin with a word, as it is or as a form of another."""
        if word not in self._read:
            waiting = self._waiting
            inflected = (f"~{base}" for base in bases(word) if f"~{base}" in waiting and word in tagged(base))
            keys = (key for key in (word, *inflected) if key in waiting)
            found = {id(one): one for key in keys for one in waiting[key]}
            entries = (entry for _, entry in merge(*found.values()))
            self._read[word] = _heading(entries) if found else None
        return self._read[word]

    def find(self, text: str, words: Sequence[Token] | None = None) -> Iterator[Hit]:
        """Every phrase found: of those that begin at a word the longest, then the surest; none in another."""
        words = tokens(text) if words is None else words
        keys = [word.text.replace("’", "'") if self._exact else word.low for word in words]
        joined = [_GAP.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(words)]
        joined.append(False)
        reached = 0
        for at, key in enumerate(keys):
            heading = self._heading(key)
            if heading is None:
                continue
            follower = keys[at + 1] if joined[at] else ""
            candidates = [*heading.pairs.get(follower, ()), *heading.free]
            best: tuple[Pattern, Sequence[tuple[int, int]]] | None = None
            for pattern in candidates:
                ends = _match(pattern.slots, keys, joined, at)
                if not ends or (best is not None and _rank(pattern, ends) <= _rank(*best)):
                    continue
                if _holds(pattern, words, at, ends[-1][1]):
                    best = (pattern, ends)
            if best is not None:
                flagged, where = _flagged(*best)
                if where[-1][1] > reached:
                    reached = where[-1][1]
                    yield Hit(flagged.row, *offered(text, words, flagged, where))


def _rank(pattern: Pattern, ends: Sequence[tuple[int, int]]) -> tuple[int, float]:
    """How far a phrase reaches, and how sure it is."""
    return ends[-1][1], float(pattern.row.get("confidence") or 0)


def _flagged(pattern: Pattern, ends: Sequence[tuple[int, int]]) -> tuple[Pattern, Sequence[tuple[int, int]]]:
    """A pattern that was found without what stands in brackets, and the word ranges of what remains."""
    if not any(slot.kept for slot in pattern.slots):
        return pattern, ends
    both = [(slot, end) for slot, end in zip(pattern.slots, ends, strict=True) if not slot.kept]
    return pattern._replace(slots=tuple(slot for slot, _ in both)), [end for _, end in both]


def _heading(entries: Iterable[Entry]) -> _Heading:
    pairs: dict[str, list[Pattern]] = defaultdict(list)
    free = []
    for pattern in map(read, entries):
        second = followers(pattern.slots[1:])
        if second is None:
            free.append(pattern)
        else:
            for follower in second:
                pairs[follower].append(pattern)
    return _Heading(pairs, free)


def _match(
    slots: Sequence[Slot], keys: Sequence[str], joined: Sequence[bool], at: int
) -> tuple[tuple[int, int], ...] | None:
    """Word ranges the slots take from word ``at`` on, or None; backtracks over optional and wide slots."""
    if not slots:
        return ()
    slot, rest = slots[0], slots[1:]
    for size in _sizes(slot, keys, joined, at):
        after = at + size
        if rest and size and not joined[after - 1]:
            if all(s.optional for s in rest):
                return ((at, after), *(((after, after),) * len(rest)))
            continue
        tail = _match(rest, keys, joined, after)
        if tail is not None:
            return ((at, after), *tail)
    return None


def _sizes(slot: Slot, keys: Sequence[str], joined: Sequence[bool], at: int) -> Iterator[int]:
    """How many words a slot may take here, in the order to be tried."""
    if at < len(keys) and (slot.words is None or keys[at] in slot.words):
        yield 1
        size = 1
        while slot.wide and size < _WIDE and at + size < len(keys) and joined[at + size - 1]:
            size += 1
            yield size
    if slot.optional:
        yield 0


def _holds(pattern: Pattern, words: Sequence[Token], start: int, end: int) -> bool:
    """Whether the conditions of a pattern hold around the words ``start:end``."""
    before = words[start - 1].low if start else ""
    after = words[end].low if end < len(words) else ""
    for kind, wanted in pattern.context:
        if kind in "+-":
            near = {w.low for w in words[max(0, start - _NEAR) : start]} | {
                w.low for w in words[end : end + _NEAR]
            }
            met = bool(near & wanted) == (kind == "+")
        else:
            met = ((before if kind[-1] == "<" else after) in wanted) != kind.startswith("!")
        if not met:
            return False
    return True
