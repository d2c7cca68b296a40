"""Amounts, shares and ages as French writes them: a million of years, to the three quarters empty."""

import re

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "amounts"

_rule = ruling(NAME, "grammar")


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule(
            "age-apart",
            "minor",
            0.82,
            "An age behind a comma is a bare number in English: “{age}”.",
            "calque",
        ),
        Later(
            r"(?<=[a-zé”]), (?P<quoted>(?P<age>[1-9]\d) years)(?: old)?(?=[,;] (?:the|an?|who|whose|has|is|"
            r"was|his|her|lives?|works?|says?|in|from|at|of|with|[a-z]+(?:er|or|ist|ian|ant) (?:since|at|"
            r"in|of|to|from))\b)"
        ),
        lambda m: m["age"],
        lambda m: (
            re.search(
                r"\b(?:years|months|days|sentence[sd]?|prison|jail|term|period|age|aged|old|about|span|time|"
                r"every|lasts?"
                r"|lasted|after|for|over|least|most|warranty|contract|maturity)\b",
                before(m, 60),
            )
            is None
        ),
        "quoted",
        (" years, ", " years; ", " years old"),
    ),
    Pattern(
        _rule("than-percent", "minor", 0.88, "A difference is told with “by”: “{fix}”."),
        Later(
            r"\b(?P<quoted>(?P<way>lower|higher) of (?P<much>\d+(?:[.,]\d+)? ?(?:%|percent|per cent|points)))"
        ),
        lambda m: f"{m['way']} by {m['much']}",
        part="quoted",
        words=("lower of ", "higher of "),
    ),
    Pattern(
        _rule("to-quarters", "major", 0.88, "“Aux trois quarts” is “three-quarters {state}”.", "calque"),
        Later(
            r"\b(?P<quoted>(?:to|at) the (?P<part>three[ -]quarters|two[ -]thirds|quarter|half)) "
            r"(?P<state>empty|full|destroyed|finished|completed|done|built|burned|burnt|closed|deserted|"
            r"ruined|filled|occupied|bald|dead|asleep)\b"
        ),
        lambda m: m["part"].replace(" ", "-") if m["part"] != "quarter" else "a quarter",
        part="quoted",
        words=("o the ", "t the "),
    ),
    Pattern(
        _rule("million-of", "minor", 0.88, "English says “a million {what}”, without “of”.", "number"),
        Later(
            r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|half a) "
            r"(?P<quoted>(?P<scale>million|billion|hundred|thousand)s? of) (?=(?P<what>years|euros|dollars|"
            r"people|inhabitants|francs|roubles|rubles|pounds|men|women|children|tonn?es|tons|kilomet(?:er|"
            r"re)s|voters|soldiers|jobs|workers|employees|migrants|refugees|visitors)\b)"
        ),
        lambda m: m["scale"],
        part="quoted",
        words=("million", "billion", "hundred", "thousand"),
    ),
)


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "calque",
    "normal",
    "amounts, shares and ages: “a million of years”, “to the three quarters empty”, “roofer, 57 years”",
    _prepare,
)
