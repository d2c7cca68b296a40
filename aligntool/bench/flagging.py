"""How well flags meet the marks a person made, and how often they cry wolf on native English."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from aligntool.flags import Level
from aligntool.pipeline import Settings, check, english, find
from aligntool.records import Document, Flag, Segment, monolingual

__all__ = ["Mark", "Report", "Score", "marks", "run", "score"]

_LONG = 60
"""Characters from which a residue mark is a whole line: other flags inside it count neither way."""


class Mark(NamedTuple):
    """A stretch of a text line that a person or a check marked.

    Attributes:
        doc: Name of the document.
        line: 0-based index among the lines that are not empty.
        start: First code point in the line.
        end: Code point after the last.
        category: Kind of error.
        severity: ``minor``, ``major`` or ``critical``.
        optional: Marked as debatable: ignored both ways.
    """

    doc: str
    line: int
    start: int
    end: int
    category: str
    severity: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall as counts, so that figures can be added up.

    Attributes:
        right: Flags that overlap a mark.
        same: Those of them that name its category.
        wrong: Flags that overlap nothing.
        found: Marks overlapped, by category.
        wanted: Marks there are, by category.
        severities: Marks overlapped and marks there are, by severity.
        misses: Marks nothing overlapped.
        alarms: Flags that overlap nothing.
        hits: Flags that overlap a mark, by the category they name themselves.
    """

    right: int
    same: int
    wrong: int
    found: Counter[str]
    wanted: Counter[str]
    severities: dict[str, tuple[int, int]]
    misses: tuple[Mark, ...] = ()
    alarms: tuple[Mark, ...] = ()
    hits: Counter[str] = field(default_factory=Counter)

    def group(self, categories: Collection[str]) -> tuple[float, float]:
        """Precision of the flags that name one of the categories, recall of the marks of one of them."""
        wrong = sum(mark.category in categories for mark in self.alarms)
        right = sum(count for name, count in self.hits.items() if name in categories)
        found = sum(count for name, count in self.found.items() if name in categories)
        wanted = sum(count for name, count in self.wanted.items() if name in categories)
        return right / max(1, right + wrong), found / max(1, wanted)

    def grade(self, severities: Collection[str]) -> float:
        """Recall of the marks of those severities (0 to 1)."""
        counts = [count for name, count in self.severities.items() if name in severities]
        return sum(found for found, _ in counts) / max(1, sum(wanted for _, wanted in counts))

    @property
    def precision(self) -> float:
        """Share of flags that overlap a mark (0 to 1)."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of marks overlapped by a flag (0 to 1)."""
        return self.found.total() / max(1, self.wanted.total())


@dataclass(frozen=True, slots=True)
class Report:
    """What `aligntool bench flags` shows for one level.

    Attributes:
        level: The level measured.
        score: Against the gold marks.
        native_words: Words of native English read.
        native_flags: Flags on them, by check: all of them taken for false alarms.
        clean_flagged: Sentences known to be right that were flagged.
        clean_edited: Those that ``clean`` would change.
        clean_total: How many such sentences there are.
        words_per_second: Speed on the native text, by CPU time.
    """

    level: Level
    score: Score
    native_words: int
    native_flags: Counter[str]
    clean_flagged: int
    clean_edited: int
    clean_total: int
    words_per_second: float
    native_examples: tuple[tuple[str, Flag], ...] = field(default=(), repr=False)

    @property
    def alarms_per_thousand(self) -> float:
        """False alarms per 1,000 words of native English."""
        return 1000 * self.native_flags.total() / max(1, self.native_words)


