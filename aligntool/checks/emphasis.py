"""How French brings something to the fore: clefts, pronouns set apart, second subjects, participles."""

import re

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import START, Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "emphasis"
_POWERS = (
    "Russia|China|Moscow|Beijing|Washington|Paris|London|Berlin|Tehran|Ankara|Kyiv|Kiev|Brussels|Tokyo|Seoul|"
    "India|Iran|France|Germany|Turkey|Israel|Japan|Ukraine|Poland|Italy|Spain|Europe|America|NATO|Pakistan|"
    "Taiwan|Syria|Egypt|Hamas|Hezbollah|(?:Vladimir )?Putin|Xi(?: Jinping)?|(?:Donald )?Trump|(?:Joe )?Biden|"
    "(?:Emmanuel )?Macron|(?:Volodymyr )?Zelensky|Erdogan|Modi|"
    "The (?:Russians|Chinese|Americans|Europeans|French|Germans|Ukrainians|Iranians|Westerners|Israelis|West|"
    "Kremlin|United States|European Union|White House)"
)
_AUX = "is|are|has|have|does|do|can|will|would|could|should|was|were|did|must"
_TWICE = ("Me, I", "Him, he", "Her, she", "Us, we", "Them, they", "It, it")
_HELD = re.compile(
    r"\b(?:to|for|with|of|like|than|by|and|from|on|at|about|between)\b[^.;:]*[;,:] $", re.IGNORECASE
)
_AFTER_TALK = "says?|said|adds?|added|writes?|wrote|tells?|told|argues?|claims?|thinks?|believes?|fears?"


_rule = ruling(NAME, "grammar")


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule(
            "cleft-especially", "minor", 0.72, "“C’est surtout … qui” is “it is above all … that”.", "calque"
        ),
        Later(
            r"\b[Ii]t (?:is|was) (?P<how>especially|particularly|mainly|mostly) (?:(?:the|its|his|their) "
            r"[a-z]+|[A-Z][\w’-]+(?: [A-Z][\w’-]+)?) (?:that|who|which)\b"
        ),
        lambda _: "above all",
        part="how",
        words=("t is ", "t was "),
    ),
    Pattern(
        _rule("set-apart", "major", 0.82, "“{name}, {pronoun} …” repeats the subject, as French does."),
        Later(
            rf"{START}(?P<name>{_POWERS})(?P<quoted>, (?P<pronoun>he|she|it|they))(?= "
            rf"(?!(?:{_AFTER_TALK})\b)"
            r"[a-z]+)"
        ),
        lambda _: "",
        part="quoted",
        words=(", he ", ", she ", ", it ", ", they "),
    ),
    Pattern(
        _rule("strong-first", "major", 0.85, "“{strong}, {weak}” says the subject twice, as French does."),
        Later(rf"{START}(?:(?P<strong>Me|Him|Her|Us|Them|It), )(?P<weak>I|he|she|we|they|it),? (?=[a-z]+)"),
        lambda m: f"{m['weak'].capitalize()} ",
        lambda m: m.group().rstrip(" ,") in _TWICE,
        words=_TWICE,
    ),
    Pattern(
        _rule("strong-inside", "minor", 0.85, "“{strong}, {weak}” says the subject twice, as French does."),
        Later(r"(?<=[a-z][;,:] )(?P<quoted>(?P<strong>me|him|us|them), (?P<weak>I|he|we|they)) (?=[a-z]+)"),
        lambda m: m["weak"],
        lambda m: (
            f"{m['strong'].capitalize()}, {m['weak']}" in _TWICE and _HELD.search(before(m, 20)) is None
        ),
        "quoted",
        (", I ", ", he ", ", we ", ", they "),
    ),
    Pattern(
        _rule(
            "second-subject",
            "major",
            0.78,
            "The question has a second subject, “{verb} {pronoun}”, as in French.",
        ),
        Later(
            rf"{START}(?P<quoted>(?P<subject>(?:{_POWERS})(?: and (?:{_POWERS}))?|(?:The|This|These|Such "
            rf"an?|His|"
            rf"Their|Its) (?:[a-z-]+ ){{1,4}}?[a-z-]+),? (?P<verb>{_AUX}) (?P<pronoun>it|he|she|they)) "
            r"(?=[^.?!]{3,160}\?)"
        ),
        part="quoted",
        words=(" it ", " he ", " she ", " they "),
    ),
    Pattern(
        _rule(
            "too-apart", "minor", 0.7, "“{pronoun} too” behind its noun is “lui aussi”: English says “also”."
        ),
        Later(
            r"(?<=[a-z]), (?P<pronoun>he|she|it|they|him|her|them|themselves|himself|itself) (?:too|"
            r"also), (?=[a-z])"
        ),
        words=(" too, ", " also, "),
    ),
    Pattern(
        _rule("arrived-first", "minor", 0.72, "The participle in front is French: “Having …” or “When …”."),
        Later(
            rf"{START}(?P<quoted>(?:Arrived|Returned|Gone|Entered|Become|Come to power|Succeeded) "
            r"(?:in|to|at|from|for|on|as|into|back|the|a|one|president|minister|leader)\b)"
            r"[^.,;:!?]{2,60}, (?:the|he|she|it|they|its|his|her|[A-Z][\w’-]+)\b"
        ),
        part="quoted",
    ),
    Pattern(
        _rule(
            "named-having",
            "minor",
            0.5,
            "The clause without a verb, “{name} {having} …”, is French: “as {name} has …”.",
        ),
        Later(
            rf"(?<=[a-z\d]), (?P<quoted>(?P<name>{_POWERS}|the (?:latter|Kremlin|government|president|"
            rf"minister|"
            r"country|regime|army)) (?P<having>having|not having|being|not being)) (?=[a-z]+)"
        ),
        part="quoted",
        words=(" having ", " being "),
    ),
    Pattern(
        _rule(
            "while-place", "minor", 0.74, "“While in {place}, …” is “alors qu’en …”: “While … in {place}”."
        ),
        Later(
            rf"{START}(?P<quoted>While (?:in|at|on) (?P<place>(?:the )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)?),) "
            r"(?=(?:the|a|an|its|their|this|these|[A-Z])[\w’ -]{3,80}, (?:the|a|an|its|their|this|these|"
            r"[a-z]+s|[A-Z])[^.,]{3,})"
        ),
        part="quoted",
        words=("While ",),
    ),
)


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "what French brings to the fore: “Peru, it waits”, “It is especially Peru that”, “Arrived in Lima, he”",
    _prepare,
)
