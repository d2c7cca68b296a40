"""Flags as labels of single words, against what a post-editor changed: word-level quality estimation.

The words a person replaced or removed in a machine's output are the bad ones; a word is called bad when a
flag lies on it. The figure is Matthews' correlation (Matthews 1975; used by the shared tasks on quality
estimation, Specia et al. 2020), which neither the many good words nor the few bad ones can flatter.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from aligntool.files import read_table
from aligntool.flags import Level
from aligntool.pipeline import find
from aligntool.records import Bitext, Document, Segment, monolingual, parallel
from aligntool.spellings import usage

__all__ = ["Confusion", "bad_words", "restored", "run"]

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[^\w\s]")
_WORD = re.compile(r"[^\W_]+")
_CLOSING = frozenset(".,;:!?%)]…")
_OPENING = frozenset("([$€£")
_QUOTES = frozenset({'"'})
_APOSTROPHES = frozenset("'’")
_NAME = 60
_EVERY = 4
"""Of how many sentences one is measured."""
_WRITING = frozenset({"casing", "spacing", "punctuation", "residue"})
"""Kinds of error that text without capitals, cut into tokens, can no longer show."""


@dataclass(slots=True)
class Confusion:
    """Words by what they are and what they are called."""

    hit: int = 0
    miss: int = 0
    alarm: int = 0
    good: int = 0

    def add(self, *, bad: bool, flagged: bool) -> None:
        """Count one word."""
        if bad:
            self.hit, self.miss = self.hit + flagged, self.miss + (not flagged)
        else:
            self.alarm, self.good = self.alarm + flagged, self.good + (not flagged)

    @property
    def precision(self) -> float:
        """Share of the words called bad that are (0 to 1)."""
        return self.hit / max(1, self.hit + self.alarm)

    @property
    def recall(self) -> float:
        """Share of the bad words that are called so (0 to 1)."""
        return self.hit / max(1, self.hit + self.miss)

    @property
    def correlation(self) -> float:
        """Matthews' correlation coefficient (-1 to 1); 0 where it is not defined."""
        sides = (
            (self.hit + self.alarm)
            * (self.hit + self.miss)
            * (self.good + self.alarm)
            * (self.good + self.miss)
        )
        return (self.hit * self.good - self.alarm * self.miss) / math.sqrt(sides) if sides else 0.0


def bad_words(output: Sequence[str], edited: Sequence[str]) -> list[bool]:
    """For each token of the output, whether the post-editor replaced or removed it, whatever its capitals.

    >>> bad_words(["he", "makes", "a", "photo"], ["He", "takes", "a", "photo"])
    [False, True, False, False]
    """
    matcher = SequenceMatcher(None, [t.lower() for t in output], [t.lower() for t in edited], autojunk=False)
    kept = {i for block in matcher.get_matching_blocks() for i in range(block.a, block.a + block.size)}
    return [i not in kept for i in range(len(output))]


def restored(tokens: Iterable[str], names: frozenset[str]) -> tuple[str, tuple[int, ...]]:
    """Running text from tokens in small letters, and where in it each token begins (code points).

    Args:
        tokens: Words and marks.
        names: Words to give a capital to.
    """
    text, starts, quoting, glue = "", [], False, True
    for word in tokens:
        closing = word in _CLOSING or word in _APOSTROPHES or (word in _QUOTES and quoting)
        text += "" if glue or closing else " "
        starts.append(len(text))
        text += word.capitalize() if not text or word in names else word
        glue = word in _OPENING or word in _APOSTROPHES or (word in _QUOTES and not quoting)
        quoting ^= word in _QUOTES
    return text, tuple(starts)


def _sentences(folder: Path) -> Iterator[tuple[str, list[str], list[bool]]]:
    """French sentence, tokens of the machine's English, which of them are bad."""
    files = [folder / name for name in ("src-ref-all.fr", "tgt-mt-all.en", "tgt-pe-all.en")]
    columns = [path.read_text(encoding="utf-8").split("\n") for path in files]
    for french, output, edited in list(zip(*columns, strict=False))[::_EVERY]:
        tokens = _TOKEN.findall(output)
        if french.strip() and tokens:
            yield french, tokens, bad_words(tokens, _TOKEN.findall(edited))


def run(shared: Path, level: Level) -> Mapping[str, Confusion]:
    """Label the words of machine-made English, with and without the original beside it.

    Args:
        shared: Folder with ``bench/flags/wce-lig``.
        level: How much to flag.

    Returns:
        ``alone`` and ``beside the source``.

    Raises:
        OSError: A file is missing.
    """
    names = frozenset(word for word, share in usage(read_table("words")).capital.items() if share > _NAME)
    sentences = list(_sentences(shared / "bench" / "flags" / "wce-lig"))
    texts = [restored(tokens, names) for _, tokens, _ in sentences]
    english = Document("en", tuple(Segment(text, "\n\n" if i else "") for i, (text, _) in enumerate(texts)))
    french = Document(
        "fr", tuple(Segment(text, "\n\n" if i else "") for i, (text, *_) in enumerate(sentences))
    )
    sides = {"alone": monolingual(english), "beside the source": parallel(french, english)}
    bad = [labels for *_, labels in sentences]
    return {
        name: _confusion(bitext, level, bad, [starts for _, starts in texts])
        for name, bitext in sides.items()
    }


def _confusion(
    bitext: Bitext, level: Level, bad: Sequence[Sequence[bool]], starts: Sequence[Sequence[int]]
) -> Confusion:
    flagged: list[set[int]] = [set() for _ in bad]
    for flag in find(bitext, level):
        if flag.side == "target" and flag.category not in _WRITING:
            flagged[flag.segment].update(range(flag.span.start, flag.span.end))
    found = Confusion()
    for segment, labels, begins, marked in zip(bitext.target.segments, bad, starts, flagged, strict=True):
        for label, begin in zip(labels, begins, strict=True):
            if _WORD.match(segment.text, begin):
                found.add(bad=label, flagged=begin in marked)
    return found
