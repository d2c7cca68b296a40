"""Which sentences of two versions of a text belong together, also where some were merged, split or moved.

Equal sentences that are rare are anchors; in the gaps between them sentences are paired by how many words and
character 4-grams they share (Dice 1945), the best path found by dynamic programming over pairs, merged,
split, dropped and added sentences; what was dropped in one place and added in another has moved.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligntool.likeness import alike, dice, grams, sharing
from aligntool.records import Span
from aligntool.sequences import heaviest, matches, rising

__all__ = ["Tile", "pair"]

_ALIKE = 0.17  # pairs less alike than this are kept apart
_MOVED = 0.5  # sentences this much alike are one that moved
_MERGE = 0.05  # how much more alike two sentences must be than the better of them alone
_MERGE_COST = 0.2
_FULL = 3_000  # cells of a gap that are searched in full, without anchors of rare words
_BAND = 12  # cells to either side of the diagonal that are searched in larger gaps
_SHORTEST = 12  # characters of a sentence that can be recognised in another place
_LENGTHS = 4  # one of two unlike sentences may be this many times as long as the other
_WORD = re.compile(r"\w+")


class Tile(NamedTuple):
    """Sentences that stand for each other; the tiles follow one another without a gap on both sides.

    Attributes:
        old: Half-open range of old sentences; empty where something was added.
        new: Half-open range of new sentences; empty where something was dropped.
        likeness: From 0 to 1, how much they share.
        partner: Index of the tile that holds the other end of a move; None where nothing moved.
        block: Number, from 1, of the block that moved as one; 0 where nothing moved.
    """

    old: Span
    new: Span
    likeness: float = 1.0
    partner: int | None = None
    block: int = 0


_Sides = tuple[Sequence[str], Sequence[str]]


def pair(
    old: Sequence[str],
    new: Sequence[str],
    keys: _Sides | None = None,
) -> tuple[Tile, ...]:
    """Pair the sentences of two versions.

    Args:
        old: Sentences.
        new: Sentences of another version.
        keys: What they are known by, if not by their text: equal keys belong together, whatever the texts.

    Returns:
        Tiles in the order of both sides: 1-1, 1-0, 0-1, and 2-1 and 1-2 where sentences were merged or split.
        A sentence that moved is a 1-0 tile where it was and a 0-1 tile where it is.

    >>> [(t.old, t.new) for t in pair(["The cat sat."], ["Yes.", "The cat sat down."])]
    [(Span(start=0, end=0), Span(start=0, end=1)), (Span(start=0, end=1), Span(start=1, end=2))]
    """
    left, right = keys or ([_bare(text) for text in old], [_bare(text) for text in new])
    numbers: dict[str, int] = {}
    lists = [[numbers.setdefault(key, len(numbers)) for key in side] for side in (left, right)]
    runs = matches(lists[0], lists[1], unique=True)
    anchors = [(run.old + i, run.new + i) for run in runs for i in range(run.size)]
    tiles, moves = _tiled((old, new), (left, right), anchors, known=keys is not None)
    better = _heaviest(old, (left, right), tiles, moves) if moves else anchors
    if better != anchors:
        tiles, moves = _tiled((old, new), (left, right), better, known=keys is not None)
    return _numbered(_replaced(tiles, (old, new), moves), moves)


def _tiled(
    texts: _Sides, keys: _Sides, anchors: list[tuple[int, int]], *, known: bool
) -> tuple[list[Tile], dict[int, int]]:
    """The tiles that some anchors lead to, and what moved then."""
    tiles: list[Tile] = []
    left, right = (
        _masked(texts, keys, {pair[side] for pair in anchors}, side, known=known) for side in (0, 1)
    )
    a = c = 0
    for i, j in [*anchors, (len(texts[0]), len(texts[1]))]:
        tiles += _gap(left, right, Span(a, i), Span(c, j))
        tiles += [_tile(i, j)] if i < len(texts[0]) and j < len(texts[1]) else []
        a, c = i + 1, j + 1
    return tiles, _moves(tiles, texts, keys, known=known)


def _masked(texts: _Sides, keys: _Sides, taken: set[int], side: int, *, known: bool) -> list[str]:
    """One side's texts, nothing in the place of those that stand elsewhere on the other: they have moved."""
    once, other = (Counter(keys[at]) for at in (side, 1 - side))
    return [
        "" if once[key] == other[key] == 1 and n not in taken and _is_known(text, known=known) else text
        for n, (text, key) in enumerate(zip(texts[side], keys[side], strict=True))
    ]


