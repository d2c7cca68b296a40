"""The shelf: found where Argos Translate has it, and the starter package where nothing is installed."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starter import VERSION

from aligntool import models, shelf
from aligntool.errors import ModelError, OutputError
from aligntool.loading import Loader
from aligntool.packages import Package, digest
from aligntool.translation import EngineOptions, render

pytestmark = pytest.mark.usefixtures("home")

ARGOS = """
import json
from argostranslate import package, settings
installed = [[p.from_code, p.to_code, p.package_version] for p in package.get_installed_packages()]
print(json.dumps([str(settings.package_data_dir), installed]))
"""


def argos(env: dict[str, str]) -> tuple[str, list[list[str]]]:
    """What Argos Translate itself takes for its packages folder under an environment, and sees in it."""
    result = subprocess.run(
        [sys.executable, "-c", ARGOS], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    folder, packages = json.loads(result.stdout)
    return folder, packages


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A home of its own, and no settings from outside."""
    for name in list(os.environ):
        if name.startswith(("ARGOS", "XDG_", "SNAP")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def put() -> Callable[..., Path]:
    """Puts a package without a working model on the shelf, as Argos Translate would leave it."""

    def _put(source: str, target: str, version: str = "1.0", folder: str = "") -> Path:
        path = models.packages_folder() / (
            folder or f"translate-{source}_{target}-{version.replace('.', '_')}"
        )
        (path / "model").mkdir(parents=True)
        (path / "model" / "model.bin").write_bytes(b"m")
        (path / "sentencepiece.model").write_bytes(b"s")
        metadata = {"from_code": source, "to_code": target, "package_version": version}
        (path / "metadata.json").write_text(json.dumps(metadata))
        return path

    return _put


# --- where packages stand ---

ENVIRONMENTS = {
    "nothing set": {},
    "packages folder": {"ARGOS_PACKAGES_DIR": "{home}/elsewhere"},
    "data folder": {"XDG_DATA_HOME": "{home}/data"},
    "packages folder over data folder": {"ARGOS_PACKAGES_DIR": "{home}/p", "XDG_DATA_HOME": "{home}/d"},
    "settings file": {"XDG_CONFIG_HOME": "{home}/config"},
    "environment over settings file": {"XDG_CONFIG_HOME": "{home}/config", "ARGOS_PACKAGES_DIR": "{home}/p"},
    "snap": {"SNAP": "{home}/snap", "SNAP_USER_DATA": "{home}/snapdata"},
    "empty data folder": {"XDG_DATA_HOME": ""},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_packages_are_looked_for_where_argos_translate_does(home, monkeypatch, name):
    (home / "config" / "argos-translate").mkdir(parents=True)
    settings = {"ARGOS_PACKAGES_DIR": f"{home}/from-file"}
    (home / "config" / "argos-translate" / "settings.json").write_text(json.dumps(settings))
    monkeypatch.chdir(home)
    for key, value in ENVIRONMENTS[name].items():
        monkeypatch.setenv(key, value.format(home=home))
    assert str(models.packages_folder()) == argos(dict(os.environ))[0]


@pytest.mark.parametrize("content", ["not json", "[1, 2]", ""])
def test_a_settings_file_that_cannot_be_read_counts_for_nothing(home, content):
    (home / ".config" / "argos-translate").mkdir(parents=True)
    (home / ".config" / "argos-translate" / "settings.json").write_text(content)
    assert models.setting("ARGOS_PACKAGE_INDEX", "none") == "none"


def test_looking_makes_no_folder(home):
    assert models.installed() == []
    assert models.broken() == []
    assert list(home.iterdir()) == []


def test_the_same_packages_are_seen_by_both(archive):
    with shelf.staging() as room:
        shelf.install(archive, room)
    _, seen = argos(dict(os.environ))
    assert seen == [["nl", "en", VERSION]] == [[p.source, p.target, p.version] for p in models.installed()]


def test_a_package_that_argos_translate_unzipped_is_seen_and_serves(archive):
    models.packages_folder().mkdir(parents=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(models.packages_folder())
    (one,) = models.installed()
    found = models.resolve("nl", "en")
    assert found.packages == (one,)
    assert (found.starter, found.note, one.sha256) == (False, "", "")


def test_what_is_no_package_is_passed_over_and_named(put):
    put("nl", "en")
    (models.packages_folder() / "rest").mkdir()
    (models.packages_folder() / "notes.txt").write_text("x")
    half = put("de", "en")
    (half / "model" / "model.bin").unlink()
    assert [package.pair for package in models.installed()] == ["nl-en"]
    assert [path.name for path, _ in models.broken()] == ["rest", half.name]


def test_of_two_versions_the_newer_serves(put):
    put("nl", "en", "1.9")
    put("nl", "en", "1.10")
    assert models.resolve("nl", "en").packages[0].version == "1.10"


# --- the way from one language to another ---


def _offer(*pairs: str) -> list[Package]:
    return [Package(*pair.split("-")) for pair in pairs]


def _pairs(route: list[Package]) -> list[str]:
    return [package.pair for package in route]


def test_a_direct_package_is_preferred_to_any_chain():
    offer = _offer("nl-de", "de-en", "nl-en")
    assert _pairs(models.find_route("nl", "en", offer)) == ["nl-en"]


def test_the_shortest_chain_is_taken():
    offer = _offer("nl-de", "de-pl", "pl-en", "nl-fr", "fr-en")
    assert _pairs(models.find_route("nl", "en", offer)) == ["nl-fr", "fr-en"]
    assert _pairs(models.find_route("nl", "pl", offer)) == ["nl-de", "de-pl"]


def test_where_there_is_no_way_none_is_found_and_circles_do_no_harm():
    assert models.find_route("nl", "sv", _offer("nl-de", "de-nl", "de-de")) == []
    assert models.find_route("nl", "sv", []) == []


def test_a_chain_of_installed_packages_is_told(put):
    put("sv", "de")
    put("de", "en")
    found = models.resolve("sv", "en")
    assert _pairs(list(found.packages)) == ["sv-de", "de-en"]
    assert "by way of de" in found.note


def test_an_installed_chain_is_preferred_to_the_starter_package(put):
    put("nl", "de")
    put("de", "en")
    assert not models.resolve("nl", "en").starter


def test_a_missing_pair_is_an_error_with_the_command_that_mends_it():
    with pytest.raises(ModelError) as raised:
        models.resolve("sv", "en")
    assert "from sv to en" in raised.value.message
    assert "aligntool models install sv en" in raised.value.hint


# --- the starter package ---


def test_the_starter_packages_are_those_that_were_built_in():
    for package in models.starters():
        sums = (Path(package.origin).parent / "SHA256SUMS").read_text()
        assert f"{digest(Path(package.origin))}  {Path(package.origin).name}\n" in sums


def test_the_starter_serves_where_nothing_is_installed_and_says_so_once(home):
    found = models.resolve("nl", "en")
    assert found.starter
    assert found.note.count("aligntool models install nl en") == 1
    assert found.packages[0].path.is_relative_to(home / ".cache" / "aligntool")
    assert models.packages_folder().exists() is False
    assert "Russia" in render(["Rusland is groot."], models.open_engine(found, EngineOptions()))[0]


def test_the_starter_may_be_one_leg_of_a_chain(put):
    put("sv", "nl")
    found = models.resolve("sv", "en")
    assert _pairs(list(found.packages)) == ["sv-nl", "nl-en"]
    assert found.starter


def test_the_starter_is_unpacked_once():
    first = models.resolve("nl", "en").packages[0].path
    before = {path: path.stat().st_mtime_ns for path in first.rglob("*")}
    assert models.resolve("nl", "en").packages[0].path == first
    assert {path: path.stat().st_mtime_ns for path in first.rglob("*")} == before


def test_a_starter_is_known_by_its_archive_wherever_it_was_unpacked(monkeypatch, tmp_path):
    first, known = models.resolve("nl", "en").packages[0], Loader(EngineOptions())("nl", "en").identity
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    second = models.resolve("nl", "en").packages[0]
    assert first.path != second.path
    (archive,) = [Path(package.origin) for package in models.starters() if package.pair == "nl-en"]
    assert first.sha256 == second.sha256 == digest(archive)
    assert Loader(EngineOptions())("nl", "en").identity == known


def test_a_damaged_copy_in_the_cache_is_replaced(home):
    model = models.resolve("nl", "en").packages[0].path / "model" / "model.bin"
    good = digest(model)
    model.write_bytes(model.read_bytes()[:-1] + b"x")
    assert digest(models.resolve("nl", "en").packages[0].path / "model" / "model.bin") == good
    shutil.rmtree(model.parent)
    assert digest(models.resolve("nl", "en").packages[0].path / "model" / "model.bin") == good
    assert [path.name[:9] for path in (home / ".cache" / "aligntool").iterdir()] == ["translate"]


def test_a_damaged_archive_is_not_used(monkeypatch, tmp_path, archive):
    folder = tmp_path / "starters"
    shutil.copytree(archive.parent, folder)
    with zipfile.ZipFile(folder / archive.name, "a") as opened:
        opened.comment = b"changed"
    monkeypatch.setattr(models, "_STARTERS", folder)
    with pytest.raises(ModelError, match="damaged"):
        models.resolve("nl", "en")


@pytest.mark.parametrize("blocked", ["file", "full"])
def test_where_the_cache_cannot_be_written_the_starter_lasts_for_the_run(home, blocked):
    temporary = home / "tmp"
    temporary.mkdir()
    script = (
        "from aligntool import models; p = models.resolve('nl', 'en').packages[0].path; "
        "print(p); assert models.resolve('nl', 'en').packages[0].path == p and p.is_dir()"
    )
    if blocked == "file":
        (home / ".cache").write_text("no folder")
    else:
        (home / ".cache").symlink_to("/proc/nowhere")
    env = {**os.environ, "TMPDIR": str(temporary)}
    result = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    )
    assert Path(result.stdout.strip()).is_relative_to(temporary)
    assert list(temporary.iterdir()) == []


def test_where_nothing_can_be_written_the_error_says_what(home, monkeypatch):
    (home / ".cache").write_text("no folder")
    models._private_folder.cache_clear()
    monkeypatch.setattr(models.tempfile, "mkdtemp", _full)
    with pytest.raises(OutputError, match="temporary files") as raised:
        models.resolve("nl", "en")
    assert "full" in raised.value.hint


def _full(*_: object, **__: object) -> str:
    raise OSError(28, "No space left on device")


def test_a_chain_becomes_one_engine(home):
    one = models.resolve("nl", "en").packages[0]
    back = home / "back"
    shutil.copytree(one.path, back)
    metadata = json.loads((back / "metadata.json").read_text())
    (back / "metadata.json").write_text(json.dumps(metadata | {"from_code": "en", "to_code": "nl"}))
    hop = replace(one, source="en", target="nl", path=back)
    engine = models.open_engine(models.Resolution((hop, one), starter=False, note=""), EngineOptions())
    assert (engine.source, engine.target) == ("en", "en")
    assert len(engine.decode(["Ja.", "Het huis."])) == 2
