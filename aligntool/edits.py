"""Differences between two versions of a text, as edits a reader can follow, each with its kind."""

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from aligntool.kinds import COMBINING, Kind, kind, reordered
from aligntool.records import Bitext, Category, Document, Flag, Side, Span
from aligntool.sequences import matches

__all__ = ["Edit", "Ignore", "apply", "compare", "diff"]

Ignore = Literal["", "line-ends", "blanks"]
"""What makes no difference: nothing, how lines end (CR LF or LF), or any blanks for any others."""

# Scripts written without blanks between words: each character is a token.
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_PICTURE = r"[\u2190-\u2bff\U0001f000-\U0001faff]"
# Numbers whole, words with their apostrophes and accents, emoji with their modifiers, blanks, single marks:
# nothing is left.
_TOKEN = re.compile(
    rf"""
      \d+(?:[.,]\d+)+(?!\w)
    | [{_UNSPACED}][{COMBINING}]*
    | [^\W{_UNSPACED}](?:[^\W{_UNSPACED}]|[{COMBINING}]|['’](?=\w))*
    | [\U0001f1e6-\U0001f1ff]{{2}}
    | {_PICTURE}(?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d{_PICTURE})*
    | \s+
    | [^\w\s]
    """,
    re.VERBOSE,
)
_LINE_END = re.compile(r"\r\n?")
_CATEGORY: dict[Kind, Category] = {
    "spacing": "spacing",
    "punctuation": "punctuation",
    "casing": "casing",
    "number": "number",
    "name": "named-entity",
    "agreement": "agreement",
    "spelling": "spelling",
    "order": "grammar",
    "wording": "grammar",
    "insertion": "accuracy",
    "deletion": "accuracy",
}
# Small words and marks weigh half a word when an island between two changes is weighed against them.
_SMALL_WORD = 3


class Edit(NamedTuple):
    """A stretch of the old text and what stands there in the new one.

    Attributes:
        span: Code points of the old text.
        new: The replacement.
        kind: What kind of change it is.
        at: Code points of the new text that the replacement takes up.
    """

    span: Span
    new: str
    kind: Kind
    at: Span


class _Change(NamedTuple):
    """Ranges of tokens that differ, on both sides."""

    a: int
    b: int
    c: int
    d: int


class _Text(NamedTuple):
    """A text in tokens: each a number (equal ones the same), and the offset at which each begins."""

    text: str
    items: "array[int]"
    starts: "array[int]"

    def between(self, first: int, last: int) -> Span:
        return Span(self.starts[first], self.starts[last])


def compare(old: str, new: str, ignore: Ignore = "") -> tuple[Edit, ...]:
    """The edits that turn one text into the other, in order, none touching the next.

    Words are compared whole, with their blanks; a short island between two larger changes is taken into them,
    so that a rewritten phrase reads as one change and not as confetti. The time grows with the length of the
    texts, not with its square.

    Args:
        old: A text.
        new: Another version of it.
        ignore: What makes no difference.

    >>> [(edit.span, edit.new, edit.kind) for edit in compare("The chiefs is here.", "The chiefs are here.")]
    [(Span(start=11, end=13), 'are', 'agreement')]
    """
    if old == new:
        return ()
    numbers: dict[str, int] = {}
    left, right = _tokens(old, numbers, ignore), _tokens(new, numbers, ignore)
    blanks = {number for token, number in numbers.items() if token.isspace()}
    runs = matches(left.items, right.items, blanks.__contains__)
    ends = [(0, 0), *((run.old + run.size, run.new + run.size) for run in runs)]
    begins = [*((run.old, run.new) for run in runs), (len(left.items), len(right.items))]
    changes = [_Change(a, b, c, d) for (a, c), (b, d) in zip(ends, begins, strict=True) if a < b or c < d]
    return _moved(old, [_edit(left, right, change) for change in _absorbed(left, right, changes)])


def apply(edits: Iterable[Edit], old: str) -> str:
    """The new text: ``apply(compare(old, new), old) == new``."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [old[at : edit.span.start], edit.new]
        at = edit.span.end
    return "".join([*pieces, old[at:]])


def _tokens(text: str, numbers: dict[str, int], ignore: Ignore) -> _Text:
    items, starts = array("q"), array("q")
    for match in _TOKEN.finditer(text):
        token = match[0]
        if ignore and token.isspace():
            token = " " if ignore == "blanks" else _LINE_END.sub("\n", token)
        items.append(numbers.setdefault(token, len(numbers)))
        starts.append(match.start())
    starts.append(len(text))
    return _Text(text, items, starts)


def _absorbed(left: _Text, right: _Text, changes: Iterable[_Change]) -> Iterator[_Change]:
    """The changes, those with no more than a short island between them made one."""
    last: _Change | None = None
    for change in changes:
        if last and _is_confetti(left, right, last, change):
            last = _Change(last.a, change.b, last.c, change.d)
            continue
        if last:
            yield last
        last = change
    if last:
        yield last


def _is_confetti(left: _Text, right: _Text, one: _Change, other: _Change) -> bool:
    start, end = left.between(one.b, other.a)
    island = left.text[start:end]
    if island.isspace():
        return True
    words = [token for token in _TOKEN.findall(island[:80]) if not token.isspace()]
    weight = sum(1.0 if len(word) > _SMALL_WORD else 0.5 for word in words)
    return 2 * weight < min(_size(left, right, one), _size(left, right, other))


def _size(left: _Text, right: _Text, change: _Change) -> int:
    """Words of the longer side."""
    old, new = left.between(change.a, change.b), right.between(change.c, change.d)
    return max(len(left.text[slice(*old)].split()), len(right.text[slice(*new)].split()))


def _edit(left: _Text, right: _Text, change: _Change) -> Edit:
    span, at = left.between(change.a, change.b), right.between(change.c, change.d)
    new = right.text[slice(*at)]
    opening = not any(char.isalnum() for char in left.text[max(0, span.start - 40) : span.start])
    return Edit(span, new, kind(left.text[slice(*span)], new, opening=opening), at)


def _moved(old: str, edits: list[Edit]) -> tuple[Edit, ...]:
    """The edits, what was taken out in one place and put in at another called a change of order."""
    gone: dict[str, list[int]] = {}
    for number, edit in enumerate(edits):
        if edit.kind == "deletion":
            gone.setdefault(reordered(old[slice(*edit.span)]), []).append(number)
    for number, edit in enumerate(edits):
        words = reordered(edit.new) if edit.kind == "insertion" else ""
        if words and gone.get(words):
            for at in (number, gone[words].pop(0)):
                edits[at] = edits[at]._replace(kind="order")
    return tuple(edits)


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
