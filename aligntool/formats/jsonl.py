"""JSON Lines: an object a row, flags and data as objects instead of text in a cell."""

import json
import re
from typing import Any, cast, get_args

from aligntool.codec import TableFormat
from aligntool.errors import InputError
from aligntool.records import CATEGORIES, SEVERITIES, Category, Flag, Severity, Side, Span
from aligntool.table import COLUMNS, Row, Table, cell, details, format_flags, pack, parse_flags, unpack

__all__ = ["PLUGIN"]

_PLAIN = tuple(column for column in COLUMNS if column not in {"flags", "data"})


def _write(table: Table) -> str:
    """Keys in the order of the columns, unknown columns last."""
    return "".join(f"{_line(_object(row))}\n" for row in table.rows)


# Line ends for some readers, and what UTF-8 cannot hold: escaped, so that a line stays a line.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _line(one: dict[str, Any]) -> str:
    plain = json.dumps(one, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", plain)


def _object(row: Row) -> dict[str, Any]:
    data = unpack(row.data)
    data.pop("flags", None)
    found: dict[str, Any] = {column: getattr(row, column) for column in _PLAIN}
    return found | {"flags": [_expanded(f) for f in parse_flags(row)], "data": data} | dict(row.extra)


def _expanded(flag: Flag) -> dict[str, Any]:
    return {
        "check": flag.check,
        "side": flag.side,
        "start": flag.span.start,
        "end": flag.span.end,
        "text": flag.text,
        "fix": flag.fix,
        "category": flag.category,
        "severity": flag.severity,
        "confidence": round(flag.confidence, 3),
        "message": flag.message,
        "evidence": dict(flag.evidence),
    }


def _read(text: str, name: str) -> Table:
    """Missing keys are empty cells; keys that are no column become columns."""
    objects = [
        (number, _loaded(line, number, name))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    unknown = tuple(dict.fromkeys(key for _, one in objects for key in one if key not in COLUMNS))
    rows = (_row(one, unknown, f"{name}, line {number}") for number, one in objects)
    return Table(tuple(rows), (*COLUMNS, *unknown))


def _loaded(line: str, number: int, name: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}, line {number}: {error}", "every line must be one JSON object") from error
    if not isinstance(found, dict):
        raise InputError(f"{name}, line {number} is no object", "every line must be one JSON object")
    return {cell(key)[0]: value for key, value in found.items()}


def _row(one: dict[str, Any], unknown: tuple[str, ...], place: str) -> Row:
    try:
        flags = tuple(_flag(item) for item in one.get("flags", []))
        data = dict(one.get("data", {}))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise InputError(
            f"{place}: flags or data cannot be read: {error!r}",
            "flags: a list of objects with check, start, end and text; data: an object",
        ) from error
    if flags:
        data["flags"] = details(flags)
    cells = {column: _text(one[column]) for column in _PLAIN if column in one}
    extra = tuple((column, _text(one.get(column, ""))) for column in unknown)
    row = Row(**cells, flags=format_flags(flags), data=pack(data), extra=extra)
    parse_flags(
        row
    )  # an item that a cell cannot hold (a negative offset, a check named in words) is an error
    return row


def _flag(item: dict[str, Any]) -> Flag:
    category, severity, fix = item.get("category"), item.get("severity"), item.get("fix")
    return Flag(
        check=_text(item["check"]),
        category=cast("Category", category) if category in CATEGORIES else "grammar",
        segment=0,
        span=Span(int(item["start"]), int(item["end"])),
        text=_text(item["text"]),
        severity=cast("Severity", severity) if severity in SEVERITIES else "minor",
        message=_text(item.get("message", "")),
        confidence=float(item.get("confidence", 0.5)),
        fix=_text(fix) if fix is not None else None,
        evidence={str(key): str(value) for key, value in item.get("evidence", {}).items()},
        side=item["side"] if item.get("side") in get_args(Side) else "target",
    )


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A value as a cell: text as it is, anything else as JSON writes it."""
    return cell(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[0]


PLUGIN = TableFormat(
    "jsonl", (".jsonl", ".ndjson"), "JSON Lines: an object a row, flags expanded", _read, _write
)
