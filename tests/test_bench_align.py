"""The scorer counts as the reference does; confidence is held against the gold; sets are told by files."""

import importlib.util
import json
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from aligntool.bench import aligning, suites
from aligntool.bench.beads import Tally, calibration, parse, reliability, tally
from aligntool.cli.bench import command
from aligntool.errors import AligntoolError

GOLD = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2, 3)), ((), (4,))]


def test_strict_lax_and_nulls_of_an_example_counted_by_hand():
    found = [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((4,), (2, 3)), ((), (4,))]
    score = tally(GOLD, found)
    assert (score.found, score.found_strict, score.found_lax) == (6, 4, 5)
    assert (score.wanted, score.wanted_strict, score.wanted_lax) == (3, 2, 3)
    assert score.precision() == 4 / 6
    assert score.recall(lax=True) == 1.0
    assert score.nulls == (3, 2, 2)
    assert (score.null_precision, score.null_recall) == (2 / 3, 1.0)
    assert score.f1() == pytest.approx(2 * (4 / 6) * (2 / 3) / (4 / 6 + 2 / 3))
    assert (tally([], []).f1(), Tally().null_precision) == (0.0, 0.0)


@st.composite
def tilings(draw):
    """Beads that tile a few sentences a side, as a gold and two aligners of one text have them."""
    sizes = draw(st.integers(0, 9)), draw(st.integers(0, 9))

    def beads():
        found, at = [], (0, 0)
        while at != sizes:
            step = [draw(st.integers(0, min(3, size - a))) for a, size in zip(at, sizes, strict=True)]
            if any(step):
                spans = [tuple(range(a, a + s)) for a, s in zip(at, step, strict=True)]
                found.append((spans[0], spans[1]))
                at = at[0] + step[0], at[1] + step[1]
        return found

    return beads(), beads()


@given(tilings())
def test_an_alignment_is_all_right_by_its_own_measure(pair):
    gold, _ = pair
    score = tally(gold, gold)
    assert score.found == score.found_strict == score.found_lax
    assert score.wanted == score.wanted_strict == score.wanted_lax
    assert len(set(score.nulls)) == 1


@given(st.lists(tilings()))
def test_tallies_add_up(pairs):
    parts = [tally(gold, found) for gold, found in pairs]
    total = sum(parts, Tally())
    assert total.wanted == sum(part.wanted for part in parts)
    assert total.nulls[2] == sum(part.nulls[2] for part in parts)
    assert total.found_strict <= total.found_lax <= total.found


@pytest.fixture(scope="module")
def reference(shared):
    """The scorer that lies beside the benchmark sets."""
    spec = importlib.util.spec_from_file_location("score", shared / "bench" / "align" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same(ours, theirs):
    assert (ours.found, ours.wanted) == (theirs["n_hyp"], theirs["n_gold"])
    measured = [ours.precision(), ours.recall(), ours.f1()]
    measured += [ours.precision(lax=True), ours.recall(lax=True), ours.f1(lax=True)]
    measured += [ours.null_precision, ours.null_recall]
    names = ["p_strict", "r_strict", "f1_strict", "p_lax", "r_lax", "f1_lax", "null_p", "null_r"]
    assert measured == pytest.approx([theirs[name] for name in names], abs=1e-12)


def test_our_scorer_gives_the_reference_scorers_numbers_for_any_beads(reference):
    numbers = st.lists(st.integers(0, 12), max_size=3, unique=True).map(tuple)
    beads = st.lists(st.tuples(numbers, numbers).filter(any), max_size=8, unique=True)

    @given(st.lists(st.one_of(tilings(), st.tuples(beads, beads)), max_size=3))
    def hold(pairs):
        # Two beads of the same sentences in another order are one bead: no aligner writes such.
        sets = [[{(tuple(sorted(s)), tuple(sorted(t))) for s, t in side} for side in pair] for pair in pairs]
        if all(
            len(one) == len(side)
            for held, pair in zip(sets, pairs, strict=True)
            for one, side in zip(held, pair, strict=True)
        ):
            ours = sum((tally(gold, found) for gold, found in pairs), Tally())
            same(ours, reference.score(pairs))

    hold()


def test_our_scorer_gives_the_reference_scorers_numbers_for_real_alignments(reference, shared, monkeypatch):
    kept = []

    def keep(gold, found):
        kept.append((gold, found))
        return tally(gold, found)

    monkeypatch.setattr(aligning, "tally", keep)
    for name in ("parice-en-is", "textberg-dev"):
        kept.clear()
        job = next(iter(aligning.jobs(shared / "bench" / "align", name)))
        measured = aligning.run(job)
        same(measured.tally, reference.score(kept))
        folder = shared / "bench" / "align" / name
        golds = [reference.read(path) for path in sorted(folder.glob("*/gold.tsv"))]
        assert sorted(golds) == sorted(gold for gold, _ in kept)
        assert measured.cpu > 0
        assert measured.memory > 1


def test_gold_files_are_read():
    assert parse("0\t0\n1,2\t1\n3\t\n\t4\n\n") == [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (4,))]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_a_reliability_table_holds_every_bead_once(judged):
    table = reliability(judged)
    assert sum(count for _, count, _, _ in table) == len(judged)
    assert all(low < high for (low, *_), (high, *_) in pairwise(table))
    assert all(low <= mean <= 1 and 0 <= share <= 1 for low, _, mean, share in table)
    assert 0 <= calibration(judged) <= 1


