"""XLIFF 1.2, what translators' editors open and give back (OASIS Standard, 1 February 2008)."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

from aligntool.codec import TableFormat, flat, local, markup, parse_xml, tidy, unused
from aligntool.errors import InputError
from aligntool.records import Flag
from aligntool.table import COLUMNS, STATUSES, Row, Table, parse_flags

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["PLUGIN"]

# §2.4: elements that stand for, or hold, native codes; words in <g> and <mrk> belong to the text.
_CODES = frozenset({"bpt", "ept", "it", "ph", "x", "bx", "ex"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "x-aligntool-"
_TOOL = "aligntool"
_NATIVE = frozenset({"id", "doc", "src", "tgt", "mt", "src_lang", "tgt_lang", "status", "note"})
_CARRIED = tuple(column for column in COLUMNS if column not in _NATIVE)
_UNKNOWN = "und"
# xsd:language, and the narrower type that the schema has for target-language.
_VALID = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_TARGET = re.compile(r"[a-zA-Z]{2}(-[a-zA-Z]{1,8})*")
_STATES = {
    "todo": ' state="needs-review-translation" state-qualifier="leveraged-mt"',
    "ok": ' state="signed-off"',
    "edited": ' state="translated"',
    "rejected": ' state="needs-review-translation" state-qualifier="rejected-inaccurate"',
}
_DONE = {"signed-off": "ok", "final": "ok", "translated": "edited"}


def _write(table: Table) -> str:
    """A file element a run of rows of one document; what XLIFF has no element for goes into contexts."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">',
    ]
    groups = groupby(table.rows, lambda row: (row.doc, row.src_lang, row.tgt_lang))
    files = [
        line for (doc, source, target), rows in groups for line in _file(doc, source, target, tuple(rows))
    ]
    # The schema asks for one file element at least.
    return "\n".join([*lines, *(files or _file("", "", "", ())), "</xliff>", ""])


def _file(doc: str, source: str, target: str, rows: tuple[Row, ...]) -> Iterator[str]:
    known = f' target-language="{target}"' if _TARGET.fullmatch(target) else ""
    yield (
        f'<file original="{markup(doc)}" source-language="{_language(source)}"{known} datatype="plaintext" '
        'xml:space="preserve">'
    )
    yield "<body>"
    twice = [name for name, count in Counter(row.id for row in rows).items() if count > 1]
    if twice:
        raise InputError(f"two rows are called {twice[0]}", "give every row an id of its own")
    for row in rows:
        yield from _unit(row)
    yield "</body>"
    yield "</file>"


def _language(lang: str) -> str:
    return lang if _VALID.fullmatch(lang) else _UNKNOWN


def _unit(row: Row) -> Iterator[str]:
    approved = ' approved="yes"' if row.status in {"ok", "edited"} else ""
    target_lang = f' xml:lang="{_language(row.tgt_lang)}"'
    status = row.status if row.status in STATUSES else "todo"
    state = _STATES[status] if row.tgt or status != "todo" else ' state="new"'
    yield f'<trans-unit id="{markup(row.id)}"{approved} xml:space="preserve">'
    yield f'<source xml:lang="{_language(row.src_lang)}">{markup(row.src)}</source>'
    yield f"<target{target_lang}{state}>{markup(row.tgt)}</target>"
    carried = [(column, getattr(row, column)) for column in _CARRIED]
    yield "<context-group>"
    for column, value in carried:
        yield f'<context context-type="{_TYPE}{column}">{markup(value)}</context>'
    yield "</context-group>"
    if row.note:
        yield f"<note>{markup(row.note)}</note>"
    for flag in parse_flags(row):
        fix = f" → “{flag.fix}”" if flag.fix is not None else ""
        remark = markup(f"“{flag.text}”{fix}: {flag.message or flag.check}")
        yield f'<note from="{_TOOL}" annotates="{_side(row, flag)}">{remark}</note>'
    if row.mt:
        yield f'<alt-trans origin="{_TOOL}"><target{target_lang}>{markup(row.mt)}</target></alt-trans>'
    yield "</trans-unit>"


