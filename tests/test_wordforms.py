"""Loops, copies and numbers: what is one, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.wordforms import copied, loops, numerals, unsaid_numbers, words

LOOPS = [
    ("De vergadering was in mei.", "The meeting was in May in May in May."),
    ("Hij wil dat.", "He wants wants it."),
    ("Zij vertrok naar huis.", "She went home and she went home and she went home."),
    ("Alleen dit.", "The way that the way that it was the way that it is."),
    ("De minister sprak.", "The minister spoke of the minister's minininister."),
    ("Kort.", "word " + " ".join(f"w{i}" for i in range(20))),
    ("他来了。", "He came he came he came."),
]
FAITHFUL = [
    ("Heel, heel, heel ver.", "Far, far, far away."),
    ("Ze zei dat dat niet kon.", "She said that that was not possible."),
    ("Steeds weer en weer.", "Again and again."),
    ("Huis aan huis, dag na dag.", "House to house, day after day."),
    ("", ""),
    ("Bijzonder interessant en belangrijk nieuws.", "Particularly interesting and important news."),
    ("那本书是我的，这本书是他的。", "That book is mine, this book is his."),
    ("Dit is Malta. Malta is een eiland.", "This is Malta. Malta is an island."),
    ("Het lied “Rode Ster”, het mooiste daar.", "The song of “the Red Star”, the Red Star’s finest."),
]


@pytest.mark.parametrize(("source", "output"), LOOPS)
def test_a_repetition_that_the_source_does_not_have_is_a_loop(source, output):
    assert loops(source, output)


@pytest.mark.parametrize(("source", "output"), FAITHFUL)
def test_a_repetition_that_the_source_has_or_the_language_asks_for_is_none(source, output):
    assert not loops(source, output)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("de trein naar het noorden rijdt niet", "de trein naar het noorden rijdt niet"),
        ("Morgen rijdt de trein naar het noorden niet meer", "Tomorrow rijdt de trein naar het noorden"),
        (
            "Hij kwam gisteren aan, en daarna zag niemand van ons hem nog terug in het dorp.",
            "He came yesterday, and en daarna zag niemand van ons ever saw.",
        ),
    ],
)
def test_words_left_as_they_were_are_a_copy(source, output):
    assert copied(source, output)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Anna de Vries, Jan Smit, Bert Bos", "Anna de Vries, Jan Smit, Bert Bos"),  # names
        # the languages share many words
        ("Het water was warm in de lange winter van dat jaar.", "The water was warm in that long winter."),
        ("Nee.", "Nee."),  # too short to tell
        ("Wind tot 90 km/h, dus 25 m/s of 56 mph", "Winds of 90 km/h, or 25 m/s or 56 mph"),  # units
        ("Zij kocht een boek in de stad.", "She bought a book in town."),
    ],
)
def test_names_and_words_both_languages_have_are_no_copy(source, output):
    assert not copied(source, output)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Het kost 1.250,75 euro.", "It costs 1,250.75 euros."),
        ("Er waren 10 000 mensen.", "There were 10,000 people."),
        ("Op 3 mei.", "On the third of May."),
        ("Met 21 stemmen.", "With twenty-one votes."),
        ("Ongeveer 100 schepen.", "About a hundred ships."),
        ("De jaren 80.", "The 1980s."),
        ("Om 18.30 uur.", "At 6.30 pm."),
        ("Op 12-03-2021.", "On 12 March 2021."),
        ("In 2019 en 2021.", "In 2019 and 2021."),
        ("٣٤ مدينة", "34 towns"),
        ("À 9 h 30.", "At 9:30 am."),
        ("Om 10.00 uur.", "At 10 o'clock."),
        ("Vers 11 h.", "Around 11:00."),
        ("Het seizoen 1995-1996.", "The 1995-96 season."),
        ("Een gebied van 40 km2.", "An area of 40 square kilometres."),
        ("Environ 9\u2009000 kilomètres.", "About 9,000 kilometres."),
    ],
)
def test_a_number_in_another_form_is_still_said(source, output):
    assert unsaid_numbers(source, output) == []


@pytest.mark.parametrize(
    ("source", "output", "missing"),
    [
        ("In 1951 kwamen 400 boeren.", "In 1951 farmers came.", ["400"]),
        ("In 1951 en weer in 1951.", "In 1951 and again.", ["1951"]),
        ("Het kost 12,50 euro.", "It costs 12 euros.", ["12,50"]),
        ("De F-16 vloog 40 uur.", "The F-17 flew for hours.", ["16", "40"]),
        ("Om 18.45 uur.", "At 6.30 pm.", ["18.45"]),
        ("Het jaar 1996.", "The year 1995.", ["1996"]),
        ("Het nummer 99.61.", "The number 99.", ["99.61"]),
    ],
)
def test_a_number_that_is_gone_or_changed_is_found_where_it_stood(source, output, missing):
    assert [source[start:end] for start, end in unsaid_numbers(source, output)] == missing


def test_small_numbers_count_as_said_in_languages_whose_number_words_are_not_known():
    assert unsaid_numbers("In 3 weken.", "En trois semaines.", "fr") == []
    assert unsaid_numbers("In 30 weken.", "En trente semaines.", "fr") == [(3, 5)]


@given(st.text())
def test_every_text_says_its_own_numbers_and_copies_no_loop_into_itself(text):
    assert unsaid_numbers(text, text) == []
    assert all(text[start:end] and digits.isdigit() for start, end, digits in numerals(text))
    assert not loops(text, text)


@given(st.text())
def test_words_are_what_is_left_without_blanks_and_signs(text):
    assert all(word and not word.isspace() for word in words(text))
