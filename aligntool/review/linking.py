"""Which words of a row belong together, as a page can show them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from aligntool.aligning.wordlinks import Lexicon, Link, links
from aligntool.files import read_table
from aligntool.showing import visible
from aligntool.table import Row

__all__ = ["LONG", "Words", "linked"]

LONG = 4000
"""Characters from which on a text is too long to look for words."""
_LANGUAGES = frozenset({"nl", "fr"})  # for which there is a table of words
_Quad = tuple[int, int, int, int]


class Words(Mapping[str, Mapping[str, float]]):
    """A table of words that translate each other; a row is taken apart when its word is met.

    Args:
        rows: Rows with ``word`` and ``english``, entries ``WORD:SURE`` in hundredths.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._rows = {row["word"]: row["english"] for row in rows}

    def __getitem__(self, word: str) -> Mapping[str, float]:
        entries = (entry.rpartition(":") for entry in self._rows[word].split(" "))
        return {other: int(sure) / 100 for other, _, sure in entries}

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@cache
def _lexicon(source: str, target: str) -> Lexicon:
    known = source in _LANGUAGES and target == "en"
    return Words(read_table(f"links-{source}") if known else ())


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
    lexicon = _lexicon(*(lang.partition("-")[0] for lang in (row.src_lang, row.tgt_lang)))
    machine = links(src, mt, lexicon=lexicon)
    clean = machine if mt == tgt else links(src, tgt, mt, lexicon)
    return {"mt": list(_counted(machine, src, mt)), "tgt": list(_counted(clean, src, tgt))}


def _counted(found: Iterable[Link], one: str, other: str) -> Iterator[_Quad]:
    wide = [[at for at, char in enumerate(text) if char > "\uffff"] for text in (one, other)]
    for left, right in found:
        a, b = (at + bisect_right(wide[0], at - 1) for at in left)
        c, d = (at + bisect_right(wide[1], at - 1) for at in right)
        yield a, b, c, d
