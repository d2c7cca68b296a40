"""Rows hold what was checked, and make the text again."""

from dataclasses import replace

import pytest
from hypothesis import given
from strategies import bitexts, documents, lines

from aligntool.layout import Checked, Note, assemble, places, rows, sentences
from aligntool.records import Bead, Bitext, Document, Flag, Segment, Span, monolingual, parallel
from aligntool.table import cell, made, pack, parse_flags, unpack

DUTCH = Document(
    "nl", (Segment("Kop", "# "), Segment("Een.", "\n\n"), Segment("Twee.", " "), Segment("Drie.", "\n")), "\n"
)
_TEXTS = ("Head", "One .", "Two.", "Three.")
ENGLISH = Document(
    "en", tuple(Segment(text, s.lead) for text, s in zip(_TEXTS, DUTCH.segments, strict=True)), "\n"
)


def _flag(segment, start, text, fix=None, side="target"):
    return Flag(
        "x", "spacing", segment, Span(start, start + len(text)), text, "minor", "m", 0.9, fix, side=side
    )


def _made(bitext=None, clean=ENGLISH, flags=(), engine="e:1"):
    return rows(Checked("doc", bitext or parallel(DUTCH, ENGLISH), clean, flags, engine))


def test_a_row_says_what_stands_beside_what():
    row = _made()[1]
    assert (row.id, row.doc, row.src_lang, row.tgt_lang) == ("doc:2", "doc", "nl", "en")
    assert (row.src_ids, row.tgt_ids, row.src, row.mt, row.tgt) == ("2", "2", "Een.", "One .", "One .")
    assert (row.score, row.status, row.note) == ("1.000", "todo", "")
    assert unpack(row.data) == {"engine": "e:1", "lead": "\n\n", "made": made("One .")}


def test_machine_made_english_stands_in_src_and_its_mt_is_empty():
    row = _made(monolingual(ENGLISH), engine="")[1]
    assert (row.src, row.mt, row.tgt, row.src_ids, row.tgt_ids) == ("One .", "", "One .", "2", "2")
    assert (row.src_lang, row.tgt_lang) == ("en", "en")
    assert "engine" not in unpack(row.data)


def test_beads_of_any_shape_are_rows_with_the_numbers_of_their_sentences():
    beads = (
        Bead(Span(0, 1), Span(0, 0), 0.5),
        Bead(Span(1, 3), Span(0, 1), 0.12345),
        Bead(Span(3, 3), Span(1, 2)),
        Bead(Span(3, 4), Span(2, 4)),
    )
    made_rows = _made(Bitext(DUTCH, ENGLISH, beads))
    assert [(r.src_ids, r.tgt_ids, r.score) for r in made_rows] == [
        ("1", "", "0.500"), ("2,3", "1", "0.123"), ("", "2", "1.000"), ("4", "3,4", "1.000")
    ]  # fmt: skip
    assert [r.src for r in made_rows] == ["Kop", "Een. Twee.", "", "Drie."]
    assert [r.mt for r in made_rows] == ["", "Head", "One .", "Two. Three."]


def test_flags_point_into_the_cell_that_joins_the_sentences():
    beads = (Bead(Span(0, 4), Span(0, 4)),)
    flags = (
        _flag(0, 0, "Head"),
        _flag(2, 0, "Two", "2"),
        _flag(3, 5, "."),
        _flag(3, 0, "Drie", side="source"),
    )
    (row,) = _made(Bitext(DUTCH, ENGLISH, beads), flags=flags)
    found = parse_flags(row)
    cells = {"target": row.mt, "source": row.src}
    assert (
        [cells[f.side][f.span.start : f.span.end] for f in found]
        == ["Head", "Two", ".", "Drie"]
        == [f.text for f in found]
    )
    assert found[1].fix == "2"


