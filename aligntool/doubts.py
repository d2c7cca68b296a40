"""What a person should look at in an alignment: beads that are not sure of themselves."""

from aligntool.layout import Note
from aligntool.records import Bead, Bitext, Flag, Side, Span

__all__ = ["notes"]


def notes(bitext: Bitext, below: float = 0.0) -> dict[int, Note]:
    """What is to be said of beads, by their index.

    Statuses are a person's: doubt is a flag, which every view shows, and a key in ``data``, by which rows
    can be found.

    Args:
        bitext: An alignment.
        below: Confidence under which a bead is to be looked at; 0 for none.

    Returns:
        A note for every bead that has one.
    """
    return {
        index: Note((_doubt(bead, below),), {"review": True})
        for index, bead in enumerate(bitext.beads)
        if bead.score < below
    }


def _doubt(bead: Bead, below: float) -> Flag:
    reason = f"aligned with confidence {bead.score:.2f}, below {below:g}: do the two sides belong together?"
    return _flag("alignment", bead, reason, 1 - bead.score)


def _flag(check: str, bead: Bead, message: str, confidence: float) -> Flag:
    """A flag on a whole row: an empty span at the beginning of the given text, or of what stands alone."""
    side: Side = "given" if bead.target.size else "source"
    return Flag(check, "accuracy", 0, Span(0, 0), "", "minor", message, confidence, side=side)
