"""The lexicon tables as they are held: a column at once, a row when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self, overload

__all__ = ["Listing", "Row"]

Row = Mapping[str, str]
"""Column name to cell."""


class Listing(Sequence[Row]):
    """Cells by column.

    A listing is equal to itself only, so that what is worked out from one can be cached by it.

    Args:
        columns: Column name to its cells, from the first row on; all of one length.
    """

    def __init__(self, columns: dict[str, tuple[str, ...]]) -> None:
        self._columns = columns

    @classmethod
    def parsed(cls, lines: Iterable[str]) -> Self:
        """From lines of cells parted by tabs, the header first; ``#`` begins a remark.

        A row may leave its last cells out: they are empty.

        Raises:
            ValueError: There is no header, or a row has more cells than it; the row is in the message.
        """
        header, *rows = [line.split("\t") for line in lines if line and line[0] != "#"] or [[]]
        width = len(header)
        if not width:
            raise ValueError("no header row")
        for row in rows:
            if len(row) > width:
                raise ValueError(f"more cells than columns ({', '.join(header)}): {chr(9).join(row)!r}")
        whole = (row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows)
        cells = list(zip(*whole, strict=True)) or [()] * width
        return cls(dict(zip(header, cells, strict=True)))

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of a column, as many as there are rows.

        Raises:
            KeyError: There is no such column.
        """
        return self._columns[name]

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        return {name: cells[at] for name, cells in self._columns.items()}

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def __iter__(self) -> Iterator[Row]:
        names = tuple(self._columns)
        return (dict(zip(names, cells, strict=True)) for cells in zip(*self._columns.values(), strict=True))
