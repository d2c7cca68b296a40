"""Alignment by sentence lengths alone, after Gale & Church (1993): no model, no dictionary, any language.

"A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1): a text and its
translation have proportional lengths in characters, with a variance proportional to the length. What differs
here: the ratio, the variance and the frequencies of bead types are estimated from the two documents (the
paper's are for European languages, and fail on Chinese), a run of sentences left out costs less than as many
single ones, and the path is that of the most probable beads, not the most probable path.
"""

from collections.abc import Sequence

from aligntool.aligning.rounds import by_lengths
from aligntool.alignment import Aligner, Pairing
from aligntool.records import Bitext

__all__ = ["PLUGIN", "align"]


def align(pairings: Sequence[Pairing], _: Sequence[tuple[str, str]] = ()) -> list[Bitext]:
    """Align documents by the lengths of their segments; words, translations and lexicons play no part.

    Args:
        pairings: The documents, each aligned by itself.

    Returns:
        One bitext a pairing, any two documents being aligned, however unlike. Beads are 1-1 to 5-1 and 1-5,
        2-2, 2-3, 3-2, 1-0 and 0-1.
    """
    return [by_lengths(one) for one in pairings]


PLUGIN = Aligner("lengths", "by sentence lengths alone (Gale & Church 1993): any languages, no model", align)
