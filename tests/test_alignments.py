"""Runs over pairs: what stands in the rows, what is reused, what helps to align, what is said."""

import json
from dataclasses import replace

import pytest
from engines import WordByWord, serving

from aligntool import alignments, pipeline, plugins, table
from aligntool.alignment import Aligner
from aligntool.couples import Choices
from aligntool.errors import ModelError
from aligntool.fileformats import table_format
from aligntool.layout import sentences
from aligntool.outputs import Options
from aligntool.partners import Side, match
from aligntool.pipeline import Settings
from aligntool.records import Bead, Bitext, Span

DUTCH = (
    "Kop van het stuk\n\n"
    "De regering heeft gisteren een akkoord gesloten met de vakbonden. Het parlement stemt morgen.\n\n"
    "Volgens de minister is er geen reden tot zorg. De oppositie denkt daar heel anders over.\n"
)
ENGLISH = (
    "Head of the piece\n\n"
    "The government signed an agreement with the the unions yesterday. Parliament votes tomorrow.\n\n"
    "According to the minister there is no reason for concern. The opposition thinks otherwise.\n"
)


@pytest.fixture
def pair(tmp_path):
    source, given = tmp_path / "a.nl.txt", tmp_path / "a.en.txt"
    source.write_text(DUTCH, encoding="utf-8")
    given.write_text(ENGLISH, encoding="utf-8")
    return source, given


def none(source, target):
    raise ModelError(f"no package for {source}-{target}")


def run(pair, out, engines=none, aids=(None, None), **more):
    settings = more.pop("settings", Settings(target=""))
    choices = Choices(**{name: more.pop(name) for name in tuple(more) if hasattr(Choices(), name)})
    langs = settings.source, settings.target
    sides = (Side(path, lang, aid) for path, lang, aid in zip(pair, langs, aids, strict=True))
    matches, _ = match(*sides, out, ".tsv")
    return list(alignments.run(matches, engines, Options(settings, **more), choices))


def stored(path):
    return table.read(path.read_text(encoding="utf-8")).rows


@pytest.fixture
def fixed(monkeypatch):
    """Have an aligner of given bead shapes take the place of all others; returns the batches it saw."""
    seen = []

    def install(*shapes):
        def align(pairings, lexicon):
            seen.append((pairings, lexicon))
            return [_bitext(one, shapes) for one in pairings]

        plugin = Aligner("fixed", "as told", align)
        load = plugins.load
        monkeypatch.setattr(
            plugins, "load", lambda family, name: plugin if family == "aligners" else load(family, name)
        )
        return seen

    return install


def _bitext(one, shapes):
    beads, at = [], (0, 0)
    for source, target, score in shapes:
        beads.append(Bead(Span(at[0], at[0] + source), Span(at[1], at[1] + target), score))
        at = (at[0] + source, at[1] + target)
    return Bitext(one.source, one.target, tuple(beads))


EQUAL = ((1, 1, 0.9),) * 5


def test_a_row_shows_the_original_our_translation_and_the_given_one(pair, tmp_path):
    (one,) = run(pair, tmp_path / "out", serving(WordByWord()))
    assert (one.state, one.lang, one.remarks) == ("made", "nl-en", ())
    rows = stored(tmp_path / "out" / "a.tsv")
    assert [row.tgt for row in rows][1] == ENGLISH.split("\n\n")[1].partition(" Parliament")[0]
    assert rows[1].src.startswith("De regering")
    assert rows[1].mt.startswith("The regeringen")
    assert {row.status for row in rows} == {"todo"}
    assert all(0 <= float(row.score) <= 1 for row in rows)
    trail = json.loads((tmp_path / "out" / "a.tsv.trail.json").read_text(encoding="utf-8"))["trail"]
    assert any(step.startswith("align:") and "mt=source+target" in step for step in trail)
    assert sum(step.startswith("translate:wordbyword:1") for step in trail) == 2


