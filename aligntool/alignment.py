"""What an aligner is."""

from collections.abc import Callable
from dataclasses import dataclass

from aligntool.records import Bitext, Document

__all__ = ["Aligner"]


@dataclass(frozen=True, slots=True)
class Aligner:
    """A plug-in of the ``aligners`` family.

    Attributes:
        name: Its name in options.
        summary: One line for users.
        align: Source and target documents to the bitext that pairs them.
    """

    name: str
    summary: str
    align: Callable[[Document, Document], Bitext]
