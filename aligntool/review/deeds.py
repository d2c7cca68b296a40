"""What a reviewer can do to a row, each as rows taken out and rows put in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from aligntool import regrouping
from aligntool.edits import compare
from aligntool.errors import AligntoolError
from aligntool.records import Flag
from aligntool.regrouping import Cuts
from aligntool.review.openness import CONFLICT, keyed_flags, settlements
from aligntool.table import Row, cell, details, format_flags, made, pack, parse_flags, unpack

__all__ = ["KINDS", "Deed", "RefusedError", "Splice", "splices"]

_Stamp = tuple[str, str]
_NOWHERE = Cuts(0, 0, 0)


class RefusedError(AligntoolError):
    """A deed that cannot be done as things stand; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a reviewer wants done.

    Attributes:
        kind: One of ``KINDS``.
        id: Name of the row.
        text: The final text (``edit``, and where given ``accept`` and ``reject``), or the ``note``.
        flag: Which flag (``fix``, ``dismiss``, ``reopen``): its key.
        cuts: Where to ``split``.
    """

    kind: str
    id: str
    text: str | None = None
    flag: str = ""
    cuts: Cuts = _NOWHERE


class Splice(NamedTuple):
    """Rows that make way for others at a place.

    Attributes:
        at: Index of the first, where nothing was taken out (else the rows themselves are looked for).
        old: The rows taken out.
        new: The rows put in.
    """

    at: int
    old: tuple[Row, ...]
    new: tuple[Row, ...]

    def reversed(self) -> "Splice":
        """What takes this back."""
        return Splice(self.at, self.new, self.old)


def splices(rows: Sequence[Row], places: Mapping[str, int], deed: Deed, stamp: _Stamp) -> tuple[Splice, ...]:
    """What a deed changes.

    Args:
        rows: All rows.
        places: Their indices by name.
        deed: What is wanted; its row is there.
        stamp: Who and when.

    Raises:
        RefusedError: It cannot be done.
    """
    at = places[deed.id]
    if deed.kind in _ROW:
        row = rows[at]
        new = _ROW[deed.kind](row, deed)
        return (Splice(at, (row,), (_stamped(new, stamp),) if new else ()),)
    if deed.kind in _GROUP:
        return (_GROUP[deed.kind](rows, places, deed, stamp),)
    raise RefusedError(f"{deed.kind!r} is nothing that can be done", f"known: {', '.join(KINDS)}")


def _stamped(row: Row, stamp: _Stamp) -> Row:
    return replace(row, data=pack(unpack(row.data) | {"reviewed": {"by": stamp[0], "at": stamp[1]}}))


def _with_data(row: Row, **change: Any) -> Row:  # noqa: ANN401 - any JSON value
    """The row with keys of ``data`` set, or dropped where None or empty."""
    data = unpack(row.data) | change
    return replace(row, data=pack({key: value for key, value in data.items() if value or key not in change}))


def _changed(row: Row, text: str | None) -> Row:
    return row if text is None else replace(row, tgt=cell(text)[0].strip())


def _decided(row: Row) -> Row:
    """Accepted: ``ok`` where the English is what was proposed, else ``edited``."""
    same = made(row.tgt) == unpack(row.data).get("made")
    return replace(row, status="ok" if same else "edited")


def _accept(row: Row, deed: Deed) -> Row:
    return _decided(_changed(row, deed.text))


def _reject(row: Row, deed: Deed) -> Row:
    return replace(_changed(row, deed.text), status="rejected")


def _reopened(row: Row, deed: Deed) -> Row:
    if deed.flag:
        kept = {key: how for key, how in settlements(row).items() if key != deed.flag}
        return _with_data(row, settled=kept)
    return replace(row, status="todo")


def _note(row: Row, deed: Deed) -> Row:
    return replace(row, note=cell(deed.text or "")[0].strip())


def _flag(row: Row, deed: Deed) -> Flag:
    found = keyed_flags(row).get(deed.flag)
    if found is None:
        raise RefusedError(f"row {row.id} has no flag {deed.flag}", "look at the row again")
    return found


def _dismiss(row: Row, deed: Deed) -> Row | None:
    """The flag is wrong here, or the conflict is settled as the row stands."""
    flag = _flag(row, deed)
    if flag.check == CONFLICT:
        return None if not row.src_ids and not row.tgt_ids else _agreed(row, flag)
    return _with_data(row, settled=settlements(row) | {deed.flag: "dismissed"})


def _agreed(row: Row, conflict: Flag) -> Row:
    kept = [flag for flag in parse_flags(row) if flag != conflict]
    return _with_data(
        replace(row, flags=format_flags(kept)), flags=details(kept) if kept else None, theirs=None
    )


def _fix(row: Row, deed: Deed) -> Row:
    """Put the flag's suggestion into the English (where it is not there already)."""
    flag = _flag(row, deed)
    if flag.check == CONFLICT:
        theirs = unpack(row.data).get("theirs")
        cells = {k: str(v) for k, v in theirs.items()} if isinstance(theirs, dict) else {}
        theirs_now = replace(
            row,
            tgt=cells.get("tgt", row.tgt),
            status=cells.get("status", row.status),
            note=cells.get("note", row.note),
        )
        return _agreed(theirs_now, flag)
    if flag.fix is None:
        raise RefusedError("this flag suggests nothing", "edit the text, or dismiss the flag")
    text = _mended(row, flag)
    status = row.status if text == row.tgt else "todo" if row.status == "ok" else row.status
    return _with_data(
        replace(row, tgt=text, status=status), settled=settlements(row) | {deed.flag: "accepted"}
    )


