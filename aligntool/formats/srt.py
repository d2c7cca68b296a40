"""Subtitles, SubRip and WebVTT: cues are translated, numbers, timings and everything else are not."""

import re

from aligntool.codec import Format
from aligntool.records import Document, Segment

__all__ = ["PLUGIN"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_TIME = r"(?:[0-9]+:)?[0-9]{1,2}:[0-9]{1,2}[,.][0-9]{1,3}"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_NUMBER = re.compile(r"\s*[0-9]+\s*$")


def _read(text: str) -> Document:
    """A segment a cue, its lines together; what stands outside cues is in the leads."""
    lines = _LINE.findall(text)
    segments: list[Segment] = []
    lead, cue, inside = "", "", False
    for number, line in enumerate(lines):
        if inside and not _ends(lines, number):
            cue += line
            continue
        if inside:
            lead, cue = _close(segments, lead, cue), ""
        lead += line
        inside = bool(_TIMING.match(line))
    tail = _close(segments, lead, cue)
    return Document("und", tuple(segments), tail)


def _ends(lines: list[str], number: int) -> bool:
    """Whether the cue is over: a blank line, or the next cue without one."""
    if not lines[number].strip() or _TIMING.match(lines[number]):
        return True
    follows = number + 1 < len(lines) and _TIMING.match(lines[number + 1])
    return bool(follows and _NUMBER.match(lines[number]))


def _close(segments: list[Segment], lead: str, cue: str) -> str:
    """Add the finished cue; what is left begins the next lead."""
    inner = cue.strip()
    if not inner:
        return lead + cue
    start = cue.index(inner)
    segments.append(Segment(inner, lead + cue[:start]))
    return cue[start + len(inner) :]


PLUGIN = Format(
    "srt", (".srt", ".vtt"), "subtitles (SubRip, WebVTT); a cue a block, timings stay", _read, str
)
