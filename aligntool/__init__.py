"""Translate foreign articles offline, align them with their originals, mark what the machine left behind.

The whole of aligntool in a dozen names; each is imported when first used::

    from aligntool import Document, segment, flag

    for found in flag(segment("He is the the chief of Kremlin .", lang="en")):
        print(found.text, "->", found.fix, found.message)
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligntool.api import align, diff, flag, repair, segment, translate
    from aligntool.errors import AligntoolError
    from aligntool.records import Bead, Bitext, Document, Flag, Segment

__all__ = [
    "AligntoolError",
    "Bead",
    "Bitext",
    "Document",
    "Flag",
    "Segment",
    "align",
    "diff",
    "flag",
    "repair",
    "segment",
    "translate",
]

_HOME = {name: "aligntool.api" for name in __all__ if name.islower()} | {"AligntoolError": "aligntool.errors"}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562): ``import aligntool`` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'aligntool' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME.get(name, "aligntool.records")), name)
    return value
