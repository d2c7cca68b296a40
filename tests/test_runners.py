"""Runs over files: reuse, decisions, one document's trouble kept from the others."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from engines import WordByWord, serving

from aligntool import runners, table
from aligntool.errors import InputError
from aligntool.pipeline import Settings
from aligntool.plans import plan
from aligntool.runners import Options

DUTCH = (
    "De regering heeft een akkoord gesloten met de vakbonden. "
    "Het parlement stemt morgen over de begroting.\n\n"
    "Volgens de minister is er geen reden tot zorg. De oppositie denkt daar heel anders over.\n"
)
ENGLISH = "The government has signed the the agreement . Nobody in the capital believes that it will last.\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "nl.txt").write_text(DUTCH, encoding="utf-8")
    (folder / "en.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


def run(folder, out, engine=None, **options):
    engine = engine or WordByWord()
    plans, _ = plan([folder], out, ".tsv")
    settings = options.pop("settings", Settings())
    return list(runners.run(plans, serving(engine), Options(settings, **options)))


def states(outcomes):
    return {one.plan.name: one.state for one in outcomes}


def test_each_document_becomes_a_table_with_its_trail_beside_it(corpus, tmp_path):
    outcomes = run(corpus, tmp_path / "out")
    assert states(outcomes) == {"nl": "made", "en": "made"}
    dutch = table.read((tmp_path / "out" / "nl.tsv").read_text(encoding="utf-8"))
    assert [row.src for row in dutch.rows] == [
        "De regering heeft een akkoord gesloten met de vakbonden.",
        "Het parlement stemt morgen over de begroting.",
        "Volgens de minister is er geen reden tot zorg.",
        "De oppositie denkt daar heel anders over.",
    ]
    assert all(row.src_lang == "nl" and row.tgt_lang == "en" and row.mt for row in dutch.rows)
    trail = json.loads((tmp_path / "out" / "nl.tsv.trail.json").read_text(encoding="utf-8"))
    assert any(step.startswith("translate:wordbyword:1") for step in trail["trail"])


def test_english_is_flagged_and_cleaned_not_translated(corpus, tmp_path):
    engine = WordByWord()
    run(corpus, tmp_path / "out", engine)
    rows = table.read((tmp_path / "out" / "en.tsv").read_text(encoding="utf-8")).rows
    assert not any("government" in text for text in engine.seen)
    assert rows[0].mt == ""
    assert rows[0].tgt == "The government has signed the agreement."
    assert "the the" in rows[0].src
    assert {flag.check for flag in table.parse_flags(rows[0])} >= {"repeated-words", "spacing"}


def test_a_second_run_reuses_everything_and_loads_no_engine(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (tmp_path / "out").iterdir()}
    engine = WordByWord()
    assert states(run(corpus, tmp_path / "out", engine)) == {"nl": "reused", "en": "reused"}
    assert engine.seen == []
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (tmp_path / "out").iterdir()} == before


def test_only_new_sentences_of_a_changed_document_are_translated(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    (corpus / "nl.txt").write_text(DUTCH + "\nDe koning was er niet bij.\n", encoding="utf-8")
    engine = WordByWord()
    assert states(run(corpus, tmp_path / "out", engine))["nl"] == "made"
    assert engine.seen == ["De koning was er niet bij."]


def test_another_engine_translates_all_again(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    engine = WordByWord(signature="wordbyword:2")
    assert states(run(corpus, tmp_path / "out", engine)) == {"nl": "made", "en": "reused"}
    assert len(engine.seen) == 4


def test_decisions_survive_a_changed_document(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    path = tmp_path / "out" / "nl.tsv"
    held = table.read(path.read_text(encoding="utf-8"))
    edited = replace(held.rows[1], tgt="Parliament votes tomorrow.", status="edited", note="ask the desk")
    path.write_text(table.write(replace(held, rows=(held.rows[0], edited, *held.rows[2:]))), encoding="utf-8")
    (corpus / "nl.txt").write_text("Een nieuwe eerste zin over de regering.\n\n" + DUTCH, encoding="utf-8")
    run(corpus, tmp_path / "out")
    rows = {row.src: row for row in table.read(path.read_text(encoding="utf-8")).rows}
    kept = rows["Het parlement stemt morgen over de begroting."]
    assert (kept.tgt, kept.status, kept.note) == ("Parliament votes tomorrow.", "edited", "ask the desk")
    assert kept.id == "nl:3"


def test_decisions_survive_fresh_and_dry_runs_write_nothing(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    path = tmp_path / "out" / "nl.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("\ttodo\t", "\tok\t"), encoding="utf-8")
    held = path.read_bytes()
    (corpus / "nl.txt").write_text(DUTCH.replace("morgen", "vandaag"), encoding="utf-8")
    assert states(run(corpus, tmp_path / "out", dry_run=True)) == {"nl": "planned", "en": "reused"}
    assert path.read_bytes() == held
    (corpus / "nl.txt").write_text(DUTCH, encoding="utf-8")
    run(corpus, tmp_path / "out", fresh=True)
    assert {row.status for row in table.read(path.read_text(encoding="utf-8")).rows} == {"ok"}


def test_one_bad_document_does_not_stop_the_others(corpus, tmp_path):
    (corpus / "bad.txt").write_bytes(b"caf\xe9 is geen geldige tekst\n")
    (corpus / "empty.txt").write_bytes(b" \n")
    outcomes = run(corpus, tmp_path / "out")
    assert states(outcomes) == {"bad": "failed", "empty": "failed", "nl": "made", "en": "made"}
    errors = {one.plan.name: one.error.message for one in outcomes if one.error}
    assert "line 1" in errors["bad"]
    assert "empty" in errors["empty"]
    assert not (tmp_path / "out" / "bad.tsv").exists()


def test_a_foreign_file_at_the_output_is_not_overwritten(corpus, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "nl.tsv").write_text("my own\ttable\n", encoding="utf-8")
    outcomes = run(corpus, out)
    assert states(outcomes)["nl"] == "failed"
    assert (out / "nl.tsv").read_text(encoding="utf-8") == "my own\ttable\n"
    assert states(run(corpus, out, force=True))["nl"] == "made"


def test_inputs_with_one_stem_get_outputs_of_their_own(tmp_path):
    for name in ("a.txt", "a.md", "b.txt"):
        (tmp_path / name).write_text(DUTCH, encoding="utf-8")
    plans, _ = plan([tmp_path], tmp_path / "out", ".tsv")
    assert sorted(one.target.name for one in plans) == ["a.md.tsv", "a.txt.tsv", "b.tsv"]


def test_files_no_format_knows_are_named_not_read(tmp_path):
    (tmp_path / "a.txt").write_text(DUTCH, encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    plans, unknown = plan([tmp_path], tmp_path / "out", ".tsv")
    assert [one.name for one in plans] == ["a"]
    assert [path.name for path in unknown] == ["photo.jpg"]


def test_several_documents_for_one_stream_are_refused(corpus):
    with pytest.raises(InputError, match="standard output"):
        plan([corpus], Path("-"), ".tsv")


def test_two_folders_with_one_name_are_refused(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(DUTCH, encoding="utf-8")
    with pytest.raises(InputError, match="two inputs are called"):
        plan([tmp_path / "one", tmp_path / "two"], tmp_path / "out", ".tsv")


KILLED = """
import sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
from engines import WordByWord, serving
from aligntool import pipeline, runners
from aligntool.pipeline import Settings
from aligntool.plans import plan
from aligntool.runners import Options
runners._CHUNK = 1
slow = pipeline.check
def check(*args):
    time.sleep(0.02)
    return slow(*args)
pipeline.check = check
plans, _ = plan([Path({folder!r})], Path({out!r}), ".tsv")
print("ready", flush=True)
for one in runners.run(plans, serving(WordByWord()), Options(Settings(source="nl"))):
    print(one.plan.name, flush=True)
"""


def test_killed_at_any_moment_a_run_leaves_only_whole_files_and_resumes_to_the_same_bytes(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"d{number:02}.txt").write_text(
            DUTCH.replace("morgen", f"op dag {number}"), encoding="utf-8"
        )
    calm = tmp_path / "calm"
    run(folder, calm, settings=Settings(source="nl"))
    stormy = tmp_path / "stormy"
    code = KILLED.format(tests=str(Path(__file__).parent), folder=str(folder), out=str(stormy))
    for wait in (0.03, 0.08, 0.15):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout.readline() == "ready\n"
        time.sleep(wait)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        for path in stormy.glob("*.tsv"):
            assert path.read_bytes() == (calm / path.name).read_bytes()
    run(folder, stormy, settings=Settings(source="nl"))
    assert {p.name: p.read_bytes() for p in stormy.iterdir()} == {
        p.name: p.read_bytes() for p in calm.iterdir()
    }
