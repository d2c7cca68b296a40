"""Capitals taken off and put back; long texts cut where they may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.literals import literals
from aligntool.shapes import cut, fitted, plain, reshape, shape_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("KABEL OP DE ZEEBODEM GEBROKEN", "upper"),
        ("ONTWIKKELINGSHULP", "upper"),
        ("NAVO", "plain"),
        ("EU EN VS", "upper"),
        ("NAVO-top in Den Haag", "plain"),
        ("Kabel Op De Zeebodem Gebroken", "title"),
        ("Anna Jansen Bert Pietersen", "plain"),  # names, no small word among them
        ("Een gewone zin, met Namen.", "plain"),
        ("12.5 %", "plain"),
        ("{NAAM} {STAD}", "plain"),
    ],
)
def test_shape(text, shape):
    assert shape_of(text) == shape


def test_capitals_come_off_and_go_back_without_touching_items():
    text = "BEL %s OF MAIL Jan@Post.NL OVER {NAAM}"
    assert plain(text, "upper") == "Bel %s of mail Jan@Post.NL over {NAAM}"
    assert (
        reshape("Call %s or mail Jan@Post.NL about {NAAM}", "upper")
        == "CALL %s OR MAIL Jan@Post.NL ABOUT {NAAM}"
    )
    assert reshape("what's new in {naam}", "title") == "What's New In {naam}"


def test_blanks_are_collapsed_for_the_engine():
    assert plain("een\u00a0 zin\n\tover twee regels", "plain") == "een zin over twee regels"


@pytest.mark.parametrize(
    ("source", "output", "wanted"),
    [
        ("omdat het regende", "Because it was raining.", "because it was raining"),
        ("Omdat het regende.", "Because it was raining.", "Because it was raining."),
        ("ik ging", "I went", "I went"),
        ("navo-landen", "NATO countries", "NATO countries"),
    ],
)
def test_a_fragment_is_not_dressed_up_as_a_sentence(source, output, wanted):
    assert fitted(source, output) == wanted


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "de ene helft van de zin; de andere, die langer is",
            ["de ene helft van de zin;", "de andere, die langer is"],
        ),
        ("de ene helft van de zin, en dan de andere", ["de ene helft van de zin,", "en dan de andere"]),
        ("een lange zin zonder enig teken erin gezet", ["een lange zin zonder", "enig teken erin gezet"]),
        ("a" * 60, ["a" * 30, "a" * 30]),
        ("前半句话在这里；后半句话在那里没有空格", ["前半句话在这里；", "后半句话在那里没有空格"]),
    ],
)
def test_a_long_text_is_cut_at_the_best_place_near_the_middle(text, pieces):
    limit = max(map(len, pieces))
    assert [piece for piece, _ in cut(text, lambda piece: len(piece) <= limit)] == pieces


def test_an_address_is_not_cut_while_there_is_another_place():
    text = "zie https://voorbeeld.nl/een,twee;drie,vier en dan nog wat woorden erachter"
    pieces = [piece for piece, _ in cut(text, lambda piece: len(piece) <= 45)]
    assert any("https://voorbeeld.nl/een,twee;drie,vier" in piece for piece in pieces)


@given(st.text(min_size=1), st.integers(1, 20))
def test_pieces_fit_and_with_what_stood_between_them_give_the_text_back(text, limit):
    parts = cut(text, lambda piece: len(piece) <= limit)
    assert "".join(piece + glue for piece, glue in parts) == text
    assert all(len(piece) <= limit for piece, _ in parts)


@given(st.text())
def test_shouting_never_changes_an_item(text):
    items = [text[a:b] for a, b in literals(text)]
    shouted = reshape(text, "upper")
    assert all(item in shouted for item in items)
