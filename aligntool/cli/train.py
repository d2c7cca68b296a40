"""``aligntool train``: a translation package from parallel text."""

import shlex
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligntool.cli.console import JSON, emit, say
from aligntool.errors import InputError

if TYPE_CHECKING:
    from aligntool.train.evaluate import TestSet
    from aligntool.train.job import Job, Result
    from aligntool.train.prepare import Source

__all__ = ["command"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_COLUMNS = ("package", "bytes", "sha256", "test", "bleu", "chrf")


def _source(value: str, langs: tuple[str, ...]) -> "Source":
    """``[LANG=]FILE[,FILE]`` as a Source."""
    from aligntool.train.prepare import Source

    lang, named, rest = value.partition("=")
    if not named:
        lang, rest = langs[0], value
    if lang not in langs or (not named and len(langs) > 1):
        raise InputError(f"--data {value} does not say its language", f"write --data {langs[0]}={rest}")
    paths = tuple(map(Path, rest.split(",")))
    for path in paths:
        if not path.is_file():
            raise InputError(f"{path} is no file", "check the name after --data")
    return Source(lang, paths)


def _tests(
    langs: tuple[str, ...], target: str, valid: tuple[tuple[Path, Path], ...]
) -> "tuple[TestSet, ...]":
    """A TestSet for each language from its two line-parallel files."""
    from aligntool.files import read_text
    from aligntool.train.evaluate import TestSet

    if valid and len(valid) != len(langs):
        raise InputError(
            f"--valid is given {len(valid)} times for {len(langs)} languages", "give one a language"
        )
    tests = []
    for lang, files in zip(langs, valid, strict=False):
        source, reference = (tuple(read_text(path).splitlines()) for path in files)
        if len(source) != len(reference):
            raise InputError(
                f"{files[0]} has {len(source)} lines, {files[1]} {len(reference)}",
                "they must be line-parallel",
            )
        tests.append(TestSet(f"{lang}-{target}", source, reference))
    return tuple(tests)


def _run(job: "Job") -> "Result | None":
    """Do the job; when a signal comes, say how to go on."""
    from aligntool.train.job import run
    from aligntool.train.trainer import Interrupted

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return run(job, say)
    except (Interrupted, KeyboardInterrupt):
        say(f"what is done so far is in {job.folder}: give the same command with --resume")
        raise click.Abort from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _synthesize(
    back: Path | None, teacher: Path | None, sources: "tuple[Source, ...]", out: Path | None, threads: int
) -> None:
    """Write training text made by a package, instead of training."""
    from aligntool.train.synthesis import backtranslate, distill

    if out is None or not sources:
        raise InputError("there is nothing to translate, or no file to write", "give --data and --out")
    if back:
        paths = [path for source in sources for path in source.paths]
        count = backtranslate(back, paths, out, threads=threads, say=say)
    else:
        assert teacher is not None
        count = distill(teacher, sources, out, threads=threads, say=say)
    say(f"{count:,} pairs written to {out}")


def _command(words: Sequence[str]) -> str:
    """The command line for a model card: names of files without the folders, which are nobody's business."""
    named = (word.rpartition("=") for word in words)
    return shlex.join(
        ["aligntool", *(f"{head}{sign}{last.rpartition('/')[2] or last}" for head, sign, last in named)]
    )


def _rows(job: "Job", result: "Result") -> list[dict[str, object]]:
    """One row a package, with the figures on its pair's test set where there is one."""
    rows: list[dict[str, object]] = []
    for at, parcel in enumerate(result.parcels):
        row: dict[str, object] = {
            "package": str(parcel.path),
            "bytes": parcel.size,
            "sha256": parcel.sha256,
            "test": "",
            "bleu": "",
            "chrf": "",
            "difference": result.difference,
        }
        if at < len(result.scores):
            figures = result.scores[at]
            row |= {"test": job.tests[at].name, "bleu": f"{figures.bleu:.1f}", "chrf": f"{figures.chrf:.1f}"}
            row |= {"bleu_signature": figures.bleu_signature, "chrf_signature": figures.chrf_signature}
        rows.append(row)
    return rows


@click.command
@click.argument("sources")
@click.argument("target")
@click.option("--data", multiple=True, metavar="[LANG=]FILE[,FILE]", help="Parallel text; may be repeated.")
@click.option("--run-dir", type=_FOLDER, help="Checkpoints and prepared data; needed for training.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Package, or folder for several.")
@click.option("--recipe", type=_FILE, help="TOML file that decides the rest.")
@click.option("--from", "start", type=_FILE, help="Package to start from.")
@click.option(
    "--valid", type=(_FILE, _FILE), multiple=True, help="Sentences and reference, a pair a language."
)
@click.option("--shards", type=_FOLDER, help="Folder of prepared data, when not in the run folder.")
@click.option("--prepare", "only_prepare", is_flag=True, help="Prepare the data and stop.")
@click.option("--resume", is_flag=True, help="Go on where the run stopped.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="Budget of training time.")
@click.option("--steps", type=click.IntRange(1), help="Budget in steps.")
@click.option("--batch", "tokens", type=click.IntRange(50), help="Most tokens in a batch.")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), help="Where to compute.")
@click.option("--threads", type=click.IntRange(0), default=0, help="Processor threads; 0: torch decides.")
@click.option(
    "--backtranslate", "back", type=_FILE, help="Package to translate --data (text) with, to --out."
)
@click.option("--distill", type=_FILE, help="Package whose English replaces that of --data, to --out.")
@click.option("--version", default="1.0", show_default=True, help="Version of the package.")
@JSON
def command(
    *,
    sources: str,
    target: str,
    data: tuple[str, ...],
    run_dir: Path | None,
    out: Path | None,
    recipe: Path | None,
    start: Path | None,
    valid: tuple[tuple[Path, Path], ...],
    shards: Path | None,
    only_prepare: bool,
    resume: bool,
    minutes: float | None,
    steps: int | None,
    tokens: int | None,
    device: str | None,
    threads: int,
    back: Path | None,
    distill: Path | None,
    version: str,
    as_json: bool,
) -> None:
    """Train a package from SOURCES (nl, or nl,fr) into TARGET (en) on parallel text.

    \b
    aligntool train nl en --data pairs.tsv --run-dir runs/nl -o nl-en.argosmodel --minutes 60
    aligntool train nl,fr en --data nl=a.tsv --data fr=b.fr,b.en --run-dir runs/m2o -o packages/
    aligntool train nl en --from nl-en.argosmodel --data reviewed.tsv --run-dir runs/fine -o new.argosmodel

    Data are TSV (source and English; collection, source, English; columns that the first line calls nl, en
    and such; of aligntool's own tables the settled rows), TMX, or two line-parallel files. Stop it with
    Ctrl-C: it goes on with --resume.
    """  # noqa: D301 - the backspace is click's mark for lines not to be filled
    from aligntool.languages import tag
    from aligntool.train.job import Job
    from aligntool.train.recipe import Recipe, read_recipe

    langs = tuple(map(tag, sources.split(",")))
    files = tuple(_source(value, langs) for value in data)
    if back or distill:
        _synthesize(back, distill, files, out, threads)
        return
    if run_dir is None:
        raise InputError("training needs a folder for its checkpoints", "name one: --run-dir runs/mine")
    budget = {"minutes": minutes, "steps": steps, "tokens": tokens, "device": device}
    chosen = (read_recipe(recipe) if recipe else Recipe()).with_options(**budget)
    job = Job(langs, tag(target), files, run_dir, _tests(langs, tag(target), valid), shards, out, start)
    job = replace(
        job, resume=resume, only_prepare=only_prepare, recipe=chosen, threads=threads, version=version
    )
    result = _run(replace(job, command=_command(sys.argv[1:])))
    if result is not None:
        emit(_rows(job, result), _COLUMNS, as_json=as_json, schema="aligntool.train")
