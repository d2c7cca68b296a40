import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligntool import plugins
from aligntool.aligners import lengths
from aligntool.aligning import search
from aligntool.aligning.sweeps import STEPS
from aligntool.alignment import Aligner, Pairing
from aligntool.records import Document, Segment


def document(texts, lang="und") -> Document:
    return Document(lang, tuple(Segment(text, "\n") for text in texts))


def align(source, target, **more):
    (bitext,) = lengths.align([Pairing(source, target, **more)])
    return bitext


def shape(bitext) -> list[tuple[int, int]]:
    return [(bead.source.size, bead.target.size) for bead in bitext.beads]


TEXTS = st.lists(st.text(max_size=200), max_size=25)


def made_up(seed: int, size: int) -> list[str]:
    draw = random.Random(seed)  # noqa: S311 - lengths, no secrets
    return ["x" * int(draw.lognormvariate(4.5, 0.6)) for _ in range(size)]


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_beads_tile_any_two_documents(left, right):
    bitext = align(document(left), document(right))  # the constructor refuses what does not tile
    assert all(0 <= bead.score <= 1 for bead in bitext.beads)
    assert set(shape(bitext)) <= {(0, 1), (1, 0), *STEPS}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([], []),
        ([], ["One."]),
        (["One."] * 7, []),
        (["One."], ["Een."]),
        ([""] * 5, ["", "x"]),
        (["a" * 100_000], ["b"] * 40),
        (["a"] * 3, ["b" * 100_000]),
        (["same"] * 400, ["same"] * 380),
        (["a"], ["b"] * 2000),
        (["a"] * 1600, ["b"]),
        (["a" * 50_000, *["b"] * 300], [*["b"] * 300, "a" * 50_000]),
    ],
    ids=lambda side: f"{len(side)}x{max(map(len, side), default=0)}",
)
def test_extreme_documents_are_aligned(left, right):
    bitext = align(document(left), document(right))
    assert sum(bead.source.size for bead in bitext.beads) == len(left)
    assert sum(bead.target.size for bead in bitext.beads) == len(right)


def test_a_faithful_translation_is_aligned_one_to_one_and_with_confidence():
    left = made_up(1, 200)
    right = ["y" * round(1.2 * len(text)) for text in left]
    bitext = align(document(left), document(right))
    assert shape(bitext) == [(1, 1)] * 200
    assert min(bead.score for bead in bitext.beads) > 0.9


@pytest.mark.parametrize("ratio", [0.3, 1.0, 3.5])
def test_the_length_ratio_is_learnt_from_the_documents(ratio):
    left = made_up(2, 150)
    right = ["y" * max(round(ratio * len(text)), 1) for text in left]
    assert shape(align(document(left), document(right))).count((1, 1)) >= 145


def test_merges_splits_and_gaps_are_found_in_place():
    left = made_up(3, 60)
    right = ["y" * len(text) for text in left]
    right[10:12] = [right[10] + right[11]]  # two of the source for one
    right[30:31] = [right[30][: len(right[30]) // 2], right[30][len(right[30]) // 2 :]]
    del right[45:51]  # six sentences left out
    bitext = align(document(left), document(right))
    by_source = {bead.source.start: bead for bead in bitext.beads if bead.source.size}
    assert (by_source[10].source.size, by_source[10].target.size) == (2, 1)
    assert by_source[0].target == (0, 1)
    assert by_source[59].target.end == len(right)
    assert sum(size == (1, 0) for size in shape(bitext)) >= 3


def test_doubtful_beads_score_lower_than_clear_ones():
    left = ["x" * 100, "x" * 20, "x" * 20, "x" * 20, "x" * 300, "x" * 50]
    right = ["y" * 100, "y" * 20, "y" * 20, "y" * 300, "y" * 50]
    bitext = align(document(left), document(right))
    sure = [
        bead.score
        for bead in bitext.beads
        if 100 in (len(left[bead.source.start]), 0) or bead.source.start > 3
    ]
    doubtful = [bead.score for bead in bitext.beads if 0 < bead.source.start < 4]
    assert max(doubtful) < min(sure)


def test_no_bead_straddles_a_barrier():
    left, walls = made_up(7, 60), ((20, 25), (40, 42))
    bitext = align(document(left), document(left), barriers=walls)
    for i, j in walls:
        assert (i, j) in {(bead.source.end, bead.target.end) for bead in bitext.beads}


def test_a_jump_in_the_text_does_not_break_the_band(monkeypatch):
    monkeypatch.setattr(search, "FULL", 20)
    for left, right in ((["a" * 9000, *["b"] * 200], ["b"] * 200), (["b"] * 200, [*["b"] * 200, "a" * 9000])):
        bitext = align(document(left), document(right))
        assert bitext.beads[-1].target.end == len(right)


def test_time_grows_with_the_text_not_with_its_square(monkeypatch):
    def seconds(size: int) -> float:
        left = made_up(5, size)
        began = time.process_time()
        align(document(left), document("y" * len(text) for text in left))
        return time.process_time() - began

    monkeypatch.setattr(search, "FULL", 100)
    seconds(50)
    assert seconds(2400) < 9 * max(seconds(600), 0.1)  # 4 if linear, 16 if not


def test_hundreds_of_identical_lines_are_aligned(monkeypatch):
    monkeypatch.setattr(search, "FULL", 100)
    bitext = align(document(["The same line again."] * 900), document(["Weer dezelfde regel."] * 870))
    assert shape(bitext).count((1, 1)) > 600


def test_it_is_found_by_name():
    plugin = plugins.load("aligners", "lengths")
    assert isinstance(plugin, Aligner)
    assert plugin.name == "lengths"
    assert "Gale" in plugin.summary


def test_documents_pass_through_unchanged():
    left, right = document(["Een.", "Twee."], "nl"), document(["One.", "Two."], "en")
    bitext = align(left, right)
    assert bitext.source == left
    assert bitext.target is right


@pytest.mark.parametrize(("name", "strict", "lax"), [("dtm-en-hu", 0.95, 0.97), ("textberg-dev", 0.6, 0.8)])
def test_gold_alignments_are_met(shared, name, strict, lax):
    folder = shared / "bench/align" / name / "0"
    left, right = ((folder / side).read_text("utf-8").splitlines() for side in ("src.txt", "tgt.txt"))
    found = {
        (tuple(range(*b.source)), tuple(range(*b.target)))
        for b in align(document(left), document(right)).beads
    }
    gold = set()
    for line in (folder / "gold.tsv").read_text("utf-8").splitlines():
        gold.add(tuple(tuple(int(n) for n in side.split(",") if n) for side in line.split("\t")[:2]))
    links = {(i, j) for a, b in gold for i in a for j in b}
    touching = sum(any((i, j) in links for i in a for j in b) for a, b in found)
    both = {bead for bead in gold if all(bead)}
    assert 2 * len(found & gold) / (len(found) + len(both)) > strict
    assert touching / len(found) > lax


def test_translations_of_another_number_of_lines_are_refused():
    left, right = document(["Een.", "Twee."], "nl"), document(["One.", "Two."], "en")
    with pytest.raises(ValueError, match="1 translations for 2 segments"):
        Pairing(left, right, source_mt=("One.",))