def test_flags_point_into_the_given_translation(pair, tmp_path, fixed):
    fixed(*EQUAL)
    run(pair, tmp_path / "a.tsv", serving(WordByWord()))
    flagged = stored(tmp_path / "a.tsv")[1]
    assert flagged.tgt[40:].startswith("the the")
    (flag,) = [flag for flag in table.parse_flags(flagged) if flag.check == "repeated-words"]
    assert flag.side == "given"
    assert flagged.tgt[slice(*flag.span)] == flag.text == "the the"
    assert 'repeated-words tgt 40:47 "the the"' in flagged.flags


def test_nothing_is_dropped_and_sentences_without_a_counterpart_stay_in_their_place(pair, tmp_path, fixed):
    fixed((1, 0, 0.5), (2, 1, 0.6), (0, 2, 0.7), (1, 2, 0.8), (1, 0, 0.9))
    run(pair, tmp_path / "a.tsv", serving(WordByWord()))
    rows = stored(tmp_path / "a.tsv")
    assert [(row.src_ids, row.tgt_ids) for row in rows] == [
        ("1", ""),
        ("2,3", "1"),
        ("", "2,3"),
        ("4", "4,5"),
        ("5", ""),
    ]
    for column, text in (("src", DUTCH), ("tgt", ENGLISH)):
        (document,) = {pipeline.segmented("a.txt", text, Settings(source="nl")).texts}
        assert tuple(one for row in rows for one in sentences(row, column)) == document
    assert [len(sentences(row, "mt")) for row in rows] == [1, 2, 0, 1, 1]
    assert [row.score for row in rows] == ["0.500", "0.600", "0.700", "0.800", "0.900"]


def test_a_second_run_reuses_and_a_changed_translation_is_aligned_again_without_translating(pair, tmp_path):
    first = WordByWord()
    run(pair, tmp_path / "a.tsv", serving(first))
    assert len(first.seen) == 10  # both directions
    assert [one.state for one in run(pair, tmp_path / "a.tsv", serving(WordByWord()))] == ["reused"]
    pair[1].write_text(ENGLISH.replace("tomorrow", "today"), encoding="utf-8")
    again = WordByWord()
    (one,) = run(pair, tmp_path / "a.tsv", serving(again))
    assert one.state == "made"
    assert not set(again.seen) & {row.src for row in one.rows}
    assert [one.state for one in run(pair, tmp_path / "a.tsv", none)] == ["made"]


def test_decisions_survive_also_those_on_sentences_without_an_original(pair, tmp_path, fixed):
    fixed((1, 1, 0.9), (1, 0, 0.9), (0, 1, 0.9), (0, 1, 0.9), (3, 2, 0.9))
    run(pair, tmp_path / "a.tsv")
    rows = list(stored(tmp_path / "a.tsv"))
    assert rows[3].src == ""
    rows[3] = replace(rows[3], tgt="Parliament will vote.", status="edited", note="mine")
    (tmp_path / "a.tsv").write_text(table.write(table.Table(tuple(rows))), encoding="utf-8")
    pair[1].write_text("A new first line here\n\n" + ENGLISH, encoding="utf-8")
    fixed((0, 1, 0.9), (1, 1, 0.9), (1, 0, 0.9), (0, 1, 0.9), (0, 1, 0.9), (3, 2, 0.9))
    run(pair, tmp_path / "a.tsv")
    kept = {row.note: row for row in stored(tmp_path / "a.tsv")}["mine"]
    assert (kept.id, kept.tgt, kept.status, kept.tgt_ids) == ("a:5", "Parliament will vote.", "edited", "4")


def test_doubtful_rows_are_flagged_and_their_status_is_left_to_people(pair, tmp_path, fixed):
    fixed((1, 1, 0.9), (2, 1, 0.3), (0, 1, 0.2), (1, 1, 0.5), (1, 1, 0.4))
    run(pair, tmp_path / "a.tsv", review_below=0.5)
    rows = stored(tmp_path / "a.tsv")
    doubtful = ["review" in table.unpack(row.data) for row in rows]
    assert doubtful == [False, True, True, False, True]
    assert [any(f.check == "alignment" for f in table.parse_flags(row)) for row in rows] == doubtful
    assert {row.status for row in rows} == {"todo"}


