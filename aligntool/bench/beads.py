"""How well beads meet those of a gold alignment: strict and lax, nulls apart, and whether confidence is true.

Strict and lax precision and recall after Sennrich and Volk (2010, "MT-based Sentence Alignment for
OCR-generated Parallel Texts", AMTA), counted as Vecalign's scorer does: beads with an empty side count in
precision only.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["EDGES", "Bead", "Tally", "alone", "calibration", "parse", "reliability", "tally"]

Bead = tuple[tuple[int, ...], tuple[int, ...]]
"""Numbers of source and of target sentences, from 0."""

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
"""Where buckets of confidence begin; the last ends at 1, which belongs to it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over documents, so that they can be added up.

    Attributes:
        found: Beads of the aligner.
        found_strict: Those of them that are in the gold.
        found_lax: Those that are, or that share a sentence pair with it.
        wanted: Beads of the gold with two sides.
        wanted_strict: Those of them that were found.
        wanted_lax: Those found, or sharing a sentence pair with a bead that was.
        nulls: Sentences the aligner left alone, those the gold leaves alone, and those both do.
    """

    found: int = 0
    found_strict: int = 0
    found_lax: int = 0
    wanted: int = 0
    wanted_strict: int = 0
    wanted_lax: int = 0
    nulls: tuple[int, int, int] = (0, 0, 0)

    def __add__(self, other: "Tally") -> "Tally":
        one, two, three = (a + b for a, b in zip(self.nulls, other.nulls, strict=True))
        return Tally(
            self.found + other.found,
            self.found_strict + other.found_strict,
            self.found_lax + other.found_lax,
            self.wanted + other.wanted,
            self.wanted_strict + other.wanted_strict,
            self.wanted_lax + other.wanted_lax,
            (one, two, three),
        )

    def recall(self, *, lax: bool = False) -> float:
        """Share of the gold's beads that were found, 0 to 1."""
        return _share(self.wanted_lax if lax else self.wanted_strict, self.wanted)

    def precision(self, *, lax: bool = False) -> float:
        """Share of the beads found that are right, 0 to 1."""
        return _share(self.found_lax if lax else self.found_strict, self.found)

    def f1(self, *, lax: bool = False) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = self.precision(lax=lax), self.recall(lax=lax)
        return _share(2 * precision * recall, precision + recall)

    @property
    def null_precision(self) -> float:
        """Share of the sentences left alone that the gold leaves alone."""
        return _share(self.nulls[2], self.nulls[0])

    @property
    def null_recall(self) -> float:
        """Share of the gold's lonely sentences that were left alone."""
        return _share(self.nulls[2], self.nulls[1])


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def parse(text: str) -> list[Bead]:
    """Beads from a file: source numbers, a tab, target numbers, each list with commas."""
    cells = (line.split("\t")[:2] for line in text.split("\n") if line.strip())
    return [(_numbers(source), _numbers(target)) for source, target in cells]


def _numbers(cell: str) -> tuple[int, ...]:
    return tuple(int(number) for number in cell.split(",") if number.strip())


def tally(gold: Sequence[Bead], found: Sequence[Bead]) -> Tally:
    """Compare one document's beads with its gold; beads are sets, and empty ones do not count."""
    real, ours = _paired(gold), _paired(found)
    strict, lax = _hits(_whole(found), gold)
    recall_strict, recall_lax = _hits(real, ours)
    theirs, mine = alone(gold), alone(found)
    return Tally(
        len(_whole(found)),
        strict,
        lax,
        len(_whole(real)),
        recall_strict,
        recall_lax,
        (len(mine), len(theirs), len(mine & theirs)),
    )


def _whole(beads: Iterable[Bead]) -> set[Bead]:
    return {(tuple(sorted(s)), tuple(sorted(t))) for s, t in beads if s or t}


def _paired(beads: Iterable[Bead]) -> list[Bead]:
    return [bead for bead in beads if all(bead)]


def _hits(beads: Iterable[Bead], reference: Iterable[Bead]) -> tuple[int, int]:
    """How many of the beads are in the reference, and how many at least share a pair of sentences with it."""
    same = _whole(reference)
    links = {(i, j) for source, target in same for i in source for j in target}
    strict = lax = 0
    for bead in _whole(beads):
        strict += bead in same
        lax += bead in same or any((i, j) in links for i in bead[0] for j in bead[1])
    return strict, lax


def alone(beads: Iterable[Bead]) -> set[tuple[int, int]]:
    """Sentences without a counterpart, as (side, number)."""
    return {
        (side, number)
        for bead in beads
        if not all(bead)
        for side, numbers in enumerate(bead)
        for number in numbers
    }


def reliability(judged: Iterable[tuple[float, bool]]) -> list[tuple[float, int, float, float]]:
    """How often beads of a confidence are right.

    Args:
        judged: Confidence (0 to 1) of every bead, and whether it is right.

    Returns:
        For every bucket that holds any: where it begins, its beads, their mean confidence, the share right.
    """
    buckets: dict[float, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        buckets.setdefault(EDGES[max(bisect_right(EDGES, confidence) - 1, 0)], []).append((confidence, right))
    return [
        (edge, len(held), sum(c for c, _ in held) / len(held), sum(r for _, r in held) / len(held))
        for edge, held in sorted(buckets.items())
    ]


def calibration(judged: Iterable[tuple[float, bool]]) -> float:
    """Expected calibration error (Naeini et al. 2015): mean distance of confidence from the share right."""
    table = reliability(judged)
    total = sum(count for _, count, _, _ in table)
    return _share(sum(count * abs(mean - share) for _, count, mean, share in table), total)
