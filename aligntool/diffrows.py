"""A comparison as records: an edit, a document or a flag a row, for other programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from aligntool.measures import Score
from aligntool.revisions import Comparison, placed
from aligntool.showing import distance
from aligntool.table import Row

__all__ = ["EDITS", "STATS", "as_json", "as_tsv", "edits", "figures", "flags", "lines", "stats"]

EDITS = (
    *("document", "state", "kind", "old_id", "new_id", "start", "end", "new_start", "new_end"),
    *("old", "new", "move"),
)
STATS = (
    *("document", "sentences", "new_sentences", "changed", "merged", "split", "moved", "inserted", "deleted"),
    *("layout", "words_out", "words_in", "chrf", "mended", "stands", "new_flags", "edits"),
)
_Record = dict[str, object]
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def edits(comparison: Comparison, chosen: frozenset[int] | None = None) -> Iterator[_Record]:
    """Every edit with its place in both versions; applied in order to the old they make the new.

    Offsets count code points: of a text as a whole, of a table in the cell (of merged rows, in their cells
    joined by a blank). ``move`` is the number of the block that moved, at both of its ends.

    Args:
        comparison: A document.
        chosen: Indices of the revisions wanted; None for all.
    """
    for edit in placed(comparison):
        revision = comparison.revisions[edit.revision]
        if chosen is not None and edit.revision not in chosen:
            continue
        yield {
            "document": comparison.name,
            "state": revision.state,
            "kind": edit.kind,
            "old_id": comparison.old.name(revision.old),
            "new_id": comparison.new.name(revision.new),
            "start": edit.start,
            "end": edit.end,
            "new_start": edit.new_start,
            "new_end": edit.new_end,
            "old": edit.old,
            "new": edit.new,
            "move": edit.block or None,
        }


def stats(comparison: Comparison, *, judged: bool = True) -> _Record:
    """A document in figures: sentences by fate, words out and in, chrF between the two, edits by kind.

    Args:
        comparison: A document.
        judged: Whether its flags were looked at; how many were mended is not known otherwise.
    """
    states, (out, come) = comparison.states(), comparison.words()
    fates = [verdict.fate for verdict in comparison.verdicts]
    return {
        "document": comparison.name,
        "sentences": len(comparison.old.document.segments),
        "new_sentences": len(comparison.new.document.segments),
        **{state: states[state] for state in ("changed", "merged", "split", "moved", "inserted", "deleted")},
        "layout": states["layout"],
        "words_out": out,
        "words_in": come,
        "chrf": round(distance(comparison), 2),
        "mended": fates.count("mended") if judged else None,
        "stands": fates.count("stands") if judged else None,
        "new_flags": fates.count("new") if judged else None,
        "edits": dict(comparison.kinds().most_common()),
    }


def flags(comparison: Comparison) -> Iterator[_Record]:
    """What became of each flag: ``mended``, ``stands`` or ``new``; offsets count in its sentence."""
    for fate, flag, number in comparison.verdicts:
        revision = comparison.revisions[number]
        if revision.partner is not None and fate != "new":
            revision = comparison.revisions[revision.partner]
        version, span = (comparison.new, revision.new) if fate == "new" else (comparison.old, revision.old)
        yield {
            "document": comparison.name,
            "fate": fate,
            "check": flag.check,
            "severity": flag.severity,
            "id": version.name(span),
            "start": flag.span.start,
            "end": flag.span.end,
            "text": flag.text,
            "message": flag.message,
            "fix": flag.fix,
        }


def figures(name: str, score: Score) -> _Record:
    """A score against the reference; of all documents together where the name is empty."""
    return {"document": name, **asdict(score)}


def as_tsv(records: Iterable[_Record], columns: Sequence[str] = EDITS) -> str:
    """Records as a table; tabs, line breaks and backslashes written as in C, so that nothing is lost."""
    rows = [[_cell(record[c]).translate(_ESCAPES) for c in columns] for record in records]
    return "".join("\t".join(row) + "\n" for row in [list(columns), *rows])


def _cell(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def as_json(rows: list[_Record], **more: list[_Record]) -> str:
    """Edits, and whatever else was asked for, as one JSON document."""
    return json.dumps({"schema": "diff/1", "rows": rows, **more}, ensure_ascii=False, indent=1) + "\n"


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """A table as lines that git can compare: a line a text, what a person decided last."""
    for row in rows:
        decided = " ".join(word for word in (row.status, row.note) if word)
        yield from (row.id, f"  src {row.src}", *([f"  mt  {row.mt}"] if row.mt else []), f"  tgt {row.tgt}")
        yield from ([f"  {decided}"] if decided != "todo" else [])
