"""Two versions of a document beside each other: every sentence's fate, and what became of its flags."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

from aligntool.edits import Edit, Ignore, compare
from aligntool.kinds import Kind
from aligntool.matching import pair
from aligntool.records import Document, Flag, Span

__all__ = [
    "STATES",
    "Comparison",
    "Fate",
    "Placed",
    "Revision",
    "State",
    "Verdict",
    "Version",
    "placed",
    "revise",
]

State = Literal["same", "changed", "layout", "merged", "split", "moved", "inserted", "deleted"]
STATES: tuple[State, ...] = get_args(State)
Fate = Literal["mended", "stands", "new"]


@dataclass(frozen=True, slots=True)
class Version:
    """A document as one of two versions.

    Attributes:
        document: Its sentences.
        ids: The row each sentence stands in, for a table; empty for a text, where sentences are numbered.
        keys: What rows are known by, for a table.
        source: The original, sentence by sentence, where a table has it.
    """

    document: Document
    ids: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    source: Document | None = None

    @property
    def glue(self) -> str:
        """What joins pieces: a blank between cells, nothing where pieces are all of the text."""
        return " " if self.ids else ""

    def lead(self, number: int) -> int:
        """How many characters of a piece stand before its sentence."""
        return 0 if self.ids else len(self.document.segments[number].lead)

    def pieces(self) -> list[str]:
        """What is compared: cells of a table; of a text the sentences, each with what stands before it."""
        if self.ids:
            return list(self.document.texts)
        return [s.lead + s.text for s in self.document.segments]

    def starts(self) -> list[int]:
        """Where each piece begins (code points of the text; 0 in a table), and where the last one ends."""
        if self.ids:
            return [0] * (len(self.ids) + 1)
        return [0, *accumulate(map(len, self.pieces()))]

    def name(self, span: Span) -> str:
        """Numbers (from 1) or row ids of some sentences; empty for none."""
        if self.ids:
            return ",".join(self.ids[slice(*span)])
        return "" if not span.size else str(span.end) if span.size == 1 else f"{span.start + 1}-{span.end}"


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of a sentence, or of several that were merged or split.

    Attributes:
        state: ``same``; ``changed``; ``layout`` where only what stands before it changed; ``merged``,
            ``split``; ``moved``, once where it was and once where it is; ``inserted``; ``deleted``.
        old: Half-open range of old sentences.
        new: Half-open range of new sentences.
        before: The old text, with what stands before it.
        after: The new text.
        start: Offset of ``before`` in the old text (0 in a table: offsets count in the cell).
        new_start: The same of ``after``.
        edits: What changed, offsets in ``before`` and ``after``; of what moved, what changed besides, told
            where it is now.
        partner: Index of the revision at the other end of a move.
        block: Number of the block that moved as one; 0 where nothing moved.
        likeness: From 0 to 1, how much the two share.
        apart: How many of the edits, the first ones, are to what stands before the sentences.
    """

    state: State
    old: Span
    new: Span
    before: str
    after: str
    start: int
    new_start: int
    edits: tuple[Edit, ...] = ()
    partner: int | None = None
    block: int = 0
    likeness: float = 1.0
    apart: int = 0


class Verdict(NamedTuple):
    """What became of a flag.

    Attributes:
        fate: ``mended``: only in the old version; ``stands``: in both; ``new``: only in the new one.
        flag: The flag, of the old version where it is in that.
        revision: Index of the revision it belongs to, the new end of a move.
    """

    fate: Fate
    flag: Flag
    revision: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a document, compared.

    Attributes:
        name: What to call it.
        old: The old version; without sentences where there was none.
        new: The new one.
        revisions: In the order of both; all differences are in them, those of the tails in a last one.
        missing: ``old`` or ``new`` where that version does not exist.
        verdicts: What became of the flags, once judged.
    """

    name: str
    old: Version
    new: Version
    revisions: tuple[Revision, ...]
    missing: Literal["", "old", "new"] = ""
    verdicts: tuple[Verdict, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is any difference."""
        return bool(self.missing) or any(r.state != "same" for r in self.revisions)

    def origin(self, revision: Revision) -> str:
        """The text that a revision's edits count in: of what moved here, that of the other end."""
        moved = revision.partner is not None and revision.new.size
        return self.revisions[revision.partner or 0].before if moved else revision.before

    def states(self) -> Counter[State]:
        """How many revisions there are of each state; a moved sentence counts once."""
        return Counter(r.state for r in self.revisions if r.state != "moved" or r.new.size)

    def kinds(self) -> Counter[Kind]:
        """How many edits to words there are of each kind, whole sentences included, a move counted once."""
        edits = (
            _whole(r) if _is_alone(r) else r.edits[r.apart :]
            for r in self.revisions
            if r.new.size or not r.block
        )
        return Counter(edit.kind for some in edits for edit in some)

    def words(self) -> tuple[int, int]:
        """Words taken out and put in; those that only moved are neither."""
        edits = [
            (self.origin(r)[slice(*edit.span)], edit.new)
            for r in self.revisions
            for edit in (_whole(r) if r.state in {"inserted", "deleted"} else r.edits)
        ]
        return sum(len(old.split()) for old, _ in edits), sum(len(new.split()) for _, new in edits)


