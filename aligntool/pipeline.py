"""The stages strung together: names and options in, records out. Nothing else knows their order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePath

from aligntool import plugins
from aligntool.codec import Format, TableFormat
from aligntool.detection import detect
from aligntool.errors import InputError
from aligntool.files import read_table
from aligntool.flags import LEVELS, Check, Finder, Level, flag
from aligntool.glossary import Glossary, of_rows
from aligntool.layout import Checked
from aligntool.literals import literals, outside
from aligntool.origin import fitting, presumed, votes
from aligntool.phrasebook import phrase_finder
from aligntool.records import Bitext, Document, Flag, Segment, monolingual, parallel
from aligntool.repairs import SURE, repair, resolve, settle, sure
from aligntool.sentences import segment
from aligntool.translation import Engine, render
from aligntool.userlists import Entry, Ignored, silence
from aligntool.wordforms import loops

__all__ = [
    "Extras",
    "Settings",
    "check",
    "document_format",
    "endings",
    "english",
    "find",
    "format_for",
    "prepare",
    "segmented",
    "table_format",
    "translate",
]

Progress = Callable[[int], None]

# Preferred by detection, not required. A fixed list: what is installed must not change what a text is in.
_EXPECTED = ("nl", "fr", "de", "es")


@dataclass(frozen=True, slots=True)
class Extras:
    """What a user adds to the checks.

    Attributes:
        lexicon: Entries flagged beside the built-in ones.
        ignore: Flags not to be shown.
        origin: Language machine-made English was made from (BCP 47); empty to presume it from the text.
    """

    lexicon: tuple[Entry, ...] = ()
    ignore: tuple[Ignored, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose; the same settings and input give the same output.

    Attributes:
        source: Language of the documents (BCP 47); empty to detect it for each.
        target: Language wanted.
        format: Name of the document format; empty to choose by file name.
        level: How much to flag.
        terms: The user's own glossary: term and rendering; it goes before the built-in names.
        extras: The user's own lexicons and what is not to be flagged.
    """

    source: str = ""
    target: str = "en"
    format: str = ""
    level: Level = "normal"
    terms: tuple[tuple[str, str], ...] = ()
    extras: Extras = Extras()


def format_for(name: str, chosen: str = "") -> Format | None:
    """The format of that name; else the one that claims the file name's ending; else None."""
    if chosen:
        found = plugins.load("formats", chosen)
        if not isinstance(found, Format):
            raise InputError(f"{chosen} is a format of tables, not of documents", "try --format text")
        return found
    suffix = PurePath(name).suffix.lower()
    return next((one for one in _documents() if suffix in one.suffixes), None)


def document_format(name: str, chosen: str = "") -> Format:
    """As ``format_for``, but what no format claims is read as plain text."""
    found = format_for(name, chosen) or format_for(name, "text")
    assert found is not None
    return found


def endings() -> list[str]:
    """Endings of the files that are taken for documents."""
    return sorted(suffix for one in _documents() for suffix in one.suffixes if suffix)


def _documents() -> Iterator[Format]:
    return (one for one in plugins.load_all("formats") if isinstance(one, Format))


def table_format(name: str, chosen: str = "", *, writing: bool) -> TableFormat | None:
    """The table format of that name; else the one with the longest ending the file name has; else None.

    Args:
        name: File name.
        chosen: Name of a format; empty to choose by file name.
        writing: Whether it is wanted to write with, else to read with.

    Raises:
        InputError: There is none of that name that can do it.
    """
    every = {
        one.name: one
        for one in plugins.load_all("formats")
        if isinstance(one, TableFormat) and (one.write if writing else one.read)
    }
    if chosen:
        if chosen not in every:
            raise InputError(
                f"no table can be {'written' if writing else 'read'} as {chosen}",
                f"there are: {', '.join(every)}",
            )
        return every[chosen]
    endings = {ending: one for one in every.values() for ending in one.suffixes}
    fitting = [ending for ending in endings if name.lower().endswith(ending)]
    return endings[max(fitting, key=len)] if fitting else None


def prepare(name: str, text: str, settings: Settings) -> Document:
    """Read a text, tell its language and cut it into sentences.

    Args:
        name: File name; its ending chooses the format.
        text: The text.
        settings: What the user chose.

    Raises:
        InputError: The language cannot be told, or nothing in the document can be translated.
    """
    document = segmented(name, text, settings)
    if not any(document.texts):
        form = document_format(name, settings.format).name
        raise InputError(f"{name} holds no text to translate", f"it was read as {form}; try --format text")
    if document.lang == "und":
        raise InputError(f"{name}: the language cannot be told from so little text", "name it: --from nl")
    return document


