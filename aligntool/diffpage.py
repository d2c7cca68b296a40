"""A comparison as a web page: one file, no script, readable by ear, in light and in dark."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from aligntool.measures import Score
from aligntool.revisions import Comparison, Revision
from aligntool.showing import Piece, facts, judgements, numbers, pieces, scored, title, told

__all__ = ["page"]

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --soft: #53535c; --line: #c9c9d1;
  --old: #8a1020; --old-paper: #fdecec; --new: #0b5223; --new-paper: #e4f6e8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --paper: #17171b; --soft: #b4b4bf; --line: #45454f;
    --old: #ffb3b3; --old-paper: #4a1a20; --new: #a6ecb8; --new-paper: #123a20; } }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
h1, h2, td, p { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; color: var(--soft); padding-block: .25rem; }
th, td { text-align: start; vertical-align: top; padding: .5rem; border-top: 1px solid var(--line); }
th { font-weight: 600; } .num { white-space: nowrap; } .same { color: var(--soft); }
del { color: var(--old); background: var(--old-paper); text-decoration: line-through; }
ins { color: var(--new); background: var(--new-paper); text-decoration: underline; }
ul { margin: .25rem 0 0; padding-inline-start: 1.2rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); } tr, th, td { display: block; }
  td, th { border: 0; padding: .15rem .5rem; }
  tr { border-top: 1px solid var(--line); padding-block: .5rem; } }
@media print { body { max-width: none; } tr { break-inside: avoid; } }
"""
_LEGEND = """<p>What only the old version has is <del>struck through</del>,
what only the new one has is <ins>underlined</ins>.</p>"""


def page(
    shown: Sequence[tuple[Comparison, Sequence[tuple[int, ...]]]],
    names: tuple[str, str],
    found: Iterable[tuple[str, Score]] = (),
    *,
    two: bool,
) -> str:
    """The documents' differences.

    Args:
        shown: Documents, each with the groups of revisions to show.
        names: What the two versions are called.
        found: Scores by document; those of all under an empty name.
        two: Old and new side by side.
    """
    head = f"{escape(names[0])} and {escape(names[1])} compared"
    marks = [f"<li>{escape(scored(name, score))}</li>" for name, score in found]
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{head}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{head}</h1>",
        _LEGEND,
        *(["<h2>Against the reference</h2>\n<ul>", *marks, "</ul>"] if marks else []),
    ]
    for comparison, groups in shown:
        parts += _document(comparison, groups, two=two)
    return "\n".join([*parts, "</main>\n</body>\n</html>\n"])


def _document(comparison: Comparison, groups: Sequence[tuple[int, ...]], *, two: bool) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(comparison.name)}</h2>"
    yield from (f"<p>{escape(line)}</p>" for line in (title(comparison), *facts(comparison)))
    columns = ("Old", "New") if two else ("Text",)
    for at, group in enumerate(groups, 1):
        label = f"Passage {at} of {len(groups)}"
        heads = "".join(f'<th scope="col">{name}</th>' for name in ("Sentence", *columns, "What changed"))
        yield f"<table>\n<caption>{label}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
        yield from (_row(comparison, number, two=two) for number in group)
        yield "</tbody>\n</table>"
    yield "</section>"


def _row(comparison: Comparison, number: int, *, two: bool) -> str:
    revision = comparison.revisions[number]
    found = pieces(comparison, revision)
    sides = (
        ([p for p in found if p.side != "new"], comparison.old),
        ([p for p in found if p.side != "old"], comparison.new),
    )
    texts = sides if two else ((found, comparison.new),)
    cells = "".join(
        f"<td{_attributes(revision, version.document.lang)}>{_marked(some)}</td>" for some, version in texts
    )
    said = "".join(f"<li>{escape(line)}</li>" for line in judgements(comparison, number))
    words = escape(told(revision) or "unchanged") + (f"<ul>{said}</ul>" if said else "")
    name = escape(numbers(comparison, revision)) or "end"
    return f'<tr><th scope="row" class="num">{name}</th>{cells}<td>{words}</td></tr>'


def _attributes(revision: Revision, lang: str) -> str:
    same = ' class="same"' if revision.state == "same" else ""
    # "und" is what HTML writes as an empty language.
    return f'{same} lang="{escape("" if lang == "und" else lang)}" dir="auto"'


def _marked(found: Iterable[Piece]) -> str:
    tags = {"old": ("<del>", "</del>"), "new": ("<ins>", "</ins>"), "both": ("", "")}
    return "".join(f"{tags[side][0]}{escape(text)}{tags[side][1]}" for text, side in found)
