"""Rows made one, cut in two and moved: no word, flag or remark is lost on the way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import flag, put, row, talk

from aligntool.decisions import carry, is_settled
from aligntool.regrouping import Cuts, cut, joined, moved
from aligntool.review.deeds import Deed
from aligntool.review.desk import Desk
from aligntool.table import Table, parse_flags, read, unpack


def test_joined_rows_keep_texts_numbers_and_flags_in_their_place():
    one, two = talk()[1:3]
    whole = joined([one, two])
    assert (whole.src, whole.src_ids, whole.tgt_ids) == (f"{one.src} {two.src}", "2,3", "2,3")
    assert [whole.mt[f.span.start : f.span.end] for f in parse_flags(whole)] == ["makes long teeth", "goes"]
    assert not is_settled(whole)


def test_joined_rows_keep_remarks_decisions_and_the_end_of_the_document():
    one, two = talk()[2:]
    one = replace(one, note="first", tgt="He came.")
    whole = joined([one, replace(two, note="second")])
    assert whole.note == "first second"
    assert unpack(whole.data)["tail"] == "\n"
    assert is_settled(replace(whole, note=""))


def test_rows_joined_across_the_sides_keep_a_flag_on_the_source():
    alone = row(1, "Drie honden.", "", flag("Drie", 0, check="omissions", side="source"))
    whole = joined([alone, row(2, "", "Three dogs.", flag("Three", 0))])
    assert [(f.side, f.text) for f in parse_flags(whole)] == [("source", "Drie"), ("target", "Three")]


def test_a_cut_row_shares_out_texts_flags_and_layout():
    first, second = cut(talk()[2], Cuts(9, 9, 9), {"talk:3", "talk:3.2"})
    assert (first.src, second.src) == ("Hij komt.", "Zij gaat.")
    assert (first.tgt, second.tgt) == ("He comes.", "She goes.")
    assert (first.id, second.id) == ("talk:3", "talk:3.3")
    assert parse_flags(first) == ()
    (kept,) = parse_flags(second)
    assert second.mt[kept.span.start : kept.span.end] == "goes"
    whole = cut(replace(talk()[3], src_ids="4,5,6", src="Een. Twee. Drie."), Cuts(4, 2, 2), set())
    assert [one.src_ids for one in whole] == ["4", "5,6"]
    assert ["tail" in unpack(one.data) for one in whole] == [False, True]


@pytest.mark.parametrize("cuts", [Cuts(0, 0, 0), Cuts(19, 19, 19), Cuts(-1, 3, 3), Cuts(99, 3, 3)])
def test_no_half_may_be_empty_and_no_cut_lie_outside(cuts):
    with pytest.raises(ValueError):
        cut(talk()[2], cuts, set())


@given(st.integers(0, 19), st.integers(0, 19), st.integers(0, 19))
def test_cut_and_joined_again_are_the_same_words(src, mt, tgt):
    whole = talk()[2]
    try:
        pair = cut(whole, Cuts(src, mt, tgt), set())
    except ValueError:
        return
    again = joined(pair)
    for column in ("src", "mt", "tgt"):
        assert getattr(again, column).replace(" ", "") == getattr(whole, column).replace(" ", "")


def test_the_english_moves_beside_the_next_original_with_its_flags():
    rows = [row(1, "A.", "B en.", flag("B", 0)), row(2, "B.", "C en."), row(3, "C.", "")]
    result = moved(rows, set())
    assert [(one.src, one.mt) for one in result] == [("A.", ""), ("B.", "B en."), ("C.", "C en.")]
    assert [len(parse_flags(one)) for one in result] == [0, 1, 0]
    assert all(is_settled(one) for one in result)
    back = moved(result[::-1], set())[::-1]
    assert [(one.src, one.mt, one.flags) for one in back] == [(one.src, one.mt, one.flags) for one in rows]


def test_beyond_the_last_row_a_new_one_is_made_and_an_empty_one_goes():
    last = talk()[3]
    blank = replace(last, id="", src="", src_ids="", mt="", tgt="", tgt_ids="", flags="", data="{}")
    left, right = moved([last, blank], {"talk:new-1"})
    assert (left.src, left.tgt, right.src, right.tgt, right.id) == ("Einde.", "", "", "End.", "talk:new-2")
    assert [one.id for one in moved([right, left], set())] == [left.id]


def test_a_flag_in_a_row_without_english_keeps_its_place_when_english_comes():
    rows = [row(1, "A.", "Drie."), row(2, "Drie honden.", "", flag("Drie", 0))]
    (kept,) = parse_flags(moved(rows, set())[1])
    assert (kept.side, kept.text) == ("source", "Drie")


def test_flags_on_a_given_translation_stay_on_their_words():
    mark = flag("long teeth", 8, side="given")
    one = row(1, "Een.", "Ours.", mark, tgt="She has long teeth.", data={"cuts": {"tgt": [4]}})
    whole = joined([row(2, "Nul.", "Other.", tgt="Nought."), one])
    (kept,) = parse_flags(whole)
    assert (kept.side, whole.tgt[slice(*kept.span)]) == ("given", "long teeth")
    second = cut(whole, Cuts(4, 6, 7), set())[1]
    (kept,) = parse_flags(second)
    assert second.tgt[slice(*kept.span)] == "long teeth"
    assert "cuts" not in unpack(second.data)
    below = moved([one, row(3, "Twee.", "")], set())[1]
    (kept,) = parse_flags(below)
    assert below.tgt[slice(*kept.span)] == "long teeth"


# A re-run.


def reviewed(tmp_path, *wanted):
    """The talk with deeds done to it, as the file has it then."""
    path = put(tmp_path / "talk.tsv", talk())
    desk = Desk(path, "Eva")
    for deed in wanted:
        desk.act([(deed, None)])
    desk.write()
    desk.close()
    return read(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "wanted",
    [
        [Deed("merge", "talk:2")],
        [Deed("merge", "talk:1"), Deed("merge", "talk:1"), Deed("edit", "talk:1", "All of it.")],
        [Deed("split", "talk:3", cuts=Cuts(9, 9, 9)), Deed("note", "talk:3.2", "hers")],
        [Deed("merge", "talk:2"), Deed("split", "talk:2", cuts=Cuts(33, 31, 31)), Deed("reject", "talk:2.2")],
    ],
    ids=["merged", "thrice", "split", "seam moved"],
)
def test_rows_grouped_by_hand_are_so_after_a_re_run(tmp_path, wanted):
    before = reviewed(tmp_path, *wanted)
    after = carry(before, Table(talk()))
    assert after == before
    other = [replace(one, mt=one.mt.replace("She", "He"), tgt=one.tgt.replace("She", "He")) for one in talk()]
    later = carry(before, Table(tuple(other)))
    assert [one.src for one in later.rows] == [one.src for one in before.rows]
    decided = [(one.tgt, one.status, one.note) for one in before.rows if one.status != "todo" or one.note]
    assert [
        (one.tgt, one.status, one.note) for one in later.rows if one.status != "todo" or one.note
    ] == decided


def test_rows_grouped_by_hand_whose_original_changed_are_kept_as_a_conflict(tmp_path):
    before = reviewed(tmp_path, Deed("merge", "talk:2"), Deed("edit", "talk:2", "Mine."))
    changed = [*talk()[:2], row(3, "Heel anders.", "Quite different."), talk()[3]]
    after = carry(before, Table(tuple(changed)))
    assert [one.src for one in after.rows if one.src_ids] == [one.src for one in changed]
    assert [one.tgt for one in after.rows if one.flags.startswith("conflict")] == ["Mine."]
