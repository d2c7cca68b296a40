"""What a document format is: text in, Document out, and back without losing a character."""

from collections.abc import Callable
from dataclasses import dataclass

from aligntool.records import Document

__all__ = ["Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A plug-in of the ``formats`` family.

    ``read`` cuts a text into translatable blocks (paragraphs, headings, list items): one Segment a block,
    markup and blanks in its lead; the sentence splitter cuts blocks further. ``write(read(s)) == s``.

    Attributes:
        name: Its name in options.
        suffixes: File name endings it is chosen by, lower-case, with the dot.
        summary: One line for users.
        read: Text to Document (language ``und``).
        write: Document to text.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    read: Callable[[str], Document]
    write: Callable[[Document], str]
