"""A table under review: its state, its journal and its file, kept in step so that nothing is lost."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from aligntool.errors import AligntoolError, InputError, OutputError
from aligntool.files import atomic_write
from aligntool.review import session, tables, threeway
from aligntool.review.deeds import Deed
from aligntool.review.journal import Draft, Journal, Lock, Sync, journal_path
from aligntool.review.lines import Lines, padded
from aligntool.review.session import Change, Stamp, State
from aligntool.table import cell

__all__ = ["Desk", "now"]


def now() -> str:
    """The moment, as it is written down: UTC, ISO 8601, seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Desk:
    """A table under review.

    Every deed is in the journal before ``act`` returns; ``write`` brings the file up to date. When the file
    was changed by somebody else, that is merged in row by row first (``threeway``).

    Attributes:
        path: The aligned TSV.
        state: The rows as they stand.
        read_only: Why nothing can be changed; empty where it can.
        conflicts: Names of rows in which the last merge with the file left two decisions.

    Args:
        path: The aligned TSV.
        reviewer: Whose journal; decisions are stamped with it. Empty: the table's common one.
        read_only: Only look.
        clock: Tells the moment.

    Raises:
        AligntoolError: It cannot be read, is no aligned TSV, or its journal cannot be used.
    """

    def __init__(
        self, path: Path, reviewer: str = "", *, read_only: bool = False, clock: Callable[[], str] = now
    ) -> None:
        self.path, self._reviewer, self._clock = path, reviewer, clock
        self.conflicts: tuple[str, ...] = ()
        self._look, self._same = (0, 0, 0), True
        self.read_only = "opened to be read only" if read_only else ""
        place = journal_path(path, reviewer)
        self._lock = Lock(place)
        if not read_only and not self._lock.take():
            self.read_only = "it is being reviewed elsewhere; to work side by side, give --reviewer NAME"
        self._journal: Journal | None = None
        if self.read_only:
            given, self._columns = Lines.read(tables.content(path), str(path))
            self.state = session.begin(given)
            return
        try:
            self._open(place)
        except BaseException:
            # Whoever mends what is wrong must be able to open it again, also from this process.
            self._lock.free()
            raise

    def _open(self, place: Path) -> None:
        if place.exists():
            self._journal = Journal(place)
            if not self._journal.is_new():
                self._go_on()
                return
        content = tables.content(self.path)
        given, self._columns = Lines.read(content, str(self.path))
        self.state = session.begin(given)
        self._journal = Journal(place)
        self._journal.start(content, sha256(content).hexdigest())

    def _go_on(self) -> None:
        """Where the review stood, and what was done to the file since."""
        journal = self._writable()
        base, columns = Lines.read(journal.base(), str(self.path))
        self.state = self._replayed(base, None)
        found = tables.header(self.path)
        self._columns = (*found, *(c for c in columns if c not in found))
        if not self._is(journal.sync().sha):
            self._take_in()

    def _replayed(self, base: Lines, upto: int | None) -> State:
        assert self._journal is not None
        state = session.begin(base)
        try:
            for change in self._journal.changes(upto):
                state = session.replay(state, change)
        except AligntoolError as error:
            raise InputError(
                f"{self._journal.path} does not fit together: {error.message}", "move it away, and keep it"
            ) from error
        return state

    def _writable(self) -> Journal:
        if self._journal is None:
            raise OutputError(f"{self.path.name} cannot be changed here: {self.read_only}")
        return self._journal

    def _stamp(self) -> Stamp:
        return Stamp(self._reviewer, self._clock())

    def _keep(self, step: tuple[State, Change]) -> Change:
        """Write a change down, then let it be seen."""
        state, change = step
        self._writable().append(change)
        self.state = state
        return change

    def act(self, wanted: Iterable[tuple[Deed, int | None]]) -> Change:
        """Do something; when this returns it survives any crash.

        Raises:
            StaleError: A row is no longer as the person saw it.
            RefusedError: It cannot be done.
            OutputError: Only reading is possible, or the disk is full.
        """
        self._writable()
        return self._keep(session.act(self.state, wanted, self._stamp()))

    def undo(self) -> Change:
        """Take the last change back."""
        self._writable()
        return self._keep(session.undo(self.state, self._stamp()))

    def redo(self) -> Change:
        """Do the last change that was taken back again."""
        self._writable()
        return self._keep(session.redo(self.state, self._stamp()))

    def draft(self, name: str, text: str | None) -> None:
        """Keep what somebody is typing into a row; None forgets it.

        What is saved already is no draft: a page may send one that a save has overtaken.
        """
        row = self.state.row(name)
        saved = row is not None and text is not None and cell(text)[0].strip() == row.tgt
        self._writable().draft(name, self.state.version(name), None if saved else text)

    def drafts(self) -> dict[str, Draft]:
        """What was typed and not saved."""
        return self._journal.drafts() if self._journal else {}

    def waiting(self) -> int:
        """Number of changes that are not in the file yet."""
        return self.state.number - self._journal.sync().number if self._journal else 0

    def changed_elsewhere(self) -> bool:
        """Whether the file is no longer what was last read or written here."""
        if self._journal is None:
            return False
        try:
            stat = self.path.stat()
            look = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if look != self._look:
                # Read it only when it looks different: it may be large.
                self._look, self._same = look, self._is(self._journal.sync().sha)
        except (InputError, OSError):
            return True
        return not self._same

    def _is(self, sha: str) -> bool:
        """Whether the file has that print; a byte order mark is no part of its text."""
        return tables.digest(self.path) == sha or sha256(tables.content(self.path)).hexdigest() == sha

    def write(self) -> int:
        """Bring the file up to date, whole or not at all; what others changed in it is taken in first.

        Returns:
            How many rows of the file hold two decisions now.

        Raises:
            AligntoolError: The file is gone, no table any more, or cannot be written; the journal has it all.
        """
        journal = self._writable()
        try:
            found = 0 if self._is(journal.sync().sha) else self._take_in()
        except InputError as error:
            raise OutputError(
                f"not written: {error.message}", f"all is kept in {journal_path(self.path, self._reviewer)}"
            ) from error
        text = self.state.rows.written(self._columns)
        now = sha256(text).hexdigest()
        if now != tables.digest(self.path):
            atomic_write(self.path, text)
        journal.synced(Sync(self.state.number, now, None))
        self._look = (0, 0, 0)
        return found

    def _take_in(self) -> int:
        """Merge what the file holds and the journal does not know."""
        journal = self._writable()
        last, content = journal.sync(), tables.content(self.path)
        theirs, columns = Lines.read(content, str(self.path))
        first, _ = Lines.read(journal.base() if last.content is None else last.content, str(self.path))
        known = first if last.content is not None else self._replayed(first, last.number).rows
        # Columns of either side stay.
        self._columns = (*columns, *(c for c in self._columns if c not in columns))
        sides = (padded(side, self._columns) for side in (known, self.state.rows, theirs))
        merged = threeway.merge(*sides)
        self.conflicts = merged.conflicts
        splices = threeway.between(tuple(self.state.rows), merged.rows)
        if splices:
            self._keep(session.take(self.state, splices, Stamp("", self._clock())))
        journal.synced(Sync(self.state.number, sha256(content).hexdigest(), content))
        return len(merged.conflicts)

    def close(self) -> None:
        """Let others have the file; what is not in it yet stays in the journal."""
        if self._journal:
            self._journal.close()
        self._lock.free()
