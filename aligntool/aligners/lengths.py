"""Alignment by sentence lengths alone, after Gale & Church (1993): no model, no dictionary, any language.

"A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1): a text and its
translation have proportional lengths in characters, with a variance proportional to the length. What differs
here: everything is a logarithm; the ratio, the variance and the frequencies of bead types are estimated from
the two documents (the paper's are for European languages, and fail on Chinese); and a bead is scored by how
much likelier its target length is given the source than by chance (Moore 2002), so that leaving a sentence
unaligned competes on equal terms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligntool.alignment import STEPS, Aligner, Pairing, best_beads, diagonal
from aligntool.records import Bead, Bitext, Document, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

__all__ = ["PLUGIN", "align"]

# Frequencies of bead types in STEPS' order. The paper's own (1-1 .89) suit parliaments; journalism and prose
# are translated more freely.
_PRIORS = (0.02, 0.02, 0.78, 0.07, 0.07, 0.02, 0.01, 0.01)
_VARIANCE = 6.8  # the paper's, squared characters a character
_BELIEF = 20.0  # how many beads the figures above are worth against the documents' own
_ROUNDS = 3
_STRAY = 0.01  # share of pairs whose lengths have nothing to do with each other


@dataclass(frozen=True, slots=True)
class _Model:
    """Parameters of the lengths.

    Attributes:
        ratio: Target characters a source character.
        variance: Of the target length, in characters, a character of length.
        shape: Of the gamma distribution of target sentences' lengths.
        scale: Of the same, in characters.
        priors: Log probability of each bead type.
    """

    ratio: float
    variance: float
    shape: float
    scale: float
    priors: tuple[float, ...]


class _Lengths:
    """Log scores of beads from the lengths of both documents' segments."""

    def __init__(self, source: list[int], target: list[int], model: _Model) -> None:
        import numpy as np  # noqa: PLC0415 - only where documents are aligned

        self.model = model
        self.source = np.concatenate(([0.0], np.cumsum(source, dtype=np.float64)))
        ends = np.concatenate(([0.0], np.cumsum(target, dtype=np.float64)))
        self.target, self.chance = {}, {}
        for count in {dt for _, dt in STEPS if dt}:
            lengths = ends - np.concatenate((np.zeros(count), ends))[: len(ends)]
            self.target[count] = lengths
            # Lengths of random sentences follow a gamma distribution, and so do sums of several.
            shape = count * model.shape
            constant = shape * math.log(model.scale) + math.lgamma(shape)
            floor = np.maximum(lengths, 1.0)
            self.chance[count] = (shape - 1) * np.log(floor) - floor / model.scale - constant

    def __call__(self, end: int, first: int, width: int, step: tuple[int, int]) -> Row:
        """The lattice's ``Score``."""
        import numpy as np  # noqa: PLC0415 - as above

        ds, dt = step
        prior = self.model.priors[STEPS.index(step)]
        if not ds or not dt:
            return np.full(width, prior)
        places = np.arange(first, first + width)
        mean = self.model.ratio * float(self.source[end] - self.source[end - ds])
        lengths = self.target[dt].take(places, mode="clip")
        variance = (lengths + mean) * (self.model.variance / 2)
        gain = -((lengths - mean) ** 2) / variance - np.log(variance)
        gain *= 0.5
        gain -= self.chance[dt].take(places, mode="clip")
        gain += math.log1p(-_STRAY) - 0.5 * math.log(2 * math.pi)
        mixed: Row = np.maximum(gain, math.log(_STRAY)) + prior
        return mixed


def _first_model(source: list[int], target: list[int]) -> _Model:
    """The paper's figures, with the ratio and the distribution of lengths of these documents."""
    mean = sum(target) / len(target)
    spread = sum((length - mean) ** 2 for length in target) / len(target)
    spread = max(spread, mean * mean / 20)  # lines of one length would make every other length impossible
    return _Model(
        ratio=sum(target) / sum(source),
        variance=_VARIANCE,
        shape=mean * mean / spread,
        scale=spread / mean,
        priors=tuple(map(math.log, _PRIORS)),
    )


def _learn(model: _Model, beads: tuple[Bead, ...], source: list[int], target: list[int]) -> _Model:
    """Ratio, variance and bead frequencies from an alignment, each bead weighted by its confidence."""
    counts = dict.fromkeys(STEPS, 0.0)
    pairs = []
    for bead in beads:
        counts[bead.source.size, bead.target.size] += bead.score
        left, right = sum(source[slice(*bead.source)]), sum(target[slice(*bead.target)])
        if bead.source.size and bead.target.size:
            pairs.append((left, right, bead.score))
    weight = sum(w for *_, w in pairs)
    believed = _BELIEF * sum(source) / len(source)
    ratio = (model.ratio * believed + sum(right * w for _, right, w in pairs)) / (
        believed + sum(left * w for left, _, w in pairs)
    )
    deviates = sum(w * 2 * (right - ratio * left) ** 2 / (right + ratio * left) for left, right, w in pairs)
    total = sum(counts.values()) + _BELIEF
    return replace(
        model,
        ratio=ratio,
        variance=(_VARIANCE * _BELIEF + deviates) / (_BELIEF + weight),
        priors=tuple(
            math.log((counts[step] + _BELIEF * prior) / total)
            for step, prior in zip(STEPS, _PRIORS, strict=True)
        ),
    )


def align(source: Document, target: Document) -> Bitext:
    """Align two documents by the lengths of their segments.

    Args:
        source: The original, cut into sentences.
        target: Its translation, cut into sentences.

    Returns:
        Beads of 1-1, 1-0, 0-1, 2-1, 1-2, 2-2, 3-1 and 1-3 segments with the posterior probability of each;
        any two documents are aligned, however unlike.
    """
    left = [max(len(text), 1) for text in source.texts]
    right = [max(len(text), 1) for text in target.texts]
    if not left or not right:
        spans = [Span(i, i + 1) for i in range(len(left) + len(right))]
        return Bitext(
            source, target, tuple(Bead(s, Span(0, 0)) if left else Bead(Span(0, 0), s) for s in spans)
        )
    model = _first_model(left, right)
    for _ in range(_ROUNDS):
        beads = best_beads((len(left), len(right)), _Lengths(left, right, model), diagonal(left, right))
        model = _learn(model, beads, left, right)
    return Bitext(source, target, beads)


def _align(pairings: Sequence[Pairing], _: Sequence[tuple[str, str]]) -> list[Bitext]:
    """The plug-in: words, translations and lexicons play no part."""
    return [align(one.source, one.target) for one in pairings]


PLUGIN = Aligner("lengths", "by sentence lengths alone (Gale & Church 1993): any languages, no model", _align)
