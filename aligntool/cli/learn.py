"""``aligntool learn``: what settled rows teach, as files to look through; nothing is applied."""

from pathlib import Path

import click

from aligntool.cli.console import FORCE, JSON, emit, say

__all__ = ["command"]

_PATH = click.Path(path_type=Path)
_COLUMNS = ("what", "count", "file")


@click.command
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Folder for the proposals.")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Changes a phrase needs.")
@FORCE
@JSON
def command(*, paths: tuple[Path, ...], output: Path, least: int, force: bool, as_json: bool) -> None:
    """Propose lexicon entries, an ignore list and a translation memory from decisions.

    PATHS are aligned TSVs, or folders with them. A phrase that was changed in the same way several times, and
    nearly always where it stood, becomes an entry for --lexicon; a flag that was dismissed and never
    accepted, a line for --ignore; rows accepted or edited, a memory for translate --memory. Look through the
    files, keep what you agree with: nothing uses them before you say so.
    """
    from aligntool import table
    from aligntool.files import read_text, write_text
    from aligntool.review.lessons import ignore_list, learn, lexicon
    from aligntool.review.tables import tables

    rows = [row for path in tables(paths) for row in table.read(read_text(path), str(path)).rows]
    found = learn(rows, least)
    made = {
        "lexicon": (len(found.phrases), output / "lexicon.tsv", lexicon(found.phrases)),
        "ignore": (len(found.dismissals), output / "ignore.tsv", ignore_list(found.dismissals)),
        "memory": (len(found.memory.rows), output / "memory.tsv", table.write(found.memory)),
    }
    for count, place, text in made.values():
        if count:
            write_text(place, text, force=force)
    told = [
        {"what": what, "count": count, "file": str(place) if count else ""}
        for what, (count, place, _) in made.items()
    ]
    emit(told, _COLUMNS, as_json=as_json, schema="learn")
    if not any(count for count, _, _ in made.values()):
        say("nothing was learnt: no row is decided yet, or nothing was changed twice in the same way")
