"""The suites by name, their figures as plain records, and the baseline they are compared with."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from aligntool.errors import InputError
from aligntool.flags import LEVELS

__all__ = ["SUITES", "Figure", "baseline", "measure", "stored"]

_GRAVE = ("major", "critical")
_GROUPS = {
    "mechanical, entity and pronoun": (
        "casing",
        "spacing",
        "punctuation",
        "spelling",
        "residue",
        "named-entity",
        "agreement",
        "number",
    ),
    "calque and false friend": ("calque", "false-friend"),
}
"""Kinds of error that are reached by the same means."""

# Enough to fill batches, few enough to wait for Argos Translate.
_SENTENCES = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        suite: Name of the suite.
        item: What was measured: a set, a system, a level.
        measure: Which property of it, unit included.
        value: The number.
    """

    suite: str
    item: str
    measure: str
    value: float


def _flags(shared: Path, part: str) -> Iterator[Figure]:
    # a suite loads what it needs when it is run
    from aligntool.bench import flagging, startup, wordlabels  # noqa: PLC0415

    for level in LEVELS:
        if not level.startswith(part):
            continue
        report = flagging.run(shared, level)
        score, cost = report.score, startup.run(level)
        figures = {
            "overlap precision": score.precision,
            "overlap recall": score.recall,
            "major and critical: recall": score.grade(_GRAVE),
            "false alarms per 1,000 native words": report.alarms_per_thousand,
            "clean sentences flagged": report.clean_flagged,
            "clean sentences edited": report.clean_edited,
            "words per second": report.words_per_second,
            "start-up (CPU s)": cost.seconds,
            "memory (MiB)": cost.memory,
        }
        for name, categories in _GROUPS.items():
            figures[f"{name}: precision"], figures[f"{name}: recall"] = score.group(categories)
        for name, labels in wordlabels.run(shared, level).items():
            figures[f"post-edited words, {name}: MCC"] = labels.correlation
            figures[f"post-edited words, {name}: precision"] = labels.precision
        yield from (Figure("flags", level, name, float(value)) for name, value in figures.items())


def _splitting(shared: Path, part: str) -> Iterator[Figure]:
    from aligntool.bench import splitting  # noqa: PLC0415 - as above

    for row in splitting.run(shared, part=part).rows:
        item = f"{row.text} {row.lang} {row.splitter}"
        figures = {
            "precision": row.precision,
            "recall": row.recall,
            "F1": row.f1,
            "sentences per second": row.speed,
        }
        yield from (Figure("splitting", item, name, float(value)) for name, value in figures.items())


def _speed(shared: Path, part: str) -> Iterator[Figure]:
    from aligntool import models  # noqa: PLC0415 - as above
    from aligntool.bench import speed  # noqa: PLC0415 - as above

    lines = (shared / "bench" / "mt" / "flores-dev.nl").read_text(encoding="utf-8").splitlines()
    package = models.resolve("nl", "en").packages[0].path
    assert package is not None
    report = speed.run(lines[:_SENTENCES], package, rounds=3)
    yield Figure("speed", "ours", "identical sentences (share)", report.identical / report.sentences)
    for side in (side for side in ("ours", "guarded") if side.startswith(part)):
        for measure, name in (("wall", "wall time"), ("cpu", "CPU time"), ("memory", "memory")):
            yield Figure("speed", side, f"Argos Translate's {name} / ours", report.ratio(side, measure))


def _diff(_: Path, part: str) -> Iterator[Figure]:
    from aligntool.bench import comparing  # noqa: PLC0415 - as above

    for job in (job for job in comparing.JOBS if job.item.startswith(part)):
        cost = comparing.run(job)
        yield Figure("diff", job.item, "CPU seconds", cost.cpu)
        yield Figure("diff", job.item, "memory (MiB)", cost.memory)


def _review(_: Path, part: str) -> Iterator[Figure]:
    from aligntool.bench import reviewing  # noqa: PLC0415 - as above

    for rows in reviewing.SIZES:
        item = f"{rows:,} rows"
        if not item.startswith(part):
            continue
        cost = reviewing.run(rows)
        figures = {
            "start to first page (s)": cost.start,
            "page, 95th percentile (ms)": cost.page,
            "largest page (kB)": cost.size / 1000,
            "save, 95th percentile (ms)": cost.save,
            "20 rows accepted by keyboard (s)": cost.keyboard,
            "memory (MiB)": cost.memory,
        }
        yield from (Figure("review", item, name, value) for name, value in figures.items())


