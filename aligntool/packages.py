"""Argos packages: what one says about itself, and taking one out of its archive without trusting it."""

import json
import re
import shutil
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import Any

from aligntool.errors import ModelError

__all__ = ["RECORD", "Package", "describe", "digest", "read_package", "unpack"]

RECORD = "aligntool.json"
"""File that `aligntool models install` leaves in a package: where it came from and its sha256."""

_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_VERSION_NUMBER = re.compile(r"\d+")
_FOLDER_NAME = re.compile(r"[A-Za-z0-9][\w.+-]*")
_ELSEWHERE = "get the package again, or another one: aligntool models available"

# Real packages hold about ten files of some 100 MB; models hardly compress.
_MOST_FILES, _MOST_BYTES = 2_000, 4 << 30
_MOST_RATIO, _RATIO_FROM = 100, 10 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """A translation package, installed or offered by an index.

    Attributes:
        source: Language it reads, as the package calls it (ISO 639 mostly).
        target: Language it writes.
        source_name: English name of the source language.
        target_name: English name of the target language.
        version: The package's own version.
        path: Folder it is unpacked in; None when it is only on offer.
        links: Addresses it can be downloaded from.
        sha256: Checksum of the archive it came from; empty when nobody recorded one.
        origin: Where it came from; empty when nobody recorded it.
    """

    source: str
    target: str
    source_name: str = ""
    target_name: str = ""
    version: str = ""
    path: Path | None = None
    links: tuple[str, ...] = ()
    sha256: str = ""
    origin: str = ""

    @property
    def pair(self) -> str:
        """Source and target, as in ``nl-en``."""
        return f"{self.source}-{self.target}"

    @property
    def rank(self) -> tuple[int, ...]:
        """Its version as numbers, to compare by."""
        return tuple(map(int, _VERSION_NUMBER.findall(self.version)))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def describe(metadata: Any, where: str) -> Package:  # noqa: ANN401 - whatever JSON held
    """A package from its metadata, checked.

    Args:
        metadata: The content of a ``metadata.json``, or one entry of an index.
        where: What to call it in messages.

    Raises:
        ModelError: It is no object, of another kind than ``translate``, or a field has the wrong type.
    """
    if not isinstance(metadata, dict):
        raise ModelError(f"{where}: the metadata is no JSON object", _ELSEWHERE)
    if metadata.get("type", "translate") != "translate":
        raise ModelError(f"{where} is no translation package but {metadata['type']!r}", _ELSEWHERE)
    source, target = _code(metadata, "from_code", where), _code(metadata, "to_code", where)
    _text(metadata, "target_prefix", where)
    links = metadata.get("links") or []
    if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
        raise ModelError(f"{where}: links is no list of addresses", _ELSEWHERE)
    return Package(
        source,
        target,
        _text(metadata, "from_name", where),
        _text(metadata, "to_name", where),
        _text(metadata, "package_version", where),
        links=tuple(links),
    )


def _code(metadata: Mapping[str, Any], name: str, where: str) -> str:
    code = _text(metadata, name, where)
    if not _CODE.fullmatch(code):
        raise ModelError(f"{where}: {name} is no language code: {code!r}", _ELSEWHERE)
    return code


def _text(metadata: Mapping[str, Any], name: str, where: str) -> str:
    value = metadata.get(name, "")
    if not isinstance(value, str):
        raise ModelError(f"{where}: {name} is no text: {value!r}", _ELSEWHERE)
    return value


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} cannot be read: {error}", _ELSEWHERE) from error


def read_package(folder: Path) -> Package:
    """The package unpacked in a folder.

    Raises:
        ModelError: Metadata, model or subword model is missing or wrong.
    """
    package = describe(_json(folder / "metadata.json"), folder.name)
    if not (folder / "model" / "model.bin").is_file():
        raise ModelError(f"{folder.name} has no model/model.bin", _ELSEWHERE)
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise ModelError(f"{folder.name} has neither sentencepiece.model nor bpe.model", _ELSEWHERE)
    record = _json(folder / RECORD) if (folder / RECORD).is_file() else {}
    noted = {k: v for k, v in record.items() if isinstance(v, str)} if isinstance(record, dict) else {}
    return replace(package, path=folder, sha256=noted.get("sha256", ""), origin=noted.get("origin", ""))


def unpack(archive: Path, into: Path) -> Package:
    """Take a package out of its archive into a folder, trusting nothing the archive says.

    Refused are: paths that leave the folder, links and devices, encrypted or overlapping members, more than
    one root folder, more files or bytes than any package has, and members that swell a hundredfold (Fifield
    2019, "A Better Zip Bomb"). Sizes and checksums are enforced while writing.

    Args:
        archive: The ``.argosmodel`` file.
        into: An empty folder of the caller's, on the file system where the package shall stay.

    Returns:
        The package, its path the root folder that was in the archive.

    Raises:
        ModelError: The archive is broken or hostile, or holds no translation package.
        OSError: The disk is full or cannot be written.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            root = _checked(opened.infolist(), archive)
            for info in opened.infolist():
                _write(opened, info, into)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError) as error:
        raise ModelError(f"{archive.name} is no usable Argos package: {error}", _ELSEWHERE) from error
    return read_package(into / root)


def _checked(members: list[zipfile.ZipInfo], archive: Path) -> str:
    """The one root folder of an archive whose directory is harmless."""
    size = archive.stat().st_size
    for info in members:
        fault = _fault(info)
        if fault:
            raise ModelError(f"{archive.name} is refused: {info.filename!r} {fault}", _ELSEWHERE)
    roots = {PurePosixPath(info.filename).parts[0] for info in members}
    total = sum(info.file_size for info in members)
    if len(members) > _MOST_FILES or total > _MOST_BYTES:
        what = f"{len(members)} files, {total} bytes"
        raise ModelError(f"{archive.name} is refused: larger than any package ({what})", _ELSEWHERE)
    if total > max(_RATIO_FROM, _MOST_RATIO * size):
        raise ModelError(f"{archive.name} is refused: it swells more than a hundredfold", _ELSEWHERE)
    if sum(info.compress_size for info in members) > size:
        raise ModelError(f"{archive.name} is refused: its members overlap", _ELSEWHERE)
    if len({info.filename.casefold() for info in members}) != len(members):
        raise ModelError(f"{archive.name} is refused: a file is in it twice", _ELSEWHERE)
    root = roots.pop() if len(roots) == 1 else ""
    if not _FOLDER_NAME.fullmatch(root) or not any(
        info.filename == f"{root}/metadata.json" for info in members
    ):
        raise ModelError(f"{archive.name} does not hold exactly one folder with a metadata.json", _ELSEWHERE)
    return root


def _fault(info: zipfile.ZipInfo) -> str:
    """What is wrong with a member; empty when nothing is."""
    path = PurePosixPath(info.filename)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if path.is_absolute() or ".." in path.parts or not path.parts or set(info.filename) & set("\\:\0"):
        return "leaves the folder"
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "is a link or a device"
    if info.flag_bits & 1:
        return "is encrypted"
    if info.file_size > max(_RATIO_FROM, _MOST_RATIO * info.compress_size):
        return "swells more than a hundredfold"
    return ""


def _write(opened: zipfile.ZipFile, info: zipfile.ZipInfo, into: Path) -> None:
    """Write one member; its own permissions and dates are not taken over."""
    target = into.joinpath(*PurePosixPath(info.filename).parts)
    if info.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(info) as source, target.open("xb") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
