"""Full stops that break a sentence in two, and marks that stand where no mark can."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "stray-stops"
_COMMA = Rule(
    "stop-and-comma", NAME, "punctuation", "major", 0.96, "A stray full stop stands beside a comma."
)
_INSIDE = Rule(
    "inside-sentence", NAME, "punctuation", "major", 0.93, "A full stop breaks the sentence before “{next}”."
)
_LOWER = Rule(
    "before-lower", NAME, "punctuation", "minor", 0.6, "A full stop is followed by a small letter (“{next}”)."
)
_SMALL = Rule(
    "small-after-stop", NAME, "casing", "minor", 0.75, "A sentence begins with a small letter (“{next}”)."
)
_BEGINNERS = frozenset(
    str.split(
        "it he she they we you this these there if when what how why let most many some even perhaps not "
        "neither"
    )
)
_DOUBLED = Rule("doubled-mark", NAME, "punctuation", "minor", 0.9, "The mark “{mark}” is doubled.")

_ASKED = Rule(
    "statement-asked",
    NAME,
    "punctuation",
    "minor",
    0.64,
    "The words are those of a statement, the mark is that of a question.",
)

_QUESTION = re.compile(
    r"(?:(?<=^)|(?<=[.!?” ] ))(?P<words>(?:Since|After|Following|With|Despite|Because of|Faced with|Beyond|"
    r"According to|As for|By|For|"
    r"Until now|So far|In recent|The|This|These|Its|Their)\b[^.!?“”\"\n]{30,240})(?P<mark>\?)(?=\s|$)"
)
_ASKING = re.compile(
    r"\b(?:who|what|which|when|where|why|how|whose|whether|or|if|you|your|I|we|us|our|right|correct|isn|"
    r"hasn|haven|wasn|weren|didn|won|aren|doesn|don|does it|is it|do they|are they|is this|is that|is "
    r"there|not so|too|yet|already|really|please|ok|okay|no|yes|huh|eh)\b|(?:^|, |— |– |: |and |but )(?:is|"
    r"are|was|were|do|does|did|has|have|had|can|could|will|would|should|"
    r"may|might|must|shall)\b",
    re.IGNORECASE,
)
_STATED = re.compile(r"\b(?:is|are|was|were|has|have|had|will|remains?|continues?|seems?|shows?)\b")
_STOP_COMMA = re.compile(
    r"(?<=[a-z]{2}|\d{2})\.[ \u00a0\u202f]{0,2},(?=\s)|(?<=\w),[ \u00a0\u202f]?\.(?=\s|$)"
)
_TWICE = re.compile(r"(?<=[\w”)])(?P<mark>,)[ ]?,(?=\s|$)|(?<=\w)(?P<stop>\.)\.(?=\s+[A-Z])(?<!\.\.\.)")
_BREAK = re.compile(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,}[”»)]?)(?P<stop>\.)[ \u00a0]+(?P<next>[a-z][a-z’']*)(?![\w.@])"
)
# words that cannot begin a sentence in small letters by any house style, so that the stop must be stray
_JOINERS = frozenset(
    str.split(
        "of for to in on at by with from as and or but after before since because while which who that "
        "than during under over between against towards into within without through the a an its their his "
        "is are was were has"
    )
)
_ABBREVIATIONS = frozenset(
    str.split(
        "etc vol fig approx dept govt est inc ltd corp bros gen col sgt capt prof hon rev sen rep gov pres "
        "art ave blvd tel ext incl excl esp resp min max avg jan feb mar apr jun jul aug sep sept oct nov "
        "dec mon tue wed thu fri sat sun figs eds vols pres trans univ assn dist mfg cie nos pop pub ser "
        "supp viz cent ital lat"
    )
)


def _broken(passage: Passage) -> Iterator[Flag]:
    for m in _BREAK.finditer(passage.text):
        word, follower = m["word"].lower().rstrip("”»)"), m["next"]
        if word in _ABBREVIATIONS or m["word"][0].isupper():
            rule = None if word in _ABBREVIATIONS else _proper(m, follower)
        else:
            rule = _INSIDE if follower in _JOINERS else _LOWER
        if rule:
            if rule is _LOWER and follower in _BEGINNERS:
                fix = m.string[m.start("stop") : m.start("next")] + follower.capitalize()
                yield _SMALL.on(passage, m.start("stop"), m.end("next"), fix, next=follower)
            else:
                yield rule.on(passage, m.start("stop"), m.end("stop"), "", next=follower)


def _proper(m: re.Match[str], follower: str) -> Rule | None:
    """A capitalised word may be an abbreviation (Corp., Mass.), a long one hardly."""
    return _INSIDE if len(m["word"]) > 5 and follower in _JOINERS else None  # noqa: PLR2004 - longest abbreviation


def _abbreviated(text: str, m: re.Match[str]) -> bool:
    """Whether the stop of “Inc.,” belongs to an abbreviation."""
    word = re.search(r"[^\W\d_]+$", text[max(0, m.start() - 20) : m.start()])
    return (
        m.group() == ".," and word is not None and (word[0][0].isupper() or word[0].lower() in _ABBREVIATIONS)
    )


def _find(bitext: Bitext) -> Iterator[Flag]:
    for passage in passages(bitext.target):
        for m in _STOP_COMMA.finditer(passage.text):
            if _abbreviated(passage.text, m):
                continue
            fix = "," if m.group().endswith(",") else "."
            yield _COMMA.on(passage, m.start(), m.end(), fix)
        for m in _TWICE.finditer(passage.text):
            mark = m["mark"] or m["stop"]
            yield _DOUBLED.on(passage, m.start(), m.end(), mark, mark=mark)
        for m in _QUESTION.finditer(passage.text):
            if _STATED.search(m["words"]) and not _ASKING.search(m["words"]):
                yield _ASKED.on(passage, m.start("mark"), m.end("mark"), ".")
        yield from _broken(passage)


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(
    NAME, "punctuation", "strict", "full stops inside a sentence, doubled or clashing marks", _prepare
)
