"""``aligntool diff`` as a user meets it: what it compares, says, shows, exits with."""

import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from diffs import CLEAN, DRAFT, bilingual, row, tsv

from aligntool import table
from aligntool.bench import comparing
from aligntool.cli import group
from aligntool.errors import AligntoolError
from aligntool.files import read_text
from aligntool.matching import pair
from aligntool.pipeline import Settings, english
from aligntool.records import Document, Segment
from aligntool.revisions import Version, revise
from aligntool.table import COLUMNS, Row, Table


@pytest.fixture
def diff(tmp_path, monkeypatch):
    """Run the command in a folder of its own; returns what it said, or the error it ended with."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "talk.tsv").write_text(tsv(), encoding="utf-8")

    def run(*args, stdin=None):
        done = CliRunner().invoke(group, ["diff", *map(str, args)], input=stdin)
        if isinstance(done.exception, AligntoolError):
            return done.exception
        assert done.exit_code == 0 or isinstance(done.exception, SystemExit), done.exception
        return done

    return run


def applied(edits, old):
    made, at = [], 0
    for edit in edits:
        assert old[edit["start"] : edit["end"]] == edit["old"]
        made += [old[at : edit["start"]], edit["new"]]
        at = edit["end"]
    return "".join([*made, old[at:]])


# Two texts.


def test_equal_texts_show_nothing_and_exit_with_0(diff):
    done = diff("draft.txt", "draft.txt")
    assert (done.exit_code, done.stdout) == (0, "")


def test_texts_that_differ_exit_with_1_unless_told_otherwise(diff):
    assert diff("draft.txt", "clean.txt").exit_code == 1
    assert diff("draft.txt", "clean.txt", "--fail-on", "never").exit_code == 0


def test_changes_read_without_colour(diff):
    done = diff("draft.txt", "clean.txt", "--width", 200)
    assert "The [-chief of-]{+head+} of police" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.usefixtures("diff")
def test_colour_comes_when_asked():
    done = CliRunner().invoke(group, ["--color", "always", "diff", "draft.txt", "clean.txt"], color=True)
    assert "\x1b[31m[-" in done.stdout


def test_the_edits_as_json_make_the_new_text(diff):
    done = diff("draft.txt", "clean.txt", "--json")
    data = json.loads(done.stdout)
    assert data["schema"] == "diff/1"
    assert applied(data["rows"], DRAFT) == CLEAN
    assert all(CLEAN[edit["new_start"] : edit["new_end"]] == edit["new"] for edit in data["rows"])
    assert {edit["kind"] for edit in data["rows"] if edit["move"]} == {"order"}


def test_the_edits_as_tsv_lose_nothing(diff):
    lines = diff("draft.txt", "clean.txt", "--to", "tsv").stdout.splitlines()
    head, *rows = [line.split("\t") for line in lines]
    plain = str.maketrans({})
    edits = [dict(zip(head, cells, strict=True)) for cells in rows]
    for edit in edits:
        edit |= {"start": int(edit["start"]), "end": int(edit["end"])}
        for side in ("old", "new"):
            edit[side] = edit[side].replace("\\n", "\n").replace("\\t", "\t").translate(plain)
    assert applied(edits, DRAFT) == CLEAN


def test_line_ends_make_no_difference_when_asked(diff, tmp_path):
    (tmp_path / "windows.txt").write_bytes(DRAFT.replace("\n", "\r\n").encode())
    assert diff("draft.txt", "windows.txt").exit_code == 1
    assert diff("draft.txt", "windows.txt", "--ignore", "line-ends").exit_code == 0
    here = diff("windows.txt", "clean.txt", "--ignore", "line-ends", "--width", 90).stdout
    there = diff("draft.txt", "clean.txt", "--ignore", "line-ends", "--width", 90).stdout
    assert here.splitlines()[1:] == there.splitlines()[1:]


def test_other_line_breaks_make_no_difference_when_asked(diff, tmp_path):
    (tmp_path / "wrapped.txt").write_text(DRAFT.replace(" and ", "\nand "), encoding="utf-8")
    assert diff("draft.txt", "wrapped.txt").exit_code == 1
    assert diff("draft.txt", "wrapped.txt", "--ignore", "blanks").exit_code == 0


def test_standard_input_is_a_version(diff):
    done = diff("-", "clean.txt", "--stat", stdin=DRAFT)
    assert done.stdout.splitlines()[1].startswith("stdin\t")
    assert "cannot be both" in diff("-", "-", stdin=DRAFT).message


def test_texts_with_nothing_in_common_are_said_to_be_so_and_compared(diff, tmp_path):
    (tmp_path / "other.txt").write_text("\n\n".join(f"Zq {i} xv kk." for i in range(12)), encoding="utf-8")
    done = diff("draft.txt", "other.txt", "--lang", "en")
    assert "little in common" in done.stderr
    assert done.exit_code == 1


def test_output_goes_to_a_file_without_colour_and_overwrites_nothing(diff, tmp_path):
    assert diff("draft.txt", "clean.txt", "-o", "out.txt").exit_code == 1
    assert "[-chief of-]" in (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert "exists" in diff("draft.txt", "clean.txt", "-o", "out.txt").message
    assert diff("draft.txt", "clean.txt", "-o", "out.txt", "--force").exit_code == 1


def test_figures_are_prose_on_a_terminal_and_tsv_elsewhere(diff, tmp_path, monkeypatch):
    piped = diff("draft.txt", "clean.txt", "--stat").stdout
    row = dict(zip(*(line.split("\t") for line in piped.splitlines()), strict=True))
    assert (row["sentences"], row["changed"], row["mended"]) == ("8", "5", "")  # no flags were looked for
    assert json.loads(row["edits"])["wording"] == 5
    monkeypatch.setattr(importlib.import_module("aligntool.cli.diff"), "interactive", lambda: True)
    shown = diff("draft.txt", "clean.txt", "--stat", "--flags", "--width", 200).stdout
    assert shown.startswith("draft  8 sentences: 5 changed")
    assert "mended" in shown
    assert diff("draft.txt", "clean.txt", "--stat", "-o", "stat.tsv").exit_code == 1
    assert (tmp_path / "stat.tsv").read_text(encoding="utf-8") == piped
    assert "no page" in diff("draft.txt", "clean.txt", "--stat", "--to", "html").stderr


# Tables.


def test_two_columns_of_one_table(diff):
    done = diff("talk.tsv", "--columns", "mt", "tgt", "--width", 200)
    assert "It [-rains-]{+is raining+}." in done.stdout
    assert "talk:1" in done.stdout


def test_the_machines_text_is_the_source_where_the_document_is_machine_made(diff, tmp_path):
    rows = tuple(Row(id=f"d:{i}", doc="d", src_ids="1", tgt_ids="1", src=a, tgt=b) for i, (a, b) in enumerate(
        [("It rains of of.", "It rains."), ("Same here.", "Same here.")]
    ))  # fmt: skip
    (tmp_path / "d.tsv").write_text(table.write(Table(rows)), encoding="utf-8")
    edits = json.loads(diff("d.tsv", "--columns", "mt", "tgt", "--json").stdout)["rows"]
    assert [(e["old_id"], e["old"], e["new"]) for e in edits] == [("d:0", " of of", "")]


def test_rows_are_known_by_their_source_wherever_they_stand(diff, tmp_path):
    rows = [row(1), row(3, tgt="Goodbye, all."), row(2)]
    (tmp_path / "new.tsv").write_text(table.write(Table(tuple(rows))), encoding="utf-8")
    data = json.loads(diff("talk.tsv", "new.tsv", "--json").stdout)
    moved = [edit for edit in data["rows"] if edit["move"]]
    assert len(moved) == 2
    assert data["documents"][0]["moved"] == 1


def test_edits_of_a_table_count_in_its_cells(diff):
    edits = json.loads(diff("talk.tsv", "--columns", "mt", "tgt", "--json").stdout)["rows"]
    rows = {one.id: one for one in table.read(tsv()).rows}
    for name, one in rows.items():
        assert applied([e for e in edits if e["old_id"] == name], one.mt) == one.tgt


def test_columns_a_person_added_can_be_compared(diff, tmp_path):
    rows = tuple(Row(id=f"d:{i}", doc="d", src=str(i), tgt="a b", extra=(("anna", "a c"),)) for i in (1, 2))
    (tmp_path / "d.tsv").write_text(table.write(Table(rows, (*COLUMNS, "anna"))), encoding="utf-8")
    edits = json.loads(diff("d.tsv", "--columns", "tgt", "anna", "--json").stdout)["rows"]
    assert [(e["old"], e["new"]) for e in edits] == [("b", "c")] * 2


def test_documents_of_other_names_are_compared_all_the_same_and_said(diff, tmp_path):
    other = tsv().replace("talk", "speech")
    (tmp_path / "speech.tsv").write_text(other.replace("raining", "pouring"), encoding="utf-8")
    done = diff("talk.tsv", "speech.tsv")
    assert "different documents" in done.stderr
    assert "pouring" in done.stdout
    assert done.exit_code == 1


def test_a_document_in_one_table_only_is_said(diff, tmp_path):
    both = tsv() + "".join(line + "\n" for line in tsv().replace("talk", "more").splitlines()[1:])
    (tmp_path / "both.tsv").write_text(both, encoding="utf-8")
    done = diff("talk.tsv", "both.tsv")
    assert "more is only in both.tsv" in done.stderr
    assert "only in the new version" in done.stdout
    assert done.exit_code == 1


def test_an_empty_file_holds_no_rows(diff, tmp_path):
    (tmp_path / "none.tsv").touch()
    done = diff(os.devnull, "talk.tsv", "--stat")
    assert done.exit_code == 1
    assert diff("none.tsv", "talk.tsv").exit_code == 1


# Folders.


def test_folders_are_paired_by_name(diff, tmp_path):
    for folder, text in (("old", DRAFT), ("new", CLEAN)):
        (tmp_path / folder / "deep").mkdir(parents=True)
        (tmp_path / folder / "deep" / "one.txt").write_text(text, encoding="utf-8")
        (tmp_path / folder / "same.txt").write_text(DRAFT, encoding="utf-8")
        (tmp_path / folder / f"{folder}.txt").write_text("Only here it is.\n", encoding="utf-8")
    done = diff("old", "new", "--stat")
    assert done.exit_code == 1
    assert "old.txt is only in old" in done.stderr
    assert "new.txt is only in new" in done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    changed = {line[0]: line[3] for line in lines[1:]}
    assert changed["same.txt"] == "0"
    assert int(changed["deep/one.txt"]) > 2


def test_documents_of_one_name_in_two_files_are_told_apart_and_scored_apart(diff, tmp_path):
    for folder in ("old", "new", "good"):
        (tmp_path / folder).mkdir()
        for name in ("a.tsv", "b.tsv"):
            text = tsv().replace("Goodbye", "Bye") if (folder, name) == ("new", "b.tsv") else tsv()
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
    data = json.loads(diff("old", "new", "--reference", "good", "--json").stdout)
    assert [(d["document"], d["changed"]) for d in data["documents"]] == [
        ("a.tsv: talk", 0),
        ("b.tsv: talk", 1),
    ]
    figures = {s["document"]: (s["old"], s["new"]) for s in data["scores"] if s["metric"] == "TER"}
    assert figures["a.tsv: talk"] == (0, 0)
    assert figures["b.tsv: talk"][1] > 0


# Judgement.


def test_flags_are_judged(diff):
    done = diff("draft.txt", "clean.txt", "--flags", "--json")
    flags = json.loads(done.stdout)["flags"]
    fates = {(f["text"], f["fate"]) for f in flags}
    assert ("of of", "mended") in fates
    assert ("was was", "new") in fates


def test_a_gate_closes_for_new_flags_only(diff, tmp_path):
    assert diff("draft.txt", "clean.txt", "--fail-on", "new-flags").exit_code == 1
    (tmp_path / "better.txt").write_text(CLEAN.replace("was was", "was"), encoding="utf-8")
    assert diff("draft.txt", "better.txt", "--fail-on", "new-flags").exit_code == 0


def test_only_flagged_sentences_are_shown_when_asked(diff):
    shown = diff("draft.txt", "clean.txt", "--only", "flagged", "--width", 100).stdout
    assert "! mended: repeated-words" in shown
    assert "harbour" not in shown


def test_scores_against_a_reference_name_their_signature(diff, tmp_path):
    (tmp_path / "good.txt").write_text(CLEAN.replace("was was", "was"), encoding="utf-8")
    data = json.loads(diff("draft.txt", "clean.txt", "--reference", "good.txt", "--json").stdout)
    scores = {score["metric"]: score for score in data["scores"]}
    assert list(scores) == ["BLEU", "chrF2", "TER"]
    assert scores["BLEU"]["new"] > scores["BLEU"]["old"]
    assert scores["TER"]["new"] < scores["TER"]["old"]
    assert "seed:" in scores["BLEU"]["signature"]
    shown = diff("draft.txt", "clean.txt", "--reference", "good.txt").stdout
    assert "BLEU" in shown
    assert "p = " in shown


def test_documents_are_scored_each_and_all_together(diff, tmp_path):
    (tmp_path / "two.tsv").write_text(bilingual(), encoding="utf-8")
    done = diff("two.tsv", "--columns", "mt", "tgt", "--reference", "two.tsv", "--json")
    assert [s["document"] for s in json.loads(done.stdout)["scores"]] == [*["a"] * 3, *["b"] * 3, *[""] * 3]


def test_without_sacrebleu_the_command_that_installs_it_is_named(diff, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sacrebleu", None)
    (tmp_path / "good.txt").write_text(CLEAN, encoding="utf-8")
    error = diff("draft.txt", "clean.txt", "--reference", "good.txt")
    assert "pip install 'sacrebleu" in error.hint


# What cannot be compared.


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nothing.txt", "clean.txt"], "nothing.txt does not exist"),
        (["talk.tsv", "--columns", "mt", "best"], "no column best"),
        (["binary.tsv", "talk.tsv"], "binary"),
        (["binary.txt", "clean.txt"], "binary"),
        (["broken.tsv", "talk.tsv"], "line 5: 2 cells"),
        (["few.tsv", "talk.tsv"], "no column"),
        (["folder", "talk.tsv"], "folder is a folder"),
        (["draft.txt", "--columns", "mt", "tgt"], "no table"),
        (["--textconv", "draft.txt"], "no table"),
        (["latin.txt", "clean.txt"], "not valid utf-8: line 2"),
    ],
)
def test_trouble_is_told_with_what_to_do(diff, tmp_path, args, says):
    (tmp_path / "binary.tsv").write_bytes(b"\0\1\2" * 50)
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2" * 50)
    (tmp_path / "broken.tsv").write_text(tsv() + "a\tb\n", encoding="utf-8")
    (tmp_path / "few.tsv").write_text("id\tdoc\n1\t2\n", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("One.\nCaf\xe9.\n".encode("latin-1"))
    (tmp_path / "folder").mkdir()
    error = diff(*args)
    assert isinstance(error, AligntoolError)
    assert says in error.message
    assert error.hint
    assert error.exit_code == 2


def test_one_file_alone_is_a_mistake(diff):
    assert diff("talk.tsv").exit_code == 2
    assert diff("--textconv", "talk.tsv", "talk.tsv").exit_code == 2


# What large inputs take.


def _seconds(compared, texts):
    """CPU seconds, the better of two runs."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        compared(*texts)
        taken.append(time.process_time() - start)
    return min(taken)