def _quality(shared: Path, part: str) -> Iterator[Figure]:
    from aligntool.bench import quality  # noqa: PLC0415 - as above

    for row in quality.run(shared, part):
        yield Figure("quality", row.item, "BLEU", row.quality.bleu)
        yield Figure("quality", row.item, "chrF", row.quality.chrf)
        if row.speed:
            yield Figure("quality", row.item, "sentences per CPU second", row.speed)


def _align(shared: Path, part: str) -> Iterator[Figure]:
    from aligntool.bench import aligning  # noqa: PLC0415 - as above

    judged: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for job in aligning.jobs(shared / "bench" / "align", part):
        found = aligning.run(job)
        score = found.tally
        figures = {
            "strict recall": score.recall(),
            "lax recall": score.recall(lax=True),
            "CPU seconds": found.cpu,
            "memory (MiB)": found.memory,
        }
        if found.whole:
            figures |= {
                "strict F1": score.f1(),
                "lax F1": score.f1(lax=True),
                "null precision": score.null_precision,
                "null recall": score.null_recall,
            }
            judged["with MT" if job.source_mt or job.target_mt else job.mt, job.aligner] += found.judged
        yield from (Figure("align", job.item, name, float(value)) for name, value in figures.items())
    for (mt, aligner), beads in judged.items():
        yield from _reliability(f"{f'sets {part}…' if part else 'all sets'}, {mt}, {aligner}", beads)


def _damage(shared: Path, part: str) -> Iterator[Figure]:
    """What a missing paragraph and inserted lines cost, on every set whose gold holds all sentences."""
    from aligntool.bench import aligning, damage  # noqa: PLC0415 - as above

    for job in aligning.jobs(shared / "bench" / "align", part, (aligning.ALIGNER,)):
        clean = aligning.run(job)
        for spoilt in (replace(job, damage=kind) for kind in damage.KINDS if clean.whole):
            found = aligning.run(spoilt)
            score = found.tally
            figures = {
                "lax F1": score.f1(lax=True),
                "lax F1 lost": clean.tally.f1(lax=True) - score.f1(lax=True),
                "null precision": score.null_precision,
                "null recall": score.null_recall,
                "null recall, damage alone": found.planted,
            }
            yield from (Figure("damage", spoilt.item, name, float(value)) for name, value in figures.items())


def _reliability(item: str, judged: Sequence[tuple[float, bool]]) -> Iterator[Figure]:
    """Whether beads of a confidence are right as often as it says."""
    from aligntool.bench.beads import EDGES, calibration, reliability  # noqa: PLC0415 - as above

    yield Figure("align", item, "calibration error", calibration(judged))
    ends = dict(pairwise((*EDGES, 1.0)))
    for edge, count, _, share in reliability(judged):
        name = f"confidence {edge:g} to {ends[edge]:g}"
        yield Figure("align", item, f"{name}: share right", share)
        yield Figure("align", item, f"{name}: beads", float(count))


SUITES: Mapping[str, Callable[[Path, str], Iterator[Figure]]] = {
    "align": _align,
    "damage": _damage,
    "diff": _diff,
    "flags": _flags,
    "quality": _quality,
    "review": _review,
    "splitting": _splitting,
    "speed": _speed,
}


def measure(name: str, shared: Path, part: str = "") -> list[Figure]:
    """Run one suite.

    Args:
        name: Its name.
        shared: Folder of measuring material.
        part: Beginning of the names of the items wanted (a set, a level, a text); empty for all.

    Raises:
        InputError: The measuring material is not there.
    """
    if not (shared / "bench").is_dir():
        raise InputError(
            f"{shared} holds no bench/ folder", "name the folder of measuring material: --shared DIR"
        )
    try:
        return list(SUITES[name](shared, part))
    except FileNotFoundError as error:
        raise InputError(
            f"{name}: {error.filename} is missing", "the measuring material is incomplete"
        ) from error


def stored(text: str) -> dict[tuple[str, str, str], float]:
    """The baseline's figures by suite, item and measure."""
    rows = (line.split("\t") for line in text.splitlines()[1:] if line)
    return {(suite, item, name): float(value) for suite, item, name, value in rows}


def baseline(figures: Mapping[tuple[str, str, str], float]) -> str:
    """The file that keeps figures, sorted, four significant digits."""
    lines = ("\t".join((*key, f"{value:.4g}")) for key, value in sorted(figures.items()))
    return "\n".join(["suite\titem\tmeasure\tvalue", *lines]) + "\n"
