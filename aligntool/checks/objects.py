"""Whom French does something to, and its auxiliaries: “asked to the army to”, “is arrived”, “if he would”."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import MONTHS, START, WEEKDAYS, Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "objects"
_ASK = (
    r"ask|asks|asked|asking|order|orders|ordered|ordering|permits?|permitted|allows?|allowed|allowing|"
    r"advises?|advised|forbids?|forbade|forbidden|urges?|urged|tells?|told|obliges?|obliged|teaches|taught"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|got|not|as|previously|also|once|repeatedly) (?:\w+ly )?$"
)
_TELL = (
    r"explain|explains|explained|explaining|announced?|announces|confirmed|confirms|declared|declares|"
    r"described|describes|suggested|suggests|specified|affirmed|affirms|said"
)
_COME = r"arrived|come|become|died|happened|appeared|disappeared|occurred|departed|intervened|emerged"
_OVER = (
    rf"yesterday|(?:on )?(?:{WEEKDAYS})|in (?:{MONTHS}|(?:19|20)\d\d)|last (?:week|month|year|night)|this "
    rf"morning"
)
_THINGS = (
    r"region|company|city|town|factory|ministry|museum|hospital|school|bank|subsidiary|law|text|programme|"
    r"program|plan|building|bridge|road|river|market|system|measure|treaty|report|operator|airport|"
    r"university|institute|agency|plant|mine|port|farm|firm|website|magazine"
)
_FINITE = r"[a-z]+(?:s|ed)|has|have|is|was|had|will|would|can"
_UNTRUE = r"would|could|might"
_ASKED = re.compile(
    r"\b(?:as|even|wonder\w*|ask\w*|know\w*|knew|see|sees|saw|tell|doubt\w*|unclear|question\w*|decid\w*|"
    r"sure|"
    r"check\w*|learn\w*|said|says|say|only) $",
    re.IGNORECASE,
)
_WILLING = r"like|love|prefer|care|agree|rather|only|just|kindly|want|have"

_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def active(m: re.Match[str]) -> bool:
        return _PASSIVE.search(before(m, 24)) is None and parts.can(m["verb"], "V")

    def infinitive(m: re.Match[str]) -> bool:
        return parts.can(m["verb"], "V") and _PASSIVE.search(before(m, 24)) is None

    def untrue(m: re.Match[str]) -> bool:
        told = parts.can(m["verb"], "V") and re.search(rf"\b(?:{_UNTRUE})\b", m["rest"]) is not None
        return told and _ASKED.search(before(m)) is None

    def third(m: re.Match[str]) -> bool:
        return m["verb"] in {"is", "has", "was", "will"} or (
            "Z" in parts[m["verb"]] and parts.can(m["noun"], "NP") and not parts.can(m["verb"], "NPA")
        )

    def finite(m: re.Match[str]) -> bool:
        verb = m["verb"]
        return verb in {"has", "is", "was", "will", "had"} or parts.can(verb, "ZD")

    return (
        Pattern(
            _rule("ask-to", "major", 0.88, "One asks somebody, without “to”."),
            Later(
                rf"\b(?P<ask>{_ASK}) (?P<quoted>to )(?=(?:(?:the|his|her|its|their|all|every|each|several|"
                rf"some)\b|"
                r"[A-Z][\w’'-]*)(?: (?!to\b)[\w’'-]+){0,4} (?:not )?to (?:not )?(?P<verb>[a-z]+)\b)"
            ),
            lambda _: "",
            active,
            "quoted",
            (" to ",),
        ),
        Pattern(
            _rule("explain-us", "minor", 0.87, "One {tell} something “to {whom}”."),
            Later(
                rf"\b(?:has|have|had|he|she|they|who|[Ii]t|we|I|[A-Z][a-z]+|[a-z]+) "
                rf"(?P<quoted>(?P<tell>{_TELL}) "
                r"(?P<whom>me|us|him|them)) (?=(?:that|how|why|what|the|this|its|his)\b)"
            ),
            lambda m: f"{m['tell']} to {m['whom']}",
            lambda m: not (m["tell"] in {"described", "describes"} and m.string[m.end() :].startswith("the")),
            "quoted",
            (" me ", " us ", " him ", " them "),
        ),
        Pattern(
            _rule("say-to", "major", 0.8, "“{say} to {verb}”: English says that one does."),
            Later(
                rf"\b(?:{START}|(?:[Hh]e|[Ss]he|they|who|government|ministry|minister|president|police|"
                rf"[A-Z][a-z]+) )"
                r"(?P<quoted>(?:(?:has|have|had) )?(?P<say>says|said|affirms|affirmed|declares|declared|"
                r"assures|assured|admits|admitted|recognizes|recognized|estimates|estimated|thinks|"
                r"believes|believed) to (?:not )?(?P<verb>want|be|have|know|wish|believe|fear|hope|regret|"
                r"expect|understand|ignore))\b(?! careful| sure)"
            ),
            holds=infinitive,
            part="quoted",
            words=(" to ",),
        ),
        Pattern(
            _rule(
                "be-arrived", "major", 0.88, "English forms this perfect with “have”, or says “{done}” alone."
            ),
            Later(
                rf"\b(?P<quoted>(?P<be>is|are|was|were|has been|have been) (?:already |just |also |now "
                rf")?(?P<done>{_COME}))"
                r"(?= (?:in|to|on|from|into|at (?:the|a|an|its)|with|an?|the|yesterday|since|during|after|"
                r"before|here|there|without|late|early|more|very|one)\b|[.,;])"
            ),
            holds=lambda m: (
                not (
                    m["done"] == "arrived"
                    and re.match(r" at\b.{0,40}\bby\b|[.,;]", m.string[m.end() : m.end() + 60])
                )
                and not re.search(
                    r"\b(?:how|conclusions?|decisions?|figures?|agreements?|deals?|verdict|price) $",
                    before(m, 14),
                )
            ),
            part="quoted",
            words=tuple(f" {done}" for done in _COME.split("|")),
        ),
        Pattern(
            _rule(
                "be-gone-when", "major", 0.88, "What happened at a time that is over takes the simple past."
            ),
            Later(
                rf"\b(?P<quoted>(?:is|are) (?P<done>gone|fallen|entered|returned|born|risen|descended|fled|"
                rf"gone out))(?= (?:[\w’-]+ ){{0,3}}(?:{_OVER})\b)"
            ),
            part="quoted",
            words=(" gone", " fallen", " entered", " returned", " born", " risen", " descended", " fled"),
        ),
        Pattern(
            _rule("perfect-yesterday", "minor", 0.84, "A day that is over takes the simple past."),
            Later(
                rf"{START}(?:[Yy]esterday|[Ll]ast (?:week|month|year|night)|(?:On )?(?:{WEEKDAYS})),? "
                rf"(?:[\w’'-]+ ){{1,6}}?"
                r"(?P<quoted>(?:has|have) (?P<done>[a-z]+))\b"
            ),
            holds=lambda m: parts.can(m["done"], "E") and "since" not in m.group() and m["done"] != "been",
            part="quoted",
            words=("esterday", "ast ", "day"),
        ),
        Pattern(
            _rule("if-would", "minor", 0.66, "After “if” English has no “would”: the past, or “were to”."),
            Later(
                rf"(?:{START}|(?<=, ))[Ii]f (?!you\b|I\b|anyone\b)(?:[\w’'-]+ ){{1,5}}?(?P<quoted>would) "
                rf"(?!(?:{_WILLING})\b)(?P<verb>[a-z]+)(?P<rest>[^.;:?!]{{3,120}})"
            ),
            holds=untrue,
            part="quoted",
            words=("f ",),
        ),
        Pattern(
            _rule("who-thing", "minor", 0.74, "Of a {noun} English says “which”."),
            Later(
                rf"\b(?P<noun>{_THINGS}),? (?P<quoted>who) (?=(?:(?:also|now|already) "
                rf")?(?P<verb>{_FINITE})\b)"
            ),
            lambda _: "which",
            lambda m: (
                finite(m)
                and re.search(
                    r"\b(?:head|director|someone|people|man|woman|those|anyone|worker\w*|"
                    r"staff|of (?:the|a|his|her) \w*) ?$",
                    before(m, 40),
                )
                is None
            ),
            "quoted",
            (" who ",),
        ),
        Pattern(
            _rule("comma-that", "minor", 0.7, "After a comma English says “which”."),
            Later(
                rf"{START}(?:The|This|A|An|His|Its|Their) (?:[a-z-]+ ){{0,2}}?(?P<noun>[a-z]+), "
                rf"(?P<quoted>that) "
                r"(?=(?P<verb>[a-z]+)\b [^,]{3,80}, )"
            ),
            lambda _: "which",
            third,
            "quoted",
            (", that ",),
        ),
        Pattern(
            _rule("going-verb", "minor", 0.84, "“Aller” before a verb is “going to {verb}”, or “will”."),
            Later(
                r"\b(?:is|are|was|were) (?:not |now |also )?(?P<quoted>going (?P<verb>[a-z]+))(?=[.,;]| "
                r"(?:the|a|an|its|his|their|in|for|on)\b)"
            ),
            lambda m: f"going to {m['verb']}",
            lambda m: parts.first(m["verb"], "V") and not parts.can(m["verb"], "RAG"),
            "quoted",
            (" going ",),
        ),
        Pattern(
            _rule("consist-in", "minor", 0.88, "“Consist in” takes the -ing form, not “{verb}”."),
            Later(
                r"\b(?:consists?|consisted|consisting) (?:mainly |above all |simply |also )?(?:in|to|of) "
                r"(?P<quoted>(?P<verb>[a-z]+)) (?=(?:the|a|an|its|his|their|our|this|these|all|more|as|to|"
                r"on|in|up|that)\b)"
            ),
            holds=lambda m: parts.first(m["verb"], "V") and not parts.can(m["verb"], "NA"),
            part="quoted",
            words=("onsist",),
        ),
        Pattern(
            _rule("the-more", "minor", 0.74, "Of several things English says “the most”."),
            Later(
                r"\b(?:is|are|was|were|remains?|seems?) (?:perhaps |certainly |without doubt |by far |also "
                r")?(?P<quoted>the more) (?P<adjective>[a-z]+)(?=[.;:!?)”]|$| (?:of (?:all|them|us|the "
                r"(?!two))|in the)\b)"
            ),
            lambda _: "the most",
            lambda m: parts.first(m["adjective"], "A") and ", the" not in before(m, 30).lower(),
            "quoted",
            (" the more ",),
        ),
        Pattern(
            _rule("which-noun", "minor", 0.8, "“Dont {many} …” without a verb is “including {many} …”."),
            Later(
                r"(?<=[a-z0-9]), (?P<quoted>of which (?P<many>(?:many|several|some|a few|one|two|three|"
                r"four|five|six|"
                r"seven|eight|nine|ten|twenty|thirty|half|\d[\d.,]*)(?: [a-z]+)?))(?=[.;:!?)”]|$)"
            ),
            lambda m: f"including {m['many']}",
            lambda m: m["many"].count(" ") == 1 and parts.can(m["many"].split()[-1], "P"),
            "quoted",
            (", of which ",),
        ),
        Pattern(
            _rule("that-what", "minor", 0.86, "“Ce que” is “what”: “that” is too many."),
            Later(
                rf"(?P<quoted>{START}(?P<big>That|This) what|(?<=[a-z] )this what) "
                r"(?=(?:the|he|she|it|they|we|I|is|was|has|would|could|seems?|happens|remains|looks|this|"
                r"these|his)\b)"
            ),
            lambda m: "What" if m["big"] else "what",
            lambda m: re.search(r"\b(?:[Ii]s|[Ww]as) $", before(m, 4)) is None,
            "quoted",
            ("hat what ", "his what "),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "whom something is done to, auxiliaries and relatives as in French: “asked to the army to”, “is arrived”",
    _prepare,
    ("parts",),
)
