"""How clauses are joined in French: want that they leave, without that he knows, as soon as 2014."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import MONTHS, START, Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "clauses"
_WHO = r"(?:the|he|she|it|they|we|you|there|this|these|his|its|their|no|[A-Z][\w’-]+)"
_POWERS = (
    "Russia|China|Moscow|Beijing|Washington|Paris|London|Berlin|Europe|Ukraine|Kyiv|Iran|Turkey|Israel|"
    "people|companies|states|countries"
)


_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def base(m: re.Match[str]) -> bool:
        return parts.first(m["verb"], "V") and not parts.can(m["verb"], "NA")

    def finite(m: re.Match[str]) -> bool:
        told = parts.can(m["verb"], "ZD") or m["verb"] in {"is", "are", "has", "have", "was", "were", "will"}
        return told and re.search(r"\b(?:that|when|if|so|such|because|not only|to say)\b", m.group()) is None

    def participle(m: re.Match[str]) -> bool:
        return parts.can(m["done"], "E") and parts.first(m["noun"], "NP")

    return (
        Pattern(
            _rule("want-that", "major", 0.9, "“{want} that” is “vouloir que”: English says “{want} … to …”."),
            Later(
                rf"\b(?P<want>wants?|wanted|would like|would have liked|waits?|waited|waiting) "
                rf"(?P<that>that) (?={_WHO}\b)"
            ),
            words=("want", "like", "wait"),
        ),
        Pattern(
            _rule(
                "prevent-that",
                "major",
                0.88,
                "“{prevent} that” is “éviter que”: English says “{prevent} … from …ing”.",
            ),
            Later(
                rf"\b(?P<prevent>(?:prevent|avoid)(?:s|ed|ing)?|allow(?:s|ed)?) that "
                rf"(?={_WHO}\b)(?!the (?:fact|most)\b)"
            ),
            words=("prevent", "avoid", "allow"),
        ),
        Pattern(
            _rule("conjunction-that", "major", 0.85, "“{word}” joins its clause without “that”."),
            Later(
                r"(?<!at )(?<!than )\b(?P<word>[Ww]ithout|[Ww]hile|[Uu]ntil|[Aa]lthough|[Uu]nless|[Ee]ven "
                r"if|[Bb]ecause|[Aa]s soon as|[Aa]s long as|[Ww]hereas|[Oo]nce|[Ee]ven though) "
                r"(?P<that>that )(?=(?:the|he|she|they|we|these|those|his|its|their) )"
            ),
            lambda _: "",
            part="that",
            words=(" that ",),
        ),
        Pattern(
            _rule(
                "without-that",
                "major",
                0.86,
                "“Sans que l’on” is “without … -ing” or “and nobody …”.",
                "calque",
            ),
            Later(
                r"\b(?:[Ww]ithout that)(?= (?:one|we|you|this|that|nobody|anyone|anybody|[A-Z][a-z]+) "
                r"[a-z]+)"
            ),
            words=("ithout that ",),
        ),
        Pattern(
            _rule("make-to", "major", 0.8, "“{make}” takes no “to” before its infinitive."),
            Later(
                rf"\b(?P<make>make|makes|made|making|let|lets|letting) (?:him|them|her|us|me|"
                rf"{_POWERS}) (?P<to>to )(?P<verb>[a-z]+)\b"
            ),
            lambda _: "",
            lambda m: base(m) and re.search(r"\b(?:is|are|was|were|be|been|being) $", before(m, 6)) is None,
            "to",
            (" to ",),
        ),
        Pattern(
            _rule(
                "whatever-be", "minor", 0.85, "“quel que soit” is “whatever” with no verb before its noun."
            ),
            Later(
                r"\b(?P<whatever>[Ww]hatever) (?P<be>(?:be|is|are|was|were|may be) )(?=(?:the|its|"
                r"his|their) [a-z]+)"
            ),
            lambda _: "",
            part="be",
            words=("hatever ",),
        ),
        Pattern(
            _rule("soon-as", "minor", 0.88, "“dès” before a time is “as early as”, not “as soon as”."),
            Later(
                rf"\b(?P<as>[Aa])s (?P<soon>soon) as (?=(?:in |on )?(?:(?:19|20)\d\d\b|(?:Mon|Tues|Wednes|"
                rf"Thurs|Fri|Satur|Sun)day|(?:{MONTHS})\b|the (?:beginning|start|next day|end|day after|"
                rf"morning|first (?:days|weeks|hours|months|day))\b|"
                r"yesterday|next (?:week|month|year)\b|this (?:week|year|summer|morning)\b))"
            ),
            lambda _: "early",
            part="soon",
            words=("s soon as ",),
        ),
        Pattern(
            _rule("or-where", "critical", 0.85, "“ou est-ce” was read as “où”: “or is it …?”"),
            Later(
                r"(?<=[a-z] )(?P<where>where) (?:is|are|was|does|has|do) (?:it|this|that|he|she|they) "
                r"(?:an?|not|only|just|simply|rather|really) [^?.!]{2,120}\?"
            ),
            lambda _: "or",
            lambda m: (
                re.search(
                    r"\b(?:[Bb]ut|[Aa]nd|[Ss]o|[Yy]et|[Tt]hen|know|knows|ask|asks|asked|"
                    r"wonder|see) $",
                    before(m, 8),
                )
                is None
            ),
            "where",
            (" where ",),
        ),
        Pattern(
            _rule(
                "splice",
                "minor",
                0.68,
                "Two sentences are joined by a comma alone: “; {it}” or “and {it}”.",
                "punctuation",
            ),
            Later(
                rf"{START}(?:(?:The|This|Its|His|Their) [a-z]+|[A-Z][\w’-]+) (?:has|have|is|are|was|"
                rf"were) (?!said|added|about)"
                r"[^,.;:!?“”()]{5,70}(?P<quoted>, (?P<it>it|they|he|she)) (?P<verb>[a-z]+)(?: "
                r"[^,.;:!?]{3,})\."
            ),
            holds=finite,
            part="quoted",
            words=(", it ", ", they ", ", he ", ", she "),
        ),
        Pattern(
            _rule("which-the", "major", 0.8, "“Dont” with what is owned is “whose”: “whose {owned}”."),
            Later(
                r"(?<=[\w”],) (?P<quoted>which the) (?P<owned>[a-z]+) (?=(?:is|are|was|were|remains?|"
                r"remained|seems?|exceeds?|reaches|amounts?|consists?|dates?)\b)(?![a-z]+ (?:[a-z]+ly "
                r")?[a-z]+(?:ing|ed)\b)(?![^,.;]{0,60} (?:for|of|about|with|to|in|on)[,.;])"
            ),
            lambda _: "whose",
            part="quoted",
            words=(" which the ",),
        ),
        Pattern(
            _rule("whose-name", "major", 0.84, "“Dont” is “of which” here: {name} belongs to nobody."),
            Later(
                r"(?<=[\w”]), (?P<quoted>whose) (?=(?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?) (?:is|are|was|"
                r"were|constitutes|represents|remains|forms|has|had)\b)"
            ),
            lambda _: "of which",
            part="quoted",
            words=(", whose ",),
        ),
        Pattern(
            _rule("do-not-after-to", "major", 0.88, "An infinitive is denied with “not to”."),
            Later(r"(?<![\w-])(?P<quoted>to (?:do not|don[’']t)) (?=(?!and\b|or\b|list)[a-z]+)"),
            lambda _: "not to",
            part="quoted",
            words=("to do not ", "to don"),
        ),
        Pattern(
            _rule("asked-straight", "major", 0.82, "A question turns verb and subject round.", "grammar"),
            Later(
                rf"{START}(?P<quoted>(?:How|Why|When|Where|What) (?!the (?:hell|fuck|heck|devil)\b)(?:the|"
                rf"your|our|his|her|their|its|these|those|this) "
                r"[a-z]+(?: [a-z]+)? (?:have|has|is|are|was|were|can|could|will|would|do|does|did|should|"
                r"must))(?= [^.?!]{3,90}\?)"
            ),
            part="quoted",
            words=("How ", "Why ", "When ", "Where ", "What "),
        ),
        Pattern(
            _rule(
                "since-participle",
                "minor",
                0.66,
                "What lasts since then is “in place since” or “that has been {done} since”.",
            ),
            Later(
                r"\b(?P<noun>[a-z]+) (?P<done>established|installed|instituted|imposed|led|conducted|"
                r"pursued|practised|practiced|observed|stopped|arrested|closed|blocked|suspended|begun|"
                r"initiated|undertaken|engaged|carried out|held|governed|ruled) (?P<since>since (?=(?:19|"
                r"20)\d\d|the (?:end|fall|start|beginning|war|invasion|coming|arrival|early|19)|last |"
                rf"(?:{MONTHS})\b))"
            ),
            holds=participle,
            words=(" since ",),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "clauses joined as in French: want that they leave, without that he knows, as soon as 2014, a comma "
    "splice",
    _prepare,
    ("parts",),
)
