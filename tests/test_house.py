"""The walls of the house: what it costs to enter, who may import what, how long a module may be."""

import ast
import importlib
import json
import re
import resource
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from aligntool import plugins
from aligntool.plugins import Family

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "aligntool"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = (
    "numpy",
    "scipy",
    "torch",
    "ctranslate2",
    "sacremoses",
    "sentencepiece",
    "langdetect",
    "argostranslate",
    "tqdm",
)
ONLINE = ("urllib", "http", "socket", "ssl", "ftplib", "smtplib", "requests", "httpx", "xmlrpc")
_CPU = 0.25

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))


def _tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(tree):
    """Every module a tree imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "import_module",
            "importlib.import_module",
            "__import__",
        }:
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


# What it costs.


def _child(code, *flags):
    return subprocess.run(
        [sys.executable, *flags, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )


_HELP = "import sys; sys.argv = ['aligntool', '--help']\nfrom aligntool.cli import main\n"


def _cpu_of_help():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _child(_HELP + "main()")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_costs_less_than_a_quarter_of_a_second_of_cpu():
    assert min(_cpu_of_help() for _ in range(5)) < _CPU


def test_help_imports_nothing_heavy():
    code = (
        _HELP
        + "try: main()\nexcept SystemExit: pass\nimport json; print('\\n' + json.dumps(list(sys.modules)))"
    )
    loaded = {name.partition(".")[0] for name in json.loads(_child(code).stdout.splitlines()[-1])}
    assert "click" in loaded
    assert not loaded & {*HEAVY, "socket", "ssl", "urllib3"}


def test_importing_the_package_imports_none_of_its_modules():
    code = "import sys; import aligntool; print([m for m in sys.modules if m.startswith('aligntool')])"
    assert _child(code).stdout.strip() == "['aligntool']"


def test_every_public_name_of_the_package_is_there():
    package = importlib.import_module("aligntool")
    assert all(getattr(package, name) is not None for name in package.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = package.nothing


# Who may import what.


@each_module
def test_the_library_that_phones_home_is_not_imported(path):
    """Argos Translate itself: only to measure it, in a process of its own."""
    tree = _tree(path)
    measured = path.parent.name == "bench"
    looked_at = [n for n in tree.body if not (measured and isinstance(n, ast.FunctionDef))]
    banned = [
        name for node in looked_at for name in _imports(node) if name.startswith("argostranslate.translate")
    ]
    assert banned == []


# The server itself, who may talk to it, and the addresses of its pages; nothing else of the review.
_SERVING = {("review", name) for name in ("server.py", "guard.py", "pages.py", "queries.py")}


def _may_go_online(path):
    inside = path.relative_to(PACKAGE)
    return inside.name in {"models.py", "downloads.py"} or inside.parts in _SERVING


@each_module
def test_only_models_and_review_reach_for_the_network(path):
    online = {name for name in _imports(_tree(path)) if name.partition(".")[0] in ONLINE}
    assert not online or _may_go_online(path), online


@each_module
def test_heavy_packages_are_not_imported_by_the_command_line_and_the_pure_core(path):
    """Only engines, aligners and their core, training and measuring may import them at the top."""
    inside = path.relative_to(PACKAGE)
    if inside.parts[0] in {"engines", "aligners", "aligning", "train", "bench"}:
        pytest.skip("loaded by name, when it is needed")
    top = [node for node in _tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not {name.partition(".")[0] for node in top for name in _imports(node)} & set(HEAVY)


# How it is written.


@each_module
def test_no_module_is_longer_than_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def _is_command(node):
    names = {ast.unparse(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list}
    return any(re.search(r"(^|\.)(command|group)$", name) for name in names)


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").glob("*.py")), ids=lambda p: p.stem)
def test_a_command_parses_calls_shows_and_exits_in_40_lines(path):
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef) and _is_command(node):
            assert node.body[-1].end_lineno - node.body[0].lineno + 1 <= 40, node.name


def test_every_command_is_looked_at():
    files = [p for p in (PACKAGE / "cli").glob("*.py") if p.stem not in {"__init__", "console"}]
    with_command = [
        p for p in files if any(isinstance(n, ast.FunctionDef) and _is_command(n) for n in ast.walk(_tree(p)))
    ]
    assert len(with_command) >= 4


@each_module
def test_nothing_is_left_for_later(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", text) == []
    raised = [ast.unparse(node) for node in ast.walk(_tree(path)) if isinstance(node, ast.Raise)]
    assert not [line for line in raised if "NotImplemented" in line]


def _public(tree):
    """Public functions and classes of a module, and the public methods of its classes."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                inner = (n for n in node.body if isinstance(n, kinds) and not n.name.startswith("_"))
                yield from ((f"{node.name}.{n.name}", n) for n in inner)


@each_module
def test_every_public_function_and_class_says_what_it_is(path):
    tree = _tree(path)
    assert ast.get_docstring(tree)
    assert [name for name, node in _public(tree) if not ast.get_docstring(node)] == []


def _bound(tree):
    """Names a module binds at its top level."""
    for node in ast.walk(
        ast.Module([n for n in tree.body if not isinstance(n, ast.FunctionDef | ast.ClassDef)], [])
    ):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
    yield from (n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef))


def _exported(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return ast.literal_eval(node.value)
    return None


@each_module
def test_all_names_what_is_there(path):
    tree = _tree(path)
    exported = _exported(tree)
    public = {name for name, _ in _public(tree) if "." not in name}
    if exported is None:
        assert public == set(), "define __all__"
        return
    assert sorted(set(exported) - set(_bound(tree))) == []
    assert len(exported) == len(set(exported))


@each_module
def test_no_module_names_a_place_outside_the_project(path):
    assert re.findall(r"/home/\w|/tmp/\w|/root/", path.read_text(encoding="utf-8")) == []


# Plug-ins.

_EVERY = [(family, name) for family in get_args(Family) for name in plugins.names(family)]


@pytest.mark.parametrize(("family", "name"), _EVERY, ids=lambda x: x)
def test_a_plug_in_goes_by_the_name_of_its_module_and_says_what_it_does(family, name):
    plugin = plugins.load(family, name)
    assert plugin.name == name
    assert (PACKAGE / family / f"{name.replace('-', '_')}.py").is_file()
    assert plugin.summary.strip() == plugin.summary != ""
    assert not plugin.summary.endswith(".")


@pytest.mark.parametrize("name", plugins.names("checks"))
def test_a_check_has_cases_it_flags_and_cases_it_leaves_alone(name):
    path = ROOT / "tests/cases/checks" / f"{name.replace('-', '_')}.toml"
    cases = tomllib.loads(path.read_text(encoding="utf-8"))
    assert cases.get("flagged")
    assert cases.get("clean")


def test_every_case_file_belongs_to_a_check():
    known = {f"{name.replace('-', '_')}.toml" for name in plugins.names("checks")}
    assert {p.name for p in (ROOT / "tests/cases/checks").iterdir()} <= known