def test_a_translation_made_elsewhere_takes_the_place_of_the_engine(pair, tmp_path, fixed):
    seen = fixed(*EQUAL)
    mt = tmp_path / "mt.txt"
    mt.write_text("Head\n\nTwo\nThree\nFour\n", encoding="utf-8")
    engine = WordByWord()
    run(pair, tmp_path / "a.tsv", serving(engine), (mt, None))
    assert engine.seen == []
    ((one,), _) = seen[0]
    assert one.source_mt == ("Head", "", "Two", "Three", "Four")
    assert [row.mt for row in stored(tmp_path / "a.tsv")] == ["Head", "", "Two", "Three", "Four"]


def test_unequal_lines_are_refused_with_both_counts(pair, tmp_path):
    mt = tmp_path / "mt.txt"
    mt.write_text("Head\nOne\n", encoding="utf-8")
    (one,) = run(pair, tmp_path / "a.tsv", aids=(mt, None))
    assert "mt.txt has 2 lines where a.nl.txt has 5 sentences" in one.error.message
    assert "--lines" in one.error.hint
    (one,) = run(pair, tmp_path / "a.tsv", aids=(None, mt), settings=Settings(target="", format="lines"))
    assert "mt.txt has 2 lines where a.en.txt has 5 lines" in one.error.message
    assert not (tmp_path / "a.tsv").exists()


def test_lines_are_sentences_and_empty_ones_count(pair, tmp_path):
    run(pair, tmp_path / "a.tsv", settings=Settings(target="", format="lines"))
    rows = stored(tmp_path / "a.tsv")
    assert sum(len(row.src_ids.split(",")) for row in rows if row.src_ids) == 5
    assert sum(len(row.tgt_ids.split(",")) for row in rows if row.tgt_ids) == 5


def test_pairs_without_help_share_a_batch_also_with_those_that_are_up_to_date(tmp_path, fixed):
    for side, text in (("nl", DUTCH), ("en", ENGLISH)):
        (tmp_path / side).mkdir()
        for name in ("a", "b"):
            (tmp_path / side / f"{name}.txt").write_text(text, encoding="utf-8")
    seen = fixed(*EQUAL)
    folders = tmp_path / "nl", tmp_path / "en"
    run(folders, tmp_path / "out", lexicon=(("regering", "government"),))
    (tmp_path / "nl" / "b.txt").write_text(DUTCH.replace("morgen", "vandaag"), encoding="utf-8")
    before = (tmp_path / "out" / "a.tsv").stat().st_mtime_ns
    outcomes = run(folders, tmp_path / "out", lexicon=(("regering", "government"),))
    assert [(one.plan.name, one.state) for one in outcomes] == [("a", "reused"), ("b", "made")]
    assert (tmp_path / "out" / "a.tsv").stat().st_mtime_ns == before
    assert [len(pairings) for pairings, _ in seen] == [2, 2]
    assert seen[0][1] == (("regering", "government"),)
    run(folders, tmp_path / "helped", serving(WordByWord()))
    assert [len(pairings) for pairings, _ in seen[2:]] == [1, 1]


def test_barriers_are_handed_on_and_an_aligner_that_breaks_them_is_named(pair, tmp_path, fixed):
    seen = fixed((2, 2, 0.9), (3, 3, 0.9))
    (one,) = run(pair, tmp_path / "a.tsv", barriers=True)
    assert seen[0][0][0].barriers == ((1, 1), (3, 3))
    assert any("does not keep barriers: 2 beads" in remark for remark in one.remarks)


def test_one_language_on_both_sides_is_aligned_and_said(tmp_path):
    left, right = tmp_path / "left.txt", tmp_path / "right.txt"
    left.write_text(ENGLISH, encoding="utf-8")
    right.write_text(ENGLISH.replace("tomorrow", "on Monday"), encoding="utf-8")
    engine = WordByWord()
    (one,) = run((left, right), tmp_path / "a.tsv", serving(engine))
    assert one.remarks == ("both sides are English; aligned all the same",)
    assert engine.seen == []
    assert {flag.check for row in one.rows for flag in table.parse_flags(row)} == {"repeated-words"}


