"""A review as a value: the rows, what was done to them, and what doing the next thing makes of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aligntool.errors import AligntoolError
from aligntool.review import deeds
from aligntool.review.deeds import Deed, RefusedError, Splice
from aligntool.review.lines import Lines
from aligntool.table import Row

__all__ = [
    "Change",
    "StaleError",
    "Stamp",
    "State",
    "act",
    "begin",
    "redo",
    "replay",
    "take",
    "undo",
]

# Changes by these are no deeds of a reviewer: they are not undone, but what came before them can be.
_FROM_OUTSIDE = frozenset({"file"})


class StaleError(AligntoolError):
    """Somebody (another window, a merge with the file) changed the row since the page was drawn."""


class Stamp(NamedTuple):
    """Who does something, and when (ISO 8601)."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something done, complete enough to do it again and to take it back.

    Attributes:
        number: From 1, in the order in which things were done.
        kind: ``accept``, ``edit``, ``merge``, …; ``file`` for what came from the file, ``undo`` and ``redo``.
        stamp: By whom and when.
        splices: Rows taken out and put in.
        of: For ``undo`` and ``redo``: the number of the change taken back or done again.
    """

    number: int
    kind: str
    stamp: Stamp
    splices: tuple[Splice, ...]
    of: int = 0


@dataclass(frozen=True, slots=True)
class _Past:
    """A stack that shares its tail with the one before it: however long, growing it costs nothing."""

    last: Change
    rest: "_Past | None"


@dataclass(frozen=True, slots=True)
class State:
    """The rows as they stand now.

    Attributes:
        rows: In the order of the file.
        places: Index of each row by its name.
        versions: Number of the last change that touched a row, by name; 0 where none is named.
        number: Of the last change.
        done: Changes that can be taken back, the last first.
        undone: Changes that can be done again, the last first.
    """

    rows: Lines
    places: Mapping[str, int]
    versions: Mapping[str, int] = field(default_factory=dict)
    number: int = 0
    done: _Past | None = None
    undone: _Past | None = None

    def version(self, name: str) -> int:
        """What a page must name to change a row: the number of the last change to it."""
        return self.versions.get(name, 0)

    def row(self, name: str) -> Row | None:
        """The row of that name, if there is one."""
        at = self.places.get(name)
        return None if at is None else self.rows[at]


def begin(rows: Iterable[Row]) -> State:
    """A review at its beginning.

    Raises:
        RefusedError: Two rows have the same name: nobody could tell which of them is meant.
    """
    given = rows if isinstance(rows, Lines) else Lines.of(rows)
    places = _places(given)
    if len(places) < len(given):
        twice = next(name for at, name in enumerate(given.names()) if places[name] != at)
        raise RefusedError(f"two rows are called {twice}", "give each row of the file its own id")
    return State(given, places)


def _places(rows: Lines) -> dict[str, int]:
    return {name: at for at, name in enumerate(rows.names())}


def act(state: State, wanted: Iterable[tuple[Deed, int | None]], stamp: Stamp) -> tuple[State, Change]:
    """Do something to one row, or the same to many as one change.

    Args:
        state: As it is.
        wanted: Deeds, each with the version of its row that the person saw; None where that does not count.
        stamp: Who and when.

    Returns:
        The new state and the change, to be written down before anybody is told that it is done.

    Raises:
        StaleError: A row is no longer as the person saw it.
        RefusedError: It cannot be done; the message says why.
    """
    listed = list(wanted)
    splices: list[Splice] = []
    for deed, version in listed:
        place = state.places.get(deed.id)
        if place is None or (version is not None and version != state.version(deed.id)):
            gone = "is gone" if place is None else "was changed elsewhere"
            raise StaleError(f"row {deed.id} {gone} since you saw it", "look at it as it is now, then decide")
        splices += deeds.splices(state.rows, state.places, deed, stamp)
    kinds = {deed.kind for deed, _ in listed}
    change = Change(state.number + 1, kinds.pop() if len(kinds) == 1 else "batch", stamp, tuple(splices))
    return replay(state, change), change


def take(state: State, splices: Iterable[Splice], stamp: Stamp) -> tuple[State, Change]:
    """Take in what was done to the file elsewhere."""
    change = Change(state.number + 1, "file", stamp, tuple(splices))
    return replay(state, change), change


def undo(state: State, stamp: Stamp) -> tuple[State, Change]:
    """Take the last change back, as a change of its own.

    Raises:
        RefusedError: There is nothing to take back, or the rows were changed from outside since.
    """
    if not state.done:
        raise RefusedError("there is nothing to undo", "")
    return _turned(state, "undo", state.done.last, stamp)


def redo(state: State, stamp: Stamp) -> tuple[State, Change]:
    """Do the last change that was taken back again.

    Raises:
        RefusedError: There is none, or the rows were changed since.
    """
    if not state.undone:
        raise RefusedError("there is nothing to do again", "")
    return _turned(state, "redo", state.undone.last, stamp)


def _turned(state: State, kind: str, change: Change, stamp: Stamp) -> tuple[State, Change]:
    pairs = change.splices if kind == "redo" else tuple(s.reversed() for s in reversed(change.splices))
    made = Change(state.number + 1, kind, stamp, pairs, change.number)
    return replay(state, made), made


def replay(state: State, change: Change) -> State:
    """The state after a change: how a journal is read again.

    Raises:
        RefusedError: The rows it changes are not what they were.
    """
    rows, places, versions = state.rows.copy(), state.places, dict(state.versions)
    for splice in change.splices:
        at = _found(rows, places, splice)
        rows.put(at, len(splice.old), splice.new)
        if _names(splice.old) != _names(splice.new):
            places = _places(rows)
        versions |= dict.fromkeys((*_names(splice.old), *_names(splice.new)), change.number)
    done, undone = _stacks(state, change)
    return State(rows, places, versions, change.number, done, undone)


def _stacks(state: State, change: Change) -> tuple[_Past | None, _Past | None]:
    move: dict[str, Callable[[], tuple[_Past | None, _Past | None]]] = {
        "undo": lambda: (_rest(state.done), _Past(_last(state.done), state.undone)),
        "redo": lambda: (_Past(_last(state.undone), state.done), _rest(state.undone)),
    }
    if change.kind in move:
        return move[change.kind]()
    if change.kind in _FROM_OUTSIDE:
        return state.done, state.undone
    return _Past(change, state.done), None


def _last(past: _Past | None) -> Change:
    assert past is not None, "a journal takes back only what it did"
    return past.last


def _rest(past: _Past | None) -> _Past | None:
    return past.rest if past else None


def _names(rows: Iterable[Row]) -> list[str]:
    return [row.id for row in rows]


def _found(rows: Lines, places: Mapping[str, int], splice: Splice) -> int:
    """Where the splice's rows stand now; they must be exactly as they were."""
    at = places.get(splice.old[0].id, -1) if splice.old else min(splice.at, len(rows))
    if at < 0 or rows[at : at + len(splice.old)] != splice.old:
        name = splice.old[0].id
        raise RefusedError(f"row {name} is no longer what it was then", "change it by hand")
    return at
