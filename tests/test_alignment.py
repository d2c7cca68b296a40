import math
import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligntool import alignment, plugins
from aligntool.aligners.lengths import align
from aligntool.alignment import STEPS, Aligner, Pairing, best_beads, diagonal
from aligntool.records import Document, Segment


def document(texts, lang="und") -> Document:
    return Document(lang, tuple(Segment(text, "\n") for text in texts))


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
    assert set(shape(bitext)) <= set(STEPS)


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


def brute_force(length: int, last: int, cost: dict) -> tuple[float, dict, float]:
    """Every tiling there is: the best sum, the total probability of all, and that of each bead."""
    total, through, best = 0.0, {}, -math.inf

    def walk(i: int, j: int, sum_: float, beads: list) -> None:
        nonlocal total, best
        if (i, j) == (length, last):
            total += math.exp(sum_)
            best = max(best, sum_)
            for bead in beads:
                through[bead] = through.get(bead, 0.0) + math.exp(sum_)
            return
        for ds, dt in STEPS:
            if i + ds <= length and j + dt <= last:
                bead = (i, i + ds, j, j + dt)
                walk(i + ds, j + dt, sum_ + cost[bead], [*beads, bead])

    walk(0, 0, 0.0, [])
    return best, through, total


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 10_000))
def test_the_path_is_the_best_there_is_and_its_confidence_exact(length, last, seed):
    draw = random.Random(seed)  # noqa: S311 - costs, no secrets
    cost = {
        (i - ds, i, j - dt, j): draw.uniform(-6, 0)
        for i in range(length + 1)
        for j in range(last + 1)
        for ds, dt in STEPS
        if i >= ds and j >= dt
    }

    def score(end, first, width, step):
        ds, dt = step
        return np.array([cost.get((end - ds, end, j - dt, j), -1.0) for j in range(first, first + width)])

    beads = best_beads((length, last), score)
    keys = [(*bead.source, *bead.target) for bead in beads]
    best, through, total = brute_force(length, last, cost)
    assert sum(cost[key] for key in keys) == pytest.approx(best)
    assert [bead.score for bead in beads] == pytest.approx([through[key] / total for key in keys])


def test_the_band_widens_until_the_path_keeps_clear_of_its_edges(monkeypatch):
    # The first 350 sentences of the source are missing: far off any straight line.
    def score(end, first, width, step):
        right = np.arange(first, first + width)
        if step == (1, 1):
            return np.where(right == end - 350, 0.0, -50.0)
        return np.full(width, -1.0 if step == (1, 0) else -20.0)

    monkeypatch.setattr(alignment, "_FULL", 100)
    monkeypatch.setattr(alignment, "_WIDTH", 61)
    beads = best_beads((1000, 650), score)
    pairs = [bead for bead in beads if bead.source.size == bead.target.size == 1]
    assert len(pairs) == 650
    assert pairs[0].source.start == 350


def test_scores_that_are_no_numbers_are_refused_rather_than_searched_for_ever():
    with pytest.raises(ValueError, match="finite"):
        best_beads((3, 2), lambda _end, _first, width, _step: np.full(width, np.nan))


def test_a_band_gives_what_the_whole_lattice_gives(monkeypatch):
    left = made_up(6, 220)
    right = ["y" * len(text) for text in left if len(text) % 9]
    whole = align(document(left), document(right))
    monkeypatch.setattr(alignment, "_FULL", 20)
    monkeypatch.setattr(alignment, "_WIDTH", 61)
    banded = align(document(left), document(right))
    assert shape(banded) == shape(whole)
    assert [bead.score for bead in banded.beads] == pytest.approx([b.score for b in whole.beads], abs=1e-3)


def test_a_jump_in_the_text_does_not_break_the_band(monkeypatch):
    monkeypatch.setattr(alignment, "_FULL", 20)
    monkeypatch.setattr(alignment, "_WIDTH", 21)
    for left, right in ((["a" * 9000, *["b"] * 200], ["b"] * 200), (["b"] * 200, [*["b"] * 200, "a" * 9000])):
        bitext = align(document(left), document(right))
        assert bitext.beads[-1].target.end == len(right)


def test_time_grows_with_the_text_not_with_its_square(monkeypatch):
    def seconds(size: int) -> float:
        left = made_up(5, size)
        began = time.process_time()
        align(document(left), document("y" * len(text) for text in left))
        return time.process_time() - began

    monkeypatch.setattr(alignment, "_FULL", 100)
    monkeypatch.setattr(alignment, "_WIDTH", 101)
    seconds(50)
    assert seconds(2400) < 9 * max(seconds(600), 0.1)  # 4 if linear, 16 if not


def test_hundreds_of_identical_lines_are_aligned(monkeypatch):
    monkeypatch.setattr(alignment, "_FULL", 100)
    bitext = align(document(["The same line again."] * 900), document(["Weer dezelfde regel."] * 870))
    assert shape(bitext).count((1, 1)) > 600


def test_the_diagonal_follows_the_text_not_the_number_of_lines():
    assert diagonal([10, 10, 10], [5, 5, 10, 10]) == [0, 2, 3, 4]
    assert diagonal([], [1]) == [0]
    assert diagonal([0, 0], [0]) == [0, 0, 0]


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
