"""The aligned tables that paths name, and what is open in each."""

import codecs
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from aligntool import table
from aligntool.errors import InputError
from aligntool.files import read_text, walk
from aligntool.review.openness import facts
from aligntool.table import COLUMNS, Row

__all__ = ["Standing", "content", "digest", "header", "standing", "tables"]

_PIECE = 1 << 20


def tables(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the aligned TSVs in the folders named.

    Raises:
        InputError: A path does not exist, or there is no aligned TSV.
    """
    given = list(paths)
    found = [path for path, _ in walk(given) if path in given or (path.suffix == ".tsv" and _aligned(path))]
    if not found:
        raise InputError(
            f"no aligned TSV in {', '.join(map(str, given))}",
            "translate one first: -o aligned/",
        )
    return found


def content(path: Path) -> bytes:
    """The text of a table in UTF-8, as bytes: a large one is not held twice.

    Raises:
        InputError: It cannot be read, or is no text (``read_text``).
    """
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    if data.strip() and b"\0" not in data and _is_utf8(data):
        return data.removeprefix(codecs.BOM_UTF8)
    return read_text(path).encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE], final=at + _PIECE >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits; "" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _aligned(path: Path) -> bool:
    return set(COLUMNS) <= set(header(path))


def header(path: Path) -> tuple[str, ...]:
    """The columns of a table; none where it cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.readline(10_000).decode("utf-8", "replace")
    except OSError:
        return ()
    return tuple(head.lstrip("\ufeff").rstrip("\r\n").replace('"', "").split("\t"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the review of a document has come.

    Attributes:
        document: Its name.
        rows: Number of rows.
        statuses: Rows by status.
        flags: Open flags.
        conflicts: Rows that hold two decisions.
        checks: Rows with open flags, by check.
    """

    document: str
    rows: int
    statuses: dict[str, int]
    flags: int
    conflicts: int
    checks: dict[str, int]


def standing(path: Path) -> list[Standing]:
    """What is open in a table, a document each, as the file says.

    Raises:
        InputError: It is no aligned TSV.
    """
    rows = table.read(read_text(path), str(path)).rows
    return [_counted(doc, tuple(some)) for doc, some in groupby(rows, lambda row: row.doc)]


def _counted(doc: str, rows: tuple[Row, ...]) -> Standing:
    every = [facts(row) for row in rows]
    return Standing(
        doc,
        len(rows),
        dict(Counter(row.status for row in rows)),
        sum(one.open for one in every),
        sum(one.conflict for one in every),
        dict(Counter(check for one in every for check in sorted(one.checks)).most_common()),
    )
