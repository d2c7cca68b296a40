"""What decisions teach is proposed, with what speaks for it; nothing is applied."""

import json
import subprocess
import sys

from reviews import flag, put, row

from aligntool.review.lessons import ignore_list, learn, lexicon
from aligntool.table import read

NOISE = 'terms "square [old]"'


def edited(number, mt, tgt, *flags, **more):
    return row(number, f"Zin {number}.", mt, *flags, tgt=tgt, status="edited", **more)


def test_a_phrase_changed_the_same_way_again_and_again_is_proposed():
    rows = [
        edited(1, "He made long fire of it.", "He took his time over it."),
        edited(2, "She made long fire of it.", "She took his time over it."),
        edited(3, "An only case here.", "A single case here."),
        row(4, "x", "They made long fire.", status="todo"),
    ]
    (found,) = learn(rows).phrases
    assert (found.literal, found.suggestion) == ("made long fire of", "took his time over")
    assert (found.changed, found.left, found.rows) == (2, 0, ("talk:1", "talk:2"))
    assert learn(rows, least=3).phrases == ()


def test_a_phrase_that_mostly_stands_is_not():
    rows = [edited(n, "The harbour was closed.", "The port was closed.") for n in (1, 2)]
    assert learn(rows).phrases[0].suggestion == "port"
    standing = [row(n, "x", "The harbour was open.", status="ok") for n in (3, 4)]
    assert learn([*rows, *standing]).phrases == ()


def test_small_words_marks_patterns_and_what_flags_said_teach_nothing():
    rows = [
        *(edited(n, "It is so.", "It was so.") for n in (1, 2)),
        *(edited(n, "It ended ( well ) then.", "It ended [better] then.") for n in (3, 4)),
        *(edited(n, "A bad harbour.", "A bad port.", flag("harbour", 6, "port")) for n in (5, 6)),
        *(row(n, "x", "The harbour.", tgt="The port.", status="rejected") for n in (7, 8)),
    ]
    assert learn(rows).phrases == ()


def test_flags_dismissed_and_never_accepted_are_proposed_to_be_ignored():
    mark = flag("square [old]", 4, "x", "terms")
    more = {"data": {"settled": {NOISE: "dismissed"}}}
    rows = [row(n, f"Zin {n}.", "The square [old] town.", mark, **more) for n in (1, 2)]
    (found,) = learn(rows).dismissals
    assert (found.check, found.text, found.count) == ("terms", "square [old]", 2)
    assert ignore_list([found]).splitlines()[1:] == [
        "# dismissed 2 times: talk:1, talk:2",
        "*\tterms\tsquare [[]old]",
    ]
    accepted = row(3, "Zin 3.", "The square [old] town.", mark, data={"settled": {NOISE: "accepted"}})
    assert learn([*rows, accepted]).dismissals == ()


def test_settled_rows_are_a_memory_the_last_decision_of_each_sentence():
    rows = [
        row(1, "Ja.", "Yes.", status="ok"),
        row(1, "Ja.", "Yes.", tgt="Indeed.", status="edited", doc="later"),
        row(2, "Nee.", "No."),
        row(3, "Already English.", "", tgt="English.", status="ok", src_lang="en"),
    ]
    assert [(one.src, one.tgt) for one in learn(rows).memory.rows] == [("Ja.", "Indeed.")]


def test_the_command_writes_proposals_once_and_changes_nothing(tmp_path):
    path = put(tmp_path / "talk.tsv", [edited(n, "He made long fire.", "He took his time.") for n in (1, 2)])
    before = path.read_bytes()

    def learnt(*more):
        return subprocess.run(
            [sys.executable, "-m", "aligntool", "learn", str(path), "-o", str(tmp_path / "out"), *more],
            capture_output=True,
            text=True,
            check=False,
        )

    found = json.loads(learnt("--json").stdout)["rows"]
    assert {one["what"]: one["count"] for one in found} == {"lexicon": 1, "ignore": 0, "memory": 2}
    assert path.read_bytes() == before
    assert (tmp_path / "out" / "lexicon.tsv").read_text(encoding="utf-8").splitlines()[2] == (
        "made long fire\ttook his time"
    )
    assert len(read((tmp_path / "out" / "memory.tsv").read_text(encoding="utf-8")).rows) == 2
    assert not (tmp_path / "out" / "ignore.tsv").exists()
    assert learnt().returncode == 2
    assert learnt("--force").returncode == 0
    put(path, [row(1, "a", "b")])
    assert "nothing was learnt" in learnt("--force").stderr
    assert lexicon([]).startswith("# Proposed")
