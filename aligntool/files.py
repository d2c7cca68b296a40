"""Bytes to text and back: encodings, ``-`` for standard streams, files that appear whole or not at all."""

import codecs
import errno
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import resources
from pathlib import Path

from aligntool.errors import InputError, OutputError
from aligntool.listings import Listing

__all__ = [
    "atomic_write",
    "read_bytes",
    "read_glossary",
    "read_table",
    "read_text",
    "sweep",
    "walk",
    "write_text",
]

STDIO = Path("-")
_TEMPORARY = ".aligntool-"
_HOST = os.uname().nodename
_DAY = 86400


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """The file's text, byte order mark removed, line ends as they are.

    Args:
        path: A file, or ``-`` for standard input.
        encoding: Any codec Python knows.

    Raises:
        InputError: It is missing, a folder, empty, binary, or not in that encoding (line and byte are named).
    """
    data = read_bytes(path)
    try:
        wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
        if not wide and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise InputError(f"{path} is UTF-16, not {encoding}", "name the encoding: --encoding utf-16")
        if not wide and b"\0" in data:
            raise InputError(f"{path} is a binary file, not text", "convert it to plain text first")
        text = data.decode(encoding).removeprefix("\ufeff")
    except LookupError as error:
        raise InputError(f"unknown encoding {encoding}", "try utf-8, cp1252 or latin-1") from error
    except UnicodeError as error:
        raise InputError(
            f"{path} is not valid {encoding}: {_where(data, error)}",
            "name the encoding it is in, for instance --encoding cp1252",
        ) from error
    if not text.strip():
        raise InputError(f"{path} is empty", "give a file with text in it")
    return text


def _where(data: bytes, error: UnicodeError) -> str:
    """Line and byte (both from 1) of what cannot be decoded, as far as the codec tells."""
    if not isinstance(error, UnicodeDecodeError):
        return str(error)
    line = data.count(b"\n", 0, error.start) + 1
    return f"line {line}, byte {error.start + 1} of the file ({error.reason})"


def read_bytes(path: Path) -> bytes:
    """What is in a file, or comes in where the path is ``-``.

    Raises:
        InputError: It cannot be read.
    """
    if path == STDIO:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist", "check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder, not a file", "name a file in it") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "check its permissions") from error


def walk(paths: Iterable[Path]) -> list[tuple[Path, Path]]:
    """Every file named or found below a named folder, with its path relative to what was named.

    Hidden files and folders below a named folder are passed over; the order is that of the names, so that a
    run does not depend on the file system.

    Returns:
        Pairs of (file, name relative to the folder it was found in).

    Raises:
        InputError: A path does not exist, or a folder holds no file.
    """
    found: list[tuple[Path, Path]] = []
    for path in paths:
        # Not only files: the shell's <(command) is a pipe.
        if path == STDIO or (_exists(path) and not path.is_dir()):
            found.append((path, Path(path.name)))
            continue
        if not path.is_dir():
            raise InputError(f"{path} does not exist", "check the path")
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        if not inside:
            raise InputError(f"{path} holds no files", "put text files into it")
        found += [(p, p.relative_to(path)) for p in inside]
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "check its permissions") from error


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def atomic_write(path: Path, data: bytes | str) -> None:
    """Write the whole file or leave what was there: a temporary file beside it, fsync, rename.

    A link stays a link: the file it points to is replaced. What is no file (a pipe, ``/dev/null``) is
    written to.

    Args:
        path: Where it shall appear; missing folders are made.
        data: Its content; text is written as UTF-8, line ends untouched.

    Raises:
        OutputError: The folder cannot be written, or the disk is full. Nothing is left behind.
    """
    raw = _encoded(path, data)
    temporary = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(raw)
            return
        place = Path(os.path.realpath(path)) if path.is_symlink() else path
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f"{_TEMPORARY}{_HOST}-{os.getpid()}-", dir=place.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(place))
        Path(temporary).replace(place)
        _sync_folder(place.parent)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}", _advice(error)) from error
    finally:
        # Also when interrupted; after the rename there is nothing of that name any more.
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()


def _encoded(path: Path, data: bytes | str) -> bytes:
    if isinstance(data, bytes):
        return data
    try:
        return data.encode("utf-8")
    except UnicodeEncodeError as error:
        raise OutputError(
            f"{path} cannot be written: {data[error.start]!r} is half a character, which UTF-8 cannot hold",
            "mend it where it comes from, a data cell perhaps",
        ) from error


def _mode(path: Path) -> int:
    """Permissions of the file it replaces; of a new file, what the umask leaves."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may undo the rename. Some file systems refuse to sync folders.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _advice(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "the disk is full: free some space and run again; finished documents are kept"
    return "choose another place with -o"


def sweep(folder: Path) -> None:
    """Remove temporary files that killed runs left in the folder.

    Those of running processes stay, on this machine and, for a day, on others that share the folder.
    """
    for path in folder.glob(f"{_TEMPORARY}*"):
        host, _, rest = path.name.removeprefix(_TEMPORARY).rpartition("-")[0].rpartition("-")
        with suppress(OSError):
            dead = host == _HOST and rest.isdecimal() and not _runs(int(rest))
            if dead or time.time() - path.stat().st_mtime > _DAY:
                path.unlink()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's process
    return True


def write_text(path: Path, text: str | bytes, *, force: bool = True) -> None:
    """Write text to a file (whole or not at all) or, for ``-``, to standard output.

    Args:
        path: Where to.
        text: What; bytes as they are.
        force: Whether a file that stands there may be overwritten.

    Raises:
        OutputError: It cannot be written, or stands there already and ``force`` is not given.
    """
    if not force and path != STDIO and path.is_file():
        raise OutputError(f"{path} exists", "choose another name, or use --force")
    if path == STDIO:
        raw = _encoded(path, text)
        try:
            sys.stdout.buffer.write(raw)
            sys.stdout.flush()
        except BrokenPipeError:
            raise  # the reader has gone: no error
        except OSError as error:
            raise OutputError(
                f"standard output cannot be written: {error.strerror}", _advice(error)
            ) from error
    else:
        atomic_write(path, text)


def read_glossary(path: Path) -> tuple[tuple[str, str], ...]:
    """A user's glossary: a term, a tab and its rendering on each line; ``#`` begins a remark.

    Raises:
        InputError: A line does not hold exactly two cells; it is named.
    """
    pairs = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 2 or not all(cells):  # noqa: PLR2004 - term and rendering
            raise InputError(f"{path}, line {number}: {line!r} is no term, tab, rendering", "mend the line")
        pairs.append((cells[0], cells[1]))
    return tuple(pairs)


@cache
def read_table(name: str) -> Listing:
    """A lexicon table of the package.

    Args:
        name: The stem of a TSV file in ``aligntool/data``, which may be packed (``.tsv.xz``).

    Raises:
        InputError: A row has more cells than the table has columns.
    """
    plain = resources.files("aligntool") / "data" / f"{name}.tsv"
    packed = resources.files("aligntool") / "data" / f"{name}.tsv.xz"
    data = plain.read_bytes() if plain.is_file() else lzma.decompress(packed.read_bytes())
    try:
        # Line by line: in one string, a single rare character would widen all others.
        return Listing.parsed(line.decode("utf-8") for line in data.split(b"\n"))
    except ValueError as error:
        raise InputError(f"lexicon {name}: {error}", "mend the line, or install aligntool again") from error
