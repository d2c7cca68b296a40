"""What a check is, what its findings share, and running checks over a bitext."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, Protocol, get_args

from aligntool.listings import Listing
from aligntool.readers import Panel
from aligntool.records import Bitext, Category, Document, Flag, Severity, Span

__all__ = [
    "CLOSE",
    "FLOORS",
    "LEVELS",
    "Check",
    "Finder",
    "Level",
    "Passage",
    "Rule",
    "Tables",
    "flag",
    "passages",
    "ruling",
    "sentence_starts",
]

Level = Literal["strict", "normal", "thorough"]
LEVELS: tuple[Level, ...] = get_args(Level)

FLOORS: Mapping[Level, float] = {"strict": 0.85, "normal": 0.6, "thorough": 0.2}
"""The confidence a flag needs to be shown at each level."""

CLOSE = 0.45
"""The confidence it needs at the level *normal* in a text that teems with remains of another language."""

Tables = Mapping[str, Listing]
"""Lexicon tables by file stem (``calques``)."""

Finder = Callable[[Bitext], Iterator[Flag]]
"""Reads ``bitext.target`` (the English under test, beside its source where there is one), yields flags."""


@dataclass(frozen=True, slots=True)
class Check:
    """A plug-in of the ``checks`` family: one kind of finding.

    Attributes:
        name: Its name in flags, options and documentation; equal to its module's name with dashes.
        category: Kind of error its flags carry (a rule of the check may carry a nearer one).
        level: The lowest level at which it runs: ``strict`` finds only what is nearly always wrong.
        summary: One line for users.
        prepare: Makes the finder once from the tables it asked for; must not open files.
        tables: Stems of the tables in ``aligntool/data`` it needs.
        bilingual: True when it can say nothing without a source beside the text.
        informed: As ``prepare``, for a check that asks the user's dictionaries where there are any.
    """

    name: str
    category: Category
    level: Level
    summary: str
    prepare: Callable[[Tables], Finder]
    tables: tuple[str, ...] = ()
    bilingual: bool = False
    informed: Callable[[Tables, Panel], Finder] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the text under test as one string that knows its segments.

    Rules read the passage whole: a sentence splitter misled by a stray stop cannot hide an error from them.

    Attributes:
        text: Texts and leads of the segments joined, without the first lead.
        first: Index of its first segment in the document.
        starts: Offset in ``text`` of each segment's text.
        ends: Offset in ``text`` of each segment's end.
    """

    text: str
    first: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, Span, bool]:
        """Where a stretch of the passage lies.

        Returns:
            Segment index in the document, span in that segment's text, and whether the stretch lies wholly
            inside it (False: it was cut at the segment's border).
        """
        at = max(0, bisect_right(self.starts, start) - 1)
        base, limit = self.starts[at], self.ends[at]
        if start >= limit and end > limit and at + 1 < len(self.starts):
            at += 1  # begins in the blanks between two segments: it belongs to the second
            base, limit = self.starts[at], self.ends[at]
        low, high = min(max(start, base), limit), min(max(end, base), limit)
        return self.first + at, Span(low - base, max(low, high) - base), base <= start and end <= limit


@dataclass(frozen=True, slots=True)
class Rule:
    """What all flags of one kind share: a check has one or several.

    Attributes:
        name: Its name within the check; flags carry it as evidence ``rule``.
        check: Name of the check.
        category: Kind of error.
        severity: How bad it is.
        confidence: From 0 to 1, how often such a flag is right.
        message: One plain sentence; ``{name}`` is filled from the evidence, ``{text}`` from the quoted text.
    """

    name: str
    check: str
    category: Category
    severity: Severity
    confidence: float
    message: str

    def flag(self, segment: int, text: str, span: Span, fix: str | None = None, **evidence: str) -> Flag:
        """Make a flag on ``text[span.start:span.end]`` of a segment's text."""
        quoted = text[span.start : span.end]
        return Flag(
            self.check,
            self.category,
            segment,
            span,
            quoted,
            self.severity,
            self.message.format_map({"text": quoted, "fix": fix, **evidence}),
            self.confidence,
            fix if fix != quoted else None,
            {"rule": self.name, **evidence},
        )

    def on(self, passage: Passage, start: int, end: int, fix: str | None = None, **evidence: str) -> Flag:
        """Flag a stretch of a passage; one that crosses a segment's border is cut and loses its fix."""
        segment, span, whole = passage.place(start, end)
        at = segment - passage.first
        text = passage.text[passage.starts[at] : passage.ends[at]]
        return self.flag(segment, text, span, fix if whole else None, **evidence)


