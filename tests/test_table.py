"""The aligned TSV: no cell merges, no flag is misread, and errors say which line."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import halves, texts

from aligntool import table
from aligntool.errors import InputError
from aligntool.records import CATEGORIES, SEVERITIES, Flag, Span
from aligntool.table import (
    COLUMNS,
    Row,
    Table,
    cell,
    details,
    format_flags,
    made,
    pack,
    parse_flags,
    read,
    unpack,
    write,
)

HEAD = "\t".join(COLUMNS)
ROW = Row("d:1", "d", "nl", "en", "1", "1", "“Ja”, zei hij.", "“Yes”, said he.", "“Yes”, he said.", "1.000")


def _line(**cells):
    return "\t".join(cells.get(c, getattr(ROW, c)) for c in COLUMNS)


# Cells.


@given(st.one_of(texts, halves))
def test_a_cell_is_as_long_as_its_text_and_counts_what_it_replaced(text):
    held, count = cell(text)
    assert len(held) == len(text)
    assert sum(a != b for a, b in zip(text, held, strict=True)) == count
    assert not re.search("[\t\n\r\x00\x85\u2028\u2029\ud800-\udfff]", held)
    assert held.encode("utf-8").decode("utf-8") == held
    assert cell(held) == (held, 0)


@pytest.mark.parametrize(
    "char", ["\t", "\n", "\r", "\x00", "\x0b", "\x1c", "\x7f", "\x85", "\u2028", "\ud800"]
)
def test_what_some_reader_takes_for_a_break_becomes_a_blank(char):
    assert cell(f"a{char}b") == ("a b", 1)


@pytest.mark.parametrize("char", ["\u00a0", "\u200d", "🙂", "\u0301", '"', "\\", "\ufeff", "\u202e"])
def test_what_harms_nobody_stays(char):
    assert cell(f"a{char}b") == (f"a{char}b", 0)


# Reading and writing.


def test_a_file_without_rows_is_a_table():
    assert read(HEAD + "\n") == Table(())
    assert write(Table(())) == HEAD + "\n"


@pytest.mark.parametrize("text", ["{head}\r\n{row}\r\n", "\ufeff{head}\n{row}\n", "{head}\n{row}"])
def test_crlf_byte_order_mark_and_no_final_line_end_are_accepted(text):
    assert read(text.format(head=HEAD, row=_line())) == Table((ROW,))


def test_quotes_open_no_cell():
    rows = [_line(id=f"d:{i}", src='"never closed', tgt='""', note='a "b" c"') for i in (1, 2)]
    assert [r.id for r in read("\n".join([HEAD, *rows, ""])).rows] == ["d:1", "d:2"]
    assert write(read("\n".join([HEAD, *rows, ""]))) == "\n".join([HEAD, *rows, ""])


def test_unknown_columns_stay_where_they_are():
    columns = ["reviewer", *COLUMNS[:5], "Région", *COLUMNS[5:]]
    cells = {**{c: getattr(ROW, c) for c in COLUMNS}, "reviewer": "An", "Région": "Île"}
    text = "\t".join(columns) + "\n" + "\t".join(cells[c] for c in columns) + "\n"
    (row,) = read(text).rows
    assert row.extra == (("reviewer", "An"), ("Région", "Île"))
    assert write(read(text)) == text


def test_columns_in_another_order_are_understood():
    columns = tuple(reversed(COLUMNS))
    text = "\t".join(columns) + "\n" + "\t".join(getattr(ROW, c) for c in columns) + "\n"
    assert read(text) == Table((ROW,), columns)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column id, doc"),
        ("just a text\n", "not an aligned TSV"),
        (HEAD.replace("\tnote", "") + "\n", "no column note$"),
        (HEAD + "\tx\tx\n", "stands twice"),
        (HEAD + "\tnote\n", "stands twice"),
        (
            f"{HEAD}\n{_line()}\n{_line(note='a' + chr(9) + 'b')}\n",
            "line 3: 15 cells where the header has 14",
        ),
        (f"{HEAD}\n{_line(note='a' + chr(10) + 'b')}\n", "line 2: 13 cells"),
        (f"{HEAD}\n\n{_line()}\n", "line 2: 1 cells"),
    ],
)
def test_a_file_of_another_shape_is_named_with_its_line(text, message):
    with pytest.raises(InputError, match=message) as caught:
        read(text, "work.tsv")
    assert "work.tsv" in caught.value.message
    assert caught.value.hint


def _saved_by_a_spreadsheet(text, quoting, end):
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", quoting=quoting, lineterminator=end)
    writer.writerows(line.split("\t") for line in text.removesuffix("\n").split("\n"))
    return out.getvalue()


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_spreadsheets_quoting_is_undone(quoting, end):
    flag = Flag("quotes", "punctuation", 0, Span(0, 1), '"', "minor", "m", 0.9, "“")
    quoted = replace(
        ROW,
        src='"Ja", \\"zei" hij',
        flags=format_flags([flag]),
        data=pack({"flags": details([flag]), "made": "x", "lead": '\n"'}),
    )
    rows = (quoted, ROW)
    text = write(Table(rows))
    assert read(_saved_by_a_spreadsheet(text, quoting, end)) == Table(rows)


def test_a_line_break_typed_into_a_spreadsheet_becomes_a_blank():
    text = write(Table((Row(data='{"made": "x"}', note="one@two"), ROW)))
    saved = _saved_by_a_spreadsheet(text, csv.QUOTE_ALL, "\r\n").replace("one@two", "one\ntwo")
    assert [row.note for row in read(saved).rows] == ["one two", ""]


def test_a_quoted_file_that_is_cut_off_names_its_line():
    text = _saved_by_a_spreadsheet(write(Table((ROW, ROW))), csv.QUOTE_ALL, "\n")
    with pytest.raises(InputError, match="line 3: 9 cells"):
        read("\t".join(text.split("\t")[:-5]) + "\n")


# Flags in a cell.

_FLAGS = st.lists(
    st.builds(
        Flag,
        check=st.sampled_from(["spacing", "repeated-words", "x.y_z-1"]),
        category=st.sampled_from(CATEGORIES),
        segment=st.just(0),
        span=st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: Span(min(p), max(p))),
        text=st.one_of(texts, st.sampled_from(['"', '" => "', '"; x 0:1 "a"', "\\", '\\"', "; "])).map(
            lambda t: cell(t)[0]
        ),
        severity=st.sampled_from(SEVERITIES),
        message=texts,
        confidence=st.sampled_from([0.0, 0.125, 0.5, 1.0]),
        fix=st.none() | texts.map(lambda t: cell(t)[0]),
        evidence=st.dictionaries(texts, texts, max_size=2),
        side=st.sampled_from(["source", "target"]),
    ),
    max_size=5,
)


@given(_FLAGS)
def test_flags_come_back_from_their_cell_and_their_details(flags):
    row = Row(flags=format_flags(flags), data=pack({"flags": details(flags)}))
    (again,) = read(write(Table((row,)))).rows
    assert parse_flags(again) == tuple(flags)


@given(_FLAGS)
def test_flags_without_details_keep_what_the_cell_says(flags):
    bare = parse_flags(Row(flags=format_flags(flags), data="spoilt"))
    said = [(f.check, f.side, f.span, f.text, f.fix) for f in flags]
    assert [(f.check, f.side, f.span, f.text, f.fix) for f in bare] == said


def test_flags_on_one_place_keep_their_own_details():
    flags = [
        Flag("x", "grammar", 0, Span(0, 1), "a", "minor", "first", 0.5, "b"),
        Flag("x", "casing", 0, Span(0, 1), "a", "major", "second", 0.75, "c"),
        Flag("x", "number", 0, Span(0, 1), "a", "minor", "on the source", 0.25, side="source"),
    ]
    assert parse_flags(Row(flags=format_flags(flags), data=pack({"flags": details(flags)}))) == tuple(flags)


def test_a_cell_of_flags_reads_like_this():
    flags = [
        Flag("spacing", "spacing", 0, Span(4, 5), " ", "minor", "m", 0.9, ""),
        Flag("numbers", "number", 0, Span(0, 2), "10", "major", "m", 0.9, side="source"),
    ]
    assert format_flags(flags) == 'spacing 4:5 " " => ""; numbers src 0:2 "10"'
    assert parse_flags(Row()) == ()


@pytest.mark.parametrize(
    "flags",
    [
        "looks wrong to me",
        'spacing 4-5 " "',
        'spacing 4:5 " " =>',
        'spacing 4:5 "never closed',
        r'spacing 4:5 "\q"',
        'spacing 4:5 " "; ',
        'spacing 4:5 " "zz',
        'spacing 4:5 " "x y 1:2 "a"',
        'spacing 4:5 " ", y 1:2 "a"',
        'spacing 4:5 " ";y 1:2 "a"',
        "spacing 4:5 ' '",
        'spacing 9999999999999:5 "a"',
    ],
)
def test_a_flag_cell_that_a_person_spoilt_is_named(flags):
    with pytest.raises(InputError, match="row d:7: the flags cannot be read") as caught:
        parse_flags(Row(id="d:7", flags=flags))
    assert 'check start:end "text"' in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        "",
        "no JSON",
        "[1]",
        "null",
        "[" * 100_000,
        '{"flags": 5}',
        '{"flags": {"at": 1}}',
        '{"flags": [5, null, {"at": ["x 0:1"]}]}',
        '{"flags": [{"at": "x 0:1", "category": [], "severity": "", "confidence": "1", "evidence": ""}]}',
        '{"flags": [{"at": "x 0:1", "category": {}, "severity": {}, "confidence": null, "evidence": [1]}]}',
    ],
)
def test_a_data_cell_that_a_person_spoilt_counts_as_saying_nothing(data):
    (flag,) = parse_flags(Row(flags='x 0:1 "a"', data=data))
    assert (flag.category, flag.severity, flag.confidence, flag.evidence) == ("grammar", "minor", 0.5, {})


# The data cell.


@given(st.dictionaries(halves, st.one_of(halves, st.integers(), st.booleans()), max_size=4))
def test_data_come_back_through_a_file(data):
    packed = pack(data)
    assert cell(packed) == (packed, 0)
    assert unpack(packed) == data == json.loads(packed)


def test_equal_data_are_equal_bytes():
    assert pack({"b": 1, "a": {"d": 2, "c": 3}}) == pack({"a": {"c": 3, "d": 2}, "b": 1})
    assert pack({"a": "é🙂"}) == '{"a": "é🙂"}'


def test_a_fingerprint_tells_texts_apart_and_takes_any():
    assert made("The Hague") == made("The Hague") != made("The hague")
    assert len(made("\ud800")) == len(made("")) == 12


def test_a_hundred_thousand_characters_in_a_flag_cell_are_read_in_time():
    long = "a\\" * 50_000
    row = Row(flags=f"x 0:1 {table._quote(long)} => {table._quote(long)}")
    assert parse_flags(row)[0].fix == long
    with pytest.raises(InputError):
        parse_flags(Row(flags=row.flags[:-1]))
