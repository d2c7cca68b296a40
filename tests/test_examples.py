"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import aligntool


def modules():
    found = pkgutil.walk_packages(aligntool.__path__, "aligntool.")
    return sorted(one.name for one in found if not one.name.endswith("__main__"))


@pytest.mark.parametrize("name", modules())
def test_what_a_docstring_shows_is_what_comes_out(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_examples_to_run():
    held = [importlib.import_module(name) for name in modules()]
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(bool(test.examples) for module in held for test in finder.find(module)) > 20