def _mended(row: Row, flag: Flag) -> str:
    """The English with the flag's fix in the place that it points to, as far as that still stands there."""
    assert flag.fix is not None
    source = row.mt or row.src
    shift = 0
    for edit in compare(source, row.tgt):
        if edit.span.end <= flag.span.start:
            shift += edit.at.size - edit.span.size
        elif edit.span.start < flag.span.end or not flag.span.size:
            break
    # Flags on a translation that was given count in it as it was.
    start, end = flag.span if flag.side == "given" else (flag.span.start + shift, flag.span.end + shift)
    if flag.side != "source" and row.tgt[start:end] == flag.text:
        return row.tgt[:start] + flag.fix + row.tgt[end:]
    if flag.text and row.tgt.count(flag.text) == 1:
        return row.tgt.replace(flag.text, flag.fix)
    if flag.fix and flag.fix in row.tgt:
        return row.tgt
    raise RefusedError(f"“{flag.text}” no longer stands in the English", "edit the text, or dismiss the flag")


def _fresh(row: Row, deed: Deed) -> Row:
    """Settle what the machine proposes since the decision: take it (a text is given) or leave it."""
    proposed = unpack(row.data).get("fresh")
    if not isinstance(proposed, str):
        raise RefusedError(f"nothing new is proposed for row {row.id}", "")
    return _with_data(replace(row, tgt=proposed) if deed.text is not None else row, fresh=None)


def _group_merge(rows: Sequence[Row], places: Mapping[str, int], deed: Deed, stamp: _Stamp) -> Splice:
    at = places[deed.id]
    pair = tuple(rows[at : at + 2])
    if len(pair) < 2 or pair[0].doc != pair[1].doc:  # noqa: PLR2004 - a pair
        raise RefusedError("there is no next row in this document to merge with", "")
    return Splice(at, pair, (_regrouped(regrouping.joined(pair), stamp),))


def _group_split(rows: Sequence[Row], places: Mapping[str, int], deed: Deed, stamp: _Stamp) -> Splice:
    at = places[deed.id]
    try:
        pair = regrouping.cut(rows[at], deed.cuts, places.keys())
    except ValueError as error:
        raise RefusedError(f"row {deed.id} cannot be split there: {error}", "choose another place") from error
    return Splice(at, (rows[at],), tuple(_regrouped(row, stamp) for row in pair))


def _regrouped(row: Row, stamp: _Stamp) -> Row:
    return _with_data(_stamped(row, stamp), regrouped=True)


def _group_down(rows: Sequence[Row], places: Mapping[str, int], deed: Deed, stamp: _Stamp) -> Splice:
    return _shift(rows, places, deed, stamp, 1)


def _group_up(rows: Sequence[Row], places: Mapping[str, int], deed: Deed, stamp: _Stamp) -> Splice:
    return _shift(rows, places, deed, stamp, -1)


def _shift(rows: Sequence[Row], places: Mapping[str, int], deed: Deed, stamp: _Stamp, step: int) -> Splice:
    """Move the English of this row, and of those after it up to the next gap, one row on."""
    at = end = places[deed.id]
    row = rows[at]
    if row.src_lang == row.tgt_lang or not regrouping.has_english(row):
        raise RefusedError(f"row {row.id} has no English beside an original to move", "")
    while 0 <= end < len(rows) and rows[end].doc == row.doc and regrouping.has_english(rows[end]):
        end += step
    beyond = not (0 <= end < len(rows) and rows[end].doc == row.doc)
    block = [rows[i] for i in range(at, end if beyond else end + step, step)]
    blank = replace(row, id="", src="", src_ids="", mt="", tgt="", tgt_ids="", flags="", note="", data="{}")
    new = regrouping.moved([*block, blank] if beyond else block, places.keys())
    if step < 0:
        block, new = block[::-1], new[::-1]
    return Splice(places[block[0].id], tuple(block), tuple(_regrouped(one, stamp) for one in new))


_Group = Callable[[Sequence[Row], Mapping[str, int], Deed, _Stamp], Splice]
_ROW: dict[str, Callable[[Row, Deed], Row | None]] = {
    "accept": _accept,
    "edit": _accept,
    "reject": _reject,
    "reopen": _reopened,
    "note": _note,
    "fix": _fix,
    "dismiss": _dismiss,
    "fresh": _fresh,
}
_GROUP: dict[str, _Group] = {
    "merge": _group_merge,
    "split": _group_split,
    "down": _group_down,
    "up": _group_up,
}
KINDS = (*_ROW, *_GROUP)
