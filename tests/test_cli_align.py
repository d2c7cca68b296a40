"""``aligntool align`` and ``translate --against`` as a user meets them."""

import json

import pytest
from click.testing import CliRunner
from engines import WordByWord, serving

from aligntool import loading, table
from aligntool.cli import group
from aligntool.errors import AligntoolError, InputError, PartialError

DUTCH = "Het regent vandaag in de stad.\nDe trein naar Gent is niet op tijd.\n\nEr staat veel wind.\n"
ENGLISH = "It is raining in town today.\nThe train to Ghent is not on time.\nThe the wind is strong.\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder with a pair in it; a toy engine serves Dutch to English only."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.nl.txt").write_text(DUTCH, encoding="utf-8")
    (tmp_path / "a.en.txt").write_text(ENGLISH, encoding="utf-8")
    engine = serving(WordByWord())

    def find(_, source, target):
        if (source, target) != ("nl", "en"):
            raise loading.models.ModelError(f"no package for {source}-{target}")
        return engine(source, target)

    monkeypatch.setattr(loading.Loader, "__call__", find)
    return tmp_path


def call(*args, stdin=None):
    """Run a command; returns what it said, or the error it ended with."""
    done = CliRunner().invoke(group, list(map(str, args)), input=stdin)
    if isinstance(done.exception, AligntoolError):
        return done.exception
    assert done.exit_code == 0 or isinstance(done.exception, SystemExit), done.exception
    return done


def rows(path):
    return table.read(path.read_text(encoding="utf-8")).rows


def test_two_files_become_a_table_with_a_summary(here):
    done = call("align", "a.nl.txt", "a.en.txt", "-o", "out")
    head, line = (one.split("\t") for one in done.stdout.strip().split("\n"))
    summary = dict(zip(head, line, strict=True))
    assert (summary["document"], summary["state"], summary["lang"]) == ("a", "made", "nl-en")
    made = rows(here / "out" / "a.tsv")
    assert [row.src for row in made] == [line for line in DUTCH.split("\n") if line]
    assert all(row.mt for row in made)
    assert call("align", "a.nl.txt", "a.en.txt", "-o", "out").stdout.count("reused") == 1


def test_the_table_alone_goes_to_standard_output_and_one_side_may_come_from_there(here):
    done = call("align", "-", "a.en.txt", "-o", "-", "--from", "nl", "--no-engine", stdin=DUTCH)
    assert [row.tgt for row in table.read(done.stdout).rows] == ENGLISH.strip().split("\n")
    assert not any(row.mt for row in table.read(done.stdout).rows)
    assert [path.name for path in sorted(here.iterdir())] == ["a.en.txt", "a.nl.txt"]


def test_json_holds_rows_remarks_and_errors(here):
    (here / "b.en.txt").write_text(ENGLISH, encoding="utf-8")
    done = call("align", "a.en.txt", "b.en.txt", "-o", "x.tsv", "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == "align/1"
    assert found["rows"][0]["remarks"] == ["both sides are English; aligned all the same"]
    assert "both sides are English" in done.stderr


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("ladder", "[0]:[0]:"),
        ("hunalign", "Het regent vandaag in de stad.\tIt is raining"),
        ("tsv", "id\tdoc"),
    ],
)
def test_other_formats_are_written_by_name_or_by_ending(here, form, begins):
    done = call("align", "a.nl.txt", "a.en.txt", "-o", "-", "--format", form)
    assert done.stdout.startswith(begins)
    call("align", "a.nl.txt", "a.en.txt", "-o", f"x.{form}")
    assert (here / f"x.{form}").read_text(encoding="utf-8") == done.stdout
    again = call("align", "a.nl.txt", "a.en.txt", "-o", f"x.{form}")
    assert form == "tsv" or "--force" in again.hint
    call("align", "a.nl.txt", "a.en.txt", "-o", f"x.{form}", "--force")


def test_moses_pairs_are_two_files(here):
    call("align", "a.nl.txt", "a.en.txt", "-o", "pair", "--format", "moses")
    assert (here / "pair" / "a.nl").read_text(encoding="utf-8").count("\n") == 3
    assert (here / "pair" / "a.en").read_text(encoding="utf-8") == ENGLISH
    assert "exists" in call("align", "a.nl.txt", "a.en.txt", "-o", "pair", "--format", "moses").message


def test_folders_say_what_stays_alone_and_resume(here):
    for side, text in (("nl", DUTCH), ("en", ENGLISH)):
        (here / side).mkdir()
        (here / side / "a.txt").write_text(text, encoding="utf-8")
    (here / "nl" / "b.txt").write_text(DUTCH, encoding="utf-8")
    done = call("align", "nl", "en", "-o", "out")
    assert "nl/b.txt: it has no partner" in done.stderr
    (here / "en" / "b.txt").write_bytes(b"\xff\xfe\xfa")
    error = call("align", "nl", "en", "-o", "out")
    assert isinstance(error, PartialError)
    (here / "en" / "b.txt").write_text(ENGLISH, encoding="utf-8")
    done = call("align", "nl", "en", "-o", "out")
    assert [line.split("\t")[:2] for line in done.stdout.strip().split("\n")[1:]] == [
        ["a", "reused"],
        ["b", "made"],
    ]


