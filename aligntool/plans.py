"""What a run reads and where it writes, settled before anything is done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligntool.errors import InputError
from aligntool.fileformats import endings, format_for
from aligntool.files import STDIO, walk

__all__ = ["Plan", "called", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run reads and where it writes.

    Attributes:
        source: The file to read, ``-`` for standard input.
        name: What the document is called in rows and messages.
        target: The file to write, ``-`` for standard output.
    """

    source: Path
    name: str
    target: Path


def called(path: Path) -> str:
    """What a file is called in messages; its ending chooses the format."""
    return "standard input" if path == STDIO else path.name


def plan(paths: Iterable[Path], out: Path, suffix: str) -> tuple[list[Plan], list[Path]]:
    """Pair each input with its output; two inputs never share one.

    Args:
        paths: Files and folders.
        out: A folder, a file (when there is one input that is no folder), or ``-``.
        suffix: Ending of the outputs, with the dot.

    Returns:
        The plans, and the files of named folders that no format knows.

    Raises:
        InputError: Nothing to read, or several inputs for one output file.
    """
    given = list(paths)
    named = {path for path in given if not path.is_dir()}
    found: list[tuple[Path, Path]] = []
    unknown: list[Path] = []
    for path, relative in walk(given):
        if path in named or (path.suffix and format_for(path.name)):
            found.append((path, relative))
        else:
            unknown.append(path)
    if not found:
        raise InputError(
            f"no document in {', '.join(map(str, given))}", f"known endings: {' '.join(endings())}"
        )
    single = len(found) == 1 and found[0][0] in named and not out.is_dir()
    if single and (out == STDIO or out.suffix):
        path, relative = found[0]
        return [Plan(path, "stdin" if path == STDIO else relative.stem, out)], unknown
    if out == STDIO:
        raise InputError("several documents do not fit on standard output", "give a folder: -o aligned/")
    names = _names([relative for _, relative in found])
    pairs = zip(found, names, strict=True)
    return [Plan(path, name, out / f"{name}{suffix}") for (path, _), name in pairs], unknown


def _names(relatives: Sequence[Path]) -> list[str]:
    """What the documents are called: without their endings, except where two would be called the same."""
    stems = [str(relative.with_suffix("")) for relative in relatives]
    shared = Counter(stems)
    names = [s if shared[s] == 1 else str(r) for s, r in zip(stems, relatives, strict=True)]
    twice, times = Counter(names).most_common(1)[0]
    if times > 1:
        raise InputError(f"two inputs are called {twice}", "translate the two folders one at a time")
    return names
