import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.flags import FLOORS, LEVELS, Passage, Rule, flag, passages
from aligntool.records import Document, Flag, Segment, Span, monolingual

RULE = Rule("r", "c", "grammar", "minor", 0.7, "“{text}” is {what}.")
LEADS = st.sampled_from(["", " ", "\n", "\n\n", "  "])
DOCUMENTS = st.lists(st.tuples(st.text("ab .“", max_size=6), LEADS), max_size=6).map(
    lambda pairs: Document("en", tuple(Segment(text, lead) for text, lead in pairs))
)


@given(DOCUMENTS)
def test_passages_hold_every_segment_once_and_in_order(document):
    seen = []
    for passage in passages(document):
        for i, (start, end) in enumerate(zip(passage.starts, passage.ends, strict=True)):
            assert passage.text[start:end] == document.segments[passage.first + i].text
            seen.append(passage.first + i)
    assert seen == sorted(set(seen))
    assert {i for i, s in enumerate(document.segments) if s.text} <= set(seen)


@given(DOCUMENTS, st.integers(0, 40), st.integers(0, 12))
def test_a_place_in_a_passage_is_a_place_in_one_segment(document, start, size):
    for passage in passages(document):
        begin = min(start, len(passage.text))
        segment, span, whole = passage.place(begin, min(begin + size, len(passage.text)))
        text = document.segments[segment].text
        assert 0 <= span.start <= span.end <= len(text)
        if whole:
            assert passage.text[begin : begin + span.size] == text[span.start : span.end]


def test_a_flag_that_crosses_segments_is_cut_and_offers_no_fix():
    passage = Passage("One two. three", 4, (0, 9), (8, 14))
    found = RULE.on(passage, 4, 14, "x", what="odd")
    assert (found.segment, found.span, found.text, found.fix) == (4, Span(4, 8), "two.", None)
    assert RULE.on(passage, 9, 14, "x", what="odd").segment == 5


def test_the_message_is_filled_from_the_evidence():
    found = RULE.flag(0, "abc", Span(0, 1), "x", what="odd")
    assert found.message == "“a” is odd."
    assert found.evidence == {"rule": "r", "what": "odd"}


def test_a_fix_that_changes_nothing_is_no_fix():
    assert RULE.flag(0, "abc", Span(0, 1), "a", what="odd").fix is None


def make(confidence, span=(0, 1), fix=None):
    return Flag("c", "grammar", 0, Span(*span), "abc"[span[0] : span[1]], "minor", "m", confidence, fix)


def test_of_two_flags_on_one_span_with_one_fix_the_surer_stays():
    pair = monolingual(Document("en", (Segment("abc"),)))
    found = flag(pair, [lambda _: iter([make(0.7), make(0.9), make(0.8, fix="x")])], "normal")
    assert [(f.confidence, f.fix) for f in found] == [(0.9, None), (0.8, "x")]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_keeps_what_reaches_its_floor(level):
    pair = monolingual(Document("en", (Segment("abc"),)))
    floor = FLOORS[level]
    found = flag(pair, [lambda _: iter([make(floor - 0.01), make(floor, (1, 2))])], level)
    assert [f.span for f in found] == [Span(1, 2)]


def test_flags_come_in_the_order_of_the_text():
    pair = monolingual(Document("en", (Segment("abc"),)))
    found = flag(pair, [lambda _: iter([make(0.9, (2, 3)), make(0.9, (0, 1)), make(0.9, (1, 2))])], "normal")
    assert [f.span.start for f in found] == [0, 1, 2]
