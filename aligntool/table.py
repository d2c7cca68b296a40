"""The aligned TSV: rows read and written byte-stable, flags readable and parsable in a cell."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from io import StringIO
from typing import Any, cast

from aligntool.errors import InputError
from aligntool.records import CATEGORIES, SEVERITIES, Category, Flag, Severity, Side, Span

__all__ = ["COLUMNS", "STATUSES", "Row", "Table", "cell", "details", "format_flags", "format_row", "made"]
__all__ += ["pack", "parse_flags", "parse_row", "read", "unpack", "write"]

STATUSES = ("todo", "ok", "edited", "rejected")


@dataclass(frozen=True, slots=True)
class Row:
    """One aligned row, every cell as it stands in the file.

    Attributes:
        id: ``<doc>:<number>``, unique in the file.
        doc: The document's name.
        src_lang: Language of ``src`` (BCP 47).
        tgt_lang: Language of ``mt`` and ``tgt``.
        src_ids: Numbers (from 1) of the source sentences, comma-separated; empty for 0:n.
        tgt_ids: The same on the target side.
        src: The text as given.
        mt: The machine's English as it came; empty when ``src`` itself is machine-made English, and where a
            given translation was aligned without an engine.
        tgt: The clean English; of an aligned pair, the translation that was given.
        score: Confidence of the alignment, 0 to 1, three decimals.
        flags: Findings: see ``format_flags``.
        status: ``todo``, ``ok``, ``edited`` or ``rejected``.
        note: A person's remark.
        data: One JSON object: details of the flags, provenance, layout.
        extra: Cells of columns aligntool does not know, by column.
    """

    id: str = ""
    doc: str = ""
    src_lang: str = ""
    tgt_lang: str = ""
    src_ids: str = ""
    tgt_ids: str = ""
    src: str = ""
    mt: str = ""
    tgt: str = ""
    score: str = ""
    flags: str = ""
    status: str = "todo"
    note: str = ""
    data: str = "{}"
    extra: tuple[tuple[str, str], ...] = ()


COLUMNS = tuple(f.name for f in fields(Row) if f.name != "extra")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file and the order of its columns, unknown ones included."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...] = field(default=COLUMNS)


# Category Cc and what else some reader takes for a line end; lone surrogates cannot be written as UTF-8.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def cell(text: str) -> tuple[str, int]:
    """The text as a cell may hold it, and how many characters became a blank (tabs, line ends, controls)."""
    return _FORBIDDEN.subn(" ", text)


def write(table: Table) -> str:
    """The file's content: a header, a line a row, LF, no quoting; forbidden characters become blanks."""
    rows = (format_row(row, table.columns) for row in table.rows)
    return "\n".join(["\t".join(table.columns), *rows, ""])


def format_row(row: Row, columns: Iterable[str]) -> str:
    """A row as a line of a file with these columns, without its line end."""
    extra = dict(row.extra)
    cells = [extra[c] if c in extra else getattr(row, c) for c in columns]
    if _FORBIDDEN.search("".join(cells)):
        cells = [cell(c)[0] for c in cells]
    return "\t".join(cells)


def read(text: str, name: str = "the table") -> Table:
    """Parse a file's content; ``write(read(s)) == s`` for every file that aligntool wrote.

    Args:
        text: The content; a byte order mark, CR before LF and a spreadsheet's quoting are accepted.
        name: What to call it in errors.

    Raises:
        InputError: No header, a column missing, or a row with another number of cells (the line is named).
    """
    lines = _lines(text.removeprefix("\ufeff"), name)
    _, head = next(lines)
    columns = tuple(head)
    missing = [c for c in COLUMNS if c not in columns]
    if missing:
        raise InputError(
            f"{name} is not an aligned TSV: no column {', '.join(missing)}", f"expected: {' '.join(COLUMNS)}"
        )
    if len(set(columns)) < len(columns):
        raise InputError(f"{name}: a column stands twice in the header", "rename one of the two")
    return Table(tuple(parse_row(columns, cells, number, name) for number, cells in lines), columns)


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line, the header first."""
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    if _quoted(lines):
        return _unquoted(text, name)
    return ((number, line.split("\t")) for number, line in enumerate(lines, 1))


def _quoted(lines: list[str]) -> bool:
    """Whether a spreadsheet saved it with its own quoting: no cell of ``data`` begins like that otherwise."""
    head = lines[0].split("\t")
    if head[0].startswith('"'):
        return True
    at = head.index("data") if "data" in head else len(head)
    return any(c.startswith('"{') for line in lines for c in line.split("\t")[at : at + 1])


def _unquoted(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of a file that a spreadsheet quoted (RFC 4180 with tabs), line breaks in them made blanks."""
    reader = csv.reader(StringIO(text, newline=""), dialect="excel-tab")
    try:
        for cells in reader:
            yield reader.line_num, [cell(c.replace("\r\n", "\n"))[0] for c in cells]
    except csv.Error as error:
        raise InputError(
            f"{name}, line {reader.line_num}: {error}", "save as TSV without quoting, or undo the last save"
        ) from error


