"""Review without a server: a page to read and send, a workbook out and back in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligntool import fileformats, table
from aligntool.codec import merge
from aligntool.decisions import keyed
from aligntool.errors import AligntoolError, InputError
from aligntool.files import read_text
from aligntool.review.deeds import Deed
from aligntool.review.desk import Desk
from aligntool.review.openness import open_flags
from aligntool.table import STATUSES, Row, Table, cell

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Taken", "page", "take", "workbook"]

_HEAD = ("key", "seen", "table", "row", "original", "machine", "english", "status", "note", "flags")
_WIDTHS = (10, 10, 16, 8, 60, 60, 60, 11, 30, 50)
_MOST = 32_767  # characters a cell of a workbook holds (Excel's limit); openpyxl would cut without a word
_Sheet = list[tuple[Any, ...]]


def page(paths: Sequence[Path]) -> str:
    """One page with all tables, nothing in it runs.

    Raises:
        InputError: A table cannot be read.
    """
    form = fileformats.table_format("review.html", writing=True)
    assert form is not None
    assert form.write is not None
    rows = tuple(row for path in paths for row in table.read(read_text(path), str(path)).rows)
    made = form.write(Table(rows))
    assert isinstance(made, str)
    return made


def _library() -> "ModuleType":
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise AligntoolError(
            "workbooks need openpyxl, which is not installed", "pip install 'aligntool[xlsx]'"
        ) from error
    return openpyxl


def workbook(paths: Sequence[Path]) -> tuple[bytes, list[str]]:
    """All tables in one sheet; every cell is text, whatever it begins with.

    Returns:
        The file, and a sentence for every row that a workbook cannot hold.

    Raises:
        AligntoolError: A table cannot be read, or openpyxl is not installed.
    """
    openpyxl = _library()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "review"
    remarks = []
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number + 1)].width = width
    for column in "AB":
        sheet.column_dimensions[column].hidden = True
    sheet.freeze_panes = "E2"
    _put(openpyxl, sheet, 1, _HEAD, bold=True)
    at = 1
    for path in paths:
        for key, row in _keys(table.read(read_text(path), str(path))):
            if max(len(row.src), len(row.mt), len(row.tgt), len(row.note)) > _MOST:
                remarks.append(f"row {row.id}: too long for a workbook; left out")
                continue
            at += 1
            _put(openpyxl, sheet, at, (key, _seen(row), path.name, row.id, *_told(row)))
    choice = openpyxl.worksheet.datavalidation.DataValidation("list", formula1=f'"{",".join(STATUSES)}"')
    choice.add(f"H2:H{max(at, 2)}")
    sheet.add_data_validation(choice)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), remarks


def _told(row: Row) -> tuple[str, ...]:
    flags = "; ".join(
        f"{f.check}: {f.text}" + (f" → {f.fix}" if f.fix is not None else "") + f" ({f.message})"
        for f in open_flags(row).values()
    )
    return row.src, row.mt, row.tgt, row.status, row.note, flags[:_MOST]


def _put(openpyxl: "ModuleType", sheet: Any, at: int, cells: Sequence[str], *, bold: bool = False) -> None:  # noqa: ANN401 - a library without types
    for number, text in enumerate(cells, 1):
        place = sheet.cell(at, number)
        place.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub(" ", text) or None
        # Never a formula, a number or a date: what begins with = stays what it is (OWASP, CSV injection).
        place.data_type = "s" if text else "n"
        place.number_format = "@"
        place.quotePrefix = text.startswith(("=", "+", "-", "@"))
        place.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
        place.font = openpyxl.styles.Font(bold=bold)


def _keys(found: Table) -> Iterator[tuple[str, Row]]:
    """Rows by what survives a re-run: document, text, and how often that text came before."""
    for key, row in keyed(found.rows):
        yield sha256("\0".join(map(str, key)).encode("utf-8", "surrogatepass")).hexdigest()[:16], row


def _seen(row: Row) -> str:
    """Fingerprint of what a workbook shows of a decision: to tell later who changed it."""
    told = f"{row.tgt}\0{row.status}\0{row.note}"
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a workbook's rows in a table.

    Attributes:
        path: The table.
        rows: Number of its rows.
        changed: Rows that took up a decision.
        complaints: A sentence for every row that did not match.
    """

    path: Path
    rows: int
    changed: int
    complaints: tuple[str, ...]


