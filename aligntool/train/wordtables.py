"""The word statistics in ``aligntool/data``, made from parallel text: ``words``, ``senses``, ``neighbours``.

``python -m aligntool.train.wordtables FOLDER`` reads ``fr-en.tsv.xz`` and ``nl-en.tsv.xz`` (source name,
foreign, English, a tab between) and writes the three tables. Nothing in it is drawn by chance: the same files
give the same tables. What goes into them are counts of words, never a sentence.
"""

import hashlib
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from aligntool.files import atomic_write
from aligntool.senses import GRAMMAR, LEAST
from aligntool.train.wordlinks import Content, Links, learn
from aligntool.train.wordlists import Words, english_bases, french_bases, numbered, pairs

__all__ = ["case_rows", "main", "neighbour_rows", "sense_rows"]

FRENCH, DUTCH = "fr-en.tsv.xz", "nl-en.tsv.xz"

_INSIDE = re.compile(r"(?:(?<=[^\W_][ \u00a0-])|(?<=,[ \u00a0]))[^\W\d_]+(?:['’](?![Ss]\b)[^\W\d_]+)*")
_LISTED, _INDEXED = 4, 8
_NAME = 40
_FAINT, _BACK, _LINKED = 0.01, 0.004, 2
_APART = 3

_FRENCH_GRAMMAR = """
les des une est sont dans avec que qui cette ces aux leur leurs mais nous vous ils elle elles été être avoir ont
étaient était avait avaient aussi ainsi alors après avant depuis entre selon sans vers chez donc dont lorsque parce
comme quand très moins peut peuvent doit doivent tous toutes toute tout notre votre nos vos ses son mon mes ton tes
ceux celle celles celui cela ceci chaque plusieurs quelques puis pas par sur pour lui eux plus car soit serait sera
seront pouvoir devoir autre autres bien trop ici non oui fois suis êtes sommes aurait auraient aura auront ait aient
étant ayant quel quelle quels quelles rien pendant contre dès monsieur madame faut veut vont ailleurs également quant
lors
"""


def _grams(counts: Mapping[str, int], bases: Mapping[str, str], leave: Iterable[str]) -> dict[str, int]:
    """Numbers of the words that matter, by form; forms of one word share a number, the commonest comes first."""
    out = frozenset(leave)
    totals: Counter[str] = Counter()
    for form, count in counts.items():
        if form not in out and len(form) >= LEAST:
            totals[bases.get(form, form)] += count
    ranked = sorted(
        (w for w, n in totals.items() if n >= _INDEXED and w not in out), key=lambda w: (-totals[w], w)
    )
    number = {word: i for i, word in enumerate(ranked)}
    return {
        form: number[base]
        for form in counts
        for base in [bases.get(form, form)]
        if base in number and form not in out and len(form) >= LEAST
    }


def case_rows(texts: Iterable[str]) -> Iterator[str]:
    """Rows of ``words``: how often a word occurs inside sentences, and in how many of 100 cases capital, all capitals.

    The first word of a sentence or quotation is not counted: its capital says nothing.

    Args:
        texts: English sentences.
    """
    inside: Counter[str] = Counter()
    for text in texts:
        inside.update(_INSIDE.findall(text))
    cases: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for form, count in inside.items():
        seen = cases[form.lower().replace("’", "'")]
        seen[0] += count
        seen[1] += count * form[0].isupper()
        seen[2] += count * (len(form) > 1 and form.isupper())
    yield "word\tcount\tcapital\tupper"
    for word, (count, capital, upper) in sorted(cases.items(), key=lambda item: (-item[1][0], item[0])):
        if count >= _LISTED:
            yield f"{word}\t{count}\t{round(100 * capital / count)}\t{round(100 * upper / count)}"


def _names(rows: Iterable[str]) -> frozenset[str]:
    cells = (row.split("\t") for row in rows)
    return frozenset(word for word, _, capital, _ in cells if capital.isdecimal() and int(capital) > _NAME)


def sense_rows(
    french: Words, english: Words, bases: Mapping[str, str], leave: Iterable[str]
) -> Iterator[str]:
    """Rows of ``senses``, as `aligntool.senses` describes them.

    Args:
        french: The French side.
        english: The English one, as many sentences.
        bases: The word each English form is counted as.
        leave: English words without a sense of their own.
    """
    counts = french.counts()
    numbers = (
        _grams(counts, french_bases(counts), _FRENCH_GRAMMAR.split()),
        _grams(english.counts(), bases, leave),
    )
    sides = []
    for words, number in zip((french, english), numbers, strict=True):
        ids, sentence, _ = words.renumbered(number)
        sizes = np.bincount(sentence, minlength=len(words.sizes)).astype(np.int32)
        sides.append(Content(ids, sizes, 1 + max(number.values())))
    listed = [
        _listed(number, bases) for number, bases in zip(numbers, (french_bases(counts), bases), strict=True)
    ]
    yield "word\tenglish"
    yield from _links(learn(*sides), *listed)


