"""What of a comparison is shown, in which order and in which words."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from aligntool.edits import Edit
from aligntool.measures import Score, chrf
from aligntool.revisions import Comparison, Fate, Revision, State

__all__ = [
    "ONLY",
    "Only",
    "Piece",
    "choose",
    "distance",
    "extent",
    "facts",
    "judgements",
    "most_changed",
    "numbers",
    "pieces",
    "scored",
    "title",
    "told",
    "visible",
]

Only = Literal["flagged", "changed", "moved"]
_LONG = 20_000  # characters from which on counting all n-grams at once takes too much memory
ONLY: tuple[Only, ...] = get_args(Only)


def choose(comparison: Comparison, only: Only | None, context: int, *, most: bool) -> list[tuple[int, ...]]:
    """Which revisions are shown.

    Args:
        comparison: A document.
        only: ``flagged``: where a flag was mended, stands or is new; ``changed``: where words changed, were
            added or dropped; ``moved``: what moved. None: all that differs, and what is flagged.
        context: Sentences without a difference to show on either side.
        most: Put what changed most first; every group is then one revision and its surroundings.

    Returns:
        Groups of consecutive indices of revisions.
    """
    wanted = _wanted(comparison, only)
    numbers = [number for number, r in enumerate(comparison.revisions) if wanted(number, r)]
    last = len(comparison.revisions) - 1
    groups = [(max(0, n - context), min(last, n + context)) for n in numbers]
    if most:
        order = sorted(
            zip(numbers, groups, strict=True), key=lambda one: -extent(comparison.revisions[one[0]])
        )
        return [tuple(range(a, b + 1)) for _, (a, b) in order]
    return [tuple(range(a, b + 1)) for a, b in _joined(groups)]


def _wanted(comparison: Comparison, only: Only | None) -> Callable[[int, Revision], bool]:
    flagged = {verdict.revision for verdict in comparison.verdicts}
    return {
        "flagged": lambda number, _: number in flagged,
        "changed": lambda _, r: r.state not in {"same", "layout"} and not (r.block and not _edits(r)),
        "moved": lambda _, r: bool(r.block) or any(edit.kind == "order" for edit in r.edits),
        None: lambda number, r: r.state != "same" or number in flagged,
    }[only]


def _joined(groups: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges, those that touch or overlap made one."""
    last: tuple[int, int] | None = None
    for start, end in groups:
        if last and start <= last[1] + 1:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def extent(revision: Revision) -> int:
    """How much of a revision changed, in characters."""
    if revision.state in {"inserted", "deleted"}:
        return len(revision.before) + len(revision.after)
    return sum(max(edit.span.size, edit.at.size) for edit in revision.edits)


