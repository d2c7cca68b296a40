"""``aligntool models`` as a user meets it."""

import json
import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from starter import VERSION

from aligntool import models
from aligntool.cli.models import command
from aligntool.errors import AligntoolError
from aligntool.packages import digest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("ARGOS", "XDG_", "SNAP")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


class Silent(SimpleHTTPRequestHandler):
    """A file server that keeps quiet."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def index(tmp_path, archive, monkeypatch) -> Iterator[str]:
    """An index on this machine that offers the starter package."""
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "nl_en.argosmodel").write_bytes(archive.read_bytes())
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=folder)) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        entry = {"from_code": "nl", "to_code": "en", "from_name": "Dutch", "to_name": "English"}
        entry |= {"package_version": "0.1", "links": [f"{address}/nl_en.argosmodel"]}
        (folder / "index.json").write_text(json.dumps([entry]))
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", address)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(command, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, AligntoolError | SystemExit):
        raise result.exception
    return result


def test_the_starter_packages_are_listed_on_an_empty_shelf(home):
    lines = run("list").stdout.splitlines()
    assert lines[0].split("\t") == ["source", "target", "version", "kind", "size", "path"]
    assert ["nl", "en", "starter"] in [[*row[:2], row[3]] for row in (line.split("\t") for line in lines[1:])]
    assert not home.exists()


def test_a_file_is_installed_listed_described_and_removed(archive):
    result = run("install", archive)
    assert result.exit_code == 0
    assert f"installed nl-en {VERSION}" in result.stderr
    rows = json.loads(run("list", "--json").stdout)["rows"]
    assert [(row["kind"], row["sha256"]) for row in rows if row["kind"] == "installed"] == [
        ("installed", digest(archive))
    ]
    fields = dict(
        line.split("\t") for line in run("info", rows[0]["path"].split("/")[-1]).stdout.splitlines()
    )
    assert (fields["source_name"], fields["origin"]) == ("Dutch", str(archive))
    assert f"removed nl-en {VERSION}" in run("remove", "nl", "en").stderr
    assert models.installed() == []


def test_a_pair_is_installed_from_the_index(index, archive):
    assert run("available").stdout.splitlines()[1].split("\t") == ["nl", "en", "Dutch", "English", "0.1"]
    assert run("available", "fr").stdout.splitlines()[1:] == []
    assert run("install", "nl", "en").exit_code == 0
    (one,) = models.installed()
    assert (one.origin, one.sha256) == (f"{index}/nl_en.argosmodel", digest(archive))


def test_an_address_is_installed_with_the_checksum_it_must_have(index, archive):
    address = f"{index}/nl_en.argosmodel"
    wrong = run("install", address, "--sha256", "0" * 64)
    assert isinstance(wrong.exception, AligntoolError)
    assert "sha256" in wrong.exception.message
    assert models.installed() == []
    assert run("install", address, "--sha256", digest(archive), "-q").exit_code == 0
    assert len(models.installed()) == 1


def test_a_dry_run_says_what_it_would_do_and_does_nothing(index, archive, home):
    assert f"would download and install {index}/nl_en.argosmodel" in run("install", "-n", "nl", "en").stderr
    assert f"would install nl-en {VERSION}" in run("install", "--dry-run", archive).stderr
    assert not home.exists()
    run("install", archive)
    assert f"in the place of nl-en {VERSION}" in run("install", "-n", archive).stderr
    assert f"would remove nl-en {VERSION}" in run("remove", "-n", "nl-en").stderr
    assert len(models.installed()) == 1


def test_a_file_is_described_without_installing_it(archive, home):
    fields = dict(line.split("\t") for line in run("info", archive).stdout.splitlines())
    assert (fields["kind"], fields["version"], fields["size"]) == (
        "file",
        VERSION,
        str(archive.stat().st_size),
    )
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["remove", "sv", "en"], "no package sv-en is installed"),
        (["info", "sv", "en"], "no package sv-en is installed"),
        (["info", "missing.argosmodel"], "does not exist"),
        (["install", "missing.argosmodel"], "does not exist"),
        (["install", "-n", "missing.argosmodel"], "does not exist"),
        (["install", "a", "b", "--sha256", "0"], "one package"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(arguments, message):
    result = run(*arguments)
    assert isinstance(result.exception, AligntoolError)
    assert message in result.exception.message
    assert result.exception.exit_code == 2
    assert result.exception.hint


def test_a_checksum_is_compared_for_a_file_too(archive):
    result = run("install", archive, "--sha256", "0" * 64)
    assert isinstance(result.exception, AligntoolError)
    assert models.installed() == []


def test_a_broken_folder_on_the_shelf_is_named(archive):
    run("install", archive)
    (models.packages_folder() / "rest").mkdir()
    result = run("list")
    assert "passed over" in result.stderr
    assert "rest" in result.stderr
    assert "rest" not in result.stdout