class Placed(NamedTuple):
    """An edit with its place in both texts: applying all of a document in order to the old makes the new.

    Attributes:
        revision: Index of the revision it belongs to.
        start, end: Code points of the old text (of the old cell, in a table).
        new_start, new_end: Code points of the new one.
        old, new: What stood there, and what stands there now.
        kind: What kind of change; ``order`` at both ends of a move.
        block: Number of the block that moved; 0 for none.
    """

    revision: int
    start: int
    end: int
    new_start: int
    new_end: int
    old: str
    new: str
    kind: Kind
    block: int


def revise(name: str, old: Version, new: Version, ignore: Ignore = "") -> Comparison:
    """Compare two versions of a document: pair their sentences, then compare each pair word by word.

    Args:
        name: What to call the document.
        old: A version.
        new: Another one.
        ignore: What makes no difference.
    """
    keys = (old.keys, new.keys) if old.keys and new.keys else None
    tiles = pair(old.document.texts, new.document.texts, keys)
    left, right = old.pieces(), new.pieces()
    starts, others = old.starts(), new.starts()
    revisions = [
        Revision(
            "same",
            tile.old,
            tile.new,
            old.glue.join(left[slice(*tile.old)]),
            new.glue.join(right[slice(*tile.new)]),
            starts[tile.old.start],
            others[tile.new.start],
            partner=tile.partner,
            block=tile.block,
            likeness=tile.likeness,
        )
        for tile in tiles
    ]
    found = Comparison(name, old, new, tuple(revisions))
    told = [_told(found, revision, ignore) for revision in revisions]
    return replace(found, revisions=(*told, *_tails(old, new, (starts[-1], others[-1]), ignore)))


def _told(found: Comparison, revision: Revision, ignore: Ignore) -> Revision:
    """The revision with its edits and its state."""
    moved = revision.partner is not None and revision.new.size
    span = found.revisions[revision.partner or 0].old if moved else revision.old
    if not span.size or not revision.new.size:
        if not (revision.before or revision.after or found.old.ids or found.new.ids):
            return revision  # an empty line of a text: what stands around it tells
        state: State = "moved" if revision.block else "deleted" if revision.old.size else "inserted"
        return replace(revision, state=state)
    before, after = found.origin(revision), revision.after
    leads = found.old.lead(span.start), found.new.lead(revision.new.start)
    apart = compare(before[: leads[0]], after[: leads[1]], ignore)
    inside = [_shifted(edit, leads) for edit in compare(before[leads[0] :], after[leads[1] :], ignore)]
    state = "moved" if moved else _state(span, revision.new, len(apart), len(inside))
    return replace(revision, state=state, edits=(*apart, *inside), apart=len(apart))


def _shifted(edit: Edit, by: tuple[int, int]) -> Edit:
    span, at = (Span(one.start + n, one.end + n) for one, n in zip((edit.span, edit.at), by, strict=True))
    return edit._replace(span=span, at=at)


def _state(old: Span, new: Span, apart: int, inside: int) -> State:
    if not inside:
        return "layout" if apart else "same"
    if old.size == new.size:
        return "changed"
    return "merged" if old.size > new.size else "split"


def _tails(old: Version, new: Version, starts: tuple[int, int], ignore: Ignore) -> Iterator[Revision]:
    before, after = ("" if version.ids else version.document.tail for version in (old, new))
    edits = compare(before, after, ignore)
    if edits:
        ends = [len(version.document.segments) for version in (old, new)]
        spans = [Span(end, end) for end in ends]
        yield Revision("layout", spans[0], spans[1], before, after, *starts, edits, apart=len(edits))


def _is_alone(revision: Revision) -> bool:
    """Whether it is on one side only, as what was added or dropped is, and either end of a move."""
    return revision.state in {"inserted", "deleted", "moved"}


def _whole(revision: Revision) -> tuple[Edit, ...]:
    """A sentence that is only on one side, as one edit."""
    kind: Kind = "order" if revision.block else "deletion" if revision.before else "insertion"
    span, at = Span(0, len(revision.before)), Span(0, len(revision.after))
    return (Edit(span, revision.after, kind, at),) if span.size or at.size else ()


def placed(comparison: Comparison) -> Iterator[Placed]:
    """Every edit of the document with its place in both texts, in order."""
    for number, r in enumerate(comparison.revisions):
        for edit in _whole(r) if _is_alone(r) else r.edits:
            yield Placed(
                number,
                r.start + edit.span.start,
                r.start + edit.span.end,
                r.new_start + edit.at.start,
                r.new_start + edit.at.end,
                r.before[slice(*edit.span)],
                edit.new,
                edit.kind,
                r.block,
            )
