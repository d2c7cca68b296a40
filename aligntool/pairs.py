"""Beads as two passages side by side: what a check that compares original and translation looks at.

Where a finding lies: what the English has wrong or too much is flagged there; what it lacks is flagged on the
source side, quoting the words that have no counterpart. Where the words cannot be told (the English is just
too short), the flag is an empty span at the end of the English.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from aligntool.flags import Passage, Rule
from aligntool.literals import literals
from aligntool.records import Bitext, Document, Flag, Span

__all__ = ["Pair", "on_source", "pairs"]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two sides of a bead, its segments joined by a blank.

    Attributes:
        source: The original; its text is empty where the bead has no source segments.
        target: The English; empty where it has none.
        said: The original's text, every address, placeholder and tag in it blanked, offsets unchanged.
        made: The same of the English.
    """

    source: Passage
    target: Passage
    said: str
    made: str

    @property
    def whole(self) -> bool:
        """Whether there is something to read on both sides."""
        return bool(self.said.strip() and self.made.strip())


def pairs(bitext: Bitext) -> Iterator[Pair]:
    """The beads in order."""
    for bead in bitext.beads:
        source = _joined(bitext.source, bead.source)
        target = _joined(bitext.target, bead.target)
        yield Pair(source, target, _bare(source.text), _bare(target.text))


def on_source(rule: Rule, passage: Passage, start: int, end: int, **evidence: str) -> Flag:
    """A flag that quotes words of the original."""
    return replace(rule.on(passage, start, end, **evidence), side="source")


def _joined(document: Document, run: Span) -> Passage:
    texts = [s.text for s in document.segments[run.start : run.end]]
    sums = [0, *accumulate(len(text) + 1 for text in texts)][: len(texts)]
    ends = [start + len(text) for start, text in zip(sums, texts, strict=True)]
    return Passage(" ".join(texts), run.start, tuple(sums), tuple(ends))


def _bare(text: str) -> str:
    pieces, at = [], 0
    for start, end in literals(text):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])
