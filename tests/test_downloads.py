"""Downloads from a server on this machine: whole and as expected, or not at all."""

import json
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from aligntool import downloads
from aligntool.errors import ModelError

BODY = bytes(range(256)) * 3000
INDEX = [
    {"from_code": "nl", "to_code": "en", "package_version": "1.8", "links": ["http://127.0.0.1/old"]},
    {"from_code": "nl", "to_code": "en", "package_version": "1.10", "links": ["http://127.0.0.1/new"]},
    {"from_code": "fr", "to_code": "nl", "package_version": "1.0", "links": ["http://127.0.0.1/fr"]},
    {"from_code": "de", "to_code": "en", "links": []},
    {"type": "sbd", "from_code": "de"},
    "nonsense",
]


class Handler(BaseHTTPRequestHandler):
    """Answers by path: whole, cut short, without a length, elsewhere, or not at all."""

    def do_GET(self) -> None:
        pages = {
            "/index.json": json.dumps(INDEX).encode(),
            "/bad/index.json": b"<html>",
            "/map/index.json": b"{}",
        }
        body = pages.get(self.path, BODY)
        if self.path.startswith("/gone"):
            self.send_error(404, "Not Found")
            return
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        self.send_response(200)
        if self.path != "/unmeasured":
            self.send_header("Content-Length", str(len(body) + (5 if self.path == "/short" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch, tmp_path) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize("path", ["/a.argosmodel", "/unmeasured", "/x/y/..%2f..%2fz"])
def test_a_file_comes_whole_into_the_folder(server, tmp_path, path):
    room = tmp_path / "room"
    room.mkdir()
    found = downloads.fetch([server + path], room)
    assert found.parent == room
    assert found.read_bytes() == BODY
    assert list(room.iterdir()) == [found]


@pytest.mark.parametrize(
    ("path", "message"), [("/short", "broke off"), ("/gone", "404"), ("/moved", "not allowed")]
)
def test_what_does_not_come_whole_is_an_error_and_leaves_nothing(server, tmp_path, path, message):
    room = tmp_path / "room"
    room.mkdir()
    with pytest.raises(ModelError, match=message):
        downloads.fetch([server + path], room)
    assert list(room.iterdir()) == []


def test_the_next_address_is_tried_when_one_fails(server, tmp_path):
    found = downloads.fetch([f"{server}/gone", f"{server}/short", f"{server}/a"], tmp_path)
    assert found.read_bytes() == BODY


def test_a_checksum_is_compared(server, tmp_path):
    good = sha256(BODY).hexdigest()
    assert downloads.fetch([f"{server}/a"], tmp_path, good.upper()).read_bytes() == BODY
    with pytest.raises(ModelError, match="sha256"):
        downloads.fetch([f"{server}/b"], tmp_path, "0" * 64)
    assert [path.name for path in tmp_path.iterdir()] == ["fetched-a"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:,x", "nl"])
def test_only_the_web_is_asked(tmp_path, address):
    with pytest.raises(ModelError, match="no http or https"):
        downloads.fetch([address], tmp_path)


def test_no_address_is_an_error(tmp_path):
    with pytest.raises(ModelError, match="no address"):
        downloads.fetch([], tmp_path)


def test_a_server_that_is_not_there_is_an_error_with_the_way_out(tmp_path):
    with pytest.raises(ModelError, match="cannot be reached") as raised:
        downloads.fetch(["http://127.0.0.1:9/a"], tmp_path)
    assert "install FILE.argosmodel" in raised.value.hint


@pytest.mark.parametrize("end", ["", "/", "/index.json"])
def test_the_index_is_read_with_and_without_a_slash(server, monkeypatch, end):
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server + end)
    found = [(package.pair, package.version) for package in downloads.available()]
    assert found == [("fr-nl", "1.0"), ("nl-en", "1.10"), ("nl-en", "1.8")]


def test_the_newest_package_of_a_pair_is_offered(server, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server)
    assert downloads.offer("nl", "en").links == ("http://127.0.0.1/new",)


def test_a_pair_that_two_packages_make_is_told_as_commands(server, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server)
    with pytest.raises(ModelError, match="no package from fr to en") as raised:
        downloads.offer("fr", "en")
    assert raised.value.hint == "aligntool models install fr nl && aligntool models install nl en"
    with pytest.raises(ModelError) as raised:
        downloads.offer("fr", "sv")
    assert "aligntool models available" in raised.value.hint


@pytest.mark.parametrize(
    ("folder", "message"), [("bad", "cannot be read"), ("map", "no list"), ("gone", "404")]
)
def test_an_index_that_is_none_is_an_error(server, monkeypatch, folder, message):
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"{server}/{folder}/")
    with pytest.raises(ModelError, match=message):
        downloads.available()


def test_without_a_setting_the_index_is_argos_translates_own(monkeypatch):
    monkeypatch.delenv("ARGOS_PACKAGE_INDEX", raising=False)
    assert downloads.index_address().startswith("https://raw.githubusercontent.com/argosopentech/")
