"""Showing things: a table on a terminal, TSV in a pipe, JSON when asked; talk and progress on stderr."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from aligntool.table import cell

__all__ = ["JSON", "emit", "interactive", "say"]

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of a table.")
_GAP = "  "


def interactive() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def say(message: str) -> None:
    """Talk: to stderr, so that data on stdout stays clean."""
    click.echo(message, err=True)


def emit(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool, schema: str) -> None:
    """Print records in the form the reader can use.

    Args:
        rows: The records; cells are printed with ``str``.
        columns: What to show and in which order; JSON shows every key.
        as_json: Print ``{"schema": "<schema>/1", "rows": [...]}``.
        schema: Name of the record kind, for JSON readers.
    """
    if as_json:
        click.echo(json.dumps({"schema": f"{schema}/1", "rows": list(rows)}, ensure_ascii=False, indent=1))
        return
    lines = [[cell(str(row.get(c, "")))[0] for c in columns] for row in rows]
    if not interactive():
        click.echo("\n".join("\t".join(line) for line in [list(columns), *lines]))
        return
    widths = [max(len(line[i]) for line in [list(columns), *lines]) for i in range(len(columns))]
    click.echo(click.style(_padded(columns, widths), bold=True))
    for line in lines:
        click.echo(_padded(line, widths))


def _padded(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return _GAP.join(_pad(text, width) for text, width in pairs).rstrip()


def _pad(text: str, width: int) -> str:
    return text.rjust(width) if text.replace(".", "").isdigit() else text.ljust(width)
