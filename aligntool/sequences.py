"""What two sequences have in common, in order, found in nearly linear time.

Equal heads and tails are cut off; runs of items that occur once on both sides are anchors, the longest rising
chain of them is kept (the patience diff of Bram Cohen), first long runs, then shorter ones in the gaps; small
gaps are compared in full by difflib (Ratcliff & Metzener 1988), large ones without anchors by Myers (1986),
"An O(ND) Difference Algorithm", as long as they differ little. What is left counts as altogether different.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["Run", "heaviest", "matches", "rising"]

_RUNS = (32, 8, 2, 1)  # items an anchor has, longest first
_SMALL = 40_000  # cells of a gap that may be compared in full
_LARGE, _SAMPLE = 50_000, 16  # in longer gaps one long run in so many is looked at: memory
_DEPTH = 24  # how often a gap may be divided
_EDITS = 200  # differences up to which Myers searches
_STEPS = 8  # items Myers may look at, a multiple of those there are


class Run(NamedTuple):
    """Items that are equal on both sides: where they begin and how many they are."""

    old: int
    new: int
    size: int


class _Gap(NamedTuple):
    """A stretch on both sides that is still to be compared."""

    a: int
    b: int
    c: int
    d: int
    level: int = 0
    depth: int = 0


def _nothing(_: int) -> bool:
    return False


def matches(
    old: Sequence[int], new: Sequence[int], blank: Callable[[int], bool] = _nothing, *, unique: bool = False
) -> list[Run]:
    """Runs of equal items, in order on both sides, none touching the next on both.

    Args:
        old: Items as numbers.
        new: Items as numbers.
        blank: Whether an item means nothing by itself: it is matched only beside others.
        unique: Match only what is told apart by being rare; leave repeated items in gaps to the caller.

    >>> matches([1, 2, 3, 4], [1, 3, 4, 5])
    [Run(old=0, new=0, size=1), Run(old=2, new=1, size=2)]
    """
    found: list[Run] = []
    work = [_Gap(0, len(old), 0, len(new))]
    while work:
        gap = work.pop()
        head, gap, tail = _trimmed(old, new, gap)
        found += [head, tail]
        if gap.a == gap.b or gap.c == gap.d:
            continue
        if not unique and (gap.b - gap.a) * (gap.d - gap.c) <= _SMALL:
            found += _small(old, new, gap, blank)
            continue
        level, anchors = _anchored(old, new, gap, blank)
        if not anchors and not unique:
            found += _myers(old, new, gap)
        found += anchors
        if anchors and gap.depth < _DEPTH:
            work += _between(anchors, gap, level)
    return _joined(found)


def _trimmed(old: Sequence[int], new: Sequence[int], gap: _Gap) -> tuple[Run, _Gap, Run]:
    a, b, c, d = gap[:4]
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    size = 0
    while a < b - size and c < d - size and old[b - size - 1] == new[d - size - 1]:
        size += 1
    head, tail = Run(gap.a, gap.c, a - gap.a), Run(b - size, d - size, size)
    return head, gap._replace(a=a, b=b - size, c=c, d=d - size), tail


def _small(old: Sequence[int], new: Sequence[int], gap: _Gap, blank: Callable[[int], bool]) -> Iterator[Run]:
    """Runs of a small gap: items that mean something are compared, blanks beside them follow."""
    left = [at for at in range(gap.a, gap.b) if not blank(old[at])]
    right = [at for at in range(gap.c, gap.d) if not blank(new[at])]
    matcher = SequenceMatcher(None, [old[at] for at in left], [new[at] for at in right], autojunk=False)
    anchors = [
        Run(left[i + n], right[j + n], 1) for i, j, size in matcher.get_matching_blocks() for n in range(size)
    ]
    yield from anchors
    for rest in _between(anchors, gap, 0):
        head, _, tail = _trimmed(old, new, rest)
        yield from (head, tail)


def _anchored(
    old: Sequence[int], new: Sequence[int], gap: _Gap, blank: Callable[[int], bool]
) -> tuple[int, list[Run]]:
    """Anchors of the longest kind there are, and which kind that is."""
    for level in range(gap.level, len(_RUNS)):
        size = _RUNS[level]
        left, right = _once(old, gap.a, gap.b, size, blank), _once(new, gap.c, gap.d, size, blank)
        pairs = sorted((at, right[item]) for item, at in left.items() if item in right)
        if pairs:
            return level, [Run(i, j, size) for i, j in rising(pairs)]
    return len(_RUNS), []


def _once(
    items: Sequence[int], start: int, end: int, size: int, blank: Callable[[int], bool]
) -> dict[object, int]:
    """Runs of that size that occur once in the range, with their place."""
    places: dict[object, int] = {}
    twice = set()
    sampled = size >= _RUNS[1] and end - start > _LARGE
    for at in range(start, end - size + 1):
        run = tuple(items[at : at + size]) if size > 1 else items[at]
        # Numbers and tuples of them have the same hash in every run of the program.
        if sampled and hash(run) % _SAMPLE:
            continue
        if size <= 2 and blank(items[at]):  # noqa: PLR2004 - a blank and a word say no more than the word
            continue
        if run in places:
            twice.add(run)
        else:
            places[run] = at
    return {run: at for run, at in places.items() if run not in twice}


def rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain that rises on both sides, of pairs sorted by their first number.

    Fredman (1975), "On computing the length of longest increasing subsequences": n log n.

    >>> rising([(0, 5), (1, 0), (2, 1), (3, 9)])
    [(1, 0), (2, 1), (3, 9)]
    """
    ends: list[int] = []
    last: list[int] = []
    listed, before = list(pairs), list[int]()
    for number, (_, j) in enumerate(listed):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [j], [number]
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(listed[at])
        at = before[at]
    return chain[::-1]


