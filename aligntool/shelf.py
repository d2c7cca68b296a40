"""Putting packages on the shelf and taking them down: whole or not at all, and never seen half-done."""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from aligntool.errors import ModelError
from aligntool.models import (
    STAGING,
    Resolution,
    disk_trouble,
    installed,
    open_engine,
    packages_folder,
)
from aligntool.packages import RECORD, Package, digest, unpack
from aligntool.translation import EngineOptions

__all__ = ["Change", "inspect", "install", "remove", "staging"]


@dataclass(frozen=True, slots=True)
class Change:
    """What putting a package up did, or would do.

    Attributes:
        package: The new package.
        replaced: Packages for the same pair that it takes the place of.
    """

    package: Package
    replaced: tuple[Package, ...]


@contextmanager
def staging() -> Iterator[Path]:
    """A private folder on the shelf's file system, and the right to change the shelf while it is open.

    It lies beside the packages folder, not in it: Argos Translate fails on any sub-folder that is no package.
    What a killed run left there is put right first.

    Raises:
        ModelError: Another process is changing the shelf.
        OutputError: The shelf cannot be written, or its disk is full.
    """
    shelf = packages_folder()
    with disk_trouble(shelf):
        shelf.mkdir(parents=True, exist_ok=True)
        lock = os.open(shelf, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _recover(shelf)
            with _room(shelf) as room:
                yield room
        except BlockingIOError as error:
            raise ModelError(
                f"another aligntool is changing {shelf}", "wait until it has finished"
            ) from error
        finally:
            os.close(lock)


@contextmanager
def _room(shelf: Path) -> Iterator[Path]:
    """A folder beside the shelf; inside it, marked as no translation package, where that cannot be."""
    outside = os.access(shelf.parent, os.W_OK) and shelf.parent.stat().st_dev == shelf.stat().st_dev
    room = Path(tempfile.mkdtemp(prefix=STAGING, dir=shelf.parent if outside else shelf))
    try:
        if not outside:
            (room / "metadata.json").write_text('{"type": "staging"}', encoding="utf-8")
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _recover(shelf: Path) -> None:
    """Put back what a killed run had taken away to replace it; remove the rest of what it left."""
    for room in [*shelf.parent.glob(f"{STAGING}*"), *shelf.glob(f"{STAGING}*")]:
        for old in (room / "old").glob("*"):
            if not (shelf / old.name).exists():
                old.rename(shelf / old.name)
        shutil.rmtree(room, ignore_errors=True)


def _rivals(package: Package) -> tuple[Package, ...]:
    """Packages of the same pair in the packages folder itself."""
    shelf = packages_folder()
    return tuple(
        one for one in installed() if one.pair == package.pair and one.path and one.path.parent == shelf
    )


def inspect(archive: Path) -> Change:
    """What installing an archive would do; nothing is kept.

    Raises:
        ModelError: It is missing, broken or hostile.
        OutputError: There is no room for temporary files.
    """
    with (
        disk_trouble("the folder for temporary files"),
        tempfile.TemporaryDirectory(prefix="aligntool-") as room,
    ):
        package = _unpacked(archive, Path(room))
        return Change(replace(package, path=None, sha256=digest(archive)), _rivals(package))


def _unpacked(archive: Path, into: Path) -> Package:
    """The package out of its archive, its model tried."""
    if not archive.is_file():
        raise ModelError(f"{archive} does not exist or is no file", "name an .argosmodel file")
    package = unpack(archive, into)
    # Only loading it shows that a model is one, and that this version of CTranslate2 can read it.
    open_engine(Resolution((package,), starter=False, note=""), EngineOptions(threads=1)).decode(["."])
    return package


def install(archive: Path, room: Path, origin: str = "") -> Change:
    """Put the package in an archive on the shelf, in the place of those for the same pair.

    Args:
        archive: The ``.argosmodel`` file.
        room: The folder `staging` gave.
        origin: Where the archive came from, to be recorded with its sha256.

    Raises:
        ModelError: The archive is missing, broken or hostile; the shelf is as it was.
        OSError: The disk is full or cannot be written; the shelf is as it was.
    """
    fresh, old = Path(tempfile.mkdtemp(dir=room)), room / "old"
    package = _unpacked(archive, fresh)
    assert package.path
    noted = replace(package, sha256=digest(archive), origin=origin or str(archive.resolve()))
    record = {"sha256": noted.sha256, "origin": noted.origin}
    (package.path / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    rivals = _rivals(package)
    place = packages_folder() / package.path.name
    old.mkdir(exist_ok=True)
    if place.is_symlink() or place.exists():
        place.rename(old / place.name)
    try:
        package.path.rename(place)
    except OSError:
        if (old / place.name).exists():
            (old / place.name).rename(place)
        raise
    remove([rival for rival in rivals if rival.path != place], room)
    return Change(replace(noted, path=place), rivals)


def remove(packages: Sequence[Package], room: Path) -> None:
    """Take packages down: each is gone at once, never half there.

    Args:
        packages: Installed packages.
        room: The folder `staging` gave.

    Raises:
        OSError: A package cannot be moved away; it stays.
    """
    for package in packages:
        assert package.path
        package.path.rename(Path(tempfile.mkdtemp(prefix="gone-", dir=room)) / package.path.name)
