"""Differences a reader can follow."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import halves, lines, texts

from aligntool.edits import apply, compare, diff
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
        ("👩🏽\u200d🚀 yes", "👩🏿\u200d🚀 yes", [("👩🏽\u200d🚀", "👩🏿\u200d🚀", "punctuation")]),
        ("🇳🇱 yes", "🇳🇴 yes", [("🇳🇱", "🇳🇴", "punctuation")]),
        ("北京今天天气好。", "北京明天天气好。", [("今", "明", "wording")]),
        ("हिन्दी में", "हिन्दु में", [("हिन्दी", "हिन्दु", "spelling")]),
        ("قالَ الرئيس", "قالَت الرئيس", [("قالَ", "قالَت", "spelling")]),
        ("he have left", "he has left", [("have", "has", "agreement")]),
        ("in Peking today", "in Beijing today", [("Peking", "Beijing", "name")]),
        # What only moved is told from what was replaced.
        (
            "In the end, the war drags on here.",
            "The war drags on here in the end.",
            [("In the end, the", "The", "wording"), ("", " in the end", "insertion")],
        ),
        (
            "While in Europe, the war drags on, ties grow.",
            "While the war drags on in Europe, ties grow.",
            [("in Europe, ", "", "order"), ("", " in Europe", "order")],
        ),
        # A short island between larger changes is part of one change.
        (
            "He put the old red boat of his uncle away.",
            "He put some new tools of their aunt away.",
            [("the old red boat of his uncle", "some new tools of their aunt", "wording")],
        ),
        ("one big cat sat", "two big dogs sat", [("one", "two", "wording"), ("cat", "dogs", "wording")]),
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
    assert apply(compare(old, new), old) == new


@given(_PAIRS)
def test_offsets_count_code_points_of_both_texts(pair):
    old, new = pair
    for edit in compare(old, new):
        assert 0 <= edit.span.start <= edit.span.end <= len(old)
        assert new[edit.at.start : edit.at.end] == edit.new


@pytest.mark.parametrize(
    ("old", "new", "spans"),
    [
        ("👩🏽\u200d🚀 took off .", "👩🏽\u200d🚀 took off.", (13, 14, 13, 13)),
        ("Cafe\u0301 a bar", "Cafe\u0301 the bar", (6, 7, 6, 9)),
        ("أعلن الرئيس أمس.", "أعلن الرئيس اليوم.", (12, 15, 12, 17)),
    ],
)
def test_offsets_are_those_of_the_users_own_text(old, new, spans):
    (edit,) = compare(old, new)
    assert (*edit.span, *edit.at) == spans


@given(_PAIRS)
def test_line_ends_make_no_difference_when_asked(pair):
    old, new = pair
    unix = [text.replace("\r\n", "\n").replace("\r", "\n") for text in pair]
    here, there = compare(old, new, "line-ends"), compare(*unix, "line-ends")
    assert [(e.kind, e.new.replace("\r\n", "\n").replace("\r", "\n")) for e in here] == [
        (e.kind, e.new) for e in there
    ]
    assert not compare(old.replace("\r", "").replace("\n", "\r\n"), old.replace("\r", ""), "line-ends")


def test_blanks_make_no_difference_when_asked():
    assert compare("one\n two", "one two", "blanks") == ()
    assert compare("one two", "onetwo", "blanks")
    assert compare("one  two", "one two")


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
    compare("a" * 1_000_000, "b" * 1_000_000)
    compare("the " * 300_000, "the " * 200_000 + "a " + "the " * 150_000)
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
