"""A comparison for the terminal: prose wrapped to the width, changes in brackets and in colour."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from aligntool.revisions import Comparison, Revision, State
from aligntool.showing import Piece, distance, facts, judgements, numbers, pieces, title, told, visible

__all__ = ["breadth", "overview", "render"]

_Style = Literal["both", "old", "new", "dim", "bold"]
_CODES: dict[_Style, str] = {"both": "", "old": "31", "new": "32", "dim": "2", "bold": "1"}
_BRACKETS: dict[_Style, tuple[str, str]] = {"old": ("[-", "-]"), "new": ("{+", "+}")}
_SIGNS: dict[State, str] = {
    "same": " ",
    "changed": "~",
    "layout": "¶",
    "merged": "~",
    "split": "~",
    "moved": "↕",
    "inserted": "+",
    "deleted": "-",
}
_INDENT = "  "
_GUTTER = " │ "
_NAME = 24  # columns that the names of documents get in an overview
_LEAST = 10  # columns a text gets, however narrow the terminal is
_COLOUR = re.compile(r"\x1b\[\d*m")
_ATOM = re.compile(r"\s+|\S+")


class _Chunk(NamedTuple):
    """Text in one style."""

    text: str
    style: _Style = "both"


def render(comparison: Comparison, groups: Iterable[tuple[int, ...]], width: int, *, two: bool) -> str:
    """A document's differences.

    Args:
        comparison: The document.
        groups: The revisions to show, in order, an empty line between two groups.
        width: Columns of the terminal.
        two: Old and new side by side.

    Returns:
        Lines with ANSI colours; whoever prints them to something else strips those.
    """
    head = f"── {comparison.name} "
    lines = [_painted([_Chunk(head + "─" * max(0, width - breadth(head)), "bold")])]
    for fact in (title(comparison), *facts(comparison)):
        lines += _wrapped([_Chunk(fact)], width)
    for group in groups:
        lines.append("")
        for number in group:
            lines += _shown(comparison, number, width, two=two)
    return "\n".join([*lines, ""])


def overview(comparisons: Sequence[Comparison], width: int) -> str:
    """A line a document, broken where the terminal ends: its name, how much differs, edits and flags by kind.

    Args:
        comparisons: The documents.
        width: Columns of the terminal.

    Returns:
        Lines with ANSI colours, and one about all documents where there are several.
    """
    rows = [(visible(one.name), "; ".join(_figures(one))) for one in comparisons]
    if len(rows) > 1:
        outs, ins = zip(*(one.words() for one in comparisons), strict=True)
        differ = sum(one.differs for one in comparisons)
        rows.append(
            ("all", f"{differ} of {len(rows)} documents differ; {sum(outs)} words out, {sum(ins)} in")
        )
    column = min(_NAME, width // 3, max((breadth(name) for name, _ in rows), default=0))
    lines = []
    for name, said in rows:
        label, text = _wrapped([_Chunk(name, "bold")], column), _wrapped([_Chunk(said)], width - column - 2)
        lines += [f"{_filled(one, column)}  {two}" for one, two in zip_longest(label, text, fillvalue="")]
    return "\n".join([*(line.rstrip() for line in lines), ""])


def _figures(one: Comparison) -> list[str]:
    near = [f"chrF {distance(one):.1f}"] if one.differs and not one.missing else []
    return [title(one), *near, *facts(one)]


def _filled(painted: str, width: int) -> str:
    """A painted line with blanks after it, up to the width."""
    return painted + " " * max(0, width - breadth(_COLOUR.sub("", painted)))


def _shown(comparison: Comparison, number: int, width: int, *, two: bool) -> Iterator[str]:
    """A revision: its sign and numbers, in words what became of it, its text, and its flags."""
    revision = comparison.revisions[number]
    room = width - len(_INDENT)
    style: _Style = "dim" if revision.state == "same" else "bold"
    label = _Chunk(f"{_SIGNS[revision.state]} {numbers(comparison, revision)}", style)
    words = told(revision)
    yield from _wrapped([label, *([_Chunk(f" · {words}", "dim")] if words else [])], width)
    found = pieces(comparison, revision)
    lines = _side_by_side(found, revision, room) if two else _wrapped(_bracketed(found, revision), room)
    yield from (f"{_INDENT}{line}" for line in lines)
    for line in judgements(comparison, number):
        for at, part in enumerate(_wrapped([_Chunk(line, "dim")], room - 2)):
            yield f"{_INDENT}{'  ' if at else '! '}{part}"


def _bracketed(found: Iterable[Piece], revision: Revision) -> list[_Chunk]:
    """The pieces, those of one side in brackets, so that nothing hangs on colour."""
    chunks = []
    for text, side in found:
        style: _Style = "dim" if revision.state == "same" else side
        opening, closing = _BRACKETS.get(style, ("", ""))
        chunks.append(_Chunk(f"{opening}{text}{closing}", style))
    return chunks


def _side_by_side(found: list[Piece], revision: Revision, width: int) -> Iterator[str]:
    room = max(_LEAST, (width - len(_GUTTER)) // 2)
    halves = [
        _wrapped(_bracketed([piece for piece in found if piece.side != other], revision), room)
        for other in ("new", "old")
    ]
    for left, right in zip_longest(*halves, fillvalue=""):
        yield f"{_filled(left, room)}{_GUTTER}{right}".rstrip()


def _wrapped(chunks: Iterable[_Chunk], width: int) -> list[str]:
    """Painted lines no broader than the width; broken at blanks, long words anywhere."""
    width = max(width, _LEAST)
    lines: list[list[_Chunk]] = [[]]
    used = 0
    for word in _words(chunks):
        size = sum(breadth(chunk.text) for chunk in word)
        blank = all(chunk.text.isspace() for chunk in word)
        if used + size <= width:
            lines[-1] += word
            used += size
        elif not blank or any(chunk.style in _BRACKETS for chunk in word):
            broken = _broken(word, width) if size > width else [word]
            lines += broken
            used = sum(breadth(chunk.text) for chunk in broken[-1])
        else:
            lines.append([])
            used = 0
    return [_painted(line) for line in lines if line] or [""]


def _words(chunks: Iterable[_Chunk]) -> Iterator[list[_Chunk]]:
    """Blanks, and what stands between them: the chunks of a line that stay together."""
    word: list[_Chunk] = []
    for chunk in chunks:
        for atom in _ATOM.findall(chunk.text):
            if atom.isspace() != (bool(word) and word[-1].text.isspace()) and word:
                yield word
                word = []
            word.append(_Chunk(atom, chunk.style))
    if word:
        yield word


def _broken(word: list[_Chunk], width: int) -> list[list[_Chunk]]:
    """A word that fits on no line, cut where a line is full."""
    lines: list[list[_Chunk]] = [[]]
    used = 0
    for chunk in word:
        start = 0
        for at, char in enumerate(chunk.text):
            size = breadth(char)
            if used + size > width:
                lines[-1].append(_Chunk(chunk.text[start:at], chunk.style))
                lines.append([])
                start, used = at, 0
            used += size
        lines[-1].append(_Chunk(chunk.text[start:], chunk.style))
    return lines


def breadth(text: str) -> int:
    r"""Columns a text takes on a terminal: two a wide character, none a combining one (UAX 11).

    >>> breadth("abc"), breadth("北京"), breadth("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_column(char) for char in text)


def _column(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _painted(chunks: Iterable[_Chunk]) -> str:
    """The chunks with their colours, neighbours of one style painted as one; blanks at the end cut off."""
    merged: list[_Chunk] = []
    for chunk in chunks:
        if merged and merged[-1].style == chunk.style:
            merged[-1] = _Chunk(merged[-1].text + chunk.text, chunk.style)
        else:
            merged.append(chunk)
    if merged:
        merged[-1] = _Chunk(merged[-1].text.rstrip(), merged[-1].style)
    return "".join(
        f"\x1b[{_CODES[style]}m{text}\x1b[0m" if _CODES[style] and text else text for text, style in merged
    )
