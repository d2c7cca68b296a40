"""What was decided here and what was done to the file meanwhile, put together row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from aligntool.decisions import disputed, gone, is_settled, keyed
from aligntool.review.deeds import Splice
from aligntool.table import Row, pack, unpack

__all__ = ["Merged", "between", "merge"]

_Key = tuple[str, str, int]
_MACHINE = ("id", "doc", "src_lang", "tgt_lang", "src_ids", "tgt_ids", "src", "mt", "score", "flags")
_LOST = "the file no longer holds this sentence; what you decided for it is kept here"
_REGROUPED = "this row was merged, split or shifted here while it was changed in the file"


class Merged(NamedTuple):
    """Rows put together, and the names of those in which decisions contradict."""

    rows: tuple[Row, ...]
    conflicts: tuple[str, ...]


def merge(base: Iterable[Row], mine: Iterable[Row], theirs: Iterable[Row]) -> Merged:
    """Three-way merge by row; a row is known by its document and its text, as in a re-run.

    What only one side changed is taken from it. Where both decided differently, the row keeps what was
    decided here and the other decision stands beside it as a conflict. A row decided here that the file no
    longer holds stays as a conflict near where it stood.

    Args:
        base: The rows both sides started from.
        mine: As they are here.
        theirs: As they are in the file.
    """
    old, own, come = dict(keyed(base)), dict(keyed(mine)), dict(keyed(theirs))
    # What was regrouped here and is as it was in the file makes way.
    away = {k for k, row in come.items() if k in old and k not in own and _decision(row) == _decision(old[k])}
    taken = {row.id for key, row in come.items() if key not in away}
    clashes: list[str] = []
    kept = _kept(old, own, come, taken, clashes)
    result = list(kept.get(None, ()))
    for key, row in come.items():
        if key in own:
            result.append(_both(old.get(key), own[key], row, clashes))
        elif key not in away:
            result.append(_regrouped(row, taken, clashes) if key in old else row)
        result += kept.get(key, ())
    return Merged(tuple(result), tuple(clashes))


def _kept(
    old: Mapping[_Key, Row],
    own: Mapping[_Key, Row],
    come: Mapping[_Key, Row],
    taken: set[str],
    clashes: list[str],
) -> dict[_Key | None, list[Row]]:
    """Rows that only this side has, by the row of the file they stand behind (None: at the top)."""
    found: dict[_Key | None, list[Row]] = {}
    behind: _Key | None = None
    # Rows that were merged or cut here still stand in the file: what was made of them belongs behind them.
    parents = _parents(old, own, come)
    for key, row in own.items():
        if key in come:
            behind = key
            continue
        if key not in old:
            kept = replace(row, id=_free(row.id, taken))
        elif _decision(row) != _decision(old[key]):
            kept = gone(row, taken, _LOST)
            clashes.append(kept.id)
        else:
            continue
        taken.add(kept.id)
        behind = parents.get(key, behind)
        found.setdefault(behind, []).append(kept)
    return found


def _parents(old: Mapping[_Key, Row], own: Mapping[_Key, Row], come: Mapping[_Key, Row]) -> dict[_Key, _Key]:
    """Of rows made here: the row of the file that had their name."""
    named = {row.id: key for key, row in old.items() if key in come and key not in own}
    return {key: named[row.id] for key, row in own.items() if key not in old and row.id in named}


def _free(name: str, taken: set[str]) -> str:
    return next(n for n in (name, *(f"{name}.{i}" for i in range(2, 100)), f"{name}.x") if n not in taken)


def _regrouped(row: Row, taken: set[str], clashes: list[str]) -> Row:
    kept = gone(row, taken - {row.id}, _REGROUPED)
    taken.add(kept.id)
    clashes.append(kept.id)
    return kept


def _decision(row: Row) -> tuple[object, ...]:
    """What a person may have decided in a row."""
    data = unpack(row.data)
    return row.tgt, row.status, row.note, row.extra, data.get("settled"), data.get("theirs")


def _both(base: Row | None, mine: Row, theirs: Row, clashes: list[str]) -> Row:
    """A row both sides have."""
    start = base or replace(mine, tgt="", status="todo", note="", extra=())
    if mine in {start, theirs}:
        return theirs
    if theirs == start:
        return mine
    machine = {c: getattr(theirs if getattr(theirs, c) != getattr(start, c) else mine, c) for c in _MACHINE}
    former, own = dict(start.extra), dict(mine.extra)
    extra = tuple((c, _one(former.get(c, ""), own.get(c, ""), value)) for c, value in theirs.extra)
    data = _data(unpack(start.data), unpack(mine.data), unpack(theirs.data))
    row = replace(mine, **machine, note=_notes(start.note, mine.note, theirs.note), extra=extra)
    ours, other, before = _verdict(mine), _verdict(theirs), _verdict(start)
    if ours in {before, other}:
        return replace(row, tgt=theirs.tgt, status=theirs.status, data=pack(data))
    if other == before:
        return replace(row, data=pack(data))
    if not is_settled(theirs):
        # A re-run proposes something else; nobody decided it.
        return replace(row, data=pack(data | ({"fresh": theirs.tgt} if theirs.tgt != mine.tgt else {})))
    clashes.append(row.id)
    return disputed(replace(row, data=pack(data)), {"tgt": theirs.tgt, "status": theirs.status})


def _verdict(row: Row) -> tuple[str, str]:
    """Text and status are one decision: who accepts accepts what he sees."""
    return row.tgt, row.status


def _one(base: Any, mine: Any, theirs: Any) -> Any:  # noqa: ANN401 - a cell, or a value in data
    """What this side changed, else what the file has."""
    return theirs if mine == base else mine


def _notes(base: str, mine: str, theirs: str) -> str:
    """Two remarks about one row are both kept."""
    if mine in {base, theirs}:
        return theirs
    return mine if theirs == base else f"{mine} / {theirs}"


def _data(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Key by key: what this side changed, else what the file has; settled flags one by one."""
    result: dict[str, Any] = {}
    for key in dict.fromkeys([*theirs, *mine]):
        values = base.get(key), mine.get(key), theirs.get(key)
        if key == "settled" and all(isinstance(value, dict) for value in values[1:]):
            value: Any = _settled(*(v if isinstance(v, dict) else {} for v in values))
        else:
            value = _one(*values)
        if value is not None:
            result[key] = value
    return result


def _settled(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Flags settled on either side; one that was settled differently is open again."""
    merged = _data(base, mine, theirs)
    clash = {key for key in mine.keys() & theirs.keys() if mine[key] != theirs[key] and key not in base}
    return {key: how for key, how in merged.items() if key not in clash}


def between(old: tuple[Row, ...], new: tuple[Row, ...]) -> tuple[Splice, ...]:
    """What makes the new rows of the old ones: from the first that differs to the last."""
    least = min(len(old), len(new))
    start = next((i for i in range(least) if old[i] != new[i]), least)
    rest = least - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    if start == len(old) == len(new):
        return ()
    return (Splice(start, old[start : len(old) - end], new[start : len(new) - end]),)
