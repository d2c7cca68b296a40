"""``aligntool clean``: apply the fixes that are sure; show the rest with ``aligntool flag``."""

from pathlib import Path

import click

from aligntool.cli.checking import DICTIONARY, IGNORE, LEXICON, MT_FROM, extras
from aligntool.cli.console import ENCODING, FORCE, JSON, LEVEL, OUTPUT, emit, say
from aligntool.flags import Level

__all__ = ["command"]


@click.command
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@OUTPUT
@LEVEL
@LEXICON
@DICTIONARY
@IGNORE
@MT_FROM
@ENCODING
@FORCE
@click.option("--dry-run", is_flag=True, help="List the fixes that would be applied; write nothing.")
@JSON
def command(
    *,
    path: Path,
    output: Path,
    level: Level,
    lexicons: tuple[Path, ...],
    dictionaries: tuple[Path, ...],
    ignore: Path | None,
    mt_from: str,
    encoding: str,
    force: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the English with every sure fix applied; what needs a person's word stays as it is.

    PATH is a text file or - for standard input. The input is never changed in place.
    """
    from aligntool import runners
    from aligntool.files import write_text
    from aligntool.layout import places

    ((_, checked),) = runners.flagged(
        [path], level, encoding, extras(lexicons, ignore, dictionaries, mt_from)
    )
    applied = places(checked.bitext.target, checked.applied)
    if dry_run or as_json:
        emit(applied, ("line", "column", "check", "text", "fix", "message"), as_json=as_json, schema="fixes")
    if not dry_run and not (as_json and output == Path("-")):
        write_text(output, str(checked.clean), force=force)
    aside = sum(flag.category == "residue" for flag in checked.applied)
    if aside:
        say(f"{aside} lines or pieces of a web page set aside (--dry-run lists them)")
    if checked.silenced:
        say(f"{len(checked.silenced)} flags silenced by the ignore list")
    say(f"{len(applied)} of {len(checked.flags)} flags fixed; aligntool flag {path} shows them all")
