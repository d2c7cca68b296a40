"""Packages beside the outputs of other systems: who is measured, on what, and what the figures mean."""

import pytest
from starter import VERSION

from aligntool.bench import quality, suites
from aligntool.measures import quality as measured

DUTCH = ["De boot ligt vandaag in de haven.", "Morgen begint de vergadering om tien uur."]
ENGLISH = ["The boat lies in the harbour today.", "The meeting begins tomorrow at ten o'clock."]


@pytest.fixture
def material(tmp_path, monkeypatch):
    """Two sentences, and what another system made of them; a cache and a shelf of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "bench" / "mt"
    folder.mkdir(parents=True)
    for name, lines in (("nl", DUTCH), ("en", ENGLISH), ("nl-en.other.en", ENGLISH)):
        (folder / f"flores-dev.{name}").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return tmp_path


def test_packages_are_measured_at_every_beam_beside_other_systems(material):
    rows = {row.item: row for row in quality.run(material)}
    starter = f"nl-en, starter {VERSION}, beam"
    ours = [f"{starter} {beam}{how}" for beam in quality.BEAMS for how in ("", ", helped")]
    assert list(rows) == ["nl-en, other", *ours]
    assert rows["nl-en, other"].quality.chrf == pytest.approx(100)
    assert rows["nl-en, other"].speed == 0
    assert all(rows[item].speed > 0 and rows[item].quality.chrf > 20 for item in ours)


def test_only_the_items_asked_for_are_measured(material):
    assert [row.item for row in quality.run(material, "nl-en, other")] == ["nl-en, other"]
    assert list(quality.run(material, "fr-en")) == []


def test_only_the_first_sentences_count_when_asked(material):
    path = material / "bench" / "mt" / "flores-dev.nl-en.other.en"
    path.write_text(f"{ENGLISH[0]}\nAltogether something else.\n", encoding="utf-8")
    one, two = (next(quality.run(material, "nl-en, other", limit)).quality for limit in (1, None))
    assert one.chrf == pytest.approx(100)
    assert two.chrf < 70


def test_figures_of_other_systems_have_no_speed(material, monkeypatch):
    monkeypatch.setattr(quality, "starters", list)
    monkeypatch.setattr(quality, "installed", list)
    found = suites.measure("quality", material)
    assert [(f.item, f.measure) for f in found] == [("nl-en, other", "BLEU"), ("nl-en, other", "chrF")]


def test_figures_are_those_of_sacrebleu_and_name_its_signature():
    found = measured(ENGLISH, ENGLISH)
    assert found.bleu == pytest.approx(100)
    assert "tok:13a" in found.bleu_signature
    assert "nc:6" in found.chrf_signature
