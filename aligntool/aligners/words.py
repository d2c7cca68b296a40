"""Alignment by words: of a translation where there is one, else of both languages, learnt on the way."""

from collections.abc import Sequence

from aligntool.aligning.rounds import by_translation, by_words
from aligntool.alignment import Aligner, Pairing
from aligntool.records import Bitext

__all__ = ["PLUGIN", "align"]


def align(pairings: Sequence[Pairing], lexicon: Sequence[tuple[str, str]] = ()) -> list[Bitext]:
    """Align documents in one pair of languages.

    Args:
        pairings: Those with a translation of one side are aligned through it, each by itself; the others by
            figures, names and words that translate each other, which are learnt from all of them.
        lexicon: Words known to translate each other; for those without a translation.

    Returns:
        One bitext a pairing. Beads are 1-1 to 5-1 and 1-5, 2-2, 2-3, 3-2, 1-0 and 0-1.
    """
    made = {at: by_translation(one) for at, one in enumerate(pairings) if one.source_mt or one.target_mt}
    rest = [at for at in range(len(pairings)) if at not in made]
    made.update(zip(rest, by_words([pairings[at] for at in rest], lexicon), strict=True))
    return [made[at] for at in range(len(pairings))]


PLUGIN = Aligner("words", "by words, of a translation where there is one, else learnt on the way", align)
