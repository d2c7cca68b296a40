"""The shape of a text as engines want it and as readers do: its capitals, and pieces short enough."""

import re
from collections.abc import Callable
from typing import Literal

from aligntool.literals import literals, outside

__all__ = ["Shape", "cut", "fitted", "joint", "plain", "reshape", "shape_of"]

Shape = Literal["plain", "upper", "title"]

_TOKEN = re.compile(r"[^\W\d_]+")
# A few capitals may be an acronym or a name: letters of a shout (of one word alone), words of a headline,
# and the length up to which a capitalised word may be a function word of any language.
_SHOUT, _LONE_SHOUT, _HEADLINE, _SMALL = 6, 8, 4, 3
_STOPS = (".", "…", "。", "।", "۔", "።")
# Scripts from Thai on are written without blanks, and so are these languages.
_UNSPACED_FROM, _UNSPACED = "\u0e00", frozenset(("ja", "lo", "km", "my", "th", "zh", "zt"))
_BOUNDARIES = (
    re.compile(r"(?<=[;:；：])\s+|(?<=[；：。])|\s+(?=[—–])|(?<=[.!?…])\s+"),
    re.compile(r"(?<=,)\s+|(?<=[，、])"),
    re.compile(r"\s+"),
)


def shape_of(text: str) -> Shape:
    """Whether a text is ALL CAPS or a Headline In Which Every Word, Even The Small Ones, Is Capitalised.

    >>> shape_of("GRENZEN WEER OPEN"), shape_of("De Grens Is Weer Open"), shape_of("NAVO en EU")
    ('upper', 'title', 'plain')
    """
    tokens = _TOKEN.findall(outside(text))
    if not tokens or any(token.islower() for token in tokens):
        return "plain"
    if all(token.isupper() for token in tokens):
        letters = sum(map(len, tokens))
        return "upper" if letters >= (_SHOUT if len(tokens) > 1 else _LONE_SHOUT) else "plain"
    small = any(1 < len(token) <= _SMALL and token.istitle() for token in tokens)
    return (
        "title"
        if len(tokens) >= _HEADLINE and small and all(token[0].isupper() for token in tokens)
        else "plain"
    )


def _recase(text: str, change: Callable[[str], str]) -> str:
    """Change the case of a text without touching the literals in it."""
    pieces, at = [], 0
    for start, end in literals(text):
        pieces += [change(text[at:start]), text[start:end]]
        at = end
    return "".join([*pieces, change(text[at:])])


def _first_up(text: str) -> str:
    """Capitalise the first letter, unless a literal stands before it."""
    match = _TOKEN.search(text)
    spans = literals(text)
    if not match or (spans and spans[0][0] <= match.start()):
        return text
    return text[: match.start()] + text[match.start()].upper() + text[match.start() + 1 :]


def plain(text: str, shape: Shape) -> str:
    """The text as an ordinary sentence, blanks collapsed: what models were trained on.

    >>> plain("GRENZEN  WEER OPEN", "upper")
    'Grenzen weer open'
    """
    flat = " ".join(text.split())
    return flat if shape == "plain" else _first_up(_recase(flat, str.lower))


def reshape(text: str, shape: Shape) -> str:
    """Give an ordinary sentence the capitals of the text it translates.

    >>> reshape("It's open again", "title")
    "It's Open Again"
    """
    if shape == "upper":
        return _recase(text, str.upper)
    if shape == "title":
        return _recase(text, lambda part: re.sub(r"(?<![\w'’])[^\W\d_]", lambda m: m[0].upper(), part))
    return text


def fitted(source: str, output: str) -> str:
    """Take back the capital and the full stop that a model gives a fragment as if it were a sentence."""
    if output.endswith(".") and not source.endswith(_STOPS):
        output = output.rstrip(".") or output
    word = _TOKEN.search(output)
    if source[:1].islower() and word and not word.start() and word[0].istitle() and len(word[0]) > 1:
        output = output[0].lower() + output[1:]
    return output


def joint(piece: str, glue: str, target: str) -> str:
    """What joins the translations of two pieces: what stood between them, or the blank the target needs.

    >>> joint("前半句；", "", "en"), joint("half a wo", "", "en"), joint("one;", " ", "zh")
    (' ', '', '')
    """
    if target in _UNSPACED:
        return ""
    inside_word = piece[-1].isalnum() and piece[-1] < _UNSPACED_FROM
    return glue or ("" if inside_word else " ")


def _break(text: str, ranges: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """The gap (start, end) to cut at: of the best kind of boundary, the one nearest the middle."""
    middle, margin = len(text) / 2, len(text) / 8
    for boundary in _BOUNDARIES:
        gaps = [
            match.span()
            for match in boundary.finditer(text)
            if margin < match.start() < len(text) - margin
            and not any(start < match.end() and match.start() < end for start, end in ranges)
        ]
        if gaps:
            return min(gaps, key=lambda gap: abs(gap[0] - middle))
    inside = next(
        (span for span in ranges if span[0] < middle < span[1] and span[1] - span[0] < len(text)), None
    )
    if inside:
        at = inside[0] if inside[0] > len(text) - inside[1] else inside[1]
        return at, at
    return len(text) // 2, len(text) // 2


def cut(text: str, fits: Callable[[str], bool]) -> tuple[tuple[str, str], ...]:
    """Cut a text into pieces that fit, at clause ends where there are any, outside literals where possible.

    Args:
        text: A text without surrounding blanks.
        fits: Whether a piece is short enough; anything of one character is taken to be.

    Returns:
        Pieces, each with the blanks (or nothing) that stood between it and the next.

    >>> cut("Eerst dit; dan dat.", lambda piece: len(piece) < 12)
    (('Eerst dit;', ' '), ('dan dat.', ''))
    """
    done: list[tuple[str, str]] = []
    open_pieces = [(text, "")]
    while open_pieces:
        piece, glue = open_pieces.pop()
        if len(piece) <= 1 or fits(piece):
            done.append((piece, glue))
            continue
        start, end = _break(piece, literals(piece))
        open_pieces += [(piece[end:], glue), (piece[:start], piece[start:end])]
    return tuple(done)
