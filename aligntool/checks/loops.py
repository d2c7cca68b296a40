"""Output caught in a repetition, running on, or the same for different originals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.pairs import Pair, pairs
from aligntool.records import Bitext, Flag
from aligntool.wordforms import loops, words
from aligntool.wording import tokens

__all__ = ["PLUGIN"]

NAME = "loops"
_LOOP = Rule(
    "loop", NAME, "accuracy", "major", 0.86, "The translation repeats “{said}”, which the original does not."
)
_TWICE = replace(_LOOP, name="said-twice", confidence=0.7)
_STUTTER = Rule(
    "stutter",
    NAME,
    "accuracy",
    "major",
    0.86,
    "The word stammers, as an engine does that has lost the thread.",
)
_LONG = Rule(
    "runs-on", NAME, "accuracy", "critical", 0.93, "The translation is {times} times as long as its original."
)
_SAME = Rule(
    "same-output",
    NAME,
    "accuracy",
    "critical",
    0.82,
    "The sentence before, another one in the original, has the same translation.",
)
_STAMMER = re.compile(r"([^\W\d_]{2,6}?)\1{2,}")
_SIZES = range(1, 7)
_FEW = 3
_ALIKE = 0.5
_NEAR = 3


def _in_a_row(low: Sequence[str]) -> tuple[int, int, int] | None:
    """Words from, to (half-open) and size of a phrase that stands back to back."""
    for size in _SIZES:
        for i in range(len(low) - 2 * size + 1):
            if low[i : i + size] != low[i + size : i + 2 * size]:
                continue
            end = i + 2 * size
            while low[end : end + size] == low[i : i + size]:
                end += size
            if size > 1 or len(low[i]) > _FEW or end - i >= _FEW:
                return i, end, size
    return None


def _once_more(low: Sequence[str]) -> tuple[int, int, int] | None:
    """Words from, to and size of a phrase that was there before."""
    for size in (4, 3):
        seen: set[tuple[str, ...]] = set()
        for i in range(len(low) - size + 1):
            gram = tuple(low[i : i + size])
            if gram in seen:
                return i, i + size, size
            seen.add(gram)
    return None


def _repeated(pair: Pair) -> Iterator[Flag]:
    if not loops(pair.said, pair.made):
        return
    given, made = len(words(pair.said)), len(words(pair.made))
    if made > 3 * given + 10:
        yield _LONG.on(pair.target, 0, len(pair.target.text), times=str(round(made / max(given, 1))))
        return
    found = tokens(pair.made)
    low = [token.low for token in found]
    row = _in_a_row(low)
    where = row or _once_more(low)
    if where is not None:
        start, end, size = where
        said = pair.target.text[found[end - size].start : found[end - 1].end]
        rule = _LOOP if row else _TWICE
        yield rule.on(pair.target, found[start].start, found[end - 1].end, said=said)
        return
    stammered = next((token for token in found if _STAMMER.search(token.low)), None)
    if stammered is not None:
        yield _STUTTER.on(pair.target, stammered.start, stammered.end)


class _Told:
    """What was said shortly before: the words of the original and the translation."""

    def __init__(self) -> None:
        self._last: list[tuple[tuple[str, ...], frozenset[str]]] = []

    def before(self, pair: Pair) -> bool:
        """Whether one of the last few pairs has the same translation of another original."""
        made, given = words(pair.made), frozenset(words(pair.said))
        same = len(made) >= _FEW and any(
            made == old and len(given & other) < _ALIKE * len(given | other) for old, other in self._last
        )
        self._last = [*self._last[1 - _NEAR :], (made, given)]
        return same


def _find(bitext: Bitext) -> Iterator[Flag]:
    told = _Told()
    for pair in pairs(bitext):
        if not pair.whole:
            continue
        yield from _repeated(pair)
        if told.before(pair):
            yield _SAME.on(pair.target, 0, len(pair.target.text))


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(
    NAME,
    "accuracy",
    "strict",
    "repetitions and run-on output the original does not have",
    _prepare,
    bilingual=True,
)
