"""Words that look like a foreign word and mean something else; told by the words around them, never alone."""

from aligntool.flags import Check, Finder, Tables
from aligntool.phrasebook import phrase_finder

__all__ = ["PLUGIN"]

NAME = "false-friends"
_MESSAGE = "“{text}” is not what {language} “{source}” means here; English says “{suggestion}”."


def _prepare(tables: Tables) -> Finder:
    return phrase_finder(NAME, "false-friend", tables["false-friends"], _MESSAGE)


PLUGIN = Check(
    NAME,
    "false-friend",
    "strict",
    "words that look like a foreign word and mean something else, told by their context",
    _prepare,
    ("false-friends",),
)
