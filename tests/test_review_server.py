"""Nobody but the person who started it gets into a review; what it serves is harmless, small and quick."""

import http.client
import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace

import pytest
from reviews import Review, big, flag, put, row, talk

from aligntool.review.desk import Desk
from aligntool.review.journal import journal_path
from aligntool.table import read

pytest.importorskip("starlette", reason="no starlette: pip install -e .[review]")


@pytest.fixture
def path(tmp_path):
    return put(tmp_path / "talk.tsv", talk())


@pytest.fixture
def review(path):
    found = Review(path, "--reviewer", "Eva")
    yield found
    found.stop()


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """A review that refuses everything it is asked, for many tests."""
    found = Review(put(tmp_path_factory.mktemp("door") / "talk.tsv", talk()))
    found.enter()
    yield found
    found.stop()


TEETH_KEY = 'calques "makes long teeth"'
ACCEPT = {"kind": "accept", "id": "talk:1", "version": 0}


# The door.


def test_the_token_opens_once_and_becomes_a_cookie_no_script_reads(review):
    cookie = review.enter()
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert f"Path={review.root}/" in cookie  # a program at another port is not sent it
    assert review.ask("/d/0")[0] == 200
    assert review.ask(review.way)[0] == 403
    assert review.ask("/enter?token=", Cookie=None)[0] == 403
    assert "token" not in review.ask("/d/0")[2]


@pytest.mark.parametrize("way", ["/", "/d/0", "/page.js", "/d/0/around?id=talk:1", "/nothing"])
def test_without_the_cookie_there_is_nothing(door, way):
    assert door.ask(way, Cookie=None)[0] == 403
    assert door.ask(way, Cookie="aligntool-0000=x; other=\x01")[0] == 403
    name = door.cookie.partition("=")[0]
    assert door.ask(way, Cookie=f"{name}=guess")[0] == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        None,
    ],
)
def test_another_name_is_refused_also_with_the_cookie(door, host):
    """DNS rebinding: a page's own name that resolves to this machine."""
    named = host.format(port=door.port) if host else None
    assert door.ask("/d/0", Host=named)[0] == 400
    with suppress(ConnectionResetError):  # asked by no name at all it hangs up before it has read the body
        assert door.do(ACCEPT, Host=named)[0] == 400
    assert door.ask("/d/0", Host=f"localhost:{door.port}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None},
        {"Origin": "null"},  # file:// and sandboxed frames
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},  # another program on this machine
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"X_Aligntool": None},
        {"Cookie": None},
    ],
)
def test_a_write_from_elsewhere_is_refused(door, headers):
    filled = {k: v and v.format(port=door.port) for k, v in headers.items()}
    for way in ("/d/0/do", "/d/0/draft", "/d/0/write"):
        assert door.do(ACCEPT, way, **filled)[0] == 403
    assert '<b id="done">0</b>' in door.ask("/d/0")[2]


def test_a_form_a_text_and_an_endless_body_are_no_write(door):
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""):
        assert door.do(ACCEPT, Content_Type=kind)[0] == 415
    own = {"Origin": f"http://{door.host}", "X_Aligntool": "1", "Content_Type": "application/json"}
    assert door.ask("/d/0/do", "POST", None, **own)[0] == 411
    assert door.ask("/d/0/do", "POST", None, **own, Content_Length="99999999999")[0] == 413


@pytest.mark.parametrize("payload", ["", "[1]", "{", "9" * 9, '{"kind": 5}', '{"id": {}, "kind": "accept"}'])
def test_nonsense_is_an_answer_and_no_crash(door, payload):
    own = {"Origin": f"http://{door.host}", "X_Aligntool": "1", "Content_Type": "application/json"}
    assert 400 <= door.ask("/d/0/do", "POST", payload.encode(), **own)[0] < 500
    assert door.ask("/d/9")[0] == 404
    assert door.ask("/d/0?page=-1&show=x&sort=y&page=99999999999999")[0] == 200
    assert door.ask("/d/0/around?id=x")[0] == 404
    assert door.ask("/../../etc/passwd")[0] == 404


def test_every_answer_forbids_what_a_page_does_not_need(door):
    for way in ("/d/0", "/page.js", "/enter", "/nothing"):
        headers = door.ask(way)[1]
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


