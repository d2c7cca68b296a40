"""The word statistics in ``aligntool/data``, made from parallel text: ``words``, ``senses``, ``neighbours``.

``python -m aligntool.train.wordtables FOLDER`` reads ``fr-en.tsv.xz`` and ``nl-en.tsv.xz`` (source name,
foreign, English, a tab between) and writes the three tables. Nothing in it is drawn by chance: the same files
give the same tables. What goes into them are counts of words, never a sentence.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligntool.senses import GRAMMAR, LEAST
from aligntool.train.wordlinks import Content, learn
from aligntool.train.wordlists import Words, english_bases, french_bases, numbered, origin, pairs, store

__all__ = ["case_rows", "main", "neighbour_rows", "sense_rows"]

Integers = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

FRENCH, DUTCH = "fr-en.tsv.xz", "nl-en.tsv.xz"

_INSIDE = re.compile(r"(?:(?<=[^\W_][ \u00a0-])|(?<=,[ \u00a0]))[^\W\d_]+(?:['’](?![Ss]\b)[^\W\d_]+)*")
_LISTED, _INDEXED = 4, 8
_NAME = 40
_FAINT, _BACK, _LINKED = 0.01, 0.004, 2
_APART = 3

_FRENCH_GRAMMAR = """
les des une est sont dans avec que qui cette ces aux leur leurs mais nous vous ils elle elles été être
avoir ont étaient était avait avaient aussi ainsi alors après avant depuis entre selon sans vers chez
donc dont lorsque parce comme quand très moins peut peuvent doit doivent tous toutes toute tout notre
votre nos vos ses son mon mes ton tes ceux celle celles celui cela ceci chaque plusieurs quelques puis
pas par sur pour lui eux plus car soit serait sera seront pouvoir devoir autre autres bien trop ici non
oui fois suis êtes sommes aurait auraient aura auront ait aient étant ayant quel quelle quels quelles
rien pendant contre dès monsieur madame faut veut vont ailleurs également quant lors
"""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words that matter, the commonest first.

    Attributes:
        words: The words.
        number: Place in ``words`` of the word each form is counted as.
    """

    words: tuple[str, ...]
    number: Mapping[str, int]


def _vocabulary(counts: Mapping[str, int], bases: Mapping[str, str], leave: Iterable[str]) -> _Vocabulary:
    out = frozenset(leave)
    base = {form: bases.get(form, form) for form in counts if form not in out and len(form) >= LEAST}
    totals: Counter[str] = Counter()
    for form, word in base.items():
        totals[word] += counts[form]
    kept = [word for word, count in totals.items() if count >= _INDEXED and word not in out]
    words = tuple(sorted(kept, key=lambda word: (-totals[word], word)))
    place = {word: i for i, word in enumerate(words)}
    return _Vocabulary(words, {form: place[word] for form, word in base.items() if word in place})


def case_rows(texts: Iterable[str]) -> Iterator[str]:
    """Rows of ``words``: how often inside sentences, in how many of 100 cases with a capital, in capitals.

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


def sense_rows(french: Words, english: Words, bases: Mapping[str, str]) -> Iterator[str]:
    """Rows of ``senses``, as `aligntool.senses` describes them.

    Args:
        french: The French side.
        english: The English one, as many sentences.
        bases: The word each English form is counted as.
    """
    counts = french.counts()
    given = _vocabulary(counts, french_bases(counts), _FRENCH_GRAMMAR.split())
    made = _vocabulary(english.counts(), bases, GRAMMAR)
    links = learn(_content(french, given), _content(english, made))
    kept = np.flatnonzero((links.forth >= _FAINT) & (links.back >= _BACK) & (links.times >= _LINKED))
    entries: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for at in kept.tolist():
        forth, back = links.forth[at], links.back[at]
        entry = f"{made.words[links.target[at]]}:{round(1000 * forth)}:{round(1000 * back)}"
        entries[given.words[links.source[at]]].append((-forth, entry))
    yield "word\tenglish"
    for word, found in sorted(entries.items()):
        yield f"{word}\t{' '.join(entry for _, entry in sorted(found))}"


def _content(side: Words, vocabulary: _Vocabulary) -> Content:
    ids, sentence, _ = side.renumbered(vocabulary.number)
    sizes = np.bincount(sentence, minlength=len(side.sizes)).astype(np.int32)
    return Content(ids, sizes, len(vocabulary.words))


def neighbour_rows(sides: Sequence[Words], bases: Mapping[str, str], names: frozenset[str]) -> Iterator[str]:
    """Rows of ``neighbours``, as `aligntool.senses` describes them.

    Args:
        sides: English texts.
        bases: The word each form is counted as.
        names: Words that are usually names.
    """
    counts: Counter[str] = Counter()
    for side in sides:
        counts.update(side.counts())
    vocabulary = _vocabulary(counts, bases, GRAMMAR)
    texts = [side.renumbered(vocabulary.number) for side in sides]
    size = len(vocabulary.words)
    totals = np.bincount(np.concatenate([ids for ids, _, _ in texts]), minlength=size)
    keys = np.concatenate([_adjacent(*text, size) for text in texts])
    beside = _beside(keys, vocabulary.words, names)
    forms: dict[int, list[str]] = defaultdict(list)
    for form, number in sorted(vocabulary.number.items(), key=lambda item: (-counts[item[0]], item[0])):
        forms[number].append(form)
    yield "word\tcount\tforms\tbeside"
    yield f"*\t{totals.sum()}\t\t{len(keys)}"
    for number, word in enumerate(vocabulary.words):
        if word not in names:
            groups = (f"{n} {' '.join(sorted(found))}" for n, found in sorted(beside[number].items()))
            yield f"{word}\t{totals[number]}\t{' '.join(forms[number])}\t{' '.join(groups)}"


def _beside(keys: Keys, words: Sequence[str], names: frozenset[str]) -> dict[int, dict[int, list[str]]]:
    """By the number of the rarer word: how many times, and with which words, it was met so often."""
    found, times = np.unique(keys, return_counts=True)
    beside: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, count in zip(found.tolist(), times.tolist(), strict=True):
        rare, common = divmod(key, len(words))
        if rare != common and not {words[rare], words[common]} & names:
            beside[rare][count].append(words[common])
    return beside


def _adjacent(ids: Integers, sentence: Integers, place: Integers, size: int) -> Keys:
    """Keys of neighbours: the rarer word first (numbers grow with rarity), at most two words between."""
    near = (sentence[1:] == sentence[:-1]) & (place[1:] - place[:-1] <= _APART)
    one, other = ids[:-1][near].astype(np.int64), ids[1:][near].astype(np.int64)
    keys: Keys = np.maximum(one, other) * size + np.minimum(one, other)
    return keys


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
    origins = [origin("aligntool.train.wordtables", folder / name) for name in (FRENCH, DUTCH)]
    french_side, english_side = numbered(iter(texts[0]), 2)
    (more,) = numbered(((text,) for _, text in texts[1]), 1)
    del texts, english
    counts = Counter(english_side.counts()) + Counter(more.counts())
    bases = english_bases(counts)
    tables = {
        "words.tsv": cases,
        "neighbours.tsv.xz": neighbour_rows((english_side, more), bases, _names(cases)),
        "senses.tsv.xz": sense_rows(french_side, english_side, bases),
    }
    for name, rows in tables.items():
        store(out / name, origins, rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parents[1] / "data")  # noqa: PLR2004