def _is_known(text: str, *, known: bool = False) -> bool:
    """Whether a sentence can be recognised in another place."""
    return known or len(text) >= _SHORTEST


def _heaviest(
    old: Sequence[str], keys: _Sides, tiles: list[Tile], moves: dict[int, int]
) -> list[tuple[int, int]]:
    """Anchors such that as little text as can be has moved: a long passage stays, a short one moves."""
    pairs = [(t.old.start, t.new.start, t.old.end) for t in tiles if t.old.size and t.new.size]
    pairs += [(i, j, i + 1) for i, j in moves.items()]
    chain = heaviest([(i, j, 1 + sum(map(len, old[i:end]))) for i, j, end in sorted(pairs)])
    return [(i, j) for i, j in chain if keys[0][i] == keys[1][j]]


def _tile(i: int, j: int, likeness: float = 1.0) -> Tile:
    return Tile(Span(i, i + 1), Span(j, j + 1), likeness)


def _bare(text: str) -> str:
    """What a sentence says, without capitals, marks and blanks; a text of marks alone as it is."""
    return " ".join(_WORD.findall(text.casefold())) or text.strip()


def _gap(old: Sequence[str], new: Sequence[str], left: Span, right: Span) -> Iterator[Tile]:
    """Tiles of a stretch without equal sentences: anchors of rare words where it is large, then the path."""
    anchors = _rare(old, new, left, right) if left.size * right.size > _FULL else []
    a, c = left.start, right.start
    for i, j in [*anchors, (left.end, right.end)]:
        yield from _path(old, new, Span(a, i), Span(c, j))
        if i < left.end and j < right.end:
            yield _tile(i, j, alike(old[i], new[j]))
        a, c = i + 1, j + 1


def _rare(old: Sequence[str], new: Sequence[str], left: Span, right: Span) -> list[tuple[int, int]]:
    """Pairs of sentences that share rare words and are each other's best match, in a rising chain."""
    votes: dict[tuple[int, int], int] = defaultdict(int)
    for i, j in sharing((old, range(*left)), (new, range(*right))):
        votes[i, j] += 1
    best: dict[tuple[bool, int], tuple[int, tuple[int, int]]] = {}
    for places, count in votes.items():
        for end in ((False, places[0]), (True, places[1])):
            best[end] = max(best.get(end, (0, places)), (count, places))
    mutual = [
        places
        for places, count in sorted(votes.items())
        if best[False, places[0]] == best[True, places[1]] == (count, places)
    ]
    return rising((i, j) for i, j in mutual if alike(old[i], new[j]) >= _MOVED)


_STEPS = ((1, 1), (2, 1), (1, 2), (1, 0), (0, 1))


