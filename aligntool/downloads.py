"""The one door to the network: an index of packages, and fetching a package. Opened by ``models`` alone."""

import json
import re
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from aligntool.errors import ModelError
from aligntool.models import find_route, setting
from aligntool.packages import Package, describe

__all__ = ["available", "fetch", "index_address", "is_address", "offer"]

_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
_AGENT = "aligntool"
_TIMEOUT = 30.0  # seconds without a byte
_CHUNK = 1 << 18
_MOST_INDEX, _MOST_PACKAGE = 32 << 20, 4 << 30
_OFFLINE = "check the network, or install from a file: aligntool models install FILE.argosmodel"


def is_address(text: str) -> bool:
    """Whether it is the address of something on the web."""
    return urlsplit(text).scheme in {"http", "https"}


def index_address() -> str:
    """Address of the package index: ``ARGOS_PACKAGE_INDEX`` (a folder or a .json file), else Argos's own."""
    base = setting("ARGOS_PACKAGE_INDEX", _INDEX)
    if base.endswith(".json"):
        return base
    return f"{base.rstrip('/')}/index.json"


def _open(address: str) -> HTTPResponse:
    if not is_address(address):
        raise ModelError(f"{address} is no http or https address", _OFFLINE)
    try:
        response: HTTPResponse = urlopen(  # noqa: S310 - http and https alone get here
            Request(address, headers={"User-Agent": _AGENT}),  # noqa: S310 - the same
            timeout=_TIMEOUT,
        )
    except HTTPError as error:
        raise ModelError(f"{address} answers {error.code} {error.reason}", _OFFLINE) from error
    except (URLError, OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise ModelError(f"{address} cannot be reached: {reason}", _OFFLINE) from error
    return response


def available() -> list[Package]:
    """Translation packages that the index offers, sorted by pair, the newest version of a pair first.

    Raises:
        ModelError: The index cannot be reached or is no JSON list.
    """
    address = index_address()
    with closing(_open(address)) as response:
        try:
            entries = json.loads(response.read(_MOST_INDEX))
        except (ValueError, OSError, HTTPException, RecursionError) as error:
            raise ModelError(f"the index at {address} cannot be read: {error}", _OFFLINE) from error
    if not isinstance(entries, list):
        raise ModelError(f"the index at {address} is no list of packages", _OFFLINE)
    found = [package for entry in entries for package in _described(entry)]
    newest_first = sorted(found, key=lambda package: package.rank, reverse=True)
    return sorted(newest_first, key=lambda package: package.pair)


def _described(entry: Any) -> list[Package]:  # noqa: ANN401 - whatever JSON held
    """The package of an index entry; none where it is of another kind or malformed."""
    try:
        package = describe(entry, "the index")
    except ModelError:
        return []
    return [package] if package.links else []


def offer(source: str, target: str) -> Package:
    """The newest package that the index offers for a pair.

    Raises:
        ModelError: There is none; where two of them make the way, the hint is the commands for both.
    """
    packages = available()
    route = find_route(source, target, packages)
    if len(route) == 1:
        return route[0]
    commands = " && ".join(f"aligntool models install {hop.source} {hop.target}" for hop in route)
    raise ModelError(
        f"the index at {index_address()} has no package from {source} to {target}",
        commands or "see what there is: aligntool models available",
    )


def fetch(addresses: Sequence[str], into: Path, checksum: str = "", *, quiet: bool = False) -> Path:
    """Download a package from the first address that gives it whole.

    Args:
        addresses: Where it can be had.
        into: Folder to put it in; a part of a file never stays there.
        checksum: SHA-256 it must have; empty where none is known.
        quiet: No progress bar even on a terminal.

    Returns:
        The file.

    Raises:
        ModelError: No address gave the whole file; the last failure is told.
        OutputError: The disk is full.
    """
    failure = ModelError("the package has no address to download it from", _OFFLINE)
    for address in addresses:
        name = re.sub(r"[^\w.-]", "_", Path(urlsplit(address).path).name) or "package"
        try:
            return _saved(address, into / f"fetched-{name}", checksum, quiet=quiet)
        except ModelError as error:
            failure = error
    raise failure


def _saved(address: str, target: Path, checksum: str, *, quiet: bool) -> Path:
    part = target.with_name(f"{target.name}.part")
    try:
        with closing(_open(address)) as response:
            expected = int(response.headers.get("Content-Length") or -1)
            size, found = _copy(response, part, expected, quiet=quiet)
        if expected not in {-1, size}:
            raise ModelError(f"{address} broke off after {size} of {expected} bytes", "run the command again")
        if checksum and found != checksum.lower():
            raise ModelError(f"{address} has sha256 {found}, not {checksum}", "do not use it; find out why")
        return part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _copy(response: HTTPResponse, part: Path, expected: int, *, quiet: bool) -> tuple[int, str]:
    """Write what comes to a file; returns its size and SHA-256."""
    from tqdm import tqdm  # noqa: PLC0415 - only a download pays for it

    seen, size = sha256(), 0
    total = expected if expected > 0 else None
    hidden = True if quiet else None
    with part.open("wb") as sink, tqdm(total=total, unit="B", unit_scale=True, disable=hidden) as bar:
        while block := _read(response, size):
            sink.write(block)
            seen.update(block)
            size += len(block)
            bar.update(len(block))
            if size > _MOST_PACKAGE:
                raise ModelError("the download is larger than any package", "check the address")
    return size, seen.hexdigest()


def _read(response: HTTPResponse, size: int) -> bytes:
    try:
        return response.read(_CHUNK)
    except (TimeoutError, ConnectionError, HTTPException) as error:
        raise ModelError(
            f"the download broke off after {size} bytes: {error}", "run the command again"
        ) from error
