"""The tables of one review, each opened when it is first looked at."""

from collections.abc import Callable, Sequence
from pathlib import Path

from aligntool.errors import AligntoolError
from aligntool.review.desk import Desk
from aligntool.review.queries import Memo

__all__ = ["Room"]


class Room:
    """The desks of one review, opened when they are first looked at.

    Args:
        paths: Aligned TSVs.
        desk: Opens one.
    """

    def __init__(self, paths: Sequence[Path], desk: Callable[[Path], Desk]) -> None:
        self.paths = tuple(paths)
        self._open = desk
        self._desks: dict[int, tuple[Desk, Memo]] = {}

    def at(self, number: int) -> tuple[Desk, Memo]:
        """The desk of a table, and what is known of its rows."""
        if number not in self._desks:
            self._desks[number] = (self._open(self.paths[number]), Memo())
        return self._desks[number]

    def finish(self) -> list[AligntoolError]:
        """Write every file that has changes and let go of it; what cannot be written stays in its journal."""
        troubles = []
        for desk, _ in self._desks.values():
            try:
                if desk.waiting():
                    desk.write()
            except AligntoolError as error:
                troubles.append(error)
            desk.close()
        self._desks.clear()
        return troubles
