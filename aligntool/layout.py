"""A checked bitext laid out as rows of the aligned TSV, and rows put together as a text again."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from aligntool.records import Bead, Bitext, Document, Flag, Segment, Span
from aligntool.table import Row, cell, details, format_flags, made, pack, unpack

__all__ = ["Checked", "Note", "assemble", "cuts", "places", "rows", "sentences"]

# What stands between two sentences of one paragraph; only other leads are written down.
_PLAIN = " "


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a document when it has gone through every stage.

    Attributes:
        name: The ``doc`` column.
        bitext: Original and machine English; without a source where the document is machine English itself.
        clean: The same beads, the English repaired.
        flags: Findings, offsets in ``bitext``.
        engine: Signature of the engine that made the English; empty where it was given.
        applied: The flags whose fix is in ``clean``.
        silenced: Findings the user does not want to see; no part of ``flags``.
        origin: Language the English was presumably made from, "" where nobody can tell.
        trail: Every stage with its settings, oldest first.
        given: The English came with the document: it stands in ``tgt`` unchanged, and flags point into it.
        ours: Then our own translation of every source segment, for ``mt``; empty where there is none.
        notes: Then what is to be said of whole beads, by their index.
    """

    name: str
    bitext: Bitext
    clean: Document
    flags: tuple[Flag, ...]
    engine: str = ""
    applied: tuple[Flag, ...] = ()
    silenced: tuple[Flag, ...] = ()
    origin: str = ""
    trail: tuple[str, ...] = ()
    given: bool = False
    ours: tuple[str, ...] = ()
    notes: Mapping[int, "Note"] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Note:
    """What an alignment says of one bead.

    Attributes:
        flags: What a person should look at; offsets in the cell.
        data: More keys of the ``data`` cell.
    """

    flags: tuple[Flag, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict, hash=False)


def rows(checked: Checked) -> tuple[Row, ...]:
    """One row a bead, in order; ``assemble`` gives the texts back."""
    by_place: dict[tuple[str, int], list[Flag]] = {}
    for flag in checked.flags:
        by_place.setdefault((flag.side, flag.segment), []).append(flag)
    beads = checked.bitext.beads
    row = _given_row if checked.given else _row
    return tuple(
        row(checked, bead, number, by_place, last=number == len(beads))
        for number, bead in enumerate(beads, 1)
    )


def _row(
    checked: Checked, bead: Bead, number: int, by_place: dict[tuple[str, int], list[Flag]], *, last: bool
) -> Row:
    source, target = checked.bitext.source, checked.bitext.target
    given = source if source.segments else target
    theirs = _of(given, bead.source if source.segments else bead.target)
    ours = _of(target, bead.target)
    flags = _in_cell(by_place, "target", bead.target, ours)
    if source.segments:
        flags += _in_cell(by_place, "source", bead.source, theirs)
    tgt = _joined(_of(checked.clean, bead.target))
    data = _data(checked, flags, theirs, number) | ({"tail": given.tail} if last and given.tail else {})
    return Row(
        id=f"{checked.name}:{number}",
        doc=checked.name,
        src_lang=given.lang,
        tgt_lang=target.lang,
        src_ids=_numbers(bead.source if source.segments else bead.target),
        tgt_ids=_numbers(bead.target),
        src=_joined(theirs),
        mt=_joined(ours) if source.segments else "",
        tgt=tgt,
        score=f"{bead.score:.3f}",
        flags=format_flags(flags),
        data=pack(data | {"made": made(tgt)}),
    )


def _given_row(
    checked: Checked, bead: Bead, number: int, by_place: dict[tuple[str, int], list[Flag]], *, last: bool
) -> Row:
    """A row of a translation that came with the document, our own in between."""
    source, target = checked.bitext.source, checked.bitext.target
    theirs, english = _of(source, bead.source), _of(target, bead.target)
    ours = checked.ours[slice(*bead.source)]
    note = checked.notes.get(number - 1, Note())
    found = _in_cell(by_place, "target", bead.target, english)
    flags = [replace(flag, side="given") for flag in found]
    flags += [*_in_cell(by_place, "source", bead.source, theirs), *note.flags]
    data = _data(checked, flags, theirs or english, number) | dict(note.data)
    if last and source.tail:
        data["tail"] = source.tail
    sides = {"src": [s.text for s in theirs], "mt": ours, "tgt": [s.text for s in english]}
    parts = cuts(sides)
    tgt = _joined(english)
    return Row(
        id=f"{checked.name}:{number}",
        doc=checked.name,
        src_lang=source.lang,
        tgt_lang=target.lang,
        src_ids=_numbers(bead.source),
        tgt_ids=_numbers(bead.target),
        src=_joined(theirs),
        mt=cell(_PLAIN.join(ours))[0],
        tgt=tgt,
        score=f"{bead.score:.3f}",
        flags=format_flags(flags),
        data=pack(data | ({"cuts": parts} if parts else {}) | {"made": made(tgt)}),
    )


