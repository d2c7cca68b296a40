"""The main job on real documents, where they stand beside the checkout."""

import os
import subprocess
import sys

import pytest
from cost import TELL, told

from aligntool import table


@pytest.fixture(scope="module")
def made(tmp_path_factory, shared):
    """The seeds translated by a process of its own, and what that cost."""
    out = tmp_path_factory.mktemp("seeds")
    env = os.environ | {"XDG_CACHE_HOME": str(out / "cache"), "XDG_DATA_HOME": str(out / "data")}
    code = (
        "import sys; from aligntool.cli import group; group.main(sys.argv[1:], standalone_mode=False)" + TELL
    )
    command = [sys.executable, "-c", code, "translate", str(shared / "seeds"), "-o", str(out / "aligned")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return out / "aligned", told(done.stderr)[0]


def test_five_documents_give_five_tables_that_hold_every_character(made, shared):
    folder, _ = made
    paths = sorted((shared / "seeds").glob("*.txt"))
    assert len(paths) == len(list(folder.glob("*.tsv"))) == 5
    for path in paths:
        rows = table.read((folder / f"{path.stem}.tsv").read_text(encoding="utf-8")).rows
        text = path.read_text(encoding="utf-8")
        assert "".join("".join(row.src for row in rows).split()) == "".join(text.split())


def test_the_dutch_article_has_english_for_each_of_its_sentences(made):
    folder, _ = made
    (path,) = folder.glob("000_*.tsv")
    rows = table.read(path.read_text(encoding="utf-8")).rows
    assert len(rows) == 59
    assert all(row.src_lang == "nl" and row.mt.strip() and row.tgt.strip() for row in rows)


def test_the_two_named_artifacts_are_flagged_with_a_suggestion(made):
    folder, _ = made
    flags = {
        flag.text: flag
        for path in folder.glob("001_*.tsv")
        for row in table.read(path.read_text(encoding="utf-8")).rows
        for flag in table.parse_flags(row)
    }
    for artifact in ("Boundary friendship", "Alliance without treated"):
        assert flags[artifact].fix
        assert flags[artifact].category == "calque"


def test_memory_stays_below_600_mb(made):
    assert made[1] < 600