def _side(row: Row, flag: Flag) -> str:
    """The XLIFF element a flag is about."""
    if flag.side == "given":
        return "target"
    return flag.side if row.mt else "source"


def _read(text: str, name: str) -> Table:
    """A row a trans-unit; contexts that aligntool wrote are taken up where a program left them in."""
    root = parse_xml(text, name)
    version = root.get("version", "")
    if local(root) != "xliff" or version.startswith("2"):
        raise InputError(
            f"{name} is not XLIFF 1.2: it begins with <{local(root)}> {version}".rstrip(),
            "export it as XLIFF 1.2, or name its format: --from",
        )
    taken: set[str] = set()
    stem = PurePath(name).stem
    return Table(
        tuple(
            _row(unit, file, stem, number, taken)
            for file in root
            if local(file) == "file"
            for number, unit in enumerate((e for e in file.iter() if local(e) == "trans-unit"), 1)
        )
    )


def _row(unit: "Element", file: "Element", stem: str, number: int, taken: set[str]) -> Row:
    doc = tidy(file.get("original") or "")
    source, target = _child(unit, "source"), _child(unit, "target")
    src = flat(source, _CODES) if source is not None else ""
    tgt = flat(target, _CODES) if target is not None else ""
    cells = _contexts(unit)
    if not cells:
        cells = {"src_ids": str(number) if src else "", "tgt_ids": str(number) if tgt else ""}
        doc = doc or stem
    return Row(
        id=unused(tidy(unit.get("id") or "") or f"{doc}:{number}", taken),
        doc=doc,
        src_lang=_lang(source, file.get("source-language")),
        tgt_lang=_lang(target, file.get("target-language")),
        src=src,
        mt=_machine(unit),
        tgt=tgt,
        status=_status(unit, target),
        note=_notes(unit),
        **cells,
        extra=(),
    )


def _child(element: "Element", name: str) -> "Element | None":
    return next((e for e in element if local(e) == name), None)


def _lang(element: "Element | None", whole: str | None) -> str:
    own = element.get(_LANG) if element is not None else None
    return _language(tidy(own or whole or ""))


def _contexts(unit: "Element") -> dict[str, str]:
    found = {
        e.get("context-type", "").removeprefix(_TYPE): tidy(e.text or "")
        for group in unit
        if local(group) == "context-group"
        for e in group
        if e.get("context-type", "").startswith(_TYPE)
    }
    return {column: found[column] for column in _CARRIED if column in found}


def _machine(unit: "Element") -> str:
    """The machine's translation; what other programs propose is not that."""
    for proposal in unit:
        if local(proposal) == "alt-trans" and proposal.get("origin") == _TOOL:
            target = _child(proposal, "target")
            return flat(target, _CODES) if target is not None else ""
    return ""


def _status(unit: "Element", target: "Element | None") -> str:
    """What the state says; the qualifier where that is open: editors change the one and leave the other."""
    state = target.get("state", "") if target is not None else ""
    if state in _DONE:
        return _DONE[state]
    if target is not None and target.get("state-qualifier", "").startswith("rejected"):
        return "rejected"
    return "ok" if target is not None and not state and unit.get("approved") == "yes" else "todo"


def _notes(unit: "Element") -> str:
    """People's notes; those about flags are written anew from the flags."""
    notes = (tidy(e.text or "") for e in unit if local(e) == "note" and e.get("from") != _TOOL)
    return "; ".join(filter(None, notes))


PLUGIN = TableFormat(
    "xliff",
    (".xlf", ".xliff"),
    "XLIFF 1.2 for translators' editors; bring the result back with --into; inline codes are left out",
    _read,
    _write,
    frozenset(COLUMNS),
)
