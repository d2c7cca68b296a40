"""A page to read and to send: original beside English, what was flagged marked with its reason. No script."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from aligntool.codec import TableFormat
from aligntool.records import Flag
from aligntool.table import Row, Table, cell, parse_flags

__all__ = ["PLUGIN"]

_VALID = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
# Languages written from right to left in their usual script (Unicode CLDR).
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he khw ks lrc mzn nqo pnb ps sd syr ug ur yi".split())  # noqa: SIM905 - a list to read
_STYLE = """\
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --line: #c8c8c8;
  --soft: #595959; --mark: #ffe9a8; --edge: #8a6100; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --line: #4a4a4a;
    --soft: #b4b4b4; --mark: #54430f; --edge: #e6b93c; }
}
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
  margin: 1.5rem auto; max-width: 100rem; padding: 0 1rem; }
table { border-collapse: collapse; margin-bottom: 2.5rem; width: 100%; }
caption { font-size: 1.25rem; font-weight: 600; padding: .5rem 0; text-align: start; }
th, td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; padding: .5rem; vertical-align: top; }
thead th, th[scope=row] { text-align: start; }
th[scope=row] { color: var(--soft); font-weight: normal; }
th:first-child, th:last-child, td:last-child { overflow-wrap: normal; }
mark { background: var(--mark); border-bottom: 2px solid var(--edge); color: inherit; }
ul { color: var(--soft); font-size: .875rem; margin: .5rem 0 0; padding-inline-start: 1.25rem; }
"""
_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""
_MACHINE = "Machine translation"
_COLUMNS = ("No.", "Original", _MACHINE, "Translation", "Status and note")


def _write(table: Table) -> str:
    """One self-contained page, a table a document; everything from the rows is escaped."""
    docs = [(doc, tuple(rows)) for doc, rows in groupby(table.rows, lambda row: row.doc)]
    title = _safe(", ".join(dict.fromkeys(doc for doc, _ in docs)) or "Empty table")
    lines = [line for doc, rows in docs for line in _table(doc, rows)]
    page = [_HEAD.format(title=title, style=_STYLE) + "\n".join(lines), "</main>", "</body>", "</html>", ""]
    return "\n".join(page)


def _table(doc: str, rows: tuple[Row, ...]) -> Iterator[str]:
    found = sum(len(parse_flags(row)) for row in rows)
    yield "<table>"
    yield f"<caption>{_safe(doc)} – rows: {len(rows)}, flags: {found}</caption>"
    machine = any(row.mt for row in rows)
    heads = "".join(f'<th scope="col">{c}</th>' for c in _COLUMNS if machine or c != _MACHINE)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        yield from _row(row, machine=machine)
    yield "</tbody>"
    yield "</table>"


def _row(row: Row, *, machine: bool) -> Iterator[str]:
    flags = parse_flags(row)
    # Where there is no machine translation, the flags count in the original.
    given = tuple(f for f in flags if f.side == "given")
    source = tuple(f for f in flags if f.side == "source" or (f.side == "target" and not row.mt))
    target = tuple(f for f in flags if f.side == "target" and row.mt)
    yield "<tr>"
    number = row.id.removeprefix(f"{row.doc}:")
    yield f'<th scope="row" lang="en" dir="ltr">{_safe(number)}</th>'
    yield _cell(row.src_lang, row.src, source)
    if machine:
        yield _cell(row.tgt_lang, row.mt, target)
    yield _cell(row.tgt_lang, row.tgt, given)
    note = f": {_safe(row.note)}" if row.note else ""
    yield f'<td lang="en" dir="auto">{_safe(row.status)}{note}</td>'
    yield "</tr>"


def _cell(lang: str, text: str, flags: tuple[Flag, ...]) -> str:
    """A text with its language and direction, its flags marked in it and spelt out below it."""
    known = lang if _VALID.fullmatch(lang) else "und"
    primary = known.partition("-")[0].lower()
    direction = "auto" if primary == "und" else ("rtl" if primary in _RIGHT_TO_LEFT else "ltr")
    below = "".join(f"<li>{_reason(flag)}</li>" for flag in flags)
    reasons = f'<ul lang="en" dir="ltr">{below}</ul>' if below else ""
    return f'<td lang="{_safe(known)}" dir="{direction}">{_marked(text, flags)}{reasons}</td>'


def _reason(flag: Flag) -> str:
    fix = f" → <bdi>{_safe(flag.fix) or 'nothing'}</bdi>" if flag.fix is not None else ""
    head = f"{_safe(flag.severity)}, {_safe(flag.check)}"
    return f"{head}: <bdi>{_safe(flag.text)}</bdi>{fix}. {_safe(flag.message)}"


def _marked(text: str, flags: tuple[Flag, ...]) -> str:
    """The text with a mark a flag; of two that overlap the first has it, and both are spelt out below."""
    pieces, at = [], 0
    for flag in sorted(flags, key=lambda f: f.span):
        start, end = flag.span
        # A given translation may have been edited since: a mark that no longer quotes it would mislead.
        if at <= start < end <= len(text) and (flag.side != "given" or text[start:end] == flag.text):
            reason = _safe(flag.message or flag.check)
            pieces.append(f'{_safe(text[at:start])}<mark title="{reason}">{_safe(text[start:end])}</mark>')
            at = end
    return "".join(pieces) + _safe(text[at:])


def _safe(text: str) -> str:
    return escape(cell(text)[0])


PLUGIN = TableFormat(
    "bilingual",
    (".html", ".htm"),
    "a self-contained page to read and send: original, translation, flags with their reasons",
    None,
    _write,
    frozenset({"id", "doc", "src_lang", "tgt_lang", "src", "mt", "tgt", "flags", "status", "note", "data"}),
)
