"""Runs over many files: what is there, what is up to date, one document's trouble kept from the others."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from aligntool import pipeline, table
from aligntool.decisions import carry
from aligntool.errors import AligntoolError, InputError, OutputError
from aligntool.files import STDIO, atomic_write, read_text, sweep, walk, write_text
from aligntool.flags import Level
from aligntool.layout import Checked, rows
from aligntool.loading import Source
from aligntool.pipeline import Extras, Settings
from aligntool.plans import Plan
from aligntool.records import Bitext, Document
from aligntool.table import Row, Table, unpack
from aligntool.translation import Engine
from aligntool.userlists import rules_for

__all__ = ["Engines", "Options", "Outcome", "flagged", "lines", "run"]

_NOTHING = Extras()
# Sentences translated together: enough to fill batches of one length, few enough to write results often.
_CHUNK = 2000


Engines = Callable[[str, str], Source]
"""Source and target language to the engine that serves them; raises ModelError where there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a document fared: ``made``, ``reused``, ``planned`` or ``failed`` (then with its error)."""

    plan: Plan
    state: str
    lang: str = ""
    rows: tuple[Row, ...] = ()
    error: AligntoolError | None = None


@cache
def _build() -> str:
    """Fingerprint of the code and the lexicons: another build makes every output stale."""
    digest = sha256(version("aligntool").encode())
    folder = Path(__file__).parent
    for path in sorted([*folder.glob("*.py"), *folder.glob("[cef]*s/*.py"), *folder.glob("data/*.tsv")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        settings: What the pipeline shall do.
        encoding: Of the inputs.
        force: Overwrite files aligntool did not write.
        fresh: Make outputs anew that are up to date.
        dry_run: Say what would be done; write nothing.
        expect: Told the number of sentences to translate.
        progress: Told the number of sentences just translated.
    """

    settings: Settings
    encoding: str = "utf-8"
    force: bool = False
    fresh: bool = False
    dry_run: bool = False
    expect: Callable[[int], None] = lambda _: None
    progress: Callable[[int], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class _Job:
    """A document read and cut into sentences, and what its output holds already."""

    plan: Plan
    document: Document
    key: str
    old: Table | None


def run(plans: Sequence[Plan], engines: Engines, options: Options) -> Iterator[Outcome]:
    """Bring every output up to date: one outcome a document, as soon as it is known.

    Unchanged documents are reused; sentences that the same model translated before are not translated again;
    decisions are carried over; files appear whole. A document's trouble is its own.
    """
    jobs: list[_Job] = []
    for folder in {one.target.parent for one in plans if one.target != STDIO}:
        sweep(folder)
    for one in plans:
        try:
            job = _open(one, engines, options)
        except AligntoolError as error:
            yield Outcome(one, "failed", error=error)
            continue
        if job.old and job.key == _key_of(one.target) and not options.fresh:
            yield Outcome(one, "reused", job.document.lang, job.old.rows)
        elif options.dry_run:
            yield Outcome(one, "planned", job.document.lang)
        else:
            jobs.append(job)
    target = options.settings.target
    options.expect(sum(len(j.document.segments) for j in jobs if j.document.lang != target))
    for lang in sorted({job.document.lang for job in jobs}):
        for chunk in _chunks([job for job in jobs if job.document.lang == lang]):
            yield from _process(chunk, engines, options)


def _open(one: Plan, engines: Engines, options: Options) -> _Job:
    """Read the input and what stands at the output; nothing expensive is loaded."""
    text = read_text(one.source, options.encoding)
    settings = options.settings
    document = pipeline.prepare(_called(one.source), text, settings)
    model = "" if document.lang == settings.target else engines(document.lang, settings.target).identity
    parts = [_build(), asdict(settings), sha256(text.encode()).hexdigest(), one.name, document.lang, model]
    key = sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return _Job(one, document, key, _existing(one.target, force=options.force))


def _called(path: Path) -> str:
    return "standard input" if path == STDIO else path.name


def _existing(target: Path, *, force: bool) -> Table | None:
    """The table that stands at the output; None where there is none or it may be overwritten unread."""
    if target == STDIO or not target.exists():
        return None
    try:
        return table.read(read_text(target), str(target))
    except InputError as error:
        if force:
            return None
        raise OutputError(
            f"{target} exists and would be overwritten: {error.message}", "move it away, or use --force"
        ) from error


def _trail_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.trail.json")


def _key_of(target: Path) -> str:
    """Fingerprint of what the output at this place was made from."""
    try:
        return str(json.loads(_trail_of(target).read_text(encoding="utf-8"))["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _chunks(jobs: Sequence[_Job]) -> Iterator[list[_Job]]:
    """Jobs in runs of about ``_CHUNK`` sentences, at least one document each."""
    chunk: list[_Job] = []
    size = 0
    for job in jobs:
        if chunk and size + len(job.document.segments) > _CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(job)
        size += len(job.document.segments)
    yield chunk


def _process(jobs: Sequence[_Job], engines: Engines, options: Options) -> Iterator[Outcome]:
    """Translate jobs of one language together; check, clean and write each."""
    lang, target = jobs[0].document.lang, options.settings.target
    texts: list[Document | Bitext] = [job.document for job in jobs]
    signature = ""
    if lang != target:
        engine = engines(lang, target).load()
        signature = _signature(engine, options.settings)
        known = {} if options.fresh else _memory(jobs, signature)
        documents, terms = [job.document for job in jobs], options.settings.terms
        texts = list(pipeline.translate(documents, engine, known, options.progress, terms))
    for job, text in zip(jobs, texts, strict=True):
        extras = _for(options.settings.extras, job.plan.source)
        checked = pipeline.check(job.plan.name, text, options.settings.level, signature, extras)
        try:
            yield _write(job, checked, options)
        except AligntoolError as error:
            yield Outcome(job.plan, "failed", lang, error=error)


def _signature(engine: Engine, settings: Settings) -> str:
    """What reproduces the engine's words: its own signature, and the glossary's."""
    terms = json.dumps(settings.terms)
    return engine.signature + (
        f"+glossary={sha256(terms.encode()).hexdigest()[:12]}" if settings.terms else ""
    )


def _memory(jobs: Sequence[_Job], signature: str) -> dict[str, str]:
    """Sentences of earlier outputs that this very engine translated."""
    return {
        row.src: row.mt
        for job in jobs
        if job.old
        for row in job.old.rows
        if row.mt and unpack(row.data).get("engine") == signature
    }


def _write(job: _Job, checked: Checked, options: Options) -> Outcome:
    fresh = Table(rows(checked))
    result = carry(job.old, fresh) if job.old else fresh
    target = job.plan.target
    if target == STDIO:
        write_text(target, table.write(result))
    else:
        trail = {"key": job.key, "settings": asdict(options.settings), "trail": checked.trail}
        atomic_write(target, table.write(result))
        # The trail comes last: a run killed between the two makes this document anew, and loses nothing.
        atomic_write(_trail_of(target), json.dumps(trail, ensure_ascii=False, indent=1) + "\n")
    return Outcome(job.plan, "made", job.document.lang, result.rows)


def flagged(
    paths: Iterable[Path], level: Level, encoding: str, extras: Extras = _NOTHING
) -> Iterator[tuple[str, Checked]]:
    """Check texts that are machine-made English; nothing is written.

    Args:
        paths: Files and folders; ``-`` is standard input.
        level: How much to flag.
        encoding: Of the inputs.
        extras: What the user adds to the checks.
    """
    for path, _ in walk(paths):
        document = pipeline.english(path.name, read_text(path, encoding), Settings(level=level))
        yield str(path), pipeline.check(path.stem, document, level, extras=_for(extras, path))


def _for(extras: Extras, path: Path) -> Extras:
    """What of it concerns a file."""
    return replace(extras, ignore=rules_for(extras.ignore, path.as_posix()))


def lines(path: Path, output: Path, engines: Engines, options: Options) -> None:
    """Translate line by line into plain text: as many lines out as in, empty ones included.

    Raises:
        AligntoolError: As for documents; nothing is written then.
    """
    document = pipeline.prepare(_called(path), read_text(path, options.encoding), options.settings)
    text: Document | Bitext = document
    if document.lang != options.settings.target:
        engine = engines(document.lang, options.settings.target).load()
        options.expect(len(document.segments))
        terms = options.settings.terms
        (text,) = pipeline.translate([document], engine, progress=options.progress, terms=terms)
    extras = _for(options.settings.extras, path)
    checked = pipeline.check(path.name, text, options.settings.level, extras=extras)
    write_text(output, str(checked.clean), force=options.force)
