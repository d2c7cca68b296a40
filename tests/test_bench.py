"""The bench: figures, the baseline beside them, and what it says without its material."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from aligntool.bench import suites
from aligntool.bench.suites import Figure
from aligntool.cli.bench import command
from aligntool.errors import InputError

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
    monkeypatch.setattr(suites, "SUITES", {"toy": lambda _: iter([Figure("toy", "set", "F1", next(values))])})
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
