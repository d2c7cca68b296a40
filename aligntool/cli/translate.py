"""``aligntool translate``: the main job, from documents to aligned TSVs."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from aligntool.cli.checking import DICTIONARY, IGNORE, LEXICON, extras
from aligntool.cli.console import ENCODING, FAIL_ON, FORCE, JSON, LEVEL, Bar, say, stop_if
from aligntool.cli.summary import severities, show
from aligntool.flags import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligntool.loading import Engines
    from aligntool.memory import Match
    from aligntool.outputs import Options, Outcome

__all__ = ["command"]

_COLUMNS = ("document", "state", "lang", "sentences", "words", "flags", "settled", "output")
_Run: TypeAlias = "tuple[list[Outcome], list[str]]"
_PATH = click.Path(path_type=Path, allow_dash=True)


@click.command
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Folder or file to write; - is stdout.")
@click.option("--from", "source", default="", help="Language of the documents; detected when not given.")
@click.option("--to", "target", default="en", show_default=True, help="Language wanted.")
@click.option("--format", "form", default="", help="Document format; by file name when not given.")
@click.option("--lines", is_flag=True, help="A line in, a line out: plain text, no table.")
@click.option("--against", type=_PATH, help="A translation that is there already, for the tgt column.")
@click.option("--beam", type=click.IntRange(1, 32), default=4, show_default=True, help="Beam of the engine.")
@click.option("--compute-type", default="auto", show_default=True, help="Arithmetic of the engine.")
@click.option("--threads", type=click.IntRange(0), default=0, help="Threads of the engine; 0: every core.")
@click.option("--glossary", type=_PATH, help="Terms to keep to: a term, a tab and its rendering a line.")
@click.option("--memory", type=_PATH, multiple=True, help="Settled tables (TSV, TMX) to take sentences from.")
@click.option("--fresh", is_flag=True, help="Make outputs anew that are up to date; decisions are kept.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@LEXICON
@DICTIONARY
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
    against: Path | None,
    beam: int,
    compute_type: str,
    threads: int,
    glossary: Path | None,
    memory: tuple[Path, ...],
    lexicons: tuple[Path, ...],
    dictionaries: tuple[Path, ...],
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

    With --memory settled sentences come out to the letter; one that is like a settled sentence is translated,
    and the settled one is shown beside it (in the table; with --lines on standard error).

    With --against the tgt column holds a translation that is there already (a file beside a file, a folder
    beside a folder), aligned with the original and flagged; our own stands in the mt column.
    """
    from aligntool import loading, runners
    from aligntool.files import read_glossary
    from aligntool.languages import tag
    from aligntool.pipeline import Settings
    from aligntool.translation import EngineOptions

    engines = loading.Loader(EngineOptions(beam=beam, compute_type=compute_type, threads=threads), say)
    terms = read_glossary(glossary) if glossary else ()
    known = loading.Remembered(memory)
    langs, own = (source and tag(source), tag(target)), extras(lexicons, ignore, dictionaries)
    settings = Settings(*langs, "lines" if lines else form, level, terms, known.fingerprint, own)
    with Bar("sentence") as bar:
        options = runners.Options(settings, encoding, force, fresh, dry_run, bar.expect, bar.advance, known)
        if lines and not against:
            _tell(runners.lines(_only(paths), output, engines, options))
            return
        if against:
            outcomes, alone = _beside(_only(paths), against, output, engines, options)
        else:
            outcomes, alone = _each(paths, output, engines, options)
    for remark in alone:
        say(remark)
    show(outcomes, output, _COLUMNS, as_json=as_json, schema="translate")
    stop_if(severities(outcomes), fail_on)


def _tell(like: "Iterable[tuple[int, Match]]") -> None:
    """Name what was settled before for sentences that are like a line's: a person may prefer it."""
    for number, match in like:
        say(f"line {number}: {match.score:.2f} alike: {match.src} → {match.tgt}")


def _only(paths: tuple[Path, ...]) -> Path:
    if len(paths) > 1:
        raise click.UsageError("--lines and --against take one path")
    return paths[0]


def _each(paths: tuple[Path, ...], output: Path, engines: "Engines", options: "Options") -> _Run:
    from aligntool import runners
    from aligntool.plans import plan

    plans, unknown = plan(paths, output, ".tsv")
    place = {one.name: number for number, one in enumerate(plans)}
    outcomes = sorted(runners.run(plans, engines, options), key=lambda one: place[one.plan.name])
    return outcomes, [f"left out {path}: no format knows its ending (--format names one)" for path in unknown]


def _beside(path: Path, against: Path, output: Path, engines: "Engines", options: "Options") -> _Run:
    from aligntool import alignments
    from aligntool.couples import Choices
    from aligntool.partners import Side, match

    settings = options.settings
    pairs, alone = match(Side(path, settings.source), Side(against, settings.target), output, ".tsv")
    outcomes = alignments.run(pairs, engines, options, Choices(reach="forward"))
    return sorted(outcomes, key=lambda one: one.plan.name), alone
