"""Plain text: paragraphs set apart by blank lines, or one a line; hard-wrapped text is recognised."""

import re
from statistics import median

from aligntool.codec import Format
from aligntool.records import Document, Segment

__all__ = ["PLUGIN", "read"]

# Text wrapped by hand or by an old mail program stays below this width; web paragraphs do not.
_WIDEST = 120
_NARROWEST = 40
_BLANKS = r"[^\S\n]*"
# A gap is only looked for where a run of blanks begins: trying at each of them takes squared time.
_PARAGRAPH = re.compile(rf"(?<!\s)\s*\n{_BLANKS}\n\s*")
_LINE = re.compile(r"(?<!\s)\s*\n\s*")
_ENDED = re.compile(r"[.!?…:;”’\"'»)\]]\s*$")


def read(text: str) -> Document:
    """Cut at blank lines; at every line break too unless the text is hard-wrapped."""
    return cut(text, _PARAGRAPH if _wrapped(text) else _LINE)


def cut(text: str, gap: re.Pattern[str]) -> Document:
    """Blocks between the gaps as segments, the gaps as leads; nothing is lost.

    Args:
        text: The text.
        gap: Matches what stands between two blocks; must match blanks only.
    """
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start >= end:
        return Document("und", tail=text)
    segments, lead, at = [], text[:start], start
    for match in gap.finditer(text, start, end):
        segments.append(Segment(text[at : match.start()], lead))
        lead, at = match.group(), match.end()
    segments.append(Segment(text[at:end], lead))
    return Document("und", tuple(segments), text[end:])


def _wrapped(text: str) -> bool:
    """Whether single line breaks stand inside sentences rather than between paragraphs."""
    inner = [
        line.rstrip()
        for block in re.split(rf"\n{_BLANKS}\n", text)
        for line in block.strip().split("\n")[:-1]
        if line.strip()
    ]
    if not inner or max(map(len, inner)) > _WIDEST or median(map(len, inner)) < _NARROWEST:
        return False
    return sum(not _ENDED.search(line) for line in inner) > len(inner) / 2


PLUGIN = Format("text", (".txt", ".text", ""), "plain text, a paragraph a block", read, str)
