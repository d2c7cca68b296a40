"""Applying fixes: which of them may be applied, which give way to others, and the text they make."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from aligntool.records import Bitext, Document, Flag, Segment, Side

__all__ = ["SURE", "overlapping", "repair", "resolve", "settle", "sure"]

SURE = 0.9
"""Confidence from which a fix may be applied without a person's word (figures: docs/checks.md)."""


def sure(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """The flags whose fix may be applied without asking."""
    return tuple(flag for flag in flags if flag.fix is not None and flag.confidence >= SURE)


def overlapping(one: Flag, other: Flag) -> bool:
    """Whether two fixes contend for the same characters, or for the same place when both insert."""
    if (one.side, one.segment) != (other.side, other.segment):
        return False
    if not one.span.size and not other.span.size:
        return one.span.start == other.span.start
    return one.span.start < other.span.end and other.span.start < one.span.end


def resolve(flags: Iterable[Flag]) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """Choose among fixes that contend: the surest first, then the longest, then the first in the text.

    Returns:
        The chosen flags in the order of the text, and those set aside (no fix, or giving way).
    """
    ordered = sorted(flags, key=lambda f: (-f.confidence, -f.span.size, *_place(f)))
    chosen: dict[tuple[Side, int], list[Flag]] = defaultdict(list)
    aside = []
    for flag in ordered:
        rivals = chosen[flag.side, flag.segment]
        if flag.fix is None or any(overlapping(flag, rival) for rival in rivals):
            aside.append(flag)
        else:
            rivals.append(flag)
    kept = [flag for group in chosen.values() for flag in group]
    return tuple(sorted(kept, key=_place)), tuple(sorted(aside, key=_place))


def repair(bitext: Bitext, flags: Iterable[Flag]) -> Bitext:
    """Apply fixes to the texts they point into; flags without a fix change nothing.

    Args:
        bitext: The texts the flags were found in.
        flags: Flags with fixes that do not overlap (``resolve`` chooses).

    Returns:
        The bitext with the fixes applied and an entry in the trail of each document that changed.

    Raises:
        ValueError: Two fixes overlap, or a flag does not quote the text it points into.
    """
    fixes = sorted((flag for flag in flags if flag.fix is not None), key=_place)
    for one, other in pairwise(fixes):
        if overlapping(one, other):
            raise ValueError(f"fixes overlap in segment {one.segment}: {one.span} and {other.span}")
    source = _mend(bitext.source, [flag for flag in fixes if flag.side == "source"])
    target = _mend(bitext.target, [flag for flag in fixes if flag.side == "target"])
    return replace(bitext, source=source, target=target)


def settle(
    bitext: Bitext, flags: Sequence[Flag], find: Callable[[Bitext], Sequence[Flag]]
) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """Withdraw fixes until the repaired text raises no new flag where a fix was put.

    So a fix is never applied that would itself be an error, and flagging the repaired text offers no fix just
    applied. Every round withdraws at least one fix, so it ends.

    Args:
        bitext: The texts the flags were found in.
        flags: Fixes that do not overlap.
        find: Flags a bitext, as it was done to find these.

    Returns:
        The fixes that stand, and those withdrawn.
    """
    known = {_signature(flag) for flag in find(bitext)} | {_signature(flag) for flag in flags}
    standing, withdrawn = list(flags), list[Flag]()
    while standing:
        fresh = defaultdict(list)
        for found in find(repair(bitext, standing)):
            if _signature(found) not in known or found.fix is not None:
                fresh[found.side, found.segment].append(found)
        bad = [
            flag for flag in _moved(standing) if _spoilt(flag, fresh[flag[0].side, flag[0].segment], known)
        ]
        if not bad:
            break
        withdrawn += [flag for flag, _ in bad]
        gone = {id(flag) for flag, _ in bad}
        standing = [flag for flag in standing if id(flag) not in gone]
    return tuple(standing), tuple(sorted(withdrawn, key=_place))


def _place(flag: Flag) -> tuple[bool, int, int, int]:
    """Order of the text, target side first."""
    return flag.side != "target", flag.segment, flag.span.start, flag.span.end


def _signature(flag: Flag) -> tuple[Side, int, str, str]:
    """What makes a flag the same one after the text around it has moved."""
    return flag.side, flag.segment, flag.check, flag.text


def _moved(flags: Sequence[Flag]) -> list[tuple[Flag, int]]:
    """Each flag with the offset its fix has in the repaired text."""
    shift: dict[tuple[Side, int], int] = defaultdict(int)
    placed = []
    for flag in sorted(flags, key=_place):
        key = (flag.side, flag.segment)
        placed.append((flag, flag.span.start + shift[key]))
        shift[key] += len(flag.fix or "") - flag.span.size
    return placed


def _spoilt(placed: tuple[Flag, int], fresh: Sequence[Flag], known: set[tuple[Side, int, str, str]]) -> bool:
    """Whether a flag on the repaired text touches this fix and is new, or offers the same fix again."""
    flag, start = placed
    end = start + len(flag.fix or "")
    return any(
        found.span.start <= end
        and start <= found.span.end
        and (_signature(found) not in known or (found.check == flag.check and found.fix == flag.fix))
        for found in fresh
    )


def _mend(document: Document, fixes: Sequence[Flag]) -> Document:
    """The document with its fixes applied, from the last to the first in each segment."""
    if not fixes:
        return document
    segments = list(document.segments)
    for flag in reversed(fixes):
        old = segments[flag.segment]
        start, end = flag.span
        if not 0 <= start <= end <= len(old.text) or old.text[start:end] != flag.text:
            raise ValueError(f"segment {flag.segment} does not read {flag.text!r} at {start}:{end}")
        segments[flag.segment] = Segment(old.text[:start] + (flag.fix or "") + old.text[end:], old.lead)
    trail = (*document.trail, f"repair:fixes={len(fixes)}")
    return replace(document, segments=tuple(segments), trail=trail)
