"""Alignment mended by hand: rows made one, a row cut in two, the English moved up or down."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import count
from typing import Any, NamedTuple

from aligntool.records import Flag, Span
from aligntool.table import Row, details, format_flags, made, pack, parse_flags, unpack

__all__ = ["Cuts", "cut", "followed", "has_english", "joined", "moved"]

_BLANK = " "
_FARTHEST = 20  # rows a stretch regrouped by hand may have
# What belongs to the English and not to its place beside an original.
_ENGLISH = ("tgt_ids", "mt", "tgt", "tgt_lang")


class Cuts(NamedTuple):
    """Where a row is cut in two, in code points of each of its texts."""

    src: int
    mt: int
    tgt: int


def joined(rows: Sequence[Row]) -> Row:
    """Several rows as one: texts joined by a blank, flags moved along, remarks and decisions of all kept.

    The first row gives its name and its place in the layout; what stood between the sentences (a paragraph's
    end) is a blank in the joined text.
    """
    first = rows[0]
    flags = _flags_of_all(rows)
    data: dict[str, Any] = {}
    for row in rows:
        data = {**unpack(row.data), **data}
    for key in ("tail", "cuts"):
        data.pop(key, None)
    data |= {"made": made(_BLANK.join(filter(None, map(_proposed, rows))))}
    data |= {"flags": details(flags)} if flags else {}
    if "tail" in (last := unpack(rows[-1].data)):
        data["tail"] = last["tail"]
    return replace(
        first,
        src_ids=_ids(rows, "src_ids"),
        tgt_ids=_ids(rows, "tgt_ids"),
        src=_texts(rows, "src"),
        mt=_texts(rows, "mt"),
        tgt=_texts(rows, "tgt"),
        score=min(row.score for row in rows),
        flags=format_flags(flags),
        status=first.status if len({row.status for row in rows}) == 1 else "todo",
        note=_BLANK.join(row.note for row in rows if row.note),
        data=pack(data | _settlements(rows)),
    )


def _settlements(rows: Sequence[Row]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for row in rows:
        found = unpack(row.data).get("settled")
        merged |= found if isinstance(found, dict) else {}
    return {"settled": merged} if merged else {}


def _proposed(row: Row) -> str:
    """The English as far as it can be known that was proposed; a person's own counts as not proposed."""
    return row.tgt if made(row.tgt) == unpack(row.data).get("made") else f"\0{row.id}"


def _texts(rows: Sequence[Row], column: str) -> str:
    return _BLANK.join(text for row in rows if (text := str(getattr(row, column))))


def _ids(rows: Sequence[Row], column: str) -> str:
    numbers = [n for row in rows for n in str(getattr(row, column)).split(",") if n]
    return ",".join(dict.fromkeys(numbers))


def _flags_of_all(rows: Sequence[Row]) -> tuple[Flag, ...]:
    """Flags of all rows, offsets counted in the joined texts (without an ``mt``: in ``src``)."""
    whole = any(row.mt for row in rows)
    at = {"src": 0, "mt": 0, "tgt": 0}
    found: list[Flag] = []
    for row in rows:
        for flag in parse_flags(row):
            column = _column(row, flag)
            span = Span(flag.span.start + at[column], flag.span.end + at[column])
            side = "source" if column == "src" and whole else flag.side
            found.append(replace(flag, span=span, side=side))
        for column in at:
            text = str(getattr(row, column))
            at[column] += len(text) + len(_BLANK) if text else 0
    return tuple(found)


def _column(row: Row, flag: Flag) -> str:
    """The column in which a flag's offsets count."""
    if flag.side == "given":
        return "tgt"
    return "mt" if row.mt and flag.side == "target" else "src"


