"""The best path through two documents of any length: barriers, bands that widen, rounds that learn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from aligntool.aligning import bands
from aligntool.aligning.costs import Costs, Lengths
from aligntool.aligning.lattice import Gaps, Scorer, best_beads
from aligntool.aligning.similarity import Similarity
from aligntool.aligning.sweeps import Stripe
from aligntool.aligning.vectors import Vectors, blank
from aligntool.records import Bead, Span

__all__ = ["FULL", "Window", "sample", "search", "shifted", "stripes"]

FULL = 1500
"""Segments a side up to which every position is searched."""

_COARSE = 150  # target positions to either side, where only lengths guide
_FEW = 50  # source segments an anchor, at least: with fewer they tell too little
_TRIES = 12
_MOST = 6_000_000  # positions, or twice as many as at first: a band is not widened beyond


@dataclass(frozen=True, slots=True)
class Window:
    """A scorer for a part of the documents, numbered from 0."""

    scorer: Scorer
    rows: Span
    columns: Span

    @property
    def gaps(self) -> Gaps:
        """Those of the part."""
        whole = self.scorer.gaps
        return Gaps(whole.opening, whole.source[slice(*self.rows)], whole.target[slice(*self.columns)])

    def gains(self, stripe: Stripe) -> NDArray[np.float32]:
        """Those of the part; beads that reach out of it are none of the lattice's."""
        top, bottom, left, right = stripe
        i, j = self.rows.start, self.columns.start
        return self.scorer.gains(Stripe(top + i, bottom + i, left + j, right + j))


def stripes(vectors: Vectors, sizes: Lengths, costs: Costs) -> list[Stripe]:
    """Where to look for the path: everywhere, or along anchors, or along what lengths alone suggest."""
    rows, columns = len(sizes.source), len(sizes.target)
    if max(rows, columns) <= FULL:
        return bands.whole(rows, columns)
    found = bands.anchors(vectors) if sparse.issparse(vectors.source) else []
    if len(found) * _FEW >= rows:
        return bands.between(found, rows, columns)
    share = np.concatenate(([0.0], np.cumsum(sizes.source))) / sizes.source.sum()
    ends = np.concatenate(([0.0], np.cumsum(sizes.target)))
    line = np.searchsorted(ends, share * ends[-1]).clip(0, columns)
    first = bands.around(line, np.full(rows + 1, _COARSE), columns)
    beads = search(Similarity(blank(rows, columns), sizes, costs), first)
    return bands.through(beads, columns, _COARSE // 2)


def search(
    scorer: Scorer, first: Sequence[Stripe], barriers: Sequence[tuple[int, int]] = ()
) -> tuple[Bead, ...]:
    """The best beads between barriers.

    Args:
        scorer: Of both whole documents.
        first: Positions to begin with; widened until the path keeps clear of their edges.
        barriers: Positions (source, target) no bead may straddle, rising; the search between them is full
            where it is short.
    """
    rows, columns = len(scorer.gaps.source), len(scorer.gaps.target)
    if not barriers:
        return _widening(scorer, list(first))
    beads: list[Bead] = []
    for (i, j), (i2, j2) in pairwise([(0, 0), *barriers, (rows, columns)]):
        window = Window(scorer, Span(i, i2), Span(j, j2))
        beads += (shifted(bead, i, j) for bead in _widening(window, _clipped(first, window, FULL)))
    return tuple(beads)


def shifted(bead: Bead, rows: int, columns: int) -> Bead:
    """A bead so many segments further on."""
    source, target = bead.source, bead.target
    return replace(
        bead,
        source=Span(source.start + rows, source.end + rows),
        target=Span(target.start + columns, target.end + columns),
    )


def sample(
    scorer: Scorer, first: Sequence[Stripe], barriers: Sequence[tuple[int, int]] = (), size: int = FULL
) -> tuple[Bead, ...]:
    """A first path to learn from: of a long document a stretch from the middle of the band.

    Args:
        scorer: Of both whole documents.
        first: Where to look, as for ``search``.
        barriers: Likewise.
        size: Source segments of the stretch.
    """
    rows = len(scorer.gaps.source)
    middle = [s for s in first if abs(s.top + s.bottom - rows) < size] if rows > 2 * FULL else []
    if not middle or barriers:
        return search(scorer, first, barriers)
    top, bottom = middle[0].top, middle[-1].bottom
    left, right = ((s.left + s.right) // 2 for s in (middle[0], middle[-1]))
    window = Window(scorer, Span(top, bottom), Span(left, max(left, right)))
    return tuple(shifted(bead, top, left) for bead in _widening(window, _clipped(first, window, 0)))


def _clipped(first: Sequence[Stripe], window: Window, full: int) -> list[Stripe]:
    """The part of a band that lies in a window; every position of a window of so many segments."""
    (i, i2), (j, j2) = window.rows, window.columns
    if max(i2 - i, j2 - j) <= full:
        return bands.whole(i2 - i, j2 - j)
    line, half = [], []
    for top, bottom, left, right in first:
        for _ in range(max(top, i), min(bottom, i2) + 1):
            line.append(min(max((left + right) // 2 - j, 0), j2 - j))
            half.append((right - left) // 2 + 1)
    return bands.around(line, half, j2 - j)


def _widening(scorer: Scorer, wanted: list[Stripe]) -> tuple[Bead, ...]:
    """The best beads in a band that is widened until the path keeps clear of its edges."""
    columns = len(scorer.gaps.target)
    most = max(_MOST, 2 * _cells(wanted))
    beads = best_beads(scorer, wanted)
    for _ in range(_TRIES):
        tight = range(len(wanted)) if beads is None else bands.is_tight(wanted, beads, columns)
        wider = bands.widened(wanted, tight, columns)
        if beads is not None and (not tight or wider == wanted or _cells(wider) > most):
            break
        wanted, beads = wider, best_beads(scorer, wider)
    assert beads is not None, "a band of every position has a path"
    return beads


def _cells(some: Sequence[Stripe]) -> int:
    return sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in some)
