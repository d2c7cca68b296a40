"""Putting up and taking down: whole or not at all, and never in Argos Translate's way."""

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from starter import VERSION

from aligntool import models, shelf
from aligntool.errors import ModelError, OutputError
from aligntool.packages import RECORD, digest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("ARGOS", "XDG_", "SNAP")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


FOLDER = f"nl_en-{VERSION.replace('.', '_')}"


@pytest.fixture
def newer(archive, tmp_path) -> Path:
    """The same package as another version."""
    path = tmp_path / "translate-nl_en-9_9.argosmodel"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.endswith("metadata.json"):
                data = json.dumps(json.loads(data) | {"package_version": "9.9"}).encode()
            new.writestr(info.filename.replace(FOLDER, "nl_en-9_9"), data)
    return path


def left() -> list[str]:
    """Whatever stands on the shelf or beside it that is no package."""
    folder = models.packages_folder()
    known = {package.path for package in models.installed()}
    return [str(p) for p in [*folder.iterdir(), *folder.parent.iterdir()] if p not in {*known, folder}]


def install(archive: Path) -> shelf.Change:
    with shelf.staging() as room:
        return shelf.install(archive, room)


def test_an_installed_package_has_its_checksum_and_origin(archive):
    change = install(archive)
    (one,) = models.installed()
    assert change.package == one
    assert one.sha256 == digest(archive)
    assert one.origin == str(archive)
    assert set(json.loads((one.path / RECORD).read_text())) == {"sha256", "origin"}
    assert left() == []


def test_a_new_version_takes_the_place_of_the_old_one(archive, newer):
    install(archive)
    change = install(newer)
    assert [old.version for old in change.replaced] == [VERSION]
    assert [package.version for package in models.installed()] == ["9.9"]
    assert left() == []


def test_installing_again_puts_a_damaged_package_right(archive):
    model = install(archive).package.path / "model" / "model.bin"
    good = digest(model)
    model.write_bytes(b"rubbish")
    install(archive)
    assert digest(model) == good
    assert left() == []


def test_a_link_in_the_packages_folder_is_replaced_not_followed(archive, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    install(archive)
    (one,) = models.installed()
    shutil.move(one.path, elsewhere)
    one.path.symlink_to(elsewhere)
    install(archive)
    assert not one.path.is_symlink()
    assert (elsewhere / "metadata.json").is_file()


def test_a_package_whose_model_does_not_load_is_refused_and_the_old_one_stays(archive, newer, tmp_path):
    install(archive)
    bad = tmp_path / "bad.argosmodel"
    with zipfile.ZipFile(newer) as old, zipfile.ZipFile(bad, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, b"rubbish" if info.filename.endswith("model.bin") else old.read(info))
    with pytest.raises(ModelError, match="cannot be loaded"):
        install(bad)
    assert [package.version for package in models.installed()] == [VERSION]
    assert left() == []


@pytest.mark.parametrize("name", ["nothing.argosmodel", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(ModelError, match="does not exist"):
        install(tmp_path / name)
    assert left() == []


def test_when_the_last_step_fails_the_old_package_is_put_back(archive, newer, monkeypatch):
    place = install(archive).package.path
    renamed = newer.with_name("same-folder.argosmodel")
    with zipfile.ZipFile(newer) as old, zipfile.ZipFile(renamed, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename.replace("nl_en-9_9", FOLDER), old.read(info))
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == place and self.parent.name != "old":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(OutputError) as raised:
            install(renamed)
    assert "disk is full" in raised.value.hint
    assert [(package.version, package.path) for package in models.installed()] == [(VERSION, place)]
    assert left() == []


def test_a_full_disk_while_unpacking_leaves_nothing(archive, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aligntool.packages.shutil.copyfileobj", full)
    with pytest.raises(OutputError, match="No space left") as raised:
        install(archive)
    assert "disk is full" in raised.value.hint
    assert models.installed() == []
    assert left() == []


def test_what_a_killed_run_left_is_put_right_by_the_next(archive):
    path = install(archive).package.path
    room = models.packages_folder().parent / ".aligntool-killed"
    (room / "old").mkdir(parents=True)
    (room / "tmpx" / "half").mkdir(parents=True)
    path.rename(room / "old" / path.name)
    assert models.installed() == []
    with shelf.staging():
        assert [package.path for package in models.installed()] == [path]
    assert left() == []


def test_two_changes_at_a_time_are_refused(archive):
    with shelf.staging() as room:
        with pytest.raises(ModelError, match="another aligntool"), shelf.staging():
            pass
        shelf.install(archive, room)
    with shelf.staging():
        assert len(models.installed()) == 1


def test_where_there_is_no_room_beside_the_shelf_argos_translate_is_not_disturbed(archive, monkeypatch):
    monkeypatch.setattr(shelf.os, "access", lambda *_: False)
    with shelf.staging() as room:
        assert room.parent == models.packages_folder()
        assert json.loads((room / "metadata.json").read_text()) == {"type": "staging"}
        shelf.install(archive, room)
        assert [package.pair for package in models.installed()] == ["nl-en"]
        assert models.broken() == []
    assert left() == []


def test_a_removed_package_is_gone(archive):
    install(archive)
    with shelf.staging() as room:
        shelf.remove(models.installed(), room)
    assert models.installed() == []
    assert left() == []


def test_looking_into_an_archive_keeps_nothing(archive, home):
    change = shelf.inspect(archive)
    assert (change.package.pair, change.package.path, change.replaced) == ("nl-en", None, ())
    assert change.package.sha256 == digest(archive)
    assert not home.exists()


def test_a_packages_folder_that_cannot_be_made_is_an_error_that_names_it(home):
    home.parent.mkdir(exist_ok=True)
    home.write_text("no folder")
    with pytest.raises(OutputError, match="packages cannot be written"), shelf.staging():
        pass
