"""States and bodies as *she* or *he*: the gender of a French or Spanish noun carried over."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.mentions import BODIES, Mention, Names, mentions, people
from aligntool.records import Bitext, Flag
from aligntool.spellings import usage

__all__ = ["PLUGIN"]

NAME = "pronouns"
_QUOTES = frozenset('”"»')
_PART = Rule(
    "for-his-part", NAME, "agreement", "major", 0.95, "{state} is a state or body, so “its”, not “{text}”."
)
_SAME = Rule("same-state", NAME, "agreement", "major", 0.92, "“{text}” still stands for {state}: “{fix}”.")
_NEAR = Rule(
    "state", NAME, "agreement", "major", 0.8, "“{text}” seems to stand for {state}: English says “it”."
)
_OTHER = Rule(
    "state-rival", NAME, "agreement", "major", 0.64, "“{text}” seems to stand for {state}: English says “it”."
)
_ACROSS = Rule(
    "state-before",
    NAME,
    "agreement",
    "major",
    0.66,
    "“{text}” seems to stand for {state}, named before: English says “it”.",
)
_MALE = Rule(
    "state-he", NAME, "agreement", "major", 0.7, "“{text}” seems to stand for {state}: English says “it”."
)
_FAR = Rule(
    "state-far", NAME, "agreement", "major", 0.5, "“{text}” may stand for {state}: English says “it”."
)

_PRONOUN = {
    "she": "it",
    "he": "it",
    "herself": "itself",
    "himself": "itself",
    "his": "its",
    "him": "it",
    "her": "",
    "hers": "its",
}
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_AFTER_HER = re.compile(
    r" (?!(?:to|in|on|at|for|with|from|by|and|or|as|of|a|an|the|that|than|but|when|if|is|was|not)\b)[a-z“]"
)
_FOR_PART = re.compile(
    r"\b(?P<state>[A-Z]\w+),? (?:for|on) (?P<poss>his|her) (?:part|side|own|account|behalf)\b,?"
)
_STOP = re.compile(r"[.!?…][”\"’)]* ")
_REACH = 400
_WINDOW, _MANY = 800, 60
_BODY = 60
"""Characters of a paragraph worth the name: pronouns are not carried over headings and bits of dialogue."""


class _Found(NamedTuple):
    passage: Passage
    mention: Mention


def _fix(passage: Passage, word: Mention) -> str:
    low = word.text.lower()
    plain = _PRONOUN[low] or ("its" if _AFTER_HER.match(passage.text, word.end) else "it")
    return plain.capitalize() if word.text[0].isupper() else plain


def _name(word: Mention) -> str:
    bare = re.sub(r"['’]s$", "", word.text)
    return bare if word.kind == "state" else f"the {bare}"


def _said(passage: Passage, read: Sequence[Mention]) -> Iterator[Flag]:
    """Constructions that leave no doubt, *Moscow, for his part*, and what is said of it after them."""
    states = {word.start for word in read if word.kind == "state"}
    for m in _FOR_PART.finditer(passage.text):
        if m.start("state") in states:
            yield _PART.on(passage, m.start("poss"), m.end("poss"), "its", state=m["state"])
            for word in _still(passage.text, read, m):
                yield _SAME.on(passage, word.start, word.end, _fix(passage, word), state=m["state"])


def _still(text: str, read: Sequence[Mention], m: re.Match[str]) -> Iterator[Mention]:
    """Pronouns of the same gender that follow in the sentence before anybody else is named."""
    stop = _STOP.search(text, m.end(), m.end() + _WINDOW)
    end = stop.start() if stop else m.end() + _WINDOW
    first = bisect_left(read, m.end(), key=lambda word: word.start)
    for word in takewhile(
        lambda word: word.kind == "pronoun" and word.start < end, read[first : first + _MANY]
    ):
        if (word.text in _FEMALE) == (m["poss"] in _FEMALE):
            yield word


def _rivals(before: Sequence[Mention], *, female: bool) -> list[Mention]:
    """People a pronoun may stand for: a man known to be one is no *she*."""
    return [word for word in before if word.kind == "person" or (word.kind == "man" and not female)]


def _she(passage: Passage, word: Mention, before: Sequence[Mention], last: Sequence[Mention]) -> Flag | None:
    """A *she* or *her* whose nearest antecedent is a state or body."""
    powers = [m for m in before if m.kind in {"state", "body"} and word.start - m.start <= _REACH]
    rivals = _rivals(before, female=True)
    if powers and (not rivals or rivals[-1].start < powers[-1].start):
        named = [m for m in powers if m.kind == "state"]
        near = bool(rivals) and rivals[-1].start >= _sentences(passage.text, word.start)[0]
        rule = _FAR if near else _OTHER if rivals or not named else _NEAR
        return _flag(rule, passage, word, powers[-1])
    if powers or rivals or len(passage.text) < _BODY:
        return None
    powers = [m for m in last if m.kind == "state"]
    people_before = _rivals(last, female=True)
    if powers and (not people_before or people_before[-1].start < powers[-1].start):
        return _flag(_ACROSS, passage, word, powers[-1])
    return None


def _he(passage: Passage, word: Mention, before: Sequence[Mention], last: Sequence[Mention]) -> Flag | None:
    """A *he* or *his* after a state, nobody named in its sentence or the one before."""
    first, own = _sentences(passage.text, word.start)
    near = [m for m in before if m.start >= first and m.kind != "pronoun"]
    powers = [m for m in near if m.kind == "state"]
    if not powers or _rivals(near, female=False):
        return None
    sentence = own if powers[-1].start >= own else first
    far = word.text.lower() == "he" and powers[-1].start < own
    told = bool(_rivals(before, female=False) or (far and _rivals(last, female=False)))
    rule = _FAR if told and not _subject(passage.text, powers[-1], sentence) else _MALE
    return _flag(rule, passage, word, powers[-1])


def _sentences(text: str, at: int) -> tuple[int, int]:
    """Where the sentence before the one of a place begins, and where that one begins."""
    low = max(0, at - _WINDOW)
    stops = [low, *(m.end() for m in _STOP.finditer(text, low, at))]
    return stops[-2:][0], stops[-1]


def _subject(text: str, power: Mention, begin: int) -> bool:
    """Whether a state opens the sentence, as its subject: “Washington is making up for his delay”."""
    return power.start >= begin and not re.search(r"[a-z]", text[begin : power.start].replace("But ", ""))


def _speaker(text: str, word: Mention) -> bool:
    """Whether a pronoun tells who said what was quoted before it: somebody does."""
    return (
        text[max(0, word.start - 3) : word.start].strip(" ,")[-1:] in _QUOTES and text[word.end :][:1] == " "
    )


def _flag(rule: Rule, passage: Passage, word: Mention, power: Mention) -> Flag:
    return rule.on(passage, word.start, word.end, _fix(passage, word), state=_name(power))


def _document(runs: Sequence[Passage], names: Names) -> Iterator[Flag]:
    last: list[Mention] = []
    for passage in runs:
        read = mentions(passage.text, names)
        sure = list(_said(passage, read))
        yield from sure
        taken = {(flag.segment, flag.span) for flag in sure}
        for at, word in enumerate(read):
            if word.kind == "pronoun" and not _speaker(passage.text, word):
                find = _she if word.text.lower() in _FEMALE else _he
                flag = find(passage, word, read[max(0, at - _MANY) : at], last)
                if flag is not None and (flag.segment, flag.span) not in taken:
                    yield flag
        last = read if len(passage.text) >= _BODY else []


def _prepare(tables: Tables) -> Finder:
    places = {
        row["suggestion"]
        for row in tables["exonyms"]
        if row["kind"] == "place" and row["suggestion"].isalpha()
    }
    states = frozenset(places | BODIES) - {"Africa", "Asia", "America", "Rhine", "Danube", "Caucasus"}
    capitals = usage(tables["words"]).capital

    def find(bitext: Bitext) -> Iterator[Flag]:
        runs = list(passages(bitext.target))
        known = people((run.text for run in runs), states, capitals)
        yield from _document(runs, Names(states, capitals, known))

    return find


PLUGIN = Check(
    NAME, "agreement", "normal", "states and bodies called she or he", _prepare, ("exonyms", "words")
)
