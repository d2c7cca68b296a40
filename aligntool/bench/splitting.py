"""How well and how fast text is split into sentences, beside a naive splitter as the floor."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from aligntool.records import Span
from aligntool.sentences import split

__all__ = ["Report", "Row", "run"]

_LINES_A_PARAGRAPH = 8
_MATERIAL = (
    ("news", "en", "mt/flores-dev.en"),
    ("news", "nl", "mt/flores-dev.nl"),
    ("news", "fr", "mt/flores-dev.fr"),
    ("magazine", "hu", "align/dtm-en-hu/0/tgt.txt"),
    ("novel", "en", "align/steinbeck-en-hu/0/src.txt"),
)
_STOPPED = re.compile(r"[.!?…][\"”»’')\]]*$")
_BEFORE_STOP = re.compile(r"([^\s\"“”«»‘’'()\[\]]+)\.[\"”»’')\]]*$")
_MID_SENTENCE = re.compile(r"([^\s\"“”«»‘’'()\[\]]+)\.,? (?=[a-z])")
_NAIVE = re.compile(r"(?<=[.!?])\s+")

Splitter = Callable[[str, str], list[Span]]


@dataclass(frozen=True, slots=True)
class Row:
    """One splitter on one text.

    Attributes:
        text: Kind of text.
        lang: Its language.
        splitter: ``aligntool`` or ``naive``.
        lines: Number of lines whose ends were sought.
        precision: Share of the boundaries found that are right, 0 to 1.
        recall: Share of the line ends that were found, 0 to 1.
        speed: Sentences a second, of one core's CPU time.
    """

    text: str
    lang: str
    splitter: str
    lines: int
    precision: float
    recall: float
    speed: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """Rows, and the texts that were not there."""

    rows: tuple[Row, ...]
    skipped: tuple[str, ...]

    def __str__(self) -> str:
        head = f"{'text':<10}{'lang':<6}{'splitter':<11}{'lines':>6}{'P':>8}{'R':>8}{'F1':>8}{'sent/s':>10}"
        body = [
            f"{row.text:<10}{row.lang:<6}{row.splitter:<11}{row.lines:>6}"
            f"{100 * row.precision:>8.2f}{100 * row.recall:>8.2f}{100 * row.f1:>8.2f}{row.speed:>10,.0f}"
            for row in self.rows
        ]
        return "\n".join([head, *body, *(f"skipped: {name} is not there" for name in self.skipped)])


def _naive(text: str, _lang: str) -> list[Span]:
    """A stop and a blank end a sentence."""
    ends = [found.span() for found in _NAIVE.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return [Span(a, b) for a, b in zip(starts, [*(start for start, _ in ends), len(text)], strict=True)]


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Runs of eight lines that end in a stop and do not begin in mid-sentence."""
    whole = [line for line in lines if _STOPPED.search(line) and not line[0].islower()]
    return [
        whole[i : i + _LINES_A_PARAGRAPH]
        for i in range(0, len(whole) - _LINES_A_PARAGRAPH + 1, _LINES_A_PARAGRAPH)
    ]


def _is_wrong(before: str, abbreviations: set[str]) -> bool:
    """Whether a boundary inside a line is an error: lines may hold two sentences.

    It is one after a word that this very text also has with a stop in mid-sentence, after one letter, and
    after a word with stops inside.
    """
    found = _BEFORE_STOP.search(before)
    return found is not None and (found[1] in abbreviations or len(found[1]) == 1 or "." in found[1])


def _measure(splitter: Splitter, paragraphs: list[list[str]], lang: str) -> tuple[float, float]:
    """Precision and recall over line ends inside paragraphs."""
    abbreviations = {word for lines in paragraphs for line in lines for word in _MID_SENTENCE.findall(line)}
    hits = wanted = wrong = 0
    for lines in paragraphs:
        text = " ".join(lines)
        gold = {end - 1 for end in accumulate(len(line) + 1 for line in lines[:-1])}
        found = {span.end for span in splitter(text, lang)[:-1]}
        hits += len(found & gold)
        wanted += len(gold)
        wrong += sum(_is_wrong(text[max(0, end - 40) : end], abbreviations) for end in found - gold)
    return hits / max(hits + wrong, 1), hits / max(wanted, 1)


def _speed(splitter: Splitter, paragraphs: list[list[str]], lang: str, seconds: float) -> float:
    """Sentences a second of CPU time; loading the lists is not counted."""
    text = "\n\n".join(" ".join(lines) for lines in paragraphs)
    splitter(text, lang)
    count, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        count += len(splitter(text, lang))
    return count / (time.process_time() - began)


def run(shared: Path, seconds: float = 0.5, part: str = "") -> Report:
    """Measure on lines joined into paragraphs.

    Args:
        shared: Folder of measuring material, which holds ``bench``.
        seconds: CPU time for each speed figure.
        part: Beginning of the kinds of text wanted.

    Returns:
        Two rows a text; texts that are missing are named instead.
    """
    rows: list[Row] = []
    skipped: list[str] = []
    for kind, lang, name in (one for one in _MATERIAL if one[0].startswith(part)):
        path = shared / "bench" / name
        if not path.is_file():
            skipped.append(name)
            continue
        paragraphs = _paragraphs([line.strip() for line in path.read_text(encoding="utf-8").splitlines()])
        splitters: tuple[tuple[str, Splitter], ...] = (("aligntool", split), ("naive", _naive))
        for label, splitter in splitters:
            precision, recall = _measure(splitter, paragraphs, lang)
            speed = _speed(splitter, paragraphs, lang, seconds)
            lines = len(paragraphs) * _LINES_A_PARAGRAPH
            rows.append(Row(kind, lang, label, lines, precision, recall, speed))
    return Report(tuple(rows), tuple(skipped))
