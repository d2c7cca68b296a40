"""``aligntool translate``: the main job, from documents to aligned TSVs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligntool.cli.checking import IGNORE, LEXICON, extras
from aligntool.cli.console import ENCODING, FAIL_ON, FORCE, JSON, LEVEL, Bar, emit, say, stop_if
from aligntool.errors import AligntoolError, PartialError
from aligntool.flags import Level
from aligntool.table import parse_flags

if TYPE_CHECKING:
    from aligntool.runners import Outcome

__all__ = ["command"]

_COLUMNS = ("document", "state", "lang", "sentences", "words", "flags", "settled", "output")
_PATH = click.Path(path_type=Path, allow_dash=True)


@click.command
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Folder or file to write; - is stdout.")
@click.option("--from", "source", default="", help="Language of the documents; detected when not given.")
@click.option("--to", "target", default="en", show_default=True, help="Language wanted.")
@click.option("--format", "form", default="", help="Document format; by file name when not given.")
@click.option("--lines", is_flag=True, help="A line in, a line out: plain text, no table.")
@click.option("--beam", type=click.IntRange(1, 32), default=4, show_default=True, help="Beam of the engine.")
@click.option("--compute-type", default="auto", show_default=True, help="Arithmetic of the engine.")
@click.option("--threads", type=click.IntRange(0), default=0, help="Threads of the engine; 0: every core.")
@click.option("--glossary", type=_PATH, help="Terms to keep to: a term, a tab and its rendering a line.")
@click.option("--fresh", is_flag=True, help="Make outputs anew that are up to date; decisions are kept.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@LEXICON
@IGNORE
@LEVEL
@FAIL_ON
@ENCODING
@FORCE
@JSON
def command(
    *,
    paths: tuple[Path, ...],
    output: Path,
    source: str,
    target: str,
    form: str,
    lines: bool,
    beam: int,
    compute_type: str,
    threads: int,
    glossary: Path | None,
    lexicons: tuple[Path, ...],
    ignore: Path | None,
    fresh: bool,
    dry_run: bool,
    level: Level,
    fail_on: str,
    encoding: str,
    force: bool,
    as_json: bool,
) -> None:
    """Translate documents into English, sentence beside sentence, suspicious phrases marked.

    PATHS are files, folders, or - for standard input. Every document becomes one aligned TSV in OUTPUT; a
    document that is English already is taken as machine-made: it is flagged and cleaned, not translated.
    Run it again after an interruption, or when documents have changed: what is up to date stays as it is,
    and every decision made in the TSVs is kept.
    """
    from aligntool import loading, runners
    from aligntool.files import read_glossary
    from aligntool.languages import tag
    from aligntool.pipeline import Settings
    from aligntool.plans import plan
    from aligntool.translation import EngineOptions

    engines = loading.Loader(EngineOptions(beam=beam, compute_type=compute_type, threads=threads), say)
    terms = read_glossary(glossary) if glossary else ()
    form, own = "lines" if lines else form, extras(lexicons, ignore)
    settings = Settings(source and tag(source), tag(target), form, level, terms, own)
    with Bar("sentence") as bar:
        options = runners.Options(settings, encoding, force, fresh, dry_run, bar.expect, bar.advance)
        if lines:
            (path,) = paths
            runners.lines(path, output, engines, options)
            return
        plans, unknown = plan(paths, output, ".tsv")
        place = {one: number for number, one in enumerate(plans)}
        outcomes = sorted(runners.run(plans, engines, options), key=lambda one: place[one.plan])
    for path in unknown:
        say(f"left out {path}: no format knows its ending (--format names one)")
    _show(outcomes, output, as_json=as_json)
    stop_if(_severities(outcomes), fail_on)


def _show(outcomes: Sequence["Outcome"], output: Path, *, as_json: bool) -> None:
    """The summary, then what failed.

    Raises:
        AligntoolError: A document failed: its own error when it was the only one, else that some did.
    """
    if output != Path("-"):
        emit([_summary(one) for one in outcomes], _COLUMNS, as_json=as_json, schema="translate")
    failed = [(one.plan, one.error) for one in outcomes if one.error]
    if len(failed) == len(outcomes) == 1:
        raise failed[0][1]
    for plan, error in failed:
        say(f"{plan.source}: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    if failed:
        message = f"{len(failed)} of {len(outcomes)} documents failed"
        kind = AligntoolError if len(failed) == len(outcomes) else PartialError
        raise kind(message, "mend what is said above and run the same command again: the others are kept")


def _summary(one: "Outcome") -> dict[str, object]:
    from aligntool.decisions import is_settled

    return {
        "document": one.plan.name,
        "state": one.state,
        "lang": one.lang,
        "sentences": len(one.rows),
        "words": sum(len(row.src.split()) for row in one.rows),
        "flags": sum(len(parse_flags(row)) for row in one.rows),
        "settled": sum(map(is_settled, one.rows)),
        "output": str(one.plan.target),
        **({"error": one.error.message, "hint": one.error.hint} if one.error else {}),
    }


def _severities(outcomes: Sequence["Outcome"]) -> Iterator[str]:
    return (flag.severity for one in outcomes for row in one.rows for flag in parse_flags(row))
