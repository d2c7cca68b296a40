"""The nouns refuse what cannot be."""

import dataclasses

import pytest
from hypothesis import given
from strategies import bitexts, documents

from aligntool.records import Bead, Bitext, Document, Segment, Span, monolingual, parallel

TWO = Document("nl", (Segment("Een.", "\n"), Segment("Twee.", " ")), "\n")


def test_a_document_gives_its_text_back():
    assert str(TWO) == "\nEen. Twee.\n"
    assert TWO.texts == ("Een.", "Twee.")


@given(documents())
def test_every_segment_begins_where_starts_says(document):
    whole = str(document)
    assert len(document.starts()) == len(document.segments)
    for start, found in zip(document.starts(), document.segments, strict=True):
        assert whole[start : start + len(found.text)] == found.text


@given(documents())
def test_paragraphs_tile_the_document_and_break_at_line_breaks_only(document):
    runs = document.paragraphs()
    assert [i for run in runs for i in range(*run)] == list(range(len(document.segments)))
    inner = [i for run in runs for i in range(run.start + 1, run.end)]
    wrapped = any("\n" in text for text in document.texts)
    assert not any("\n" * (1 + wrapped) in document.segments[i].lead for i in inner)
    assert all("\n" in document.segments[run.start].lead for run in runs[1:])


def test_in_hard_wrapped_text_only_a_blank_line_ends_a_paragraph():
    wrapped = Document("en", (Segment("One\nsentence."), Segment("Two.", "\n"), Segment("Three.", "\n \n")))
    assert wrapped.paragraphs() == ((0, 2), (2, 3))
    unwrapped = Document("en", (Segment("One sentence."), Segment("Two.", "\n"), Segment("Three.", "\n \n")))
    assert unwrapped.paragraphs() == ((0, 1), (1, 2), (2, 3))


def test_an_empty_document_has_no_paragraphs():
    assert Document("en").paragraphs() == ()


def test_documents_of_equal_text_are_equal_whatever_their_trails():
    assert dataclasses.replace(TWO, trail=("segment:v1",)) == TWO
    assert dataclasses.replace(TWO, tail="") != TWO


@pytest.mark.parametrize("noun", [TWO, Segment("a"), monolingual(TWO), Bead(Span(0, 1), Span(0, 0))])
def test_nouns_cannot_be_changed(noun):
    name = dataclasses.fields(noun)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(noun, name, None)
    assert not hasattr(noun, "__dict__")


@pytest.mark.parametrize(
    "beads",
    [
        (),
        (Bead(Span(0, 1), Span(0, 1)),),
        (Bead(Span(0, 2), Span(0, 1)), Bead(Span(2, 2), Span(2, 2))),
        (Bead(Span(0, 1), Span(0, 1)), Bead(Span(0, 2), Span(1, 2))),
        (Bead(Span(1, 2), Span(0, 1)), Bead(Span(0, 1), Span(1, 2))),
        (Bead(Span(0, 2), Span(0, 2)), Bead(Span(2, 2), Span(2, 2))),
        (Bead(Span(0, 3), Span(0, 2)),),
        (Bead(Span(0, 2), Span(0, 2)), Bead(Span(2, 1), Span(2, 3))),
    ],
    ids=["none", "short", "gap", "overlap", "backwards", "empty", "beyond", "negative"],
)
def test_beads_that_do_not_tile_are_refused(beads):
    with pytest.raises(ValueError, match="bead"):
        Bitext(TWO, TWO, beads)


def test_source_of_names_the_original_of_every_target_segment():
    target = Document("en", (Segment("One two."), Segment("Added.")))
    bitext = Bitext(TWO, target, (Bead(Span(0, 2), Span(0, 1)), Bead(Span(2, 2), Span(1, 2))))
    assert bitext.source_of() == ("Een. Twee.", "")


@given(bitexts())
def test_source_of_has_one_entry_a_target_segment(bitext):
    assert len(bitext.source_of()) == len(bitext.target.segments)


def test_parallel_refuses_documents_of_unequal_length():
    with pytest.raises(ValueError, match="beads end"):
        parallel(TWO, Document("en", (Segment("One."),)))
    with pytest.raises(ValueError):
        parallel(TWO, TWO, (0.5,))


def test_parallel_gives_each_pair_its_score():
    assert [bead.score for bead in parallel(TWO, TWO, (0.5, 0.25)).beads] == [0.5, 0.25]


def test_a_monolingual_bitext_has_nothing_on_the_source_side():
    alone = monolingual(TWO)
    assert (alone.source.segments, alone.target) == ((), TWO)
    assert alone.source_of() == ("", "")


def test_a_span_knows_its_size():
    assert (Span(3, 7).size, Span(3, 3).size) == (4, 0)