def _compared_lines(old, new):
    return revise("line", *(Version(Document("en", (Segment(text),))) for text in (old, new)))


def _compared_tables(old, new):
    read = [table.read(text).rows for text in (old, new)]
    sides = [Document("en", tuple(Segment(row.tgt) for row in rows)) for rows in read]
    names = [tuple(row.src for row in rows) for rows in read]
    return revise("table", *(Version(side, keys, keys) for side, keys in zip(sides, names, strict=True)))


@pytest.mark.parametrize(
    ("compared", "make", "size", "changed"),
    [
        pytest.param(_compared_tables, comparing.tables, 3000, 0.05, id="tables"),
        pytest.param(_compared_lines, comparing.lines, 20_000, 0.005, id="one line"),
        pytest.param(_compared_lines, comparing.lines, 10_000, 1.0, id="one line, all different"),
    ],
)
def test_four_times_as_much_takes_about_four_times_as_long(compared, make, size, changed):
    """Square growth would take sixteen times as long; between the two there is room for a busy machine."""
    small, large = (_seconds(compared, make(n, changed)) for n in (size, 4 * size))
    assert large / small < 8


def test_two_large_tables_are_compared_in_time_and_memory():
    """Two per cent of the size the product is measured at by ``bench diff``; far from either limit."""
    cost = comparing.run(comparing.Job("tables", "tables", 2000, 0.05))
    assert cost.memory < 300
    assert cost.cpu < 20


