"""Markdown: prose is translated; code, front matter, HTML blocks and markers at line starts are not."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from aligntool.codec import Format
from aligntool.records import Document, Segment

__all__ = ["PLUGIN"]

# "item" and "text" open a block, which further "text" continues; "alone" is a block of one line.
_Kind = Literal["text", "item", "alone", "row", "markup", "blank"]
_PROSE = ("text", "item")

# What opens a block: quote signs, heading signs, list markers, task boxes. (CommonMark 0.31, §4 and §5.)
_QUOTE = r"[ \t]*(?:>[ \t]?)*+"
_BULLET = r"(?:[-*+]|\d{1,9}[.)])[ \t]+"
_MARKER = re.compile(rf"{_QUOTE}[ \t]*(?:#{{1,6}}[ \t]+|(?:{_BULLET})+(?:\[[ xX]\][ \t]+)?)?")
_ITEM = re.compile(rf"{_QUOTE}[ \t]*{_BULLET}")
_BREAKING = re.compile(rf"{_QUOTE}[ \t]*(?:[-*+]|1[.)])[ \t]+\S")  # may stand right after a paragraph's line
_HEADING = re.compile(rf"{_QUOTE}[ \t]*#{{1,6}}[ \t]")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r"[ \t]*(?:>[ \t]?)*+(?:[-=*_|:+][ \t]*){3,}$")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_LINK = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*\S+(?:[ \t]+[\"'(].*)?[ \t]*$")
_TAG = re.compile(r"[ \t]*</?[a-zA-Z!][^>]*>[ \t]*$")
_CODE = re.compile(r"(?: {4}| {0,3}\t)")
_CELL = re.compile(r"(?:[^|\\\n]|\\.)+")
# What opens a stretch of foreign matter, and what closes it. A fence is closed by one as long (§4.5).
_FENCE = re.compile(rf"({_QUOTE})[ \t]*(?:{_BULLET})?(`{{3,}}(?=[^`]*$)|~{{3,}})")
_RAW = re.compile(r" {0,3}<(?:(!--)|(script|style|pre|textarea)\b)", re.IGNORECASE)


class _Line(NamedTuple):
    """A line with its line end, and what it is."""

    text: str
    kind: _Kind


def _read(text: str) -> Document:
    """Blocks as segments; everything that is not prose goes into the leads."""
    segments: list[Segment] = []
    lead, block = "", ""
    for line, kind in _classified(text):
        if kind == "text" and block:
            block += line
            continue
        if block:
            lead, block = _close(segments, lead, block), ""
        cut = _MARKER.match(line)
        start = cut.end() if cut else 0
        if kind in _PROSE:
            lead, block = lead + line[:start], line[start:]
        elif kind == "alone":
            closing = _CLOSING.search(line.rstrip("\r\n"))
            end = max(closing.start() if closing and _HEADING.match(line) else len(line), start)
            lead = _close(segments, lead + line[:start], line[start:end]) + line[end:]
        elif kind == "row":
            lead = _cells(segments, lead, line)
        else:
            lead += line
    if block:
        lead = _close(segments, lead, block)
    return Document("und", tuple(segments), lead)


def _close(segments: list[Segment], lead: str, block: str) -> str:
    """Add the finished block; what remains (its trailing blanks) begins the next lead."""
    inner = block.strip()
    if not inner:
        return lead + block
    start = block.index(inner)
    segments.append(Segment(inner, lead + block[:start]))
    return block[start + len(inner) :]


def _cells(segments: list[Segment], lead: str, line: str) -> str:
    """Add the cells of a table's row, each on its own; bars go into the leads."""
    at = 0
    for found in _CELL.finditer(line):
        lead = _close(segments, lead + line[at : found.start()], found.group())
        at = found.end()
    return lead + line[at:]


def _classified(text: str) -> Iterator[_Line]:
    """Each line and what it is."""
    lines = re.findall(r"[^\n]*\n|[^\n]+$", text)
    front = _front(lines)
    yield from (_Line(line, "markup") for line in lines[:front])
    closer: re.Pattern[str] | None = None
    before: _Kind = "blank"
    listed = quoted = False
    for line in lines[front:]:
        bare = line.rstrip("\r\n")
        if quoted and not _quotes(bare):
            closer = None  # a fence in a quotation ends with it
        opened = None if closer else _closer(bare)
        quoted = _quotes(bare) if opened else quoted and closer is not None
        kind: _Kind = "markup" if closer or opened else _kind(bare, before, listed=listed)
        closer = opened or (None if closer and closer.search(bare) else closer)
        listed = _lists(kind, bare, before, listed=listed)
        yield _Line(line, kind)
        before = kind


def _quotes(line: str) -> bool:
    return line.lstrip().startswith(">")


def _lists(kind: _Kind, line: str, before: _Kind, *, listed: bool) -> bool:
    """Whether a list is open after the line: what is indented, or goes on without a gap, belongs to it."""
    if kind in {"blank", "markup", "item"}:
        return listed or kind == "item"
    return listed and (line[:1].isspace() or before in _PROSE)


def _front(lines: list[str]) -> int:
    """Number of lines of the front matter; 0 where there is none (a rule at the top opens none)."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    ends = (i for i, line in enumerate(lines[1:], 2) if line.rstrip() in {"---", "..."})
    end = next(ends, 0)
    return end if end > 2 and all(re.match(r"[\w\"'-]+:|[ \t#-]|\s*$", x) for x in lines[1 : end - 1]) else 0  # noqa: PLR2004 - not an empty one


def _closer(line: str) -> re.Pattern[str] | None:
    """What closes the foreign matter that the line opens; None where it opens none, or closes it itself."""
    fence = _FENCE.match(line)
    if fence:
        sign = fence[2]
        return re.compile(rf"^{_QUOTE}[ \t]*{sign[0]}{{{len(sign)},}}[ \t]*$")
    raw = _RAW.match(line)
    if not raw:
        return None
    pattern = re.compile("-->" if raw[1] else f"</{raw[2]}>", re.IGNORECASE)
    return None if pattern.search(line, raw.end()) else pattern


def _kind(line: str, before: _Kind, *, listed: bool) -> _Kind:
    """What a line outside foreign matter is.

    Args:
        line: Without its line end.
        before: What the line before it is.
        listed: Whether a list is open, whose items' further paragraphs are indented.
    """
    if not line.strip():
        return "blank"
    item = _ITEM.match(line) and (listed or before not in _PROSE or _BREAKING.match(line))
    code = _CODE.match(line) and before not in _PROSE and not listed
    setext = before in _PROSE and _SETEXT.match(line)
    if code or setext or any(p.match(line) for p in (_RULE, _LINK, _TAG, _RAW)):
        return "markup"
    if line.lstrip().startswith("|"):
        return "row"
    if _HEADING.match(line) or _quotes(line):
        return "alone"
    return "item" if item else "text"


PLUGIN = Format("markdown", (".md", ".markdown"), "Markdown; code and markup stay as they are", _read, str)
