"""What kind of change it is."""

import pytest
from hypothesis import given
from strategies import halves, texts

from aligntool.kinds import KINDS, kind, reordered


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("go", "goes", "agreement"),
        ("has", "have", "agreement"),
        ("go", "went", "agreement"),
        ("policies", "policy", "agreement"),
        ("a", "an", "agreement"),
        ("his", "its", "agreement"),
        ("stopped", "stopping", "agreement"),
        ("country is", "countries are", "agreement"),
        ("Peking", "Beijing", "name"),
        ("Bank of the West", "Western Bank", "name"),
        ("Tadjikistan", "Tajikistan", "name"),
        ("recieve", "receive", "spelling"),
        ("in Paris then", "then in Paris", "order"),
        ("files", "issues", "wording"),
        ("the", "a", "wording"),
        ("is", "was not", "wording"),
        ("12.5", "12,5", "number"),
        ("3 %", "4 %", "number"),
        ("kremlin", "Kremlin", "casing"),
        ("co -operate", "co-operate", "spacing"),
        (" - ", " – ", "punctuation"),
        ("", "then", "insertion"),
        ("then", " ", "deletion"),
        ("x" * 100, "x" * 99 + "y", "wording"),
    ],
)
def test_a_kind_is_told_by_rule(old, new, told):
    assert kind(old, new) == told


def test_a_capital_at_the_beginning_of_a_sentence_tells_no_name():
    assert kind("While", "During", opening=False) == "name"
    assert kind("While", "During", opening=True) == "wording"
    assert kind("While Peking", "In Beijing", opening=True) == "name"


@given(texts | halves, texts | halves)
def test_any_two_texts_have_a_kind(old, new):
    assert kind(old, new) in KINDS


def test_only_what_can_be_recognised_counts_as_moved():
    assert reordered(" In Europe, ") == reordered("in europe") == "in europe"
    assert reordered("the") == reordered(", ") == ""