def most_changed(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The documents, that with the largest part changed first."""

    def share(one: Comparison) -> float:
        length = sum(len(r.before) + len(r.after) for r in one.revisions)
        return -sum(map(extent, one.revisions)) / max(length, 1)

    return sorted(comparisons, key=share)


_SAID: tuple[tuple[State, str], ...] = (
    ("changed", "changed"),
    ("merged", "merged"),
    ("split", "split"),
    ("moved", "moved"),
    ("inserted", "added"),
    ("deleted", "dropped"),
    ("layout", "set apart differently"),
)
_FATES: tuple[tuple[Fate, str], ...] = (("mended", "mended"), ("stands", "standing"), ("new", "new"))
# Line breaks, tabs, other controls and what turns the direction of a text would spoil the view.
_HIDDEN = re.compile("\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANKS = str.maketrans({" ": "␣", "\u00a0": "⍽", "\u202f": "⍽"})
_SIGNS = {"\r\n": "⏎", "\n": "⏎", "\r": "⏎", "\t": "⇥", "\u2028": "⏎", "\u2029": "⏎"}


def title(comparison: Comparison) -> str:
    """How much of a document differs, in one line."""
    if comparison.missing:
        return "only in the new version" if comparison.missing == "old" else "only in the old version"
    states, (out, come) = comparison.states(), comparison.words()
    found = [f"{states[state]} {word}" for state, word in _SAID if states[state]]
    if not found:
        return "no difference"
    total = len(comparison.old.document.segments)
    sentences, words = ("sentence" if total == 1 else "sentences"), ("word" if out == 1 else "words")
    return f"{total} {sentences}: {', '.join(found)}; {out} {words} out, {come} in"


def facts(comparison: Comparison) -> list[str]:
    """Edits by kind and flags by fate, a line each where there are any."""
    kinds = comparison.kinds().most_common()
    fates = Counter(verdict.fate for verdict in comparison.verdicts)
    lines = [", ".join(f"{count} {kind}" for kind, count in kinds)] if kinds else []
    if comparison.verdicts:
        lines.append("flags: " + ", ".join(f"{fates[fate]} {word}" for fate, word in _FATES))
    return lines


def distance(comparison: Comparison) -> float:
    """How near the two versions are to each other without a reference: chrF, 100 where they are equal."""
    return chrf(_pairs(comparison))


def _pairs(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """New and old texts beside each other; a very long one in stretches, equal and changed ones."""
    for r in comparison.revisions:
        origin, at, start = comparison.origin(r), 0, 0
        if r.block and not r.new.size:
            continue
        for edit in r.edits if len(r.after) > _LONG else ():
            yield r.after[start : edit.at.start], origin[at : edit.span.start]
            yield edit.new, origin[slice(*edit.span)]
            at, start = edit.span.end, edit.at.end
        yield r.after[start:], origin[at:]


def numbers(comparison: Comparison, revision: Revision) -> str:
    """Which sentences or rows it is about: ``3``, or ``3→4`` where the two versions count differently."""
    old, new = revision.old, revision.new
    if revision.partner is not None:
        other = comparison.revisions[revision.partner]
        old, new = (other.old, new) if new.size else (old, other.new)
    one, two = comparison.old.name(old), comparison.new.name(new)
    return one or two if one == two or not (one and two) else f"{one}→{two}"


def told(revision: Revision) -> str:
    """What became of it, in words: its state, and the kinds of its edits."""
    words = dict(_SAID).get(revision.state, "")
    if revision.state == "moved":
        words = "moved here" if revision.new.size else "moved away"
    kinds = dict.fromkeys(edit.kind for edit in _edits(revision))
    if revision.state == "changed":
        return ", ".join(kinds)
    return ": ".join(part for part in (words, ", ".join(kinds)) if part)


class Piece(NamedTuple):
    """A stretch of a sentence as it is shown: in both versions, or only in the old or the new one."""

    text: str
    side: Literal["both", "old", "new"]


def pieces(comparison: Comparison, revision: Revision) -> list[Piece]:
    """A revision's text in stretches, signs in the place of what cannot be seen where it changed."""
    if revision.state == "deleted" or (revision.block and not revision.new.size):
        return [Piece(_flat(revision.before).strip(), "old")]
    if revision.state == "inserted" or (revision.block and not _edits(revision)):
        return [Piece(_flat(revision.after).strip(), "new")]
    origin, found, at = comparison.origin(revision), list[Piece](), 0
    for edit in _edits(revision):
        same = _flat(revision.after[at : edit.at.start])
        found.append(Piece(same if at else same.lstrip(), "both"))
        found += [Piece(_changed(origin[slice(*edit.span)]), "old"), Piece(_changed(edit.new), "new")]
        at = edit.at.end
    rest = _flat(revision.after[at:]).rstrip()
    found.append(Piece(rest if at else rest.lstrip(), "both"))
    return [piece for piece in found if piece.text]


def _edits(revision: Revision) -> tuple[Edit, ...]:
    """The edits that are shown: those to what stands before a sentence only where nothing else changed."""
    return revision.edits if revision.state == "layout" else revision.edits[revision.apart :]


def _changed(text: str) -> str:
    """A stretch that changed; blanks alone get signs, for nobody would see them."""
    shown = visible(text)
    return shown.translate(_BLANKS) if text.isspace() else shown


def _flat(text: str) -> str:
    """The text with its line breaks and tabs made blanks: they are the same on both sides."""
    return visible(re.sub(r"\s+", " ", text))


def judgements(comparison: Comparison, number: int) -> list[str]:
    """What became of the flags of a revision, a line each."""
    words = {"mended": "mended", "stands": "still there", "new": "new"}
    return [
        f"{words[v.fate]}: {v.flag.check} “{visible(v.flag.text)}”: {v.flag.message}"
        for v in comparison.verdicts
        if v.revision == number
    ]


def scored(name: str, score: Score) -> str:
    """A score in one line."""
    ends = [
        f"{value:.1f} ± {half:.1f}"
        for value, half in ((score.old, score.old_range), (score.new, score.new_range))
    ]
    return f"{name or 'all'}: {score.metric} {ends[0]} → {ends[1]} (p = {score.p:.3f}; {score.signature})"


def visible(text: str) -> str:
    r"""The text with a sign in the place of what cannot be seen or would spoil the view.

    >>> visible("one\ntwo\x1b[31m")
    'one⏎two�[31m'
    """
    return _HIDDEN.sub(lambda found: _SIGNS.get(found[0], "\ufffd"), text)
