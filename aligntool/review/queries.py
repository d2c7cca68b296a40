"""Which rows a page shows, in which order, and how far a review has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urlencode

from aligntool.review.lines import Lines
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
    """Facts of rows by their numbers, so that only new rows are looked at; equal facts are held once."""

    _known: list[Facts | None] = field(default_factory=list)
    _same: dict[Facts, Facts] = field(default_factory=dict)
    _rows: Lines | None = None
    _facts: list[Facts] = field(default_factory=list)

    def __call__(self, rows: Lines) -> list[Facts]:
        """The facts of all rows, in their order; of one table only."""
        if rows is not self._rows:
            known = self._known
            known += [None] * (rows.most - len(known))
            self._facts = [known[number] or self._of(rows, number) for number in rows.numbers]
            self._rows = rows
        return self._facts

    def _of(self, rows: Lines, number: int) -> Facts:
        found = facts(rows.row(number))
        found = self._known[number] = self._same.setdefault(found, found)
        return found


def select(rows: Lines, known: Memo, query: Query) -> list[int]:
    """Indices of the rows wanted, in the order wanted."""
    needle, every = query.text.casefold(), known(rows)
    passes = _PASSES.get(query.show)
    wanted: Iterable[int] = range(len(rows))
    if passes:
        wanted = [at for at in wanted if passes(every[at])]
    if query.check:
        wanted = [at for at in wanted if query.check in every[at].checks]
    if needle:
        wanted = [at for at in wanted if needle in rows.text(at).casefold() and _holds(rows[at], needle)]
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


def progress(rows: Lines, known: Memo) -> Progress:
    """How far it has come."""
    every = known(rows)
    # Few facts differ: each kind is looked at once.
    kinds = {id(one): one for one in every}
    times = [(kinds[which], count) for which, count in Counter(map(id, every)).items()]
    checks: Counter[str] = Counter()
    for one, count in times:
        checks.update(dict.fromkeys(one.checks, count))
    order = tuple(sorted(checks.items(), key=lambda pair: (-pair[1], pair[0])))
    done, flags = (sum(getattr(one, what) * count for one, count in times) for what in ("done", "open"))
    return Progress(len(every), done, flags, order)


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


def placed(query: Query, name: str, wanted: Sequence[int], rows: Lines) -> tuple[Query, str]:
    """The page on which a row stands that was asked for by its name or number; never one beyond the last."""
    last = max(1, -(-len(wanted) // SIZE))
    if name:
        names = list(rows.names())
        for place, at in enumerate(wanted):
            # Made out only where the number may be meant.
            if names[at] == name or (names[at].endswith(name) and names[at] == f"{rows[at].doc}:{name}"):
                return replace(query, page=place // SIZE + 1), names[at]
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
