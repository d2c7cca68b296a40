"""Plug-ins are found without being imported, and a broken one is named."""

import json
import subprocess
import sys
from typing import get_args

import pytest

from aligntool import plugins
from aligntool.errors import AligntoolError
from aligntool.plugins import Family, load, load_all, names

GOOD = """
from aligntool.codec import Format
from aligntool.formats.text import read
PLUGIN = Format({!r}, (), "summary", read, str)
"""


@pytest.fixture
def outsider(tmp_path, monkeypatch):
    """Installs a distribution that brings entry points: its name, their lines, and the code of its module."""

    def install(points, code, dist="outsider", family="formats"):
        module = f"{dist}_module"
        info = tmp_path / f"{dist}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {dist}\nVersion: 1.0\n")
        lines = "\n".join(f"{name} = {module}:{attribute}" for name, attribute in points.items())
        (info / "entry_points.txt").write_text(f"[aligntool.{family}]\n{lines}\n")
        (tmp_path / f"{module}.py").write_text(code)
        monkeypatch.delitem(sys.modules, module, raising=False)
        plugins._found.cache_clear()
        return module

    monkeypatch.syspath_prepend(str(tmp_path))
    plugins._found.cache_clear()
    yield install
    plugins._found.cache_clear()


def test_the_built_in_formats_are_there_and_sorted():
    assert {"lines", "markdown", "text"} <= set(names("formats"))
    for family in get_args(Family):
        assert list(names(family)) == sorted(names(family))


def test_an_outsiders_entry_point_is_found_and_loaded(outsider):
    outsider({"shouted": "PLUGIN"}, GOOD.format("shouted"))
    assert "shouted" in names("formats")
    assert load("formats", "shouted").name == "shouted"
    assert [one.name for one in load_all("formats")] == list(names("formats"))


def test_an_outsider_is_not_imported_by_being_named(outsider):
    module = outsider({"loud": "PLUGIN"}, "raise SystemError('imported')\n")
    assert "loud" in names("formats")
    assert module not in sys.modules


def test_an_outsider_named_like_a_built_in_is_an_error_that_names_both(outsider):
    outsider({"text": "PLUGIN"}, GOOD.format("text"))
    with pytest.raises(AligntoolError, match=r"two plug-ins of aligntool\.formats are called text") as caught:
        names("formats")
    assert "aligntool.formats.text:PLUGIN" in caught.value.message
    assert "outsider_module:PLUGIN" in caught.value.message
    assert "uninstall" in caught.value.hint


def test_two_outsiders_of_one_name_are_an_error(outsider):
    outsider({"new": "PLUGIN"}, GOOD.format("new"))
    outsider({"new": "PLUGIN"}, GOOD.format("new"), dist="second")
    with pytest.raises(AligntoolError, match="second_module:PLUGIN"):
        load("formats", "text")


def test_one_familys_clash_leaves_the_others_alone(outsider):
    outsider({"text": "PLUGIN"}, GOOD.format("text"))
    assert "ctranslate" in names("engines")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import nothing_of_that_name\n", "ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("def PLUGIN(:\n", "SyntaxError"),
        ("OTHER = 1\n", "AttributeError"),
        ("1 / 0\n", "ZeroDivisionError: division by zero"),
        ("PLUGIN = None\n", r"is no Format\b.* of that name"),
        (GOOD.format("another"), r"is no Format\b.* of that name"),
    ],
    ids=["missing module", "no Python", "no plug-in", "raises", "wrong type", "wrong name"],
)
def test_a_broken_outsider_is_an_error_that_names_it(outsider, code, message):
    outsider({"broken": "PLUGIN"}, code)
    with pytest.raises(AligntoolError, match=message) as caught:
        load("formats", "broken")
    assert "plug-in broken of aligntool.formats" in caught.value.message
    assert "outsider_module:PLUGIN" in caught.value.hint
    assert load("formats", "text").name == "text"


def test_a_name_nobody_has_is_an_error_that_lists_those_there_are():
    with pytest.raises(AligntoolError, match="there is no docx among the formats") as caught:
        load("formats", "docx")
    assert caught.value.hint == f"known: {', '.join(names('formats'))}"


def test_naming_every_family_imports_no_plug_in():
    code = (
        "import json, sys; from aligntool.plugins import names\n"
        "for family in ('engines', 'formats', 'aligners', 'checks'): names(family)\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    own = [name for name in json.loads(done.stdout) if name.startswith("aligntool")]
    assert own == ["aligntool", "aligntool.errors", "aligntool.plugins"]


def test_loading_one_plug_in_imports_no_other():
    code = (
        "import json, sys; from aligntool.plugins import load; load('formats', 'text')\n"
        "print(json.dumps([m for m in sys.modules if m.startswith('aligntool.formats.')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["aligntool.formats.text"]
