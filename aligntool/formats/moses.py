"""Two plain files, line n beside line n: what Moses and OPUS call a parallel corpus."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from aligntool.codec import TableFormat
from aligntool.errors import InputError
from aligntool.languages import tag
from aligntool.table import Row, Table, cell

__all__ = ["PLUGIN"]


def _write(table: Table) -> Mapping[str, str]:
    """The originals and the clean English by language; a line a row on both sides, empty ones included.

    Raises:
        InputError: The rows are not all of one pair of two languages.
    """
    pairs = sorted({(row.src_lang, row.tgt_lang) for row in table.rows})
    if len(pairs) != 1:
        listed = ", ".join(f"{source}-{target}" for source, target in pairs) or "none"
        raise InputError(f"two files hold one language pair, not these: {listed}", "split the table first")
    ((source, target),) = pairs
    if source == target or not source or not target:
        raise InputError(
            f"the two files would both be called {source or target}: the table is in one language",
            "write one column instead: --column tgt",
        )
    return {
        f".{source}": _lines(tuple(row.src for row in table.rows)),
        f".{target}": _lines(tuple(row.tgt for row in table.rows)),
    }


def _lines(texts: tuple[str, ...]) -> str:
    """A line a text, and never more: one stray line break would shift all that follow."""
    content = "".join(f"{cell(text)[0]}\n" for text in texts)
    assert content.count("\n") == len(texts)
    return content


def _remarks(table: Table) -> tuple[str, ...]:
    halves = sum(not row.src or not row.tgt for row in table.rows)
    return (f"rows with an empty side, which are an empty line there: {halves}",) if halves else ()


def _combine(files: Sequence[tuple[str, str]]) -> Table:
    """A row a line; an empty line on one side is a sentence without a counterpart.

    Raises:
        InputError: Not two files, or not equally many lines in both.
    """
    if len(files) != 2:  # noqa: PLR2004 - a pair
        raise InputError("two files are a pair", "name the other one too: NAME.nl --with NAME.en")
    (name, _), (other, _) = files
    left, right = (content.removesuffix("\n").split("\n") for _, content in files)
    if len(left) != len(right):
        raise InputError(
            f"{name} has {len(left)} lines, {other} {len(right)}", "line n must stand beside line n"
        )
    doc, langs = PurePath(name).stem, (_language(name), _language(other))
    rows = (
        _row(doc, number, langs, tuple(cell(text.strip())[0] for text in pair))
        for number, pair in enumerate(zip(left, right, strict=True), 1)
    )
    return Table(tuple(rows))


def _row(doc: str, number: int, langs: tuple[str, str], texts: tuple[str, ...]) -> Row:
    source, target = texts
    blank = not (source or target)  # an empty line on both sides is a line of both
    return Row(
        id=f"{doc}:{number}",
        doc=doc,
        src_lang=langs[0],
        tgt_lang=langs[1],
        src_ids=str(number) if source or blank else "",
        tgt_ids=str(number) if target or blank else "",
        src=source,
        tgt=target,
    )


def _language(name: str) -> str:
    """The language a file's ending names; ``und`` where it names none."""
    try:
        return tag(PurePath(name).suffix.removeprefix("."))
    except InputError:
        return "und"


PLUGIN = TableFormat(
    "moses",
    (),
    "two files, a line a row: NAME.nl and NAME.en",
    None,
    _write,
    frozenset({"src", "tgt", "src_lang", "tgt_lang"}),
    _remarks,
    _combine,
)
