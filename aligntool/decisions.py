"""A reviewer's decisions: which rows hold one, and how they survive a re-run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import sha256
from itertools import count

from aligntool.regrouping import followed
from aligntool.table import Row, Table, made, pack, unpack

__all__ = ["carry", "disputed", "gone", "is_settled", "keyed"]

# Keys of the data cell that aligntool writes itself; any other key is somebody's decision.
_PROVENANCE = frozenset(
    {"flags", "lead", "tail", "engine", "made", "fresh", "memory"}
    | {"aligner", "cuts", "links", "moved", "review"}
)


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


def keyed(rows: Iterable[Row]) -> list[tuple[_Key, Row]]:
    """Rows by document, text and how often that text came before in the document.

    Rows that stand for no sentence any more are counted after all that do: a returned sentence takes up its
    own decision first, wherever the conflict stands.
    """
    seen: Counter[tuple[str, str]] = Counter()
    keyed: list[tuple[_Key, Row]] = []
    for row in rows:
        key = (row.doc, _text(row))
        keyed.append(((*key, seen[key]), row))
        seen[key] += not _is_gone(row)
    for at, ((doc, text, _), row) in enumerate(keyed):
        if _is_gone(row):
            keyed[at] = (doc, text, seen[doc, text]), row
            seen[doc, text] += 1
    return keyed


def _text(row: Row) -> str:
    """What a row is known by: a given sentence that has no original, by the print of how it was given."""
    return row.src or row.mt or str(unpack(row.data).get("made", ""))


def _is_gone(row: Row) -> bool:
    return not row.src_ids and not row.tgt_ids


def carry(old: Table, new: Table) -> Table:
    """The new table with every decision of the old one in its place.

    A row is known by its document and its text. A decision whose sentence is gone stays in the table, near
    where it stood, as a row with a ``conflict`` flag; where the machine now proposes something the reviewer
    has not seen, the proposal goes into ``data`` as ``fresh``. Rows merged or split by hand are grouped like
    that again. Carrying the result again changes nothing.
    """
    former, latter = dict(keyed(old.rows)), keyed(followed(old.rows, new.rows))
    unknown = tuple((column, "") for column in old.columns if column not in new.columns)
    orphans = _orphans(old, {key for key, _ in latter})
    merged = list(orphans.get(None, ()))
    for key, row in latter:
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
    kept = replace(new, tgt=old.tgt, status=old.status, note=old.note, data=pack(data), extra=old.extra)
    if isinstance(before.get("theirs"), dict):
        return disputed(kept, before["theirs"])
    # The machine came to propose what a person wrote: without a status, nothing would tell the two apart.
    if not is_settled(kept) and made(old.tgt) != before.get("made", made(old.tgt)):
        return replace(kept, status="edited")
    return kept


def _orphans(old: Table, alive: AbstractSet[_Key]) -> dict[_Key | None, list[Row]]:
    """Rows with a person's work and no sentence any more, by the kept row they stood behind (None: top)."""
    found: dict[_Key | None, list[Row]] = {}
    taken = {row.id for row in old.rows}
    behind: _Key | None = None
    for key, row in keyed(old.rows):
        if key in alive:
            behind = key
        elif is_settled(row) or any(value for _, value in row.extra):
            kept = gone(row, taken)
            taken.add(kept.id)
            found.setdefault(behind, []).append(kept)
    return found


def gone(
    row: Row,
    taken: AbstractSet[str],
    reason: str = "the document no longer holds this sentence; the decision made for it is kept here",
) -> Row:
    """A row that stands for no sentence any more: marked as a conflict, its texts and decisions kept.

    Args:
        row: The row.
        taken: Names of rows that are taken.
        reason: Why, in one sentence.
    """
    if _is_gone(row):
        return row
    data = unpack(row.data)
    data["flags"] = [{"at": "conflict 0:0", "category": "accuracy", "severity": "major", "message": reason}]
    return replace(
        row,
        id=next(name for name in _names(row) if name not in taken),
        src_ids="",
        tgt_ids="",
        flags='conflict 0:0 ""',
        data=pack(data),
    )


def disputed(row: Row, theirs: Mapping[str, object]) -> Row:
    """The row with another decision that was made for it elsewhere, marked as a conflict.

    Args:
        row: The row with the decision that stands.
        theirs: The other decision, by column; kept in ``data`` until a person has chosen.
    """
    data = unpack(row.data)
    if data.get("theirs") == theirs and row.flags.startswith("conflict "):
        return row
    reason = "two people decided differently here; the other decision is kept in data.theirs"
    clash = {"at": "conflict 0:0", "category": "accuracy", "severity": "major", "message": reason}
    listed = data.get("flags")
    flags = listed if isinstance(listed, list) else []
    data |= {"flags": [clash, *flags], "theirs": dict(theirs)}
    item = 'conflict 0:0 ""'
    return replace(row, flags=f"{item}; {row.flags}" if row.flags else item, data=pack(data))


def _names(row: Row) -> Iterator[str]:
    """Names for a row without a number, told by its text; a text that vanished before has taken the first."""
    for time in count():
        digest = sha256(f"{time} {_text(row)}".encode("utf-8", "surrogatepass")).hexdigest()
        yield f"{row.doc}:gone-{digest[:6]}"
