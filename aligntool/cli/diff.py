"""``aligntool diff``: what changed between two versions of a translation, and whether it got better."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from aligntool.cli.console import ENCODING, FORCE, JSON, LEVEL, OUTPUT, interactive, say
from aligntool.flags import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligntool.edits import Ignore
    from aligntool.measures import Score
    from aligntool.revisions import Comparison
    from aligntool.showing import Only

    Scores = list[tuple[str, Score]]
    Shown = list[tuple[Comparison, list[tuple[int, ...]]]]

__all__ = ["command"]

_PATH = click.Path(path_type=Path, allow_dash=True)
_DIFFERENT = 1
_WIDTH = 100


class _Look(NamedTuple):
    """How the differences are shown."""

    form: str
    only: "Only | None"
    context: int
    most: bool
    two: bool
    width: int
    judged: bool


@click.command
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH, required=False)
@click.option(
    "--columns", nargs=2, metavar="OLD NEW", help="Columns of tables to compare.  [default: tgt tgt]"
)
@click.option(
    "--to",
    type=click.Choice(["text", "html", "tsv", "json"]),
    default="text",
    show_default=True,
    help="View.",
)
@click.option("--side-by-side", "two", is_flag=True, help="Old and new in two columns.")
@click.option(
    "--context", type=click.IntRange(0), default=0, help="Unchanged sentences shown around changes."
)
@click.option(
    "--only", type=click.Choice(["flagged", "changed", "moved"]), help="Show only sentences that are."
)
@click.option(
    "--sort", type=click.Choice(["text", "most-changed"]), default="text", help="Order of the view."
)
@click.option(
    "--width", type=click.IntRange(20), help="Columns of the text view; those of the terminal if not given."
)
@click.option("--stat", is_flag=True, help="A line a document: sentences changed, words out and in, edits.")
@click.option("--flags", is_flag=True, help="Tell which flags were mended, which stand and which are new.")
@LEVEL
@click.option("--reference", type=_PATH, help="A good translation: BLEU, chrF and TER of both against it.")
@click.option(
    "--fail-on", type=click.Choice(["any", "new-flags", "never"]), default="any", show_default=True,
    help="Exit with 1 when there is any difference, or any flag that the new version brought in.",
)  # fmt: skip
@click.option(
    "--ignore", type=click.Choice(["line-ends", "blanks"]), default=None, help="What makes no difference."
)
@click.option("--format", "form", default="", help="Document format; by file name when not given.")
@click.option("--lang", default="", help="Language of the texts; detected when not given.")
@click.option("--textconv", is_flag=True, help="Print the one table OLD as lines for git to compare.")
@OUTPUT
@ENCODING
@FORCE
@JSON
def command(
    *,
    old: Path,
    new: Path | None,
    columns: tuple[str, str] | None,
    to: str,
    two: bool,
    context: int,
    only: "Only | None",
    sort: str,
    width: int | None,
    stat: bool,
    flags: bool,
    level: Level,
    reference: Path | None,
    fail_on: str,
    ignore: "Ignore | None",
    form: str,
    lang: str,
    textconv: bool,
    output: Path,
    encoding: str,
    force: bool,
    as_json: bool,
) -> None:
    """Compare OLD with NEW: two texts, two aligned tables, two folders of them, or two columns of one table.

    Sentences are paired first, so that one that was added, dropped, merged, split or moved does not shift
    the rest; then each pair is compared word by word. Exit status: 0 no difference, 1 differences, 2 trouble.

    \b
    aligntool diff draft.txt clean.txt                  what was changed, [-out-]{+in+}
    aligntool diff talk.tsv --columns mt tgt --flags    what the cleaning mended
    aligntool diff old/ new/ --stat                     a line a document
    aligntool diff a.tsv b.tsv --reference good.txt     which of the two is better
    aligntool diff a.tsv b.tsv --fail-on new-flags      a gate for changes
    """  # noqa: D301 - the backspace is click's mark for lines not to be filled
    from aligntool import comparison, scoring

    if textconv:
        _print_lines(old, new, encoding)
        return
    if new is None and not columns:
        raise click.UsageError("give a second file, or --columns OLD NEW for two columns of one table")
    view = "json" if as_json else _stat_view(to, output) if stat else to
    reading = comparison.Reading(columns or ("tgt", "tgt"), form, lang, encoding, ignore or "")
    found = list(comparison.compared(old, new, reading, say))
    judged = flags or only == "flagged" or fail_on == "new-flags"
    if judged:
        found = [scoring.judged(one, level) for one in found]
    scores = list(scoring.scored(found, reference, reading, say)) if reference else []
    look = _Look(view, only, context, sort == "most-changed", two, _columns(width), judged)
    names = (str(old), str(new)) if new else (f"{old}: {reading.columns[0]}", reading.columns[1])
    shown = _stats(found, scores, look) if stat else _view(found, scores, look, names)
    _write(shown, output, force=force)
    sys.exit(_DIFFERENT if _fails(found, fail_on) else 0)


def _stat_view(to: str, output: Path) -> str:
    """Figures as prose on a terminal, as TSV elsewhere."""
    from aligntool.files import STDIO

    if to == "html":
        raise click.UsageError("--stat has no page; every page has these figures above each document")
    return "tsv" if to == "text" and not (interactive() and output == STDIO) else to


def _fails(found: "Sequence[Comparison]", fail_on: str) -> bool:
    if fail_on == "new-flags":
        return any(verdict.fate == "new" for one in found for verdict in one.verdicts)
    return fail_on == "any" and any(one.differs for one in found)


def _ordered(found: "Sequence[Comparison]", look: _Look) -> "list[Comparison]":
    from aligntool.showing import most_changed

    return most_changed(found) if look.most else list(found)


def _stats(found: "Sequence[Comparison]", scores: "Scores", look: _Look) -> str:
    """The documents in figures; scores are told on standard error where the figures are for a program."""
    from aligntool import diffrows
    from aligntool.difftext import overview
    from aligntool.showing import scored

    ordered = _ordered(found, look)
    if look.form == "text":
        return overview(ordered, look.width) + "".join(f"{scored(*one)}\n" for one in scores)
    rows = [diffrows.stats(one, judged=look.judged) for one in ordered]
    if look.form == "json":
        return diffrows.as_json(rows, scores=[diffrows.figures(*one) for one in scores])
    for one in scores:
        say(scored(*one))
    return diffrows.as_tsv(rows, diffrows.STATS)


def _view(found: "Sequence[Comparison]", scores: "Scores", look: _Look, names: tuple[str, str]) -> str:
    """The differences as the chosen view writes them."""
    from aligntool.showing import choose

    shown = [(one, choose(one, look.only, look.context, most=look.most)) for one in _ordered(found, look)]
    shown = [(one, groups) for one, groups in shown if groups]
    if look.form == "html":
        from aligntool.diffpage import page

        return page(shown, names, scores, two=look.two)
    return (
        _of_records(found, shown, scores, look)
        if look.form in {"tsv", "json"}
        else _text(shown, scores, look)
    )


def _text(shown: "Shown", scores: "Scores", look: _Look) -> str:
    from aligntool.difftext import render
    from aligntool.showing import scored

    parts = [render(one, groups, look.width, two=look.two) for one, groups in shown]
    marks = "".join(f"{scored(*one)}\n" for one in scores)
    return "\n".join([*parts, *([marks] if marks else [])])


def _of_records(found: "Sequence[Comparison]", shown: "Shown", scores: "Scores", look: _Look) -> str:
    from aligntool import diffrows

    wanted = [(one, frozenset(n for group in groups for n in group)) for one, groups in shown]
    edits = [edit for one, numbers in wanted for edit in diffrows.edits(one, numbers)]
    if look.form == "tsv":
        return diffrows.as_tsv(edits)
    return diffrows.as_json(
        edits,
        documents=[diffrows.stats(one) for one in found],
        flags=[flag for one in found for flag in diffrows.flags(one)],
        scores=[diffrows.figures(*one) for one in scores],
    )


def _write(text: str, output: Path, *, force: bool) -> None:
    from aligntool.files import STDIO, write_text

    if output == STDIO:
        click.echo(text, nl=False)
    else:
        write_text(output, click.unstyle(text), force=force)


def _columns(width: int | None) -> int:
    from shutil import get_terminal_size

    return width or get_terminal_size((_WIDTH, 24)).columns


def _print_lines(path: Path, other: Path | None, encoding: str) -> None:
    from aligntool.comparison import rows_of
    from aligntool.diffrows import lines

    if other:
        raise click.UsageError("--textconv takes one table")
    click.echo("\n".join(lines(rows_of(path, encoding))))
