"""Phrases French links sentences with, put over word for word: as is the case of, let us quote, certainly."""

import re

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import START, Later, Pattern, before, pattern_finder
from aligntool.records import Severity

__all__ = ["PLUGIN"]

NAME = "turns"
_TWO = re.compile(r"\b(?:and|or|former|either|both|nor)\b")


_rule = ruling(NAME, "grammar")


def _adverb(m: re.Match[str]) -> str:
    """An adjective as an adverb: notably, symptomatically, importantly."""
    word = m["adjective"]
    return word[:-1] + "y" if word.endswith("le") else word + ("ally" if word.endswith("ic") else "ly")


def _remains(  # noqa: PLR0913, PLR0917 - what a rule says, and what it is told by
    name: str, severity: Severity, sure: float, message: str, said: str, after: str, right: str
) -> Pattern:
    """A sentence that opens with a verb for “reste”."""
    return Pattern(
        _rule(name, severity, sure, message, "calque"),
        Later(rf"{START}(?P<quoted>{said}) (?={after}\b)"),
        lambda _: right,
        part="quoted",
        words=("Stay", "Rest", "Remain", "Left "),
    )


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule(
            "cleft-here", "minor", 0.62, "The cleft is French “c’est dans … que”: say it straight.", "calque"
        ),
        Later(
            rf"{START}(?:And |But |Because |Thus, |For )?[Ii]t (?:is|was) (?P<quoted>in (?:this|these|"
            rf"such an?) "
            r"(?:aspect|perspective|context|framework|spirit|sense|logic|optic|dynamic|climate|respect|"
            r"atmosphere|background)) that\b"
        ),
        part="quoted",
        words=("t is in ", "t was in "),
    ),
    Pattern(
        _rule("case-of", "minor", 0.9, "“C’est le cas de” is “the case with” or “true of”.", "calque"),
        Later(
            r"\b(?:[Aa]s|[Tt]his|[Tt]hat|[Ii]t|[Ww]hich|[Ss]uch) (?:is|was|will be|has been|had been) "
            r"(?:also |notably |particularly |not |now |already |indeed |for example |in particular |often "
            r"|still )*(?P<quoted>the case of)(?= (?:the|its|his|several|many|most|some|[A-Z][\w’-]+)\b)"
        ),
        lambda _: "the case with",
        part="quoted",
        words=("the case of",),
    ),
    Pattern(
        _rule("let-us-quote", "major", 0.8, "“Citons …” is “Take …” or “One example is …”.", "calque"),
        Later(
            r"(?<![\w’'-])[Ll]et(?: us|[’']s) (?:also )?(?:quote|cite|precise|specify|recall)\b(?! from\b)"
        ),
        words=("et us ", "et’s ", "et's "),
    ),
    Pattern(
        _rule(
            "certainly",
            "minor",
            0.62,
            "“Certes” is “Admittedly” or “Granted”; “Certainly” insists.",
            "calque",
        ),
        Later(rf"{START}(?P<quoted>Certainly), (?=(?:the|a|an|this|these|its|his|many|some|[A-Z])\b)(?!I\b)"),
        lambda _: "Admittedly",
        part="quoted",
        words=("Certainly, ",),
    ),
    Pattern(
        _rule("and-this", "minor", 0.8, "“Et ce, …” is superfluous in English.", "calque"),
        Later(
            r"(?P<quoted>,? and this,?) (?=(?:despite|in spite of|even if|even though|without|since (?:the|"
            r"\d)|whatever|regardless of|notwithstanding|for (?:several|many|more than|over|\d+) |from the "
            r"(?:start|beginning|outset)|until the |thanks to )\b)"
        ),
        part="quoted",
        words=("and this",),
    ),
    Pattern(
        _rule(
            "like-the-other",
            "critical",
            0.8,
            "“L’un comme l’autre” is “both” or “either” in English.",
            "calque",
        ),
        Later(r"\b(?:the )?ones? (?:as|like) the others?\b|(?<=[a-z]), like the others?,"),
        words=(" like the other", " as the other"),
    ),
    Pattern(
        _rule(
            "adjective-first",
            "minor",
            0.82,
            "An adverb comments on a sentence: “{fix}”.",
        ),
        Later(
            rf"{START}(?:And|But|Above all|Also|More|Another fact),? (?P<adjective>important|surprising|"
            rf"interesting|"
            r"curious|strange|significant|notable|paradoxical|serious|remarkable|symptomatic|revealing|"
            r"rare), (?=[a-z“A-Z])"
        ),
        _adverb,
        part="adjective",
        words=("And", "But", "Above", "Also", "More", "Another"),
    ),
    Pattern(
        _rule(
            "none-other",
            "minor",
            0.82,
            "Of a thing English says “nothing other than”, or “simply”.",
            "calque",
        ),
        Later(
            r"\b(?:which|that|it|this) (?:is|was) (?P<quoted>none other) than (?:an?|the) (?!man|woman|"
            r"president|"
            r"minister|leader|king|queen|son|daughter|father|wife|author|founder|head|chief|director)[a-z]+"
        ),
        lambda _: "nothing other",
        part="quoted",
        words=(" none other ",),
    ),
    Pattern(
        _rule(
            "in-conditions", "minor", 0.72, "“Dans ces conditions” is “under these circumstances”.", "calque"
        ),
        Later(r"(?:(?<=^)|(?<=[.,;!?] ))(?P<in>[Ii]n) (?P<these>these|such|those) conditions,"),
        lambda m: f"{'Under' if m['in'] == 'In' else 'under'} {m['these']} circumstances,",
        words=(" conditions,",),
    ),
    Pattern(
        _rule(
            "latter",
            "minor",
            0.62,
            "“Ce dernier” with one thing before it is “this” or “it”, not “the latter”.",
            "calque",
        ),
        Later(
            r"(?<=[.!?] )(?P<quoted>The latter|This last|These last) (?=(?:is|has|was|are|have|were|will|"
            r"would|had|now|can|could|also|therefore)\b)"
        ),
        holds=lambda m: _TWO.search(before(m, 240).rstrip(" .!?”").rpartition(". ")[2]) is None,
        part="quoted",
        words=("The latter", "This last", "These last"),
    ),
    Pattern(
        _rule(
            "gold", "critical", 0.88, "“Or, …” is “Yet, …” or “Now, …”: “Gold” is the metal.", "false-friend"
        ),
        Later(
            rf"{START}(?P<quoted>Gold), (?=(?!silver|platinum|copper|oil|diamonds|incense|frankincense|myrrh|"
            rf"bronze|"
            r"stocks|bonds|coal|gas|often|which|like|once|long|a )\w)"
        ),
        lambda _: "Yet",
        part="quoted",
        words=("Gold, ",),
    ),
    _remains(
        "stay-question",
        "critical",
        0.86,
        "“Reste …” is “There remains …”.",
        "Stays?|Rests?|Remains?",
        r"(?:the|one|an?|another|this|these|two|many) (?:[a-z]+ )?(?:question|questions|problem|problems|"
        r"issue|fact|case|point|risk|hypothesis|mystery|matter|obstacle|unknown|doubt|hope|challenge)",
        "There remains",
    ),
    _remains(
        "stay-that",
        "critical",
        0.88,
        "“Reste que …” is “The fact remains that …”.",
        "Stays?|Rests?|Remains?",
        "that (?:the|it|he|she|they|this|these|in|[A-Z]|a|an|we)",
        "The fact remains",
    ),
    Pattern(
        _rule("in-waiting", "major", 0.9, "“En attendant” is “Meanwhile” or “in the meantime”.", "calque"),
        Later(rf"(?:{START}(?P<big>In)|(?<=, )in) waiting(?=,)"),
        lambda m: "In the meantime" if m["big"] else "in the meantime",
        words=("n waiting,",),
    ),
    Pattern(
        _rule("not-hear", "critical", 0.82, "“N’entend pas” is “does not intend to”.", "false-friend"),
        Later(
            r"\b(?P<do>do|does|did) not (?P<quoted>hear(?: to)?) (?=(?:wait|give|let|leave|stop|change|"
            r"abandon|yield|remain|"
            r"accept|renounce|be|make|take|go|stay|play|miss|lose|pay|sign|negotiate|resign|submit)\b)"
        ),
        lambda _: "intend to",
        part="quoted",
        words=(" not hear ",),
    ),
    _remains(
        "rest-to",
        "major",
        0.84,
        "“Reste à …” is “It remains to …”.",
        "Stays?|Rests?|Left",
        "to (?:know|see|find|convince|define|determine|be|do|understand)",
        "It remains",
    ),
    Pattern(
        _rule("as-often", "minor", 0.82, "“Comme souvent” is “as is often the case”.", "calque"),
        Later(rf"(?:{START}(?P<big>As)|(?<=, )as)(?: it is| it was)? often(?=,)"),
        lambda m: f"{'As' if m['big'] else 'as'} is often the case",
        words=("s often,", "is often,", "was often,"),
    ),
    Pattern(
        _rule("disappeared-in", "critical", 0.84, "Beside a birth “disparu” is “died”.", "false-friend"),
        Later(
            r"\bborn (?:in|on)\b[^.;()]{3,50}?,? and (?P<quoted>disappeared|missing|vanished) (?=(?:in|on) "
            r"(?:[A-Z][a-z]+ )?\d)"
        ),
        lambda _: "died",
        part="quoted",
        words=(" disappeared ", " missing ", " vanished "),
    ),
    Pattern(
        _rule("interview", "critical", 0.9, "“Entretien” is an interview here.", "false-friend"),
        Later(r"^(?P<quoted>MAINTENANCE|Maintenance)(?=[.:–—-] )"),
        lambda m: "INTERVIEW" if m["quoted"].isupper() else "Interview",
        part="quoted",
        words=("MAINTENANCE", "Maintenance"),
    ),
    Pattern(
        _rule("expected", "major", 0.86, "“Attendu” is “expected”: nobody is “waited”.", "false-friend"),
        Later(
            r"\b(?:is|are|was|were|been|be|being) (?:also |now |eagerly |not |still )?(?P<quoted>waited)\b"
            r"(?! (?:on|upon|out|for)\b)"
        ),
        lambda _: "expected",
        part="quoted",
        words=(" waited",),
    ),
    Pattern(
        _rule("not-wished", "minor", 0.76, "“N’a pas souhaité” is “declined to”.", "calque"),
        Later(r"\b(?P<quoted>(?:has|have) not (?:wished|desired) to) (?=[a-z]+)"),
        lambda _: "declined to",
        part="quoted",
        words=(" not wished ", " not desired "),
    ),
    Pattern(
        _rule(
            "those-of",
            "minor",
            0.72,
            "A sentence that begins with “{those} of” is French “ceux de …”.",
            "calque",
        ),
        Later(
            rf"{START}(?P<quoted>(?P<those>That|Those|The ones?) of) (?!us\b|you\b|them\b|which\b|whom\b|"
            rf"course\b)"
        ),
        part="quoted",
        words=("That of", "Those of", "The one"),
    ),
)


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "calque",
    "normal",
    "phrases French links sentences with: “as is the case of”, “Let us quote”, “Certainly, … but”",
    _prepare,
)