class Ruling(Protocol):
    """Makes the rules of one check."""

    def __call__(
        self, name: str, severity: Severity, confidence: float, message: str, kind: Category = ...
    ) -> Rule:
        """A rule; its kind is the check's own unless another is nearer."""


def ruling(check: str, category: Category) -> Ruling:
    """What makes the rules of a check.

    Args:
        check: Its name.
        category: Kind of error of those that name none.
    """

    def rule(
        name: str, severity: Severity, confidence: float, message: str, kind: Category = category
    ) -> Rule:
        return Rule(name, check, kind, severity, confidence, message)

    return rule


def passages(document: Document) -> Iterator[Passage]:
    """The document's paragraphs as passages; empty ones are left out."""
    for run in document.paragraphs():
        segments = document.segments[run.start : run.end]
        pieces = [piece for s in segments for piece in (s.lead, s.text)][1:]
        if not any(pieces):
            continue
        sums = [0, *accumulate(len(piece) for piece in pieces)]
        yield Passage("".join(pieces), run.start, tuple(sums[::2][: len(segments)]), tuple(sums[1::2]))


_LEXICAL = frozenset({"calque", "false-friend"})
"""Categories of flags on what an expression is rendered with."""


def sentence_starts(passage: Passage) -> frozenset[int]:
    """Offsets in the passage at which its segments' texts begin."""
    return frozenset(passage.starts)


def flag(
    bitext: Bitext, finders: Sequence[Finder], level: Level = "normal", floor: float | None = None
) -> tuple[Flag, ...]:
    """Run the finders; sort by place; of two flags that say the same of the same words keep the surer one.

    That is two on one span with one fix, and one on words inside an expression that is flagged as a whole.

    Args:
        bitext: The English under test as target, its original (or nothing) as source.
        finders: Prepared checks.
        level: Flags below its floor of confidence are left out.
        floor: Another floor, 0 to 1, than the level's.

    Returns:
        The flags, target side first, in the order of the text.
    """
    least = FLOORS[level] if floor is None else floor
    found = [item for finder in finders for item in finder(bitext) if item.confidence >= least]
    best: dict[tuple[object, ...], Flag] = {}
    for item in found:
        key = (item.side, item.segment, item.span, item.fix)
        if key not in best or best[key].confidence < item.confidence:
            best[key] = item
    kept = _outermost(best.values())
    return tuple(sorted(kept, key=lambda f: (f.side != "target", f.segment, f.span, f.check)))


def _outermost(flags: Iterable[Flag]) -> Iterator[Flag]:
    """The flags but for words inside an expression that is flagged as a whole."""
    around: list[Flag] = []
    for item in sorted(flags, key=lambda f: (f.side, f.segment, f.span.start, -f.span.end)):
        if item.category in _LEXICAL:
            place = (item.side, item.segment)
            around = [o for o in around if (o.side, o.segment) == place and o.span.end > item.span.start]
            if any(_covers(one, item) for one in around):
                continue
            around.append(item)
        yield item


def _covers(whole: Flag, part: Flag) -> bool:
    """Whether one flag says of a longer span what another says of a part of it, as surely and with a fix."""
    longer = whole.span.end >= part.span.end and whole.span != part.span
    return longer and whole.confidence >= part.confidence and (whole.fix is not None or part.fix is None)