def test_another_machine_is_not_served_without_being_asked_for(path):
    command = [sys.executable, "-m", "aligntool", "review", str(path), "--no-browser"]
    done = subprocess.run([*command, "--host", "0.0.0.0"], capture_output=True, text=True, check=False)  # noqa: S104
    assert done.returncode == 2
    assert "--expose" in done.stderr
    done = subprocess.run(
        [*command, "--host", "203.0.113.9", "--expose"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "warning" in done.stderr


# The conversation.


def test_a_decision_is_told_and_at_the_end_is_in_the_file(path):
    review = Review(path, "--reviewer", "Eva")
    review.enter()
    status, _, body = review.do(ACCEPT | {"text": "It pours."})
    assert status == 200
    told = json.loads(body)
    assert (told["done"], told["waiting"], told["reload"]) == (1, 1, False)
    assert "It pours." in told["rows"]["talk:1"]
    assert "It pours." not in path.read_text(encoding="utf-8")
    assert review.stop() == 0
    assert "\tIt pours.\t" in path.read_text(encoding="utf-8")


def test_a_stale_window_is_told_what_stands_there_now(review):
    review.enter()
    review.do(ACCEPT | {"text": "First."})
    status, _, body = review.do(ACCEPT | {"text": "Second."})
    assert status == 409
    assert json.loads(body)["now"] == {"version": 1, "text": "First.", "status": "edited"}
    status, _, body = review.do({"kind": "merge", "id": "talk:4", "version": 0})
    assert status == 422
    assert "no next row" in json.loads(body)["message"]


def test_a_whole_list_is_accepted_and_taken_back_at_once(review):
    review.enter()
    review.do({"id": "talk:1", "text": "typing"}, "/d/0/draft")
    told = json.loads(review.do({"kind": "all", "query": {"show": "open"}})[2])
    assert told["done"] == 3  # the row somebody is typing in waits
    told = json.loads(review.do({"kind": "undo"})[2])
    assert told["done"] == 0
    assert json.loads(review.do({"kind": "redo"})[2])["done"] == 3
    assert "typing" in review.ask("/d/0")[2]


def test_what_filters_search_and_numbers_show(review):
    review.enter()

    def shown(way):
        return re.findall(r'<tr data-id="talk:(\d)"', review.ask(f"/d/0?{way}")[2])

    assert shown("") == ["1", "2", "3", "4"]
    assert shown("show=flagged") == ["2", "3"]
    assert shown("check=terms") == ["3"]
    assert shown("q=einde") == ["4"]
    assert shown("sort=worst")[0] == "2"
    assert shown("partial=1&show=edited") == []
    assert shown("show=low") == shown("show=unaligned") == shown("show=conflict") == []
    assert 'data-focus="talk:3"' in review.ask("/d/0?row=3")[2]


def test_words_that_belong_together_are_told_as_a_browser_counts(tmp_path):
    found = row(1, "𝒫 De haven\u202e", "𝒫 The port", tgt="𝒫𝒫 A port")
    alone = row(2, "The port", "", src_lang="en", tgt="The port")
    review = Review(put(tmp_path / "talk.tsv", [found, alone, row(3, "haven " * 1000, "port")]))
    review.enter()
    told = json.loads(review.ask("/d/0/links?id=talk:1")[2])
    assert told == {"mt": [[6, 11, 7, 11]], "tgt": [[6, 11, 7, 11]]}
    for name in ("talk:2", "talk:3"):
        assert json.loads(review.ask(f"/d/0/links?id={name}")[2]) == {"mt": [], "tgt": []}
    assert review.ask("/d/0/links?id=nowhere")[0] == 404
    review.stop()


def test_what_was_mended_already_asks_for_agreement_and_what_is_alike_is_shown(tmp_path):
    near = {"memory": {"src": "Het sneeuwt.", "tgt": "It snows.", "score": 0.8}}
    mended = replace(talk()[1], tgt="She picks at it.")
    review = Review(put(tmp_path / "talk.tsv", [row(1, "Het regent.", "It rains.", data=near), mended]))
    review.enter()
    page = review.ask("/d/0")[2]
    assert "Settled before, 0.8 alike" in page
    assert ">Agree<" in page
    assert ">Take<" not in page
    told = json.loads(review.do({"kind": "fix", "id": "talk:2", "version": 0, "flag": TEETH_KEY})[2])
    assert "She picks at it." in told["rows"]["talk:2"]
    review.stop()


def test_a_change_of_the_file_is_seen_and_taken_in(path, review):
    review.enter()
    assert "was changed meanwhile" not in review.ask("/d/0")[2]
    path.write_text(path.read_text(encoding="utf-8").replace("\tEnd.\t1", "\tThe end.\t1"), encoding="utf-8")
    assert "was changed meanwhile" in review.ask("/d/0")[2]
    told = json.loads(review.do({}, "/d/0/write")[2])
    assert told["reload"]
    assert "The end." in review.ask("/d/0")[2]
    path.write_text("no table", encoding="utf-8")
    status, _, body = review.do({}, "/d/0/write")
    assert status == 422
    assert "kept in" in json.loads(body)["hint"] or "not written" in json.loads(body)["message"]


def test_a_folder_is_a_list_and_a_broken_table_spoils_no_other(tmp_path):
    put(tmp_path / "a.tsv", talk())
    put(tmp_path / "b.tsv", talk()[:1])
    broken = (tmp_path / "a.tsv").read_text(encoding="utf-8") + "one cell\n"
    (tmp_path / "c.tsv").write_text(broken, encoding="utf-8")
    (tmp_path / "other.tsv").write_text("x\ty\n1\t2\n", encoding="utf-8")
    review = Review(tmp_path)
    review.enter()
    page = review.ask("/")[2]
    assert page.count(f'<a href="{review.root}/d/') == 2
    assert "line 6: 1 cells" in page
    assert "other.tsv" not in page
    review.stop()


def test_a_second_review_of_the_file_only_reads(path, review):
    review.enter()
    review.ask("/d/0")
    second = Review(path, "--reviewer", "Eva")
    second.enter()
    assert "Only reading" in second.ask("/d/0")[2]
    assert second.do(ACCEPT)[0] == 422
    second.stop()


# Hostile texts.

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e{{ 7*7 }}</textarea><b>&amp;"


def test_hostile_texts_are_only_text(tmp_path):
    mark = flag("<b>", 0, "</td><script>x</script>", evidence={"<i>": "<u>"})
    nasty = row(1, HOSTILE, f"<b>{HOSTILE}", mark, note='"><script>', doc="<x>")
    path = put(tmp_path / "<b>.tsv", [nasty, row(2, "long", "x" * 1_000_000, doc="<x>")])
    review = Review(path)
    review.enter()
    page = review.ask("/d/0")[2]
    assert len(page) < 50_000
    for way in ("", "?partial=1"):
        page = review.ask(f"/d/0{way}")[2].replace(f'<script src="{review.root}/page.js" defer></script>', "")
        assert "<script" not in page
        assert "<img" not in page
        assert "<u>" not in page
        assert page.count("</textarea>") == page.count("<textarea")
        assert "49" not in re.sub(r"data-\w+=\"[^\"]*\"", "", page).replace("{{ 7*7 }}", "")
    assert "\u202e" not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.DOTALL)
    assert review.stop() == 0
    assert "x" * 1_000_000 in path.read_text(encoding="utf-8")


# Size. What it takes by the clock, ``aligntool bench review`` measures.


def test_answers_go_out_at_once():
    """Unless it is named as TCP, asyncio leaves Nagle's algorithm on: 40 ms more for every decision."""
    server = pytest.importorskip("aligntool.review.server")
    with server._listening(server.LOCAL, 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_ten_thousand_rows_are_served_small_and_quickly(tmp_path):
    path = put(tmp_path / "big.tsv", big(10_000))
    review = Review(path)
    review.enter()
    begin = review.cpu()
    page = review.ask("/d/0")[2]
    assert review.cpu() - begin < 2.0  # opens the table
    assert len(page.encode()) < 50_000
    ways = ["/d/0?page=100", "/d/0?show=open&page=7", "/d/0?show=flagged&sort=worst", "/d/0?q=9999"] * 5
    begin = review.cpu()
    for way in ways:
        assert review.ask(way)[0] == 200
    assert (review.cpu() - begin) / len(ways) < 0.05
    begin = review.cpu()
    for number in range(1, 61):
        review.do({"kind": "accept", "id": f"big:{number}", "version": 0})
    assert (review.cpu() - begin) / 60 < 0.05
    assert review.memory() < 150
    review.stop()


# Crashes.


def edit_until_killed(review, start, after, possible):
    """Edit rows, and save the file now and then, until the server is killed; returns the next number.

    ``possible`` becomes what each row may hold: what was acknowledged last, and what was under way then.
    """
    timer = threading.Timer(after, review.process.kill)
    timer.start()
    number = start
    try:
        while True:
            name, text = f"big:{number % 300 + 1}", f"text {number}"
            number += 1
            possible[name].add(text)
            status, _, body = review.do({"kind": "edit", "id": name, "text": text, "version": None})
            assert status == 200
            assert text in json.loads(body)["rows"][name]
            possible[name] = {text}
            if number % 3 == 0:
                assert review.do({}, "/d/0/write")[0] == 200
    except (OSError, http.client.HTTPException):
        timer.join()
    return number


def test_killed_twenty_times_no_acknowledged_save_is_lost_and_the_file_is_always_whole(tmp_path):
    rows = big(300)
    path = put(tmp_path / "big.tsv", rows)
    possible = {one.id: {one.tgt} for one in rows}
    number = 0
    for turn in range(20):
        review = Review(path)
        review.enter()
        number = edit_until_killed(review, number, 0.1 + 0.03 * turn, possible)
        review.stop(signal.SIGKILL)
        whole = read(path.read_text(encoding="utf-8")).rows
        assert [one.src for one in whole] == [one.src for one in rows]
    assert number > 40
    desk = Desk(path)
    assert [one.id for one in desk.state.rows if one.tgt not in possible[one.id]] == []
    desk.write()
    assert read(path.read_text(encoding="utf-8")).rows == desk.state.rows
    with sqlite3.connect(journal_path(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    desk.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told_at_once_also_where_the_shell_had_it_ignore_interrupts(tmp_path, number):
    path = put(tmp_path / "talk.tsv", talk())
    command = [sys.executable, "-m", "aligntool", "review", str(path), "--no-browser"]
    child = subprocess.Popen(
        ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert child.stdout.readline().startswith("http://127.0.0.1:")
        child.send_signal(number)
        assert child.wait(timeout=60) == 0
    finally:
        child.kill()
        child.communicate()
