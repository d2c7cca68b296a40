"""The speed benchmark: both sides in processes of their own, figures that mean what they say."""

import subprocess
import sys

import pytest

from aligntool.bench.speed import SIDES, Report, Side, run
from aligntool.errors import AligntoolError

SENTENCES = [
    "De boot ligt vandaag in de haven van Vlissingen.",
    "Het rapport_2 is gisteren naar de minister gestuurd.",
    "Wie heeft de sleutel van het kantoor?",
    "Morgen begint de vergadering om tien uur.",
    "De kinderen spelen in het park achter de school.",
]


def test_argos_translate_and_ours_say_the_same_and_ours_takes_less_memory(
    starter_folder, monkeypatch, tmp_path
):
    monkeypatch.setenv("HOME", str(tmp_path))
    told: list[str] = []
    report = run(SENTENCES, starter_folder, beam=2, done=told.append)
    assert told == list(SIDES)
    assert report.identical == len(SENTENCES)
    assert report.ratio("ours", "memory") > 1
    assert report.ratio("ours", "start") > 1
    assert all(side.wall > 0 and side.cpu > 0 for side in report.sides)
    assert list(tmp_path.iterdir()) == []


def test_the_table_has_a_row_a_side_and_argos_translate_is_the_measure():
    sides = (
        Side("argos", 4.0, 12.0, 12.0, 300.0, ("a b", "c")),
        Side("ours", 0.5, 3.0, 2.0, 100.0, ("a_b", "d")),
        Side("guarded", 0.5, 4.0, 3.0, 100.0, ("a_b", "d")),
    )
    report = Report(sides, 2, 4)
    assert report.ratio("ours") == 4
    assert report.ratio("guarded", "cpu") == 4
    assert report.ratio("ours", "memory") == 3
    assert report.identical == 1
    rows = report.rows()
    assert [row["side"] for row in rows] == list(SIDES)
    assert [row["times_wall"] for row in rows] == [1, 4, 3]
    assert rows[0]["sentences_per_s"] == 0.2
    assert [row["identical"] for row in rows] == [None, 1, None]


def test_a_side_that_fails_is_an_error_with_its_last_words(tmp_path):
    with pytest.raises(AligntoolError, match="argos side"):
        run(SENTENCES, tmp_path)


def test_the_benchmark_itself_loads_neither_argos_translate_nor_torch():
    script = (
        "import sys, aligntool.bench.speed; "
        "print([name for name in ('argostranslate', 'torch') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