def _path(old: Sequence[str], new: Sequence[str], left: Span, right: Span) -> list[Tile]:
    """The best path through a gap, searched in full or, where it is large, near its diagonal."""
    if not left.size and not right.size:
        return []
    n, m, one, other = left.size, right.size, old[slice(*left)], new[slice(*right)]
    wide = max(n, m) if n * m <= _FULL else _BAND
    rows: list[dict[int, float]] = []
    steps: list[tuple[int, bytearray]] = []
    for i in range(n + 1):
        low, high = max(0, (i - 1) * m // max(n, 1) - wide), min(m, (i + 1) * m // max(n, 1) + wide)
        rows = [*rows[-2:], {}]
        steps.append((low, bytearray(high - low + 1)))
        for j in range(low, high + 1):
            options = [
                (rows[-1 - di][j - dj] + _gain(one[i - di : i], other[j - dj : j]), -number)
                for number, (di, dj) in enumerate(_STEPS)
                if di < len(rows) and j - dj in rows[-1 - di]
            ]
            gain, number = max(options, default=(0.0, 0))
            rows[-1][j] = gain
            steps[-1][1][j - low] = -number
    return _traced(old, new, (left, right), steps)


def _traced(
    old: Sequence[str],
    new: Sequence[str],
    gap: tuple[Span, Span],
    steps: list[tuple[int, bytearray]],
) -> list[Tile]:
    i, j = gap[0].size, gap[1].size
    tiles = []
    while i or j:
        low, row = steps[i]
        di, dj = _STEPS[row[j - low]]
        i, j = i - di, j - dj
        at, to = gap[0].start + i, gap[1].start + j
        likeness = alike(" ".join(old[at : at + di]), " ".join(new[to : to + dj])) if di and dj else 0.0
        tiles.append(Tile(Span(at, at + di), Span(to, to + dj), likeness))
    return tiles[::-1]


def _gain(one: Sequence[str], other: Sequence[str]) -> float:
    """What it is worth to pair these: nothing where a side is empty, else how alike they are."""
    if not one or not other:
        return 0.0
    if len(one) == len(other) == 1:
        return 2 * (alike(one[0], other[0]) - _ALIKE)
    single = [alike(a, b) for a in one for b in other]
    # Each part of a merged sentence must have something to do with it.
    if min(single) < _ALIKE / 2:
        return -1.0
    joined = dice(frozenset().union(*map(grams, one)), frozenset().union(*map(grams, other)))
    return 3 * (joined - _ALIKE) - _MERGE_COST if joined >= max(single) + _MERGE else -1.0


def _moves(
    tiles: Sequence[Tile],
    texts: _Sides,
    keys: _Sides,
    *,
    known: bool,
) -> dict[int, int]:
    """Old sentences that were dropped, with the added ones that they are."""
    gone = [tile.old.start for tile in tiles if not tile.new.size]
    come = [tile.new.start for tile in tiles if not tile.old.size]
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = defaultdict(list)
    for j in come:
        if _is_known(texts[1][j], known=known):
            waiting[keys[1][j]].append(j)
    for i in gone:
        if waiting.get(keys[0][i]):
            found[i] = waiting[keys[0][i]].pop(0)
    taken = set(found.values())
    rest = [i for i in gone if i not in found], [j for j in come if j not in taken]
    shared = set(sharing((texts[0], rest[0]), (texts[1], rest[1])))
    near = {(i, j): alike(texts[0][i], texts[1][j]) for i, j in shared}
    for (i, j), likeness in sorted(
        near.items(), key=lambda item: (-item[1], abs(item[0][0] - item[0][1]), item)
    ):
        long = _is_known(min(texts[0][i], texts[1][j], key=len))
        if likeness >= _MOVED and long and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _replaced(tiles: Sequence[Tile], texts: _Sides, moves: dict[int, int]) -> list[Tile]:
    """The tiles; as many dropped as added at one place, of comparable lengths, stand for each other."""
    taken, done, run = set(moves.values()), list[Tile](), list[Tile]()

    def is_loose(tile: Tile) -> bool:
        if tile.old.size and tile.new.size:
            return False
        return tile.old.start not in moves if tile.old.size else tile.new.start not in taken

    for tile in [*tiles, None]:
        if tile and is_loose(tile):
            run.append(tile)
            continue
        if run:
            done += _made_pairs(run, texts)
            run = []
        done += [tile] if tile else []
    return done


def _made_pairs(run: list[Tile], texts: _Sides) -> list[Tile]:
    gone, come = [t for t in run if t.old.size], [t for t in run if t.new.size]
    if len(gone) != len(come):
        return run
    pairs = [_tile(a.old.start, b.new.start) for a, b in zip(gone, come, strict=True)]
    lengths = [(len(texts[0][p.old.start]), len(texts[1][p.new.start])) for p in pairs]
    if any(max(pair) > _LENGTHS * min(pair) for pair in lengths):
        return run
    return [p._replace(likeness=alike(texts[0][p.old.start], texts[1][p.new.start])) for p in pairs]


def _numbered(tiles: list[Tile], moves: dict[int, int]) -> tuple[Tile, ...]:
    """The tiles, those that moved told where their other end is and which block they belong to."""
    froms = {tile.old.start: at for at, tile in enumerate(tiles) if not tile.new.size}
    tos = {tile.new.start: at for at, tile in enumerate(tiles) if not tile.old.size}
    block, last = 0, (-2, -2)
    for i, j in sorted(moves.items()):
        block += (i, j) != (last[0] + 1, last[1] + 1)
        last = (i, j)
        one, other = froms[i], tos[j]
        tiles[one] = tiles[one]._replace(partner=other, block=block)
        tiles[other] = tiles[other]._replace(partner=one, block=block)
    return tuple(tiles)
