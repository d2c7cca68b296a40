"""``aligntool status``: what is still open in aligned tables."""

import sys
from pathlib import Path

import click

from aligntool.cli.console import JSON, emit

__all__ = ["command"]

_OPEN = 1
_COLUMNS = ("document", "rows", "done", "todo", "ok", "edited", "rejected", "flags", "conflicts", "checks")


@click.command
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--fail-on-open", is_flag=True, help="Exit with 1 while a row is undecided or in conflict.")
@JSON
def command(*, paths: tuple[Path, ...], fail_on_open: bool, as_json: bool) -> None:
    """Say how far the review of each document has come, and what is open by check.

    PATHS are aligned TSVs, or folders with them. Counted is what the files say: what a running review has not
    saved yet is still open here. ``flags`` and ``checks`` count flags and rows in rows that are not decided.
    """
    from aligntool.review.tables import standing, tables
    from aligntool.table import STATUSES

    rows = [
        {
            "document": one.document,
            "table": str(path),
            "rows": one.rows,
            "done": f"{(one.rows - one.statuses.get('todo', 0)) / max(one.rows, 1):.0%}",
            **{status: one.statuses.get(status, 0) for status in STATUSES},
            "flags": one.flags,
            "conflicts": one.conflicts,
            "checks": one.checks if as_json else ", ".join(f"{k} {v}" for k, v in one.checks.items()),
        }
        for path in tables(paths)
        for one in standing(path)
    ]
    emit(rows, _COLUMNS, as_json=as_json, schema="status")
    if fail_on_open and any(row["todo"] or row["conflicts"] for row in rows):
        sys.exit(_OPEN)
