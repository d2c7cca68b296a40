"""Two plain files, line n beside line n: what Moses and OPUS call a parallel corpus."""

from collections.abc import Mapping

from aligntool.codec import TableFormat
from aligntool.errors import InputError
from aligntool.table import Table, cell

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


PLUGIN = TableFormat(
    "moses",
    (),
    "two files, a line a row: NAME.nl and NAME.en",
    None,
    _write,
    frozenset({"src", "tgt", "src_lang", "tgt_lang"}),
    _remarks,
)
