"""A user's own lists: lexicon entries flagged beside the built-in ones, and flags not to be shown."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from aligntool.errors import InputError
from aligntool.records import SEVERITIES, Flag
from aligntool.wording import verify

__all__ = ["Entry", "Ignored", "entries", "ignored", "rules_for", "silence"]

Entry = tuple[tuple[str, str], ...]
"""A lexicon row as pairs of column and cell, so that settings that hold it can be compared and stored."""

_COLUMNS = ("lang", "original", "literal", "suggestion", "severity", "confidence", "context", "note")
_SHORT = 2
_ADVICE = (
    "a line holds a phrase, a tab and its suggestion, or the eight columns of aligntool/data/calques.tsv"
)


class Ignored(NamedTuple):
    """Flags a user does not want to see; ``*`` stands for anything.

    Attributes:
        file: Pattern of the file's path or name.
        check: Name of the check, or check and rule: ``quotes/guillemet``.
        text: Pattern of the quoted text, capitals aside.
    """

    file: str = "*"
    check: str = "*"
    text: str = "*"


def entries(text: str, where: str) -> tuple[Entry, ...]:
    """Lexicon rows of a user: ``literal``, tab, ``suggestion``, or all columns of ``calques.tsv``.

    Args:
        text: The file's text; ``#`` begins a remark, a header row may stand first.
        where: The file's name, for messages.

    Raises:
        InputError: A line cannot be read as an entry; it is named.
    """
    return tuple(
        _entry(line, f"{where}, line {number}")
        for number, line in _lines(text)
        if line.split("\t")[0] not in {"lang", "literal"}
    )


def _lines(text: str) -> Iterable[tuple[int, str]]:
    return (
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    )


def _entry(line: str, where: str) -> Entry:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) == _SHORT:
        cells = ["", "", *cells, "major", "0.9", "", ""]
    if not _SHORT < len(cells) <= len(_COLUMNS):
        raise InputError(f"{where}: {len(cells)} cells in {line!r}", _ADVICE)
    row = dict(zip(_COLUMNS, [*cells, *[""] * (len(_COLUMNS) - len(cells))], strict=True))
    row["severity"] = row["severity"] or "major"
    row["confidence"] = row["confidence"] or "0.9"
    _checked(row, where)
    return tuple(row.items())


def _checked(row: dict[str, str], where: str) -> None:
    """Whether a row can be used.

    Raises:
        InputError: Its pattern, context, severity or confidence cannot be read.
    """
    if not row["literal"]:
        raise InputError(f"{where}: there is no phrase to look for", _ADVICE)
    if row["severity"] not in SEVERITIES:
        raise InputError(f"{where}: no such severity: {row['severity']}", f"one of {', '.join(SEVERITIES)}")
    try:
        sure = float(row["confidence"])
        verify(row)
    except (ValueError, KeyError) as error:
        raise InputError(f"{where}: {error}", "docs/formats.md has the signs a pattern may hold") from error
    if not 0 < sure <= 1:
        raise InputError(f"{where}: confidence {row['confidence']} is not between 0 and 1", "0.9 is usual")


def ignored(text: str, where: str, checks: Sequence[str]) -> tuple[Ignored, ...]:
    """What a user does not want to see: ``file``, tab, ``check``, tab, ``text``; a cell left out is any.

    Args:
        text: The file's text; ``#`` begins a remark.
        where: The file's name, for messages.
        checks: Names of the checks there are.

    Raises:
        InputError: A line has more cells, or names no check there is.
    """
    found = []
    for number, line in _lines(text):
        cells = [cell.strip() or "*" for cell in line.split("\t")]
        if len(cells) > len(Ignored._fields):
            raise InputError(f"{where}, line {number}: {len(cells)} cells in {line!r}", "file, check, text")
        rule = Ignored(*cells)
        name = rule.check.partition("/")[0]
        if name != "*" and name not in checks:
            raise InputError(f"{where}, line {number}: no check {name}", f"there are: {', '.join(checks)}")
        found.append(rule)
    return tuple(found)


def rules_for(rules: Iterable[Ignored], path: str) -> tuple[Ignored, ...]:
    """Those of the rules that concern a file, by its path or its name."""
    name = path.rpartition("/")[2]
    return tuple(r for r in rules if fnmatchcase(path, r.file) or fnmatchcase(name, r.file))


def silence(flags: Iterable[Flag], rules: Sequence[Ignored]) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """Part the flags that are to be shown from those a rule silences."""
    shown: list[Flag] = []
    hidden: list[Flag] = []
    for flag in flags:
        (hidden if any(_meets(flag, rule) for rule in rules) else shown).append(flag)
    return tuple(shown), tuple(hidden)


def _meets(flag: Flag, rule: Ignored) -> bool:
    check, _, kind = rule.check.partition("/")
    return (
        check in {"*", flag.check}
        and kind in {"", "*", flag.evidence.get("rule", "")}
        and fnmatchcase(flag.text.casefold(), rule.text.casefold())
    )
