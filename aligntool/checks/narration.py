"""What is over told in the present or the future, as French tells it: “In 1949, Peru signs”."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.inflection import forms
from aligntool.parts import Parts, parts_of
from aligntool.patterns import MONTHS, Later, Pattern, pattern_finder, sentence

__all__ = ["PLUGIN"]

NAME = "narration"
_PAST = r"(?:1[4-9]\d\d|200\d|201[0-7])"
_DATED = (
    rf"(?:(?<=^)|(?<=[.!?”] ))(?:But |And )?(?:In|On|By) (?:(?:the )?(?:early |late |spring of |summer of |"
    rf"autumn of |winter of ))?(?:(?:{MONTHS})(?: \d{{1,2}},?)? |\d{{1,2}} (?:{MONTHS}) )?{_PAST}, "
)
# what still holds, and what tells a date that is being looked at from now
_LASTING = re.compile(
    r"\b(?:still|today|now|since|remains?|figures?|data|report|study|chart|table|says?|survey|statistics|"
    r"show|shows|estimates?|expects?|predicts?|plans?|forecasts?)\b|\bto (?:19|20)\d\d\b"
)


_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def present(m: re.Match[str]) -> bool:
        last = m["subject"].split()[-1]
        finite = "Z" in parts[m["verb"]] and not parts.can(m["verb"], "NPA")
        return finite and (last[0].isupper() or parts.can(last, "N")) and not _LASTING.search(sentence(m))

    def past(m: re.Match[str]) -> str | None:
        verb = m["verb"]
        lemmas = (verb[:-1], verb.removesuffix("es"), verb.removesuffix("ies") + "y")
        told = [lemma for lemma in lemmas if parts.can(lemma, "V") and forms(lemma)["s"] == verb]
        return forms(told[0])["past"] if told else None

    return (
        Pattern(
            _rule("dated-present", "major", 0.74, "What is over takes the past: not “{verb}”."),
            Later(
                rf"{_DATED}(?P<subject>(?:the |a |its |his |this )?(?:[A-Z]?[a-z’'-]+ "
                rf"){{0,2}}?[A-Z]?[\w’'-]+) (?P<verb>[a-z]+s)(?= [a-zA-Z“])"
            ),
            past,
            present,
            "verb",
            ("In ", "On ", "By "),
        ),
        Pattern(
            _rule(
                "dated-future",
                "major",
                0.7,
                "What is over takes the past: not “{verb}”, a future of French narration.",
            ),
            Later(
                rf"{_DATED}(?:the |a |its |his |this )?(?:[\w’'-]+ ){{1,4}}?(?P<verb>will (?:also |even |"
                rf"finally |thus )?[a-z]+)\b"
            ),
            holds=lambda m: not _LASTING.search(sentence(m)),
            part="verb",
            words=("In ", "On ", "By "),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "what is over told in the present or the future: “In 1949, Peru signs”, “In 1949, Peru will sign”",
    _prepare,
    ("parts",),
)
