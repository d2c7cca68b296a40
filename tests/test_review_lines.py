"""Rows made out when they are looked at: the same rows, the same bytes, the same errors as ``table``."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reviews import big, row, talk

from aligntool.errors import InputError
from aligntool.review.lines import Lines
from aligntool.review.queries import FILTERS, Memo, Query, placed, progress, select
from aligntool.table import COLUMNS, Table, read, write

TEXT = write(Table(talk()))


def lines(text):
    return Lines.read(text.encode(), "talk.tsv")


def test_rows_are_those_of_the_table_and_untouched_ones_keep_their_bytes():
    rows, columns = lines(TEXT)
    assert columns == COLUMNS
    assert rows == talk()
    assert list(rows.names()) == [one.id for one in talk()]
    assert rows[1:3] == talk()[1:3]
    assert rows[-1] == talk()[-1]
    assert rows.written(columns) == TEXT.encode()
    # What another program may have put into a cell stays as well.
    odd = TEXT.replace("It rains.\t1", "It\x0brains.\t1").encode()
    assert Lines.read(odd, "x")[0].written(columns) == odd


@pytest.mark.parametrize(
    "text",
    [TEXT.replace("\n", "\r\n"), TEXT.removesuffix("\n"), TEXT.partition("\n")[0] + "\n"],
    ids=["line ends of Windows", "no end", "no row"],
)
def test_other_ways_to_write_a_table_mean_the_same_rows(text):
    rows, columns = lines(text)
    assert (tuple(rows), columns) == (read(text).rows, read(text).columns)
    assert rows.written(columns) == write(Table(read(text).rows)).encode()


@pytest.mark.parametrize(
    "text", [TEXT + "one cell\n", TEXT + "\n", "a\tb\n", TEXT.replace("note\t", "id\t", 1)], ids=str
)
def test_a_broken_table_is_the_same_error(text):
    with pytest.raises(InputError) as expected:
        read(text, "talk.tsv")
    with pytest.raises(InputError) as found:
        lines(text)
    assert found.value.message == expected.value.message


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 3), st.lists(st.sampled_from("abc"), max_size=3)),
        max_size=6,
    )
)
def test_rows_make_way_as_in_a_list_and_older_copies_stay(changes):
    rows, columns = lines(TEXT)
    model = list(talk())
    for at, count, new in changes:
        before, expected = rows, tuple(model)
        rows = rows.copy()
        added = [row(50 + number, text, text) for number, text in enumerate(new)]
        rows.put(min(at, len(model)), count, added)
        model[min(at, len(model)) : min(at, len(model)) + count] = added
        assert before == expected
    assert rows == tuple(model)
    assert list(rows.names()) == [one.id for one in model]
    assert rows.written(columns) == write(Table(tuple(model))).encode()
    wide = (*columns, "team")
    assert read(rows.written(wide).decode()).columns == wide


def test_facts_are_found_out_once_a_row(monkeypatch):
    seen = []
    found = Lines.row
    rows, _ = lines(write(Table(big(50))))
    known = Memo()
    monkeypatch.setattr(Lines, "row", lambda self, number: seen.append(number) or found(self, number))
    assert progress(rows, known).checks == (("calques", 10),)
    later = rows.copy()
    later.put(4, 1, [replace(big(5)[4], status="ok")])
    assert progress(later, known) == (50, 1, 9, (("calques", 9),))
    assert len(seen) == 51
    assert select(rows, known, Query(show="flagged"))[0] == 4
    assert select(later, known, Query(text="NUMMER 4:")) == [3]
    assert placed(Query(), "17", range(50), rows)[1] == "big:17"
    assert placed(Query(), "big:17", range(50), rows)[1] == "big:17"
    assert placed(Query(), "7", [16], rows)[1] == ""


def test_each_filter_shows_its_rows():
    rows = Lines.of(
        [
            row(1, "Ja.", "Yes.", status="ok"),
            row(2, "Nee.", "No.", score="0.400"),
            row(3, "", "Alone."),
            row(4, "Wel.", "Well.", tgt="Indeed.", status="edited"),
            row(5, "Goed.", "Good.", data={"fresh": "Fine."}, status="ok"),
            talk()[1],
        ]
    )
    found = {show: [at + 1 for at in select(rows, Memo(), Query(show=show))] for show in FILTERS}
    assert found == {
        "all": [1, 2, 3, 4, 5, 6],
        "open": [2, 3, 5, 6],
        "flagged": [6],
        "low": [2],
        "edited": [4],
        "unaligned": [3],
        "conflict": [5],
    }
    assert select(rows, Memo(), Query(check="calques")) == [5]
    assert select(rows, Memo(), Query(sort="worst"))[0] == 5