def test_lines_lexicon_and_translations_from_elsewhere(here):
    (here / "mt.txt").write_text("It rains.\nThe train.\n\nMuch wind.\n", encoding="utf-8")
    (here / "words.tsv").write_text("wind\twind\ntrein\ttrain\n", encoding="utf-8")
    options = ["--lines", "--source-mt", "mt.txt", "--lexicon", "words.tsv", "--barriers"]
    call("align", "a.nl.txt", "a.en.txt", "-o", "a.tsv", *options)
    made = rows(here / "a.tsv")
    assert [number for row in made for number in row.src_ids.split(",") if number] == ["1", "2", "3", "4"]
    assert "Much wind." in " ".join(row.mt for row in made)
    (here / "mt.txt").write_text("It rains.\n", encoding="utf-8")
    error = call("align", "a.nl.txt", "a.en.txt", "-o", "a.tsv", *options)
    assert "mt.txt has 1 lines where a.nl.txt has 4 lines" in error.message


def test_a_pair_with_translations_is_the_same_alone_in_a_folder_and_with_any_number_of_threads(here):
    for side, text in (("nl", DUTCH), ("en", ENGLISH), ("mt", ENGLISH.replace("is", "was"))):
        (here / side).mkdir()
        lines = text.replace("\n\n", "\n").splitlines()
        for name, order in {"a": lines, "b": lines[::-1], "c": lines[1:]}.items():
            (here / side / f"{name}.txt").write_text("\n".join(order) + "\n", encoding="utf-8")
    options = ["--lines", "--from", "nl", "--to", "en"]
    call("align", "nl", "en", "-o", "all", "--source-mt", "mt", "--threads", "2", *options)
    for name in "abc":
        paths = [f"{side}/{name}.txt" for side in ("nl", "en", "mt")]
        call("align", *paths[:2], "-o", f"{name}.tsv", "--source-mt", paths[2], "--threads", "1", *options)
        assert (here / f"{name}.tsv").read_bytes() == (here / "all" / f"{name}.tsv").read_bytes()


def test_what_is_unsure_is_flagged_and_fail_on_sees_it(here):
    done = call("align", "a.nl.txt", "a.en.txt", "-o", "a.tsv", "--review-below", "1", "--fail-on", "minor")
    assert done.exit_code == 1
    doubted = ["alignment tgt 0:0" in row.flags for row in rows(here / "a.tsv")]
    assert any(doubted)
    assert (
        json.loads(call("align", "a.nl.txt", "a.en.txt", "-o", "b.tsv", "--json").stdout)["rows"][0]["review"]
        == 0
    )


def test_a_dry_run_writes_nothing(here):
    assert "planned" in call("align", "a.nl.txt", "a.en.txt", "-o", "out", "--dry-run").stdout
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["a.nl.txt", "nothing.txt"], "nothing.txt does not exist"),
        (["a.nl.txt", "a.nl.txt"], "both sides"),
        (["a.nl.txt", "empty.txt"], "empty.txt is empty"),
        (["a.nl.txt", "a.en.txt", "--aligner", "magic"], "magic"),
        (["a.nl.txt", "a.en.txt", "--from", "xq"], "unknown language"),
        (["a.nl.txt", "a.en.txt", "--format", "mqm2"], "mqm2"),
        (["a.nl.txt", "a.en.txt", "--lexicon", "a.nl.txt"], "a.nl.txt, line 1"),
        (["a.nl.txt", "."], "one is a folder"),
    ],
)
def test_bad_input_is_told_with_a_hint_and_leaves_nothing(here, args, says):
    (here / "empty.txt").write_text(" \n", encoding="utf-8")
    error = call("align", *args, "-o", "out")
    assert isinstance(error, AligntoolError)
    assert says in error.message
    assert error.hint
    assert not (here / "out").exists()


def test_translate_against_shows_the_original_ours_and_the_given_translation(here):
    done = call("translate", "a.nl.txt", "--against", "a.en.txt", "-o", "a.tsv")
    assert "made" in done.stdout
    made = rows(here / "a.tsv")
    assert [row.tgt for row in made] == ENGLISH.strip().split("\n")
    assert made[1].mt.startswith("The treinen naaren")
    assert any(flag.side == "given" for row in made for flag in table.parse_flags(row))


def test_translate_against_takes_folders_and_one_path_only(here):
    for side, name in (("nl", "a.nl.txt"), ("en", "a.en.txt")):
        (here / side).mkdir()
        (here / name).rename(here / side / name)
    call("translate", "nl", "--against", "en", "-o", "out")
    assert len(rows(here / "out" / "a.tsv")) == 3
    assert call("translate", "nl", "en", "--against", "en", "-o", "out").exit_code == 2


def test_translate_against_needs_an_engine_and_a_language(here):
    (here / "de.txt").write_text("Der Bundeskanzler ist gestern in Paris angekommen.\n", encoding="utf-8")
    assert "de-en" in call("translate", "de.txt", "--against", "a.en.txt", "-o", "x.tsv").message
    (here / "short.txt").write_text("Poetin\n", encoding="utf-8")
    error = call("translate", "short.txt", "--against", "a.en.txt", "-o", "x.tsv")
    assert isinstance(error, InputError)
    assert "--from" in error.hint
