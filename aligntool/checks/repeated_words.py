"""A word, or two words, said twice in a row."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Rule, Tables, passages
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "repeated-words"
_FIXED = frozenset(
    str.split(
        "the a an of to and for with from its their his our your my this these which as at by be was were "
        "are or into than then has have will would could should may might we they he she not but if when "
        "where while"
    )
)
# said twice on purpose, or by grammar: “the house he lived in in 1940”, “what it is is”, “had had”
_NATURAL = frozenset(
    str.split(
        "had that is in on so no very very many far much long more ha bye now there her yes out up down "
        "over do well who blah knock hear tut old wow hey really never again please bla left right one two"
    )
)
# “from time to time to …”, “step by step by …”, “more and more and more”
_LINKS = frozenset({"to", "by", "and", "after", "or", "in", "for", "on", "upon"})
_ONE = re.compile(r"(?<![\w’'-])([^\W\d_]+)([ \t\u00a0]+)(\1)(?![\w’'-])", re.IGNORECASE)
_TWO = re.compile(r"(?<![\w’'-])([a-z]{2,12} [a-z]{2,12})( )(\1)(?![\w’'-])")

_SURE = Rule("function-word", NAME, "grammar", "minor", 0.95, "“{word}” stands twice in a row.")
_LIKELY = Rule("word", NAME, "grammar", "minor", 0.7, "“{word}” stands twice in a row.")
_PAIR = Rule("two-words", NAME, "grammar", "minor", 0.9, "“{word}” stands twice in a row.")


def _find(bitext: Bitext) -> Iterator[Flag]:
    for passage in passages(bitext.target):
        for m in _ONE.finditer(passage.text):
            first, second = m[1], m[3]
            if first.lower() in _NATURAL or not second.islower():
                continue  # a capital makes a name of it: Pago Pago, Boutros Boutros
            rule = _SURE if first.lower() in _FIXED else _LIKELY
            yield rule.on(passage, m.start(), m.end(), first, word=first)
        for m in _TWO.finditer(passage.text):
            if len({*m[1].split(" "), *_LINKS}) == len(_LINKS) + 2:
                yield _PAIR.on(passage, m.start(), m.end(), m[1], word=m[1])


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(NAME, "grammar", "strict", "a word or two words said twice in a row", _prepare)
