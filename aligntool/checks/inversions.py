"""What French puts the other way round: “esteems he”, “let pass the trucks”, “the spring next”."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.inflection import infinitive
from aligntool.parts import Parts, parts_of
from aligntool.patterns import START, Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "inversions"
# What French verbs of saying become, and what an English paper writes in the same tense.
_SAYS = {
    "esteems": "believes",
    "estimates": "believes",
    "judges": "believes",
    "reminds": "points out",
    "recalls": "points out",
    "remembers": "recalls",
    "precises": "specifies",
    "specifies": "specifies",
    "explains": "explains",
    "adds": "adds",
    "assures": "insists",
    "affirms": "says",
    "declares": "says",
    "launches": "says",
    "concludes": "concludes",
    "continues": "goes on",
    "pursues": "goes on",
    "regrets": "says regretfully",
    "deplores": "complains",
    "underlines": "stresses",
    "emphasizes": "stresses",
    "insists": "insists",
    "confides": "confides",
    "admits": "admits",
    "recognizes": "admits",
    "warns": "warns",
    "believes": "believes",
    "asks": "asks",
    "wonders": "wonders",
    "tells": "says",
    "indicates": "says",
    "notes": "notes",
    "promises": "promises",
    "analyzes": "explains",
    "summarizes": "sums up",
    "resumes": "sums up",
    "esteemed": "said",
    "estimated": "said",
    "precised": "specified",
    "affirmed": "said",
    "underlined": "stressed",
    "reminded": "pointed out",
    "recalled": "pointed out",
    "assured": "insisted",
    "specified": "specified",
    "indicated": "said",
}
_PASSED = (
    "pass|enter|leave|fall|come|appear|filter|escape|circulate|act|speak|float|hang|hear|understand|expect"
)
_TIMES = "spring|summer|autumn|winter|month|week|year|weekend|season"
_SAID = (
    r"(?:(?:is|was|are|were|has been|have been) (?:said|told|believed|thought|reported|known|claimed|argued|"
    r"alleged|quoted)|(?:has|had|have) (?:said|argued|warned|claimed|told|written|suggested|insisted|added))"
)
_WHEN = re.compile(
    rf"\b(?:{_TIMES}|days?|nights?|mornings?|evenings?|afternoons?|hours?|minutes?|seconds?|moments?|times?|"
    r"decades?|centur\w+|instant|way|result|fact|truth|point|more|less|last|first|least|same|rest|years|"
    r"weeks|months|problem|trouble|irony|moral|question|answer|like|once|before|after)$"
)

_rule = ruling(NAME, "grammar")


def _swapped(m: re.Match[str]) -> str:
    """The adverb where English has it: “he has never”."""
    who = m["who"] if m["who"] == "I" else m["who"].capitalize()
    return f"{who} {m['aux']} {m['adverb'].lower()}"


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def said(m: re.Match[str]) -> str:
        """The verb in the form that the speaker asks for."""
        verb, blank, rest = _SAYS[m["verb"]].partition(" ")
        if m["who"] == "they" and not m["verb"].endswith("ed"):
            verb = infinitive(verb, lambda word: parts.can(word, "V"))
        return f"{verb}{blank}{rest}"

    def subject(m: re.Match[str]) -> bool:
        noun = m["name"].split()[-1]
        plural = parts.first(noun, "P")
        fits = m["pronoun"] == "they" if plural else m["pronoun"] != "they"
        return fits and parts.first(noun, "NP") and _WHEN.search(m["name"]) is None

    def person(m: re.Match[str]) -> bool:
        return parts.first(m["noun"], "NP") and "?" not in m.string[m.end() : m.end() + 80].split(".")[0]

    says = "|".join(_SAYS)
    return (
        Pattern(
            _rule("says-he", "minor", 0.88, "English puts the speaker first: “{fix}”."),
            Later(
                rf"(?:(?<=[,”\"»—–] )|(?<=[,”\"»—–]))(?P<quoted>(?P<verb>{says}) (?P<who>he|she|they))"
                r"(?=[.,;:!—–]| (?:about|in|on|with|to|at|from|after|before|while|without|of)\b)"
            ),
            lambda m: f"{m['who']} {said(m)}",
            part="quoted",
            words=("s he", "s she", "s they", "d he", "d she", "d they"),
        ),
        Pattern(
            _rule("let-object", "minor", 0.82, "The object stands before the verb: “let … {verb}”."),
            Later(
                rf"\b(?:let|lets|letting) (?P<verb>{_PASSED}) (?=(?:the|a|an|its|his|their|this|these|all|"
                rf"some|"
                r"several|many) (?P<noun>[a-z]+))"
            ),
            holds=lambda m: parts.can(m["noun"], "NPA"),
            words=("let ", "lets ", "letting "),
        ),
        Pattern(
            _rule("time-next", "minor", 0.86, "English says “{fix}”."),
            Later(
                rf"\b(?P<quoted>(?P<the>[Tt]he) (?P<time>{_TIMES}) (?P<which>next|last|past))"
                r"(?=[.,;:!?)”]|$| (?:in|at|on|and|by|with|the|will|would|is|was|has)\b)"
            ),
            lambda m: f"{m['which'].title() if m['the'] == 'The' else m['which']} {m['time']}",
            lambda m: (
                not re.search(r"\b(?:of|all|for|during|over|in) $", before(m, 7)) or m["which"] == "next"
            ),
            "quoted",
            (" next", " last", " past"),
        ),
        Pattern(
            _rule("that-very", "minor", 0.86, "“Le jour même” is “that very day”.", "calque"),
            Later(
                r"\b(?P<quoted>(?P<the>[Tt]he) (?P<time>day|evening|morning|night|week|month|year|place|"
                r"spot) even)(?=[.,;:!?)”]|$| (?:of|in|on|at|where|when|after)\b)"
            ),
            lambda m: f"{'That' if m['the'] == 'The' else 'that'} very {m['time']}",
            part="quoted",
            words=(" even",),
        ),
        Pattern(
            _rule(
                "never-he", "minor", 0.86, "After “{adverb}” English turns verb and subject round: “{fix}”."
            ),
            Later(
                rf"{START}(?P<quoted>(?P<adverb>Never|Rarely|Seldom|Hardly ever) (?P<who>he|she|they|we|it|"
                rf"I) "
                r"(?P<aux>has|have|had|is|are|was|were|will|would|can|could|did|does))\b"
            ),
            _swapped,
            part="quoted",
            words=("Never ", "Rarely ", "Seldom ", "Hardly "),
        ),
        Pattern(
            _rule("only", "major", 0.84, "“Seul” before its noun is “only”.", "calque"),
            Later(
                rf"{START}(?P<quoted>Alone),? (?=(?:the|this|a|an|his|her|their|our) (?P<noun>[a-z]+) "
                r"(?:can|could|will|would|may|might|has|have|is|was|remains?|knows?|seems?|allows?|"
                r"counts?)\b)"
            ),
            lambda _: "Only",
            person,
            "quoted",
            ("Alone",),
        ),
        Pattern(
            _rule(
                "subject-again",
                "minor",
                0.66,
                "“{name}, {pronoun} …” says the subject twice, as French does.",
            ),
            Later(
                rf"{START}(?P<name>(?:The|This|These|His|Her|Their|Our|My) (?:[a-z-]+ )?[a-z-]+)(?P<quoted>, "
                rf"(?P<pronoun>he|she|it|they))(?= (?!{_SAID})(?:has|have|is|are|does|do|will|can|wants?|"
                r"knows?|says that|remains?|continues?|demands?|refuses?) [^,]{8})"
            ),
            lambda _: "",
            subject,
            "quoted",
            (", he ", ", she ", ", it ", ", they "),
        ),
        Pattern(
            _rule("object-late", "minor", 0.72, "The object stands before where the verb leads to."),
            Later(
                r"\b(?:resum\w+|start\w*|began|begin\w*|redo\w*|restart\w*) (?P<quoted>(?:from|at|of) "
                r"(?:zero|scratch)) (?=(?:the|its|his|her|their|all) [a-z]+)"
            ),
            part="quoted",
            words=(" zero ", " scratch "),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "what French puts the other way round: “esteems he”, “let pass the trucks”, “the spring next”",
    _prepare,
    ("parts",),
)