@pytest.mark.parametrize("named", [("nl", "en"), ("", "en"), ("nl", "")])
def test_swapped_arguments_are_said(pair, tmp_path, named):
    plain = tmp_path / "x.txt", tmp_path / "y.txt"
    for path, side in zip(plain, pair, strict=True):
        path.write_text(side.read_text(encoding="utf-8"), encoding="utf-8")
    (one,) = run(plain[::-1], tmp_path / "a.tsv", settings=Settings(source=named[0], target=named[1]))
    assert any("swapped" in remark and "y.txt seems to be English" in remark for remark in one.remarks)


def test_a_file_name_that_says_another_language_is_said(pair, tmp_path):
    wrong = tmp_path / "a.fr.txt"
    wrong.write_text(DUTCH, encoding="utf-8")
    (one,) = run((wrong, pair[1]), tmp_path / "a.tsv")
    assert one.remarks == ("a.fr.txt is said to be French, but seems to be Dutch",)
    assert {row.src_lang for row in one.rows} == {"fr"}


def test_trouble_is_one_pairs_own_and_dry_runs_write_nothing(tmp_path):
    for side, text in (("nl", DUTCH), ("en", ENGLISH)):
        (tmp_path / side).mkdir()
        (tmp_path / side / "a.txt").write_text(text, encoding="utf-8")
        (tmp_path / side / "empty.txt").write_text("\n" if side == "en" else text, encoding="utf-8")
    folders = tmp_path / "nl", tmp_path / "en"
    states = {one.plan.name: one.state for one in run(folders, tmp_path / "out", dry_run=True)}
    assert states == {"a": "planned", "empty": "failed"}
    assert not (tmp_path / "out").exists()
    outcomes = {one.plan.name: one for one in run(folders, tmp_path / "out")}
    assert outcomes["a"].state == "made"
    assert "empty.txt is empty" in outcomes["empty"].error.message


def test_a_foreign_file_at_the_output_is_not_overwritten(pair, tmp_path):
    (tmp_path / "a.tsv").write_text("mine\n", encoding="utf-8")
    (one,) = run(pair, tmp_path / "a.tsv")
    assert one.error
    assert (tmp_path / "a.tsv").read_text(encoding="utf-8") == "mine\n"
    assert [one.state for one in run(pair, tmp_path / "a.tsv", force=True)] == ["made"]


def test_what_translate_needs_must_be_there(pair, tmp_path):
    (one,) = run(pair, tmp_path / "a.tsv", reach="forward")
    assert isinstance(one.error, ModelError)
    engine = WordByWord()
    run(pair, tmp_path / "a.tsv", serving(engine), reach="forward")
    assert len(engine.seen) == 5


def test_what_no_format_shows_is_looked_for_only_where_it_decides(pair, tmp_path, fixed):
    fixed((1, 1, 0.9), (1, 1, 0.9), (1, 1, 0.9), (1, 1, 0.9), (1, 1, 0.9))
    for name, flagged, found in (
        ("ladder", False, 0),
        ("ladder", True, 1),
        ("jsonl", False, 1),
        ("", False, 1),
    ):
        form = table_format("", name, writing=True) if name else None
        (one,) = run(pair, tmp_path / f"{flagged}.{name}", form=form, flagged=flagged)
        assert sum(len(table.parse_flags(row)) for row in one.rows) == found


def test_what_another_format_says_of_the_rows_is_said(pair, tmp_path, fixed):
    fixed((1, 1, 0.9), (2, 0, 0.9), (0, 2, 0.9), (2, 2, 0.9))
    form = table_format("", "moses", writing=True)
    (one,) = run(pair, tmp_path / "a", form=form)
    assert one.remarks == ("rows with an empty side, which are an empty line there: 2",)
    assert (tmp_path / "a" / "a.tsv.nl").is_file()
