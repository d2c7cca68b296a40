"""The bench: figures, the baseline beside them, and what it says without its material."""

import json
import shutil

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from aligntool.bench import comparing, reviewing, suites
from aligntool.bench.suites import Figure
from aligntool.cli.bench import command
from aligntool.errors import AligntoolError, InputError

_NAME = st.text(
    st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1
)


@given(st.dictionaries(st.tuples(_NAME, _NAME, _NAME), st.integers(-9999, 9999).map(float)))
def test_a_baseline_is_read_back_as_written(figures):
    assert suites.stored(suites.baseline(figures)) == figures


def test_without_the_material_the_message_names_the_option(tmp_path):
    with pytest.raises(InputError) as caught:
        suites.measure("flags", tmp_path)
    assert "--shared" in caught.value.hint


def test_figures_stand_beside_the_stored_ones_and_are_saved_on_request(tmp_path, monkeypatch):
    values = iter((0.5, 0.75))
    monkeypatch.setattr(
        suites, "SUITES", {"toy": lambda *_: iter([Figure("toy", "set", "F1", next(values))])}
    )
    (tmp_path / "bench").mkdir()
    options = ["--shared", str(tmp_path), "--baseline", str(tmp_path / "b.tsv"), "--json"]
    runner = CliRunner()
    first = json.loads(runner.invoke(command, ["toy", *options, "--save"]).stdout)["rows"]
    assert (first[0]["value"], first[0]["stored"]) == (0.5, None)
    second = json.loads(runner.invoke(command, ["toy", *options]).stdout)["rows"]
    assert (second[0]["value"], second[0]["stored"], second[0]["change"]) == (0.75, 0.5, "+0.25")
    assert (tmp_path / "b.tsv").read_text(encoding="utf-8").splitlines()[1] == "toy\tset\tF1\t0.5"


def test_an_unknown_suite_is_refused_with_those_there_are():
    result = CliRunner().invoke(command, ["speeed"])
    assert result.exit_code == 2
    assert "splitting" in result.stderr


def test_a_comparison_is_measured_in_a_process_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "bench").mkdir()
    monkeypatch.setattr(comparing, "JOBS", (comparing.Job("a short line", "lines", 300, 0.1),))
    figures = {f.measure: f.value for f in suites.measure("diff", tmp_path)}
    assert 0 < figures["CPU seconds"] < 20
    assert 5 < figures["memory (MiB)"] < 300


def test_a_comparison_that_fails_is_an_error_with_its_last_words():
    with pytest.raises(AligntoolError, match="diff failed"):
        comparing.run(comparing.Job("nothing changed", "tables", 3, -1.0))


def test_as_much_is_changed_as_was_asked_for():
    old, new = (text.splitlines() for text in comparing.tables(1000, 0.05))
    assert len(old) == len(new) == 1001
    assert 20 < sum(a != b for a, b in zip(old, new, strict=True)) < 100
    one, other = (text.split() for text in comparing.lines(1000, 0.05))
    assert 20 < sum(a != b for a, b in zip(one, other, strict=True)) <= 50


def test_the_splitter_reaches_its_bar_on_news(shared):
    figures = {(f.item, f.measure): f.value for f in suites.measure("splitting", shared)}
    for lang in ("en", "nl", "fr"):
        assert figures[f"news {lang} aligntool", "F1"] >= 0.995
        assert figures[f"news {lang} aligntool", "F1"] > figures[f"news {lang} naive", "F1"]


def test_flags_are_precise_on_the_gold_and_quiet_on_native_english(shared):
    figures = {(f.item, f.measure): f.value for f in suites.measure("flags", shared)}
    assert figures["normal", "overlap precision"] >= 0.8
    assert figures["normal", "false alarms per 1,000 native words"] <= 2
    assert figures["normal", "clean sentences flagged"] <= 2
    assert figures["normal", "clean sentences edited"] == 0


def test_a_review_is_timed_in_a_browser():
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine (make system)")
    pytest.importorskip("playwright", reason="no playwright: pip install -e .[dev]")
    cost = reviewing.run(200)
    assert 0 < cost.page < 10_000
    assert 0 < cost.save < 10_000
    assert cost.start > 0
    assert cost.keyboard > 0
    assert 10_000 < cost.size < 50_000
    assert 20 < cost.memory < 150


def test_without_a_browser_a_review_cannot_be_timed(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError, match="Chromium"):
        reviewing.run(200)
