"""The nouns: Segment and Document, Bead and Bitext, Flag. Frozen, slotted, checked when made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple, get_args

__all__ = [
    "CATEGORIES",
    "SEVERITIES",
    "Bead",
    "Bitext",
    "Category",
    "Document",
    "Flag",
    "Segment",
    "Severity",
    "Side",
    "Span",
    "monolingual",
    "parallel",
]

Side = Literal["source", "target", "given"]
Severity = Literal["minor", "major", "critical"]
Category = Literal[
    "calque",
    "false-friend",
    "untranslated",
    "agreement",
    "grammar",
    "named-entity",
    "casing",
    "spelling",
    "spacing",
    "punctuation",
    "residue",
    "number",
    "accuracy",
]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
CATEGORIES: tuple[Category, ...] = get_args(Category)


class Span(NamedTuple):
    """A half-open range: of code points in a text, or of segments in a document."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """Number of items covered."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence (or heading, or list item) and what stands between it and the one before.

    Attributes:
        text: The segment exactly as given, without surrounding blanks.
        lead: Blanks, line breaks and markup before it; never part of the text.
    """

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into segments; ``str(document)`` gives the text back to the character.

    Attributes:
        lang: BCP 47 primary language subtag, ``und`` when unknown.
        segments: The segments in order.
        tail: What follows the last segment.
        trail: How it came about: one ``stage:setting=value`` entry a stage, oldest first, in the manner
            of a sacrebleu signature (Post 2018, "A Call for Clarity in Reporting BLEU Scores"). Two
            documents of equal text are equal whatever their trails.
    """

    lang: str
    segments: tuple[Segment, ...] = ()
    tail: str = ""
    trail: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return "".join(piece for s in self.segments for piece in (s.lead, s.text)) + self.tail

    @property
    def texts(self) -> tuple[str, ...]:
        """The segments' texts alone."""
        return tuple(segment.text for segment in self.segments)

    def starts(self) -> tuple[int, ...]:
        """Offset (code points in ``str(self)``) at which each segment's text begins."""
        ends = tuple(accumulate(len(s.lead) + len(s.text) for s in self.segments))
        return tuple(end - len(s.text) for end, s in zip(ends, self.segments, strict=True))

    def paragraphs(self) -> tuple[Span, ...]:
        """Runs of segments that belong together, as half-open segment ranges.

        A line break ends one; in hard-wrapped text, where breaks stand inside sentences too, a blank line.
        """
        least = 2 if any("\n" in s.text for s in self.segments) else 1
        heads = [i for i, s in enumerate(self.segments) if i == 0 or s.lead.count("\n") >= least]
        return tuple(Span(a, b) for a, b in pairwise([*heads, len(self.segments)]))


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments that translate each other; either side may be empty (1:0, 0:1), not both.

    Attributes:
        source: Half-open range of source segments.
        target: Half-open range of target segments.
        score: Confidence from 0 to 1.
    """

    source: Span
    target: Span
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents and the beads that tile both of them in order.

    Raises:
        ValueError: The beads leave a gap, overlap, run backwards or are empty on both sides.
    """

    source: Document
    target: Document
    beads: tuple[Bead, ...]

    def __post_init__(self) -> None:
        at = (0, 0)
        for bead in self.beads:
            if (bead.source.start, bead.target.start) != at or min(bead.source.size, bead.target.size) < 0:
                raise ValueError(f"bead {bead} does not continue at {at}")
            if not bead.source.size and not bead.target.size:
                raise ValueError(f"bead {bead} is empty on both sides")
            at = (bead.source.end, bead.target.end)
        if at != (len(self.source.segments), len(self.target.segments)):
            raise ValueError(f"beads end at {at}, before the documents do")

    def source_of(self) -> tuple[str, ...]:
        """For every target segment, the text of the source side of its bead ("" where there is none)."""
        texts = self.source.texts
        return tuple(
            " ".join(texts[bead.source.start : bead.source.end])
            for bead in self.beads
            for _ in range(bead.target.size)
        )


def parallel(source: Document, target: Document, scores: tuple[float, ...] | None = None) -> Bitext:
    """Pair two documents of equal length segment by segment.

    Args:
        source: The original.
        target: Its translation, as many segments as the original.
        scores: One confidence a pair; 1.0 throughout when not given.

    Raises:
        ValueError: The documents differ in length.
    """
    marks = scores if scores is not None else (1.0,) * len(source.segments)
    beads = tuple(Bead(Span(i, i + 1), Span(i, i + 1), score) for i, score in enumerate(marks))
    return Bitext(source, target, beads)


def monolingual(document: Document) -> Bitext:
    """A bitext without a source: how a document that has no original at hand is checked."""
    beads = tuple(Bead(Span(0, 0), Span(i, i + 1)) for i in range(len(document.segments)))
    return Bitext(Document("und"), document, beads)


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding: where, what kind, how bad, why, how sure, and what would mend it.

    Attributes:
        check: Name of the check that found it.
        category: Kind of error, after the MQM typology (Lommel et al. 2014).
        side: The side of the bitext it lies on; in a row of a table also ``given``: in a translation that
            came with the document and stands in ``tgt`` beside our own in ``mt``.
        segment: Index of the segment on that side.
        span: Code points of that segment's text; may be empty (something is missing there).
        text: The quoted text, always ``segment.text[span.start:span.end]``.
        severity: ``minor``, ``major`` or ``critical``, as in MQM.
        message: The reason in one plain sentence.
        evidence: What the check saw, by name (the French it supposes, the number it missed, …).
        confidence: From 0 to 1: how often a flag of this kind is right.
        fix: What to put in place of the span; None when a person must decide.
    """

    check: str
    category: Category
    segment: int
    span: Span
    text: str
    severity: Severity
    message: str
    confidence: float
    fix: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict, hash=False)
    side: Side = "target"
