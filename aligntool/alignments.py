"""Runs over pairs of documents: originals beside translations that came separately."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby

from aligntool import outputs, pipeline
from aligntool.alignment import Pairing
from aligntool.couples import Choices, Couple, open_couple
from aligntool.doubts import notes
from aligntool.errors import AligntoolError
from aligntool.files import STDIO, sweep, write_text
from aligntool.layout import Checked, rows, sentences
from aligntool.loading import Engines, signature
from aligntool.outputs import Options, Outcome
from aligntool.partners import Match
from aligntool.records import Bitext
from aligntool.table import Table, unpack

__all__ = ["run"]

# Sentences aligned together: as many as one lexicon is learned from; few enough to write results often where
# an engine has to translate them first.
_POOL = 50_000
_CHUNK = 2000


def run(matches: Sequence[Match], engines: Engines, options: Options, choices: Choices) -> Iterator[Outcome]:
    """Bring every output up to date: one outcome a pair, as soon as it is known.

    As with translations, unchanged pairs are reused, sentences that the same model translated before are not
    translated again, decisions are carried over. Pairs without any translation are aligned in batches that
    share what is learned of their words; those that are up to date lend theirs, and stay as they are.
    """
    jobs: list[Couple] = []
    for folder in {one.target.parent for one in matches if one.target != STDIO}:
        sweep(folder)
    for one in matches:
        try:
            job = open_couple(one, engines, options, choices)
        except AligntoolError as error:
            yield Outcome(one, "failed", error=error)
            continue
        if job.current or options.dry_run:
            state, held = ("reused", job.old.rows if job.old else ()) if job.current else ("planned", ())
            yield Outcome(one, state, "-".join(job.langs), held, remarks=job.remarks)
        if not options.dry_run and not (job.current and job.helped):
            jobs.append(job)
    options.expect(sum(_work(job) for job in jobs))
    for chunk in _chunks(sorted(jobs, key=lambda job: (job.langs, job.helped))):
        if not all(job.current for job in chunk):
            yield from _process(chunk, options, choices)


def _work(job: Couple) -> int:
    """Sentences an engine has to translate."""
    sides = job.pairing.source, job.pairing.target
    return sum(len(side.segments) for side, engine in zip(sides, job.engines, strict=True) if engine)


def _chunks(jobs: Sequence[Couple]) -> Iterator[list[Couple]]:
    """Pairs of one language pair, and of one kind of help, in runs of so many sentences."""
    for (_, helped), group in groupby(jobs, lambda job: (job.langs, job.helped)):
        limit, size = _CHUNK if helped else _POOL, 0
        chunk: list[Couple] = []
        for job in group:
            own = len(job.pairing.source.segments)
            if chunk and size + own > limit:
                yield chunk
                chunk, size = [], 0
            chunk.append(job)
            size += own
        yield chunk


def _process(jobs: Sequence[Couple], options: Options, choices: Choices) -> Iterator[Outcome]:
    """Translate for the aligner, align, and write what is not up to date."""
    pairings = [job.pairing for job in jobs]
    for side in (0, 1):
        pairings = _translated(jobs, pairings, side, options)
    bitexts = pipeline.align(pairings, choices.aligner, choices.lexicon)
    for job, pairing, bitext in zip(jobs, pairings, bitexts, strict=True):
        if not job.current:
            try:
                yield _write(job, pairing, bitext, options, choices)
            except AligntoolError as error:
                yield Outcome(job.match, "failed", "-".join(job.langs), error=error)


def _translated(
    jobs: Sequence[Couple], pairings: Sequence[Pairing], side: int, options: Options
) -> list[Pairing]:
    """The pairings with what an engine makes of their originals (side 0) or of their translations (1)."""
    todo = [(job, one) for job, one in zip(jobs, pairings, strict=True) if job.engines[side]]
    made: dict[int, Pairing] = {}
    source = todo[0][0].engines[side] if todo else None
    if source:
        engine = source.load()
        terms = () if side else options.settings.terms
        signed = signature(engine, terms)
        known = {} if side or options.fresh else _memory(jobs, signed)
        documents = [one.target if side else one.source for _, one in todo]
        bitexts = pipeline.translate(documents, engine, known, options.progress, terms)
        for (_, one), bitext in zip(todo, bitexts, strict=True):
            marked = replace(bitext.source, trail=(*bitext.source.trail, f"translate:{signed}"))
            texts = bitext.target.texts
            made[id(one)] = (
                replace(one, target=marked, target_mt=texts)
                if side
                else replace(one, source=marked, source_mt=texts)
            )
    return [made.get(id(one), one) for one in pairings]


def _memory(jobs: Sequence[Couple], signed: str) -> dict[str, str]:
    """Sentences of earlier outputs that this very engine translated."""
    known: dict[str, str] = {}
    for row in (row for job in jobs if job.old for row in job.old.rows):
        if row.mt and unpack(row.data).get("engine") == signed:
            theirs, ours = sentences(row, "src"), sentences(row, "mt")
            known |= dict(zip(theirs, ours, strict=True)) if len(theirs) == len(ours) else {}
    return known


def _write(job: Couple, pairing: Pairing, bitext: Bitext, options: Options, choices: Choices) -> Outcome:
    """Flag the given translation beside its original, and write the table or what is wanted instead."""
    found = pipeline.moves(pairing, bitext, choices.lexicon)
    doubts = notes(bitext, choices.review_below, found)
    own = options.settings.extras.concerning(job.match.given.as_posix())
    chosen = replace(options.settings, extras=own)
    name, ours = job.match.name, pairing.source_mt
    if choices.flagged or choices.form is None or "flags" in choices.form.carries:
        checked = pipeline.compare(name, bitext, chosen, ours, doubts)
    else:  # checking takes several times as long as aligning
        checked = Checked(name, bitext, bitext.target, (), given=True, ours=ours, notes=doubts)
    if job.engines[0]:
        checked = replace(checked, engine=signature(job.engines[0].load(), options.settings.terms))
    remarks = (*job.remarks, *_straddled(pairing, bitext, choices.aligner))
    if choices.form:
        made = Table(rows(checked))
        places = outputs.contents(made, choices.form, job.match.target, force=options.force)
        for place, content in places.items():
            write_text(place, content, force=options.force)
        remarks += choices.form.remarks(made)
    else:
        settings = options.settings.recorded(bitext.source.lang) | asdict(replace(choices, form=None))
        made = outputs.write(job.match, checked, job.old, job.key, settings)
    return Outcome(job.match, "made", "-".join(job.langs), made.rows, remarks=remarks)


def _straddled(pairing: Pairing, bitext: Bitext, aligner: str) -> Iterator[str]:
    """Whether the aligner kept the barriers."""
    over = sum(
        bead.source.start < wall[0] < bead.source.end or bead.target.start < wall[1] < bead.target.end
        for wall in pairing.barriers
        for bead in bitext.beads
    )
    if over:
        yield f"the aligner {aligner} does not keep barriers: {over} beads straddle one"
