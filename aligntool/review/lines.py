"""Rows as they stand in a file, each made out only when somebody looks at it."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import overload

from aligntool import table
from aligntool.table import COLUMNS, Row

__all__ = ["Lines", "padded"]

_ID = COLUMNS.index("id")


class _File:
    """The content of a table and where its lines begin.

    Attributes:
        content: UTF-8.
        starts: Where each row begins, and where the last one ends.
        columns: The header.
        own: Rows that are not, or no longer, as they stand there; it only grows.
    """

    __slots__ = ("columns", "content", "own", "starts")

    def __init__(self, content: bytes, starts: "array[int]", columns: tuple[str, ...]) -> None:
        self.content, self.starts, self.columns = content, starts, columns
        self.own: list[Row] = []

    @property
    def size(self) -> int:
        """Number of rows of the file."""
        return max(0, len(self.starts) - 1)

    def line(self, number: int) -> bytes:
        """A row as it stands, without its line end."""
        return self.content[self.starts[number] : self.starts[number + 1] - 1]


class Lines(Sequence[Row]):
    """The rows of a table, in order.

    A row is known by a number that always means the same row: it is a line of the file, or a row made since.
    So a copy costs eight bytes a row, and what was found out about a row holds as long as it has its number.

    Attributes:
        numbers: What stands where.
    """

    __slots__ = ("_file", "numbers")

    def __init__(self, file: _File, numbers: "array[int]") -> None:
        self._file, self.numbers = file, numbers

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Lines":
        """Rows that stand in no file."""
        file = _File(b"", array("q"), ())
        file.own.extend(rows)
        return cls(file, array("q", range(len(file.own))))

    @classmethod
    def read(cls, content: bytes, name: str) -> tuple["Lines", tuple[str, ...]]:
        """The rows of a table and its columns.

        Args:
            content: UTF-8 without byte order mark.
            name: What to call it in errors.

        Raises:
            InputError: It is no aligned TSV (``table.read``).
        """
        found = _indexed(content)
        if found is None:
            # A spreadsheet's quoting, other line ends, or an error to be named.
            given = table.read(content.decode("utf-8"), name)
            return cls.of(given.rows), given.columns
        return cls(found, array("q", range(found.size))), found.columns

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        """A row, made out now; several as a tuple."""
        if isinstance(at, slice):
            return tuple(self.row(number) for number in self.numbers[at])
        return self.row(self.numbers[at])

    def __iter__(self) -> Iterator[Row]:
        return (self.row(number) for number in self.numbers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # while a copy is changed it has no constant value

    @property
    def most(self) -> int:
        """No row has this number yet, or a greater one."""
        return self._file.size + len(self._file.own)

    def row(self, number: int) -> Row:
        """The row of a number."""
        file = self._file
        if number >= file.size:
            return file.own[number - file.size]
        cells = file.line(number).decode("utf-8").split("\t")
        return table.parse_row(file.columns, cells, number + 2, "the table")

    def text(self, at: int) -> str:
        """All that stands in a row, cells with tabs between."""
        number, file = self.numbers[at], self._file
        if number < file.size:
            return file.line(number).decode("utf-8")
        return table.format_row(file.own[number - file.size], COLUMNS)

    def names(self) -> Iterator[str]:
        """The names of the rows."""
        file = self._file
        at = file.columns.index("id") if file.columns else _ID
        for number in self.numbers:
            if number >= file.size:
                yield file.own[number - file.size].id
            else:
                yield file.line(number).split(b"\t", at + 1)[at].decode("utf-8")

    def copy(self) -> "Lines":
        """The same rows, to be changed."""
        return Lines(self._file, self.numbers[:])

    def put(self, at: int, count: int, new: Sequence[Row]) -> None:
        """Have rows make way for others, in a copy that nobody else has yet."""
        first = self.most
        self._file.own.extend(new)
        self.numbers[at : at + count] = array("q", range(first, first + len(new)))

    def written(self, columns: tuple[str, ...]) -> bytes:
        """The table as a file: what nobody touched to the byte, the rest as ``table.write`` has it."""
        return b"".join(self._pieces(columns))

    def _pieces(self, columns: tuple[str, ...]) -> Iterator[bytes | memoryview]:
        """The file in pieces: lines that stand together in the old one as one."""
        yield "\t".join(columns).encode() + b"\n"
        file, content = self._file, memoryview(self._file.content)
        start = end = 0
        for number in self.numbers:
            if number < file.size and file.columns == columns:
                begin = file.starts[number]
                if begin != end:
                    yield content[start:end]
                    start = begin
                end = file.starts[number + 1]
                continue
            yield content[start:end]
            start = end = 0
            (row,) = padded((self.row(number),), columns)
            yield table.format_row(row, columns).encode("utf-8") + b"\n"
        yield content[start:end]


def _indexed(content: bytes) -> _File | None:
    """The file, if it is as aligntool writes it: no quoting, LF, in every line as many cells as columns."""
    head = content.partition(b"\n")[0].decode("utf-8")
    columns = tuple(head.split("\t"))
    odd = b"\r" in content or b'\t"{' in content or head.startswith('"') or not content.endswith(b"\n")
    if odd or len(set(columns)) < len(columns) or not set(COLUMNS) <= set(columns):
        return None
    starts, tabs = array("q"), len(columns) - 1
    begin = len(content.partition(b"\n")[0]) + 1
    while begin < len(content):
        end = content.index(b"\n", begin)
        if content.count(b"\t", begin, end) != tabs:
            return None
        starts.append(begin)
        begin = end + 1
    if starts:
        starts.append(len(content))
    return _File(content, starts, columns)


def padded(rows: Iterable[Row], columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Rows with a cell in every column that aligntool does not know."""
    unknown = tuple(column for column in columns if column not in COLUMNS)
    return tuple(_with_cells(row, unknown) for row in rows)


def _with_cells(row: Row, unknown: tuple[str, ...]) -> Row:
    if tuple(column for column, _ in row.extra) == unknown:
        return row
    cells = dict(row.extra)
    return replace(row, extra=tuple((column, cells.get(column, "")) for column in unknown))
