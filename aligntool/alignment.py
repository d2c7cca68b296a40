"""What an aligner is, and what it is given: two documents with what is known of them beforehand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligntool.records import Bitext, Document

__all__ = ["Aligner", "Pairing"]


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
