"""A reviewer's decisions survive everything that happens to the document."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligntool.decisions import carry, is_settled
from aligntool.table import COLUMNS, Row, Table, made, pack, parse_flags, read, unpack, write


def _row(src, tgt=None, number=1, doc="d", **more):
    tgt = f"EN {src}" if tgt is None else tgt
    return Row(
        id=f"{doc}:{number}",
        doc=doc,
        src_lang="nl",
        tgt_lang="en",
        src_ids=str(number),
        tgt_ids=str(number),
        src=src,
        mt=f"EN {src}",
        tgt=tgt,
        score="1.000",
        data=pack({"made": made(tgt), **more.pop("data", {})}),
        **more,
    )


def _table(*given, doc="d"):
    """A table as the machine makes it; each entry a source text, or a pair with the English."""
    pairs = [entry if isinstance(entry, tuple) else (entry, None) for entry in given]
    return Table(tuple(_row(src, tgt, number, doc) for number, (src, tgt) in enumerate(pairs, 1)))


def _decide(table, at, **decision):
    rows = list(table.rows)
    rows[at] = replace(rows[at], **decision)
    return Table(tuple(rows), table.columns)


def _seen(table):
    return [(row.src, row.tgt, row.status, row.note) for row in table.rows]


def _gone(table):
    return [row for row in table.rows if row.flags.startswith("conflict ")]


PLAIN = _table("A", "B", "C")
DECISIONS = (
    {"status": "ok"},
    {"status": "rejected"},
    {"status": "edited", "tgt": "Better"},
    {"tgt": "Better"},
    {"tgt": ""},
    {"note": "ask An"},
    {"status": "ok", "note": "“sure”", "tgt": "Better"},
)
each_decision = pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: "+".join(d) or "none")


def test_rows_as_the_machine_made_them_hold_no_decision():
    assert not any(is_settled(row) for row in PLAIN.rows)
    assert carry(PLAIN, PLAIN) == PLAIN


@each_decision
def test_a_decision_is_told(decision):
    assert is_settled(_decide(PLAIN, 1, **decision).rows[1])


def test_a_decision_in_the_data_is_told_and_kept():
    old = _decide(PLAIN, 0, data=pack({"made": made("EN A"), "who": "An", "dismissed": ["spacing 0:1"]}))
    assert is_settled(old.rows[0])
    new = carry(old, _table("Z", "A"))
    assert unpack(new.rows[1].data) == {"made": made("EN A"), "who": "An", "dismissed": ["spacing 0:1"]}


@each_decision
def test_a_decision_survives_when_nothing_changes(decision):
    old = _decide(PLAIN, 1, **decision)
    assert carry(old, PLAIN) == old


@each_decision
def test_a_decision_survives_a_save_and_moves_with_its_sentence(decision):
    old = read(write(_decide(PLAIN, 1, **decision)))
    new = carry(old, _table("B", "New", "C", "A"))
    kept = new.rows[0]
    assert all(getattr(kept, name) == value for name, value in decision.items())
    assert (kept.id, kept.src_ids) == ("d:1", "1")
    assert [row.src for row in new.rows] == ["B", "New", "C", "A"]


@each_decision
def test_a_decision_whose_sentence_is_gone_stays_as_a_conflict_near_its_place(decision):
    old = _decide(PLAIN, 1, **decision)
    new = carry(old, _table("A", "New", "C"))
    assert [row.src for row in new.rows] == ["A", "B", "New", "C"]
    gone = new.rows[1]
    assert all(getattr(gone, name) == value for name, value in decision.items())
    assert (gone.src_ids, gone.tgt_ids) == ("", "")
    assert gone.id.startswith("d:gone-")
    (flag,) = parse_flags(gone)
    assert (flag.check, flag.severity) == ("conflict", "major")
    assert "no longer" in flag.message


@each_decision
def test_a_conflict_persists_and_is_taken_up_when_the_sentence_returns(decision):
    old = _decide(PLAIN, 1, **decision)
    without = _table("A", "C")
    once = carry(old, without)
    again = carry(carry(once, without), without)
    assert again == once
    back = carry(again, PLAIN)
    assert back == old


def test_a_conflict_at_the_top_stays_at_the_top():
    new = carry(_decide(PLAIN, 0, status="ok"), _table("C"))
    assert [row.src for row in new.rows] == ["A", "C"]


def test_a_sentence_that_is_gone_without_a_decision_is_gone():
    assert _seen(carry(_decide(PLAIN, 0, status="ok"), _table("A"))) == [("A", "EN A", "ok", "")]


def test_a_conflict_a_person_has_dealt_with_goes():
    gone = carry(_decide(PLAIN, 1, status="ok"), _table("A", "C"))
    dealt = _decide(gone, 1, status="todo")
    assert [row.src for row in carry(dealt, _table("A", "C")).rows] == ["A", "C"]


# Texts that stand more than once.


def test_repeated_sentences_keep_their_own_decisions_in_order():
    old = _decide(_decide(_table("Ja.", "X", "Ja.", "Ja."), 0, status="ok"), 3, tgt="Yes!")
    new = carry(old, _table("Ja.", "Y", "Ja.", "X", "Ja."))
    assert _seen(new) == [
        ("Ja.", "EN Ja.", "ok", ""),
        ("Y", "EN Y", "todo", ""),
        ("Ja.", "EN Ja.", "todo", ""),
        ("X", "EN X", "todo", ""),
        ("Ja.", "Yes!", "todo", ""),
    ]


def test_a_conflict_above_its_twin_does_not_take_the_twins_place():
    old = _decide(_decide(_table("A", "B", "A"), 0, note="first"), 2, note="second")
    moved = _table("B", "A")
    once = carry(old, moved)
    assert [(row.src, row.note, bool(row.src_ids)) for row in once.rows] == [
        ("B", "", True),
        ("A", "second", False),
        ("A", "first", True),
    ]
    assert carry(once, moved) == once


def test_conflicts_of_one_text_have_names_of_their_own():
    old = _table("A", "A", "A", "B")
    for at, note in enumerate("xyz"):
        old = _decide(old, at, note=note)
    new = carry(old, _table("B"))
    assert [row.note for row in _gone(new)] == ["x", "y", "z"]
    assert len({row.id for row in new.rows}) == 4
    again = carry(_decide(carry(new, _table("A", "B")), 0, note="w"), _table("B"))
    assert sorted(row.note for row in _gone(again)) == ["w", "y", "z"]
    assert len({row.id for row in again.rows}) == 4


def test_documents_do_not_share_decisions():
    old = Table((*_decide(PLAIN, 0, status="ok").rows, *_table("A", doc="e").rows))
    new = Table((*PLAIN.rows, *_table("A", doc="e").rows))
    assert [row.status for row in carry(old, new).rows] == ["ok", "todo", "todo", "todo"]


def test_a_row_without_a_source_is_known_by_its_english():
    added = replace(
        PLAIN.rows[0], src="", src_ids="", mt="Added.", tgt="Added.", data=pack({"made": made("Added.")})
    )
    other = replace(added, mt="Other.", tgt="Other.", data=pack({"made": made("Other.")}))
    new = carry(Table((added, replace(other, status="ok"))), Table((other, added)))
    assert [(row.mt, row.status) for row in new.rows] == [("Other.", "ok"), ("Added.", "todo")]


# New proposals.


def test_an_undecided_row_takes_the_new_proposal():
    new = carry(PLAIN, _table("A", ("B", "B, better"), "C"))
    assert _seen(new)[1] == ("B", "B, better", "todo", "")
    assert "fresh" not in unpack(new.rows[1].data)


@pytest.mark.parametrize("decision", [{"status": "ok"}, {"tgt": "Mine"}, {"note": "n"}], ids=str)
def test_a_proposal_nobody_has_seen_waits_beside_the_decision_until_it_is_looked_at(decision):
    old = _decide(PLAIN, 1, **decision)
    newer = _table("A", ("B", "B, better"), "C")
    once = carry(old, newer)
    assert once.rows[1].tgt == decision.get("tgt", "EN B")
    assert unpack(once.rows[1].data)["fresh"] == "B, better"
    assert carry(carry(once, newer), newer) == once
    # Looked at: the reviewer (or the page) removes it, and it does not come back.
    data = {k: v for k, v in unpack(once.rows[1].data).items() if k != "fresh"}
    looked = _decide(once, 1, data=pack(data), status="ok")
    assert carry(looked, newer) == looked


def test_a_waiting_proposal_gives_way_to_a_newer_one():
    once = carry(_decide(PLAIN, 1, status="ok"), _table("A", ("B", "second"), "C"))
    twice = carry(once, _table("A", ("B", "third"), "C"))
    assert unpack(twice.rows[1].data)["fresh"] == "third"
    back = carry(twice, PLAIN)
    assert "fresh" not in unpack(back.rows[1].data)
    assert back.rows[1].tgt == "EN B"


def test_an_edit_the_machine_comes_to_agree_with_stays_an_edit():
    old = _decide(PLAIN, 1, tgt="Mine")
    agreed = carry(old, _table("A", ("B", "Mine"), "C"))
    assert _seen(agreed)[1] == ("B", "Mine", "edited", "")
    assert _seen(carry(agreed, PLAIN))[1] == ("B", "Mine", "edited", "")


def test_flags_and_engine_are_those_of_the_new_run():
    old = _decide(PLAIN, 0, status="ok", flags='spacing 0:1 "E"')
    new = _decide(PLAIN, 0, flags='quotes 0:1 "E"', data=pack({"made": made("EN A"), "engine": "e:2"}))
    row = carry(old, new).rows[0]
    assert (row.flags, unpack(row.data)["engine"], row.status) == ('quotes 0:1 "E"', "e:2", "ok")


# What else may stand in the file.


def _with_columns(table, *names, **cells):
    columns = ("reviewer", *COLUMNS[:3], "Région", *COLUMNS[3:])
    rows = (replace(r, extra=tuple((n, cells.get(n, "")) for n in names)) for r in table.rows)
    return Table(tuple(rows), columns)


def test_unknown_columns_their_cells_and_their_order_are_kept():
    old = _with_columns(PLAIN, "reviewer", "Région", reviewer="An")
    new = carry(old, _table("C", "New", "A"))
    assert new.columns == old.columns
    assert [dict(row.extra)["reviewer"] for row in new.rows if row.src_ids] == ["An", "", "An"]
    assert read(write(new)) == new
    assert carry(new, _table("C", "New", "A")) == new


def test_what_a_person_wrote_into_a_column_of_his_own_is_not_lost_with_its_sentence():
    old = _with_columns(PLAIN, "reviewer", "Région", Région="Île")
    assert [row.src for row in _gone(carry(old, _table("A", "C")))] == ["B"]


def test_a_row_whose_data_were_spoilt_keeps_its_text():
    old = _decide(PLAIN, 1, data="spoilt", tgt="Mine")
    row = carry(old, PLAIN).rows[1]
    assert (row.tgt, row.status) == ("Mine", "todo")
    assert carry(carry(old, PLAIN), PLAIN) == carry(old, PLAIN)


# For any history.

_TEXTS = st.lists(
    st.tuples(st.sampled_from(["A", "B", "C", ""]), st.sampled_from(["one", "two", None])), max_size=6
)
_MACHINE = _TEXTS.map(lambda pairs: _table(*pairs))


@st.composite
def _reviewed(draw, table):
    for at in range(len(table.rows)):
        if draw(st.booleans()):
            decision = dict(draw(st.sampled_from(DECISIONS)))
            if decision.get("note"):
                decision["note"] = draw(st.sampled_from("xyz"))
            table = _decide(table, at, **decision)
    return table


def _work(table):
    return Counter((row.doc, row.src, row.mt, row.tgt, row.note) for row in table.rows if is_settled(row))


@settings(max_examples=150)
@given(st.data())
def test_nothing_settled_is_ever_dropped_and_carrying_again_changes_nothing(data):
    table = data.draw(_MACHINE)
    for _ in range(3):
        table = data.draw(_reviewed(table))
        new = data.draw(_MACHINE)
        carried = carry(table, new)
        assert not _work(table) - _work(carried)
        assert carry(carried, new) == carried
        assert [row.id for row in carried.rows if row.src_ids] == [row.id for row in new.rows]
        assert len({row.id for row in carried.rows}) == len(carried.rows)
        assert read(write(carried)) == carried
        table = carried
