"""The shelf: where translation packages stand, which of them serve a pair, and the starter package."""

import atexit
import errno
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, reduce
from pathlib import Path

from aligntool import plugins
from aligntool.errors import ModelError, OutputError
from aligntool.packages import Package, describe, digest, read_package, unpack
from aligntool.translation import Engine, EngineKind, EngineOptions, Relay

__all__ = [
    "STAGING",
    "Resolution",
    "broken",
    "disk_trouble",
    "find_route",
    "installed",
    "open_engine",
    "packages_folder",
    "resolve",
    "setting",
    "starter_folder",
    "starters",
]

STAGING = ".aligntool-"
"""Beginning of the names of folders in which packages are made ready; they are never taken for packages."""

_STARTERS = Path(__file__).parent / "data" / "models"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which packages serve a pair.

    Attributes:
        packages: One package, or a chain of them by way of other languages.
        starter: Whether the small package that aligntool brings along is among them.
        note: What to tell the user once; empty when there is nothing to tell.
    """

    packages: tuple[Package, ...]
    starter: bool
    note: str


def _home() -> Path:
    return Path(os.environ["SNAP_USER_DATA"]) if "SNAP" in os.environ else Path.home()


def setting(name: str, default: str) -> str:
    """A setting of Argos Translate: from the environment, else its ``settings.json``, else the default."""
    if name in os.environ:
        return os.environ[name]
    folder = Path(os.getenv("XDG_CONFIG_HOME", str(_home() / ".config"))) / "argos-translate"
    try:
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return default
    value = settings.get(name) if isinstance(settings, dict) else None
    return default if value is None else str(value)


def packages_folder() -> Path:
    """The folder where Argos Translate keeps its packages; it need not exist."""
    data = Path(os.getenv("XDG_DATA_HOME", str(_home() / ".local" / "share"))) / "argos-translate"
    return Path(setting("ARGOS_PACKAGES_DIR", str(data / "packages")))


def _folders() -> Iterator[Path]:
    """Every folder that Argos Translate searches: its own, then those a snap brings."""
    yield packages_folder()
    if "SNAP" in os.environ:
        custom = Path(os.environ["SNAP"]) / "snap_custom"
        yield custom / "packages"
        with suppress(OSError):
            yield from sorted((custom / "content_snap_packages").iterdir())


def _standing() -> Iterator[tuple[Path, Package | ModelError]]:
    """Every folder on the shelf, with the package in it or what is wrong with it."""
    for folder in _folders():
        with suppress(OSError):
            for path in sorted(path for path in folder.iterdir() if path.is_dir()):
                if not path.name.startswith(STAGING):
                    try:
                        yield path, read_package(path)
                    except ModelError as error:
                        yield path, error


def installed() -> list[Package]:
    """Usable translation packages on the shelf, sorted by pair, the newest version of a pair first."""
    found = [package for _, package in _standing() if isinstance(package, Package)]
    newest_first = sorted(found, key=lambda package: package.rank, reverse=True)
    return sorted(newest_first, key=lambda package: package.pair)


def broken() -> list[tuple[Path, ModelError]]:
    """Folders on the shelf that hold no usable translation package, and why."""
    return [(path, error) for path, error in _standing() if isinstance(error, ModelError)]


@contextmanager
def disk_trouble(where: Path | str) -> Iterator[None]:
    """Turn what the operating system refuses into an error that says where and what to do.

    Raises:
        OutputError: Something could not be written there.
    """
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of our own output has gone; no disk has to do with it
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        hint = "the disk is full: free some space and run again" if full else "check its permissions"
        raise OutputError(f"{where} cannot be written: {error.strerror or error}", hint) from error


def find_route(source: str, target: str, packages: Sequence[Package]) -> list[Package]:
    """The shortest chain of packages from one language to another: a direct one where there is one.

    Args:
        source: Language to translate from.
        target: Language to translate into.
        packages: What there is to choose from; of a pair the first is taken.

    Returns:
        The packages in the order of use; empty when there is no way.
    """
    queue: deque[list[Package]] = deque([[]])
    seen = {source}
    while queue:
        route = queue.popleft()
        at = route[-1].target if route else source
        for package in packages:
            if package.source == at and package.target == target:
                return [*route, package]
            if package.source == at and package.target not in seen:
                seen.add(package.target)
                queue.append([*route, package])
    return []


def resolve(source: str, target: str) -> Resolution:
    """The packages that serve a pair: installed ones, directly or in a chain, else the starter package.

    Raises:
        ModelError: There is no way from one language to the other; the hint is the command that makes one.
    """
    route = find_route(source, target, installed())
    own = [] if route else starters()
    route = route or find_route(source, target, [*installed(), *own])
    if not route:
        raise ModelError(
            f"no installed package translates from {source} to {target}",
            f"aligntool models install {source} {target}",
        )
    small = [package for package in route if package in own]
    notes = [
        f"using the small starter package for {one.pair}; a full one translates much better: "
        f"aligntool models install {one.source} {one.target}"
        for one in small
    ]
    if len(route) > 1:
        notes.append(f"translating by way of {', '.join(package.target for package in route[:-1])}")
    packages = tuple(starter_folder(package) if package in own else package for package in route)
    return Resolution(packages, bool(small), "; ".join(notes))


def open_engine(resolution: Resolution, options: EngineOptions, engine: str = "ctranslate") -> Engine:
    """Load the engine for what `resolve` found; a chain becomes one engine, sentence by sentence.

    Raises:
        ModelError: A package cannot be loaded.
    """
    kind: EngineKind = plugins.load("engines", engine)
    paths = [package.path for package in resolution.packages if package.path]
    hops = [kind.open(path, options) for path in paths]
    return reduce(Relay, hops)


def starters() -> list[Package]:
    """The packages that aligntool brings along, still in their archives (their ``origin``)."""
    found = []
    for archive in sorted(_STARTERS.glob("*.argosmodel")):
        with zipfile.ZipFile(archive) as opened:
            inside = next(name for name in opened.namelist() if name.endswith("/metadata.json"))
            metadata = json.loads(opened.read(inside))
        found.append(replace(describe(metadata, archive.name), origin=str(archive)))
    return found


def starter_folder(package: Package) -> Package:
    """A starter package unpacked: once, into the cache folder, or for this run alone where that is read-only.

    Raises:
        ModelError: The archive is not the one that was built into this version of aligntool.
        OutputError: Neither the cache nor the temporary folder can be written.
    """
    archive = Path(package.origin)
    lines = (_STARTERS / "SHA256SUMS").read_text().splitlines()
    checksum = dict(line.split()[::-1] for line in lines)[archive.name]
    name = f"{archive.stem}-{checksum[:12]}"
    base = Path(os.getenv("XDG_CACHE_HOME") or Path.home() / ".cache") / "aligntool"
    if not _intact(archive, base / name):
        if digest(archive) != checksum:
            raise ModelError(f"the starter package {archive} is damaged", "install aligntool again")
        try:
            _keep(archive, base / name)
        except OSError:
            base = _private_folder()
            if not _intact(archive, base / name):
                with disk_trouble(base):
                    _keep(archive, base / name)
    # The checksum is what says, in a document's key, which package made it: wherever it was unpacked.
    return replace(read_package(next((base / name).iterdir())), sha256=checksum)


def _intact(archive: Path, folder: Path) -> bool:
    """Whether a folder holds just what the archive does, byte for byte (sizes and CRC-32)."""
    with zipfile.ZipFile(archive) as opened, suppress(OSError):
        return all(
            zlib.crc32((folder / info.filename).read_bytes()) == info.CRC
            for info in opened.infolist()
            if not info.is_dir()
        )
    return False


def _keep(archive: Path, folder: Path) -> None:
    """Unpack an archive into a folder that appears whole; another process may be doing the same."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=folder.parent) as room:
        fresh = Path(room) / "new"
        fresh.mkdir()
        unpack(archive, fresh)
        if folder.exists():
            folder.rename(Path(room) / "damaged")
        try:
            fresh.rename(folder)
        except OSError:
            if not _intact(archive, folder):
                raise


@cache
def _private_folder() -> Path:
    """A temporary folder that is removed when the process ends."""
    with disk_trouble("the folder for temporary files"):
        folder = tempfile.mkdtemp(prefix="aligntool-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