def _rows(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [dict(zip(head.split("\t"), line.split("\t"), strict=False)) for line in lines]


def _gold(path: Path) -> list[Mark]:
    return [
        Mark(
            row["doc"],
            int(row["para"]),
            int(row["start"]),
            int(row["end"]),
            row["category"],
            row["severity"],
            row.get("note", "").startswith("opt"),
        )
        for row in _rows(path)
    ]


def marks(name: str, document: Document, flags: Iterable[Flag]) -> list[Mark]:
    """Flags as marks on the lines of the document's text."""
    text, starts = str(document), document.starts()
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line)))
        at += len(line) + 1
    placed = []
    for flag in flags:
        start = starts[flag.segment] + flag.span.start
        index = next(i for i, (_, end) in enumerate(lines) if start <= end)
        base = lines[index][0]
        mark = Mark(name, index, start - base, start - base + flag.span.size, flag.category, flag.severity)
        placed.append(mark)
    return placed


def score(gold: Sequence[Mark], predicted: Iterable[Mark]) -> Score:
    """Overlap scoring: a flag is right when it shares a code point with a mark, whatever the category.

    Optional marks are ignored both ways; a flag that lies only in a whole-line residue mark and is not
    itself residue counts neither way.
    """
    lines: dict[tuple[str, int], list[Mark]] = defaultdict(list)
    for mark in gold:
        lines[mark.doc, mark.line].append(mark)
    right = same = 0
    hit: set[Mark] = set()
    alarms = []
    hits: Counter[str] = Counter()
    for one in sorted(set(predicted)):
        over = [
            m for m in lines[one.doc, one.line] if m.start < max(one.end, one.start + 1) and m.end > one.start
        ]
        real = [
            m
            for m in over
            if one.category == "residue" or m.category != "residue" or m.end - m.start <= _LONG
        ]
        needed = [m for m in real if not m.optional]
        if needed:
            right += 1
            hits[one.category] += 1
            same += any(m.category == one.category for m in needed)
            hit.update(needed)
        elif not over:
            alarms.append(one)
    clear = [m for m in gold if not m.optional]
    grades = {m.severity for m in clear}
    return Score(
        right,
        same,
        len(alarms),
        Counter(m.category for m in clear if m in hit),
        Counter(m.category for m in clear),
        {g: (sum(m.severity == g for m in hit), sum(m.severity == g for m in clear)) for g in sorted(grades)},
        tuple(m for m in clear if m not in hit),
        tuple(alarms),
        hits,
    )


def run(shared: Path, level: Level = "normal", tell: Callable[[str], None] | None = None) -> Report:
    """Measure one level on the gold, on native English and on sentences known to be right.

    Args:
        shared: Folder with ``bench/flags``, ``bench/mt/flores-dev.en`` and ``seeds``.
        level: The level.
        tell: Told what is being measured.

    Raises:
        OSError: A file is missing.
    """
    say = tell or (lambda _: None)
    gold = _gold(shared / "bench" / "flags" / "gold.tsv")
    predicted = []
    for name in sorted({mark.doc for mark in gold}):
        say(name)
        document = english(name, (shared / "seeds" / name).read_text(encoding="utf-8"), Settings())
        predicted += marks(name, document, find(monolingual(document), level))
    say("native English")
    native = (shared / "bench" / "mt" / "flores-dev.en").read_text(encoding="utf-8").splitlines()
    words = sum(len(line.split()) for line in native)
    find(monolingual(_lines(native[:1])), level)  # loads the tables, which the speed is not about
    began = time.process_time()
    flags = find(monolingual(_lines(native)), level)
    taken = time.process_time() - began
    say("clean sentences")
    clean = [row["text"] for row in _rows(shared / "bench" / "flags" / "clean_sentences.tsv")]
    checked = [check("clean", _lines([line]), level) for line in clean]
    return Report(
        level,
        score(gold, predicted),
        words,
        Counter(flag.check for flag in flags),
        sum(bool(one.flags) for one in checked),
        sum(bool(one.applied) for one in checked),
        len(clean),
        words / max(taken, 1e-9),
        tuple((native[flag.segment], flag) for flag in flags),
    )


def _lines(lines: Sequence[str]) -> Document:
    """A document of one segment a line, each a paragraph of its own."""
    return Document("en", tuple(Segment(line, "\n\n" if i else "") for i, line in enumerate(lines)))
