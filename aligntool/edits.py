"""Differences between two versions of a text, as edits a reader can follow, each with its kind."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from aligntool.records import Bitext, Category, Document, Flag, Side, Span

__all__ = ["Edit", "Kind", "compare", "diff"]

Kind = Literal["spacing", "punctuation", "casing", "number", "spelling", "wording", "insertion", "deletion"]

# Numbers whole, words with their apostrophes and combining accents, blanks, single marks: nothing is left.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|\w(?:[\w\u0300-\u036f]|['’](?=\w))*|\s+|[^\w\s]")
_CATEGORY: dict[Kind, Category] = {
    "spacing": "spacing",
    "punctuation": "punctuation",
    "casing": "casing",
    "number": "number",
    "spelling": "spelling",
    "wording": "grammar",
    "insertion": "accuracy",
    "deletion": "accuracy",
}
# Everything but letters, digits and the accents that combine with them.
_MARKS = r"[^\w\u0300-\u036f]+|_+"
# From this many tokens on, difflib may take frequent words for blanks: a coarser answer, but a quick one.
_LONG = 4000
# A word that resembles the other this much was misspelt rather than replaced (difflib's ratio).
_SAME_WORD = 0.8
_LONGEST = 60


class Edit(NamedTuple):
    """A stretch of the old text and what stands there in the new one.

    Attributes:
        span: Code points of the old text.
        new: The replacement.
        kind: What kind of change it is.
    """

    span: Span
    new: str
    kind: Kind


def compare(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that turn one text into the other, in order, none touching the next.

    Words are compared whole, with their blanks; a blank alone between two changes is taken into them, so that
    a rewritten phrase reads as one change and not as confetti.
    """
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [0]
    for token in left:
        starts.append(starts[-1] + len(token))
    edits = []
    for a, b, c, d in _altered(left, right):
        text = "".join(right[c:d])
        edits.append(Edit(Span(starts[a], starts[b]), text, _kind("".join(left[a:b]), text)))
    return tuple(edits)


def _altered(left: list[str], right: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of tokens that differ, on both sides."""
    head = tail = 0
    shorter = min(len(left), len(right))
    while head < shorter and left[head] == right[head]:
        head += 1
    while tail < shorter - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    # Blanks are no anchors: they match everywhere, mean nothing, and make the search slow.
    old, new = left[head : len(left) - tail], right[head : len(right) - tail]
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=len(new) > _LONG)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield i + head, j + head, k + head, m + head


def _kind(old: str, new: str) -> Kind:
    """What kind of change it is, told by the two texts alone."""
    both = all(re.search(r"\d", text) for text in (old, new))
    tests: tuple[tuple[Kind, bool], ...] = (
        ("spacing", _bare(old, r"\s+") == _bare(new, r"\s+")),
        ("number", both and _bare(old, r"[\d.,\s]+") == _bare(new, r"[\d.,\s]+")),
        ("punctuation", _bare(old, _MARKS) == _bare(new, _MARKS)),
        ("insertion", not old.strip()),
        ("deletion", not new.strip()),
        ("casing", _bare(old, _MARKS).casefold() == _bare(new, _MARKS).casefold()),
        ("spelling", _alike(old.casefold(), new.casefold())),
    )
    return next((kind for kind, holds in tests if holds), "wording")


def _alike(old: str, new: str) -> bool:
    """Whether two words resemble each other; longer stretches are other wording, and slow to compare."""
    return max(len(old), len(new)) <= _LONGEST and SequenceMatcher(None, old, new).ratio() >= _SAME_WORD


def _bare(text: str, dropped: str) -> str:
    return re.sub(dropped, "", text)


def diff(old: Bitext, new: Bitext) -> tuple[Flag, ...]:
    """What must be put where in the old bitext to make the new one.

    ``repair(old, diff(old, new)) == new``.

    Args:
        old: Two documents and their beads.
        new: Another version of them with the same segments in the same layout.

    Raises:
        ValueError: The two differ in number of segments, layout or beads; align them first.
    """
    if old.beads != new.beads:
        raise ValueError("the two bitexts are aligned differently")
    return (*_changed(old.target, new.target, "target"), *_changed(old.source, new.source, "source"))


def _changed(old: Document, new: Document, side: Side) -> Iterator[Flag]:
    layout = [s.lead for s in old.segments], old.tail, old.lang
    if layout != ([s.lead for s in new.segments], new.tail, new.lang):
        raise ValueError(f"the {side} documents differ in layout or language; align them first")
    for index, (before, after) in enumerate(zip(old.texts, new.texts, strict=True)):
        for edit in compare(before, after):
            yield Flag(
                check="diff",
                category=_CATEGORY[edit.kind],
                segment=index,
                span=edit.span,
                text=before[edit.span.start : edit.span.end],
                severity="minor",
                message=f"changed: {edit.kind}",
                confidence=1.0,
                fix=edit.new,
                evidence={"edit": edit.kind},
                side=side,
            )
