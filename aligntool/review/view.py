"""A row taken apart for display: its texts in stretches, its flags in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from aligntool.edits import compare
from aligntool.records import Flag
from aligntool.review.openness import CONFLICT, facts, open_flags
from aligntool.showing import visible
from aligntool.table import Row, unpack

__all__ = ["Run", "Shown", "around", "show"]

# Longer cells are shown in part: a browser cannot hold many of them. One at a time it can.
_LONG = 4000
_CODES = frozenset({"kind", "lang", "language", "rule"})


class Run(NamedTuple):
    """A stretch of text: ``same``, ``old`` or ``new``, and whether a flag points to it."""

    text: str
    side: str
    marked: bool


class _Doubt(NamedTuple):
    key: str
    flag: Flag
    why: str
    number: int
    applied: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as a page shows it.

    Attributes:
        row: The row.
        number: Its number in the document.
        version: What a deed must name.
        source: The original in stretches, with marks where flags point into it.
        change: From the machine's English to the clean one.
        text: What stands in the box: the draft if there is one.
        drafted: Whether that is a draft.
        doubts: Open flags, numbered from 1 where they suggest something.
        theirs: Another decision for this row, where two contradict.
        fresh: What the machine proposes since the decision.
        match: A settled sentence that is like this one: original, translation, likeness.
        opens: Whether a paragraph begins here.
        long: How many characters the English has, where the box holds only the first of them; else 0.
        done: Whether nothing is open.
    """

    row: Row
    number: str
    version: int
    source: tuple[Run, ...]
    change: tuple[Run, ...]
    text: str
    drafted: bool
    doubts: tuple[_Doubt, ...]
    theirs: Mapping[str, str]
    fresh: str | None
    match: Mapping[str, str]
    opens: bool
    long: int
    done: bool


def show(row: Row, version: int, draft: str | None = None) -> Shown:
    """A row taken apart for display; whatever it holds, what is shown has no invisible characters."""
    data = unpack(row.data)
    waiting = open_flags(row)
    theirs = data.get("theirs")
    drafted = draft is not None and draft != row.tgt
    long = len(row.tgt) if len(row.tgt) > _LONG and not drafted else 0
    in_source = tuple(
        f.span for f in waiting.values() if f.side == "source" or (f.side == "target" and not row.mt)
    )
    fresh = data.get("fresh")
    return Shown(
        row=row,
        number=row.id.removeprefix(f"{row.doc}:"),
        version=version,
        source=_runs(row.src, row.src, in_source),
        change=_change(row, waiting.values()),
        text=str(draft) if drafted else row.tgt[:_LONG] if long else row.tgt,
        drafted=drafted,
        doubts=tuple(_doubts(row, waiting)),
        theirs={str(k): str(v) for k, v in theirs.items()} if isinstance(theirs, dict) else {},
        fresh=fresh if isinstance(fresh, str) else None,
        match=_match(data.get("memory")),
        opens="\n" in str(data.get("lead", "")),
        long=long,
        done=facts(row).done,
    )


def _change(row: Row, waiting: Iterable[Flag]) -> tuple[Run, ...]:
    """From the machine's English to the clean one; a translation that was given, as it stands."""
    if row.mt:
        return _runs(row.mt, row.tgt, tuple(f.span for f in waiting if f.side == "target"))
    if row.src_lang == row.tgt_lang:
        return _runs(row.src, row.tgt, ()) if row.src != row.tgt else ()
    # Flags count in it as it was.
    spans = (f.span for f in waiting if f.side == "given" and row.tgt[slice(*f.span)] == f.text)
    return _runs(row.tgt, row.tgt, tuple(spans))


def _match(told: object) -> Mapping[str, str]:
    found = {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}
    return found if {"src", "tgt", "score"} <= found.keys() else {}


def _doubts(row: Row, waiting: Mapping[str, Flag]) -> Iterator[_Doubt]:
    number = 0
    for key, flag in waiting.items():
        number += flag.fix is not None or flag.check == CONFLICT
        has = flag.fix is not None or flag.check == CONFLICT
        # What the message says already, and names of rules, would only be in the way.
        telling = ((k, v) for k, v in flag.evidence.items() if k not in _CODES and v not in flag.message)
        why = ", ".join(f"{visible(k)}: {visible(v)}" for k, v in telling if v and v != flag.fix)
        # The machine has mended what it was sure of: such a flag only asks for agreement.
        applied = flag.fix is not None and flag.fix in row.tgt and flag.text not in row.tgt
        yield _Doubt(key, flag, why, number if has else 0, applied)


@lru_cache(maxsize=2048)
def _runs(old: str, new: str, spans: tuple[tuple[int, int], ...]) -> tuple[Run, ...]:
    """One text becoming the other, in stretches; ``spans`` of the old one are marked."""
    if max(len(old), len(new)) > _LONG:
        return (Run(f"{visible(old[:_LONG])} … ({len(old):,} characters)", "same", marked=False),)
    marks = sorted((start, end) for start, end in spans if 0 <= start < end <= len(old))
    found: list[Run] = []
    at = 0
    for edit in compare(old, new):
        found += _marked(old, at, edit.span.start, "same", marks)
        found += _marked(old, edit.span.start, edit.span.end, "old", marks)
        if edit.new:
            found.append(Run(visible(edit.new), "new", marked=False))
        at = edit.span.end
    return (*found, *_marked(old, at, len(old), "same", marks))


def _marked(text: str, start: int, end: int, side: str, marks: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """A stretch, cut where marks begin and end."""
    edges = sorted({start, end, *(edge for mark in marks for edge in mark if start < edge < end)})
    for left, right in pairwise(edges):
        inside = any(a <= left and right <= b for a, b in marks)
        yield Run(visible(text[left:right]), side, marked=inside)


def around(rows: Sequence[Row], at: int, most: int = 6) -> tuple[range, range]:
    """The rows before and after in the same paragraph, and one beyond; at most so many and one each."""
    first = last = at
    while at - first < most and not _opens(rows[first]) and _same(rows, first, first - 1):
        first -= 1
    while last - at < most and _same(rows, last, last + 1) and not _opens(rows[last + 1]):
        last += 1
    # The sentences beside the paragraph too: what a pronoun stands for may be there.
    first -= _same(rows, first, first - 1)
    last += _same(rows, last, last + 1)
    return range(first, at), range(at + 1, last + 1)


def _same(rows: Sequence[Row], one: int, other: int) -> bool:
    """Whether two rows are there and of one document."""
    return 0 <= other < len(rows) and rows[one].doc == rows[other].doc


def _opens(row: Row) -> bool:
    return "\n" in str(unpack(row.data).get("lead", ""))
