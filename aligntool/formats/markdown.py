"""Markdown: prose is translated; code, front matter, tables' rules and markers at line starts are not."""

import re

from aligntool.codec import Format
from aligntool.records import Document, Segment

__all__ = ["PLUGIN"]

# What opens a block: quote signs, heading signs, list markers, task boxes. (CommonMark 0.31, §4 and §5.)
_MARKER = re.compile(r"[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?")
_FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(`{3,}|~{3,})")
_RULE = re.compile(r"[ \t]*(?:[-=*_|:+][ \t]*){3,}$")
_ITEM = re.compile(r"[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]|(?:[-*+]|\d{1,9}[.)])[ \t])")
_HTML = re.compile(r"[ \t]*</?[a-zA-Z!][^>]*>[ \t]*$")


def _read(text: str) -> Document:
    """Blocks as segments; everything that is not prose goes into the leads."""
    segments: list[Segment] = []
    lead, block = "", ""
    for line, prose in _classified(text):
        if prose and block and not _ITEM.match(line):
            block += line
            continue
        if block:
            lead = _close(segments, lead, block)
            block = ""
        if prose:
            marker = _MARKER.match(line)
            cut = marker.end() if marker else 0
            lead, block = lead + line[:cut], line[cut:]
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


def _classified(text: str) -> list[tuple[str, bool]]:
    """Each line with its line end, and whether it is prose."""
    result: list[tuple[str, bool]] = []
    fence = ""
    front = text.startswith("---\n")
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+$", text)):
        if front:
            front = number == 0 or line.strip() != "---"
            result.append((line, False))
            continue
        found = _FENCE.match(line)
        if fence:
            closes = (
                found is not None and found.group(1).startswith(fence) and not line.strip().strip(fence[0])
            )
            fence = "" if closes else fence
            result.append((line, False))
        elif found:
            fence = found.group(1)
            result.append((line, False))
        else:
            result.append((line, _prose(line)))
    return result


def _prose(line: str) -> bool:
    """Whether a line outside code holds words to translate."""
    indented_code = line.startswith(("    ", "\t")) and not _ITEM.match(line)
    return not (
        indented_code or not line.strip() or _RULE.match(line.rstrip("\n")) or _HTML.match(line.rstrip("\n"))
    )


PLUGIN = Format("markdown", (".md", ".markdown"), "Markdown; code and markup stay as they are", _read, str)
