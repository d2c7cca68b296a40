"""The language machine-made English came from: voted, said, and what follows from it."""

import pytest

from aligntool import pipeline
from aligntool.origin import presumed, teeming, votes
from aligntool.pipeline import Extras, Settings

FRENCH = "The ONU and the OTAN met at 14h30 : « nothing new » , they said. The UE stayed away.\n"
GERMAN = (
    "Der Vertreter der Ukraine sprach. Moskau and Kiew met in Genf; Russland and Österreich stayed away.\n"
)


def check(text, extras=None):
    document = pipeline.english("a.txt", text, Settings())
    return pipeline.check("a", document, "normal", extras=extras or Extras())


def test_what_a_language_leaves_behind_names_it():
    checked = check(FRENCH)
    assert checked.origin == "fr"
    assert any("origin=fr (presumed)" in entry for entry in checked.trail)
    assert check(GERMAN).origin == "de"


def test_clean_english_names_none():
    assert check("The council met at noon and agreed on a plan.\n").origin == ""


@pytest.mark.parametrize(
    ("counted", "lang"),
    [
        ({}, ""),
        ({"fr": 2.5}, ""),
        ({"fr": 4.0}, "fr"),
        ({"fr": 6.0, "nl": 2.5}, ""),
        ({"fr": 9.0, "nl": 3.0}, "fr"),
    ],
)
def test_only_clear_votes_count(counted, lang):
    assert presumed(counted) == lang


def test_marks_of_the_printers_vote_without_any_flag():
    assert votes("« Yes », he said ; why ?", [])["fr"] > votes("„Ja“, he said.", [])["de"] > 0


def test_flags_of_another_language_are_dropped_when_it_is_said():
    langs = {f.evidence.get("lang") for f in check(FRENCH, Extras(origin="nl")).flags}
    assert "fr" not in langs


DOUBTFUL = "The baker would have fled to the island in spring.\n"


def texts(checked):
    return [flag.text for flag in checked.flags]


def test_a_text_that_teems_with_remains_is_read_more_closely():
    assert "would have fled" not in texts(check(DOUBTFUL))
    assert "would have fled" in texts(check(FRENCH + DOUBTFUL))
    assert "would have fled" in texts(check(DOUBTFUL, Extras(origin="fr")))
    assert set(texts(check(FRENCH))) <= set(texts(check(FRENCH + DOUBTFUL)))


def test_closer_reading_is_of_the_normal_level_and_of_english_that_stands_alone():
    document = pipeline.english("a.txt", FRENCH + DOUBTFUL, Settings())
    assert "would have fled" not in texts(pipeline.check("a", document, "strict"))
    original = pipeline.prepare(
        "a.nl.txt", "De bakker vluchtte in het voorjaar naar het eiland.\n", Settings(source="nl")
    )
    beside = pipeline.parallel(original, pipeline.english("a.txt", DOUBTFUL, Settings()))
    assert "would have fled" not in texts(pipeline.check("a", beside, "normal"))


@pytest.mark.parametrize(
    ("words", "counted", "lang"),
    [
        (100, {"fr": 3.5}, ""),
        (100, {"fr": 4.0}, "fr"),
        (1_000, {"fr": 7.5}, ""),
        (1_000, {"fr": 8.0}, "fr"),
        (1_000, {"fr": 8.0, "nl": 7.0}, ""),
        (0, {}, ""),
    ],
)
def test_a_text_teems_by_votes_a_thousand_words(words, counted, lang):
    assert teeming("word " * words, counted) == lang