def test_confidence_that_keeps_its_word_is_calibrated():
    assert calibration([(0.75, True)] * 3 + [(0.75, False)]) == 0
    assert calibration([(1.0, False)]) == 1
    assert calibration([]) == 0


@pytest.fixture
def material(tmp_path):
    """A set of two documents with one system both ways, and a bare one."""
    for name in ("toy/a", "toy/b", "bare/a"):
        folder = tmp_path / "bench" / "align" / name
        folder.mkdir(parents=True)
        (folder / "src.txt").write_text("Een zin.\nEn nog een.\n", encoding="utf-8")
        (folder / "tgt.txt").write_text("A sentence.\nAnd another.\n", encoding="utf-8")
        (folder / "gold.tsv").write_text("0\t0\n1\t1\n", encoding="utf-8")
    for name in ("toy/a", "toy/b"):
        folder = tmp_path / "bench" / "align" / name
        (folder / "src2tgt.x.txt").write_text("A sentence.\nAnd one more.\n", encoding="utf-8")
        (folder / "tgt2src.x.txt").write_text("Een zin.\nEn een andere.\n", encoding="utf-8")
    (tmp_path / "bench" / "align" / "toy" / "a" / "src2tgt.y.txt").write_text("-\n-\n", encoding="utf-8")
    return tmp_path


def test_every_system_is_measured_each_way_and_both_beside_the_floor(material):
    jobs = aligning.jobs(material / "bench" / "align", aligners=("other", "lengths"))
    assert [job.item for job in jobs] == [
        "bare, no MT, other",
        "bare, no MT, lengths",
        "toy, no MT, other",
        "toy, x, other",
        "toy, x back, other",
        "toy, x both ways, other",
        "toy, no MT, lengths",
    ]
    assert (jobs[5].source_mt, jobs[5].target_mt) == ("src2tgt.x.txt", "tgt2src.x.txt")


def test_the_suite_says_how_good_how_fast_how_big_and_how_true(material):
    figures = {(f.item, f.measure): f.value for f in suites.measure("align", material, "toy")}
    assert figures["toy, no MT, lengths", "strict F1"] == 1.0
    assert figures["toy, no MT, lengths", "lax F1"] == 1.0
    assert figures["toy, no MT, lengths", "memory (MiB)"] > 1
    assert ("bare, no MT, words", "strict F1") not in figures
    assert ("sets toy…, no MT, lengths", "calibration error") in figures


def test_a_part_of_a_suite_is_named_behind_a_stroke(material, tmp_path):
    options = ["align/bare", "--shared", str(material), "--baseline", str(tmp_path / "b.tsv"), "--json"]
    found = json.loads(CliRunner().invoke(command, options).stdout)["rows"]
    assert {row["item"].partition(",")[0] for row in found} == {"bare", "sets bare…"}


def test_a_wide_table_has_a_row_an_item(material, tmp_path):
    options = ["align/bare", "--shared", str(material), "--baseline", str(tmp_path / "b.tsv"), "--wide"]
    head, first, *_ = CliRunner().invoke(command, options).stdout.split("\n")
    shown = dict(zip(head.split("\t"), first.split("\t"), strict=True))
    assert (shown["item"], shown["strict F1"], shown["calibration error"]) == (
        "bare, no MT, words",
        "1.0",
        "",
    )


def test_translations_that_are_not_line_parallel_end_the_measurement_with_a_reason(material):
    broken = material / "bench" / "align" / "toy" / "a" / "src2tgt.x.txt"
    broken.write_text("one\n", encoding="utf-8")
    job = next(
        job for job in aligning.jobs(material / "bench" / "align", aligners=("other",)) if job.source_mt
    )
    with pytest.raises(AligntoolError, match="1 translations for 2 segments"):
        aligning.run(job)
