"""A reviewer's decisions: which rows hold one, and how they survive a re-run."""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import sha256

from aligntool.table import Row, Table, made, pack, unpack

__all__ = ["carry", "is_settled"]

# Keys of the data cell that aligntool writes itself; any other key is somebody's decision.
_PROVENANCE = frozenset({"flags", "lead", "tail", "engine", "made", "fresh"})


_Key = tuple[str, str, int]


def is_settled(row: Row) -> bool:
    """Whether a person decided something here: status, note, another text, or a decision in ``data``."""
    data = unpack(row.data)
    return (
        row.status != "todo"
        or bool(row.note)
        or made(row.tgt) != data.get("made")
        or any(key not in _PROVENANCE for key in data)
    )


def _keys(rows: Iterable[Row]) -> Iterator[tuple[_Key, Row]]:
    """Rows by document, source text and how often that text came before in the document."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        key = (row.doc, row.src or row.mt)
        yield (*key, seen[key]), row
        seen[key] += 1


def carry(old: Table, new: Table) -> Table:
    """The new table with every decision of the old one in its place.

    A row is known by its document and its text. A decision whose sentence is gone stays in the table, near
    where it stood, as a row with a ``conflict`` flag; where the machine now proposes something the reviewer
    has not seen, the proposal goes into ``data`` as ``fresh``.
    """
    former = dict(_keys(old.rows))
    unknown = tuple((column, "") for column in old.columns if column not in new.columns)
    orphans = _orphans(old, {key for key, _ in _keys(new.rows)})
    merged = list(orphans.get(None, ()))
    for key, row in _keys(new.rows):
        merged.append(_settle(former[key], row) if key in former else replace(row, extra=unknown))
        merged += orphans.get(key, ())
    return Table(tuple(merged), old.columns)


def _settle(old: Row, new: Row) -> Row:
    """The new row, with what a person decided on the old one."""
    if not is_settled(old):
        return replace(new, extra=old.extra)
    data, before = unpack(new.data), unpack(old.data)
    unseen = "fresh" in before or before.get("made") not in {None, data.get("made")}
    if unseen and new.tgt != old.tgt:
        data["fresh"] = new.tgt
    data |= {k: v for k, v in before.items() if k not in _PROVENANCE}
    return replace(new, tgt=old.tgt, status=old.status, note=old.note, data=pack(data), extra=old.extra)


def _orphans(old: Table, alive: AbstractSet[_Key]) -> dict[_Key | None, list[Row]]:
    """Settled rows whose sentence is gone, by the kept row they stood behind (None: at the top)."""
    found: dict[_Key | None, list[Row]] = {}
    behind: _Key | None = None
    for key, row in _keys(old.rows):
        if key in alive:
            behind = key
        elif is_settled(row):
            found.setdefault(behind, []).append(_conflict(row))
    return found


def _conflict(row: Row) -> Row:
    if row.flags.startswith("conflict "):
        return row
    number = sha256(row.src.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    data = unpack(row.data)
    reason = "the document no longer holds this sentence; the decision made for it is kept here"
    data["flags"] = [{"at": "conflict 0:0", "category": "accuracy", "severity": "major", "message": reason}]
    return replace(
        row,
        id=f"{row.doc}:gone-{number}",
        src_ids="",
        tgt_ids="",
        flags='conflict 0:0 ""',
        data=pack(data),
    )
