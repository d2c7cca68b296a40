"""``aligntool bench``: measure, beside peers, floors and the stored baseline."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from aligntool.cli.console import JSON, emit, say

__all__ = ["command"]

_COLUMNS = ("suite", "item", "measure", "value", "stored", "change")


@click.command
@click.argument("suites", nargs=-1)
@click.option(
    "--shared",
    type=click.Path(path_type=Path),
    default=Path("../shared"),
    show_default=True,
    help="Folder of measuring material (it is not part of the project).",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    default=Path("docs/bench.tsv"),
    show_default=True,
    help="Figures to compare with.",
)
@click.option("--wide", is_flag=True, help="An item a row, a measure a column; no comparison.")
@click.option("--save", is_flag=True, help="Put what is measured into the baseline.")
@JSON
def command(
    *, suites: tuple[str, ...], shared: Path, baseline: Path, wide: bool, save: bool, as_json: bool
) -> None:
    """Run benchmark SUITES (all when none is named) and compare with the stored figures.

    A part of a suite is named behind a stroke: align/mac-dev, flags/strict, splitting/novel.
    """
    from aligntool.bench import suites as known
    from aligntool.files import read_text, write_text

    wanted = [name.partition("/")[::2] for name in suites or known.SUITES]
    unknown = [name for name, _ in wanted if name not in known.SUITES]
    if unknown:
        raise click.UsageError(f"no suite {unknown[0]}; there are: {', '.join(known.SUITES)}")
    before = known.stored(read_text(baseline)) if baseline.exists() else {}
    after = dict(before)
    rows = []
    for name, part in wanted:
        say(f"measuring {name} {part}".rstrip() + " …")
        for one in known.measure(name, shared, part):
            key = (one.suite, one.item, one.measure)
            after[key] = one.value
            old = before.get(key)
            change = "" if old is None else f"{one.value - old:+.4g}"
            rows.append(dict(zip(_COLUMNS, (*key, float(f"{one.value:.4g}"), old, change), strict=True)))
    if wide:
        rows = _wide(rows)
    emit(rows, tuple(rows[0]) if wide and rows else _COLUMNS, as_json=as_json, schema="bench")
    if save:
        write_text(baseline, known.baseline(after))


def _wide(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row an item; a measure that an item lacks is empty."""
    measures = dict.fromkeys(row["measure"] for row in rows)
    items: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = {"suite": row["suite"], "item": row["item"]}
        empty = key | dict.fromkeys(measures)
        items.setdefault((row["suite"], row["item"]), empty)[row["measure"]] = row["value"]
    return list(items.values())
