"""The laws every stage and plug-in keeps, for any text."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import NASTY, bitexts, documents, lines, retold, texts

from aligntool import pipeline, plugins, runners, table
from aligntool.alignment import Pairing
from aligntool.codec import Format
from aligntool.edits import diff
from aligntool.files import read_table
from aligntool.flags import LEVELS
from aligntool.layout import Checked, assemble, rows
from aligntool.loading import Source
from aligntool.pipeline import Settings
from aligntool.plans import Plan
from aligntool.records import (
    CATEGORIES,
    SEVERITIES,
    Bitext,
    Document,
    Flag,
    Segment,
    Span,
    monolingual,
    parallel,
)
from aligntool.repairs import repair
from aligntool.sentences import segment
from aligntool.table import COLUMNS, Row, Table, cell

FORMATS = [one.name for one in plugins.load_all("formats") if isinstance(one, Format)]


def _samples(*extra):
    """Each of the nasty texts as a test of its own, then the strategy's."""
    return pytest.mark.parametrize("text", [*NASTY, *extra], ids=lambda text: repr(text[:12]))


# 1. Nothing is lost on the way in and out.


@pytest.mark.parametrize("name", FORMATS)
@given(text=texts)
def test_law_1_write_of_read_gives_the_text_back(name, text):
    form = plugins.load("formats", name)
    assert form.write(form.read(text)) == text


@pytest.mark.parametrize("name", FORMATS)
@_samples(
    "---\na: b\n",
    "> ```\n> x\n",
    "<!-- \n",
    "| a \\| b |\n|--|",
    "#\n",
    "-\n1.\n",
    "\ud800 x \udfff\n\n\udc80",
)
def test_law_1_write_of_read_gives_every_nasty_text_back(name, text):
    form = plugins.load("formats", name)
    assert form.write(form.read(text)) == text


@pytest.mark.parametrize("name", FORMATS)
@given(text=texts)
def test_law_1_no_segment_of_a_format_has_blanks_around_it(name, text):
    for found in plugins.load("formats", name).read(text).segments:
        assert found.text == found.text.strip()


_CELLS = st.one_of(texts, st.sampled_from(['"', '""', "'=1+1", '"{""a"": 1}', "\\t", "-", ",", ""])).map(
    lambda text: cell(text)[0]
)
_EXTRAS = st.lists(st.sampled_from(["reviewer", "Région", "x y", "Data"]), unique=True, max_size=2)


@st.composite
def _tables(draw, cells=_CELLS):
    extras = draw(_EXTRAS)
    columns = draw(st.permutations([*COLUMNS, *extras]))

    def row():
        # What a data cell holds is JSON: a spreadsheet's quoting is told by its not being so.
        known = {c: draw(cells) if c != "data" else "{}" for c in COLUMNS}
        return Row(**known, extra=tuple((c, draw(cells)) for c in columns if c in extras))

    return Table(tuple(row() for _ in range(draw(st.integers(0, 3)))), tuple(columns))


@settings(max_examples=30)
@given(_tables())
def test_law_1_read_of_write_gives_the_table_back(given_table):
    # A file whose first header cell is quoted was quoted by a spreadsheet; no column of ours is.
    assert table.read(table.write(given_table)) == given_table


@settings(max_examples=30)
@given(_tables(texts))
def test_law_1_a_table_written_twice_is_the_same_bytes(given_table):
    once = table.write(given_table)
    assert table.write(table.read(once)) == once


@given(documents(text=lines), st.booleans())
def test_law_1_rows_put_together_give_the_document_back(document, bilingual):
    clean_cells = Document(
        document.lang, tuple(Segment(cell(s.text)[0], s.lead) for s in document.segments), document.tail
    )
    assume(clean_cells.segments)
    bitext = parallel(clean_cells, clean_cells) if bilingual else monolingual(clean_cells)
    made = rows(Checked("doc", bitext, clean_cells, ()))
    again = table.read(table.write(Table(made))).rows
    assert assemble(again, "src") == str(clean_cells)
    assert assemble(again, "tgt") == str(clean_cells)


# 2. Splitting loses nothing.


@given(documents(lang="und"), st.sampled_from(["en", "nl", "fr", "de", "el", "ja", "xx", "und"]))
def test_law_2_segmenting_keeps_every_character(document, lang):
    given_document = Document(lang, document.segments, document.tail)
    assert str(segment(given_document)) == str(given_document)


@_samples("\ud800. \udfff Yes. No.")
def test_law_2_segmenting_keeps_every_character_of_nasty_texts(text):
    document = Document("fr", (Segment(text, "\n"),), "\u2029")
    cut = segment(document)
    assert str(cut) == str(document)
    assert all(s.text == s.text.strip() != "" for s in cut.segments)


