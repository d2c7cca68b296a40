"""What was done, on disk before anybody is told that it is done: SQLite beside the table."""

import fcntl
import json
import os
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from aligntool.errors import InputError, OutputError
from aligntool.review.deeds import Splice
from aligntool.review.session import Change, Stamp
from aligntool.table import COLUMNS, Row

__all__ = ["Draft", "Journal", "Lock", "Sync", "journal_path"]

_VERSION = 1
# What a page sends along with what was typed: the draft has done its work then.
_WITH_TEXT = frozenset({"accept", "edit", "reject"})
_SCHEMA = """
CREATE TABLE IF NOT EXISTS base (one INTEGER PRIMARY KEY CHECK (one = 1), content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS log (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, "by" TEXT NOT NULL,
  at TEXT NOT NULL, of INTEGER NOT NULL, splices BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sync (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL,
  sha TEXT NOT NULL, content BLOB);
CREATE TABLE IF NOT EXISTS draft (id TEXT PRIMARY KEY, version INTEGER NOT NULL, text TEXT NOT NULL);
"""


def journal_path(table: Path, reviewer: str = "") -> Path:
    """Where the journal of a reviewer of a table lies: hidden, beside it."""
    name = re.sub(r"[^\w-]", "_", reviewer)
    return table.with_name(f".{table.name}{f'.{name}' if name else ''}.review.db")


class Sync(NamedTuple):
    """When the journal and the file last agreed.

    Attributes:
        number: The last change that the file holds.
        sha: SHA-256 of the file then.
        content: The file then, in UTF-8; None where it is what the changes up to that number make.
    """

    number: int
    sha: str
    content: bytes | None


class Draft(NamedTuple):
    """What somebody typed and did not save."""

    version: int
    text: str


class Lock:
    """Held by the one process that may write to a journal; the system frees it when the process dies."""

    def __init__(self, journal: Path) -> None:
        self._path = journal.with_name(f"{journal.name}.lock")
        self._handle = -1

    def take(self) -> bool:
        """Whether this process has it now."""
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.free()
            return False
        except OSError as error:
            raise OutputError(
                f"{self._path} cannot be written: {error.strerror}", "look without changing: --read-only"
            ) from error
        return True

    def free(self) -> None:
        """Let the next one have it."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class Journal:
    """The changes of a review, append-only, and the drafts.

    Args:
        path: Where it lies or shall lie.

    Raises:
        InputError: What lies there is no journal of this program.
        OutputError: It cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            # SQLite gives its own files beside it the same permissions.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            path.chmod(0o600)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._prepare()
        except OSError as error:
            raise OutputError(
                f"{path} cannot be written: {error.strerror}", "look without changing: --read-only"
            ) from error
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path} cannot be used: {error}", "move it away and start again") from error

    def _prepare(self) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found not in {0, _VERSION}:
            raise InputError(
                f"{self.path} was written by another version of aligntool", "finish that review with it"
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {_VERSION}")

    def is_new(self) -> bool:
        """Whether it does not know yet which table it belongs to."""
        return self._db.execute("SELECT 1 FROM base").fetchone() is None

    def start(self, base: bytes, sha: str) -> None:
        """Begin with a table: its content in UTF-8, and the SHA-256 of that.

        Raises:
            OutputError: The disk is full.
        """
        with self._commit():
            self._db.execute("INSERT INTO base VALUES (1, ?)", (_packed(base),))
            self._db.execute("INSERT INTO sync VALUES (1, 0, ?, NULL)", (sha,))

    def _commit(self) -> "_Transaction":
        return _Transaction(self._db)

    def close(self) -> None:
        """Fold everything into one file."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()

    def base(self) -> bytes:
        """The table as the review began."""
        return _unpacked(self._db.execute("SELECT content FROM base").fetchone()[0])

    def changes(self, upto: int | None = None) -> Iterator[Change]:
        """Everything done, oldest first."""
        limit = -1 if upto is None else upto
        what = 'SELECT number, kind, "by", at, of, splices FROM log'
        query = f"{what} WHERE ? < 0 OR number <= ? ORDER BY number"
        for number, kind, by, at, of, splices in self._db.execute(query, (limit, limit)):
            listed = json.loads(_unpacked(splices))
            yield Change(number, kind, Stamp(by, at), tuple(_splice(one) for one in listed), of)

    def append(self, change: Change) -> None:
        """Write a change down; when this returns, no crash can undo it.

        Raises:
            OutputError: The disk is full, or the journal is gone; the change did not happen.
        """
        listed = [[s.at, [_cells(r) for r in s.old], [_cells(r) for r in s.new]] for s in change.splices]
        record = (change.number, change.kind, *change.stamp, change.of, _packed(json.dumps(listed).encode()))
        with self._commit():
            self._db.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", record)
            touched = {row.id for splice in change.splices for row in splice.old}
            gone = [(name,) for name in touched] if change.kind in _WITH_TEXT else []
            self._db.executemany("DELETE FROM draft WHERE id = ?", gone)

    def sync(self) -> Sync:
        """When file and journal last agreed."""
        number, sha, content = self._db.execute("SELECT number, sha, content FROM sync").fetchone()
        return Sync(number, sha, None if content is None else _unpacked(content))

    def synced(self, now: Sync) -> None:
        """Note that file and journal agree."""
        content = None if now.content is None else _packed(now.content)
        with self._commit():
            self._db.execute(
                "UPDATE sync SET number = ?, sha = ?, content = ?", (now.number, now.sha, content)
            )

    def draft(self, name: str, version: int, text: str | None) -> None:
        """Keep what somebody is typing; None forgets it."""
        with self._commit():
            if text is None:
                self._db.execute("DELETE FROM draft WHERE id = ?", (name,))
            else:
                self._db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (name, version, text))

    def drafts(self) -> dict[str, Draft]:
        """What was typed and not saved, by the row's name."""
        found = self._db.execute("SELECT id, version, text FROM draft")
        return {name: Draft(version, text) for name, version, text in found}


class _Transaction:
    """Begins, and commits or rolls back; a full disk is told as such."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._run("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._run("COMMIT" if kind is None else "ROLLBACK")

    def _run(self, command: str) -> None:
        try:
            self._db.execute(command)
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise OutputError(f"the journal cannot be written: {error}", "is the disk full?") from error


def _packed(content: bytes) -> bytes:
    return zlib.compress(content, 1)


def _unpacked(data: bytes) -> bytes:
    return zlib.decompress(data)


def _cells(row: Row) -> list[Any]:
    return [*(getattr(row, column) for column in COLUMNS), [list(pair) for pair in row.extra]]


def _row(cells: list[Any]) -> Row:
    *known, extra = cells
    return Row(**dict(zip(COLUMNS, known, strict=True)), extra=tuple((c, v) for c, v in extra))


def _splice(listed: list[Any]) -> Splice:
    at, old, new = listed
    return Splice(at, tuple(map(_row, old)), tuple(map(_row, new)))
