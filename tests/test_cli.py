"""The command line as a user meets it: real processes, real files, the starter package."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from aligntool import table

DUTCH = "De Russische president is vandaag in Peking aangekomen. Hij blijft daar drie dagen.\n"
GARBLED = (
    "Boundary friendship\n\n"
    "The two countries have signed an Alliance without treated . The the minister spoke of recall bites.\n"
)


@pytest.fixture
def aligntool(tmp_path):
    """Run the command in an empty folder with a home of its own; never on the network."""
    home = tmp_path / "home"
    home.mkdir()
    env = {
        **os.environ,
        "HOME": str(home),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/",
    }
    for name in ("NO_COLOR", "FORCE_COLOR", "ARGOS_PACKAGES_DIR", "XDG_CONFIG_HOME"):
        env.pop(name, None)

    def run(*args, stdin=b"", prefix=(), code=0, **more):
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "aligntool", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=more.get("cwd", tmp_path),
            env=env | more.get("env", {}),
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, f"{done.returncode}\n{out}\n{err}"
        assert "Traceback" not in err
        return out, err

    return run


@pytest.fixture
def dutch(tmp_path):
    path = tmp_path / "nl.txt"
    path.write_text(DUTCH, encoding="utf-8")
    return path


@pytest.fixture
def garbled(tmp_path):
    path = tmp_path / "en.txt"
    path.write_text(GARBLED, encoding="utf-8")
    return path


def test_translate_writes_a_table_says_the_starter_is_used_once_and_prints_a_summary(
    aligntool, dutch, tmp_path
):
    out, err = aligntool("translate", dutch, "-o", tmp_path / "out")
    rows = table.read((tmp_path / "out" / "nl.tsv").read_text(encoding="utf-8")).rows
    assert [row.src for row in rows] == DUTCH.strip().replace("aangekomen. ", "aangekomen.|").split("|")
    assert all(row.mt.strip() and row.mt != row.src for row in rows)
    assert err.count("aligntool models install nl en") == 1
    head, line = out.strip().split("\n")
    assert dict(zip(head.split("\t"), line.split("\t"), strict=True))["sentences"] == "2"


def test_translate_json_has_a_schema_and_a_row_a_document(aligntool, dutch, tmp_path):
    out, _ = aligntool("translate", dutch, "-o", tmp_path / "out", "--json")
    found = json.loads(out)
    assert found["schema"] == "translate/1"
    assert [(row["document"], row["state"], row["lang"]) for row in found["rows"]] == [("nl", "made", "nl")]


def test_lines_in_lines_out(aligntool):
    text = "Het regent vandaag.\n\n  De zon schijnt niet.\nDe trein is te laat."
    out, _ = aligntool("translate", "-", "--from", "nl", "--lines", "-o", "-", stdin=text.encode())
    lines = out.split("\n")
    assert len(lines) == 4
    assert lines[1] == ""
    assert lines[2].startswith("  ")
    assert all(lines[i].strip() for i in (0, 2, 3))


def test_the_table_goes_to_stdout_and_only_the_table(aligntool, dutch):
    out, _ = aligntool("translate", dutch, "-o", "-")
    assert len(table.read(out).rows) == 2


def test_the_named_artifacts_are_flagged_with_the_french_behind_them(aligntool, garbled):
    out, _ = aligntool("flag", garbled, "--json")
    rows = {row["text"].lower(): row for row in json.loads(out)["rows"]}
    friendship = rows["boundary friendship"]
    assert friendship["category"] == "calque"
    assert friendship["evidence"]["source"] == "amitié sans limites"
    assert "limits" in friendship["fix"]
    treaty = next(row for text, row in rows.items() if "without treated" in text)
    assert "alliance sans traité" in json.dumps(treaty["evidence"], ensure_ascii=False)
    assert "treaty" in treaty["fix"]


def test_flag_offsets_lines_and_columns_count_in_the_file(aligntool, garbled):
    out, _ = aligntool("flag", garbled)
    head, *lines = out.strip().split("\n")
    names = head.split("\t")
    assert names[:6] == ["file", "start", "end", "line", "column", "text"]
    file_lines = GARBLED.split("\n")
    assert lines
    for line in lines:
        row = dict(zip(names, line.split("\t"), strict=True))
        start, end = int(row["start"]), int(row["end"])
        assert GARBLED[start:end] == row["text"]
        assert file_lines[int(row["line"]) - 1][int(row["column"]) - 1 :].startswith(row["text"])


def test_fail_on_makes_findings_an_exit_code(aligntool, garbled, tmp_path):
    aligntool("flag", garbled, "--fail-on", "major", code=1)
    (tmp_path / "fine.txt").write_text("The minister spoke on Monday.\n", encoding="utf-8")
    aligntool("flag", tmp_path / "fine.txt", "--fail-on", "minor")


def test_clean_applies_sure_fixes_and_leaves_the_input_alone(aligntool, garbled, tmp_path):
    aligntool("clean", garbled, "-o", tmp_path / "clean.txt")
    clean = (tmp_path / "clean.txt").read_text(encoding="utf-8")
    assert "The minister" in clean
    assert " ." not in clean
    assert clean.count("\n") == GARBLED.count("\n")
    assert garbled.read_text(encoding="utf-8") == GARBLED
    _, err = aligntool("clean", garbled, "-o", tmp_path / "clean.txt", code=2)
    assert "--force" in err


def test_clean_dry_run_lists_and_writes_nothing(aligntool, garbled, tmp_path):
    out, _ = aligntool("clean", garbled, "-o", tmp_path / "clean.txt", "--dry-run")
    assert "The the" in out
    assert not (tmp_path / "clean.txt").exists()


def test_convert_gives_the_document_back(aligntool, garbled, tmp_path):
    aligntool("translate", garbled, "-o", tmp_path / "out")
    out, _ = aligntool("convert", tmp_path / "out" / "en.tsv", "--column", "src")
    assert out == GARBLED
    clean, _ = aligntool("clean", garbled)
    out, _ = aligntool("convert", tmp_path / "out" / "en.tsv")
    assert out == clean


# --- what goes wrong ------------------------------------------------------------------------------------


def refused(aligntool, *args, says, tmp_path, code=2, **more):
    """The command ends with the code, says this, and leaves nothing in the output folder."""
    _, err = aligntool(*args, code=code, **more)
    for text in says:
        assert text in err, err
    out = tmp_path / "out"
    assert not out.exists() or list(out.rglob("*")) == []


def test_a_missing_path(aligntool, tmp_path):
    refused(
        aligntool,
        "translate",
        "nowhere.txt",
        "-o",
        "out",
        says=["nowhere.txt does not exist"],
        tmp_path=tmp_path,
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04\x00\x00", "binary"),
        (b"Een regel.\nNog een caf\xe9.\n", "line 2"),
        (b"Poetin", "--from"),
    ],
)
def test_an_input_that_is_no_text(aligntool, tmp_path, data, says):
    (tmp_path / "x.txt").write_bytes(data)
    refused(aligntool, "translate", "x.txt", "-o", "out", says=["x.txt", says], tmp_path=tmp_path)


def test_a_language_that_does_not_exist(aligntool, dutch, tmp_path):
    refused(
        aligntool,
        "translate",
        dutch,
        "--from",
        "xq",
        "-o",
        "out",
        says=["unknown language: xq"],
        tmp_path=tmp_path,
    )


def test_no_package_for_the_pair_names_the_command(aligntool, tmp_path):
    text = "Der Bundeskanzler ist gestern in Paris mit dem Präsidenten zusammengetroffen.\n"
    (tmp_path / "de.txt").write_text(text, encoding="utf-8")
    refused(
        aligntool,
        "translate",
        "de.txt",
        "-o",
        "out",
        says=["de", "aligntool models install de en"],
        tmp_path=tmp_path,
    )


def test_an_output_that_cannot_be_written(aligntool, dutch, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    _, err = aligntool("translate", dutch, "-o", tmp_path / "file" / "out", code=2)
    assert "cannot be written" in err


def test_an_output_somebody_else_wrote(aligntool, dutch, tmp_path):
    (tmp_path / "out").mkdir()
    theirs = tmp_path / "out" / "nl.tsv"
    theirs.write_text("a\tb\n1\t2\n", encoding="utf-8")
    _, err = aligntool("translate", dutch, "-o", "out", code=2)
    assert "--force" in err
    assert theirs.read_text(encoding="utf-8") == "a\tb\n1\t2\n"


def test_a_broken_package_is_refused_and_leaves_nothing(aligntool, tmp_path):
    (tmp_path / "bad.argosmodel").write_bytes(b"PK not really")
    aligntool("models", "install", "bad.argosmodel", code=2)
    out, _ = aligntool("models", "list", "--json")
    assert "bad" not in out


def test_one_bad_document_among_good_ones_is_told_and_exits_with_75(aligntool, dutch, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    out, err = aligntool("translate", dutch, "bad.txt", "-o", "out", code=75)
    assert "bad.txt" in err
    assert "1 of 2 documents failed" in err
    assert (tmp_path / "out" / "nl.tsv").exists()
    assert "made" in out


def test_a_full_disk_is_told_and_leaves_nothing_half_written(aligntool, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a tiny file system needs root")
    try:
        text = "\n\n".join(f"The the minister number {i} spoke ." for i in range(400))
        (tmp_path / "en.txt").write_text(text, encoding="utf-8")
        _, err = aligntool("translate", "en.txt", "-o", small, code=2)
        assert "disk is full" in err
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)


def test_unknown_commands_and_options_exit_with_2(aligntool):
    _, err = aligntool("translat", code=2)
    assert "translate" in err
    aligntool("flag", code=2)
    aligntool("flag", "-", "--level", "wild", code=2)


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    text = "\n\n".join(["The the thing is so ."] * 3000)
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    command = f"{sys.executable} -m aligntool flag {tmp_path / 'long.txt'} | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("file\t")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


# --- offline --------------------------------------------------------------------------------------------


def test_it_works_with_no_network_interface_and_a_read_only_home(aligntool, dutch, tmp_path):
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        pytest.skip("unshare -n is not allowed here")
    home = tmp_path / "home"
    before = sorted(tmp_path.iterdir())
    home.chmod(0o555)
    out, _ = aligntool("translate", dutch, "-o", "out", prefix=("unshare", "-rn"))
    assert "made" in out
    assert list(home.iterdir()) == []
    new = {path.name for path in tmp_path.iterdir()} - {path.name for path in before}
    assert new <= {"out", "cache"}


def test_nothing_is_read_or_written_outside_output_cache_and_data(aligntool, dutch, tmp_path):
    blocker = tmp_path / "blocked" / "sitecustomize.py"
    blocker.parent.mkdir()
    blocker.write_text(
        "import os, sys\n"
        "allowed = tuple(os.environ['ALLOWED'].split(os.pathsep))\n"
        "def hook(event, args):\n"
        "    if event == 'socket.connect' or event == 'socket.getaddrinfo':\n"
        "        raise RuntimeError('network: ' + repr(args))\n"
        "    if event == 'open' and isinstance(args[0], str) and set(args[1] or '') & set('wax+'):\n"
        "        if not os.path.abspath(args[0]).startswith(allowed):\n"
        "            raise RuntimeError('write: ' + args[0])\n"
        "sys.addaudithook(hook)\n",
        encoding="utf-8",
    )
    allowed = os.pathsep.join(
        map(str, (tmp_path / "out", tmp_path / "cache", tmp_path / "data", "/dev/", "/proc/"))
    )
    env = {"PYTHONPATH": str(blocker.parent), "ALLOWED": allowed, "PYTHONDONTWRITEBYTECODE": "1"}
    aligntool("translate", dutch, "-o", "out", env=env)
    assert (tmp_path / "out" / "nl.tsv").exists()
    assert list((tmp_path / "home").iterdir()) == []


def test_own_lexicons_and_ignore_lists_are_kept_to_and_said(aligntool, tmp_path):
    (tmp_path / "a.txt").write_text(
        "He fell into a brown study . The ONU met, and « why » ?\n", encoding="utf-8"
    )
    (tmp_path / "own.tsv").write_text("brown study\tdeep thought\n", encoding="utf-8")
    (tmp_path / ".aligntool-ignore").write_text("*\tspacing\n", encoding="utf-8")
    out, err = aligntool("flag", "a.txt", "--lexicon", "own.tsv", "--mt-from", "fr", "--json")
    rows = json.loads(out)["rows"]
    assert {"lexicon", "exonyms"} <= {row["check"] for row in rows}
    assert "spacing" not in {row["check"] for row in rows}
    assert "silenced" in err
    assert "per 1,000 words" in err
    assert "French" in err
    _, wrong = aligntool("flag", "a.txt", "--ignore", "own.tsv", code=2)
    assert "own.tsv, line 1" in wrong
