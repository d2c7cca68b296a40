"""The aligned TSV: rows read and written byte-stable, flags readable and parsable in a cell."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any, cast

from aligntool.errors import InputError
from aligntool.records import CATEGORIES, Category, Flag, Severity, Span

__all__ = [
    "COLUMNS",
    "STATUSES",
    "Row",
    "Table",
    "cell",
    "details",
    "format_flags",
    "made",
    "pack",
    "parse_flags",
    "read",
    "unpack",
    "write",
]

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
        mt: The machine's English as it came; empty when ``src`` itself is machine-made English.
        tgt: The clean English.
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


def cell(text: str) -> tuple[str, int]:
    """The text as a cell may hold it, and how many characters became a blank (tabs, line ends, controls)."""
    return _FORBIDDEN.subn(" ", text)


def write(table: Table) -> str:
    """The file's content: a header, a line a row, LF, no quoting; forbidden characters become blanks."""
    lines = ["\t".join(table.columns)]
    for row in table.rows:
        extra = dict(row.extra)
        cells = (extra[c] if c in extra else getattr(row, c) for c in table.columns)
        lines.append("\t".join(cell(c)[0] for c in cells))
    return "\n".join(lines) + "\n"


def read(text: str, name: str = "the table") -> Table:
    """Parse a file's content; ``write(read(s)) == s`` for every file that aligntool wrote.

    Args:
        text: The content; a byte order mark and CR before LF are accepted.
        name: What to call it in errors.

    Raises:
        InputError: No header, a column missing, or a row with another number of cells (the line is named).
    """
    head, *lines = text.removeprefix("\ufeff").removesuffix("\n").split("\n")
    columns = tuple(head.removesuffix("\r").split("\t"))
    missing = [c for c in COLUMNS if c not in columns]
    if missing:
        raise InputError(
            f"{name} is not an aligned TSV: no column {', '.join(missing)}", f"expected: {' '.join(COLUMNS)}"
        )
    if len(set(columns)) < len(columns):
        raise InputError(f"{name}: a column stands twice in the header", "rename one of the two")
    return Table(tuple(_row(columns, line, number, name) for number, line in enumerate(lines, 2)), columns)


def _row(columns: tuple[str, ...], line: str, number: int, name: str) -> Row:
    cells = line.removesuffix("\r").split("\t")
    if len(cells) != len(columns):
        raise InputError(
            f"{name}, line {number}: {len(cells)} cells where the header has {len(columns)}",
            "a tab or a line break inside a cell? Save as TSV without quoting",
        )
    known = dict(zip(columns, cells, strict=True))
    extra = tuple((c, known.pop(c)) for c in columns if c not in COLUMNS)
    return Row(**known, extra=extra)


_STRING = r'"(?:[^"\\]|\\.)*"'
_ITEM = re.compile(
    rf"(?P<check>[\w.-]+) (?P<side>src )?(?P<start>\d+):(?P<end>\d+) (?P<text>{_STRING})"
    rf"(?: => (?P<fix>{_STRING}))?"
)


def format_flags(flags: Iterable[Flag]) -> str:
    """One item a flag, ``; `` between: check, offsets in the cell, the quoted text, ``=>`` the suggestion.

    Offsets count code points of the ``mt`` cell, or of ``src`` where ``mt`` is empty; ``src`` before them
    says that they count in ``src`` although there is an ``mt``. Strings are JSON strings.
    """
    return "; ".join(
        f"{f.check} {'src ' * (f.side == 'source')}{f.span.start}:{f.span.end} {_quote(f.text)}"
        + (f" => {_quote(f.fix)}" if f.fix is not None else "")
        for f in flags
    )


def _quote(text: str) -> str:
    return json.dumps(cell(text)[0], ensure_ascii=False)


def details(flags: Iterable[Flag]) -> list[dict[str, Any]]:
    """What the cell has no room for, one object a flag, for ``data``."""
    return [
        {
            "at": f"{f.check} {f.span.start}:{f.span.end}",
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
    known = {d.get("at"): d for d in unpack(row.data).get("flags", []) if isinstance(d, dict)}
    flags, at = [], 0
    while at < len(row.flags):
        match = _ITEM.match(row.flags, at)
        if not match:
            raise InputError(
                f"row {row.id}: the flags cannot be read from {row.flags[at : at + 40]!r} on",
                'an item is: check start:end "text" => "suggestion", with "; " between',
            )
        flags.append(_flag(match, known))
        at = match.end() + 2
    return tuple(flags)


def _flag(match: re.Match[str], known: Mapping[Any, dict[str, Any]]) -> Flag:
    check, span = match["check"], Span(int(match["start"]), int(match["end"]))
    more = known.get(f"{check} {span.start}:{span.end}", {})
    category = more.get("category", "grammar")
    return Flag(
        check=check,
        category=cast("Category", category if category in CATEGORIES else "grammar"),
        segment=0,
        span=span,
        text=json.loads(match["text"]),
        severity=cast("Severity", more.get("severity", "minor")),
        message=str(more.get("message", "")),
        confidence=float(more.get("confidence", 0.5)),
        fix=json.loads(match["fix"]) if match["fix"] else None,
        evidence={str(k): str(v) for k, v in dict(more.get("evidence", {})).items()},
        side="source" if match["side"] else "target",
    )


def unpack(data: str) -> dict[str, Any]:
    """The ``data`` cell as a dictionary; an unreadable or empty one counts as empty."""
    try:
        value = json.loads(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def pack(data: Mapping[str, Any]) -> str:
    """A dictionary as a ``data`` cell: keys sorted, so that equal data give equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def made(tgt: str) -> str:
    """Fingerprint of the proposed English, kept in ``data`` to see later that a person changed it."""
    return sha256(tgt.encode("utf-8", "surrogatepass")).hexdigest()[:12]
