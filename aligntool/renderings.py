"""Parts of a text with their one right rendering: what a translation lacks, the text with them put in."""

import re
from collections.abc import Iterable

__all__ = ["Place", "filled", "lacking"]

Place = tuple[int, int, str]
"""Start and end of a part, and its rendering."""


def lacking(places: Iterable[Place], output: str) -> list[str]:
    """Renderings that a translation does not have."""
    return [rendering for _, _, rendering in places if not _has(output, rendering)]


def filled(text: str, places: Iterable[Place]) -> str:
    """The text with every part in its rendering.

    >>> filled("Hij woont in Den Haag.", [(13, 21, "The Hague")])
    'Hij woont in The Hague.'
    """
    pieces, at = [], 0
    for start, end, rendering in places:
        pieces += [text[at:start], rendering]
        at = end
    return "".join([*pieces, text[at:]])


def _has(output: str, rendering: str) -> bool:
    """Whether a rendering stands in an output, with its capitals unless all of the output is in capitals."""
    ignored = re.IGNORECASE if rendering.islower() or output.isupper() else re.NOFLAG
    article, name = ("[Tt]he ", rendering[4:]) if rendering.startswith("The ") else ("", rendering)
    plain = output.replace("’", "'")
    return re.search(rf"(?<!\w){article}{re.escape(name)}(?!\w)", plain, ignored) is not None
