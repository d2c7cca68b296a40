"""What is said of beads: doubtful ones, and sentences that stand elsewhere."""

from aligntool.doubts import notes
from aligntool.records import Bead, Bitext, Document, Segment, Span

SENTENCE = Segment("Een.")
BITEXT = Bitext(
    Document("nl", (SENTENCE,) * 3),
    Document("en", (SENTENCE,) * 3),
    (
        Bead(Span(0, 1), Span(0, 0), 0.9),
        Bead(Span(1, 2), Span(0, 1), 0.9),
        Bead(Span(2, 3), Span(1, 2), 0.3),
        Bead(Span(3, 3), Span(2, 3), 0.4),
    ),
)


def test_nothing_is_said_of_an_alignment_that_is_sure():
    assert notes(BITEXT) == {}


def test_beads_below_the_limit_are_flagged_where_they_have_text():
    found = notes(BITEXT, 0.5)
    assert {index: dict(note.data) for index, note in found.items()} == {
        2: {"review": True},
        3: {"review": True},
    }
    assert {flag.side for note in found.values() for flag in note.flags} == {"given"}
    assert notes(BITEXT, 0.95)[0].flags[0].side == "source"


def test_moved_sentences_name_each_other():
    found = notes(BITEXT, 0.5, [(Span(0, 1), Span(2, 3))])
    assert found[0].data == {"moved": [3]}
    assert found[3].data == {"moved": [1], "review": True}
    assert [flag.check for flag in found[3].flags] == ["alignment", "moved"]
    assert "sentence 3 of the translation" in found[0].flags[0].message
