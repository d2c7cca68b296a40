"""What a person should look at in an alignment: beads that are not sure of themselves."""

from collections.abc import Iterable

from aligntool.layout import Note
from aligntool.records import Bead, Bitext, Flag, Side, Span

__all__ = ["notes"]


def notes(bitext: Bitext, below: float = 0.0, moved: Iterable[tuple[Span, Span]] = ()) -> dict[int, Note]:
    """What is to be said of beads, by their index.

    Statuses are a person's: doubt is a flag, which every view shows, and a key in ``data``, by which rows
    can be found.

    Args:
        bitext: An alignment.
        below: Confidence under which a bead is to be looked at; 0 for none.
        moved: Blocks that stand elsewhere: source segments, and the target segments that translate them.

    Returns:
        A note for every bead that has one.
    """
    blocks, found = tuple(moved), {}
    for index, bead in enumerate(bitext.beads):
        numbers = _elsewhere(bead, blocks)
        flags = [_doubt(bead, below)] if bead.score < below else []
        flags += [_move(bead, numbers)] if numbers else []
        data = ({"review": True} if bead.score < below else {}) | ({"moved": numbers} if numbers else {})
        if flags:
            found[index] = Note(tuple(flags), data)
    return found


def _elsewhere(bead: Bead, blocks: Iterable[tuple[Span, Span]]) -> list[int]:
    """Numbers (from 1) of the segments on the other side that a bead without counterpart belongs to."""
    for source, target in blocks:
        here, own, there = (
            (bead.source, source, target) if bead.source.size else (bead.target, target, source)
        )
        alone = not (bead.source.size and bead.target.size)
        if alone and own.start <= here.start and here.end <= own.end:
            return [number + 1 for number in range(*there)]
    return []


def _move(bead: Bead, numbers: list[int]) -> Flag:
    side = "translation" if bead.source.size else "original"
    listed = ", ".join(map(str, numbers))
    return _flag("moved", bead, f"its counterpart stands elsewhere: sentence {listed} of the {side}", 0.5)


def _doubt(bead: Bead, below: float) -> Flag:
    reason = f"aligned with confidence {bead.score:.2f}, below {below:g}: do the two sides belong together?"
    return _flag("alignment", bead, reason, 1 - bead.score)


def _flag(check: str, bead: Bead, message: str, confidence: float) -> Flag:
    """A flag on a whole row: an empty span at the beginning of the given text, or of what stands alone."""
    side: Side = "given" if bead.target.size else "source"
    return Flag(check, "accuracy", 0, Span(0, 0), "", "minor", message, confidence, side=side)
