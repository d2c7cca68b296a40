"""Which translation belongs to which original: two files, or two folders whose files go by one name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NamedTuple

from aligntool.errors import InputError
from aligntool.fileformats import format_for
from aligntool.files import STDIO, walk
from aligntool.languages import tag
from aligntool.plans import Plan

__all__ = ["Match", "Side", "match"]


@dataclass(frozen=True, slots=True)
class Match(Plan):
    """An original (``source``) and its translation in two files, and where their table goes (``target``).

    Attributes:
        given: The file with the translation, ``-`` for standard input.
        langs: Languages that the names of the two files say (``x.nl.txt``); empty where they say none.
        source_mt: A line-parallel translation of the original, made elsewhere.
        target_mt: A line-parallel translation of the translation, back into the original's language.
    """

    given: Path
    langs: tuple[str, str] = ("", "")
    source_mt: Path | None = None
    target_mt: Path | None = None


class Side(NamedTuple):
    """One side of what is to be aligned.

    Attributes:
        path: A file, a folder, or ``-``.
        lang: Language that was named for it; chooses between files that differ in nothing else.
        mt: A line-parallel translation of it, or a folder of them.
    """

    path: Path
    lang: str = ""
    mt: Path | None = None


class _File(NamedTuple):
    path: Path
    lang: str


_Files = Mapping[str, Sequence[_File]]


def match(source: Side, given: Side, out: Path, suffix: str) -> tuple[list[Match], list[str]]:
    """Pair originals with translations, and each pair with its output.

    Args:
        source: The originals.
        given: Their translations: a file beside a file, a folder beside a folder.
        out: A folder, a file (for two files), or ``-``.
        suffix: Ending of the outputs, with the dot.

    Returns:
        The pairs in the order of their names, and a sentence for everything that stays alone.

    Raises:
        InputError: A file beside a folder, the same input twice, or nothing that pairs up.
    """
    folders = source.path.is_dir(), given.path.is_dir()
    if folders[0] != folders[1]:
        raise InputError(
            f"{source.path} and {given.path}: one is a folder, the other is none",
            "name two files or two folders",
        )
    if all(folders):
        return _folders(source, given, out, suffix)
    if source.path == given.path:
        raise InputError(f"{source.path} cannot be both sides", "name the original, then its translation")
    walk([source.path, given.path])  # says what does not exist
    (name, lang), (other, theirs) = (_called(Path(side.path.name)) for side in (source, given))
    name = other if source.path == STDIO else name
    to_file = out == STDIO or (out.suffix and not out.is_dir())
    target = out if to_file else out / f"{name}{suffix}"
    return [Match(source.path, name, target, given.path, (lang, theirs), source.mt, given.mt)], []


def _folders(source: Side, given: Side, out: Path, suffix: str) -> tuple[list[Match], list[str]]:
    if out == STDIO:
        raise InputError("several documents do not fit on standard output", "give a folder: -o aligned/")
    lefts, rights = _inside(source.path), _inside(given.path)
    aids = [_inside(side.mt) if side.mt else {} for side in (source, given)]
    found, remarks = [], []
    for key in sorted({*lefts, *rights}):
        ours = _fitting(rights.get(key, ()), given.lang)
        theirs = _fitting([one for one in lefts.get(key, ()) if one not in ours[:1]], source.lang)
        if len(ours) == len(theirs) == 1:
            (left,), (right,) = theirs, ours
            made = [aid[key][0].path if key in aid else None for aid in aids]
            langs = (left.lang, right.lang)
            found.append(Match(left.path, key, out / f"{key}{suffix}", right.path, langs, made[0], made[1]))
            for side, path in zip((source, given), made, strict=True):
                if side.mt and not path:
                    remarks.append(f"{key}: no translation for it in {side.mt}")
        else:
            remarks.append(_alone([*theirs, *ours]))
    if not found:
        reason = "; ".join(remarks[:3]) or "no documents in them"
        raise InputError(
            f"nothing in {source.path} and {given.path} pairs up: {reason}",
            "partners have one name, a language before the ending apart: x.nl.txt and x.en.txt",
        )
    return found, remarks


def _alone(files: Sequence[_File]) -> str:
    names = list(dict.fromkeys(str(one.path) for one in files))
    why = "it has no partner of that name"
    if len(names) > 1:
        why = "several go by one name; --from and --to choose between x.nl.txt and x.fr.txt"
    return f"left out {', '.join(names)}: {why}"


def _inside(folder: Path) -> _Files:
    """The documents below a folder by what they are called."""
    found: dict[str, list[_File]] = defaultdict(list)
    for path, relative in walk([folder]):
        name, lang = _called(relative)
        if path.suffix and (format_for(path.name) or lang):
            found[name].append(_File(path, lang))
    return found


def _called(path: PurePath) -> tuple[str, str]:
    """What a document is called, its endings apart, and the language that stands among them."""
    inner = path.with_suffix("") if path.suffix and format_for(path.name) else path
    lang = _language(inner.suffix.removeprefix("."))
    if lang:
        return str(inner.with_suffix("")), lang
    return str(path.with_suffix("") if path.name != str(STDIO) else path), ""


def _language(code: str) -> str:
    """The language that a part of a file name stands for; words such as "polish" stand for themselves."""
    short = code.replace("_", "-").partition("-")[0]
    if len(short) in {2, 3}:
        with suppress(InputError):
            return tag(code)
    return ""


def _fitting(files: Iterable[_File], lang: str) -> list[_File]:
    """Those of that language; all where none says so."""
    every = list(files)
    return [one for one in every if lang and one.lang == lang] or every
