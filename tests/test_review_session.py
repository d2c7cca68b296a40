"""A review as a value: every deed, taken back and done again, and what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import STAMP, flag, row, talk

from aligntool.errors import AligntoolError
from aligntool.regrouping import Cuts
from aligntool.review.deeds import KINDS, Deed, RefusedError
from aligntool.review.openness import facts, keyed_flags, open_flags, unreadable
from aligntool.review.session import StaleError, Stamp, act, begin, redo, replay, undo
from aligntool.table import pack, unpack

WHO = Stamp(*STAMP)
TEETH = 'calques "makes long teeth"'


def do(state, kind, name, version=None, **more):
    return act(state, [(Deed(kind, name, **more), version)], WHO)[0]


def seen(state, name):
    found = state.row(name)
    return found.tgt, found.status, found.note


def test_accepting_edits_and_rejecting_are_told_apart():
    state = do(begin(talk()), "accept", "talk:1")
    state = do(state, "edit", "talk:2", text="She picks\tat it. ")
    state = do(state, "reject", "talk:3")
    state = do(state, "edit", "talk:4", text="End.")
    assert [one.status for one in state.rows] == ["ok", "edited", "rejected", "ok"]
    assert state.row("talk:2").tgt == "She picks at it."
    assert unpack(state.row("talk:1").data)["reviewed"] == {"by": WHO.by, "at": WHO.at}


def test_a_suggestion_goes_into_the_english_and_the_flag_is_settled():
    state = do(begin(talk()), "fix", "talk:2", flag=TEETH)
    assert state.row("talk:2").tgt == "She picks at it."
    assert unpack(state.row("talk:2").data)["settled"] == {TEETH: "accepted"}
    assert open_flags(state.row("talk:2")) == {}


def test_a_suggestion_finds_its_place_in_an_edited_text():
    twice = row(1, "x", "the the cat and the dog", flag("the", 16, "a"))
    state = do(begin([twice]), "edit", "talk:1", text="A cat and the dog")
    assert do(state, "fix", "talk:1", flag='calques "the"').row("talk:1").tgt == "A cat and a dog"


def test_a_suggestion_that_is_there_already_only_settles():
    clean = row(1, "x", "a bad word", flag("bad", 2, "good"), tgt="a good word")
    assert do(begin([clean]), "fix", "talk:1", flag='calques "bad"').row("talk:1").tgt == "a good word"


def test_a_suggestion_without_a_place_is_refused():
    gone = do(begin(talk()), "edit", "talk:2", text="Quite another thing")
    with pytest.raises(RefusedError, match="no longer stands"):
        do(gone, "fix", "talk:2", flag=TEETH)


def test_a_dismissed_flag_is_no_longer_open_and_can_be_opened_again():
    state = do(begin(talk()), "dismiss", "talk:2", flag=TEETH)
    assert facts(state.row("talk:2")).open == 0
    assert unpack(state.row("talk:2").data)["settled"] == {TEETH: "dismissed"}
    state = do(state, "reopen", "talk:2", flag=TEETH)
    assert facts(state.row("talk:2")).open == 1


def test_flags_that_quote_the_same_are_settled_one_by_one():
    twice = row(1, "x", "so so", flag("so", 0), flag("so", 3))
    assert list(keyed_flags(twice)) == ['calques "so"', 'calques "so" 2']
    state = do(begin([twice]), "dismiss", "talk:1", flag='calques "so" 2')
    assert list(open_flags(state.row("talk:1"))) == ['calques "so"']


def test_a_note_is_one_line_and_decides_nothing():
    state = do(begin(talk()), "note", "talk:1", text="ask\nAn")
    assert seen(state, "talk:1") == ("It rains.", "todo", "ask An")


def test_what_the_machine_proposes_since_is_taken_or_left():
    decided = row(1, "x", "new", tgt="mine", status="edited", data={"fresh": "new"})
    for text, kept in (("", "new"), (None, "mine")):
        state = do(begin([decided]), "fresh", "talk:1", text=text)
        assert state.row("talk:1").tgt == kept
        assert "fresh" not in unpack(state.row("talk:1").data)


def test_merge_split_and_shift():
    state = do(begin(talk()), "merge", "talk:2")
    assert [one.id for one in state.rows] == ["talk:1", "talk:2", "talk:4"]
    state = do(state, "split", "talk:2", cuts=Cuts(23, 21, 21))
    assert [one.src for one in state.rows][1:3] == ["Zij maakt lange tanden.", "Hij komt. Zij gaat."]
    assert [one.id for one in state.rows] == ["talk:1", "talk:2", "talk:2.2", "talk:4"]
    state = do(state, "down", "talk:4")
    assert [(one.src, one.tgt) for one in state.rows][-2:] == [("Einde.", ""), ("", "End.")]
    state = do(state, "up", state.rows[-1].id)
    assert [(one.src, one.tgt) for one in state.rows][-1:] == [("Einde.", "End.")]
    assert len(state.rows) == 4


@pytest.mark.parametrize(
    ("kind", "name", "more"),
    [
        ("merge", "talk:4", {}),
        ("split", "talk:3", {"cuts": Cuts(0, 0, 0)}),
        ("fix", "talk:1", {"flag": "x"}),
        ("dismiss", "talk:1", {"flag": "x"}),
        ("fresh", "talk:1", {}),
        ("explode", "talk:1", {}),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(kind, name, more):
    state = begin(talk())
    with pytest.raises(RefusedError):
        do(state, kind, name, **more)


def test_english_without_an_original_cannot_be_shifted():
    with pytest.raises(RefusedError):
        do(begin([row(1, "It rains.", "", src_lang="en")]), "down", "talk:1")


def test_rows_of_two_documents_are_not_merged():
    with pytest.raises(RefusedError):
        do(begin([row(1, "a", "b"), row(1, "c", "d", doc="other")]), "merge", "talk:1")


def test_two_rows_of_one_name_are_refused():
    with pytest.raises(RefusedError, match="talk:1"):
        begin([talk()[0], talk()[0]])


def test_a_stale_window_is_refused():
    state = do(begin(talk()), "accept", "talk:1", 0)
    with pytest.raises(StaleError):
        do(state, "reject", "talk:1", 0)
    assert do(state, "reject", "talk:1", 1).row("talk:1").status == "rejected"
    with pytest.raises(StaleError, match="gone"):
        do(do(state, "merge", "talk:2"), "accept", "talk:3", 0)


def test_many_rows_are_one_change_and_one_undo():
    start = begin(talk())
    state, change = act(start, [(Deed("accept", one.id), 0) for one in start.rows], WHO)
    assert [one.status for one in state.rows] == ["ok"] * 4
    assert change.kind == "accept"
    assert undo(state, WHO)[0].rows == start.rows


def test_undo_has_an_end_and_redo_too():
    start = begin(talk())
    for turn in (undo, redo):
        with pytest.raises(RefusedError):
            turn(start, WHO)
    state = do(undo(do(start, "accept", "talk:1"), WHO)[0], "accept", "talk:2")
    with pytest.raises(RefusedError, match="again"):
        redo(state, WHO)


deeds = st.tuples(
    st.sampled_from([*KINDS, "undo", "redo"]),
    st.integers(0, 5),
    st.text("ab \t“", max_size=6),
    st.integers(0, 20),
    st.integers(0, 20),
)


@given(st.lists(deeds, max_size=25))
def test_whatever_is_done_the_journal_replays_it_and_undo_leads_back(wanted):
    start = state = begin(talk())
    log = []
    for kind, at, text, src, tgt in wanted:
        try:
            if kind in {"undo", "redo"}:
                state, change = (undo if kind == "undo" else redo)(state, WHO)
            else:
                name = state.rows[at % len(state.rows)].id
                flags = [*keyed_flags(state.row(name)), ""]
                deed = Deed(kind, name, text, flags[0], Cuts(src, tgt, tgt))
                state, change = act(state, [(deed, state.version(name))], WHO)
        except AligntoolError:
            continue
        log.append(change)
    again = start
    for change in log:
        again = replay(again, change)
    assert again.rows == state.rows
    assert again.versions == state.versions
    forward = state.rows
    words = [one.src for one in state.rows]
    assert "".join(words).replace(" ", "") == "".join(one.src for one in start.rows).replace(" ", "")
    steps = 0
    while state.done:
        state, steps = undo(state, WHO)[0], steps + 1
    assert state.rows == start.rows
    for _ in range(steps):
        state = redo(state, WHO)[0]
    assert state.rows == forward


def test_facts_tell_what_filters_ask():
    flagged, low = talk()[1], row(1, "x", "y", score="0.300")
    alone = row(1, "x", "")
    assert facts(flagged).checks == {"calques"}
    assert facts(flagged).badness == pytest.approx(4.0)
    assert (facts(low).low, facts(flagged).low) == (True, False)
    assert (facts(alone).unaligned, facts(low).unaligned) == (True, False)
    assert facts(row(1, "x", "y", score="?")).low
    assert not facts(row(1, "It rains", "", src_lang="en", tgt="It rains")).unaligned
    assert facts(replace(low, tgt="z")).edited
    decided = replace(flagged, status="ok")
    assert (facts(decided).done, facts(decided).open) == (True, 0)
    contested = replace(low, status="edited", data=pack({"fresh": "other"}))
    assert (facts(contested).done, facts(contested).conflict) == (False, True)


def test_flags_nobody_can_read_do_not_stop_a_review():
    broken = replace(talk()[0], flags="nonsense")
    assert unreadable(broken)
    assert not unreadable(talk()[1])
    assert do(begin([broken]), "accept", "talk:1").row("talk:1").flags == "nonsense"
