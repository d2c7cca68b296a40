"""Expressions put over word for word from another language, with the expression behind them."""

from aligntool.flags import Check, Finder, Tables
from aligntool.phrasebook import phrase_finder

__all__ = ["PLUGIN"]

NAME = "calques"
_MESSAGE = "“{text}” seems to be {language} “{source}” put over word for word; English says “{suggestion}”."


def _prepare(tables: Tables) -> Finder:
    return phrase_finder(NAME, "calque", tables["calques"], _MESSAGE)


PLUGIN = Check(
    NAME, "calque", "strict", "phrases put over word for word from another language", _prepare, ("calques",)
)
