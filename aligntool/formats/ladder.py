"""The index ladder of Vecalign, Bertalign and SentAlign: ``[0, 1]:[2]:0.43``, sentences counted from 0."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from aligntool.codec import TableFormat
from aligntool.errors import InputError
from aligntool.layout import cuts
from aligntool.table import COLUMNS, Row, Table, cell, pack

__all__ = ["PLUGIN"]

_LINE = re.compile(r"\[([\d, ]*)\]:\[([\d, ]*)\](?::(.*))?")
_LIST = re.compile(r" ?(?:[0-9]{1,9}(?:, ?[0-9]{1,9})*)? ?")
# Vecalign's figure is a cost, SentAlign's a similarity: neither is a confidence, so it keeps its own column.
_SCORE = "ladder"


class _Bead(NamedTuple):
    sides: tuple[tuple[int, ...], tuple[int, ...]]
    score: str


def _read(text: str, name: str) -> Table:
    """A row a line, numbers only: the file holds no text."""
    return _table(_beads(text, name), ((), ()), name)


def _combine(files: Sequence[tuple[str, str]]) -> Table:
    """A ladder with its two texts, a sentence a line; what it leaves out has rows of its own.

    Raises:
        InputError: Not a ladder and two texts, or a number beyond the end of a text.
    """
    if len(files) != 3:  # noqa: PLR2004 - the ladder and its two texts
        raise InputError("a ladder has two texts", "name both: --with SOURCE --with TARGET")
    (name, ladder), *others = files
    texts = [_lines(text) for _, text in others]
    beads = list(_beads(ladder, name))
    named = [[number for bead in beads for number in bead.sides[side]] for side in (0, 1)]
    for numbers, text, (other, _) in zip(named, texts, others, strict=True):
        if max(numbers, default=-1) >= len(text):
            raise InputError(
                f"{name} names sentence {max(numbers)} where {other} has {len(text)} lines (counted from 0)",
                "is it the text that was aligned, a sentence a line?",
            )
    return _table(_whole(beads, (len(texts[0]), len(texts[1]))), (texts[0], texts[1]), name)


def _beads(text: str, name: str) -> Iterator[_Bead]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        if not found or not all(map(_LIST.fullmatch, found.groups()[:2])):
            advice = "a line is [0, 1]:[2]:0.43; hunalign's text ladder is read with --from hunalign"
            raise InputError(f"{name}, line {number}: {line[:60]!r} is no bead", advice)
        source, target = (tuple(map(int, re.findall(r"\d+", part))) for part in found.groups()[:2])
        yield _Bead((source, target), found[3] or "")


def _lines(text: str) -> tuple[str, ...]:
    lines = text.removesuffix("\n").split("\n")
    return tuple(cell(line.strip())[0] for line in lines)


def _whole(beads: Sequence[_Bead], sizes: tuple[int, int]) -> Iterator[_Bead]:
    """The beads, and one for every sentence that stands in none, before the next that does."""
    rest = [
        sorted(set(range(size)) - {number for bead in beads for number in bead.sides[side]}, reverse=True)
        for side, size in enumerate(sizes)
    ]
    for bead in beads:
        for side, left in enumerate(rest):
            while left and bead.sides[side] and left[-1] < bead.sides[side][0]:
                yield _alone(side, left.pop())
        yield bead
    for side, left in enumerate(rest):
        yield from (_alone(side, number) for number in reversed(left))


def _alone(side: int, number: int) -> _Bead:
    return _Bead(((), (number,)) if side else ((number,), ()), "")


def _table(beads: Iterator[_Bead], texts: tuple[Sequence[str], Sequence[str]], name: str) -> Table:
    doc = PurePath(name).stem
    rows = []
    for number, ((source, target), score) in enumerate(beads, 1):
        sides = zip((source, target), texts, strict=True)
        said = [[text[i] for i in numbers] if text else [] for numbers, text in sides]
        parts = cuts({"src": said[0], "tgt": said[1]})
        rows.append(
            Row(
                id=f"{doc}:{number}",
                doc=doc,
                src_lang="und",
                tgt_lang="und",
                src_ids=",".join(str(i + 1) for i in source),
                tgt_ids=",".join(str(i + 1) for i in target),
                src=" ".join(said[0]),
                tgt=" ".join(said[1]),
                data=pack({"cuts": parts} if parts else {}),
                extra=((_SCORE, cell(score)[0]),),
            )
        )
    return Table(tuple(rows), (*COLUMNS, _SCORE))


def _write(table: Table) -> str:
    """A line a row; rows that stand for no sentence any more are passed over.

    Raises:
        InputError: Rows of several documents: their sentences are not counted on.
    """
    docs = list(dict.fromkeys(row.doc for row in table.rows))
    if len(docs) > 1:
        raise InputError(f"a ladder counts in one document, not in {', '.join(docs[:3])}", "split the table")
    return "".join(
        f"[{_indices(row.src_ids)}]:[{_indices(row.tgt_ids)}]:{dict(row.extra).get(_SCORE, row.score)}\n"
        for row in table.rows
        if row.src_ids or row.tgt_ids
    )


def _indices(numbers: str) -> str:
    return ", ".join(str(int(number) - 1) for number in numbers.split(",") if number.strip().isdecimal())


PLUGIN = TableFormat(
    "ladder",
    (".ladder",),
    "Vecalign's index ladder [0, 1]:[2]:0.43; with its two texts (--with) a table",
    _read,
    _write,
    frozenset({"src_ids", "tgt_ids", "score"}),
    combine=_combine,
)
