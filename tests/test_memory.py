"""A translation memory: settled sentences to the letter, like ones beside, nothing else touched."""

import json
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from reviews import flag, put, row, talk

from aligntool.decisions import carry, is_settled
from aligntool.errors import InputError
from aligntool.loading import Remembered
from aligntool.memory import LEAST, Memory, of_rows, recalled
from aligntool.table import Table, pack, read, unpack

HARBOUR = "De burgemeester sprak woensdag over de haven."
NEAR = "De burgemeester sprak donderdag over de haven."


def test_only_settled_rows_of_the_pair_are_remembered_and_the_last_counts():
    rows = [
        row(1, "Ja.", "Yes.", status="ok"),
        row(2, "Ja.", "Yes.", tgt="Indeed.", status="edited"),
        row(3, "Nee.", "No."),
        row(4, "Weg.", "Away.", status="rejected"),
        row(5, "Oui.", "Yes.", status="ok", src_lang="fr"),
        row(6, "Leeg.", "", status="ok"),
    ]
    assert of_rows(rows, "nl", "en", settled=True).known == {"Ja.": "Indeed."}
    assert set(of_rows(rows, "nl", "en", settled=False).known) == {"Ja.", "Nee.", "Weg."}


def test_an_exact_sentence_is_used_as_it_stands_and_a_like_one_is_shown():
    memory = Memory({HARBOUR: "The mayor  spoke on Wednesday."})
    same, near, other = recalled(
        [
            row(1, HARBOUR, "machine", flag("machine", 0), data={"engine": "e"}),
            row(2, NEAR, "machine"),
            row(3, "Iets heel anders.", "machine"),
        ],
        memory,
    )
    assert same.mt == same.tgt == "The mayor  spoke on Wednesday."
    assert (same.flags, same.status) == ("", "todo")
    assert unpack(same.data)["memory"] == {"score": 1.0}
    assert "engine" not in unpack(same.data)
    assert near.tgt == "machine"
    told = unpack(near.data)["memory"]
    assert (told["src"], told["tgt"]) == (HARBOUR, "The mayor  spoke on Wednesday.")
    assert LEAST <= told["score"] < 1
    assert other == row(3, "Iets heel anders.", "machine")
    assert not any(is_settled(one) for one in (same, near, other))


def test_what_a_memory_says_is_no_decision_and_gives_way_to_the_next_run():
    old = replace(row(1, NEAR, "m"), data=pack(unpack(row(1, NEAR, "m").data) | {"memory": {"score": 0.9}}))
    assert "memory" not in unpack(carry(Table((old,)), Table((row(1, NEAR, "m"),))).rows[0].data)


def test_a_large_memory_is_searched_quickly():
    text = "Zin {0} van de burgemeester over haven{1} {2} kade{0}."
    memory = Memory({text.format(n, n % 997, "en"): str(n) for n in range(20_000)})
    begin = time.process_time()
    for n in range(0, 20_000, 400):
        assert memory.nearest(text.format(n, n % 997, "met")).tgt == str(n)
    assert time.process_time() - begin < 5
    assert memory.nearest("") is None


def test_files_are_remembered_whatever_their_format(tmp_path):
    put(tmp_path / "a.tsv", [row(1, "Ja.", "Yes.", status="ok"), row(2, "Nee.", "No.")])
    done = subprocess.run(
        [sys.executable, "-m", "aligntool", "convert", "a.tsv", "-o", "b.tmx"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.returncode == 0
    assert Remembered([tmp_path / "a.tsv"])("nl", "en").known == {"Ja.": "Yes."}
    assert Remembered([tmp_path / "b.tmx"])("nl", "en").known == {"Ja.": "Yes.", "Nee.": "No."}
    assert Remembered([])("nl", "en").known == {}
    assert Remembered([]).fingerprint == ""
    (tmp_path / "c.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="no table"):
        Remembered([tmp_path / "c.txt"])


def test_lines_take_settled_sentences_and_tell_of_like_ones(tmp_path):
    put(tmp_path / "memory.tsv", [row(1, HARBOUR, "x", tgt="The settled ,words.", status="edited")])

    def translate(*more):
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "aligntool",
                "translate",
                "-",
                "--from",
                "nl",
                "--lines",
                "-o",
                "-",
                *more,
            ],
            cwd=tmp_path,
            input=f"\n{HARBOUR}\n\n{NEAR}\n",
            capture_output=True,
            text=True,
            check=True,
        )

    plain, done = translate(), translate("--memory", "memory.tsv")
    lines = done.stdout.split("\n")
    assert lines[1] == "The settled ,words."
    assert lines[2:] == plain.stdout.split("\n")[2:]
    assert len(lines) == 5
    (told,) = [line for line in done.stderr.splitlines() if "alike" in line]
    assert told.startswith("line 4: 0.")
    assert told.endswith(f" alike: {HARBOUR} → The settled ,words.")
    assert "alike" not in plain.stderr


def test_translate_takes_settled_sentences_from_a_memory(tmp_path):
    (tmp_path / "doc.txt").write_text(f"{HARBOUR} {NEAR}\n", encoding="utf-8")
    put(tmp_path / "memory.tsv", [row(1, HARBOUR, "x", tgt="The settled ,words.", status="edited"), *talk()])

    def translate(*more):
        done = subprocess.run(
            [sys.executable, "-m", "aligntool", "translate", "doc.txt", "--from", "nl", "-o", "out/", *more],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout
        (table,) = (tmp_path / "out").glob("*.tsv")
        return read(table.read_text(encoding="utf-8")).rows, json.loads(
            table.with_name(f"{table.name}.trail.json").read_text(encoding="utf-8")
        )

    plain, first = translate()
    rows, second = translate("--memory", "memory.tsv")
    assert first["key"] != second["key"]
    assert (rows[0].mt, rows[0].tgt, rows[0].flags) == ("The settled ,words.", "The settled ,words.", "")
    assert rows[1].tgt == plain[1].tgt
    assert unpack(rows[1].data)["memory"]["tgt"] == "The settled ,words."
    assert translate()[0] == plain
