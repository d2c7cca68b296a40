"""Showing things: a table on a terminal, TSV in a pipe, JSON when asked; talk and progress on stderr."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from aligntool.records import SEVERITIES
from aligntool.table import cell

if TYPE_CHECKING:
    from tqdm import tqdm

__all__ = [
    "ENCODING",
    "FAIL_ON",
    "FORCE",
    "JSON",
    "LEVEL",
    "OUTPUT",
    "Bar",
    "emit",
    "interactive",
    "say",
    "stop_if",
]

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of a table.")
LEVEL = click.option(
    "--level",
    type=click.Choice(["strict", "normal", "thorough"]),
    default="normal",
    show_default=True,
    help="How much to flag: what is nearly always wrong, what usually is, what may be.",
)
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="never",
    show_default=True,
    help="Exit with 1 when a flag is at least this severe.",
)
OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    show_default=True,
    help="File to write; - is standard output.",
)
ENCODING = click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the input.")
FORCE = click.option("--force", is_flag=True, help="Overwrite files that aligntool did not write.")
_GAP = "  "
_FINDINGS = 1


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
    lines = [[cell(_shown(row.get(c)))[0] for c in columns] for row in rows]
    if not interactive():
        click.echo("\n".join("\t".join(line) for line in [list(columns), *lines]))
        return
    widths = [max(len(line[i]) for line in [list(columns), *lines]) for i in range(len(columns))]
    click.echo(click.style(_padded(columns, widths), bold=True))
    for line in lines:
        click.echo(_padded(line, widths))


def _shown(value: Any) -> str:  # noqa: ANN401 - any cell
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _padded(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return _GAP.join(_pad(text, width) for text, width in pairs).rstrip()


def _pad(text: str, width: int) -> str:
    return text.rjust(width) if text.replace(".", "").isdigit() else text.ljust(width)


def stop_if(severities: Iterable[str], limit: str) -> None:
    """Exit with 1 when one of the findings is at least as severe as the limit."""
    order: tuple[str, ...] = SEVERITIES
    if limit != "never" and any(order.index(s) >= order.index(limit) for s in severities):
        sys.exit(_FINDINGS)


class Bar:
    """A progress bar on stderr, there only while a person looks at it."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def expect(self, total: int) -> None:
        """Say how much there is to do; nothing is shown for nothing."""
        from tqdm import tqdm

        if total:
            self._bar = tqdm(total=total, unit=self._unit, file=sys.stderr, disable=None, smoothing=0.05)

    def advance(self, count: int) -> None:
        """Say how much of it is done more."""
        if self._bar is not None:
            self._bar.update(count)
