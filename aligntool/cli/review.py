"""``aligntool review``: settle every row of aligned tables, in a browser or in a spreadsheet."""

import os
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from aligntool.cli.console import FORCE, JSON, emit, say
from aligntool.errors import AligntoolError, InputError, OutputError, PartialError

__all__ = ["command"]

_PATH = click.Path(path_type=Path)
_LOCAL = "127.0.0.1"


@click.command
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
@click.option("--reviewer", default="", help="Your name: own journal, and written beside your decisions.")
@click.option("--read-only", is_flag=True, help="Only look; nothing can be changed.")
@click.option("--html", type=_PATH, help="Write a page to read and send, and end.")
@click.option("--xlsx", type=_PATH, help="Write a workbook to review in, and end.")
@click.option("--import-xlsx", "back", type=_PATH, help="Take up what was decided in a workbook, and end.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; a free one when not given.")
@click.option("--host", default=_LOCAL, show_default=True, help="Address to listen at.")
@click.option("--expose", is_flag=True, help="Allow --host to be seen from other machines, unencrypted.")
@FORCE
@JSON
def command(
    *,
    paths: tuple[Path, ...],
    no_browser: bool,
    reviewer: str,
    read_only: bool,
    html: Path | None,
    xlsx: Path | None,
    back: Path | None,
    port: int,
    host: str,
    expose: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Review aligned tables: accept, edit or reject rows, settle flags, mend the alignment.

    PATHS are aligned TSVs, or folders with them. A page opens in the browser, from this machine for this
    machine; every decision is on disk at once, in a journal beside the table, and goes into the table with
    Ctrl+S and at the end (Ctrl+C here). What others change in the table meanwhile is taken in row by row.

    \b
    aligntool review aligned/                          every table of a folder
    aligntool review aligned/talk.tsv --reviewer Eva   side by side with Jan
    aligntool review aligned/ --xlsx review.xlsx       in a spreadsheet instead
    aligntool review aligned/ --import-xlsx review.xlsx    and back
    """  # noqa: D301 - the backspace is click's mark for lines not to be filled
    from aligntool.review.tables import tables

    if sum(map(bool, (html, xlsx, back))) > 1:
        raise click.UsageError("--html, --xlsx and --import-xlsx: one at a time")
    found = tables(paths)
    if html or xlsx:
        _write(found, html, xlsx, force=force)
    elif back:
        _take(found, back, reviewer, as_json=as_json)
    else:
        _refuse(host, exposed=expose)
        _serve(found, reviewer, host, port, _opener(no_browser=no_browser), read_only=read_only)


def _refuse(host: str, *, exposed: bool) -> None:
    if host in {_LOCAL, "localhost", "::1"}:
        return
    if not exposed:
        raise InputError(
            f"{host} can be seen from other machines, and nothing would be encrypted",
            "review over ssh -L instead; or add --expose if you know the network",
        )
    say(f"warning: whoever sees the network at {host} can read along; the address below lets one browser in")


def _opener(*, no_browser: bool) -> Callable[[str], None]:
    def opened(address: str) -> None:
        click.echo(address)
        # A browser started from a pipe or without a display would only print to it.
        if not no_browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            webbrowser.open(address)
        say("open the address above (it works once); Ctrl+C ends the review and saves")

    return opened


def _serve(
    paths: Sequence[Path],
    reviewer: str,
    host: str,
    port: int,
    opened: Callable[[str], None],
    *,
    read_only: bool,
) -> None:
    from aligntool.review.desk import Desk

    try:
        from aligntool.review.server import serve
    except ImportError as error:
        raise AligntoolError(
            f"the review page needs {error.name}, which is not installed", "pip install 'aligntool[review]'"
        ) from error
    troubles = serve(
        paths, lambda path: Desk(path, reviewer, read_only=read_only), opened, host=host, port=port
    )
    for trouble in troubles:
        say(f"{trouble.message} ({trouble.hint})")
    if troubles:
        raise OutputError("some files could not be written", "all decisions are in the journals beside them")


def _write(paths: Sequence[Path], html: Path | None, xlsx: Path | None, *, force: bool) -> None:
    from aligntool.files import write_text
    from aligntool.review import exports

    place = html or xlsx
    assert place is not None
    made, remarks = exports.workbook(paths) if xlsx else (exports.page(paths), [])
    write_text(place, made, force=force)
    for remark in remarks:
        say(remark)
    say(f"wrote {place}")


def _take(paths: Sequence[Path], back: Path, reviewer: str, *, as_json: bool) -> None:
    from aligntool.review import exports

    taken = exports.take(paths, back, reviewer)
    for one in taken:
        for complaint in one.complaints:
            say(complaint)
    columns = ("table", "rows", "changed", "not_matched")
    rows = [
        {"table": str(o.path), "rows": o.rows, "changed": o.changed, "not_matched": len(o.complaints)}
        for o in taken
    ]
    emit(rows, columns, as_json=as_json, schema="import")
    if any(one.complaints for one in taken):
        raise PartialError("some rows were not taken up", "each is named above; the others are done")
