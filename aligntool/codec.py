"""What a format is: of documents and of aligned tables; what formats on XML share; how a table comes back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from aligntool.errors import InputError
from aligntool.records import Document
from aligntool.table import COLUMNS, Row, Table, cell

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = [
    "Format",
    "TableFormat",
    "flat",
    "local",
    "losses",
    "markup",
    "merge",
    "parse_xml",
    "tidy",
    "unused",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A plug-in of the ``formats`` family for documents.

    ``read`` cuts a text into translatable blocks (paragraphs, headings, list items): one Segment a block,
    markup and blanks in its lead; the sentence splitter cuts blocks further. ``write(read(s)) == s``.

    Attributes:
        name: Its name in options.
        suffixes: File name endings it is chosen by, lower-case, with the dot.
        summary: One line for users.
        read: Text to Document (language ``und``).
        write: Document to text.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    read: Callable[[str], Document]
    write: Callable[[Document], str]


def _nothing(_: Table) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A plug-in of the ``formats`` family for aligned tables: what other programs exchange.

    Where a format can be read and written, ``read(write(read(s))) == read(s)``.

    Attributes:
        name: Its name in options.
        suffixes: File name endings it is chosen by, lower-case, with the dot.
        summary: One line for users.
        read: Content and file name to Table; None where it can only be written.
        write: Table to the file's content, or to contents by file name ending where a table becomes several
            files; None where it can only be read.
        carries: Columns that a table keeps in it; ``extra`` stands for those aligntool does not know.
        remarks: What else is to be said of writing this table, a sentence each.
        combine: Several files (name and content), the one a person names first at the head, to Table: for
            formats that keep the two languages, or numbers and texts, apart.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    read: Callable[[str, str], Table] | None
    write: Callable[[Table], str | Mapping[str, str]] | None
    carries: frozenset[str] = frozenset({*COLUMNS, "extra"})
    remarks: Callable[[Table], tuple[str, ...]] = _nothing
    combine: Callable[[Sequence[tuple[str, str]]], Table] | None = None


def losses(table: Table, form: TableFormat) -> tuple[str, ...]:
    """What the table holds and the format has no place for: a phrase a column, with the rows if not all."""
    empty, size = Row(), len(table.rows)
    counts = {
        column: sum(getattr(row, column) not in {"", getattr(empty, column)} for row in table.rows)
        for column in COLUMNS
        if column not in form.carries
    }
    if "extra" not in form.carries:
        for column in table.columns:
            if column not in COLUMNS:
                counts[column] = sum(bool(dict(row.extra).get(column)) for row in table.rows)
    lost = {column: count for column, count in counts.items() if count}
    return tuple(c if count == size else f"{c} ({count} of {size} rows)" for c, count in lost.items())


# What XML 1.0 (5th ed., §2.2) cannot hold and a cell may: two noncharacters.
_ILLEGAL = re.compile("[\ufffe\uffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def markup(text: str) -> str:
    """The text as XML may hold it, in content and in attributes; what it cannot hold becomes a blank."""
    return _ILLEGAL.sub(" ", cell(text)[0]).translate(_ENTITIES)


_BROKEN = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")


def tidy(text: str) -> str:
    """Text from XML as a cell holds it: a line break and the indentation around it is one blank, or none."""
    joined = _BROKEN.sub("\n", text).strip("\n").replace("\n", " ")
    return cell(joined)[0]


def parse_xml(text: str, name: str) -> "Element":
    """Parse XML that came from anywhere: nothing is fetched, and no entity is ever declared.

    A DOCTYPE that only names a file is accepted (most TMX files have one) and not followed; an internal
    subset is refused: there entities are declared that blow up memory or read files (CWE-776, CWE-611).

    Args:
        text: The file's text.
        name: What to call it in errors.

    Raises:
        InputError: It is not well-formed, or it declares something.
    """
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - formats are imported to choose one; this to parse
    from xml.parsers import expat  # noqa: PLC0415 - the same

    advice = "repair the file, or export it again"
    try:
        _guard(text, name)
        return ET.fromstring(text)  # noqa: S314 - guarded
    except (expat.ExpatError, ET.ParseError, UnicodeEncodeError, ValueError) as error:
        raise InputError(f"{name} is not well-formed XML: {error}", advice) from error


class _RootReachedError(Exception):
    """The prolog is over: from here on nothing can be declared."""


def _guard(text: str, name: str) -> None:
    """Read the prolog only, with the parser that will read the rest, and refuse declarations."""
    from xml.parsers import expat  # noqa: PLC0415 - see parse_xml

    def doctype(_name: str, _system: str | None, _public: str | None, internal: bool) -> None:
        if internal:
            raise InputError(
                f"{name} declares things in its DOCTYPE; such a file can blow up memory or read other files",
                "remove the part of the DOCTYPE in square brackets",
            )

    def stop(*_: object) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = stop
    try:
        parser.Parse(text, True)
    except _RootReachedError:
        return


def flat(element: "Element", codes: frozenset[str]) -> str:
    """The text of an element without the native codes in it.

    Args:
        element: A segment.
        codes: Local names of the elements that hold a format's own codes, not words.
    """
    pieces: list[str] = []
    waiting: list[Element | str | None] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
        elif item is not None and (item is element or local(item) not in codes):
            inside: list[Element | str | None] = [item.text]
            for child in item:
                inside += [child, child.tail]
            waiting += reversed(inside)
    return tidy("".join(pieces))


def local(element: "Element") -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def unused(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it where it is taken; taken afterwards."""
    chosen, number = name, 2
    while chosen in taken:
        chosen, number = f"{name}#{number}", number + 1
    taken.add(chosen)
    return chosen


_FINISHED = ("ok", "edited", "rejected")


def merge(base: Table, back: Table) -> tuple[Table, tuple[str, ...]]:
    """Take translations, statuses and notes from a table that was edited elsewhere, by row.

    Args:
        base: The table as it stands here.
        back: What came back: rows count by their id, and only where the source is still the same text.

    Returns:
        The base with the edits in it, and a sentence for every row that did not match.
    """
    returned = {row.id: row for row in back.rows}
    known = {row.id for row in base.rows}
    rows, complaints = [], []
    for row in base.rows:
        other = returned.get(row.id)
        trouble = _mismatch(row, other)
        if trouble:
            complaints.append(f"row {row.id}: {trouble}; left as it was")
        rows.append(row if trouble or not other else _edited(row, other))
    complaints += [f"row {row.id}: not in the table; left out" for row in back.rows if row.id not in known]
    return Table(tuple(rows), base.columns), tuple(complaints)


def _mismatch(row: Row, other: Row | None) -> str:
    if other is None:
        return "did not come back"
    if _compared(row.src) != _compared(other.src):
        return "came back with another source text"
    if row.tgt and not other.tgt and other.status not in _FINISHED:
        return "came back without a translation"
    return ""


def _compared(text: str) -> str:
    """Texts are the same when they read the same: programs change blanks and the way accents are coded."""
    return " ".join(normalize("NFC", text).split())


def _edited(row: Row, other: Row) -> Row:
    changed = _compared(row.tgt) != _compared(other.tgt)
    return replace(
        row,
        tgt=other.tgt if changed else row.tgt,
        status=_status(row.status, other.status, changed=changed),
        note=other.note or row.note,
    )


def _status(before: str, after: str, *, changed: bool) -> str:
    """A row's status once it is back; programs that know no states leave the old one standing."""
    if after == "rejected" and not (changed and before == "rejected"):
        return "rejected"
    if changed:
        return "edited"
    return "ok" if after in {"ok", "edited"} and before in {"todo", "rejected"} else before
