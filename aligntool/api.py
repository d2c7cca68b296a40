"""The functions a program calls: the stages with their plug-ins looked up and their engines loaded."""

from collections.abc import Iterable, Sequence

from aligntool import pipeline
from aligntool.alignment import Pairing
from aligntool.edits import diff
from aligntool.errors import InputError
from aligntool.flags import Level
from aligntool.loading import Loader
from aligntool.pipeline import ALIGNER, Settings
from aligntool.records import Bitext, Document, Flag, monolingual
from aligntool.repairs import repair as apply
from aligntool.translation import EngineOptions

__all__ = ["align", "diff", "flag", "repair", "segment", "translate"]


def segment(text: str, lang: str = "", form: str = "text") -> Document:
    """Cut a text into sentences; ``str()`` of the result is the text again.

    Args:
        text: The text.
        lang: Its language (BCP 47); detected when not given.
        form: Name of its format (``text``, ``markdown``, ``lines``).

    Raises:
        AligntoolError: The language cannot be told from so little text.
    """
    return pipeline.prepare("text", text, Settings(source=lang, format=form))


def translate(document: Document, target: str = "en", options: EngineOptions | None = None) -> Bitext:
    """Translate a document offline, sentence by sentence.

    Args:
        document: A segmented document in a language there is a package for.
        target: Language wanted (BCP 47).
        options: How the engine decodes.

    Raises:
        ModelError: No installed package serves the pair; the message names the command that installs one.
    """
    engine = Loader(options or EngineOptions())(document.lang, target).load()
    return pipeline.translate([document], engine)[0]


def align(  # noqa: PLR0913 - the two documents, and all that may help
    source: Document,
    target: Document,
    aligner: str = ALIGNER,
    *,
    source_mt: Sequence[str] = (),
    target_mt: Sequence[str] = (),
    lexicon: Iterable[tuple[str, str]] = (),
) -> Bitext:
    """Pair the sentences of a document with those of a translation that came separately.

    A rough translation of either side makes it much better; one that ``translate`` made will do::

        draft = translate(source, target.lang, EngineOptions(beam=1))
        align(source, target, source_mt=draft.target.texts)

    Args:
        source: The original, segmented.
        target: Its translation, segmented.
        aligner: Name of an installed aligner.
        source_mt: Every source segment in the target's language, made by anybody.
        target_mt: Every target segment in the source's language, likewise.
        lexicon: Words that translate each other, the source's first.

    Raises:
        AligntoolError: There is no such aligner, or a translation has another number of texts than its
            document has segments.
    """
    for name, made, side in (("source_mt", source_mt, source), ("target_mt", target_mt, target)):
        if made and len(made) != len(side.segments):
            raise InputError(
                f"{name} has {len(made)} texts for {len(side.segments)} segments",
                "give one a segment, empty where there is none",
            )
    pairing = Pairing(source, target, tuple(source_mt), tuple(target_mt))
    return pipeline.align([pairing], aligner, tuple(lexicon))[0]


def flag(text: Document | Bitext, level: Level = "normal") -> tuple[Flag, ...]:
    """Mark what machine translation left behind in English, alone or beside its original.

    Args:
        text: A segmented English document, or a bitext with the English as target.
        level: ``strict``, ``normal`` or ``thorough``.
    """
    bitext = monolingual(text) if isinstance(text, Document) else text
    return pipeline.find(bitext, level)


def repair(text: Document | Bitext, flags: Iterable[Flag]) -> Document | Bitext:
    """Apply fixes.

    Args:
        text: What the flags were found in.
        flags: Flags that do not overlap; those without a fix change nothing.

    Returns:
        The same kind of record, repaired.

    Raises:
        ValueError: Two fixes overlap, or a flag does not quote the text.
    """
    if isinstance(text, Document):
        return apply(monolingual(text), flags).target
    return apply(text, flags)
