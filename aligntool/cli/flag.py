"""``aligntool flag``: what is wrong in machine-made English, where, why, and what would mend it."""

from pathlib import Path

import click

from aligntool.cli.checking import DICTIONARY, IGNORE, LEXICON, MT_FROM, extras, summary
from aligntool.cli.console import ENCODING, FAIL_ON, JSON, LEVEL, emit, interactive, stop_if
from aligntool.flags import Level

__all__ = ["command"]

_ALL = ("file", "start", "end", "line", "column", "text", "check", "category", "severity", "confidence")
_COLUMNS = (*_ALL, "message", "evidence", "fix")
_SHORT = ("file", "line", "column", "severity", "check", "text", "fix", "message")


@click.command
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@LEVEL
@FAIL_ON
@LEXICON
@DICTIONARY
@IGNORE
@MT_FROM
@ENCODING
@JSON
def command(
    *,
    paths: tuple[Path, ...],
    level: Level,
    fail_on: str,
    lexicons: tuple[Path, ...],
    dictionaries: tuple[Path, ...],
    ignore: Path | None,
    mt_from: str,
    encoding: str,
    as_json: bool,
) -> None:
    """Mark what machine translation left behind in English texts, with the reason and a suggestion.

    PATHS are text files, folders, or - for standard input. Offsets count code points of the file's text.
    """
    from aligntool import runners
    from aligntool.layout import places

    found, every = [], []
    for name, checked in runners.flagged(
        paths, level, encoding, extras(lexicons, ignore, dictionaries, mt_from)
    ):
        found += [{"file": name, **place} for place in places(checked.bitext.target, checked.flags)]
        every.append(checked)
    emit(found, _SHORT if interactive() else _COLUMNS, as_json=as_json, schema="flags")
    summary(every)
    stop_if((str(flag["severity"]) for flag in found), fail_on)
