"""``aligntool convert``: an aligned TSV as a text again."""

from pathlib import Path

import click

from aligntool.cli.console import FORCE, OUTPUT

__all__ = ["command"]


@click.command
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@OUTPUT
@click.option(
    "--column",
    type=click.Choice(["src", "mt", "tgt"]),
    default="tgt",
    show_default=True,
    help="Which text: the original, the machine's, or the clean English.",
)
@FORCE
def command(*, path: Path, output: Path, column: str, force: bool) -> None:
    """Write one column of an aligned TSV as a document, paragraphs and headings as in the original.

    PATH is an aligned TSV or - for standard input.
    """
    from aligntool import table
    from aligntool.files import read_text, write_text
    from aligntool.layout import assemble

    rows = table.read(read_text(path), str(path)).rows
    write_text(output, assemble(rows, column), force=force)
