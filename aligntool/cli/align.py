"""``aligntool align``: a document beside a translation of it that came separately."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligntool.cli.console import ENCODING, FAIL_ON, FORCE, JSON, LEVEL, Bar, say, stop_if
from aligntool.cli.summary import severities, show
from aligntool.flags import Level

if TYPE_CHECKING:
    from aligntool.codec import TableFormat

__all__ = ["command"]

_COLUMNS = ("document", "state", "lang", "rows", "unaligned", "moved", "review", "flags", "settled", "output")
_PATH = click.Path(path_type=Path, allow_dash=True)


@click.command
@click.argument("source", type=_PATH)
@click.argument("target", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="File or folder to write; - is stdout.")
@click.option("--from", "source_lang", default="", help="Language of SOURCE; detected when not given.")
@click.option("--to", "target_lang", default="", help="Language of TARGET; detected when not given.")
@click.option("--source-mt", type=_PATH, help="SOURCE in TARGET's language, line by line: a file or folder.")
@click.option("--target-mt", type=_PATH, help="TARGET in SOURCE's language, line by line.")
@click.option("--lines", is_flag=True, help="A line is a sentence; empty lines count.")
@click.option("--lexicon", type=_PATH, help="A word, a tab and its translation a line.")
@click.option("--aligner", default="", help="Name of the aligner; the best there is when not given.")
@click.option("--barriers", is_flag=True, help="Keep inside headings and paragraphs that both sides share.")
@click.option(
    "--review-below",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Flag rows with less confidence; statuses stay yours.",
)
@click.option("--no-engine", is_flag=True, help="Translate nothing, whatever packages there are.")
@click.option("--threads", type=click.IntRange(0), default=0, help="Threads of the engine; 0: every core.")
@click.option(
    "--format",
    "form",
    default="",
    help="Format to write; by the output's ending, else tsv. Ladders and moses are not flagged.",
)
@click.option("--fresh", is_flag=True, help="Make outputs anew that are up to date; decisions are kept.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@LEVEL
@FAIL_ON
@ENCODING
@FORCE
@JSON
def command(
    *,
    source: Path,
    target: Path,
    output: Path,
    source_lang: str,
    target_lang: str,
    source_mt: Path | None,
    target_mt: Path | None,
    lines: bool,
    lexicon: Path | None,
    aligner: str,
    barriers: bool,
    review_below: float,
    no_engine: bool,
    threads: int,
    form: str,
    fresh: bool,
    dry_run: bool,
    level: Level,
    fail_on: str,
    encoding: str,
    force: bool,
    as_json: bool,
) -> None:
    """Put a document and a translation of it side by side, sentence by sentence.

    SOURCE and TARGET are two files, or two folders whose files go by one name (a language before the ending
    apart: x.nl.txt, x.en.txt); one of them may be - for standard input. Nothing is dropped: a sentence
    without a counterpart has a row of its own, in its place. Where a package for the pair is installed, the
    original is translated first: that makes the alignment better, and stands in the mt column.

    \b
    aligntool align kop.nl.txt kop.en.txt -o kop.tsv
    aligntool align dutch/ english/ -o aligned/ --review-below 0.5
    aligntool align a.txt b.txt --lines --format ladder -o -
    """  # noqa: D301 - the backspace is click's mark for lines not to be filled
    from aligntool import alignments, loading
    from aligntool.couples import Choices, Reach
    from aligntool.files import read_glossary
    from aligntool.languages import tag
    from aligntool.outputs import Options
    from aligntool.partners import Side, match
    from aligntool.pipeline import ALIGNER, Settings
    from aligntool.translation import EngineOptions

    langs = source_lang and tag(source_lang), target_lang and tag(target_lang)
    other, suffix = _form(output, form)
    pairs, alone = match(Side(source, langs[0], source_mt), Side(target, langs[1], target_mt), output, suffix)
    words = read_glossary(lexicon) if lexicon else ()
    reach: Reach = "none" if no_engine else "both"
    choices = Choices(aligner or ALIGNER, words, barriers, review_below, reach, other, fail_on != "never")
    engines = loading.Loader(EngineOptions(beam=1, threads=threads), say)
    settings = Settings(*langs, "lines" if lines else "", level)
    with Bar("sentence") as bar:
        options = Options(settings, encoding, force, fresh, dry_run, bar.expect, bar.advance)
        found = alignments.run(pairs, engines, options, choices)
        outcomes = sorted(found, key=lambda one: one.plan.name)
    for remark in alone:
        say(remark)
    show(outcomes, output, _COLUMNS, as_json=as_json, schema="align")
    stop_if(severities(outcomes), fail_on)


def _form(output: Path, chosen: str) -> tuple["TableFormat | None", str]:
    """The format to write, None for the aligned TSV, and the ending of its files in a folder."""
    from aligntool.fileformats import table_format

    folder = output.is_dir() or not output.suffix
    form = table_format("" if folder else output.name, chosen, writing=True)
    if form is None or form.name == "tsv":
        return None, ".tsv"
    return form, form.suffixes[0] if form.suffixes else ""
