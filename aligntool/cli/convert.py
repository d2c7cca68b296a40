"""``aligntool convert``: an aligned table as a text again, or as what other programs read; and back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligntool.cli.console import ENCODING, FORCE, OUTPUT, say
from aligntool.errors import InputError

if TYPE_CHECKING:
    from aligntool.codec import TableFormat
    from aligntool.table import Table

__all__ = ["command"]

_PATH = click.Path(path_type=Path, allow_dash=True)


@click.command
@click.argument("path", type=_PATH)
@OUTPUT
@click.option("--from", "source", default="", help="Format of PATH; by its ending when not given.")
@click.option("--to", "target", default="", help="Format to write; by the output's ending when not given.")
@click.option(
    "--column",
    type=click.Choice(["src", "mt", "tgt"]),
    help="Write this text as a document: the original, the machine's, or the clean English.",
)
@click.option(
    "--with",
    "others",
    type=_PATH,
    multiple=True,
    help="Further files of PATH: the other side of a Moses pair, the two texts of a ladder.",
)
@click.option("--into", type=_PATH, help="Aligned TSV that takes up the edits in PATH, row by row.")
@ENCODING
@FORCE
def command(
    *,
    path: Path,
    output: Path,
    source: str,
    target: str,
    column: str | None,
    others: tuple[Path, ...],
    into: Path | None,
    encoding: str,
    force: bool,
) -> None:
    """Turn an aligned table into a document, or into what other programs read; take their files back.

    PATH is an aligned TSV, TMX, XLIFF 1.2, JSON Lines, hunalign's or Vecalign's ladder, or one side of a
    Moses pair; - is an aligned TSV on standard input. An output whose ending is that of no table format
    (.txt, .md) is the clean English as a document, paragraphs and headings as in the original.

    \b
    aligntool convert talk.tsv -o talk.txt           the clean English
    aligntool convert talk.tsv -o talk.xlf           for a translator's editor
    aligntool convert talk.xlf --into talk.tsv -o new.tsv    and back again
    aligntool convert talk.tsv -o talk.html          a page to read and send
    aligntool convert talk.tsv -o talk --to moses    talk.nl and talk.en
    aligntool convert talk.nl --with talk.en --from moses -o talk.tsv    and back again
    aligntool convert talk.ladder --with nl.txt --with en.txt -o talk.tsv
    """  # noqa: D301 - the backspace is click's mark for lines not to be filled
    if column and target:
        raise click.UsageError("--column writes a document, --to a table: give one of the two")
    table = _read(path, source, encoding, others)
    if into:
        table = _merged(into, table)
    form = None if column else _form(output, target, into)
    for place, content in _contents(table, form, output, column or "tgt", force=force).items():
        _write(place, content, force=force)


def _read(path: Path, chosen: str, encoding: str, others: tuple[Path, ...] = ()) -> "Table":
    from aligntool.fileformats import table_format
    from aligntool.files import read_text

    form = table_format(path.name, chosen, writing=False)
    form = form or table_format(path.name, "tsv", writing=False)
    assert form is not None
    if form.combine and (others or not form.read):
        return form.combine([(str(one), read_text(one, encoding)) for one in (path, *others)])
    if others or not form.read:
        raise InputError(f"{form.name} is one file", "leave --with out, or name the format: --from moses")
    return form.read(read_text(path, encoding), str(path))


def _merged(into: Path, back: "Table") -> "Table":
    """The table at ``into`` with the edits; every row that did not match is named."""
    from aligntool.codec import merge

    base = _read(into, "", "utf-8")
    merged, complaints = merge(base, back)
    for complaint in complaints:
        say(complaint)
    changed = sum(one != other for one, other in zip(base.rows, merged.rows, strict=True))
    say(f"{changed} of {len(base.rows)} rows changed, {len(complaints)} did not match")
    return merged


def _form(output: Path, chosen: str, into: Path | None) -> "TableFormat | None":
    from aligntool.fileformats import table_format

    found = table_format(output.name, chosen, writing=True)
    # Edits taken up in a table are a table again, also on standard output.
    return found or (table_format(output.name, "tsv", writing=True) if into else None)


def _contents(
    table: "Table", form: "TableFormat | None", output: Path, column: str, *, force: bool
) -> dict[Path, str]:
    """What to write where; what the format cannot hold is said, and no file in the way is touched."""
    from aligntool import outputs
    from aligntool.layout import assemble

    if form is None:
        return {output: assemble(table.rows, column)}
    places = outputs.contents(table, form, output, force=force)
    for remark in outputs.remarks(table, form):
        say(remark)
    return places


def _write(place: Path, content: str, *, force: bool) -> None:
    from aligntool.files import write_text

    if not content:
        raise InputError("there is nothing to write: no text in any row", "try --column src")
    write_text(place, content, force=force)
