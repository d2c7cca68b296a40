"""The stages strung together: names and options in, records out. Nothing else knows their order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePath

from aligntool import plugins
from aligntool.codec import Format
from aligntool.detection import detect
from aligntool.errors import InputError
from aligntool.files import read_table
from aligntool.flags import LEVELS, Check, Finder, Level, flag
from aligntool.layout import Checked
from aligntool.records import Bitext, Document, Flag, Segment, monolingual, parallel
from aligntool.repairs import repair, resolve, settle, sure
from aligntool.sentences import segment
from aligntool.translation import Engine, render

__all__ = ["Settings", "check", "english", "find", "format_for", "prepare", "translate"]

Progress = Callable[[int], None]

# Preferred by detection, not required. A fixed list: what is installed must not change what a text is in.
_EXPECTED = ("nl", "fr", "de", "es")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose; the same settings and input give the same output.

    Attributes:
        source: Language of the documents (BCP 47); empty to detect it for each.
        target: Language wanted.
        format: Name of the document format; empty to choose by file name.
        level: How much to flag.
    """

    source: str = ""
    target: str = "en"
    format: str = ""
    level: Level = "normal"


def format_for(name: str, chosen: str = "") -> Format | None:
    """The format of that name; else the one that claims the file name's ending; else None."""
    if chosen:
        found: Format = plugins.load("formats", chosen)
        return found
    suffix = PurePath(name).suffix.lower()
    every: list[Format] = list(plugins.load_all("formats"))
    return next((one for one in every if suffix in one.suffixes), None)


def prepare(name: str, text: str, settings: Settings) -> Document:
    """Read a text, tell its language and cut it into sentences.

    Args:
        name: File name; its ending chooses the format.
        text: The text.
        settings: What the user chose.

    Raises:
        InputError: The language cannot be told, or nothing in the document can be translated.
    """
    chosen = format_for(name, settings.format) or format_for(".txt")
    assert chosen is not None
    blocks = chosen.read(text)
    if not any(s.text for s in blocks.segments):
        raise InputError(
            f"{name} holds no text to translate", f"it was read as {chosen.name}; try --format text"
        )
    lang, how = settings.source, "detect:given"
    if not lang:
        found = detect("\n".join(blocks.texts), (*_EXPECTED, settings.target))
        lang, how = found.lang, f"detect:{found.method}"
    if lang == "und":
        raise InputError(f"{name}: the language cannot be told from so little text", "name it: --from nl")
    blocks = replace(blocks, lang=lang, trail=(f"read:format={chosen.name}", f"{how},lang={lang}"))
    return blocks if chosen.name == "lines" else segment(blocks)


def english(name: str, text: str, settings: Settings) -> Document:
    """Read a text that is said to be in the target language: machine-made English to be checked."""
    return prepare(name, text, replace(settings, source=settings.target))


def translate(
    documents: Sequence[Document],
    engine: Engine,
    known: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> list[Bitext]:
    """Translate many documents in one go, so that sentences of one length share a batch.

    Args:
        documents: Segmented documents, all in the engine's source language.
        engine: A loaded engine.
        known: Sentences translated before, with what the same engine made of them.
        progress: Told the number of sentences just finished.

    Returns:
        A bitext a document, sentence by sentence, the original's layout on both sides.
    """
    memory = dict(known or {})
    new = list(dict.fromkeys(t for document in documents for t in document.texts if t not in memory))
    memory.update(zip(new, render(new, engine, progress), strict=True))
    if progress:
        progress(sum(len(document.segments) for document in documents) - len(new))
    result = []
    for document in documents:
        segments = tuple(Segment(memory[s.text], s.lead) for s in document.segments)
        trail = (*document.trail, f"translate:{engine.signature}")
        result.append(parallel(document, Document(engine.target, segments, document.tail, trail)))
    return result


@cache
def _finders(level: Level, *, bilingual: bool) -> tuple[Finder, ...]:
    """The prepared checks of a level, and of all levels below it."""
    checks: list[Check] = list(plugins.load_all("checks"))
    return tuple(
        check.prepare({stem: read_table(stem) for stem in check.tables})
        for check in checks
        if LEVELS.index(check.level) <= LEVELS.index(level) and (bilingual or not check.bilingual)
    )


def find(bitext: Bitext, level: Level) -> tuple[Flag, ...]:
    """Every flag of the level on the bitext's target (and, where one stands beside, its source)."""
    return flag(bitext, _finders(level, bilingual=bool(bitext.source.segments)), level)


def check(name: str, text: Document | Bitext, level: Level, engine: str = "") -> Checked:
    """Flag and clean: the last stages, the same for translated and for given English.

    Args:
        name: What to call the document.
        text: A bitext, or a document without an original.
        level: How much to flag.
        engine: Signature of the engine that made the English, if one did.
    """
    bitext = monolingual(text) if isinstance(text, Document) else text
    found = find(bitext, level)
    chosen, _ = resolve(f for f in sure(found) if f.side == "target")
    standing, _ = settle(bitext, chosen, lambda repaired: find(repaired, level))
    clean = repair(bitext, standing).target
    trail = (*bitext.target.trail, f"flag:level={level},flags={len(found)}", f"clean:fixes={len(standing)}")
    return Checked(name, bitext, clean, found, engine, standing, trail)
