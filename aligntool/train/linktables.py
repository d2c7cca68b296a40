"""The tables of words that translate each other in ``aligntool/data``: ``links-nl`` and ``links-fr``.

``python -m aligntool.train.linktables FOLDER`` reads ``nl-en.tsv.xz`` and ``fr-en.tsv.xz`` (source name,
foreign, English, a tab between) and writes a table each: ``word`` and ``english``, entries ``WORD:SURE`` with
blanks between, the surest first, in hundredths. How sure a pair is, is the geometric mean of how often either
word is put as the other (``train.wordlinks``), which keeps a rare word from being explained by whatever
stands beside it. Words are counted as they are written, without capitals; words of grammar are left out.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from aligntool.bilingual import LANGUAGES
from aligntool.files import read_table
from aligntool.senses import GRAMMAR, LEAST
from aligntool.train.wordlinks import Content, learn
from aligntool.train.wordlists import Words, numbered, origin, pairs, store

__all__ = ["link_rows", "main"]

_SURE = 0.04
"""Pairs less sure than this are left out."""
_LINKED = 2.0
"""Times two words must have been linked, by expectation."""
_COMMON, _FIRM = 0.001, 0.35
"""A word commoner than this share of the text, none of whose pairs is this sure, is a word of grammar."""
_OFTEN = 3
"""Times a word must occur: of rarer ones chance says as much as the text."""


def link_rows(foreign: Words, english: Words, grammar: Iterable[str]) -> Iterator[str]:
    """Rows of a table.

    Args:
        foreign: The foreign side.
        english: The English one, as many sentences.
        grammar: Foreign words of grammar, which are left out.
    """
    links = learn(_content(foreign, grammar), _content(english, GRAMMAR))
    sure = np.sqrt(links.forth * links.back)
    entries: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at in np.flatnonzero((sure >= _SURE) & (links.times >= _LINKED)).tolist():
        share = round(100 * sure[at])
        entries[foreign.words[links.source[at]]].append((-share, english.words[links.target[at]]))
    counts = foreign.counts()
    most = _COMMON * sum(counts.values())
    yield "word\tenglish"
    for word, found in sorted(entries.items()):
        if counts[word] > most and -min(found)[0] < 100 * _FIRM:
            continue
        yield f"{word}\t{' '.join(f'{other}:{-share}' for share, other in sorted(found))}"


def _content(side: Words, grammar: Iterable[str]) -> Content:
    """The words of a side that are no grammar, under the numbers they have."""
    out = frozenset(grammar)
    kept = {
        word: number
        for number, (word, count) in enumerate(side.counts().items())
        if count >= _OFTEN and len(word) >= LEAST and word not in out
    }
    ids, sentence, _ = side.renumbered(kept)
    sizes = np.bincount(sentence, minlength=len(side.sizes)).astype(np.int32)
    return Content(ids, sizes, len(side.words))


def main(folder: Path, out: Path) -> None:
    """Make the tables.

    Args:
        folder: Where the parallel text lies.
        out: Where the tables go.

    Raises:
        InputError: A file is missing.
        OutputError: A table cannot be written.
    """
    grammar = {row["lang"]: row["words"].split() for row in read_table("function-words")}
    for lang in LANGUAGES:
        path = folder / f"{lang}-en.tsv.xz"
        foreign, english = numbered(pairs(path), 2)
        rows = link_rows(foreign, english, grammar[lang])
        store(out / f"links-{lang}.tsv.xz", [origin("aligntool.train.linktables", path)], rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parents[1] / "data")  # noqa: PLR2004
