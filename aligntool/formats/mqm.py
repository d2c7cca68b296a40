"""The error tables that Marot and the WMT's MQM campaigns use: a line an error, spans in ``<v>``."""

import json
import re
from collections.abc import Iterator
from typing import cast

from aligntool.codec import TableFormat, unused
from aligntool.errors import InputError
from aligntool.records import CATEGORIES, Category, Flag, Severity, Side, Span
from aligntool.table import Row, Table, cell, details, format_flags, made, pack, parse_flags, unpack

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


# Headers of older files of the same campaigns.
_ALIASES = {"doc_id": "docSegId", "seg_id": "globalSegId", "segment_id": "docSegId"}
_NEEDED = ("system", "doc", "source", "target", "category", "severity")
_FOUND: tuple[tuple[str, Category], ...] = (
    ("untranslated", "untranslated"),
    ("accuracy", "accuracy"),
    ("grammar", "grammar"),
    ("spelling", "spelling"),
    ("punctuation", "punctuation"),
    ("terminology", "false-friend"),
)
_PAIR = re.compile(r"(?P<doc>.*):(?P<src>[a-z]{2,3}(?:-[A-Z]\w+)?)-(?P<tgt>[a-z]{2,3}(?:-[A-Z]\w+)?)")
_ESCAPED = re.compile(r"&lt;(/?v)&gt;")
_Line = dict[str, str]


def _read(text: str, name: str) -> Table:
    """A row a segment of a document and system, a flag a line; a corrected translation is the clean one."""
    head, *lines = (line.removesuffix("\r") for line in text.removesuffix("\n").split("\n"))
    columns = [_ALIASES.get(column, column) for column in head.split("\t")]
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise InputError(
            f"{name} holds no MQM errors: no column {', '.join(missing)}", f"as in: {' '.join(_COLUMNS)}"
        )
    groups: dict[tuple[str, ...], list[_Line]] = {}
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise InputError(f"{name}, line {number}: more cells than columns", "the format knows no quoting")
        one = dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True))
        place = (
            one["doc"],
            one["system"],
            one.get("docSegId", ""),
            _plain(one["source"]),
            _plain(one["target"]),
        )
        groups.setdefault(place, []).append(one)
    several = len({system for _, system, *_ in groups}) > 1
    taken: set[str] = set()
    return Table(tuple(_row(some, several=several, taken=taken) for some in groups.values()))


def _plain(text: str) -> str:
    """The text without marks; its own ``<v>`` as it was."""
    return _ESCAPED.sub(r"<\1>", _LITERAL.sub("", text))


def _row(lines: list[_Line], *, several: bool, taken: set[str]) -> Row:
    first = lines[0]
    pair = _PAIR.fullmatch(first["doc"])
    doc, langs = (pair["doc"], (pair["src"], pair["tgt"])) if pair else (first["doc"], ("und", "und"))
    doc = f"{doc}.{first['system']}" if several else doc
    number = first.get("docSegId", "") or str(len(taken) + 1)
    source, target = _plain(first["source"]), _plain(first["target"])
    # Machine English without an original is a target alone.
    alone = not source and langs[0] == langs[1]
    flags = [flag for line in lines if line["category"].lower() != _CLEAN and (flag := _found(line))]
    told = [unpack(line.get("metadata", "")) for line in lines]
    tgt = next(
        (str(t) for one in reversed(told) if (t := one.get("corrected_translation")) is not None), target
    )
    data: dict[str, object] = {"made": made(tgt)} | ({"flags": details(flags)} if flags else {})
    if first["system"] not in {"", _GIVEN}:
        data["engine"] = first["system"]
    return Row(
        id=unused(f"{doc}:{number}", taken),
        doc=doc,
        src_lang=langs[0],
        tgt_lang=langs[1],
        src_ids=number if source or alone else "",
        tgt_ids=number if target else "",
        src=target if alone else source,
        mt="" if alone else target,
        tgt=cell(tgt)[0],
        score="1.000",
        flags=format_flags(flags),
        data=pack(data),
    )


def _found(line: _Line) -> Flag | None:
    """The error a line tells of; what a rater says of it is its message."""
    more = unpack(line.get("metadata", ""))
    side: Side = "source" if "<v>" in line["source"] else "target"
    before, marked, after = _parts(line["source" if side == "source" else "target"])
    start = len(before) if marked or after else 0
    category = more.get("category")
    named = next((own for part, own in _FOUND if part in line["category"].lower()), "accuracy")
    evidence = {str(k): str(v) for k, v in dict(more.get("evidence") or {}).items()}
    rater = line.get("rater", "")
    fix = more.get("fix")
    return Flag(
        check=re.sub(r"[^\w.-]+", "-", str(more.get("check") or "mqm")),
        category=cast("Category", category) if category in CATEGORIES else cast("Category", named),
        segment=0,
        span=Span(start, start + len(marked)),
        text=marked,
        severity=_SEVERITIES.get(line["severity"].lower(), "minor"),
        message=str(more.get("note") or line["category"]),
        confidence=_share(more.get("confidence")),
        fix=str(fix) if fix is not None else None,
        evidence=evidence | ({"rater": rater} if rater not in {"", _RATER} else {}),
        side=side,
    )


def _share(value: object) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else 0.5


def _parts(text: str) -> tuple[str, str, str]:
    """What stands before the first mark, in it and behind it; nothing in it where there is none."""
    before, _, rest = text.partition("<v>")
    marked, _, after = rest.partition("</v>")
    return _plain(before), _plain(marked), _plain(after)


_SEVERITIES: dict[str, Severity] = {"critical": "critical", "major": "major", "minor": "minor"}


PLUGIN = TableFormat(
    "mqm",
    (".mqm.tsv", ".mqm"),
    "MQM errors as Marot and WMT campaigns have them: a line a flag, its span in <v>",
    _read,
    _write,
    frozenset({"id", "doc", "src_lang", "tgt_lang", "src", "mt", "tgt", "flags", "data"}),
)
