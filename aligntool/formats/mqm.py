"""The error tables that Marot and the WMT's MQM campaigns use: a line an error, spans in ``<v>``."""

import json
import re
from collections.abc import Iterator

from aligntool.codec import TableFormat
from aligntool.records import Category, Flag
from aligntool.table import Row, Table, cell, parse_flags, unpack

__all__ = ["PLUGIN"]

_COLUMNS = (
    "system doc docSegId globalSegId rater source target category severity metadata".split()  # noqa: SIM905 - as in the format's own page
)
# The names of Freitag et al. 2021 (doi:10.1162/tacl_a_00437), by which Marot weighs; ours go into metadata.
_CATEGORIES: dict[Category, str] = {
    "calque": "Accuracy/Mistranslation",
    "false-friend": "Accuracy/Mistranslation",
    "untranslated": "Accuracy/Untranslated text",
    "agreement": "Fluency/Grammar",
    "grammar": "Fluency/Grammar",
    "named-entity": "Accuracy/Mistranslation",
    "casing": "Fluency/Spelling",
    "spelling": "Fluency/Spelling",
    "spacing": "Fluency/Punctuation",
    "punctuation": "Fluency/Punctuation",
    "residue": "Accuracy/Addition",
    "number": "Accuracy/Mistranslation",
    "accuracy": "Accuracy/Mistranslation",
}
_CLEAN = "no-error"
_RATER = "aligntool"
_GIVEN = "given"
_LITERAL = re.compile(r"<(/?v)>")


def _write(table: Table) -> str:
    """A line a flag, and one for every row without any; the target is what the flags were found in."""
    lines = ["\t".join(_COLUMNS)]
    lines += (
        "\t".join(cell(c)[0] for c in cells)
        for number, row in enumerate(table.rows, 1)
        for cells in _lines(row, number)
    )
    return "\n".join(lines) + "\n"


def _lines(row: Row, number: int) -> Iterator[tuple[str, ...]]:
    system = str(unpack(row.data).get("engine", _GIVEN))
    doc = f"{row.doc}:{row.src_lang}-{row.tgt_lang}"
    place = (system, doc, row.id.removeprefix(f"{row.doc}:"), str(number), _RATER)
    for flag in parse_flags(row):
        source, target = _texts(row, flag)
        found = (_CATEGORIES[flag.category], flag.severity.capitalize(), _metadata(row, flag))
        yield (*place, source, target, *found)
    if not row.flags:
        yield (*place, *_texts(row, None), _CLEAN, _CLEAN, _metadata(row, None))


def _texts(row: Row, flag: Flag | None) -> tuple[str, str]:
    """Source and target, the flag's span marked; machine English without an original is a target alone."""
    if not row.mt and row.src_lang == row.tgt_lang:
        return "", _marked(row.src, flag)
    if flag and flag.side == "given":
        return _safe(row.src), _marked(row.tgt, flag)
    target = row.mt or row.tgt
    if flag and (flag.side == "source" or not row.mt):
        return _marked(row.src, flag), _safe(target)
    return _safe(row.src), _marked(target, flag)


def _marked(text: str, flag: Flag | None) -> str:
    start, end = flag.span if flag else (0, 0)
    # A span that no longer quotes the text would mark something else: better none.
    if not flag or text[start:end] != flag.text:
        return _safe(text)
    return f"{_safe(text[:start])}<v>{_safe(flag.text)}</v>{_safe(text[end:])}"


def _safe(text: str) -> str:
    """Text whose own ``<v>`` cannot be taken for a mark."""
    return _LITERAL.sub(r"&lt;\1&gt;", text)


def _metadata(row: Row, flag: Flag | None) -> str:
    data: dict[str, object] = {}
    if flag:
        data |= {
            "marked_text": flag.text,
            "note": flag.message,
            "check": flag.check,
            "category": flag.category,
        }
        data |= {"confidence": round(flag.confidence, 3), "fix": flag.fix, "evidence": dict(flag.evidence)}
    if row.tgt != (row.mt or row.src) and (row.mt or row.src_lang == row.tgt_lang):
        data["corrected_translation"] = row.tgt
    return json.dumps(data, ensure_ascii=False)


PLUGIN = TableFormat(
    "mqm",
    (".mqm.tsv", ".mqm"),
    "MQM errors for Marot: a line a flag, its span in <v>",
    None,
    _write,
    frozenset({"id", "doc", "src_lang", "tgt_lang", "src", "mt", "tgt", "flags", "data"}),
)
