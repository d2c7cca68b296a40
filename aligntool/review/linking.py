"""Which words of a row belong together, as a page can show them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from aligntool.aligning.wordlinks import Link, links
from aligntool.showing import visible
from aligntool.table import Row
from aligntool.wordlore import word_table

__all__ = ["LONG", "linked"]

LONG = 4000
"""Characters from which on a text is too long to look for words."""
_Quad = tuple[int, int, int, int]


def linked(row: Row) -> dict[str, list[_Quad]]:
    """Words of the original that belong to words of the machine's English (``mt``) and the clean (``tgt``).

    Returns:
        Beginning and end in the original, beginning and end in the other text; counted as a browser does,
        in UTF-16. Nothing where both sides are in one language, or a text is too long.
    """
    texts = [visible(text) for text in (row.src, row.mt, row.tgt)]
    if row.src_lang == row.tgt_lang or max(map(len, texts)) > LONG:
        return {"mt": [], "tgt": []}
    src, mt, tgt = texts
    lexicon = word_table(*(lang.partition("-")[0] for lang in (row.src_lang, row.tgt_lang)))
    machine = links(src, mt, lexicon=lexicon)
    clean = machine if mt == tgt else links(src, tgt, mt, lexicon)
    return {"mt": list(_counted(machine, src, mt)), "tgt": list(_counted(clean, src, tgt))}


def _counted(found: Iterable[Link], one: str, other: str) -> Iterator[_Quad]:
    wide = [[at for at, char in enumerate(text) if char > "\uffff"] for text in (one, other)]
    for left, right in found:
        a, b = (at + bisect_right(wide[0], at - 1) for at in left)
        c, d = (at + bisect_right(wide[1], at - 1) for at in right)
        yield a, b, c, d
