"""Archives that lie: none of them gets a byte past its own folder."""

import io
import json
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from aligntool.errors import ModelError
from aligntool.packages import Package, describe, read_package, unpack

METADATA = {
    "from_code": "nl",
    "to_code": "en",
    "from_name": "Dutch",
    "to_name": "English",
    "package_version": "2.1",
}
WHOLE = {
    "p/metadata.json": json.dumps(METADATA),
    "p/model/model.bin": "model",
    "p/sentencepiece.model": "pieces",
}


def made(path: Path, members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """An archive of these members."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def room(tmp_path) -> Path:
    folder = tmp_path / "outer" / "room"
    folder.mkdir(parents=True)
    return folder


def refused(archive: Path, room: Path) -> str:
    """The message with which an archive is refused, nothing having left the room."""
    with pytest.raises(ModelError) as raised:
        unpack(archive, room)
    assert list(room.parent.iterdir()) == [room]
    assert raised.value.hint
    return raised.value.message


def test_a_package_is_taken_out_with_all_it_says_about_itself(tmp_path, room):
    extra = {**WHOLE, "p/README.md": "read", "p/stanza/nl/x.pt": "y", "p/empty/": ""}
    package = unpack(made(tmp_path / "a.argosmodel", extra), room)
    assert package == Package("nl", "en", "Dutch", "English", "2.1", room / "p")
    assert (room / "p" / "stanza" / "nl" / "x.pt").read_text() == "y"
    assert package.pair == "nl-en"
    assert package.rank == (2, 1)


@pytest.mark.parametrize(
    "name",
    ["../evil", "p/../../evil", "/evil", "p/..\\..\\evil", "C:/evil", "p/a:b", "..", "p/x/../../../evil"],
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, room, name):
    assert "leaves the folder" in refused(made(tmp_path / "a.zip", {**WHOLE, name: "x"}), room)
    assert list(room.iterdir()) == []


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_is_refused(tmp_path, room, kind):
    info = zipfile.ZipInfo("p/link")
    info.external_attr = (kind | 0o777) << 16
    archive = made(tmp_path / "a.zip", WHOLE)
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(info, "/etc/passwd")
    assert "link or a device" in refused(archive, room)


def test_a_member_that_swells_a_hundredfold_is_refused(tmp_path, room):
    archive = made(tmp_path / "a.zip", {**WHOLE, "p/zeros": b"\0" * (20 << 20)})
    assert archive.stat().st_size < 100_000
    assert "swells" in refused(archive, room)
    assert list(room.iterdir()) == []


def test_an_archive_whose_small_members_swell_together_is_refused(tmp_path, room):
    zeros = {f"p/{number}": b"\0" * (2 << 20) for number in range(20)}
    assert "swells" in refused(made(tmp_path / "a.zip", {**WHOLE, **zeros}), room)
    assert list(room.iterdir()) == []


def test_more_files_than_any_package_has_are_refused(tmp_path, room):
    many = {f"p/{number}": "" for number in range(2_001)}
    assert "larger than any package" in refused(made(tmp_path / "a.zip", {**WHOLE, **many}), room)


def test_members_that_overlap_are_refused(tmp_path, room):
    # Two directory entries that point at one stretch of data, as in Fifield's bomb.
    archive = made(tmp_path / "a.zip", {**WHOLE, "p/1": "x" * 5000, "p/2": "x"}, zipfile.ZIP_STORED)
    with zipfile.ZipFile(archive, "a") as opened:
        one, two = opened.getinfo("p/1"), opened.getinfo("p/2")
        two.header_offset, two.file_size, two.compress_size, two.CRC = (
            one.header_offset,
            one.file_size,
            one.compress_size,
            one.CRC,
        )
        opened.comment = b"rewrites the directory"
    assert "overlap" in refused(archive, room)


def test_an_encrypted_member_is_refused(tmp_path, room):
    data = bytearray(made(tmp_path / "a.zip", WHOLE).read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert "encrypted" in refused(tmp_path / "a.zip", room)


def test_a_file_that_is_there_twice_is_refused(tmp_path, room):
    archive = made(tmp_path / "a.zip", {**WHOLE, "p/Model/model.bin": "other"})
    assert "twice" in refused(archive, room)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"metadata.json": "{}"},
        {**WHOLE, "q/other": "x"},
        {**WHOLE, "loose": "x"},
        {name.replace("p/", ".hidden/"): content for name, content in WHOLE.items()},
        {name: content for name, content in WHOLE.items() if "metadata" not in name},
    ],
)
def test_anything_but_one_folder_with_metadata_is_refused(tmp_path, room, members):
    assert "exactly one folder" in refused(made(tmp_path / "a.zip", members), room)


def test_a_truncated_archive_is_refused(tmp_path, room):
    whole = made(tmp_path / "a.zip", {**WHOLE, "p/x": "y" * 3000}, zipfile.ZIP_STORED).read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "b.zip").write_bytes(whole[:size])
        assert "no usable Argos package" in refused(tmp_path / "b.zip", room)


def test_a_wrong_checksum_is_refused(tmp_path, room):
    data = made(tmp_path / "a.zip", WHOLE, zipfile.ZIP_STORED).read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(b"pieces", b"pXeces"))
    assert "CRC" in refused(tmp_path / "a.zip", room)


def test_a_size_that_lies_gets_no_more_than_it_declared(tmp_path, room):
    data = bytearray(made(tmp_path / "a.zip", {**WHOLE, "p/x": "y" * 3000}).read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    (tmp_path / "a.zip").write_bytes(data)
    refused(tmp_path / "a.zip", room)
    assert not (room / "p" / "x").exists() or (room / "p" / "x").stat().st_size <= 10


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ("[]", "no JSON object"),
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        (json.dumps(METADATA | {"type": "sbd"}), "no translation package"),
        (json.dumps(METADATA | {"from_code": "../nl"}), "no language code"),
        (json.dumps(METADATA | {"to_code": 3}), "no text"),
        (json.dumps({"from_code": "nl"}), "no language code"),
        (json.dumps(METADATA | {"target_prefix": ["x"]}), "no text"),
        (json.dumps(METADATA | {"links": "http://x"}), "no list"),
    ],
)
def test_metadata_that_says_nothing_usable_is_refused(tmp_path, room, metadata, message):
    archive = made(tmp_path / "a.zip", {**WHOLE, "p/metadata.json": metadata}, zipfile.ZIP_STORED)
    assert message in refused(archive, room)


@pytest.mark.parametrize(
    ("lacking", "message"), [("p/model/model.bin", "model/model.bin"), ("p/sentencepiece.model", "bpe.model")]
)
def test_a_package_without_its_models_is_refused(tmp_path, room, lacking, message):
    members = {name: content for name, content in WHOLE.items() if name != lacking}
    assert message in refused(made(tmp_path / "a.zip", members), room)


def test_permissions_in_the_archive_are_not_taken_over(tmp_path, room):
    info = zipfile.ZipInfo("p/tool")
    info.external_attr = (stat.S_IFREG | 0o4777) << 16
    archive = made(tmp_path / "a.zip", WHOLE)
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(info, "#!/bin/sh")
    unpack(archive, room)
    assert not (room / "p" / "tool").stat().st_mode & 0o4111


@pytest.mark.parametrize("record", ["{}", "[]", '{"sha256": 3}', '{"sha256": "ab", "origin": "x"}'])
def test_a_record_of_its_origin_is_read_as_far_as_it_goes(tmp_path, room, record):
    package = unpack(made(tmp_path / "a.zip", {**WHOLE, "p/aligntool.json": record}), room)
    assert package.sha256 == ("ab" if "ab" in record else "")
    assert read_package(room / "p") == package


def test_the_real_starter_survives_its_own_rules(tmp_path, root, room):
    del tmp_path
    for archive in (root / "aligntool" / "data" / "models").glob("*.argosmodel"):
        assert unpack(archive, room).target


def test_an_index_entry_need_not_say_its_type():
    entry = {"from_code": "nl", "to_code": "en", "links": ["http://a/b"], "languages": []}
    assert describe(entry, "the index") == Package("nl", "en", links=("http://a/b",))


def test_an_archive_is_told_from_a_picture(tmp_path, room):
    picture = io.BytesIO(b"\x89PNG" + bytes(500)).getvalue()
    (tmp_path / "a.argosmodel").write_bytes(picture)
    assert "a.argosmodel is no usable Argos package" in refused(tmp_path / "a.argosmodel", room)
