"""Reading says what is wrong and where; writing leaves the whole file or what was there."""

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from aligntool import files
from aligntool.errors import InputError, OutputError
from aligntool.files import atomic_write, read_table, read_text, sweep, walk, write_text


def _left(folder):
    return sorted(p.name for p in folder.iterdir())


# Reading.


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"\xef\xbb\xbfEen.\n", "utf-8", "Een.\n"),
        (b"Een.\r\nTwee.\r\n", "utf-8", "Een.\r\nTwee.\r\n"),
        ("één".encode("cp1252"), "cp1252", "één"),
        ("één".encode("utf-16"), "utf-16", "één"),
        ("één".encode("utf-16-le"), "utf_16_le", "één"),
        ("één".encode("utf-32"), "UTF-32", "één"),
        ("\u2028x\u0085".encode(), "utf-8", "\u2028x\u0085"),
    ],
)
def test_text_is_read_without_its_mark_and_with_its_line_ends(tmp_path, data, encoding, text):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert read_text(path, encoding) == text


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", "utf-8", "is empty"),
        (b" \r\n\t\n", "utf-8", "is empty"),
        (b"\xef\xbb\xbf", "utf-8", "is empty"),
        ("\ufeff \n".encode("utf-16-le"), "utf-16", "is empty"),
        (b"PK\x03\x04\x00\x00", "utf-8", "binary"),
        ("Een".encode("utf-16"), "utf-8", "UTF-16"),
        (b"een\ntwee\ndr\xefe\n", "utf-8", "line 3, byte 12 "),
        (b"een", "utf-9", "unknown encoding utf-9"),
        (b"een", "hex", "unknown encoding hex"),
        (b"xn--\xff", "idna", "not valid idna"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(tmp_path, data, encoding, message):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read_text(path, encoding)
    assert caught.value.hint


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.txt does not exist"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_text(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match="cannot be read: Not a directory"):
        read_text(tmp_path / "a.txt" / "b.txt")


def test_a_file_one_may_not_read_is_named(tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read_text(tmp_path / "a.txt")


def test_standard_input_is_read_for_a_dash():
    code = (
        "from pathlib import Path; from aligntool.files import read_text; print(ascii(read_text(Path('-'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="\ufeffé\r\n".encode(), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"'\\xe9\\r\\n'"


# Finding.


def test_folders_are_walked_in_the_order_of_names_without_what_is_hidden(tmp_path):
    for name in ["b.txt", "a/z.txt", "a/b/c.txt", "B.txt", ".git/x.txt", "a/.hidden", "a.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = walk([tmp_path])
    assert [str(relative) for _, relative in found] == ["B.txt", "a/b/c.txt", "a/z.txt", "a.txt", "b.txt"]
    assert all(path == tmp_path / relative for path, relative in found)


def test_a_named_file_comes_by_its_name_even_when_hidden(tmp_path):
    (tmp_path / ".a.txt").write_text("x")
    assert walk([tmp_path / ".a.txt"]) == [(tmp_path / ".a.txt", Path(".a.txt"))]


def test_a_hidden_folder_that_is_named_is_walked(tmp_path):
    (tmp_path / ".in").mkdir()
    (tmp_path / ".in/a.txt").write_text("x")
    assert walk([tmp_path / ".in"]) == [(tmp_path / ".in/a.txt", Path("a.txt"))]


def test_standard_input_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert walk([Path("-")]) == [(Path("-"), Path("-"))]


def test_a_pipe_is_found(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert walk([tmp_path / "pipe"]) == [(tmp_path / "pipe", Path("pipe"))]


def test_nothing_to_walk_is_an_error(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        walk([tmp_path / "none"])
    (tmp_path / ".hidden").write_text("x")
    with pytest.raises(InputError, match="holds no files"):
        walk([tmp_path])


# Writing.


def test_text_is_written_as_it_is_and_folders_are_made(tmp_path):
    atomic_write(tmp_path / "new/deep/a.txt", "é\r\n\u2028")
    assert (tmp_path / "new/deep/a.txt").read_bytes() == "é\r\n\u2028".encode()
    assert _left(tmp_path / "new/deep") == ["a.txt"]


@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, trouble, step):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail(*_):
        raise trouble

    monkeypatch.setattr(*{"fsync": (files.os, "fsync"), "replace": (Path, "replace")}[step], fail)
    with pytest.raises((OutputError, KeyboardInterrupt)) as caught:
        atomic_write(path, "new")
    assert path.read_text() == "old"
    assert _left(tmp_path) == ["a.txt"]
    if isinstance(trouble, OSError):
        assert "disk is full" in caught.value.hint


def test_a_killed_write_leaves_the_old_file_and_a_temporary_the_next_run_sweeps(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    code = (
        "import os, signal; from pathlib import Path; from aligntool import files;"
        "files.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL);"
        f"files.atomic_write(Path({str(path)!r}), 'new')"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert path.read_text() == "old"
    assert len(_left(tmp_path)) == 2
    sweep(tmp_path)
    assert _left(tmp_path) == ["a.txt"]


def test_temporaries_of_running_processes_and_other_machines_stay_for_a_day(tmp_path):
    mine = tmp_path / f"{files._TEMPORARY}{files._HOST}-{os.getpid()}-abc"
    theirs = tmp_path / f"{files._TEMPORARY}another-host-999999999-abc"
    foreign = tmp_path / f"{files._TEMPORARY}models"
    for path in (mine, theirs, foreign):
        path.write_text("x")
    sweep(tmp_path)
    assert len(_left(tmp_path)) == 3
    os.utime(theirs, (time.time() - 90_000,) * 2)
    sweep(tmp_path)
    assert theirs.name not in _left(tmp_path)
    assert mine.exists()


def test_sweeping_a_folder_that_is_not_there_does_nothing(tmp_path):
    sweep(tmp_path / "none")
    assert _left(tmp_path) == []


def test_permissions_of_the_old_file_are_kept(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    atomic_write(path, "new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_the_umask_leaves(tmp_path):
    before = os.umask(0o027)
    try:
        atomic_write(tmp_path / "a.txt", "new")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    (tmp_path / "dangling.txt").symlink_to("real/b.txt")
    atomic_write(tmp_path / "link.txt", "new")
    atomic_write(tmp_path / "dangling.txt", "newer")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "dangling.txt").is_symlink()
    assert (tmp_path / "real/a.txt").read_text() == "new"
    assert (tmp_path / "real/b.txt").read_text() == "newer"
    assert _left(tmp_path / "real") == ["a.txt", "b.txt"]


def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_text(pipe, "através", force=False)
    reader.join(10)
    assert got == ["através".encode()]
    assert pipe.is_fifo()


def test_a_folder_in_the_way_is_an_error(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="a cannot be written"):
        atomic_write(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        atomic_write(tmp_path / "b/c.txt", "x")
    assert _left(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("half", ["\ud800"], ids=ascii)
def test_half_a_character_is_an_error_before_anything_is_written(tmp_path, half):
    with pytest.raises(OutputError, match="half a character"):
        atomic_write(tmp_path / "a.txt", f"x{half}")
    assert _left(tmp_path) == []


def test_a_file_is_overwritten_only_by_force(tmp_path):
    path = tmp_path / "a.txt"
    write_text(path, "old", force=False)
    with pytest.raises(OutputError, match="exists"):
        write_text(path, "new", force=False)
    assert path.read_text() == "old"
    write_text(path, "new", force=True)
    assert path.read_text() == "new"


def test_a_dash_is_standard_output_byte_for_byte(capfdbinary):
    write_text(Path("-"), "é\r\n\t\u2028")
    assert capfdbinary.readouterr().out == "é\r\n\t\u2028".encode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_an_error_with_advice():
    code = (
        "import os, sys; from pathlib import Path\n"
        "from aligntool.errors import OutputError; from aligntool.files import write_text\n"
        "try: write_text(Path('-'), 'x' * 100000)\n"
        "except OutputError as error: print(error.message, error.hint, file=sys.stderr)\n"
        "os._exit(0)\n"
    )
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, check=False)
    assert b"standard output cannot be written" in done.stderr
    assert b"disk is full" in done.stderr
    assert b"Traceback" not in done.stderr


def test_two_writers_at_once_leave_one_of_the_two_texts(tmp_path):
    path = tmp_path / "a.txt"
    texts = [letter * 50_000 for letter in "abcd"]
    writers = [threading.Thread(target=atomic_write, args=(path, text)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_text() in texts
    assert _left(tmp_path) == ["a.txt"]


# Lexicon tables.


@pytest.mark.parametrize(
    "path", sorted(Path(files.__file__).parent.glob("data/*.tsv*")), ids=lambda p: p.name.partition(".")[0]
)
def test_every_lexicon_table_of_the_package_is_read(path):
    rows = read_table(path.name.partition(".")[0])
    assert rows
    assert len({tuple(row) for row in rows}) == 1
