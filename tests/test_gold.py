"""Alignment against gold, where the measuring material stands beside the checkout: strict and lax F1."""

import random

import pytest

from aligntool.aligners.words import align
from aligntool.alignment import Pairing
from aligntool.records import Document, Segment

pytestmark = pytest.mark.slow


def lines(path) -> list[str]:
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def document(texts) -> Document:
    return Document("und", tuple(Segment(text, "\n") for text in texts))


def gold_of(folder) -> list:
    rows = (line.split("\t")[:2] for line in lines(folder / "gold.tsv") if line.strip())
    return [tuple(tuple(int(n) for n in side.split(",") if n) for side in row) for row in rows]


def read(folder, forth="", back=""):
    made = [tuple(lines(folder / f"{name}.txt")) if name else () for name in (forth, back)]
    one = Pairing(document(lines(folder / "src.txt")), document(lines(folder / "tgt.txt")), *made)
    return one, gold_of(folder)


def beads_of(bitext):
    return {(tuple(range(*b.source)), tuple(range(*b.target))) for b in bitext.beads}


def measured(found, gold) -> dict[str, float]:
    """Strict and lax F1 after Sennrich & Volk (2010), micro-averaged; precision and recall of omissions."""
    strict, lax, sizes, nulls = [0, 0], [0, 0], [0, 0], [0, 0, 0]
    for mine, theirs in zip(found, map(set, gold), strict=True):
        both = [{bead for bead in side if all(bead)} for side in (mine, theirs)]
        for at, (beads, other) in enumerate(((mine, theirs), (both[1], both[0]))):
            links = {(i, j) for a, b in other for i in a for j in b}
            sizes[at] += len(beads)
            strict[at] += len(beads & other)
            lax[at] += sum(
                bead in other or any((i, j) in links for i in bead[0] for j in bead[1]) for bead in beads
            )
        alone = [
            {(side, n) for bead in beads if not bead[1 - side] for side_ in [side] for n in bead[side_]}
            for beads in (mine, theirs)
            for side in (0, 1)
        ]
        here, there = alone[0] | alone[1], alone[2] | alone[3]
        nulls = [a + b for a, b in zip(nulls, (len(here & there), len(here), len(there)), strict=True)]

    def f1(hits):
        precision, recall = (hit / max(size, 1) for hit, size in zip(hits, sizes, strict=True))
        return 2 * precision * recall / max(precision + recall, 1e-9)

    return {
        "strict": f1(strict),
        "lax": f1(lax),
        "recall": strict[1] / max(sizes[1], 1),
        "null precision": nulls[0] / max(nulls[1], 1),
        "null recall": nulls[0] / max(nulls[2], 1),
    }


def run(folder, forth="", back=""):
    documents = [read(one, forth, back) for one in sorted(folder.iterdir()) if one.is_dir()]
    found = align([one for one, _ in documents])
    return measured([beads_of(bitext) for bitext in found], [gold for _, gold in documents])


GOOD, GOOD_BACK, WEAK = "src2tgt.google", "tgt2src.google", "src2tgt.europarllight"


@pytest.mark.parametrize(
    ("name", "made", "strict", "lax"),
    [
        ("textberg-dev", (GOOD,), 0.87, 0.985),
        ("textberg-dev", (GOOD, GOOD_BACK), 0.885, 0.985),
        ("textberg-dev", (WEAK,), 0.84, 0.98),
        ("textberg-dev", (), 0.85, 0.98),
        ("mac-dev", (GOOD,), 0.855, 0.985),
        ("parice-en-is", (), 0.89, 0.965),
        ("dtm-en-hu", (), 0.975, 0.995),
        ("steinbeck-en-hu", (), 0.97, 0.995),
    ],
)
def test_gold_is_met(shared, name, made, strict, lax):
    figures = run(shared / "bench/align" / name, *made)
    assert figures["strict"] >= strict, figures
    assert figures["lax"] >= lax, figures


def test_news_items_of_six_sentences_are_found(shared):
    assert run(shared / "bench/align/news-si-ta")["recall"] >= 0.8


@pytest.mark.parametrize(("forth", "cost"), [(GOOD, 0.015), (WEAK, 0.015), ("", 0.05)])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_missing_paragraph_costs_little(shared, forth, cost, seed):
    folder = shared / "bench/align/textberg-dev/0"
    one, gold = read(folder, forth)
    whole = measured([beads_of(align([one])[0])], [gold])
    start = random.Random(seed).randrange(20, 500)  # noqa: S311 - a place, no secret
    kept = [j for j in range(len(one.target.segments)) if not start <= j < start + 15]
    number = {j: at for at, j in enumerate(kept)}
    cut = [(a, tuple(number[j] for j in b if j in number)) for a, b in gold]
    cut = [bead for bead in cut if any(bead)]
    left = Pairing(one.source, document([one.target.texts[j] for j in kept]), one.source_mt)
    figures = measured([beads_of(align([left])[0])], [cut])
    assert figures["lax"] >= whole["lax"] - cost, figures
    assert figures["null precision"] >= 0.75, figures
    assert figures["null recall"] >= 0.65, figures
