"""What a check is, and running checks over a bitext."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from aligntool.records import Bitext, Category, Flag

__all__ = ["LEVELS", "Check", "Finder", "Level", "Tables", "flag"]

Level = Literal["strict", "normal", "thorough"]
LEVELS: tuple[Level, ...] = get_args(Level)

Tables = Mapping[str, Sequence[Mapping[str, str]]]
"""Lexicon tables by file stem (``calques``); each row maps a column name to its cell."""

Finder = Callable[[Bitext], Iterator[Flag]]
"""Reads ``bitext.target`` (the English under test, beside its source where there is one), yields flags."""


@dataclass(frozen=True, slots=True)
class Check:
    """A plug-in of the ``checks`` family: one kind of finding.

    Attributes:
        name: Its name in flags, options and documentation; equal to its module's name with dashes.
        category: Kind of error its flags carry.
        level: The lowest level at which it runs: ``strict`` finds only what is nearly always wrong.
        summary: One line for users.
        prepare: Makes the finder once from the tables it asked for; must not open files.
        tables: Stems of the tables in ``aligntool/data`` it needs.
        bilingual: True when it can say nothing without a source beside the text.
    """

    name: str
    category: Category
    level: Level
    summary: str
    prepare: Callable[[Tables], Finder]
    tables: tuple[str, ...] = ()
    bilingual: bool = False


def flag(bitext: Bitext, finders: Sequence[Finder]) -> tuple[Flag, ...]:
    """Run the finders; sort by place; of two flags on one span with one fix keep the surer one."""
    found = [flag for finder in finders for flag in finder(bitext)]
    best: dict[tuple[object, ...], Flag] = {}
    for item in found:
        key = (item.side, item.segment, item.span, item.fix)
        if key not in best or best[key].confidence < item.confidence:
            best[key] = item
    return tuple(sorted(best.values(), key=lambda f: (f.side != "target", f.segment, f.span, f.check)))
