"""The lexicon of parts of speech and the word lists made with it."""

import pytest

from aligntool.files import read_table
from aligntool.parts import parts_of
from aligntool.spellings import Words, meant, parted


@pytest.fixture(scope="module")
def parts():
    return parts_of(read_table("parts"))


@pytest.fixture(scope="module")
def words():
    return Words.of(read_table("words"), read_table("spelling"), read_table("foreign"))


@pytest.mark.parametrize(
    ("word", "tags"), [("nuclear", "A"), ("goes", "Z"), ("children", "P"), ("written", "E"), ("quickly", "R")]
)
def test_a_word_is_what_it_most_often_is(parts, word, tags):
    assert parts.first(word, tags)


def test_what_a_word_seldom_is_counts_as_never_only_where_it_is_not_listed(parts):
    assert parts.only("nuclear", "A")
    assert not parts.only("cold", "A")
    assert not parts.only("nonesuchword", "A")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("archipelgo", "archipelago"),
        ("unanimoulsy", "unanimously"),
        ("goverment", "government"),
        ("house", ""),
    ],
)
def test_a_slip_leads_to_the_word_that_was_meant(words, wrong, right):
    assert meant(wrong, words) == right


def test_words_run_together_are_parted_and_compounds_told(words):
    assert parted("eachyear", words.counts) == ("each year", True)
    assert parted("toolset", words.counts)[1] is False


def test_foreign_words_are_no_english_ones(words):
    assert words.foreign["gouvernement"] == "fr"
    assert not any(words.knows(word) for word in words.foreign)