def parse_row(columns: tuple[str, ...], cells: list[str], number: int, name: str) -> Row:
    """A row of its cells; where they are not as many as columns, ``InputError`` names line and file."""
    if len(cells) != len(columns):
        raise InputError(
            f"{name}, line {number}: {len(cells)} cells where the header has {len(columns)}",
            "a tab or a line break inside a cell? Save as TSV without quoting",
        )
    known = dict(zip(columns, cells, strict=True))
    extra = tuple((c, known.pop(c)) for c in columns if c not in COLUMNS)
    return Row(**known, extra=extra)


# What stands before the offsets, by the side a flag lies on.
_MARKS: Mapping[Side, str] = {"source": "src ", "target": "", "given": "tgt "}
_SIDES = {mark: side for side, mark in _MARKS.items()}
_STRING = r'"(?:[^"\\]|\\.)*"'
_ITEM = re.compile(
    rf"(?P<check>[\w.-]+) (?P<side>src |tgt )?(?P<start>[0-9]{{1,9}}):(?P<end>[0-9]{{1,9}}) "
    rf"(?P<text>{_STRING})(?: => (?P<fix>{_STRING}))?(?:; (?=[\w.-])|\Z)"
)


def format_flags(flags: Iterable[Flag]) -> str:
    """One item a flag, ``; `` between: check, offsets in the cell, the quoted text, ``=>`` the suggestion.

    Offsets count code points of the ``mt`` cell, or of ``src`` where ``mt`` is empty; ``src`` before them
    says that they count in ``src`` although there is an ``mt``, ``tgt`` that they count in the translation
    that came with the document. Strings are JSON strings.
    """
    return "; ".join(
        f"{_place(f)} {_quote(f.text)}" + (f" => {_quote(f.fix)}" if f.fix is not None else "") for f in flags
    )


def _place(flag: Flag) -> str:
    return f"{flag.check} {_MARKS[flag.side]}{flag.span.start}:{flag.span.end}"


def _quote(text: str) -> str:
    return json.dumps(cell(text)[0], ensure_ascii=False)


def details(flags: Iterable[Flag]) -> list[dict[str, Any]]:
    """What the cell has no room for, one object a flag, for ``data``."""
    return [
        {
            "at": _place(f),
            "category": f.category,
            "severity": f.severity,
            "confidence": round(f.confidence, 3),
            "message": f.message,
            "evidence": dict(f.evidence),
        }
        for f in flags
    ]


def parse_flags(row: Row) -> tuple[Flag, ...]:
    """The row's flags, offsets in its cell (``segment`` is 0); details from ``data`` where they are there.

    Raises:
        InputError: The cell does not parse.
    """
    if not row.flags:
        return ()
    known = _known(row)
    flags, at = [], 0
    while at < len(row.flags):
        match = _ITEM.match(row.flags, at)
        flag = _flag(match) if match else None
        if not match or not flag:
            raise InputError(
                f"row {row.id}: the flags cannot be read from {row.flags[at : at + 40]!r} on",
                'an item is: check start:end "text" => "suggestion", with "; " between',
            )
        more = known.get(_place(flag))
        flags.append(_detailed(flag, more.pop(0)) if more else flag)
        at = match.end()
    return tuple(flags)


def _known(row: Row) -> dict[str, list[dict[str, Any]]]:
    """Details of the row's flags by place, in their order: two flags may share a place."""
    listed = unpack(row.data).get("flags")
    known: dict[str, list[dict[str, Any]]] = {}
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            known.setdefault(str(item.get("at")), []).append(item)
    return known


def _flag(match: re.Match[str]) -> Flag | None:
    """What the cell says; None where a string in it is not JSON."""
    with suppress(ValueError):
        return Flag(
            check=match["check"],
            category="grammar",
            segment=0,
            span=Span(int(match["start"]), int(match["end"])),
            text=json.loads(match["text"]),
            severity="minor",
            message="",
            confidence=0.5,
            fix=json.loads(match["fix"]) if match["fix"] else None,
            side=_SIDES[match["side"] or ""],
        )
    return None


def _detailed(flag: Flag, more: Mapping[str, Any]) -> Flag:
    """The flag with what ``data`` says of it; a person may have edited that, so nothing is taken on trust."""
    category, severity = more.get("category"), more.get("severity")
    confidence, evidence = more.get("confidence"), more.get("evidence")
    return replace(
        flag,
        category=cast("Category", category) if category in CATEGORIES else flag.category,
        severity=cast("Severity", severity) if severity in SEVERITIES else flag.severity,
        message=str(more.get("message", "")),
        confidence=float(confidence) if isinstance(confidence, int | float) else flag.confidence,
        evidence={str(k): str(v) for k, v in evidence.items()} if isinstance(evidence, dict) else {},
    )


def unpack(data: str) -> dict[str, Any]:
    """The ``data`` cell as a dictionary; an unreadable or empty one counts as empty."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def pack(data: Mapping[str, Any]) -> str:
    """A dictionary as a ``data`` cell: keys sorted, so that equal data give equal bytes.

    What a cell may not hold is escaped, so that a lead or a tail comes back as it was.
    """
    plain = _ENCODER.encode(data)
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", plain)


def made(tgt: str) -> str:
    """Fingerprint of the proposed English, kept in ``data`` to see later that a person changed it."""
    return sha256(tgt.encode("utf-8", "surrogatepass")).hexdigest()[:12]
