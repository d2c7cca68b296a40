"""Which rows a page shows, in which order, and how far a review has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urlencode

from aligntool.review.openness import Facts, facts
from aligntool.table import Row

__all__ = ["FILTERS", "SIZE", "Memo", "Progress", "Query", "link", "parse", "placed", "progress", "select"]

SIZE = 50
"""Rows a page."""
FILTERS: Mapping[str, str] = {
    "all": "all",
    "open": "open",
    "flagged": "flagged",
    "low": "low confidence",
    "edited": "edited",
    "unaligned": "unaligned",
    "conflict": "conflicts",
}
"""Names of filters, and what they are called."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows somebody wants to see.

    Attributes:
        show: A key of ``FILTERS``.
        check: Only rows with an open flag of this check.
        text: Only rows that hold this, in any text or note; case does not count.
        sort: ``text`` or ``worst``.
        page: From 1.
    """

    show: str = "all"
    check: str = ""
    text: str = ""
    sort: str = "text"
    page: int = 1


@dataclass(slots=True)
class Memo:
    """Facts of rows, worked out again only for rows that changed."""

    _known: dict[str, tuple[Row, Facts]] = field(default_factory=dict)
    _rows: Sequence[Row] = ()
    _facts: list[Facts] = field(default_factory=list)

    def __call__(self, rows: Sequence[Row]) -> list[Facts]:
        """The facts of all rows, in their order."""
        if rows is not self._rows:
            self._facts = [self._of(row) for row in rows]
            self._rows = rows
        return self._facts

    def _of(self, row: Row) -> Facts:
        found = self._known.get(row.id)
        if found is None or found[0] is not row:
            found = self._known[row.id] = (row, facts(row))
        return found[1]


def select(rows: Sequence[Row], known: Memo, query: Query) -> list[int]:
    """Indices of the rows wanted, in the order wanted."""
    needle, every = query.text.casefold(), known(rows)
    passes = _PASSES.get(query.show)
    wanted: Iterable[int] = range(len(rows))
    if passes:
        wanted = [at for at in wanted if passes(every[at])]
    if query.check:
        wanted = [at for at in wanted if query.check in every[at].checks]
    if needle:
        wanted = [at for at in wanted if _holds(rows[at], needle)]
    if query.sort == "worst":
        return sorted(wanted, key=lambda at: -every[at].badness)
    return list(wanted)


_PASSES: dict[str, Callable[[Facts], bool]] = {
    "open": lambda one: not one.done,
    "flagged": lambda one: bool(one.open),
    "low": lambda one: one.low,
    "edited": lambda one: one.edited,
    "unaligned": lambda one: one.unaligned,
    "conflict": lambda one: one.conflict,
}


def _holds(row: Row, needle: str) -> bool:
    return any(needle in text.casefold() for text in (row.src, row.mt, row.tgt, row.note, row.id))


class Progress(NamedTuple):
    """How far a review has come.

    Attributes:
        rows: Number of rows.
        done: Of these, decided.
        flags: Flags that are open.
        checks: Rows with open flags, by check, most first.
    """

    rows: int
    done: int
    flags: int
    checks: tuple[tuple[str, int], ...]


def progress(rows: Sequence[Row], known: Memo) -> Progress:
    """How far it has come."""
    every = known(rows)
    checks = Counter(check for one in every for check in one.checks)
    order = tuple(sorted(checks.items(), key=lambda pair: (-pair[1], pair[0])))
    return Progress(len(every), sum(one.done for one in every), sum(one.open for one in every), order)


def parse(given: Mapping[str, str]) -> Query:
    """The query in an address; what makes no sense in it counts as not given."""
    page = given.get("page", "1")
    return Query(
        show=given.get("show", "all") if given.get("show") in FILTERS else "all",
        check=given.get("check", ""),
        text=given.get("q", "").strip(),
        sort="worst" if given.get("sort") == "worst" else "text",
        page=max(1, int(page)) if page.isdecimal() and len(page) < 9 else 1,  # noqa: PLR2004 - digits of a page
    )


def placed(query: Query, name: str, wanted: Sequence[int], rows: Sequence[Row]) -> tuple[Query, str]:
    """The page on which a row stands that was asked for by its name or number; never one beyond the last."""
    last = max(1, -(-len(wanted) // SIZE))
    if name:
        for place, at in enumerate(wanted):
            if name in {rows[at].id, rows[at].id.removeprefix(f"{rows[at].doc}:")}:
                return replace(query, page=place // SIZE + 1), rows[at].id
    return replace(query, page=min(query.page, last)), ""


def link(number: int, query: Query, **change: object) -> str:
    """The address of a table with some fields of the query changed; its first page unless one is named."""
    fields = {
        "show": query.show,
        "check": query.check,
        "q": query.text,
        "sort": query.sort,
        "page": query.page,
    }
    standard = {"show": "all", "check": "", "q": "", "sort": "text", "page": 1}
    told = {k: v for k, v in (fields | {"page": 1} | change).items() if v != standard[k]}
    return f"/d/{number}" + (f"?{urlencode(told)}" if told else "")