def cut(row: Row, cuts: Cuts, taken: AbstractSet[str]) -> tuple[Row, Row]:
    """A row as two; ``joined`` of them has the same words.

    Args:
        row: The row.
        cuts: Where; blanks at the seam go.
        taken: Names of rows that are taken.

    Raises:
        ValueError: A half would hold no text at all, or a cut lies outside its text.
    """
    sides = {c: _halves(str(getattr(row, c)), at) for c, at in zip(("src", "mt", "tgt"), cuts, strict=True)}
    if not any(half[0] for half in sides.values()) or not any(half[1] for half in sides.values()):
        raise ValueError("one of the two rows would be empty")
    flags = parse_flags(row)
    pair = [_half(row, {c: half[i] for c, half in sides.items()}, flags, cuts, i) for i in (0, 1)]
    name = next(n for n in (f"{row.id}.{i}" for i in count(2)) if n not in taken)
    return pair[0], replace(pair[1], id=name, note="")


def _halves(text: str, at: int) -> tuple[str, str]:
    if not 0 <= at <= len(text):
        raise ValueError(f"a cut at {at} in a text of {len(text)} characters")
    return text[:at].rstrip(), text[at:].lstrip()


def _half(row: Row, texts: dict[str, str], flags: Iterable[Flag], cuts: Cuts, which: int) -> Row:
    kept = [moved for flag in flags if (moved := _in_half(row, flag, cuts, which))]
    data = unpack(row.data)
    for key in ("flags", "cuts", "tail" if which == 0 else "lead"):
        data.pop(key, None)
    data |= {"flags": details(kept)} if kept else {}
    numbers = {c: _share(row, c, texts, which) for c in ("src", "tgt")}
    return replace(
        row,
        src=texts["src"],
        mt=texts["mt"],
        tgt=texts["tgt"],
        src_ids=numbers["src"],
        tgt_ids=numbers["tgt"],
        flags=format_flags(kept),
        status="todo",
        data=pack(data | {"made": made(texts["tgt"])}),
    )


def _in_half(row: Row, flag: Flag, cuts: Cuts, which: int) -> Flag | None:
    """The flag with its offsets in this half; None where it lies in the other, or across the seam."""
    column = _column(row, flag)
    at, text = getattr(cuts, column), str(getattr(row, column))
    if which == 0:
        return flag if flag.span.end <= len(text[:at].rstrip()) else None
    begin = len(text) - len(text[at:].lstrip())
    if flag.span.start < begin:
        return None
    return replace(flag, span=Span(flag.span.start - begin, flag.span.end - begin))


def _share(row: Row, side: str, texts: dict[str, str], which: int) -> str:
    """The sentence numbers of a half: divided by length; a sentence cut in two has its number in both."""
    numbers = [n for n in str(getattr(row, f"{side}_ids")).split(",") if n]
    own, whole = (texts["src"], row.src) if side == "src" else (texts["tgt"] + texts["mt"], row.tgt + row.mt)
    if not own or not numbers:
        return ""
    if own == whole or len(numbers) == 1:
        return ",".join(numbers)
    size = min(max(round(len(numbers) * len(own) / len(whole)), 1), len(numbers) - 1)
    return ",".join(numbers[:size] if which == 0 else numbers[-size:])


def has_english(row: Row) -> bool:
    """Whether there is anything on the English side."""
    return bool(row.mt or row.tgt)


def moved(rows: Sequence[Row], taken: AbstractSet[str]) -> tuple[Row, ...]:
    """The English of every row but the last put beside the next one's original; the last must have none.

    Args:
        rows: Rows of one document; given in reverse order, the English moves up.
        taken: Names of rows that are taken; where the last row has no original either, it is a new row.

    Returns:
        The rows, those left without any text gone.
    """
    gap = replace(rows[0], src="", mt="", tgt="", tgt_ids="", flags="")
    result = []
    for row, donor in zip(rows, [gap, *rows[:-1]], strict=True):
        # Where there is no ``mt``, every flag counts in ``src``.
        own = [replace(f, side="source") for f in parse_flags(row) if _column(row, f) == "src"]
        come = [f for f in parse_flags(donor) if f.side == "given" or (donor.mt and f.side == "target")]
        flags, data = [*come, *own], unpack(row.data)
        for key in ("flags", "cuts"):
            data.pop(key, None)
        data |= {"flags": details(flags)} if flags else {}
        english = {column: getattr(donor, column) for column in _ENGLISH}
        # What was proposed here stays the fingerprint: that other words stand here now is a decision.
        status = "todo" if row.status == "ok" else row.status
        result.append(replace(row, **english, flags=format_flags(flags), status=status, data=pack(data)))
    named = (_named(row, taken) for row in result)
    return tuple(row for row in named if row.src or has_english(row))


