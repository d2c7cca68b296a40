"""Denials as French makes them: “which circulate not”, “do not any more want”, “does not have moved”."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.inflection import infinitive
from aligntool.parts import Parts, parts_of
from aligntool.patterns import START, Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "denials"
# English keeps these, or takes them for something else: “he knows not what”, “prefers not to”, “or not”
_KEPT = (
    r"is|was|has|does|says|knows|know|knew|matters|cares|care|thinks|think|hopes|hope|believes|believe|"
    r"fears|mean|trust|"
    r"fear|means|doubt|guess|suppose|let|lets|need|needs|dare|dares|ought|goes|comes|often|ones|us|this"
)
_AFTER = r"(?=(?: (?:a|an|the|any|his|her|its|their|enough|always|in|on|for|with|since)\b)|[.,;!?])"
_LED = re.compile(
    r"\b(?:let|lets|make|makes|made|if|should|may|might|did|does|do|would|could|will|can|saw|see|watch|had|"
    r"have|lest|demand\w*|insist\w*|ask\w*|propos\w*|recommend\w*) (?:that )?$",
    re.IGNORECASE,
)
_BUT = re.compile(r"[^.;:!?]{0,120}\bbut\b")
# words in the singular that may stand for many
_MANY = (
    "police|people|public|staff|crew|team|majority|family|clergy|cattle|government|committee|youth|press|"
    "media|couple|rest|army|party|board|council|young|poor|rich|audience|crowd|opposition|population|"
    "minority|military"
)
_HAVE_DONE = r"(?=[.,;!?]| (?:since|yet|by|to|in|on|with|from|during|before|after|until|for|so|at)\b)"

_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def base(verb: str) -> str:
        return infinitive(verb, lambda word: parts.can(word, "V"))

    def third(m: re.Match[str]) -> bool:
        word = m["verb"]
        return "Z" in parts[word].upper() and bool(base(word)) and _BUT.match(m.string, m.end()) is None

    def plural(m: re.Match[str]) -> bool:
        bare = parts.can(m["verb"], "V") and not parts.can(m["verb"], "DA")
        return bare and _BUT.match(m.string, m.end()) is None

    def done(m: re.Match[str]) -> bool:
        return parts.first(m["done"], "ED") and not parts.can(m["done"], "ANV")

    def one(m: re.Match[str]) -> bool:
        return (
            parts.first(m["noun"], "N") and not parts.can(m["noun"], "PA") and _LED.search(before(m)) is None
        )

    def participle(m: re.Match[str]) -> bool:
        return parts.can(m["done"], "E") and not parts.can(m["done"], "N") and _LED.search(before(m)) is None

    return (
        Pattern(
            _rule("verb-not", "major", 0.84, "English denies a verb with “does not”: “{fix}”."),
            Later(
                rf"\b(?:which|that|who|it|he|she|[a-z]+) (?P<quoted>(?!(?:{_KEPT})\b)(?P<verb>[a-z]+s) not)"
                rf"{_AFTER}"
            ),
            lambda m: f"does not {base(m['verb'])}",
            third,
            "quoted",
            ("s not",),
        ),
        Pattern(
            _rule("verb-not", "major", 0.82, "English denies a verb with “do not”: “{fix}”."),
            Later(
                rf"\b(?:which|who|they|we|I) (?P<quoted>(?!(?:{_KEPT}|are|were|have|do|did|can|could|will|"
                rf"would|shall|should|may|might|must|had|am)\b)(?P<verb>[a-z]+) not){_AFTER}"
            ),
            lambda m: f"do not {m['verb']}",
            plural,
            "quoted",
            (" not",),
        ),
        Pattern(
            _rule("no-longer", "major", 0.88, "“Ne … plus” is “no longer”."),
            Later(
                r"\b(?P<quoted>(?P<do>do|does|did|is|are|was|were|has|have|can|could|will|would) "
                r"not any ?more (?P<verb>[a-z]+))"
            ),
            lambda m: {"do": f"no longer {m['verb']}", "does": None, "did": None}.get(
                m["do"], f"{m['do']} no longer {m['verb']}"
            ),
            lambda m: parts.can(m["verb"], "VEGA"),
            "quoted",
            (" not any",),
        ),
        Pattern(
            _rule("not-any-more", "major", 0.84, "“Ne … plus” is “no longer”, before the verb."),
            Later(
                r"(?<![\w’'-])(?P<quoted>(?P<verb>[a-z]+) not any ?more)\b"
                r"(?! (?:than|of an?|important|likely|so)\b)"
            ),
            holds=lambda m: (
                parts.can(m["verb"], "VZ")
                and re.fullmatch(
                    r"do|does|did|is|are|was|were|has|have|had|can|could|will|would|if|or|but|"
                    r"and|though|should|must|may|might",
                    m["verb"],
                )
                is None
            ),
            part="quoted",
            words=(" not any",),
        ),
        Pattern(
            _rule("not-have-done", "major", 0.86, "The perfect is denied with “{fix}”."),
            Later(rf"\b(?P<quoted>(?P<do>do|does) not have (?P<done>[a-z]+)){_HAVE_DONE}"),
            lambda m: f"{'has' if m['do'] == 'does' else 'have'} not {m['done']}",
            done,
            "quoted",
            (" not have ",),
        ),
        Pattern(
            _rule("has", "minor", 0.88, "After “{who}” the verb is “has”."),
            Later(
                rf"(?:{START}|(?<=[,;] )|(?<=, and )|(?<=, but ))(?P<who>[Hh]e|[Ss]he|[Ii]t) "
                r"(?P<quoted>have)(?= (?:not |already |also |just |never )?(?P<done>[a-z]+)\b)"
            ),
            lambda _: "has",
            participle,
            "quoted",
            ("e have ", "t have "),
        ),
        Pattern(
            _rule("does", "minor", 0.84, "After “{noun}” the verb is “does”."),
            Later(
                rf"{START}(?:The|This|That|His|Her|Its|Our|My) (?!(?:{_MANY})\b)(?P<noun>[a-z]+) "
                rf"(?P<quoted>do)(?= not "
                r"(?P<verb>[a-z]+)\b)"
            ),
            lambda _: "does",
            one,
            "quoted",
            (" do not ",),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "denials as French makes them: “which circulate not”, “do not any more want”, “does not have moved”",
    _prepare,
    ("parts",),
)
