"""The stages strung together: names and options in, records out. Nothing else knows their order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from aligntool import plugins, romanising
from aligntool.alignment import Aligner, Pairing
from aligntool.bilingual import JOINTS, Words
from aligntool.bilingual import LANGUAGES as WORDED
from aligntool.coverage import Coverage
from aligntool.detection import detect
from aligntool.errors import InputError
from aligntool.fileformats import document_format
from aligntool.files import read_table
from aligntool.finders import finders
from aligntool.flags import CLOSE, FLOORS, Level, flag
from aligntool.glossary import Glossary, of_rows, turned_rows
from aligntool.keeping import Keeping
from aligntool.layout import Checked, Note
from aligntool.literals import literals, outside
from aligntool.origin import fitting, presumed, teeming, votes
from aligntool.phrasebook import LANGUAGES
from aligntool.records import Bitext, Document, Flag, Segment, Span, monolingual, parallel
from aligntool.repairs import SURE, repair, resolve, settle, sure
from aligntool.retries import Aid, rendered
from aligntool.sentences import segment
from aligntool.settings import NOTHING, Extras, Settings
from aligntool.translation import Engine
from aligntool.userlists import silence
from aligntool.wordlore import phrase_table, word_table

__all__ = [
    "ALIGNER",
    "Extras",
    "Settings",
    "aids",
    "align",
    "check",
    "compare",
    "english",
    "find",
    "moves",
    "prepare",
    "segmented",
    "translate",
]

Progress = Callable[[int], None]

ALIGNER = "words"
"""Name of the aligner that serves where none is named."""

# Preferred by detection, not required. A fixed list: what is installed must not change what a text is in.
_EXPECTED = ("nl", "fr", "de", "es")


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
    new = list(dict.fromkeys(t for document in documents for t in document.texts if t not in memory))
    memory.update(zip(new, rendered(new, engine, aids(engine, terms), progress), strict=True))
    if progress:
        progress(sum(len(document.segments) for document in documents) - len(new))
    result = []
    for document in documents:
        segments = tuple(Segment(memory[s.text], s.lead) for s in document.segments)
        trail = (*document.trail, f"translate:{engine.signature}")
        result.append(parallel(document, Document(engine.target, segments, document.tail, trail)))
    return result


def align(
    pairings: Sequence[Pairing], aligner: str = ALIGNER, lexicon: Sequence[tuple[str, str]] = ()
) -> list[Bitext]:
    """Pair sentences with those of a translation that came separately.

    Args:
        pairings: Documents of one pair of languages. Where there are translations of either side each
            document stands for itself; where there are none, the aligner may learn from all of them.
        aligner: Name of an installed aligner.
        lexicon: Source word and target word.

    Raises:
        AligntoolError: There is no such aligner.
    """
    plugin: Aligner = plugins.load("aligners", aligner)
    alone = [one for one in pairings if not (one.source_mt or one.target_mt)]
    batches = [[one] for one in pairings if one.source_mt or one.target_mt] + ([alone] if alone else [])
    made: dict[int, Bitext] = {}
    for batch in batches:
        made |= zip(map(id, batch), plugin.align(batch, lexicon), strict=True)
    return [_aligned(one, made[id(one)], aligner, len(lexicon)) for one in pairings]


def _aligned(one: Pairing, bitext: Bitext, aligner: str, words: int) -> Bitext:
    """The bitext with what made it in its trail."""
    sides = {"source": one.source_mt, "target": one.target_mt}
    step = f"align:{aligner},mt={'+'.join(side for side, mt in sides.items() if mt) or 'none'}"
    step += f",lexicon={words}" * bool(words) + f",barriers={len(one.barriers)}" * bool(one.barriers)
    return replace(bitext, target=replace(bitext.target, trail=(*bitext.target.trail, step)))


def aids(engine: Engine, terms: Iterable[tuple[str, str]] = ()) -> tuple[Aid, ...]:
    """What helps an engine where its first output falls short: names and fixed terms, then other words.

    Words only for an engine that says it copies what is put into its source: what it cannot say in its own
    words it says in those of the table. Any other is left its own words.

    Args:
        engine: The engine.
        terms: A glossary of the user's: term and rendering.
    """
    source, target = engine.source, engine.target
    glossary = Glossary({**_names(source, target), **dict(terms)})
    helps: list[Aid] = [glossary]
    if target == "en" and source in LANGUAGES:
        helps.append(romanising.of_rows(read_table("given-names"), source, glossary.terms))
    words = word_table(source, target) if engine.copies else Words(())
    if words:
        helps.append(Keeping(words, [aid.applied for aid in helps]))
        phrases = phrase_table(source, target)
        helps.append(Coverage(words, JOINTS.get(source, ()), words.known, phrases))
    return tuple(helps)


@cache
def _names(source: str, target: str) -> Mapping[str, str]:
    """What the languages call places, people and bodies, where it is beyond doubt; Dutch genitives too."""
    if source == "en" and target in WORDED:
        return turned_rows(read_table("exonyms"), target, SURE).terms
    if target != "en":
        return {}
    terms = of_rows(read_table("exonyms"), source, SURE).terms
    plain = (name for name in terms if source == "nl" and name.isalpha() and name[-1] not in "sxz")
    return {**{f"{name}s": f"{terms[name]}'s" for name in plain}, **terms}


def find(bitext: Bitext, level: Level, extras: Extras = NOTHING) -> tuple[Flag, ...]:
    """Every flag of the level on the bitext's target (and, where one stands beside, its source).

    What is no prose (addresses, markup) is nobody's English: flags inside it are dropped. So are those that
    suppose another language than the English was made from, where that is known. At the level *normal*
    English that teems with remains of one, or is said to come from one, is read closely (decision 16).
    """
    alone = level == "normal" and not bitext.source.segments
    ready = finders(bitext, level, extras)
    read = flag(bitext, ready, level, CLOSE if alone else None)
    found = fitting((one for one in read if one.confidence >= FLOORS[level]), extras.origin)
    if alone:
        text = str(bitext.target)
        if lang := extras.origin or teeming(text, votes(text, found)):
            more = (finder for finder in finders(bitext, "thorough", extras) if finder not in ready)
            found = fitting(flag(bitext, (lambda _: iter(read), *more), floor=CLOSE), lang)
    return tuple(one for one in found if not _in_literal(bitext, one))


def _in_literal(bitext: Bitext, one: Flag) -> bool:
    document = bitext.source if one.side == "source" else bitext.target
    ranges = literals(document.segments[one.segment].text)
    return any(start <= one.span.start and one.span.end <= end for start, end in ranges)


def moves(
    one: Pairing, bitext: Bitext, lexicon: Sequence[tuple[str, str]] = ()
) -> tuple[tuple[Span, Span], ...]:
    """Blocks that stand elsewhere in the translation: source segments, and the target segments of theirs."""
    from aligntool.aligning.moves import moves as moved  # noqa: PLC0415 - brings numpy

    return tuple((block.source, block.target) for block in moved(one, bitext, tuple(lexicon)))


def check(
    name: str, text: Document | Bitext, level: Level, engine: str = "", extras: Extras = NOTHING
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
    standing, _ = settle(
        bitext, chosen, lambda repaired: fitting(find(repaired, level, extras), known.origin)
    )
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


def compare(
    name: str,
    bitext: Bitext,
    settings: Settings,
    ours: tuple[str, ...] = (),
    notes: Mapping[int, Note] | None = None,
) -> Checked:
    """Flag a given translation beside its original; nothing in it is changed.

    What is not English is not flagged; English beside English is flagged as if it stood alone.

    Args:
        name: What to call the document.
        bitext: The original and the given translation, aligned.
        settings: What the user chose: how much to flag, and what not.
        ours: Our own translation of every source segment, if there is one.
        notes: What the alignment says of its beads.
    """
    target = bitext.target
    alone = bitext.source.lang == target.lang
    found = (
        find(monolingual(target) if alone else bitext, settings.level, settings.extras)
        if target.lang == "en"
        else ()
    )
    found, silenced = silence(found, settings.extras.ignore)
    trail = (*bitext.source.trail, *target.trail, f"flag:level={settings.level},flags={len(found)}")
    return Checked(
        name,
        bitext,
        target,
        found,
        silenced=silenced,
        trail=trail,
        given=True,
        ours=ours,
        notes=notes or {},
    )