def _data(
    checked: Checked, flags: Sequence[Flag], first: Sequence[Segment], number: int
) -> dict[str, object]:
    """What the ``data`` of every row holds: details of its flags, its lead where it is none of the usual."""
    data: dict[str, object] = {"flags": details(flags)} if flags else {}
    if first and first[0].lead != (_PLAIN if number > 1 else ""):
        data["lead"] = first[0].lead
    return data | ({"engine": checked.engine} if checked.engine else {})


def cuts(sides: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """Where sentences begin in the cells that join them, for ``data``.

    Args:
        sides: Sentences by column.

    Returns:
        By column the offsets of the second and the following sentences; columns of one sentence are left out.
    """
    ends = {column: accumulate(len(text) + len(_PLAIN) for text in texts) for column, texts in sides.items()}
    return {column: list(found)[:-1] for column, found in ends.items() if len(sides[column]) > 1}


def sentences(row: Row, column: str) -> tuple[str, ...]:
    """The sentences that a cell of an aligned pair was joined from; the whole cell where nothing tells.

    Args:
        row: A row.
        column: ``src``, ``mt`` or ``tgt``; edits of ``tgt`` make its cuts void.
    """
    text = str(getattr(row, column))
    data = unpack(row.data)
    listed = data.get("cuts")
    known = listed.get(column) if isinstance(listed, dict) else None
    if not isinstance(known, list) or (column == "tgt" and data.get("made", made(text)) != made(text)):
        return (text,) if text else ()
    inside = (at for at in known if isinstance(at, int) and text[max(at - 1, 0) : at] == _PLAIN)
    edges = [0, *inside, len(text) + len(_PLAIN)]
    return tuple(text[start : end - len(_PLAIN)] for start, end in pairwise(edges) if start < end)


def _of(document: Document, span: Span) -> tuple[Segment, ...]:
    return document.segments[span.start : span.end]


def _numbers(span: Span) -> str:
    return ",".join(str(i + 1) for i in range(span.start, span.end))


def _joined(segments: Sequence[Segment]) -> str:
    return cell(_PLAIN.join(s.text for s in segments))[0]


def _in_cell(
    by_place: dict[tuple[str, int], list[Flag]], side: str, span: Span, segments: Sequence[Segment]
) -> list[Flag]:
    """The flags of these segments, their offsets counted in the cell that joins them."""
    found, at = [], 0
    for index, segment in zip(range(span.start, span.end), segments, strict=True):
        for flag in by_place.get((side, index), ()):
            moved = Span(flag.span.start + at, flag.span.end + at)
            found.append(replace(flag, segment=0, span=moved))
        at += len(segment.text) + len(_PLAIN)
    return found


def assemble(table_rows: Iterable[Row], column: str) -> str:
    """The text of a column (``src``, ``mt`` or ``tgt``), paragraphs as in the original.

    Sentences a reviewer emptied, or the cleaning left out, are left out with the break before them (at the
    top: with the break after them); lines that were empty in the original stay. Rows that stand for no
    sentence of the document any more (conflicts) are passed over.
    """
    pieces: list[str] = []
    head: str | None = None
    tail = ""
    for row in table_rows:
        if not row.src_ids and not row.tgt_ids:
            continue
        data = unpack(row.data)
        text = str(getattr(row, column))
        lead = str(data.get("lead", "" if head is None else _PLAIN))
        head = lead if head is None else head
        tail = str(data.get("tail", ""))
        if text or not (row.src or row.mt or row.tgt):
            pieces += [lead if pieces else head, text]
    return "".join(pieces) + tail


def places(document: Document, flags: Iterable[Flag]) -> list[dict[str, object]]:
    """Flags on a document's own text as records with their place in the file.

    Args:
        document: The document the flags' segments count in.
        flags: Flags on it.

    Returns:
        Per flag: ``start`` and ``end`` (code points of the whole text), ``line`` and ``column`` (from 1),
        then every field of the flag.
    """
    text, starts = str(document), document.starts()
    breaks = [i for i, char in enumerate(text) if char == "\n"]
    found: list[dict[str, object]] = []
    for flag in flags:
        start = starts[flag.segment] + flag.span.start
        line = bisect_left(breaks, start)
        column = start - (breaks[line - 1] if line else -1)
        found.append(
            {
                "start": start,
                "end": start + flag.span.size,
                "line": line + 1,
                "column": column,
                "text": flag.text,
                "check": flag.check,
                "category": flag.category,
                "severity": flag.severity,
                "confidence": round(flag.confidence, 3),
                "message": flag.message,
                "evidence": dict(flag.evidence),
                "fix": flag.fix,
            }
        )
    return found