def _named(row: Row, taken: AbstractSet[str]) -> Row:
    if row.id:
        return row
    return replace(row, id=next(n for n in (f"{row.doc}:new-{i}" for i in count(1)) if n not in taken))


def followed(old: Sequence[Row], new: Sequence[Row]) -> tuple[Row, ...]:
    """The new rows grouped as a person grouped the old ones, wherever the same originals stand in them.

    Args:
        old: Rows; those merged or split by hand have ``regrouped`` in ``data``.
        new: The same documents as a re-run lays them out.
    """
    found = {}
    at = 0
    while at < len(old):
        stretch = _stretch(old, at, new) if unpack(old[at].data).get("regrouped") else None
        if stretch:
            found[stretch[0].start] = (stretch[0], old[at : at + stretch[1]])
        at += stretch[1] if stretch else 1
    taken = {row.id for row in new}
    result: list[Row] = []
    at = 0
    while at < len(new):
        span, pieces = found.get(at, (Span(at, at + 1), ()))
        result += _like(new[span.start : span.end], pieces, taken) if pieces else new[span.start : span.end]
        at = span.end
    return tuple(result)


def _stretch(old: Sequence[Row], at: int, new: Sequence[Row]) -> tuple[Span, int] | None:
    """The new rows that hold exactly the originals of old ones from a place on, and how many those are."""
    begin = _bare(old[at].src)
    for start, row in enumerate(new):
        own = _bare(row.src)
        if (
            not begin
            or not own
            or row.doc != old[at].doc
            or not (own.startswith(begin) or begin.startswith(own))
        ):
            continue
        i, j, left, right = at, start, begin, own
        while left != right and max(i - at, j - start) < _FARTHEST:
            shorter = len(left) < len(right)
            i, j = i + shorter, j + (not shorter)
            side, where = (old, i) if shorter else (new, j)
            if where >= len(side) or side[where].doc != row.doc:
                break
            left += _bare(old[i].src) if shorter else ""
            right += "" if shorter else _bare(new[j].src)
        if left == right:
            return Span(start, j + 1), i + 1 - at
    return None


def _bare(text: str) -> str:
    return "".join(text.split())


def _like(rows: Sequence[Row], pieces: Sequence[Row], taken: set[str]) -> list[Row]:
    """The rows as one, cut again where the pieces end; as they are where that leaves nothing in a row."""
    rest = joined(rows)
    result: list[Row] = []
    try:
        for piece in pieces[:-1]:
            part = len(_bare(piece.src)) / max(len(_bare(rest.src)), 1)
            mt, tgt = (_after(text, piece.mt, part) for text in (rest.mt, rest.tgt))
            cuts = Cuts(_after(rest.src, piece.src, part), mt, tgt)
            first, rest = cut(rest, cuts, taken)
            taken |= {first.id, rest.id}
            result.append(first)
    except ValueError:
        return list(rows)
    return [*result, rest]


def _after(text: str, piece: str, part: float) -> int:
    """Where the piece ends in the text; else at the blank nearest to its share of it."""
    if piece and text.startswith(piece):
        return len(piece)
    blanks = [at for at, char in enumerate(text) if char == " "]
    return min(blanks, key=lambda at: abs(at - part * len(text)), default=0)
