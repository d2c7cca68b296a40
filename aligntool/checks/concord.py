"""Determiners and verbs that do not agree with their noun, told by nouns that are never anything else."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "concord"
_END = r"(?=[.,;:!?)”]|$| (?:is|are|was|were|has|have|had|will|would|of|in|on|to|that|which|who)\b)"
# groups that may be many in British English, and words that are their own plural
_MANY = frozenset(
    str.split(
        "government team police staff public family crew majority minority group opposition press media "
        "company committee council board army navy band club party couple data cabinet parliament "
        "leadership elite youth jury audience enemy clergy gentry military nobility cavalry infantry "
        "management ministry commission bank union rest lot number half bulk remainder aircraft livestock "
        "reindeer percent percentage sheep fish offspring spacecraft personnel people cattle craft series "
        "species means crossroads headquarters who hundred thousand million billion dozen cent fold odds "
        "his its us are hardware software news"
    )
)
# what keeps a noun from being the subject, or adds another to it
_JOINED = re.compile(
    r"\b(?:of|in|to|and|or|nor|by|from|with|for|on|at|than|as|between|among|number|one|none|each|either|"
    r"neither|what|like|about|into|over|under|against|through|including|regarding|concerning|all|that)"
    r"\b[^.,;:!?“”()–—]*$"
)
_REACH = 60


_rule = ruling(NAME, "agreement")


def _subject(m: re.Match[str]) -> bool:
    """Whether the noun phrase of a match begins its clause."""
    return _JOINED.search(before(m, _REACH)) is None


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def plural(m: re.Match[str]) -> bool:
        return parts.only(m["noun"], "P") and m["noun"] not in _MANY

    def singular(m: re.Match[str]) -> bool:
        return parts.only(m["noun"], "N") and m["noun"] not in _MANY

    return (
        Pattern(
            _rule("others", "minor", 0.92, "Before its noun “other” has no plural: “{fix}”."),
            Later(r"(?<![\w’'-])(?P<others>[Oo]thers) (?P<noun>[a-z]+)\b"),
            lambda m: m["others"][:-1],
            plural,
            "others",
            ("thers ",),
        ),
        Pattern(
            _rule("of-plural", "minor", 0.85, "“{some} of” needs “the” or a pronoun: “{some} {noun}”."),
            Later(
                r"\b(?P<some>[Mm]ost|[Mm]any|[Ss]everal|[Ss]ome|[Ff]ew) (?P<of>of )(?P<noun>[a-z]+)\b(?! of)"
            ),
            lambda _: "",
            lambda m: plural(m) and m["noun"] not in {"these", "those"},
            "of",
            ("ost of ", "any of ", "eral of ", "ome of ", "ew of "),
        ),
        Pattern(
            _rule("every-plural", "minor", 0.85, "“{every}” wants a singular: “{noun}” is a plural."),
            Later(r"\b(?P<every>[Ee]very|[Ee]ach|[Aa]nother) (?P<noun>[a-z]+s)\b"),
            holds=plural,
            part="noun",
            words=("very ", "ach ", "nother "),
        ),
        Pattern(
            _rule("a-plural", "minor", 0.8, "“{article}” wants a singular: “{noun}” is a plural."),
            Later(rf"(?<![\w’'-])(?P<article>[Aa]n?) (?P<noun>[a-z]+s){_END}"),
            holds=plural,
        ),
        Pattern(
            _rule("this-plural", "minor", 0.8, "“{this}” does not agree with “{noun}”."),
            Later(rf"\b(?P<this>[Tt]his) (?P<noun>[a-z]+s){_END}"),
            lambda m: {"this": "these", "This": "These"}[m["this"]],
            plural,
            "this",
            ("his ",),
        ),
        Pattern(
            _rule("these-singular", "minor", 0.8, "“{these}” does not agree with “{noun}”."),
            Later(rf"\b(?P<these>[Tt]hese) (?P<noun>[a-z]+){_END}"),
            holds=singular,
            words=("hese ",),
        ),
        Pattern(
            _rule("many-singular", "minor", 0.7, "“{many}” wants a plural: “{noun}” is a singular."),
            Later(
                rf"(?<![\w’'-])(?P<many>[Mm]any|[Ss]everal|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Tt]hese two) "
                rf"(?P<noun>[a-z]+){_END}"
            ),
            holds=singular,
        ),
        Pattern(
            _rule("plural-is", "major", 0.82, "“{noun}” is a plural, so “{fix}”."),
            Later(
                r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Ii]ts|[Tt]heir|[Hh]is) (?P<noun>[a-z]+s) "
                r"(?P<verb>is|has|was|does)\b"
            ),
            lambda m: {"is": "are", "has": "have", "was": "were", "does": "do"}[m["verb"]],
            lambda m: plural(m) and _subject(m),
            "verb",
        ),
        Pattern(
            _rule("singular-are", "major", 0.72, "“{noun}” is a singular, so “{fix}”."),
            Later(
                r"(?:(?<=^)|(?<=[.!?”] )|(?<=, ))(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Tt]heir) "
                r"(?P<noun>[a-z]+) (?P<verb>are|have|were|do not)\b"
            ),
            lambda m: {"are": "is", "have": "has", "were": "was", "do not": "does not"}[m["verb"]],
            lambda m: singular(m) and _subject(m),
            "verb",
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "agreement",
    "normal",
    "determiners and verbs that do not agree with their noun: others countries, every years, the banks is",
    _prepare,
    ("parts",),
)
