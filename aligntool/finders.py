"""Checks made ready: each once, with its tables and, where there are any, the user's dictionaries."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from aligntool import plugins
from aligntool.files import read_table
from aligntool.flags import LEVELS, Check, Finder, Level
from aligntool.listings import Listing
from aligntool.phrasebook import phrase_finder
from aligntool.readers import Panel, consulted
from aligntool.records import Bitext
from aligntool.settings import Extras
from aligntool.userlists import Entry

__all__ = ["finders"]


def finders(bitext: Bitext, level: Level, extras: Extras) -> tuple[Finder, ...]:
    """What reads a bitext at a level: the checks of it and of all levels below, and the user's entries.

    Args:
        bitext: A document, with its source where there is one.
        level: How much to flag.
        extras: What the user adds to the checks.
    """
    bilingual = bool(bitext.source.segments)
    origin = bitext.source.lang if bilingual else extras.origin
    panel = Panel(consulted(extras.dictionaries, origin), origin)
    return _checks(level, panel, bilingual=bilingual) + _own(extras.lexicon)


class _Tables(Mapping[str, Listing]):
    """The tables a check names, each read when it is first asked for."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Listing:
        if name not in self._names:
            raise KeyError(name)
        return read_table(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def _checks(level: Level, panel: Panel, *, bilingual: bool) -> tuple[Finder, ...]:
    return tuple(
        _informed(check.name, panel) if check.informed and panel.readers else _prepared(check.name)
        for check in plugins.load_all("checks")
        if LEVELS.index(check.level) <= LEVELS.index(level) and (bilingual or not check.bilingual)
    )


@cache
def _prepared(name: str) -> Finder:
    check: Check = plugins.load("checks", name)
    return check.prepare(_Tables(check.tables))


@cache
def _informed(name: str, panel: Panel) -> Finder:
    """A check that asks the user's dictionaries."""
    check: Check = plugins.load("checks", name)
    assert check.informed
    return check.informed(_Tables(check.tables), panel)


@cache
def _own(lexicon: tuple[Entry, ...]) -> tuple[Finder, ...]:
    """The finder of a user's entries."""
    message = "“{text}” is in your lexicon: “{suggestion}”."
    rows = [dict(entry) for entry in lexicon]
    return (phrase_finder("lexicon", "calque", rows, message),) if rows else ()