def take(paths: Sequence[Path], back: Path, reviewer: str) -> list[Taken]:
    """Take up the decisions of a workbook in its tables, as one change each, and write the tables.

    A row is known by its document and text; one that was decided here since the workbook was made keeps that
    decision, and is reported.

    Raises:
        AligntoolError: The workbook or a table cannot be read or written.
    """
    sheet = _read(back)
    result = [_take(path, sheet, reviewer) for path in paths]
    names = {path.name for path in paths}
    others = ((number, row.doc) for number, row in sheet if row.doc not in names)
    strange = tuple(f"workbook row {number}: table {name} is not here" for number, name in others)
    if strange:
        result[0] = replace(result[0], complaints=(*result[0].complaints, *strange))
    return result


def _read(back: Path) -> list[tuple[int, Row]]:
    """Rows of the sheet: key in ``id``, fingerprint in ``data``, the table's name in ``doc``."""
    openpyxl = _library()
    try:
        book = openpyxl.load_workbook(BytesIO(back.read_bytes()), read_only=True)
        lines: _Sheet = list(book.active.iter_rows(values_only=True))
    except OSError as error:
        raise InputError(f"{back} cannot be read: {error.strerror}", "check the path") from error
    except Exception as error:  # the library raises whatever its parts do
        raise InputError(f"{back} is no workbook that can be read: {error}", "save it as .xlsx") from error
    head = [str(name or "") for name in lines[0]] if lines else []
    missing = [name for name in _HEAD[:9] if name not in head]
    if missing:
        raise InputError(f"{back} has no column {', '.join(missing)}", "use a workbook that --xlsx wrote")
    at = {name: head.index(name) for name in _HEAD[:9]}
    return [
        (number, _sheet_row({name: _text(line, place) for name, place in at.items()}))
        for number, line in enumerate(lines[1:], 2)
        if any(value is not None for value in line)
    ]


def _text(line: tuple[Any, ...], at: int) -> str:
    value = line[at] if at < len(line) else None
    return "" if value is None else cell(str(value))[0].strip()


def _sheet_row(cells: dict[str, str]) -> Row:
    return Row(
        id=cells["key"],
        doc=cells["table"],
        src=cells["original"],
        tgt=cells["english"],
        status=cells["status"].lower() or "todo",
        note=cells["note"],
        data=cells["seen"],
    )


def _take(path: Path, sheet: Sequence[tuple[int, Row]], reviewer: str) -> Taken:
    desk = Desk(path, reviewer)
    try:
        if desk.read_only:
            raise InputError(f"{path} cannot be changed: {desk.read_only}", "end that review first")
        base = Table(tuple(desk.state.rows))
        known = dict(_keys(base))
        back, complaints = _matched([pair for pair in sheet if pair[1].doc == path.name], known)
        merged, more = merge(base, Table(tuple(back)))
        wanted = [_deed(new) for old, new in zip(base.rows, merged.rows, strict=True) if _differs(old, new)]
        notes = [
            Deed("note", new.id, new.note)
            for old, new in zip(base.rows, merged.rows, strict=True)
            if old.note != new.note
        ]
        for deeds in (wanted, notes):
            if deeds:
                desk.act([(deed, None) for deed in deeds])
        desk.write()
        changed = len({deed.id for deed in (*wanted, *notes)})
        return Taken(path, len(base.rows), changed, (*complaints, *more))
    finally:
        desk.close()


def _matched(sheet: Sequence[tuple[int, Row]], known: dict[str, Row]) -> tuple[list[Row], list[str]]:
    """The sheet's rows with the names that rows have now; those nobody touched in it are as they are here."""
    back: dict[str, Row] = {}
    complaints = []
    for number, row in sheet:
        own = known.get(row.id)
        trouble = _trouble(row, own, back)
        if own is None or trouble:
            complaints.append(f"workbook row {number}: {trouble}; left out")
            if own is not None:
                back.setdefault(own.id, own)
        else:
            same = _seen(row) == row.data
            back[own.id] = own if same else replace(row, id=own.id)
    return list(back.values()), complaints


def _trouble(row: Row, own: Row | None, back: dict[str, Row]) -> str:
    if own is None:
        return "no row of the table has this text any more"
    if own.id in back:
        return f"a second row for {own.id}"
    if row.src.split() != own.src.split():
        return f"the original of {own.id} was changed in it"
    if row.status not in STATUSES:
        return f"{row.status!r} is no status (known: {', '.join(STATUSES)})"
    if row.data != _seen(own) and _seen(row) not in {row.data, _seen(own)}:
        return f"row {own.id} was decided here since the workbook was made"
    return ""


def _differs(old: Row, new: Row) -> bool:
    return (old.tgt, old.status) != (new.tgt, new.status)


def _deed(new: Row) -> Deed:
    return Deed("reject" if new.status == "rejected" else "accept", new.id, new.tgt)
