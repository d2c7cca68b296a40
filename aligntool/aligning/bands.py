"""Which part of the lattice is searched: all of it for short documents, a band around a line for long ones.

The line runs through anchors: pairs of sentences that share rare parts and prefer each other, of these the
heaviest chain that rises on both sides. Between anchors the band is wider the farther they are apart.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from aligntool.aligning.sweeps import Floats, Stripe
from aligntool.aligning.vectors import Matrix, Vectors
from aligntool.records import Bead
from aligntool.sequences import heaviest

__all__ = ["anchors", "around", "between", "is_tight", "through", "whole", "widened"]

Ints = NDArray[np.int64]

_HEIGHT = 24  # rows of a stripe
_RARE = 12  # sentences a part may stand in on either side to be an anchor's
_LEAN = 0.1  # how much an anchor loses that lies at the other end of the document
_NEAR, _ASTRAY, _SUPPORT = 8, 12, 3  # anchors looked at on either side; sentences apart; how many must agree
_HALF = 40  # sentences to either side of the line
_LOOSE = 0.1  # and this share of the distance between anchors
_MARGIN = 3  # a path this close to the edge wants a wider band


def whole(rows: int, columns: int) -> list[Stripe]:
    """Every position of two documents."""
    return [Stripe(top, min(top + _HEIGHT - 1, rows), 0, columns) for top in range(0, rows + 1, _HEIGHT)]


def around(line: Sequence[int] | Ints, half: Sequence[int] | Ints, columns: int) -> list[Stripe]:
    """A band around a line.

    Args:
        line: For every source position a target position.
        half: How many target positions to either side are searched there.
        columns: The last target position.
    """
    centre, reach = np.asarray(line), np.asarray(half)
    low, high = np.maximum(centre - reach, 0), np.minimum(centre + reach, columns)
    low[0], high[-1] = 0, columns
    rows = len(centre) - 1
    stripes = [
        Stripe(top, bottom, int(low[top : bottom + 1].min()), int(high[top : bottom + 1].max()))
        for top in range(0, rows + 1, _HEIGHT)
        for bottom in [min(top + _HEIGHT - 1, rows)]
    ]
    # Where the line jumps, stripes reach back to the one before, so that paths can pass between them.
    for at in range(len(stripes) - 1, 0, -1):
        above, here = stripes[at - 1], stripes[at]
        stripes[at - 1] = above._replace(right=max(above.right, min(here.left + _MARGIN, columns)))
    for at in range(1, len(stripes)):
        above, here = stripes[at - 1], stripes[at]
        stripes[at] = here._replace(right=max(here.right, above.left))
    stripes[-1] = stripes[-1]._replace(right=columns)
    return stripes


def through(beads: Sequence[Bead], columns: int, half: int = _HALF, full: int = 0) -> list[Stripe]:
    """A band around an alignment.

    Args:
        beads: The alignment.
        columns: The last target position.
        half: How many target positions to either side.
        full: Documents up to so many segments are searched everywhere.
    """
    line = [0]
    for bead in beads:
        line += [bead.target.end] * bead.source.size
    if max(len(line) - 1, columns) <= full:
        return whole(len(line) - 1, columns)
    return around(line, [half] * len(line), columns)


def is_tight(stripes: Sequence[Stripe], beads: Sequence[Bead], columns: int) -> list[int]:
    """Numbers of the stripes in which a path runs along an edge that is not an edge of the document."""
    found, at = set(), 0
    for bead in beads:
        i, j = bead.source.start, bead.target.start
        while stripes[at].bottom < i:
            at += 1
        _, _, left, right = stripes[at]
        if (left > 0 and j - left < _MARGIN) or (right < columns and right - j < _MARGIN):
            found.add(at)
    return sorted(found)


def widened(stripes: Sequence[Stripe], tight: Sequence[int], columns: int) -> list[Stripe]:
    """The stripes, with those that were too narrow and their neighbours twice as wide."""
    near = {other for at in tight for other in (at - 2, at - 1, at, at + 1, at + 2)}
    made = []
    for at, stripe in enumerate(stripes):
        more = (stripe.right - stripe.left) // 2 + _HALF if at in near else 0
        left, right = max(stripe.left - more, 0), min(stripe.right + more, columns)
        made.append(stripe._replace(left=left, right=right))
    return made


def anchors(vectors: Vectors) -> list[tuple[int, int]]:
    """Pairs of sentences that surely lie near the path, rising on both sides."""
    source, target, weight = _mutual(vectors)
    pairs = heaviest(
        [(int(i), int(j), int(1000 * w)) for i, j, w in zip(source, target, weight, strict=True)]
    )
    slope = vectors.target.shape[0] / max(vectors.source.shape[0], 1)
    offsets = np.array([j - slope * i for i, j in pairs])
    agreeing = np.zeros(len(pairs), dtype=np.int64)
    for step in range(1, min(_NEAR, len(pairs) - 1) + 1):
        close = np.abs(offsets[step:] - offsets[:-step]) < _ASTRAY + step
        agreeing[step:] += close
        agreeing[:-step] += close
    return [pair for pair, count in zip(pairs, agreeing, strict=True) if count >= _SUPPORT]


def _mutual(vectors: Vectors) -> tuple[Ints, Ints, Floats]:
    """Sentences of both sides that share most of what is rare, as each other sees it."""
    rare = [_seen(side) for side in vectors]
    kept = np.flatnonzero((rare[0] <= _RARE) & (rare[1] <= _RARE) & (rare[0] > 0) & (rare[1] > 0))
    if not len(kept):
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, np.zeros(0)
    left, right = (sparse.csr_array(side)[:, kept] for side in vectors)
    shared = sparse.coo_array(left @ right.T)
    i, j = (np.asarray(numbers, dtype=np.int64) for numbers in shared.coords)
    places = i / max(left.shape[0], 1) - j / max(right.shape[0], 1)
    weight = shared.data.astype(np.float64) * (1 - _LEAN * np.abs(places))
    best = np.zeros(len(i), dtype=np.int64)
    for keys in (i, j):
        order = np.lexsort((j, i, -weight, keys))
        firsts = order[np.concatenate(([True], np.diff(keys[order]) > 0))] if len(order) else order
        best[firsts] += 1
    chosen = np.flatnonzero(best > 1)
    chosen = chosen[np.lexsort((j[chosen], i[chosen]))]
    return i[chosen], j[chosen], weight[chosen]


def _seen(side: Matrix) -> Ints:
    """In how many sentences each part stands."""
    seen: Ints = np.bincount(side.indices, minlength=side.shape[1])
    return seen


def between(pairs: Sequence[tuple[int, int]], rows: int, columns: int) -> list[Stripe]:
    """A band through anchors, wider where they are far apart or out of proportion."""
    line, half = np.zeros(rows + 1, dtype=np.int64), np.full(rows + 1, _HALF, dtype=np.int64)
    slope = columns / max(rows, 1)
    for (i, j), (i2, j2) in pairwise([(0, 0), *pairs, (rows, columns)]):
        span = np.arange(i, i2 + 1)
        line[span] = j + (span - i) * (j2 - j) // max(i2 - i, 1)
        uneven = abs((j2 - j) - slope * (i2 - i)) / 2
        half[span] = np.maximum(half[span], int(_HALF + uneven + _LOOSE * max(i2 - i, j2 - j)))
    return around(line, half, columns)
