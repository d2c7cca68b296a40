import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.records import Document, Flag, Segment, Span, monolingual
from aligntool.repairs import SURE, overlapping, repair, resolve, settle, sure

TEXT = "abcdefgh"


def make(start, end, fix="", confidence=0.95):
    return Flag("c", "grammar", 0, Span(start, end), TEXT[start:end], "minor", "m", confidence, fix)


def pair(*texts):
    return monolingual(Document("en", tuple(Segment(t, "\n" if i else "") for i, t in enumerate(texts))))


FLAGS = st.lists(
    st.builds(
        lambda a, size, fix, c: make(a, min(a + size, 8), fix, confidence=c),
        st.integers(0, 8),
        st.integers(0, 4),
        st.one_of(st.none(), st.text("XY", max_size=3)),
        st.sampled_from([0.5, 0.9, 0.95]),
    ),
    max_size=8,
)


def test_fixes_are_put_where_they_belong_from_end_to_end():
    mended = repair(
        pair("abcdefgh", "abcdefgh"), [make(0, 1, "XX"), make(3, 3, "-"), make(7, 8, ""), make(2, 3, "Z")]
    )
    assert mended.target.texts == ("XXbZ-defg", "abcdefgh")
    assert mended.target.trail == ("repair:fixes=4",)


def test_a_whole_segment_may_be_emptied_and_stays_a_segment():
    mended = repair(pair("abcdefgh", "next"), [make(0, 8, "")])
    assert mended.target.texts == ("", "next")


def test_flags_without_a_fix_change_nothing():
    given_ = pair("abcdefgh")
    assert repair(given_, [make(0, 2, None)]) == given_


def test_overlapping_fixes_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        repair(pair("abcdefgh"), [make(0, 4, "x"), make(3, 5, "y")])
    with pytest.raises(ValueError, match="overlap"):
        repair(pair("abcdefgh"), [make(2, 2, "x"), make(2, 2, "y")])


def test_a_flag_that_does_not_quote_its_text_is_refused():
    with pytest.raises(ValueError, match="does not read"):
        repair(pair("zzzzzzzz"), [make(0, 2, "x")])


def test_an_insertion_beside_a_replacement_does_not_contend_with_it():
    assert not overlapping(make(2, 2, "x"), make(2, 4, "y"))
    assert overlapping(make(3, 3, "x"), make(2, 4, "y"))


@given(FLAGS)
def test_what_is_chosen_never_overlaps_and_nothing_is_lost(flags):
    chosen, aside = resolve(flags)
    assert len(chosen) + len(aside) == len(flags)
    assert all(flag.fix is not None for flag in chosen)
    repair(pair("abcdefgh"), chosen)


@given(FLAGS)
def test_what_gives_way_is_not_surer_than_all_it_contends_with(flags):
    chosen, aside = resolve(flags)
    for flag in aside:
        if flag.fix is not None:
            assert any(overlapping(flag, one) and one.confidence >= flag.confidence for one in chosen)


def test_the_longest_of_equally_sure_fixes_is_chosen_then_the_first():
    chosen, _ = resolve([make(1, 2, "x"), make(0, 4, "y"), make(3, 5, "z")])
    assert [flag.fix for flag in chosen] == ["y"]
    chosen, _ = resolve([make(2, 4, "b"), make(1, 3, "a")])
    assert [flag.fix for flag in chosen] == ["a"]


def test_only_sure_flags_with_a_fix_are_applied_alone():
    flags = [make(0, 1, "x", confidence=SURE), make(1, 2, "x", confidence=SURE - 0.01), make(2, 3, None)]
    assert sure(flags) == (flags[0],)


def finds(pattern, fix):
    def find(bitext):
        return tuple(
            Flag("c", "grammar", i, Span(*m.span()), m.group(), "minor", "m", 0.95, fix)
            for i, text in enumerate(bitext.target.texts)
            for m in re.finditer(pattern, text)
        )

    return find


def test_a_fix_that_brings_its_own_error_back_is_withdrawn():
    find = finds("a", "aa")
    text = pair("a b", "b")
    standing, withdrawn = settle(text, find(text), find)
    assert standing == ()
    assert len(withdrawn) == 1


def test_a_fix_that_leaves_nothing_to_say_stands():
    find = finds("a", "b")
    text = pair("a c a")
    standing, withdrawn = settle(text, find(text), find)
    assert len(standing) == 2
    assert withdrawn == ()
    assert repair(text, standing).target.texts == ("b c b",)


@given(st.text("ab ", max_size=12), st.sampled_from(["b", "aa", "", "ab"]))
def test_flagging_a_repaired_text_offers_no_fix_just_applied(text, fix):
    find = finds("a|bb", fix)
    given_ = pair(text)
    chosen, _ = resolve(find(given_))
    standing, withdrawn = settle(given_, chosen, find)
    assert len(standing) + len(withdrawn) == len(chosen)
    moved = 0
    places = []
    for flag in standing:
        places.append((flag.span.start + moved, flag.span.start + moved + len(flag.fix), flag.fix))
        moved += len(flag.fix) - flag.span.size
    for again in find(repair(given_, standing)):
        for start, end, applied in places:
            assert not (again.span.start < end and start < again.span.end and again.fix == applied)