@given(bitexts())
def test_every_flag_quotes_its_cell_whatever_the_beads(bitext):
    flags = tuple(
        _flag(index, len(s.text) // 3, s.text[len(s.text) // 3 : len(s.text) // 2], side=side)
        for side, document in (("target", bitext.target), ("source", bitext.source))
        for index, s in enumerate(document.segments)
    )
    found = rows(Checked("doc", bitext, bitext.target, flags))
    total = 0
    for row in found:
        for flag in parse_flags(row):
            held = row.mt or row.src if flag.side == "target" else row.src
            assert cell(held[flag.span.start : flag.span.end])[0] == flag.text
            total += 1
    assert total == len(flags)


@given(bitexts(lines))
def test_a_row_a_bead_each_with_an_id_of_its_own(bitext):
    found = rows(Checked("doc", bitext, bitext.target, ()))
    assert len(found) == len(bitext.beads)
    assert len({row.id for row in found}) == len(found)


def test_every_column_is_put_together_with_the_originals_layout():
    clean = replace(ENGLISH, segments=(*ENGLISH.segments[:1], Segment("One.", "\n\n"), *ENGLISH.segments[2:]))
    made_rows = _made(clean=clean)
    assert assemble(made_rows, "src") == str(DUTCH) == "# Kop\n\nEen. Twee.\nDrie.\n"
    assert assemble(made_rows, "mt") == "# Head\n\nOne . Two.\nThree.\n"
    assert assemble(made_rows, "tgt") == "# Head\n\nOne. Two.\nThree.\n"


@pytest.mark.parametrize(
    ("emptied", "text"),
    [
        (0, "# One . Two.\nThree.\n"),
        (1, "# Head Two.\nThree.\n"),
        (2, "# Head\n\nOne .\nThree.\n"),
        (3, "# Head\n\nOne . Two.\n"),
    ],
)
def test_a_sentence_left_out_takes_a_break_with_it(emptied, text):
    made_rows = list(_made())
    made_rows[emptied] = replace(made_rows[emptied], tgt="")
    assert assemble(made_rows, "tgt") == text


def test_when_all_is_left_out_only_the_tail_stays():
    assert assemble([replace(row, tgt="") for row in _made()], "tgt") == "\n"
    assert assemble([], "tgt") == ""


def test_empty_lines_of_the_original_stay_in_their_place():
    document = Document(
        "nl", (Segment(""), Segment("Een.", "\n"), Segment("", "\n"), Segment("Twee.", "\n")), "\n"
    )
    made_rows = _made(parallel(document, replace(document, lang="en")), clean=document)
    assert assemble(made_rows, "tgt") == "\nEen.\n\nTwee.\n" == str(document)


def test_rows_that_stand_for_no_sentence_are_passed_over():
    gone = replace(_made()[1], src_ids="", tgt_ids="", tgt="Gone.", data="{}")
    first, *rest = _made()
    assert assemble([gone, first, gone, *rest, gone], "tgt") == str(ENGLISH)


def test_a_spoilt_data_cell_costs_the_layout_of_its_row_only():
    made_rows = list(_made())
    made_rows[1] = replace(made_rows[1], data="spoilt")
    assert assemble(made_rows, "src") == "# Kop Een. Twee.\nDrie.\n"


# Places in a file.


def test_places_are_counted_in_the_whole_text_and_by_line_and_column():
    found = places(ENGLISH, [_flag(0, 0, "Head"), _flag(1, 3, " ."), _flag(3, 0, "Three", "3")])
    assert [(p["line"], p["column"], p["text"], p["fix"]) for p in found] == [
        (1, 3, "Head", None), (3, 4, " .", None), (4, 1, "Three", "3")
    ]  # fmt: skip


@given(documents(text=lines))
def test_a_place_quotes_the_file(document):
    text = str(document)
    flags = [_flag(i, len(s.text) // 2, s.text[len(s.text) // 2 :]) for i, s in enumerate(document.segments)]
    for place in places(document, flags):
        assert text[place["start"] : place["end"]] == place["text"]
        before = text[: place["start"]]
        assert place["line"] == before.count("\n") + 1
        assert place["column"] == len(before) - (before.rfind("\n") + 1) + 1


# --- given translations -----------------------------------------------------------------------------------

TRIPLE = Bitext(
    DUTCH,
    Document("en", (Segment("Head"), Segment("One and two.", "\n\n"), Segment("Extra .", " "))),
    (
        Bead(Span(0, 1), Span(0, 1), 0.9),
        Bead(Span(1, 3), Span(1, 2), 0.8),
        Bead(Span(3, 3), Span(2, 3), 0.5),
        Bead(Span(3, 4), Span(3, 3), 0.4),
    ),
)
OURS = ("Kopp", "Onne.", "Twoo.", "Threee.")


def given_rows(flags=(), notes=None, ours=OURS):
    checked = Checked("doc", TRIPLE, TRIPLE.target, flags, "e:1", given=True, ours=ours, notes=notes or {})
    return rows(checked)


def test_a_given_translation_stands_in_tgt_and_our_own_in_mt():
    assert [(r.src, r.mt, r.tgt) for r in given_rows()] == [
        ("Kop", "Kopp", "Head"),
        ("Een. Twee.", "Onne. Twoo.", "One and two."),
        ("", "", "Extra ."),
        ("Drie.", "Threee.", ""),
    ]
    assert [(r.src_ids, r.tgt_ids, r.score) for r in given_rows()][1:3] == [
        ("2,3", "2", "0.800"),
        ("", "3", "0.500"),
    ]
    assert [r.mt for r in given_rows(ours=())] == [""] * 4


def test_flags_of_a_given_translation_count_in_it():
    found = parse_flags(given_rows((_flag(2, 5, " ."), _flag(2, 0, "Twee", side="source")))[2])
    assert [(f.side, f.text) for f in found] == [("given", " .")]
    (source,) = parse_flags(given_rows((_flag(2, 0, "Twee", side="source"),))[1])
    assert (source.side, source.span) == ("source", Span(5, 9))


def test_notes_go_into_flags_and_data():
    note = Note((_flag(0, 0, "", side="given"),), {"review": True})
    row = given_rows(notes={1: note})[1]
    assert unpack(row.data)["review"] is True
    assert [f.side for f in parse_flags(row)] == ["given"]


def test_a_cell_knows_the_sentences_it_was_joined_from_until_it_is_edited():
    row = given_rows()[1]
    assert sentences(row, "src") == ("Een.", "Twee.")
    assert sentences(row, "mt") == ("Onne.", "Twoo.")
    assert sentences(row, "tgt") == ("One and two.",)
    assert sentences(given_rows()[2], "src") == ()
    swapped = given_rows()[1]
    both = replace(swapped, tgt=swapped.src, data=pack({"cuts": {"tgt": [5]}, "made": made(swapped.src)}))
    assert sentences(both, "tgt") == ("Een.", "Twee.")
    assert sentences(replace(both, tgt="Iets heel anders."), "tgt") == ("Iets heel anders.",)


@pytest.mark.parametrize("cuts", ["x", {"src": "x"}, {"src": [0, -1, 99, 3, None]}, {"src": {}}])
def test_cuts_that_somebody_broke_do_no_harm(cuts):
    row = replace(given_rows()[1], data=pack({"cuts": cuts}))
    assert " ".join(sentences(row, "src")) == row.src


@given(bitexts(lines))
def test_no_sentence_of_either_side_is_dropped(bitext):
    made_rows = rows(Checked("doc", bitext, bitext.target, (), given=True))
    for side, column in ((bitext.source, "src"), (bitext.target, "tgt")):
        wanted = [cell(text)[0] for text in side.texts if text]
        assert [one for row in made_rows for one in sentences(row, column) if one] == wanted
    numbers = [n for row in made_rows for n in row.tgt_ids.split(",") if n]
    assert numbers == [str(i + 1) for i in range(len(bitext.target.segments))]


def test_the_original_of_a_pair_is_assembled_without_what_has_no_original():
    assert assemble(given_rows(), "src") == str(DUTCH)
    assert assemble(given_rows(), "tgt") == "# Head\n\nOne and two. Extra .\n"
