"""Make spelling.tsv, parts.tsv and foreign.tsv in aligntool/data: English words, what they can be, others'.

Run: ``python scripts/english.py SCOWL WORDNET PAIRS``, where the three are folders: the word lists of SCOWL
(Debian: package scowl, /usr/share/dict/scowl), the database of WordNet 3.0 (Debian: wordnet-base,
/usr/share/wordnet) and parallel texts (``fr-en.tsv.xz``, ``nl-en.tsv.xz``: source, foreign, English).
The same input gives the same bytes.
"""

import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from aligntool.files import read_table
from aligntool.inflection import forms

DATA = Path(__file__).parent.parent / "aligntool" / "data"
SIZES = ("10", "20", "35", "40", "50", "55", "60", "70")
KINDS = ("words", "upper", "proper-names")
VARIETIES = (
    "english",
    "american",
    "british",
    "british_z",
    "canadian",
    "british_variant_1",
    "canadian_variant_1",
    "variant_1",
    "variant_2",
    "variant_3",
)
TAGS = {"noun": ("N", "P"), "verb": ("V", "Z", "G", "D", "E"), "adj": ("A",), "adv": ("R",)}
RARE = 0.12
OFTEN, MOST = 25, 12000
WORD = re.compile(r"[^\W\d_]+")
NAME_SHARE = 0.5


def spelling(scowl: Path) -> set[str]:
    """Words of SCOWL up to size 70, British and American, in small letters, possessives left out."""
    found = set()
    for variety in VARIETIES:
        for kind in KINDS:
            for size in SIZES:
                path = scowl / f"{variety}-{kind}.{size}"
                lines = path.read_text(encoding="utf-8").split() if path.exists() else []
                found.update(word.lower() for word in lines if "'" not in word)
    return found


def lemmas(wordnet: Path) -> dict[str, Counter[str]]:
    """How often each lemma was tagged as what in the texts WordNet counted, and once for being listed."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for part in TAGS:
        for line in (wordnet / f"index.{part}").read_text(encoding="ascii").splitlines():
            lemma, _, _ = line.partition(" ")
            if lemma.isalpha():
                found[lemma][part] += 1
    numbers = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
    for line in (wordnet / "cntlist.rev").read_text(encoding="ascii").splitlines():
        key, _, count = line.split(" ")
        lemma, _, sense = key.partition("%")
        if lemma in found:
            found[lemma][numbers[sense[0]]] += int(count)
    return found


def irregular(wordnet: Path) -> dict[tuple[str, str], list[str]]:
    """Irregular forms by part of speech and lemma."""
    found = defaultdict(list)
    for part in ("noun", "verb"):
        for line in (wordnet / f"{part}.exc").read_text(encoding="ascii").splitlines():
            form, *bases = line.split(" ")
            for base in bases:
                found[part, base].append(form)
    return found


def inflected(
    lemma: str, part: str, others: Mapping[tuple[str, str], list[str]]
) -> Iterator[tuple[str, str]]:
    """Forms of a lemma, each with its tag."""
    if part == "noun":
        yield lemma, "N"
        plurals = [form for form in others.get((part, lemma), []) if form != lemma]
        yield from ((form, "P") for form in plurals or [forms(lemma)["s"]])
    elif part == "verb":
        made = forms(lemma)
        yield from ((made[form], tag) for form, tag in zip(made, TAGS["verb"], strict=True))
    else:
        yield lemma, TAGS[part][0]


def parts(wordnet: Path, words: Iterable[str]) -> dict[str, str]:
    """What a word can be, the likeliest first, what it hardly ever is in a small letter."""
    others = irregular(wordnet)
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    wanted = set(words)
    for lemma, counts in lemmas(wordnet).items():
        for part, count in counts.items():
            for form, tag in set(inflected(lemma, part, others)):
                if form in wanted:
                    weights[form][tag] += count
    return {word: signature(counts) for word, counts in weights.items()}


def signature(counts: Counter[str]) -> str:
    """``NVz``: a noun more often than a verb, hardly ever the third."""
    whole = counts.total()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(tag if count >= RARE * whole else tag.lower() for tag, count in ordered)


def foreign(pairs: Path, lang: str, english: set[str]) -> list[str]:
    """Common words of a language that are no English ones: what hardly stands in the English beside it."""
    said: Counter[str] = Counter()
    small: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    with lzma.open(pairs / f"{lang}-en.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            _, original, translation = line.rstrip("\n").split("\t")
            found = WORD.findall(original)
            low = [word.lower() for word in found]
            said.update(low)
            small.update(word for word in found if word[0].islower())
            kept.update(set(low) & {word.lower() for word in WORD.findall(translation)})
    able = (
        (count, word)
        for word, count in said.items()
        if count >= OFTEN
        and len(word) > 2  # noqa: PLR2004 - shorter ones are too often something else
        and word not in english
        and small[word] > NAME_SHARE * count
        and kept[word] < 0.03 * count
    )
    return sorted(word for _, word in sorted(able, key=lambda item: (-item[0], item[1]))[:MOST])


def write(name: str, head: str, rows: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Write a table of word lists."""
    lines = [head, *(f"{key}\t{' '.join(words)}" for key, words in rows)]
    (DATA / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(scowl: Path, wordnet: Path, pairs: Path) -> None:
    """Make the three tables."""
    listed = spelling(scowl)
    counted = {row["word"] for row in read_table("words")}
    write("spelling", "initial\twords", by(listed, lambda word: word[0]))
    tagged = parts(wordnet, listed | counted)
    common = {word: tags for word, tags in tagged.items() if word in counted or tags not in {"N", "P"}}
    write("parts", "parts\twords", by(common, common.__getitem__))
    write("foreign", "lang\twords", ((lang, foreign(pairs, lang, listed | counted)) for lang in ("fr", "nl")))


def by(words: Iterable[str], key: Callable[[str], str]) -> list[tuple[str, list[str]]]:
    """Words in groups, both in order."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[key(word)].append(word)
    return sorted(groups.items())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
