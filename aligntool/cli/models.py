"""``aligntool models``: the shelf of translation packages. The only command that touches the network."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aligntool.cli.console import JSON, emit, say
from aligntool.errors import ModelError

if TYPE_CHECKING:
    from aligntool.packages import Package
    from aligntool.shelf import Change

__all__ = ["command"]

_CODE = re.compile(r"[a-z]{2,3}(?:[-_]\w{2,8})?")
_PAIR = 2
_COLUMNS = ("source", "target", "version", "kind", "size", "path")
_DRY_RUN = click.option("-n", "--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


@click.group(name="models")
def command() -> None:
    """List, install and remove translation packages (Argos format).

    Packages that Argos Translate installed are seen here, and the other way round. Nothing else that
    aligntool does ever touches the network.
    """


def _row(package: "Package", kind: str) -> dict[str, Any]:
    """What is known of a package, for a table or JSON; sizes in bytes."""
    files = [path for path in package.path.rglob("*") if path.is_file()] if package.path else []
    return {
        "source": package.source,
        "target": package.target,
        "source_name": package.source_name,
        "target_name": package.target_name,
        "version": package.version,
        "kind": kind,
        "size": sum(path.stat().st_size for path in files) or None,
        "path": str(package.path or ""),
        "origin": package.origin,
        "sha256": package.sha256,
        "links": list(package.links),
    }


def _starters() -> list[dict[str, Any]]:
    """The packages that aligntool brings along, as they lie in their archives."""
    from aligntool import models
    from aligntool.packages import digest

    rows = []
    for package in models.starters():
        archive = Path(package.origin)
        known = {"path": str(archive), "size": archive.stat().st_size, "sha256": digest(archive)}
        rows.append({**_row(package, "starter"), **known})
    return rows


@command.command("list")
@JSON
def list_(as_json: bool) -> None:
    """Show the packages that stand on the shelf, and the starter packages."""
    from aligntool import models

    rows = [_row(package, "installed") for package in models.installed()]
    rows += _starters()
    emit(rows, _COLUMNS, as_json=as_json, schema="models")
    for path, error in models.broken():
        say(f"passed over {path}: {error.message}")


@command.command()
@click.argument("source", required=False)
@click.argument("target", required=False)
@JSON
def available(source: str | None, target: str | None, as_json: bool) -> None:
    """Show what the index offers, from SOURCE and to TARGET where these are given.

    The index is that of Argos Translate, or what ARGOS_PACKAGE_INDEX names.
    """
    from aligntool import downloads

    offers = [
        _row(package, "on offer")
        for package in downloads.available()
        if source in {None, package.source} and target in {None, package.target}
    ]
    emit(
        offers,
        ("source", "target", "source_name", "target_name", "version"),
        as_json=as_json,
        schema="models",
    )


@command.command()
@click.argument("what", nargs=-1, required=True)
@click.option("--sha256", "checksum", default="", help="Checksum that the one thing to install must have.")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
@_DRY_RUN
@JSON
def install(what: tuple[str, ...], checksum: str, quiet: bool, dry_run: bool, as_json: bool) -> None:
    """Install packages: from files, from addresses, or a pair from the index.

    \b
    aligntool models install nl en
    aligntool models install ~/Downloads/translate-nl_en-1_8.argosmodel
    aligntool models install https://example.org/translate-nl_en-1_8.argosmodel
    """  # noqa: D301 - the backspace is click's mark for lines not to be filled
    from aligntool import shelf

    wanted = _wanted(what)
    if checksum and len(wanted) > 1:
        raise ModelError("--sha256 is for one package, not several", "install them one by one")
    if dry_run:
        _announce(wanted)
        return
    changes = []
    with shelf.staging() as room:
        for addresses in wanted:
            archive = _archive(addresses, room, checksum, quiet=quiet)
            origin = addresses[0] if archive.is_relative_to(room) else ""
            changes.append(shelf.install(archive, room, origin))
            _tell(changes[-1], "installed")
    emit([_row(c.package, "installed") for c in changes], _COLUMNS, as_json=as_json, schema="models")


def _wanted(what: Sequence[str]) -> list[tuple[str, ...]]:
    """Files and addresses to install: a package a tuple, the tuple its addresses or its one file."""
    from aligntool import downloads

    pair = len(what) == _PAIR and all(_CODE.fullmatch(w) and not Path(w).exists() for w in what)
    return [downloads.offer(*what).links] if pair else [(one,) for one in what]


def _archive(addresses: tuple[str, ...], room: Path, checksum: str, *, quiet: bool) -> Path:
    """The archive as a file, downloaded where it is not one, its checksum compared."""
    from aligntool import downloads
    from aligntool.packages import digest

    if downloads.is_address(addresses[0]):
        return downloads.fetch(addresses, room, checksum, quiet=quiet)
    path = Path(addresses[0])
    if checksum and path.is_file() and digest(path) != checksum.lower():
        raise ModelError(f"{path} has sha256 {digest(path)}, not {checksum}", "do not use it; find out why")
    return path


def _announce(wanted: Iterable[tuple[str, ...]]) -> None:
    """Say what installing would do; files are looked into, nothing is downloaded."""
    from aligntool import downloads, shelf

    for addresses in wanted:
        if downloads.is_address(addresses[0]):
            say(f"would download and install {addresses[0]}")
        else:
            _tell(shelf.inspect(Path(addresses[0])), "would install")


def _tell(change: "Change", verb: str) -> None:
    place = "".join(f", in the place of {old.pair} {old.version} ({old.path})" for old in change.replaced)
    say(f"{verb} {change.package.pair} {change.package.version}{place}")


def _named(name: Sequence[str], *, required: bool = True) -> list["Package"]:
    """Installed packages by pair (``nl en`` or ``nl-en``) or by the name of their folder.

    Raises:
        ModelError: There is none, and one is required.
    """
    from aligntool import models

    wanted = "-".join(name)
    found = [one for one in models.installed() if one.path and wanted in {one.pair, one.path.name}]
    if required and not found:
        raise ModelError(f"no package {wanted} is installed", "see what is: aligntool models list")
    return found


@command.command()
@click.argument("name", nargs=-1, required=True)
@_DRY_RUN
def remove(name: tuple[str, ...], dry_run: bool) -> None:
    """Remove the packages of a pair (nl en), or the one in the folder NAME."""
    from aligntool import shelf

    packages = _named(name)
    if not dry_run:
        with shelf.staging() as room:
            shelf.remove(packages, room)
    for package in packages:
        say(f"{'would remove' if dry_run else 'removed'} {package.pair} {package.version} ({package.path})")


@command.command()
@click.argument("name", nargs=-1, required=True)
@JSON
def info(name: tuple[str, ...], as_json: bool) -> None:
    """Show everything about a package: a pair (nl en), a folder name, or an .argosmodel file."""
    from aligntool import shelf

    file, wanted = Path(name[0]), "-".join(name)
    if len(name) == 1 and file.suffix == ".argosmodel":
        known = {"path": str(file), "size": file.stat().st_size if file.is_file() else None}
        rows = [{**_row(shelf.inspect(file).package, "file"), **known}]
    else:
        rows = [row for row in _starters() if wanted == f"{row['source']}-{row['target']}"]
        rows = [_row(package, "installed") for package in _named(name, required=not rows)] + rows
    if as_json:
        emit(rows, (), as_json=True, schema="models")
        return
    emit(
        [{"field": key, "value": value} for row in rows for key, value in row.items() if value],
        ("field", "value"),
        as_json=False,
        schema="models",
    )
