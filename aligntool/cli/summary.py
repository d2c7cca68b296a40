"""What ``translate`` and ``align`` print of a run: a line a document, then what failed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aligntool.cli.console import emit, say
from aligntool.errors import AligntoolError, PartialError
from aligntool.table import parse_flags, unpack

if TYPE_CHECKING:
    from aligntool.outputs import Outcome

__all__ = ["severities", "show"]


def show(
    outcomes: Sequence["Outcome"], output: Path, columns: Sequence[str], *, as_json: bool, schema: str
) -> None:
    """Print the summary, what is to be said of documents, and what failed.

    Args:
        outcomes: How the documents fared.
        output: Where tables went; on standard output there is no room for a summary.
        columns: What the summary shows.
        as_json: Print it as JSON.
        schema: Name of the record kind, for JSON readers.

    Raises:
        AligntoolError: A document failed: its own error when it was the only one, else that some did.
    """
    if output != Path("-"):
        emit([_summary(one) for one in outcomes], columns, as_json=as_json, schema=schema)
    for one in outcomes:
        for remark in one.remarks:
            say(f"{one.plan.name}: {remark}")
    failed = [(one.plan, one.error) for one in outcomes if one.error]
    if len(failed) == len(outcomes) == 1:
        raise failed[0][1]
    for plan, error in failed:
        say(f"{plan.source}: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    if failed:
        message = f"{len(failed)} of {len(outcomes)} documents failed"
        kind = AligntoolError if len(failed) == len(outcomes) else PartialError
        raise kind(message, "mend what is said above and run the same command again: the others are kept")


def _summary(one: "Outcome") -> dict[str, object]:
    from aligntool.decisions import is_settled

    held = [unpack(row.data) for row in one.rows]
    return {
        "document": one.plan.name,
        "state": one.state,
        "lang": one.lang,
        "sentences": len(one.rows),
        "rows": len(one.rows),
        "unaligned": sum(bool(row.src_ids) != bool(row.tgt_ids) for row in one.rows),
        "moved": sum("moved" in data for data in held),
        "review": sum("review" in data for data in held),
        "words": sum(len(row.src.split()) for row in one.rows),
        "flags": sum(len(parse_flags(row)) for row in one.rows),
        "settled": sum(map(is_settled, one.rows)),
        "output": str(one.plan.target),
        **({"remarks": list(one.remarks)} if one.remarks else {}),
        **({"error": one.error.message, "hint": one.error.hint} if one.error else {}),
    }


def severities(outcomes: Sequence["Outcome"]) -> Iterator[str]:
    """How bad each flag of the run is."""
    return (flag.severity for one in outcomes for row in one.rows for flag in parse_flags(row))
