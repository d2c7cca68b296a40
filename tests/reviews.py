"""Tables for tests of the review."""

from aligntool.records import Flag, Span
from aligntool.table import Row, Table, details, format_flags, made, pack, write

STAMP = ("Eva", "2026-01-02T03:04:05Z")


def flag(text, start, fix=None, check="calques", **more):
    """A flag on the machine's English."""
    span = Span(start, start + len(text))
    return Flag(check, "calque", 0, span, text, "major", f"about {text}", 0.8, fix, **more)


def row(number, src, mt, *flags, tgt=None, doc="talk", **more):
    """A row as the machine makes it."""
    tgt = mt if tgt is None else tgt
    data = {"made": made(tgt)} | ({"flags": details(flags)} if flags else {}) | more.pop("data", {})
    return Row(
        id=f"{doc}:{number}",
        doc=doc,
        src_lang=more.pop("src_lang", "nl"),
        tgt_lang="en",
        src_ids=str(number) if src else "",
        tgt_ids=str(number) if mt else "",
        src=src,
        mt=mt,
        tgt=tgt,
        score=more.pop("score", "1.000"),
        flags=format_flags(flags),
        data=pack(data),
        **more,
    )


TEETH = flag("makes long teeth", 4, "picks at it")


def talk():
    """Four rows, two of them flagged."""
    return (
        row(1, "Het regent.", "It rains.", data={"lead": "\n"}),
        row(2, "Zij maakt lange tanden.", "She makes long teeth.", TEETH),
        row(3, "Hij komt. Zij gaat.", "He comes. She goes.", flag("goes", 14, "leaves", "terms")),
        row(4, "Einde.", "End.", data={"tail": "\n"}),
    )


def big(count, doc="big"):
    """Many rows, every fifth flagged."""
    src = "Zin nummer {0}: de burgemeester sprak woensdag op het plein over haven en dijken."
    mt = "Sentence number {0}: the mayor spoke on Wednesday on the square about harbour and dikes."
    found = []
    for n in range(1, count + 1):
        text = mt.format(n)
        flags = [flag("on the square", text.index("on the square"), "in")] if n % 5 == 0 else []
        found.append(row(n, src.format(n), text, *flags, doc=doc))
    return tuple(found)


def put(path, rows):
    """The rows as a file."""
    path.write_text(write(Table(tuple(rows))), encoding="utf-8", newline="\n")
    return path
