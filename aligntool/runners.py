"""Runs over many files: what is there, what is up to date, one document's trouble kept from the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from aligntool import pipeline
from aligntool.errors import AligntoolError
from aligntool.files import STDIO, read_text, sweep, walk, write_text
from aligntool.flags import Level
from aligntool.layout import Checked
from aligntool.loading import Engines
from aligntool.loading import signature as signed
from aligntool.memory import Match, Memory
from aligntool.outputs import Options, Outcome, existing, fingerprint, is_current, write
from aligntool.pipeline import Settings
from aligntool.plans import Plan, called
from aligntool.records import Bitext, Document
from aligntool.settings import NOTHING, Extras
from aligntool.table import Table, unpack

__all__ = ["Engines", "Options", "Outcome", "flagged", "lines", "run"]

# Sentences translated together: enough to fill batches of one length, few enough to write results often.
_CHUNK = 2000


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
        if job.old and is_current(one.target, job.key) and not options.fresh:
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
    document = pipeline.prepare(called(one.source), text, settings)
    model = "" if document.lang == settings.target else engines(document.lang, settings.target).identity
    digest = sha256(text.encode()).hexdigest()
    key = fingerprint(settings.recorded(document.lang), digest, one.name, document.lang, model)
    return _Job(one, document, key, existing(one.target, force=options.force))


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
        signature = signed(engine, options.settings.terms)
        known = {} if options.fresh else _memory(jobs, signature)
        known |= options.remembered(lang, target).known
        documents, terms = [job.document for job in jobs], options.settings.terms
        texts = list(pipeline.translate(documents, engine, known, options.progress, terms))
    for job, text in zip(jobs, texts, strict=True):
        extras = options.settings.extras.concerning(job.plan.source.as_posix())
        checked = pipeline.check(job.plan.name, text, options.settings.level, signature, extras)
        try:
            memory = options.remembered(lang, target) if lang != target else None
            written = write(job.plan, checked, job.old, job.key, options.settings.recorded(lang), memory)
            yield Outcome(job.plan, "made", lang, written.rows)
        except AligntoolError as error:
            yield Outcome(job.plan, "failed", lang, error=error)


def _memory(jobs: Sequence[_Job], signature: str) -> dict[str, str]:
    """Sentences of earlier outputs that this very engine translated."""
    return {
        row.src: row.mt
        for job in jobs
        if job.old
        for row in job.old.rows
        if row.mt and unpack(row.data).get("engine") == signature
    }


def flagged(
    paths: Iterable[Path], level: Level, encoding: str, extras: Extras = NOTHING
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
        yield str(path), pipeline.check(path.stem, document, level, extras=extras.concerning(path.as_posix()))


def lines(path: Path, output: Path, engines: Engines, options: Options) -> tuple[tuple[int, Match], ...]:
    """Translate line by line into plain text: as many lines out as in, empty ones included.

    A line that the memory has comes out as it was settled, to the letter.

    Returns:
        Numbers of lines (from 1) that are like a settled sentence, and which; the settled translation of
        another sentence is for a person to use.

    Raises:
        AligntoolError: As for documents; nothing is written then.
    """
    document = pipeline.prepare(called(path), read_text(path, options.encoding), options.settings)
    text: Document | Bitext = document
    memory = Memory({})
    if document.lang != options.settings.target:
        engine = engines(document.lang, options.settings.target).load()
        options.expect(len(document.segments))
        memory = options.remembered(document.lang, options.settings.target)
        terms = options.settings.terms
        (text,) = pipeline.translate([document], engine, memory.known, options.progress, terms)
    extras = options.settings.extras.concerning(path.as_posix())
    clean = pipeline.check(path.name, text, options.settings.level, extras=extras).clean
    if memory.known:
        pairs = zip(document.texts, clean.segments, strict=True)
        settled = (replace(one, text=memory.known.get(src, one.text)) for src, one in pairs)
        clean = replace(clean, segments=tuple(settled))
    write_text(output, str(clean), force=options.force)
    return tuple(_like(document, memory))


def _like(document: Document, memory: Memory) -> Iterator[tuple[int, Match]]:
    """Lines that are like a sentence of the memory, and not that sentence."""
    number = 1
    for segment in document.segments:
        number += segment.lead.count("\n")
        match = None if segment.text in memory.known else memory.nearest(segment.text)
        if match:
            yield number, match
        number += segment.text.count("\n")
