"""The text ladder of hunalign and LF Aligner: source, target, score; ``~~~`` between joined sentences."""

from pathlib import PurePath

from aligntool.codec import TableFormat
from aligntool.errors import InputError
from aligntool.layout import cuts, sentences
from aligntool.table import COLUMNS, Row, Table, cell, pack

__all__ = ["PLUGIN"]

_JOINT = "~~~"
_APART = "~ ~ ~"  # what becomes of those three signs where they stand in a text
_CELLS = 2
# hunalign's figure is no probability: it may be negative or above 1, so it gets a column of its own.
_SCORE = "hunalign"


def _read(text: str, name: str) -> Table:
    """A row a line; sentences are numbered on both sides. The file does not say its languages."""
    doc = PurePath(name).stem
    lines = text.removesuffix("\n").split("\n") if text else []
    rows: list[Row] = []
    at = (0, 0)
    for number, line in enumerate(lines, 1):
        cells = line.removesuffix("\r").split("\t")
        if len(cells) < _CELLS:
            raise InputError(f"{name}, line {number}: no tab", "a line is: source, target, score, with tabs")
        source, target = (_sentences(cells[0]), _sentences(cells[1]))
        parts = cuts({"src": source, "tgt": target})
        rows.append(
            Row(
                id=f"{doc}:{number}",
                doc=doc,
                src_lang="und",
                tgt_lang="und",
                src_ids=_numbers(at[0], len(source)),
                tgt_ids=_numbers(at[1], len(target)),
                src=" ".join(source),
                tgt=" ".join(target),
                data=pack({"cuts": parts} if parts else {}),
                extra=((_SCORE, cell(" ".join(cells[_CELLS:]))[0]),),
            )
        )
        at = (at[0] + len(source), at[1] + len(target))
    return Table(tuple(rows), (*COLUMNS, _SCORE))


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell(text)[0].split(_JOINT) if part.strip())


def _numbers(start: int, count: int) -> str:
    return ",".join(str(start + i) for i in range(1, count + 1))


def _write(table: Table) -> str:
    """A line a row; the score is hunalign's own where it made the table, else the confidence."""
    return "".join(
        f"{_side(row, 'src')}\t{_side(row, 'tgt')}\t{cell(dict(row.extra).get(_SCORE, row.score))[0]}\n"
        for row in table.rows
    )


def _side(row: Row, column: str) -> str:
    texts = (cell(text)[0].replace(_JOINT, _APART) for text in sentences(row, column))
    return f" {_JOINT} ".join(texts)


def _remarks(table: Table) -> tuple[str, ...]:
    held = sum(_JOINT in row.src or _JOINT in row.tgt for row in table.rows)
    return (f"rows whose text has {_JOINT} in it, written {_APART}: {held}",) if held else ()


PLUGIN = TableFormat(
    "hunalign",
    (".hunalign",),
    "hunalign's text ladder, LF Aligner's tables: joined sentences stay apart",
    _read,
    _write,
    frozenset({"src_ids", "tgt_ids", "src", "tgt", "score"}),
    _remarks,
)
