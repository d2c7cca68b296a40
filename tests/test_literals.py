"""Addresses, placeholders, markup: found, missed when lost, masked and put back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.literals import (
    MASKS,
    around,
    carried,
    literals,
    localised,
    lost,
    mask,
    merged,
    unmask,
    widened,
)


@pytest.mark.parametrize(
    "item",
    [
        "https://voorbeeld.nl/pad_a?x=1&y=2",
        "www.voorbeeld.nl/a",
        "jan.de_vries@post.voorbeeld.nl",
        "%s",
        "%1$s",
        "%.2f",
        "%(naam)s",
        "{0}",
        "{naam}",
        "{{ naam }}",
        "${naam}",
        "<b>",
        '<a href="x y">',
        "</b>",
        "<br/>",
        "&nbsp;",
        "&#8217;",
        "@krant_nl",
        "#zeekabel",
    ],
)
def test_an_item_is_found_whole_in_the_middle_of_a_sentence(item):
    text = f"Zie {item}, zei hij."
    assert [text[a:b] for a, b in literals(text)] == [item]


@pytest.mark.parametrize(
    "text", ["50% van de leden", "3 < 4 en 5 > 2", "R&D; en zo", "C# en F#", "wie {of wat} dan"]
)
def test_ordinary_signs_are_no_items(text):
    found = [text[a:b] for a, b in literals(text)]
    assert found == (["&D;"] if "&D;" in text else [])


def test_what_a_translation_lacks_is_told_in_the_order_of_the_source():
    source = "Stuur {naam} op 14 juli naar a@b.nl of c@d.nl."
    output = "Send {naam} in July to c@d.nl."
    assert [source[a:b] for a, b in lost(source, output, "en")] == ["14", "a@b.nl"]


def test_digits_inside_an_address_are_not_counted_as_numbers():
    assert lost("Zie www.a.nl/2019/44.", "See www.a.nl/2019/44.", "en") == ()


def test_a_number_is_carried_over_in_the_target_languages_writing():
    assert carried("1.250", "nl", "en") == "1,250"
    assert carried("3,5", "nl", "fr") == "3,5"
    assert carried("12.03.2021", "nl", "en") == "12.03.2021"


@pytest.mark.parametrize(
    ("text", "output", "wanted"),
    [
        ("Van 11.000 tot 22.500 euro", "From 11.000 to 22,500 euros", "From 11,000 to 22,500 euros"),
        ("Groei van 2,5 %", "Growth of 2,5%", "Growth of 2.5%"),
        ("Versie 1.2 van 12.03.2021", "Version 1.2 of 12.03.2021", "Version 1.2 of 12.03.2021"),
        ("Groepen 2,3,4 en 5", "Groups 2,3,4 and 5", "Groups 2,3,4 and 5"),
        ("Zie www.a.nl/1,5 en 1,5", "See www.a.nl/1,5 and 1,5", "See www.a.nl/1,5 and 1.5"),
    ],
)
def test_numbers_left_in_the_source_languages_writing_are_put_right(text, output, wanted):
    assert localised(text, output, "nl", "en") == wanted
    assert localised(text, output, "nl", "fr") == output


def test_a_tag_that_touched_its_word_touches_it_again():
    text = "Klik op <b>Opslaan</b> of %s."
    spans = literals(text)
    masked = mask(text, spans, MASKS[0])
    assert masked == "Klik op XX1 Opslaan XX2 of XX3 ."
    output = "Click XX1 Save XX2 or XX3 ."
    assert unmask(output, text, spans, [text[a:b] for a, b in spans], MASKS[0]) == "Click <b>Save</b> or %s."


@pytest.mark.parametrize("output", ["Click XX1 Save.", "XX1 XX1 XX2 XX3", "XX1 XX2 XX4", ""])
def test_a_stand_in_dropped_doubled_or_changed_is_noticed(output):
    text = "Klik op <b>Opslaan</b> of %s."
    spans = literals(text)
    assert unmask(output, text, spans, ["a", "b", "c"], MASKS[0]) is None


def test_a_number_takes_the_letters_it_hangs_on_along():
    text = "De F-16 en de G7 in 2019."
    assert [text[a:b] for a, b in widened(text, [(5, 7), (15, 16), (20, 24)])] == ["F-16", "G7", "2019"]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1]))))
def test_merged_ranges_cover_the_same_places_and_never_touch(spans):
    joined = merged(spans)
    assert {i for a, b in spans for i in range(a, b)} == {i for a, b in joined for i in range(a, b)}
    assert all(first[1] < second[0] for first, second in pairwise(joined))


@given(st.text(), st.lists(st.integers(0, 30)))
def test_what_stands_around_the_ranges_and_the_ranges_give_the_text(text, marks):
    cuts = sorted({min(m, len(text)) for m in marks})
    spans = merged([(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b])
    parts, items = around(text, spans), [*(text[a:b] for a, b in spans), ""]
    assert "".join(part + item for part, item in zip(parts, items, strict=True)) == text
