"""Adverbs, objects and verbs where French puts them: has also a, gives to the men a reason, to not lose."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "placement"
_NATIONS = (
    "Russian|Chinese|American|European|Ukrainian|Israeli|Iranian|Turkish|British|French|German|Japanese|"
    "Korean|Indian|African|Western|Soviet|Arab|Asian|Saudi|Italian|Spanish|Polish"
)
_ADVERBS = (
    "already|also|always|still|so far|often|therefore|thus|nevertheless|moreover|indeed|in fact|probably|"
    "currently|clearly|especially|generally|henceforth|until now|obviously|of course|in effect|regularly|"
    "fortunately|rarely|at present|equally"
)
_GIVE = (
    "give|gives|gave|given|giving|offer|offers|offered|offering|deliver|delivers|delivered|grant|grants|"
    "granted|allow|allows|allowed|impose|imposes|imposed|bring|brings|brought|leave|leaves|left|inflict|"
    "inflicts|inflicted|provide|provides|provided|propose|proposes|proposed|cause|causes|caused|show|shows|"
    "showed|promise|promises|promised|ask|asks|asked|lend|lends|lent|sell|sells|sold|send|sends|sent"
)
_WILL = (
    "tries|trying|seek|seeks|sought|decide|decides|decided|choose|chooses|chose|chosen|agree|agrees|agreed|"
    "careful|prefer|prefers|preferred|promise|promises|promised|asked|asks|urged|urges|wish|wishes|wished|"
    "aims|aimed|sure|likely|order"
)


_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def thing(m: re.Match[str]) -> bool:
        return parts.first(m["noun"], "NP") and not parts.can(m["noun"], "VDE")

    def stranded(m: re.Match[str]) -> bool:
        low = m["adjective"].lower()
        kind = m["adjective"][0].isupper() or parts.only(low, "A")
        return kind and parts.first(m["noun"], "NP") and not parts.can(m["noun"], "A")

    def given(m: re.Match[str]) -> bool:
        return thing(m) and (m["whom"][0].isupper() or parts.first(m["whom"].split()[-1], "NP"))

    return (
        Pattern(
            _rule(
                "have-adverb",
                "minor",
                0.78,
                "The adverb parts the verb from its object: “{adverb} {have} …”.",
            ),
            Later(
                rf"\b(?P<quoted>(?P<have>has|have|had) (?P<adverb>{_ADVERBS})) (?=(?:an?|the|no|its|their|"
                rf"his|her|"
                r"our|nothing|several|some|more than|nearly|\d+)\b(?! (?:better|less|more)\b))"
            ),
            lambda m: f"{m['adverb']} {m['have']}",
            lambda m: (
                re.search(
                    r"\b(?:what|that|which|whom|whatever)(?: \w+){1,4} $",
                    before(m),
                )
                is None
            ),
            "quoted",
            ("has ", "have ", "had "),
        ),
        Pattern(
            _rule(
                "stranded",
                "major",
                0.76,
                "The second adjective stands behind the noun, as in French: put both before “{noun}”.",
            ),
            Later(
                r"\b(?P<noun>[a-z]+) (?:and|or|but) (?P<adverb>a fortiori|especially|particularly|even|"
                r"above all|more broadly|more "
                rf"generally|also|mainly|then|now|therefore|notably|in particular) "
                rf"(?P<adjective>(?:{_NATIONS})|[a-z]+(?:al|ic|ary))"
                r"(?=[.,;:])"
            ),
            holds=stranded,
        ),
        Pattern(
            _rule("give-to", "minor", 0.64, "The object comes first in English: “{give} {whom}” comes last."),
            Later(
                rf"\b(?P<quoted>(?P<give>(?:{_GIVE}) to|reserves? for|reserved for) (?P<whom>(?:the|its|"
                rf"his|their|her) [a-z]+|[A-Z][a-z]+(?: [A-Z][a-z]+)?)) "
                r"(?:a|an|the|its|their|his|several|new|other) (?P<noun>[a-z]+)\b"
            ),
            holds=given,
            part="quoted",
        ),
        Pattern(
            _rule("to-not", "minor", 0.7, "English says “not to {verb}”."),
            Later(rf"\b(?:{_WILL}) (?P<quoted>to not (?P<verb>be|[a-z]+))\b(?! only\b)"),
            lambda m: f"not to {m['verb']}",
            lambda m: parts.can(m["verb"], "V"),
            "quoted",
            (" to not ",),
        ),
        Pattern(
            _rule("can-not", "minor", 0.55, "English writes “cannot”."),
            Later(r"\b(?P<quoted>[Cc]an not)(?! (?:only|just|simply|merely)\b)(?= [a-z]+)"),
            lambda m: f"{m['quoted'][0]}annot",
            part="quoted",
            words=("an not ",),
        ),
        Pattern(
            _rule(
                "what-says",
                "minor",
                0.76,
                "The verb stands before its subject, as in French: “ce que {verb} …”.",
            ),
            Later(
                r"\b(?:what|as|than) (?P<verb>calls|wants|thinks|hopes|denounces|fears|believes|claims|"
                r"proposes|demands|wishes|desires|recommends|underlines|explains) (?P<who>the "
                r"(?P<noun>[a-z]+)|[A-Z][a-z]+ [A-Z][a-z]+)\b"
            ),
            holds=lambda m: m["noun"] is None or (parts.first(m["noun"], "NP") and m["verb"] != "calls"),
        ),
        Pattern(
            _rule("two-modals", "major", 0.85, "Two verbs that cannot stand together: “{first} {second}”."),
            Later(
                r"(?<!the )(?<!own )(?<!free )(?<!last )(?<!political )(?<!of )(?<!ill )\b(?P<first>will|"
                r"would|shall|could|should|must) (?P<second>can|could|must|should|has|is|are|was|were|does|"
                r"did|will|would)\b(?! (?:not )?be\b|[’'])"
            ),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "adverbs, objects and verbs where French puts them: “has also a plan”, “gives to the men a reason”",
    _prepare,
    ("parts",),
)