def heaviest(pairs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The heaviest chain that rises on both sides, of pairs with their weights, sorted by their first number.

    Best sums by second number in a Fenwick tree (1994): n log n.

    >>> heaviest([(0, 5, 9), (1, 0, 2), (2, 1, 3)])
    [(0, 5)]
    """
    ranks = {j: rank for rank, j in enumerate(sorted({j for _, j, _ in pairs}), 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before = []
    best = (0, -1)
    for number, (_, j, weight) in enumerate(pairs):
        at, known = ranks[j] - 1, (0, -1)
        while at:
            known, at = max(known, tree[at]), at & (at - 1)
        before.append(known[1])
        one, at = (known[0] + weight, number), ranks[j]
        best = max(best, one)
        while at < len(tree):
            tree[at], at = max(tree[at], one), at + (at & -at)
    chain, number = [], best[1]
    while number >= 0:
        chain.append(pairs[number][:2])
        number = before[number]
    return chain[::-1]


def _between(anchors: list[Run], gap: _Gap, level: int) -> Iterator[_Gap]:
    """The gaps before, between and after the anchors; those of overlapping anchors are empty."""
    a, c = gap.a, gap.c
    for run in [*anchors, Run(gap.b, gap.d, 0)]:
        if run.old > a or run.new > c:
            yield _Gap(a, max(run.old, a), c, max(run.new, c), level, gap.depth + 1)
        a, c = max(a, run.old + run.size), max(c, run.new + run.size)


def _myers(old: Sequence[int], new: Sequence[int], gap: _Gap) -> list[Run]:
    """The shortest edit script of a gap that differs in few places; nothing where it takes too long."""
    a, b, c, d = gap[:4]
    budget = _STEPS * (b - a + d - c)
    furthest, trace = {1: 0}, []
    for edits in range(_EDITS):
        trace.append(dict(furthest))
        for k in range(-edits, edits + 1, 2):
            i = _step(furthest, k, edits)
            start = i
            while i < b - a and 0 <= i - k < d - c and old[a + i] == new[c + i - k]:
                i += 1
            budget -= i - start + 1
            furthest[k] = i
            if i >= b - a and i - k >= d - c:
                return [Run(a + x, c + y, n) for x, y, n in _traced(trace, b - a, d - c)]
        if budget < 0:
            break
    return []


def _down(furthest: dict[int, int], k: int, edits: int) -> bool:
    """Whether diagonal k is best reached by an insertion, not by a deletion."""
    return k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])


def _step(furthest: dict[int, int], k: int, edits: int) -> int:
    """Where diagonal k begins after one edit more."""
    return furthest[k + 1] if _down(furthest, k, edits) else furthest[k - 1] + 1


def _traced(trace: list[dict[int, int]], i: int, j: int) -> Iterator[tuple[int, int, int]]:
    """Equal runs on the way back from the end to the beginning."""
    for edits in range(len(trace) - 1, -1, -1):
        known, k = trace[edits], i - j
        start = _step(known, k, edits)
        yield start, start - k, i - start
        before = k + 1 if _down(known, k, edits) else k - 1
        i, j = known.get(before, 0), known.get(before, 0) - before


def _joined(found: Iterable[Run]) -> list[Run]:
    """The runs in order, overlaps and empty ones out, those that touch made one."""
    joined: list[Run] = []
    for run in sorted(found):
        if joined:
            last = joined[-1]
            # Anchors of several items may overlap along one diagonal.
            over = max(last.old + last.size - run.old, last.new + last.size - run.new, 0)
            one = Run(run.old + over, run.new + over, run.size - over)
        else:
            one = run
        if one.size <= 0:
            continue
        if joined and (last.old + last.size, last.new + last.size) == (one.old, one.new):
            joined[-1] = Run(last.old, last.new, last.size + one.size)
        else:
            joined.append(one)
    return joined
