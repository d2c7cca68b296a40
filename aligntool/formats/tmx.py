"""TMX 1.4b, what translation memories exchange (LISA OSCAR, 26 April 2005)."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from aligntool.codec import TableFormat, flat, local, markup, parse_xml, tidy
from aligntool.errors import InputError
from aligntool.table import COLUMNS, Row, Table

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["PLUGIN"]

# §4: elements around native codes; words in a <hi> belong to the segment. A <sub> inside a code is a text of
# its own (a footnote, a title), which would break the sentence apart: it is left out with its code.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PROP = "x-aligntool-"
_NATIVE = frozenset({"src", "tgt", "src_lang", "tgt_lang", "note"})
_CARRIED = tuple(column for column in COLUMNS if column not in _NATIVE)
_UNKNOWN = "und"
_HEADER = (
    '<header creationtool="aligntool" creationtoolversion="1" segtype="sentence" o-tmf="aligned TSV" '
    'adminlang="en" srclang="{}" datatype="plaintext"/>'
)


def _write(table: Table) -> str:
    """A unit a row; what TMX has no element for goes into properties, so that nothing known is lost."""
    sources = {row.src_lang or _UNKNOWN for row in table.rows}
    source = markup(sources.pop()) if len(sources) == 1 else "*all*"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        _HEADER.format(source),
        "<body>",
    ]
    for row in table.rows:
        lines += _unit(row)
    return "\n".join([*lines, "</body>", "</tmx>", ""])


def _unit(row: Row) -> Iterator[str]:
    yield "<tu>"
    if row.note:
        yield f"<note>{markup(row.note)}</note>"
    for column in _CARRIED:
        value = getattr(row, column)
        if value or column == "id":
            yield f'<prop type="{_PROP}{column}">{markup(value)}</prop>'
    for lang, text in ((row.src_lang, row.src), (row.tgt_lang, row.tgt)):
        yield f'<tuv xml:lang="{markup(lang or _UNKNOWN)}"><seg>{markup(text)}</seg></tuv>'
    yield "</tu>"


def _read(text: str, name: str) -> Table:
    """Rows from units: ours as they were; of others a row a pair, the unit's source language first."""
    root = parse_xml(text, name)
    if local(root) != "tmx":
        raise InputError(
            f"{name} is not a TMX file: it begins with <{local(root)}>", "name its format: --from"
        )
    header = next((e for e in root if local(e) == "header"), None)
    source = header.get("srclang", "") if header is not None else ""
    doc = PurePath(name).stem
    rows: list[Row] = []
    for unit in (e for e in root.iter() if local(e) == "tu"):
        rows += _rows(unit, source, doc, len(rows))
    return Table(tuple(rows))


def _rows(unit: "Element", source: str, doc: str, count: int) -> Iterator[Row]:
    variants = [(_lang(tuv), _text(tuv)) for tuv in unit if local(tuv) == "tuv"]
    note = "; ".join(filter(None, (tidy(e.text or "") for e in unit if local(e) == "note")))
    props = {e.get("type", ""): tidy(e.text or "") for e in unit if local(e) == "prop"}
    if f"{_PROP}id" in props:
        yield _ours(variants, note, props)
        return
    first = _source(variants, unit.get("srclang") or source)
    others = variants[:first] + variants[first + 1 :]
    for number, (lang, text) in enumerate(others or [(_UNKNOWN, "")] * bool(variants), count + 1):
        source_lang, source_text = variants[first]
        yield Row(
            id=f"{doc}:{number}",
            doc=doc,
            src_lang=_tag(source_lang),
            tgt_lang=_tag(lang),
            src_ids=str(number) if source_text else "",
            tgt_ids=str(number) if text else "",
            src=source_text,
            tgt=text,
            note=note,
        )


def _ours(variants: list[tuple[str, str]], note: str, props: Mapping[str, str]) -> Row:
    """A unit that aligntool wrote; a program may have dropped an empty variant since."""
    cells = {column: props[_PROP + column] for column in _CARRIED if _PROP + column in props}
    (src_lang, src), (tgt_lang, tgt) = [*variants, (_UNKNOWN, ""), (_UNKNOWN, "")][:2]
    return Row(**cells, src_lang=src_lang, tgt_lang=tgt_lang, src=src, tgt=tgt, note=note, extra=())


def _lang(tuv: "Element") -> str:
    # Before TMX 1.3 the attribute was called lang.
    return tuv.get(_LANG) or tuv.get("lang") or _UNKNOWN


def _text(tuv: "Element") -> str:
    return next((flat(e, _CODES) for e in tuv if local(e) == "seg"), "")


def _tag(lang: str) -> str:
    """``EN_us`` as BCP 47 writes it."""
    primary, dash, rest = lang.replace("_", "-").partition("-")
    return primary.lower() + dash + rest


def _source(variants: list[tuple[str, str]], source: str) -> int:
    """Which variant is in the source language; the first where that is not said (``*all*``)."""
    langs = [_tag(lang).lower() for lang, _ in variants]
    wanted = _tag(source).lower()
    primary = [lang.partition("-")[0] for lang in langs]
    if wanted in langs:
        return langs.index(wanted)
    return primary.index(wanted.partition("-")[0]) if wanted.partition("-")[0] in primary else 0


PLUGIN = TableFormat(
    "tmx",
    (".tmx",),
    "TMX 1.4b for translation memories; in other programs' files inline codes are left out",
    _read,
    _write,
    frozenset(COLUMNS),
)
