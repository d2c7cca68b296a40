"""Differences a reader can follow."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import halves, lines, texts

from aligntool.edits import compare, diff
from aligntool.records import Document, Segment, Span, monolingual, parallel


def _told(old, new):
    return [(old[e.span.start : e.span.end], e.new, e.kind) for e in compare(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        # One edit a change, no more text in it than changed.
        ("He left.", "He left.", []),
        ("The chief of of Kremlin.", "The chief of the Kremlin.", [("of", "the", "wording")]),
        ("the the chief", "the chief", [("the ", "", "deletion")]),
        ("He went.", "He then went.", [("", "then ", "insertion")]),
        ("a b c d e", "a x y d e", [("b c", "x y", "wording")]),
        ("a b c d e", "a x c y e", [("b", "x", "wording"), ("d", "y", "wording")]),
        ("", "Yes.", [("", "Yes.", "insertion")]),
        ("Yes.", "", [("Yes.", "", "deletion")]),
        # Kinds.
        ("He left , then", "He left, then", [(" ", "", "spacing")]),
        ("10  km", "10 km", [("  ", " ", "spacing")]),
        ("anti -war", "anti-war", [(" ", "", "spacing")]),
        ("« Oui »", "“Oui”", [("« ", "“", "punctuation"), (" »", "”", "punctuation")]),
        ("he said", "he, said", [("", ",", "punctuation")]),
        ("the kremlin", "the Kremlin", [("kremlin", "Kremlin", "casing")]),
        ("yes he said", "Yes, he said", [("yes", "Yes,", "casing")]),
        ("in 2015.", "in 2016.", [("2015", "2016", "number")]),
        ("1,5 million", "1.5 million", [("1,5", "1.5", "number")]),
        ("the gouvernment", "the government", [("gouvernment", "government", "spelling")]),
        ("de Gaulle\u2019s", "de Gaulle's", [("Gaulle’s", "Gaulle's", "punctuation")]),
        ("Cafe\u0301 bar", "Cafe bar", [("Cafe\u0301", "Cafe", "spelling")]),
        ("five men", "5 men", [("five", "5", "wording")]),
        ("👍 yes", "👎 yes", [("👍", "👎", "punctuation")]),
    ],
)
def test_edits_read_like_this(old, new, edits):
    assert _told(old, new) == edits


_PAIRS = st.one_of(st.tuples(texts, texts), st.tuples(lines, lines), st.tuples(halves, halves), st.tuples(
    st.lists(st.sampled_from(["a", "b", " ", ",", "1"]), max_size=12).map("".join),
    st.lists(st.sampled_from(["a", "b", " ", ",", "1"]), max_size=12).map("".join),
))  # fmt: skip


@given(_PAIRS)
def test_edits_in_their_order_make_the_new_text(pair):
    old, new = pair
    made, at = "", 0
    for edit in compare(old, new):
        made += old[at : edit.span.start] + edit.new
        at = edit.span.end
    assert made + old[at:] == new


@given(_PAIRS)
def test_edits_never_touch_and_each_changes_something(pair):
    old, new = pair
    edits = compare(old, new)
    assert all(one.span.end < other.span.start for one, other in pairwise(edits))
    assert all(old[e.span.start : e.span.end] != e.new for e in edits)


@given(st.one_of(texts, halves))
def test_a_text_does_not_differ_from_itself(text):
    assert compare(text, text) == ()


def test_one_word_changed_in_a_long_text_is_one_edit_found_in_time():
    words = [f"word{i % 700}" for i in range(30_000)]
    changed = [*words[:15_000], "other", *words[15_001:]]
    start = time.process_time()
    assert [e.new for e in compare(" ".join(words), " ".join(changed))] == ["other"]
    compare(" ".join(words[:3000]), " ".join(reversed(words[:3000])))
    assert time.process_time() - start < 20


# Bitexts.

DUTCH = Document("nl", (Segment("Een."), Segment("Twee.", "\n")))
ENGLISH = Document("en", (Segment("One ."), Segment("Two.", "\n")))
NEW = Document("en", (Segment("One."), Segment("Twoo.", "\n")))


def test_a_difference_is_flags_with_their_kind():
    found = diff(parallel(DUTCH, ENGLISH), parallel(DUTCH, NEW))
    assert [(f.side, f.segment, f.span, f.text, f.fix, f.category, f.check) for f in found] == [
        ("target", 0, Span(3, 4), " ", "", "spacing", "diff"),
        ("target", 1, Span(0, 3), "Two", "Twoo", "spelling", "diff"),
    ]
    assert [f.evidence["edit"] for f in found] == ["spacing", "spelling"]


def test_both_sides_are_compared():
    found = diff(parallel(ENGLISH, ENGLISH), parallel(NEW, NEW))
    assert [f.side for f in found] == ["target", "target", "source", "source"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (monolingual(ENGLISH), parallel(DUTCH, ENGLISH), "aligned differently"),
        (monolingual(ENGLISH), monolingual(Document("en", ENGLISH.segments[:1])), "aligned differently"),
        (
            monolingual(ENGLISH),
            monolingual(Document("en", ENGLISH.segments, "\n")),
            "target documents differ in layout",
        ),
        (monolingual(ENGLISH), monolingual(Document("fr", ENGLISH.segments)), "language"),
        (
            parallel(DUTCH, ENGLISH),
            parallel(Document("nl", (Segment("Een."), Segment("Twee."))), ENGLISH),
            "source",
        ),
    ],
)
def test_bitexts_of_another_shape_are_refused(old, new, message):
    with pytest.raises(ValueError, match=message):
        diff(old, new)