# 3. Aligners tile both sides (the constructor of Bitext refuses anything else).


@pytest.mark.parametrize("name", plugins.names("aligners"))
@settings(max_examples=15)
@given(source=documents("nl", most=8), target=documents("en", most=8))
def test_law_3_every_aligner_tiles_both_sides(name, source, target):
    made = plugins.load("aligners", name).align([Pairing(source, target)], ())[0]
    assert (made.source, made.target) == (source, target)
    assert [i for b in made.beads for i in range(*b.source)] == list(range(len(source.segments)))
    assert [i for b in made.beads for i in range(*b.target)] == list(range(len(target.segments)))
    assert all(0 <= bead.score <= 1 for bead in made.beads)


# 4. A difference, applied, makes the other version.


@given(st.data())
def test_law_4_repairing_by_a_difference_makes_the_other_version(data):
    old = data.draw(bitexts())
    new = Bitext(data.draw(retold(old.source)), data.draw(retold(old.target)), old.beads)
    assert repair(old, diff(old, new)) == new


@_samples("\ud83d and \ude42")
def test_law_4_nasty_texts_are_made_from_others_by_their_difference(text):
    old = monolingual(Document("en", (Segment("The the chief , left ."), Segment(text))))
    new = monolingual(Document("en", (Segment(text), Segment("The chief left. " + text[:500]))))
    assert repair(old, diff(old, new)) == new


# 5. Fixes that overlap are refused.


def _fix(segment_text, start, end, fix):
    return Flag("x", "grammar", 0, Span(start, end), segment_text[start:end], "minor", "m", 1.0, fix)


@given(st.data())
def test_law_5_overlapping_fixes_raise(data):
    text = data.draw(st.text("abc ", min_size=2, max_size=20))
    middle = data.draw(st.integers(1, len(text) - 1))
    one = _fix(
        text, data.draw(st.integers(0, middle - 1)), data.draw(st.integers(middle + 1, len(text))), "X"
    )
    start = data.draw(st.integers(one.span.start, middle))
    other = _fix(text, start, data.draw(st.integers(middle + 1, len(text))), "Y")
    bitext = monolingual(Document("en", (Segment(text),)))
    with pytest.raises(ValueError, match="overlap"):
        repair(bitext, data.draw(st.permutations([one, other])))


def test_law_5_two_insertions_at_one_place_raise():
    bitext = monolingual(Document("en", (Segment("ab"),)))
    with pytest.raises(ValueError, match="overlap"):
        repair(bitext, [_fix("ab", 1, 1, "X"), _fix("ab", 1, 1, "Y")])


# 6. What was just put right is not offered again.

_ERRORS = """
The the minister left , he said . «Oui» “ no ” and and , . sanctions ,but anti -war ( yes ) it ..
co -operation of of Moscow ?The 10 % It is is 2015 . , the theand “” ”word the The Photo: AFP
"""
_SLIPS = st.lists(
    st.sampled_from(
        [
            *_ERRORS.split(),
            "he said. of the war",
            "Read also:",
            "\n",
            "\n\n",
            "« Oui »",
            "Mr . Xi",
            "the  house",
        ]
    ),
    min_size=1,
    max_size=25,
).map(" ".join)


def _placed(flags):
    shift, found = {}, []
    for flag in sorted(flags, key=lambda f: (f.segment, f.span)):
        start = flag.span.start + shift.get(flag.segment, 0)
        found.append((flag, start, start + len(flag.fix)))
        shift[flag.segment] = shift.get(flag.segment, 0) + len(flag.fix) - flag.span.size
    return found


@settings(max_examples=80)
@given(_SLIPS, st.sampled_from(LEVELS))
def test_law_6_flagging_a_repaired_text_offers_no_fix_just_applied(text, level):
    assume(text.strip())
    document = segment(plugins.load("formats", "text").read(text))
    document = segment(Document("en", document.segments, document.tail))
    checked = pipeline.check("doc", document, level)
    repaired = repair(checked.bitext, checked.applied)
    assert repaired.target == checked.clean
    again = pipeline.find(repaired, level)
    for flag, start, end in _placed(checked.applied):
        twice = [
            found
            for found in again
            if (found.segment, found.check, found.fix) == (flag.segment, flag.check, flag.fix)
            and found.span.start <= end
            and start <= found.span.end
        ]
        assert not twice


# 7. A flag points into the text and quotes it.


@pytest.fixture(scope="module")
def finders():
    every = list(plugins.load_all("checks"))
    return [(check, check.prepare({stem: read_table(stem) for stem in check.tables})) for check in every]


