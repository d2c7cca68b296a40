"""What the signs of a lexicon mean: patterns of English word forms, and the contexts they ask for.

A pattern is words with blanks between. ``a|b`` is a choice, ``(the)`` may be missing, ``~put`` stands for
every form of *put*, ``*`` for any one word, ``**`` for one to three, ``@poss`` for a class of words. What
stands in brackets at either end, ``[of the troops]``, must be there and is left as it is: no part of what is
flagged and replaced. Patterns of a cell are parted by `` ; ``.

In a suggestion ``~`` takes over the inflection of the pattern's first ``~``, ``*`` or ``@poss`` what stood in
their place (nothing, where the pattern's ``(*)`` was missing), a final ``**`` all that follows the first
word; ``one's`` and ``oneself`` take on the person that is named. A word that ``*`` stood for and the
suggestion does not take over is the writer's: no fix is offered.

A context is conditions with blanks between, all of which must hold: ``+a|b`` (one of them within ten words),
``-a|b`` (none of them), ``<a|b`` and ``>a|b`` (the word just before, just after), ``!<a|b`` and ``!>a|b``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from aligntool.inflection import CLASSES, tagged
from aligntool.listings import Row

__all__ = ["Entry", "Pattern", "Slot", "Token", "followers", "head", "read", "tokens", "verify"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Token(NamedTuple):
    """A word of a text: as given, folded for comparison, and where it stands (code points)."""

    text: str
    low: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, apostrophes inside them kept and made straight in ``low``."""
    return [
        Token(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end())
        for m in _WORD.finditer(text)
    ]


class Slot(NamedTuple):
    """One place of a pattern: the words that may stand there, whether it may be empty or hold several."""

    words: frozenset[str] | None  # None: any word
    optional: bool
    wide: bool
    mark: str  # how a suggestion refers to what stood here
    kept: bool = False  # whether it is only looked at


class Pattern(NamedTuple):
    """A pattern that has been read, with its row and the conditions that must hold around it."""

    slots: tuple[Slot, ...]
    tags: Mapping[str, str]  # form of the first inflected slot -> tag
    row: Row
    context: tuple[tuple[str, frozenset[str]], ...]


class Entry(NamedTuple):
    """A pattern as it is written, with its row."""

    literal: str
    row: Row


def verify(row: Row) -> None:
    """Whether the patterns and the context of a row can be read.

    Raises:
        ValueError: One cannot; it is in the message.
    """
    for literal in row["literal"].split(" ; "):
        list(head(literal.partition(" ")[0]))
        kept = "".join("k" if slot.kept else "f" for slot in read(Entry(literal, row)).slots)
        if not re.fullmatch("k*f+k*", kept):
            raise ValueError(
                f"brackets stand at the ends of a pattern, around what is left alone: {literal!r}"
            )


def head(piece: str) -> Iterator[str]:
    """The words the first piece of a pattern stands for, those in all their forms with their ``~``."""
    piece = piece.strip("[]")
    if not piece or piece[0] in "(*":
        raise ValueError(f"a pattern must begin with a word, not with {piece!r}")
    for choice in piece.split("|"):
        if choice[:1] == "@":
            yield from CLASSES[choice]
        else:
            yield choice


def read(entry: Entry) -> Pattern:
    """The pattern of an entry, ready to be compared with words.

    Raises:
        ValueError: Its context cannot be read.
    """
    slots = tuple(
        _slot(piece)._replace(kept=True) if kept else _slot(piece) for piece, kept in _pieces(entry.literal)
    )
    context = tuple(_condition(item) for item in entry.row.get("context", "").split())
    return Pattern(slots, _tags(entry.literal), entry.row, context)


def followers(slots: Sequence[Slot]) -> set[str] | None:
    """The words one of which must follow the first for these slots to be filled; None where any may."""
    words: set[str] = set()
    for slot in slots:
        if slot.words is None:
            return None
        words |= slot.words
        if not slot.optional:
            return words
    return None


def _pieces(literal: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a pattern, and whether they stand in brackets."""
    inside = False
    for piece in literal.split():
        inside = inside or piece.startswith("[")
        yield piece.strip("[]"), inside
        inside = inside and not piece.endswith("]")


@cache  # the lexicons have few different words, and each many times
def _slot(piece: str) -> Slot:
    optional = piece.startswith("(")
    body = piece.strip("()")
    if body in {"*", "**"}:
        return Slot(None, optional, body == "**", body)
    words = frozenset(word for choice in body.split("|") for word in _choice(choice))
    return Slot(words, optional, False, body if body.startswith("@") else "")


def _choice(choice: str) -> Iterable[str]:
    if choice.startswith("@"):
        return CLASSES[choice]
    return tagged(choice[1:]).keys() if choice.startswith("~") else (choice,)


def _tags(literal: str) -> dict[str, str]:
    """Form to tag for the first inflected slot of a pattern; the earlier tag wins where forms agree."""
    for piece in (piece for piece, kept in _pieces(literal) if not kept):
        lemmas = [choice[1:] for choice in piece.strip("()").split("|") if choice.startswith("~")]
        if lemmas:
            return {form: tag for lemma in lemmas for form, tag in tagged(lemma).items()}
    return {}


def _condition(item: str) -> tuple[str, frozenset[str]]:
    kind = re.match(r"!?[<>]|[+-]", item)
    if kind is None or len(item) == kind.end():
        raise ValueError(f"cannot read the condition {item!r}")
    words = (word for choice in item[kind.end() :].split("|") for word in _choice(choice))
    return kind.group(), frozenset(words)
