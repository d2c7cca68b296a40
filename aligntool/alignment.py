"""What an aligner is, and the lattice aligners search: monotone paths of beads through two documents."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from aligntool.records import Bead, Bitext, Document, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

__all__ = ["STEPS", "Aligner", "Pairing", "Score", "best_beads", "diagonal"]

Step = tuple[int, int]
STEPS: tuple[Step, ...] = ((0, 1), (1, 0), (1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3))
"""Bead types as numbers of source and target segments; the insertion comes first."""

Score = Callable[[int, int, int, Step], "Row"]
"""Log score of beads of one type: those that end after source segment ``end`` and after the target segments
``first`` to ``first + width - 1``, an array of that width. Positions outside the document may have any finite
score. Higher is better; sums along a path are compared."""

_FULL = 1500  # segments a side up to which every cell is searched
_WIDTH = 301
_MARGIN = 3  # a path this close to the band's edge wants a wider band
_MOST_CELLS = 400_000_000  # one byte each


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two documents to be aligned, with what is known of them beforehand.

    Attributes:
        source: The original, cut into sentences.
        target: Its translation, cut into sentences.
        source_mt: Every source segment in the target's language, by an engine or somebody else; empty when
            there is none, and a text may be empty where one is missing.
        target_mt: Every target segment in the source's language, likewise.
        barriers: Positions (source, target) between segments that no bead may straddle, both rising.

    Raises:
        ValueError: A translation has another number of texts than its document has segments.
    """

    source: Document
    target: Document
    source_mt: tuple[str, ...] = ()
    target_mt: tuple[str, ...] = ()
    barriers: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        for side, made in ((self.source, self.source_mt), (self.target, self.target_mt)):
            if made and len(made) != len(side.segments):
                raise ValueError(f"{len(made)} translations for {len(side.segments)} segments")


@dataclass(frozen=True, slots=True)
class Aligner:
    """A plug-in of the ``aligners`` family.

    Attributes:
        name: Its name in options.
        summary: One line for users.
        align: Pairings, and a bilingual lexicon (source word, target word; may be empty), to one bitext a
            pairing. Documents of one batch share a pair of languages, so that an aligner may learn from
            all of them.
    """

    name: str
    summary: str
    align: Callable[[Sequence[Pairing], Sequence[tuple[str, str]]], list[Bitext]]


@dataclass(frozen=True, slots=True)
class _Band:
    """For every source position the first of ``width`` target positions that are searched."""

    lows: tuple[int, ...]
    width: int
    last: int  # the target document's length

    def reverse(self) -> _Band:
        """The same cells seen from the other end."""
        lows = tuple(self.last - low - self.width + 1 for low in reversed(self.lows))
        return _Band(lows, self.width, self.last)

    def is_tight(self, nodes: Sequence[tuple[int, int]]) -> bool:
        """Whether a path runs along an edge that is not an edge of the document."""
        for i, j in nodes:
            low, high = self.lows[i], self.lows[i] + self.width - 1
            if (low > 0 and j - low < _MARGIN) or (high < self.last and high - j < _MARGIN):
                return True
        return False


def diagonal(source: Sequence[int], target: Sequence[int]) -> list[int]:
    """For every source position the target position at the same share of the text.

    Args:
        source: Sizes of the source segments (characters, or anything that adds up).
        target: Sizes of the target segments.
    """
    import numpy as np  # noqa: PLC0415 - only where documents are aligned

    left = np.concatenate(([0.0], np.cumsum(np.asarray(source, dtype=np.float64))))
    right = np.concatenate(([0.0], np.cumsum(np.asarray(target, dtype=np.float64))))
    share = left / max(left[-1], 1.0) * right[-1]
    found: list[int] = np.searchsorted(right, share).clip(0, len(target)).tolist()
    return found