def _listed(number: Mapping[str, int], bases: Mapping[str, str]) -> dict[int, str]:
    """The word each number stands for."""
    return {n: bases.get(form, form) for form, n in number.items()}


def _links(links: Links, french: Mapping[int, str], english: Mapping[int, str]) -> Iterator[str]:
    kept = np.flatnonzero((links.forth >= _FAINT) & (links.back >= _BACK) & (links.times >= _LINKED))
    entries: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for at in kept.tolist():
        word, forth, back = english[int(links.target[at])], links.forth[at], links.back[at]
        entry = f"{word}:{round(1000 * forth)}:{round(1000 * back)}"
        entries[french[int(links.source[at])]].append((-forth, entry))
    for word, found in sorted(entries.items()):
        yield f"{word}\t{' '.join(entry for _, entry in sorted(found))}"


def neighbour_rows(sides: Iterable[Words], bases: Mapping[str, str], names: frozenset[str]) -> Iterator[str]:
    """Rows of ``neighbours``, as `aligntool.senses` describes them.

    Args:
        sides: English texts.
        bases: The word each form is counted as.
        names: Words that are usually names.
    """
    texts = list(sides)
    counts: Counter[str] = Counter()
    for words in texts:
        counts.update(words.counts())
    number = _grams(counts, bases, GRAMMAR)
    listed = _listed(number, bases)
    size = len(listed)
    every = [words.renumbered(number) for words in texts]
    totals = np.sum([np.bincount(ids, minlength=size) for ids, _, _ in every], axis=0)
    keys = np.concatenate([_adjacent(*one, size) for one in every])
    pairs_, times = np.unique(keys, return_counts=True)
    rare, common = pairs_ // size, pairs_ % size
    out = np.array([listed[i] in names for i in range(size)])
    kept = ~out[rare] & ~out[common] & (rare != common)
    beside: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one, other, n in zip(rare[kept].tolist(), common[kept].tolist(), times[kept].tolist(), strict=True):
        beside[one][n].append(listed[other])
    forms: dict[int, list[str]] = defaultdict(list)
    for form, n in number.items():
        if form != listed[n]:
            forms[n].append(form)
    yield "word\tcount\tforms\tbeside"
    yield f"*\t{totals.sum()}\t\t{len(keys)}"
    for n in range(size):
        if not out[n]:
            groups = (f"{times} {' '.join(sorted(words))}" for times, words in sorted(beside[n].items()))
            yield f"{listed[n]}\t{totals[n]}\t{' '.join(sorted(forms[n]))}\t{' '.join(groups)}"


def _adjacent(ids: np.ndarray, sentence: np.ndarray, place: np.ndarray, size: int) -> np.ndarray:
    """Keys of neighbours: the rarer word first (numbers grow with rarity), at most two words between."""
    near = (sentence[1:] == sentence[:-1]) & (place[1:] - place[:-1] <= _APART)
    one, other = ids[:-1][near].astype(np.int64), ids[1:][near]
    return np.maximum(one, other) * size + np.minimum(one, other)


def _note(folder: Path) -> str:
    """A remark that names the files the tables were made from."""
    sums = (
        f"{name} sha256 {hashlib.sha256((folder / name).read_bytes()).hexdigest()}"
        for name in (FRENCH, DUTCH)
    )
    return "".join(f"# made by aligntool.train.wordtables from {one}\n" for one in sums)


def main(folder: Path, out: Path) -> None:
    """Make the three tables.

    Args:
        folder: Where the parallel text lies.
        out: Where the tables go.

    Raises:
        InputError: A file is missing.
        OutputError: A table cannot be written.
    """
    texts = [list(pairs(folder / name)) for name in (FRENCH, DUTCH)]
    english = dict.fromkeys(text for some in texts for _, text in some)
    cases = list(case_rows(english))
    note = _note(folder)
    french_side, english_side = numbered(iter(texts[0]), 2)
    (more,) = numbered(((text,) for _, text in texts[1]), 1)
    del texts, english
    counts = Counter(english_side.counts()) + Counter(more.counts())
    bases = english_bases(counts)
    tables = {
        "words.tsv": cases,
        "neighbours.tsv.xz": neighbour_rows((english_side, more), bases, _names(cases)),
        "senses.tsv.xz": sense_rows(french_side, english_side, bases, GRAMMAR),
    }
    for name, rows in tables.items():
        data = (note + "\n".join(rows) + "\n").encode()
        atomic_write(out / name, lzma.compress(data, preset=9) if name.endswith(".xz") else data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parents[1] / "data")  # noqa: PLR2004