# Git.


def _git(folder, *args, check=True):
    env = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_PAGER": "cat",
        "COLUMNS": "100",
    }
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *author, *args], cwd=folder, env=env, check=check, capture_output=True, text=True
    )


@pytest.fixture
def repository(tmp_path):
    """A repository with a table that was edited, set up as the page says."""
    if not shutil.which("git") or not (Path(sys.executable).parent / "aligntool").exists():
        pytest.skip("no git, or no aligntool beside this Python")
    folder = tmp_path / "repository"
    folder.mkdir()
    _git(folder, "init", "-q")
    page = (Path(__file__).parent.parent / "docs" / "diff.md").read_text(encoding="utf-8")
    for line in page.splitlines():
        if line.startswith("git config "):
            subprocess.run(["sh", "-c", line], cwd=folder, check=True)
    (folder / ".gitattributes").write_text("*.tsv diff=aligntool\n", encoding="utf-8")
    (folder / "talk.tsv").write_text(tsv(), encoding="utf-8")
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "one")
    (folder / "talk.tsv").write_text(tsv().replace("Goodbye", "Farewell"), encoding="utf-8")
    return folder


def test_git_shows_a_table_as_lines(repository):
    shown = _git(repository, "diff").stdout
    assert "-  tgt Goodbye." in shown
    assert "+  tgt Farewell." in shown
    assert '"made"' not in shown


