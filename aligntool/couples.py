"""An original and its translation, read: their languages, and what helps to align them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from aligntool import outputs, pipeline
from aligntool.alignment import Pairing
from aligntool.barriers import barriers
from aligntool.codec import TableFormat
from aligntool.detection import detect
from aligntool.errors import InputError, ModelError, OutputError
from aligntool.files import read_text
from aligntool.languages import name as language
from aligntool.literals import outside
from aligntool.loading import Engines, Source
from aligntool.outputs import Options
from aligntool.partners import Match
from aligntool.pipeline import Settings
from aligntool.plans import called
from aligntool.records import Document
from aligntool.table import Table

__all__ = ["Choices", "Couple", "Reach", "open_couple"]

Reach = Literal["none", "forward", "both"]
"""Which engines translate: none, that of the original, which must be there, or what there is both ways."""

_SAMPLE = 400  # sentences by which a document's language is told


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose about aligning.

    Attributes:
        aligner: Name of the aligner.
        lexicon: Words of the original's language and of the translation's.
        barriers: Keep beads inside headings and paragraphs that both documents have alike.
        review_below: Confidence under which a row is marked for review; 0 for none.
        reach: Which engines may help.
        form: Format to write instead of the aligned TSV.
        flagged: Look for flags also where the format has no place for them.
    """

    aligner: str = pipeline.ALIGNER
    lexicon: tuple[tuple[str, str], ...] = ()
    barriers: bool = False
    review_below: float = 0.0
    reach: Reach = "both"
    form: TableFormat | None = None
    flagged: bool = True


@dataclass(frozen=True, slots=True)
class Couple:
    """A pair read and cut into sentences.

    Attributes:
        match: The two files.
        pairing: The two documents, with translations that were given.
        engines: What translates the original, and what the translation, for the aligner.
        key: Fingerprint of all that decides the output.
        old: What the output holds already.
        current: Whether that is up to date.
        remarks: What a person should know, a sentence each.
    """

    match: Match
    pairing: Pairing
    engines: tuple[Source | None, Source | None]
    key: str
    old: Table | None
    current: bool
    remarks: tuple[str, ...]

    @property
    def langs(self) -> tuple[str, str]:
        """The languages of both sides."""
        return self.pairing.source.lang, self.pairing.target.lang

    @property
    def helped(self) -> bool:
        """Whether it has translations, or will have, so that it needs no others to learn from."""
        return bool(self.pairing.source_mt or self.pairing.target_mt or any(self.engines))


def open_couple(one: Match, engines: Engines, options: Options, choices: Choices) -> Couple:
    """Read both sides and what stands at the output; nothing expensive is loaded.

    Args:
        one: The files.
        engines: What there is to translate with.
        options: How to run.
        choices: How to align.

    Raises:
        AligntoolError: A file cannot be read, translations are not line-parallel, or the output is not ours.
    """
    settings = options.settings
    declared = settings.source or one.langs[0], settings.target or one.langs[1]
    source, target = (
        _read(path, lang, other, options)
        for path, lang, other in zip((one.source, one.given), declared, declared[::-1], strict=True)
    )
    lines = settings.format == "lines"
    made = [
        _mt(path, side, called(of), lines=lines, encoding=options.encoding) if path else ()
        for path, side, of in ((one.source_mt, source, one.source), (one.target_mt, target, one.given))
    ]
    walls = barriers(source, target, lines=lines) if choices.barriers else ()
    helpers = (None, None) if any(made) else _helpers(source.lang, target.lang, engines, choices.reach)
    key = outputs.fingerprint(
        settings.recorded(source.lang),
        asdict(replace(choices, form=None)),
        [sha256(str(side).encode("utf-8", "surrogatepass")).hexdigest() for side in (source, target)],
        [sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest() for texts in made],
        [helper.identity if helper else "" for helper in helpers],
        [one.name, source.lang, target.lang],
    )
    old = None if choices.form else outputs.existing(one.target, force=options.force)
    if choices.form and one.target.is_file() and not options.force:
        raise OutputError(f"{one.target} exists", "choose another name, or use --force")
    current = old is not None and outputs.is_current(one.target, key) and not options.fresh
    remarks = [*_doubts(one, (source, target), declared)]
    if choices.barriers and not walls:
        remarks.append("no barriers: headings and paragraphs are not the same in number")
    pairing = Pairing(source, target, made[0], made[1], walls)
    return Couple(one, pairing, helpers, key, old, current, tuple(remarks))


def _read(path: Path, lang: str, other: str, options: Options) -> Document:
    """One side, cut into sentences; its language is detected where nobody says it."""
    name = called(path)
    settings = Settings(source=lang, target=other or "en", format=options.settings.format)
    document = pipeline.segmented(name, read_text(path, options.encoding), settings)
    if not any(document.texts):
        raise InputError(f"{name} holds no text to align", "give a file with sentences in it")
    return document


def _mt(path: Path, side: Document, name: str, *, lines: bool, encoding: str) -> tuple[str, ...]:
    """A translation made elsewhere, a line a sentence."""
    plain = Settings(source="und", format="lines")
    texts = pipeline.segmented(called(path), read_text(path, encoding), plain).texts
    if len(texts) != len(side.segments):
        unit = "lines" if lines else "sentences"
        advice = "translate it again line by line" if lines else f"--lines if a line of {name} is a sentence"
        raise InputError(
            f"{path} has {len(texts)} lines where {name} has {len(side.segments)} {unit}", advice
        )
    return texts


def _helpers(source: str, target: str, engines: Engines, reach: Reach) -> tuple[Source | None, Source | None]:
    """The engines that stand on the shelf for the two directions.

    Raises:
        ModelError: There is none for the direction that is wanted.
    """
    if reach == "none" or source == target or (reach == "both" and "und" in {source, target}):
        return None, None
    if reach == "forward":
        if source == "und":
            raise InputError("the language cannot be told from so little text", "name it: --from nl")
        return engines(source, target), None
    return _standing(source, target, engines), _standing(target, source, engines)


def _standing(source: str, target: str, engines: Engines) -> Source | None:
    try:
        return engines(source, target)
    except ModelError:
        return None


def _doubts(one: Match, sides: tuple[Document, Document], declared: tuple[str, str]) -> Iterator[str]:
    """What languages say about the arguments: one on both sides, or each on the other's."""
    names = called(one.source), called(one.given)
    # What nobody says cannot be wrong, and telling a language takes a while.
    seem = [_spoken(side, declared) for side in sides] if any(declared) else ["", ""]
    wrong = [bool(lang) and real not in {lang, "und"} for lang, real in zip(declared, seem, strict=True)]
    if any(here and seem[1 - i] == declared[i] for i, here in enumerate(wrong)):
        yield (
            f"are the two swapped? {names[0]} seems to be {language(seem[0])}, {names[1]} {language(seem[1])}"
        )
    elif any(wrong):
        for i in (i for i, here in enumerate(wrong) if here):
            yield f"{names[i]} is said to be {language(declared[i])}, but seems to be {language(seem[i])}"
    elif sides[0].lang == sides[1].lang != "und":
        yield f"both sides are {language(sides[0].lang)}; aligned all the same"


def _spoken(document: Document, expected: Sequence[str]) -> str:
    """What language a document seems to be in, whatever it is said to be."""
    return detect("\n".join(map(outside, document.texts[:_SAMPLE])), [lang for lang in expected if lang]).lang
