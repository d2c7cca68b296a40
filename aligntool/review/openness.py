"""What of a row is settled and what is open: the figures behind filters, order and progress."""

import json
from collections import Counter
from dataclasses import dataclass

from aligntool.errors import InputError
from aligntool.records import Flag, Severity
from aligntool.table import Row, made, parse_flags, unpack

__all__ = ["CONFLICT", "Facts", "facts", "keyed_flags", "open_flags", "settlements", "unreadable"]

CONFLICT = "conflict"
# As in MQM (Lommel et al. 2014).
_WEIGHTS: dict[Severity, float] = {"minor": 1.0, "major": 5.0, "critical": 25.0}
_LOW = 0.6


def keyed_flags(row: Row) -> dict[str, Flag]:
    """The row's flags by a key that survives a re-run: check and quoted text, numbered where they repeat.

    A cell of flags that cannot be read counts as none (``unreadable`` tells).
    """
    seen: Counter[str] = Counter()
    found: dict[str, Flag] = {}
    for flag in _parsed(row):
        key = f"{flag.check} {json.dumps(flag.text, ensure_ascii=False)}"
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key} {seen[key]}"] = flag
    return found


def _parsed(row: Row) -> tuple[Flag, ...]:
    try:
        return parse_flags(row)
    except InputError:
        return ()


def unreadable(row: Row) -> bool:
    """Whether the row's cell of flags holds something that is no flag."""
    return bool(row.flags) and not _parsed(row)


def settlements(row: Row) -> dict[str, str]:
    """How each settled flag was settled, by its key: ``accepted`` or ``dismissed``."""
    found = unpack(row.data).get("settled")
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def open_flags(row: Row) -> dict[str, Flag]:
    """The flags that wait for a decision: none in a row that is decided, except conflicts."""
    if not row.flags:
        return {}
    settled = settlements(row)
    waiting = {key: flag for key, flag in keyed_flags(row).items() if key not in settled}
    return waiting if row.status == "todo" else {k: f for k, f in waiting.items() if f.check == CONFLICT}


@dataclass(frozen=True, slots=True)
class Facts:
    """What filters and order ask of a row.

    Attributes:
        done: Whether it is decided, and nothing about it contradicts.
        checks: The checks whose flags are open.
        low: Whether the alignment or the machine is unsure of it.
        edited: Whether its English is not what was proposed.
        unaligned: Whether one side is empty.
        conflict: Whether two decisions, or a decision and the machine, contradict.
        todo: Whether nobody decided it.
        badness: How much seems wrong with it: weights of its open flags as in MQM, by confidence.
        open: Number of open flags.
    """

    done: bool
    checks: frozenset[str]
    low: bool
    edited: bool
    unaligned: bool
    conflict: bool
    todo: bool
    badness: float
    open: int


def facts(row: Row) -> Facts:
    """The facts of a row."""
    data = unpack(row.data)
    waiting = tuple(open_flags(row).values()) if row.flags else ()
    score = _score(row)
    checks = frozenset(flag.check for flag in waiting)
    conflict = CONFLICT in checks or "fresh" in data
    alone = row.src_lang == row.tgt_lang
    return Facts(
        done=row.status != "todo" and not conflict,
        checks=checks,
        low=score < _LOW,
        edited=row.status == "edited" or made(row.tgt) != data.get("made"),
        unaligned=not row.src or (not alone and not row.mt and not row.tgt),
        conflict=conflict,
        todo=row.status == "todo",
        badness=sum(_WEIGHTS[flag.severity] * flag.confidence for flag in waiting) + (1 - score),
        open=len(waiting),
    )


def _score(row: Row) -> float:
    try:
        return min(max(float(row.score), 0.0), 1.0)
    except ValueError:
        return 0.0
