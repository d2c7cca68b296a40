"""Barriers stand where both documents are divided alike, and nowhere else."""

from itertools import pairwise

from hypothesis import given
from strategies import documents

from aligntool.barriers import barriers
from aligntool.records import Document, Segment


def document(*paragraphs):
    """Paragraphs as tuples of sentences."""
    segments = [
        Segment(text, " " if i else "\n\n") for sentences in paragraphs for i, text in enumerate(sentences)
    ]
    return Document("nl", (Segment(segments[0].text), *segments[1:]))


HEAD, OTHER = ("Kop van het stuk",), ("Tweede kop",)
ONE, TWO = ("Een.",), ("Een.", "Twee.")


def test_equal_paragraphs_are_walls():
    assert barriers(document(TWO, ONE, TWO), document(ONE, TWO, ONE)) == ((2, 1), (3, 3))


def test_headings_stand_beside_each_other_where_paragraphs_between_them_differ():
    source, target = document(ONE, HEAD, TWO, OTHER, ONE), document(ONE, HEAD, ONE, ONE, OTHER, ONE)
    assert barriers(source, target) == ((1, 1), (4, 4), (5, 5))


def test_documents_divided_differently_have_no_walls():
    assert barriers(document(ONE, ONE), document(ONE, ONE, TWO)) == ()
    assert barriers(document(HEAD, ONE, ONE), document(ONE, ONE)) == ()


def test_lines_are_divided_by_empty_ones():
    source = Document("nl", tuple(Segment(text, "\n") for text in ("a", "b", "", "c", "", "", "d")))
    target = Document("en", tuple(Segment(text, "\n") for text in ("a", "", "c", "c2", "", "d")))
    assert barriers(source, target, lines=True) == ((3, 2), (6, 5))


def test_a_side_without_text_has_no_walls():
    assert barriers(document(ONE, TWO), Document("en")) == ()
    assert barriers(Document("nl"), Document("en")) == ()


@given(documents(most=8), documents(most=8))
def test_walls_rise_on_both_sides_inside_the_documents(source, target):
    for lines in (False, True):
        found = barriers(source, target, lines=lines)
        assert all(0 < i < len(source.segments) and 0 < j < len(target.segments) for i, j in found)
        assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