def segmented(name: str, text: str, settings: Settings) -> Document:
    """As ``prepare``, but whatever the text is: without words, or in a language (``und``) nobody can tell."""
    chosen = document_format(name, settings.format)
    blocks = chosen.read(text)
    lang, how = settings.source, "detect:given"
    if not lang:
        found = detect("\n".join(map(outside, blocks.texts)), (*_EXPECTED, settings.target))
        lang, how = found.lang, f"detect:{found.method}"
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
    terms: Iterable[tuple[str, str]] = (),
) -> list[Bitext]:
    """Translate many documents in one go, so that sentences of one length share a batch.

    Args:
        documents: Segmented documents, all in the engine's source language.
        engine: A loaded engine.
        known: Sentences translated before, with what the same engine made of them.
        progress: Told the number of sentences just finished.
        terms: A glossary of the user's: term and rendering.

    Returns:
        A bitext a document, sentence by sentence, the original's layout on both sides.
    """
    memory = dict(known or {})
    glossary = Glossary({**_names(engine.source, engine.target), **dict(terms)})
    new = list(dict.fromkeys(t for document in documents for t in document.texts if t not in memory))
    memory.update(zip(new, _rendered(new, engine, glossary, progress), strict=True))
    if progress:
        progress(sum(len(document.segments) for document in documents) - len(new))
    result = []
    for document in documents:
        segments = tuple(Segment(memory[s.text], s.lead) for s in document.segments)
        trail = (*document.trail, f"translate:{engine.signature}")
        result.append(parallel(document, Document(engine.target, segments, document.tail, trail)))
    return result


def _rendered(
    texts: Sequence[str], engine: Engine, glossary: Glossary, progress: Progress | None
) -> list[str]:
    """Translations; where a term did not come out as it should, a second try with its rendering put in."""
    first = render(texts, engine, progress)
    again = [i for i, text in enumerate(texts) if glossary.missing(text, first[i])]
    second = render([glossary.applied(texts[i]) for i in again], engine)
    for i, output in zip(again, second, strict=True):
        mended = len(glossary.missing(texts[i], output)) < len(glossary.missing(texts[i], first[i]))
        if mended and (loops(texts[i], first[i]) or not loops(texts[i], output)):
            first[i] = output
    return first


@cache
def _names(source: str, target: str) -> Mapping[str, str]:
    """What a language calls places, people and bodies, where the English is beyond doubt."""
    return of_rows(read_table("exonyms"), source, SURE).terms if target == "en" else {}


@cache
def _finders(level: Level, *, bilingual: bool) -> tuple[Finder, ...]:
    """The prepared checks of a level, and of all levels below it."""
    checks: list[Check] = list(plugins.load_all("checks"))
    return tuple(
        check.prepare({stem: read_table(stem) for stem in check.tables})
        for check in checks
        if LEVELS.index(check.level) <= LEVELS.index(level) and (bilingual or not check.bilingual)
    )


@cache
def _own(lexicon: tuple[Entry, ...]) -> tuple[Finder, ...]:
    """The finder of a user's entries."""
    message = "“{text}” is in your lexicon: “{suggestion}”."
    rows = [dict(entry) for entry in lexicon]
    return (phrase_finder("lexicon", "calque", rows, message),) if rows else ()


def find(bitext: Bitext, level: Level, extras: Extras = Extras()) -> tuple[Flag, ...]:
    """Every flag of the level on the bitext's target (and, where one stands beside, its source).

    What is no prose (addresses, placeholders, markup) is nobody's English: flags inside it are dropped.
    So are those that suppose another language than the English was made from, where that is known.
    """
    finders = _finders(level, bilingual=bool(bitext.source.segments)) + _own(extras.lexicon)
    found = fitting(flag(bitext, finders, level), extras.origin)
    return tuple(one for one in found if not _in_literal(bitext, one))


def _in_literal(bitext: Bitext, one: Flag) -> bool:
    document = bitext.source if one.side == "source" else bitext.target
    ranges = literals(document.segments[one.segment].text)
    return any(start <= one.span.start and one.span.end <= end for start, end in ranges)


def check(
    name: str, text: Document | Bitext, level: Level, engine: str = "", extras: Extras = Extras()
) -> Checked:
    """Flag and clean: the last stages, the same for translated and for given English.

    Args:
        name: What to call the document.
        text: A bitext, or a document without an original.
        level: How much to flag.
        engine: Signature of the engine that made the English, if one did.
        extras: What the user adds to the checks.
    """
    bitext = monolingual(text) if isinstance(text, Document) else text
    found = find(bitext, level, extras)
    known = replace(extras, origin=extras.origin or _origin(bitext, found))
    found, silenced = silence(fitting(found, known.origin), known.ignore)
    chosen, _ = resolve(f for f in sure(found) if f.side == "target")
    standing, _ = settle(bitext, chosen, lambda repaired: find(repaired, level, known))
    clean = repair(bitext, standing).target
    told = f",silenced={len(silenced)}" if silenced else ""
    told += f",origin={known.origin}{'' if extras.origin else ' (presumed)'}" if known.origin else ""
    trail = (
        *bitext.target.trail,
        f"flag:level={level},flags={len(found)}{told}",
        f"clean:fixes={len(standing)}",
    )
    return Checked(name, bitext, clean, found, engine, standing, silenced, known.origin, trail)


def _origin(bitext: Bitext, found: Sequence[Flag]) -> str:
    """The language machine-made English was presumably made from; of a translation it is known."""
    return "" if bitext.source.segments else presumed(votes(str(bitext.target), found))