def _band(centre: Sequence[int], last: int, width: int) -> _Band:
    """A band of one width around a line; wide enough documents begin and end inside it."""
    width = min(width, last + 1)
    lows = [min(max(j - width // 2, 0), last + 1 - width) for j in centre]
    lows[0], lows[-1] = 0, last + 1 - width
    # Where the line jumps, the rows before and after the jump reach out to meet each other.
    reach = max(width // 2, 1)
    for i in range(len(lows) - 2, -1, -1):
        lows[i] = max(lows[i], lows[i + 1] - reach)
    return _Band(tuple(lows), width, last)


def _sweep(
    band: _Band, score: Score, steps: Sequence[Step], combine: np.ufunc, *, trace: bool
) -> Iterator[tuple[Row, NDArray[np.uint8]]]:
    """Rows of the lattice: what ``combine`` makes of all paths to a cell; if traced, the best last step."""
    import numpy as np  # noqa: PLC0415 - as above

    width = band.width
    ways, choice = np.empty((len(steps), width)), np.empty(0, dtype=np.uint8)
    earlier: deque[tuple[int, Row]] = deque(maxlen=max(ds for ds, _ in steps))
    for i, low in enumerate(band.lows):
        ways.fill(-np.inf)
        if i == 0 and low == 0:
            ways[0, 0] = 0.0
        for at, (ds, dt) in enumerate(steps):
            if 0 < ds <= len(earlier):
                before, padded = earlier[-ds]
                begin = width + max(min(low - dt - before, width), -width)
                np.add(padded[begin : begin + width], score(i, low, width, (ds, dt)), out=ways[at])
        inserted = np.cumsum(score(i, low, width, steps[0]))
        base = combine.reduce(ways) - inserted
        reached = combine.accumulate(base)
        if trace:
            choice = np.where(reached > base, 0, ways.argmax(axis=0)).astype(np.uint8)
        # Nothing stands on either side of the row, so that a window moved off it sees nothing.
        padded = np.full(3 * width, -np.inf)
        row = np.add(reached, inserted, out=padded[width : 2 * width])
        earlier.append((low, padded))
        yield row, choice


def _path(band: _Band, score: Score, steps: Sequence[Step]) -> list[tuple[int, int]] | None:
    """Corners of the best path from (0, 0) to the end of both documents; None when the band is broken."""
    import numpy as np  # noqa: PLC0415 - as above

    choices, reached = [], np.empty(0)
    for row, choice in _sweep(band, score, steps, np.maximum, trace=True):
        choices.append(choice)  # a byte a cell; of the scores only the last row is wanted
        reached = row
    if not np.isfinite(reached[band.last - band.lows[-1]]):
        return None
    i, j = len(band.lows) - 1, band.last
    corners = [(i, j)]
    while (i, j) != (0, 0):
        ds, dt = steps[choices[i][j - band.lows[i]]]
        i, j = i - ds, j - dt
        corners.append((i, j))
    return corners[::-1]


def _totals(
    band: _Band, score: Score, steps: Sequence[Step], corners: Sequence[tuple[int, int]]
) -> list[float]:
    """For every corner the log of the summed scores of all paths from (0, 0) to it."""
    import numpy as np  # noqa: PLC0415 - as above

    wanted: dict[int, list[int]] = {}
    for i, j in corners:
        wanted.setdefault(i, []).append(j)
    found = {}
    for i, (row, _) in enumerate(_sweep(band, score, steps, np.logaddexp, trace=False)):
        found.update({(i, j): float(row[j - band.lows[i]]) for j in wanted.get(i, ())})
    return [found[corner] for corner in corners]


def _search(
    centre: Sequence[int], last: int, score: Score, steps: Sequence[Step]
) -> tuple[_Band, list[tuple[int, int]]]:
    """The best path, in a band that is widened until the path keeps clear of its edges."""
    length = len(centre)
    width = last + 1 if max(length, last) <= _FULL else _WIDTH
    while True:
        band = _band(centre, last, width)
        corners = _path(band, score, steps)
        if corners and (not band.is_tight(corners) or 2 * width * length > _MOST_CELLS):
            return band, corners
        if not corners and width > last:
            raise ValueError("no path has a finite score")
        width *= 2


def best_beads(
    sizes: tuple[int, int],
    score: Score,
    centre: Sequence[int] | None = None,
    steps: Sequence[Step] = STEPS,
) -> tuple[Bead, ...]:
    """Find the best monotone tiling of two documents, and how sure each bead is.

    Dynamic programming over all cells up to 1500 segments a side, over a band that widens on demand beyond,
    so that time and memory stay linear. A bead's score is its posterior probability: the share that paths
    through it have in the summed probability of all paths (forward-backward, Rabiner 1989).

    Args:
        sizes: Number of source and of target segments.
        score: Log scores of beads.
        centre: For every source position, 0 to the number of source segments, where the target is expected;
            the straight line when not given.
        steps: Bead types; the first inserts one target segment, (1, 0) must be among them.

    Returns:
        Beads that tile both documents, for any input.

    Raises:
        ValueError: Scores that are not numbers, or minus infinity on every path.
    """
    length, last = sizes
    if centre is None:
        centre = [round(i * last / max(length, 1)) for i in range(length + 1)]
    band, corners = _search(centre, last, score, steps)
    before = _totals(band, score, steps, corners)
    mirrored = [(length - i, last - j) for i, j in reversed(corners)]
    after = _totals(band.reverse(), _mirror(sizes, score), steps, mirrored)[::-1]
    beads = []
    for k, ((i, j), (i2, j2)) in enumerate(pairwise(corners)):
        own = float(score(i2, j2, 1, (i2 - i, j2 - j))[0])
        share = math.exp(min(before[k] + own + after[k + 1] - before[-1], 0.0))
        beads.append(Bead(Span(i, i2), Span(j, j2), share))
    return tuple(beads)


def _mirror(sizes: tuple[int, int], score: Score) -> Score:
    """The same scores for both documents read backwards."""
    length, last = sizes

    def mirrored(end: int, first: int, width: int, step: Step) -> Row:
        ds, dt = step
        return score(length - end + ds, last - first - width + 1 + dt, width, step)[::-1]

    return mirrored
