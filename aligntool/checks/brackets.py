"""Brackets that are opened and not closed, or closed and not opened."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "brackets"
_PAIRS = {")": "(", "]": "["}
_OPEN = Rule("unclosed", NAME, "punctuation", "minor", 0.75, "“{text}” is opened and never closed.")
_CLOSE = Rule(
    "unopened", NAME, "punctuation", "minor", 0.75, "“{text}” closes a bracket that was never opened."
)
_MARK = re.compile(r"[()\[\]]")
# a list marker (“b)”, “12)”) and a smiley close nothing
_EXEMPT = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[,;:(]))(?:[A-Za-z]|\d{1,3}|[ivx]{1,5})\)|[:;=8]-?[()]")


def _unbalanced(passage: Passage) -> Iterator[Flag]:
    skip = {at for m in _EXEMPT.finditer(passage.text) for at in range(*m.span())}
    stack: list[tuple[str, int]] = []
    for m in _MARK.finditer(passage.text):
        mark, at = m.group(), m.start()
        if mark in _PAIRS:
            if stack and stack[-1][0] == _PAIRS[mark]:
                stack.pop()
            elif at not in skip:
                yield _CLOSE.on(passage, at, at + 1)
        elif at not in skip or mark == "[":
            stack.append((mark, at))
    for _, at in stack:
        yield _OPEN.on(passage, at, at + 1)


def _find(bitext: Bitext) -> Iterator[Flag]:
    for passage in passages(bitext.target):
        yield from _unbalanced(passage)


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(NAME, "punctuation", "strict", "brackets opened and not closed, or the reverse", _prepare)
