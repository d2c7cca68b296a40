"""Two versions of a document compared: nothing lost, every sentence's fate told, flags followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import documents, halves, lines, texts

from aligntool.judgement import judge
from aligntool.records import Document, Flag, Segment, Span
from aligntool.revisions import Version, placed, revise
from aligntool.showing import choose, most_changed, pieces


def text(*sentences, lead=" "):
    segments = [Segment(one, lead if at else "") for at, one in enumerate(sentences)]
    return Version(Document("en", tuple(segments)))


def applied(comparison, old):
    made, at = [], 0
    for edit in placed(comparison):
        assert old[edit.start : edit.end] == edit.old
        made += [old[at : edit.start], edit.new]
        at = edit.end
    return "".join([*made, old[at:]])


@st.composite
def versions(draw):
    """Two versions that have sentences in common, in another order, with others between."""
    one = draw(documents(text=st.one_of(lines, texts, halves)))
    kept = draw(st.permutations(one.segments)) if draw(st.booleans()) else list(one.segments)
    extra = draw(documents(text=lines, most=2)).segments
    mixed = draw(st.permutations([*kept, *extra])) if draw(st.booleans()) else [*kept, *extra]
    return Version(one), Version(Document("en", tuple(mixed), draw(st.sampled_from(["", "\n", " \r\n"]))))


@given(versions())
def test_edits_applied_to_the_old_text_make_the_new_one(pair):
    old, new = pair
    found = revise("x", old, new)
    assert applied(found, str(old.document)) == str(new.document)
    for edit in placed(found):
        assert str(new.document)[edit.new_start : edit.new_end] == edit.new


@given(versions())
def test_edits_applied_to_the_cells_of_a_table_make_the_new_cells(pair):
    old, new = (
        Version(one.document, tuple(f"r{i}" for i in range(len(one.document.segments)))) for one in pair
    )
    found = revise("x", old, new)
    for number, revision in enumerate(found.revisions):
        made, at = [], 0
        for edit in placed(found):
            if edit.revision == number:
                made += [revision.before[at : edit.start], edit.new]
                at = edit.end
        assert "".join([*made, revision.before[at:]]) == revision.after


@given(documents())
def test_a_document_does_not_differ_from_itself(document):
    found = revise("x", Version(document), Version(document))
    assert not found.differs
    assert list(placed(found)) == []
    assert found.words() == (0, 0)


@given(versions())
def test_differing_means_that_there_are_edits(pair):
    found = revise("x", *pair)
    assert found.differs == bool(list(placed(found)))
    assert found.differs or str(pair[0].document) == str(pair[1].document)


@given(documents(text=lines))
def test_line_ends_make_no_difference_when_asked(document):
    windows = Document(
        "en",
        tuple(Segment(s.text, s.lead.replace("\r\n", "\n").replace("\n", "\r\n")) for s in document.segments),
        document.tail.replace("\r\n", "\n").replace("\n", "\r\n"),
    )
    assert not revise("x", Version(document), Version(windows), "line-ends").differs


@given(versions())
def test_what_is_shown_holds_every_word_of_both(pair):
    found = revise("x", *pair)
    for revision in found.revisions:
        if revision.state in {"changed", "merged", "split"}:
            shown = "".join(piece.text for piece in pieces(found, revision) if piece.side != "old")
            assert [c for c in shown if c.isalnum()] == [c for c in revision.after if c.isalnum()]


A = "The river rose by two metres in a night."
B = "Farmers moved their cattle to the dyke."
C = "The mayor asked the army for boats."
D = "By morning the bridge had gone."


def test_every_sentence_is_told_its_fate():
    old = text(A, B, C, D)
    new = text("Water everywhere today!", B.replace("the dyke", "the old dyke"), D, A)
    found = revise("x", old, new)
    told = [(r.state, old.name(r.old), new.name(r.new)) for r in found.revisions]
    assert told == [
        ("inserted", "", "1"),
        ("moved", "1", ""),
        ("changed", "2", "2"),
        ("deleted", "3", ""),
        ("same", "4", "3"),
        ("moved", "", "4"),
    ]
    assert found.states() == {"moved": 1, "inserted": 1, "changed": 1, "deleted": 1, "same": 1}
    assert found.words() == (7, 4)


def test_only_another_layout_is_told_from_other_words():
    found = revise("x", text(A, B, lead=" "), text(A, B, lead="\n\n"))
    assert [r.state for r in found.revisions] == ["same", "layout"]
    assert found.words() == (0, 0)


# Flags.


def flag(number, sentence, quoted, check="calques"):
    start = sentence.index(quoted)
    span = Span(start, start + len(quoted))
    return Flag(check, "calque", number, span, quoted, "minor", "Seems wrong.", 0.9)


def test_flags_are_followed_from_one_version_to_the_other():
    old, new = text(A, B, C, D), text(D, A.replace("rose", "grew"), B, C.replace("boats", "the the boats"))
    was = [flag(0, A, "rose"), flag(1, B, "cattle"), flag(3, D, "bridge"), flag(3, D, "gone")]
    fresh = new.document.texts[3]
    now = [flag(2, B, "cattle"), flag(0, D, "bridge"), flag(3, fresh, "the the", "repeated-words")]
    judged = judge(revise("x", old, new), was, now)
    fates = {(v.flag.text, v.fate) for v in judged.verdicts}
    assert fates == {
        ("rose", "mended"),
        ("cattle", "stands"),
        ("bridge", "stands"),
        ("gone", "mended"),
        ("the the", "new"),
    }


def test_of_two_equal_flags_the_one_nearest_to_its_place_stands():
    one, other = "Very nice and also very nice.", "Good, and also very nice."
    found = revise("x", text(one), text(other))
    first = flag(0, one.lower(), "very nice")
    second = Flag("calques", "calque", 0, Span(19, 28), "very nice", "minor", "m", 0.9)
    judged = judge(found, [second, first], [flag(0, other, "very nice")])
    assert sorted((v.fate, v.flag.span.start) for v in judged.verdicts) == [("mended", 0), ("stands", 19)]


@given(versions())
def test_the_same_flags_on_the_same_text_all_stand(pair):
    old, _ = pair
    flags = [
        Flag("x", "grammar", i, Span(0, len(s.text)), s.text, "minor", "m", 1.0)
        for i, s in enumerate(old.document.segments)
    ]
    judged = judge(revise("x", old, old), flags, flags)
    assert [v.fate for v in judged.verdicts] == ["stands"] * len(flags)


# What is shown.


@pytest.fixture
def found():
    return revise("x", text(A, B, C, D), text(A, B.replace("the dyke", "the dam"), D, C))


def test_context_and_choice(found):
    states = [r.state for r in found.revisions]
    assert states.count("moved") == 2
    assert [[states[n] for n in group] for group in choose(found, "changed", 1, most=False)] == [
        ["same", "changed", states[2]]
    ]
    moved = [n for group in choose(found, "moved", 0, most=False) for n in group]
    assert [states[n] for n in moved] == ["moved", "moved"]
    assert choose(found, "flagged", 2, most=False) == []


def test_what_changed_most_comes_first(found):
    other = revise("y", text(A, B), text("Nothing of the sort happened here.", B))
    assert [one.name for one in most_changed([found, other])] == ["y", "x"]
    groups = choose(revise("z", text(A, B), text(A.replace("two", "six"), D)), None, 0, most=True)
    assert groups == [(1,), (0,)]
