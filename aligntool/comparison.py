"""Two files, tables or folders read as versions of documents, and compared."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from aligntool import pipeline
from aligntool.edits import Ignore
from aligntool.errors import InputError
from aligntool.fileformats import format_for, table_format
from aligntool.files import STDIO, read_text, walk
from aligntool.pipeline import Settings
from aligntool.records import Document, Segment
from aligntool.revisions import Comparison, Version, revise
from aligntool.table import Row, Table, unpack

__all__ = ["Reading", "Versions", "collected", "compared", "rows_of", "versions"]

Versions = dict[str, Version]
"""Versions by the name of their document."""

_NONE = Version(Document("und"))
# A text of at least this many sentences, of which fewer than this share is alike, is another document.
_ENOUGH, _SHARE, _LIKE = 5, 0.1, 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """How the two versions are read.

    Attributes:
        columns: The column of the old table to compare, and that of the new.
        form: Name of the document format; empty to choose by file name.
        lang: Their language; empty to detect it.
        encoding: Of the files.
        ignore: What makes no difference.
    """

    columns: tuple[str, str] = ("tgt", "tgt")
    form: str = ""
    lang: str = ""
    encoding: str = "utf-8"
    ignore: Ignore = ""


def compared(
    old: Path, new: Path | None, reading: Reading, say: Callable[[str], None]
) -> Iterator[Comparison]:
    """Every document of two versions, compared.

    Args:
        old: A text, a table, or a folder of them.
        new: The same, another version; None for the two columns of one table.
        reading: How to read them.
        say: Told what is not as expected: documents that are in one version only, or have little in common.

    Raises:
        InputError: One of them cannot be read, has no such column, or the two do not go together.
    """
    if new is None:
        new, table = old, _table(old, reading)
        if table is None:
            raise InputError(f"{old} is no table with two columns to compare", "name a second file")
        left, right = (_of_table(table, column, old) for column in reading.columns)
        pairs = _paired(left, right, (f"{old}:{reading.columns[0]}", f"{old}:{reading.columns[1]}"), say)
    elif old.is_dir() != new.is_dir():
        folder, file = (old, new) if old.is_dir() else (new, old)
        raise InputError(f"{folder} is a folder and {file} is not", "compare two files or two folders")
    else:
        pairs = _folders(old, new, reading, say) if old.is_dir() else _files(old, new, reading, say)
    for name, one, other in pairs:
        found = revise(name, one or _NONE, other or _NONE, reading.ignore)
        yield replace(found, missing="" if one and other else "new" if one else "old")
        if one and other and _is_another(found):
            say(f"{name}: the two versions have little in common; are they the same document?")


def _is_another(found: Comparison) -> bool:
    sizes = [len(version.document.segments) for version in (found.old, found.new)]
    like = sum(r.new.size and (r.block > 0 or r.likeness >= _LIKE) for r in found.revisions)
    return min(sizes) >= _ENOUGH and like < _SHARE * sizes[0] and not found.old.keys


def _folders(
    old: Path, new: Path, reading: Reading, say: Callable[[str], None]
) -> Iterator[tuple[str, Version | None, Version | None]]:
    sides = [{str(name): path for path, name in walk([folder]) if _is_known(path)} for folder in (old, new)]
    for name in sorted(set(sides[0]) | set(sides[1])):
        paths = [side.get(name) for side in sides]
        if paths[0] and paths[1]:
            for document, one, other in _files(paths[0], paths[1], reading, say):
                yield _inside(name, document), one, other
            continue
        at = 0 if paths[0] else 1
        (path,) = (path for path in paths if path)
        say(f"{name} is only in {(old, new)[at]}")
        for document, version in versions(path, reading.columns[at], reading).items():
            shown = _inside(name, document)
            yield (shown, version, None) if at == 0 else (shown, None, version)


def _inside(file: str, document: str) -> str:
    """What a document of a folder is called: two files may hold documents of one name."""
    return file if document == Path(file).stem else f"{file}: {document}"


def _is_known(path: Path) -> bool:
    table = table_format(path.name, writing=False)
    return bool(path.suffix and (table or format_for(path.name)))


def _files(
    old: Path, new: Path, reading: Reading, say: Callable[[str], None]
) -> Iterator[tuple[str, Version | None, Version | None]]:
    if STDIO == old == new:
        raise InputError("standard input cannot be both versions", "name a file for one of them")
    left = versions(old, reading.columns[0], reading)
    lang = next((one.document.lang for one in left.values() if one.document.lang != "und"), "")
    right = versions(new, reading.columns[1], replace(reading, lang=reading.lang or lang))
    if len(left) == len(right) == 1 and not any(v.ids for v in (*left.values(), *right.values())):
        ((name, one),), ((_, other),) = left.items(), right.items()
        return iter([(name, one, other)])
    return _paired(left, right, (str(old), str(new)), say)


def _paired(
    left: Versions, right: Versions, names: tuple[str, str], say: Callable[[str], None]
) -> Iterator[tuple[str, Version | None, Version | None]]:
    """Documents by name; one left over on each side are compared all the same."""
    gone, come = [n for n in left if n not in right], [n for n in right if n not in left]
    other = dict(zip(gone, come, strict=True)) if len(gone) == len(come) == 1 else {}
    for one, two in other.items():
        say(f"{one} in {names[0]} and {two} in {names[1]} are different documents; compared all the same")
    for name, version in left.items():
        if name in right or name in other:
            yield name, version, right[other.get(name, name)]
        else:
            say(f"{name} is only in {names[0]}")
            yield name, version, None
    for name in come if not other else ():
        say(f"{name} is only in {names[1]}")
        yield name, None, right[name]


def versions(path: Path, column: str, reading: Reading) -> Versions:
    """The documents of a file, by name: those of a table, or the one that a text is.

    Args:
        path: A table or a text; an empty file, as git gives for one that does not exist, holds nothing.
        column: Column of a table.
        reading: How to read it.

    Raises:
        InputError: It cannot be read, or has no such column.
    """
    if str(path) == os.devnull:
        return {}
    table = _table(path, reading)
    if table is not None:
        return _of_table(table, column, path)
    return {"stdin" if path == STDIO else path.stem: _of_text(path.name, _text(path, reading), reading)}


def collected(path: Path, column: str, reading: Reading) -> Versions:
    """The documents of a file or of all files of a folder, by name.

    Raises:
        InputError: One of them cannot be read, or has no such column.
    """
    if not path.is_dir():
        return versions(path, column, reading)
    return {
        _inside(str(name), document): one
        for file, name in walk([path])
        if _is_known(file)
        for document, one in versions(file, column, reading).items()
    }


def rows_of(path: Path, encoding: str = "utf-8") -> tuple[Row, ...]:
    """The rows of a table.

    Raises:
        InputError: It is no table, or a broken one.
    """
    table = _table(path, Reading(encoding=encoding))
    if table is None:
        raise InputError(f"{path} is no table that aligntool knows by its ending", "name a .tsv file")
    return table.rows


def _text(path: Path, reading: Reading) -> str:
    empty = path.is_file() and not path.stat().st_size
    return "" if empty else read_text(path, reading.encoding)


def _table(path: Path, reading: Reading) -> Table | None:
    form = table_format(path.name, writing=False)
    if form is None or form.read is None or reading.form:
        return None
    text = _text(path, reading)
    return form.read(text, str(path)) if text else Table(())


def _of_table(table: Table, column: str, path: Path) -> Versions:
    if column not in table.columns:
        raise InputError(f"{path} has no column {column}", f"it has: {' '.join(table.columns)}")
    documents: dict[str, list[Row]] = {}
    for row in table.rows:
        # Decisions for sentences that are gone are no part of the text.
        if row.src_ids or row.tgt_ids or not row.flags.startswith("conflict "):
            documents.setdefault(row.doc, []).append(row)
    return {name: _of_rows(rows, column) for name, rows in documents.items()}


def _of_rows(rows: list[Row], column: str) -> Version:
    # Where the document itself is machine-made English, that is what the machine made.
    shown = "src" if column == "mt" and not any(row.mt for row in rows) else column
    texts = [str(getattr(row, shown) if hasattr(row, shown) else dict(row.extra)[shown]) for row in rows]
    leads = [str(unpack(row.data).get("lead", " " * bool(n))) for n, row in enumerate(rows)]
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        text = row.src or row.mt
        keys.append(f"{text}\0{seen[text]}")
        seen[text] += 1
    lang = rows[0].src_lang if shown == "src" else rows[0].tgt_lang
    document = Document(lang or "und", tuple(map(Segment, texts, leads)))
    original = any(row.mt for row in rows) and shown != "src"
    source = (
        Document(rows[0].src_lang, tuple(map(Segment, (r.src for r in rows), leads))) if original else None
    )
    return Version(document, tuple(row.id for row in rows), tuple(keys), source)


def _of_text(name: str, text: str, reading: Reading) -> Version:
    return Version(pipeline.segmented(name, text, Settings(source=reading.lang, format=reading.form)))
