"""What became of the flags of a text in another version of it."""

from collections.abc import Iterable
from dataclasses import replace

from aligntool.edits import Edit
from aligntool.records import Flag, Span
from aligntool.revisions import Comparison, Verdict, Version

__all__ = ["judge"]


def judge(comparison: Comparison, old: Iterable[Flag], new: Iterable[Flag]) -> Comparison:
    """Tell which flags of the old version the new one mended, which stand, which it brought in.

    A flag stands when the same check marks the same words, capitals aside, in what became of its sentence;
    of several, the one nearest to where the edits put it.
    """
    revisions = comparison.revisions
    homes = {i: n for n, r in enumerate(revisions) for i in range(*r.old)}
    rooms = {i: n for n, r in enumerate(revisions) for i in range(*r.new)}
    waiting: dict[tuple[int, str, str], list[tuple[int, Flag]]] = {}
    for flag in new:
        home = rooms[flag.segment]
        place = _offset(comparison.new, revisions[home].new, flag)
        waiting.setdefault(_signature(home, flag), []).append((place, flag))
    verdicts = []
    for flag in old:
        at = homes[flag.segment]
        partner = revisions[at].partner
        home = at if partner is None else partner
        place = _carried(_offset(comparison.old, revisions[at].old, flag), revisions[home].edits)
        rivals = waiting.get(_signature(home, flag), [])
        same = min(rivals, key=lambda one: abs(one[0] - place), default=None)
        if same:
            rivals.remove(same)
        verdicts.append(Verdict("stands" if same else "mended", flag, home))
    left = [flag for rivals in waiting.values() for _, flag in rivals]
    verdicts += [Verdict("new", flag, rooms[flag.segment]) for flag in left]
    return replace(comparison, verdicts=tuple(sorted(verdicts, key=lambda v: (v.revision, v.flag.span))))


def _signature(home: int, flag: Flag) -> tuple[int, str, str]:
    return home, flag.check, flag.text.casefold()


def _offset(version: Version, span: Span, flag: Flag) -> int:
    """Where the flag begins in the piece that its sentence is part of."""
    numbers = range(span.start, flag.segment)
    texts = version.document.texts
    before = sum(version.lead(i) + len(texts[i]) + len(version.glue) for i in numbers)
    return before + version.lead(flag.segment) + flag.span.start


def _carried(place: int, edits: Iterable[Edit]) -> int:
    """Where a place of the old text is in the new one."""
    shift = 0
    for edit in edits:
        if edit.span.end > place:
            break
        shift = edit.at.end - edit.span.end
    return place + shift
