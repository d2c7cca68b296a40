"""Line-parallel text: a line is a segment, blank lines included, so that line n stays line n."""

from aligntool.codec import Format
from aligntool.records import Document, Segment

__all__ = ["PLUGIN"]


def _read(text: str) -> Document:
    """One segment a line, even an empty one; blanks at the line's ends go into the leads."""
    body, tail = (text[:-1], "\n") if text.endswith("\n") else (text, "")
    if not text:
        return Document("und")
    segments, lead = [], ""
    for line in body.split("\n"):
        inner = line.strip()
        # An all-blank line has no inside: its blanks count as before it.
        start = line.index(inner) if inner else len(line)
        segments.append(Segment(inner, lead + line[:start]))
        lead = line[start + len(inner) :] + "\n"
    return Document("und", tuple(segments), lead.removesuffix("\n") + tail)


PLUGIN = Format("lines", (), "a line a segment, blank lines kept: what evaluation tools expect", _read, str)