def _sound(bitext, finders):
    for check, finder in finders:
        for flag in finder(bitext):
            side = bitext.target if flag.side == "target" else bitext.source
            whole = side.segments[flag.segment].text
            assert 0 <= flag.span.start <= flag.span.end <= len(whole), check.name
            assert flag.text == whole[flag.span.start : flag.span.end], check.name
            assert flag.segment >= 0, check.name
            assert flag.check == check.name
            assert flag.fix != flag.text, check.name
            assert 0 <= flag.confidence <= 1, check.name
            assert flag.category in CATEGORIES, check.name
            assert flag.severity in SEVERITIES, check.name
            assert flag.message, check.name
            assert all(isinstance(k, str) and isinstance(v, str) for k, v in flag.evidence.items()), (
                check.name
            )


@given(st.one_of(bitexts(), documents(text=_SLIPS).map(monolingual), bitexts(text=_SLIPS)))
def test_law_7_flags_point_into_the_text_and_quote_it(finders, bitext):
    _sound(bitext, finders)


@_samples("\ud800 the the \udfff , x")
def test_law_7_flags_on_nasty_texts_point_into_them_and_quote_them(finders, text):
    document = Document(
        "en", (Segment(text), Segment(text[:200], "\n"), Segment("", " "), Segment("End .", "\n\n"))
    )
    _sound(monolingual(document), finders)
    _sound(parallel(document, document), finders)


def test_law_7_holds_for_no_text_at_all(finders):
    _sound(monolingual(Document("en")), finders)


# 8. The same input gives the same bytes.


class _Engine:
    """Says words backwards in capitals: enough to be told from its input, and the same every time."""

    source, target, signature, limit, copies = "nl", "en", "backwards:v1", 40, False

    def __init__(self):
        self.calls = []

    def count(self, text):
        return len(text.split())

    def decode(self, texts, attempt=0):
        self.calls.append(tuple(texts))
        return [" ".join(f"{word[::-1].title()}y" for word in text.split()) + "." * attempt for text in texts]


_ARTICLES = {
    "a": "De minister vertrok gisteren naar Brussel. Hij kwam niet terug.\n\nDat was in 2015 , zei hij.\n",
    "b": "Hij kwam niet terug. Niemand weet waarom.\nDe minister vertrok gisteren naar Brussel.",
    "c": "Kort bericht.\n\nKort bericht.\n\n👩🏽\u200d🚀 vertrok naar café De Zon.\r\n",
    "sub/d": "De oogst viel tegen. “Het is droog”, zei de boer. Hij kwam niet terug.",
}


def _run(folder, orders, **more):
    """The bytes of every output after running the groups of documents one after another."""
    sources, outputs = folder / "in", folder / "out"
    for name, text in _ARTICLES.items():
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / f"{name}.txt").write_bytes(text.encode())
    for names in orders:
        plans = [Plan(sources / f"{n}.txt", n, outputs / f"{n}.tsv") for n in names]
        options = runners.Options(Settings(source="nl"), **more)
        outcomes = list(runners.run(plans, lambda *_: Source("backwards", _Engine), options))
        assert {one.state for one in outcomes} == {"made"}
    return {n: (outputs / f"{n}.tsv").read_bytes() for n in _ARTICLES}


@pytest.mark.parametrize(
    "orders",
    [
        [["sub/d", "c", "b", "a"]],
        [["b"], ["sub/d"], ["a"], ["c"]],
        [["c", "a"], ["sub/d", "b"]],
    ],
    ids=["other order", "one by one", "two workers"],
)
def test_law_8_order_and_grouping_change_no_byte(tmp_path, orders):
    first = _run(tmp_path / "first", [list(_ARTICLES)])
    assert _run(tmp_path / "other", orders) == first
    assert all(b"backwards:v1" in data for data in first.values())


def test_law_8_running_again_changes_no_byte_and_asks_the_engine_for_nothing(tmp_path):
    first = _run(tmp_path, [list(_ARTICLES)])
    stamps = {p: p.stat().st_mtime_ns for p in sorted((tmp_path / "out").rglob("*")) if p.is_file()}
    engine = _Engine()
    plans = [Plan(tmp_path / f"in/{n}.txt", n, tmp_path / f"out/{n}.tsv") for n in _ARTICLES]
    outcomes = list(
        runners.run(
            plans, lambda *_: Source("backwards", lambda: engine), runners.Options(Settings(source="nl"))
        )
    )
    assert {one.state for one in outcomes} == {"reused"}
    assert engine.calls == []
    assert {n: (tmp_path / f"out/{n}.tsv").read_bytes() for n in _ARTICLES} == first
    assert {p: p.stat().st_mtime_ns for p in stamps} == stamps


def test_law_8_making_all_anew_changes_no_byte(tmp_path):
    first = _run(tmp_path, [list(_ARTICLES)])
    assert _run(tmp_path, [list(_ARTICLES)], fresh=True) == first