def test_git_shows_a_table_in_words_by_its_difftool(repository):
    done = _git(repository, "difftool", "-y", "-t", "aligntool")
    assert "[-Goodbye-]{+Farewell+}" in done.stdout
    (repository / "new.tsv").write_text(tsv(), encoding="utf-8")
    _git(repository, "add", "-N", "new.tsv")
    assert "only in the new version" in _git(repository, "difftool", "-y", "-t", "aligntool").stdout


# The real thing.


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_a_garbled_article_is_paired_with_its_clean_version(shared, joint):
    lines = (shared / "bench" / "flags" / "clean_001.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    (seed,) = (shared / "seeds").glob("001_*.txt")
    old = english(seed.name, read_text(seed), Settings())
    new = english("b.txt", joint.join(row[1] for row in rows if row[1]), Settings())
    tiles = pair(old.texts, new.texts)
    found = 0
    for before, after in rows:
        homes = [t for t in tiles if before in " ".join(old.texts[slice(*t.old)])]
        now = [" ".join(new.texts[slice(*t.new)]) for t in homes]
        found += any(after in one and one for one in now) if after else now == [""]
    assert found / len(rows) >= 0.98
    dropped = [" ".join(old.texts[slice(*t.old)]) for t in tiles if not t.new.size]
    assert dropped == [row[0] for row in rows if not row[1]]
