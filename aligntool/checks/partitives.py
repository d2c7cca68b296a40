"""The *de* of French where English has nothing: “there is of the bread”, “too many of cars”."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Later, Pattern, before, cased, pattern_finder

__all__ = ["PLUGIN"]

NAME = "partitives"
_SET = r"(?!(?:course|necessity|late|old|age|what|whom|which|whose|all|those|that|it|them)\b)"
_FREE = (
    r"(?!(?:the|a|an|this|that|these|those|them|us|you|it|him|her|which|whom|whose|what|my|his|its|our|your|their|"
    r"one|two|three|all|both|such|each|course)\b)"
)
_HIGH = (
    r"worse|better|more|stronger|higher|larger|bigger|closer|easier|harder|richer|poorer|faster|"
    r"further|hotter|colder|greater|deeper|lower|weaker|tenser|less"
)
_PEOPLE = (
    r"governors|ministers|members|employees|workers|inhabitants|countries|parties|unions|deputies|forces|"
    r"soldiers|"
    r"people|measures|schools|services|players|residents|teachers|doctors|farmers|companies|regions|states"
)
_ASKED = re.compile(r"\b(?:ask|asks|asked|asking|demand\w*|expect\w*|requir\w*|made|make) $")

_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def counted(m: re.Match[str]) -> bool:
        noun = m["noun"]
        return parts.first(noun, "P") and re.search(r"\b(?:the|how|those|these|not) $", before(m, 6)) is None

    def mass(m: re.Match[str]) -> bool:
        bare = parts.first(m["noun"], "NP") and not parts.can(m["noun"], "VA")
        return bare and _ASKED.search(before(m)) is None and m.string[m.end("noun")] not in "’'"

    def thing(m: re.Match[str]) -> bool:
        return parts.can(m["noun"], "NPA")

    return (
        Pattern(
            _rule("of-after-preposition", "minor", 0.88, "“{preposition} of”: French “des” has no English."),
            Later(
                r"\b(?P<preposition>by|with|among|between|against|under|towards?) (?P<quoted>of (?:the )?)"
                rf"{_SET}(?=(?P<noun>[a-z]+)\b)"
            ),
            lambda _: "",
            lambda m: not parts.only(m["noun"], "VZR"),
            "quoted",
            (" of ",),
        ),
        Pattern(
            _rule("there-is-of", "minor", 0.9, "“Il y a du …” has no “of” in English."),
            Later(
                r"\b[Tt]here (?:is|are|was|were|will be|has been|have been|remains?) (?:also |still |"
                r"always )?"
                rf"(?P<quoted>of the ){_SET}(?=(?P<noun>[a-z]+)\b)"
            ),
            lambda _: "",
            thing,
            "quoted",
            ("here ",),
        ),
        Pattern(
            _rule("many-of", "minor", 0.84, "English says “{many} {noun}”, without “of”."),
            Later(
                rf"\b(?P<many>[Mm]any|[Tt]oo many|[Ss]o many|[Ss]everal|[Aa]s many|[Hh]ow many) "
                rf"(?P<quoted>of ){_FREE}(?=(?P<noun>[a-z]+)\b)"
            ),
            lambda _: "",
            counted,
            "quoted",
            ("any of ", "everal of "),
        ),
        Pattern(
            _rule("much-of", "minor", 0.78, "English says “{much} {noun}”, without “of”."),
            Later(
                r"\b(?P<much>[Tt]oo much|[Ss]o much|[Hh]ow much) "
                rf"(?P<quoted>of ){_FREE}(?=(?P<noun>[a-z]+)\b.)"
            ),
            lambda _: "",
            mass,
            "quoted",
            ("much of ",),
        ),
        Pattern(
            _rule("than-nobody", "major", 0.9, "After “than” English says “anyone”."),
            Later(r"\bthan (?P<quoted>nobody|no one|no-one)\b(?! (?:else )?(?:is|was|has|had|can|could)\b)"),
            lambda _: "anyone",
            part="quoted",
            words=("than no",),
        ),
        Pattern(
            _rule("than-never", "major", 0.88, "After “{more} … than” English says “ever”."),
            Later(rf"\b(?P<more>{_HIGH})(?: [a-z]+){{0,2}} than (?P<quoted>never)\b(?! (?:to|having)\b)"),
            lambda _: "ever",
            lambda m: "late" not in m.group() and "ha" not in m.string[m.end() : m.end() + 3],
            "quoted",
            ("than never",),
        ),
        Pattern(
            _rule("both", "minor", 0.9, "“Tous les deux” is “both”.", "calque"),
            Later(
                r"\b(?P<quoted>(?P<all>[Aa]ll) (?:the )?two)(?=[.,;!?]| (?:are|were|have|had|of them|in|to|"
                r"at)\b)"
            ),
            cased("both", "all"),
            part="quoted",
            words=("ll two", "ll the two"),
        ),
        Pattern(
            _rule("whole-of", "minor", 0.84, "“L’ensemble des …” is “all the …”.", "calque"),
            Later(
                rf"\b(?P<quoted>(?P<the>[Tt]he) (?:whole|ensemble|set|totality) of) (?=the (?:{_PEOPLE})\b)"
            ),
            cased("all", "the"),
            part="quoted",
            words=("he whole of", "he ensemble of", "he set of", "he totality of"),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "the “de” of French where English has nothing: “there is of the bread”, “too many of cars”, “than "
    "nobody”",
    _prepare,
    ("parts",),
)
