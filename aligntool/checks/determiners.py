"""Articles where French has them and English none, and the reverse: a support, “Anna Berg, researcher at”."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.inflection import article
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "determiners"
# trades of which there are many: a title such as “director of” may stand bare
_TRADES = (
    "researcher|analyst|specialist|expert|historian|economist|sociologist|journalist|lecturer|"
    "political scientist|consultant|lawyer|engineer|teacher|geographer|sinologist|adviser|advisor|"
    "correspondent|essayist|philosopher|demographer|anthropologist|geopolitician|reporter|novelist|"
    "associate researcher|research associate"
)
_NATIONS = (
    "American|Chinese|Russian|Western|French|British|European|Ukrainian|German|Iranian|Turkish|Israeli|"
    "Indian|Japanese|Soviet|Arab|Saudi|African"
)
_DEGREES = (
    "implicit|explicit|strong|massive|unconditional|unwavering|military|diplomatic|financial|political|"
    "economic|open|full|tacit|clear|direct|active|important|real|humanitarian|indirect|total|logistical|"
    "popular|unfailing|material|moral"
)

# who or what holds a role: “its role of mediator”, “its status of hegemonic currency”
_HOLDER = re.compile(
    r"\w+(?:er|or|ist|ian|man|woman)|currency|superpower|hegemon|pariah|rival|hub|president|capital|"
    r"scapegoat|hero|heroine|champion|bridge|king|queen|intermediary|hostage|candidate|tyrant|model|"
    r"laboratory|fortress|outsider"
)


_rule = ruling(NAME, "grammar")


def _a(m: re.Match[str]) -> str:
    return f"{article(m['trade'])} {m['trade']}"


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def adjective(m: re.Match[str]) -> bool:
        return parts.first(m["adjective"], "A") and parts.can(m["noun"], "N")

    def office(m: re.Match[str]) -> bool:
        counted = parts.only(m["noun"], "N") and _HOLDER.fullmatch(m["noun"]) is not None
        kind = m["adjective"].strip()
        return counted and (not kind or parts.first(kind, "AN") or kind.endswith(("ic", "al", "ive")))

    return (
        Pattern(
            _rule("bare-trade", "minor", 0.66, "A trade after a name takes its article: “{fix}”."),
            Later(
                rf"(?<=[\w’-]), (?P<trade>{_TRADES}) (?=(?:at|in|of|for|with|on|to|and|who|from|responsible|"
                r"speciali[sz]ing|speciali[sz]ed|attached|based|associated|affiliated)\b)"
            ),
            _a,
            lambda m: re.search(r"[A-Z][\w’-]+$", before(m, 30)) is not None,
            "trade",
        ),
        Pattern(
            _rule("a-support", "minor", 0.75, "“support” takes no “a” in English."),
            Later(
                rf"(?<![\w’'-])(?P<article>[Aa]n? )(?P<rest>(?:very |more |less |almost )?(?:{_DEGREES}) "
                r"support)(?=[.,;:!?)]|$| (?:to|for|from|of|by|in|that|which|and)\b)"
            ),
            lambda m: m["rest"],
            words=(" support",),
        ),
        Pattern(
            _rule("nation-influence", "minor", 0.7, "English puts no article here: “{nation} {noun}”."),
            Later(
                rf"\b(?P<the>the )(?P<nation>{_NATIONS}) (?P<noun>influence|hegemony|domination|diplomacy|"
                r"expansionism|imperialism|interference|omnipotence|supremacy|soft power|military power)"
                r"(?=[.,;:!?)]|$| (?:is|was|has|will|would|and|which|that|by|through|at)\b)"
            ),
            lambda m: f"{m['nation']} {m['noun']}",
        ),
        Pattern(
            _rule("most-part", "minor", 0.9, "English says “most of”."),
            Later(
                r"\bthe (?:most|biggest|largest|greatest) part of (?=the |its |his |their |this |these |"
                r"us\b|them\b)"
            ),
            lambda _: "most of ",
            words=(" part of ",),
        ),
        Pattern(
            _rule("dozen-of", "minor", 0.85, "“{number} of” needs “the” or a pronoun: “{number} {noun}”."),
            Later(
                r"(?<![\w’'-])(?P<number>(?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal) (?:hundred|thousand|"
                r"dozen|million)) (?P<of>of )(?P<noun>[a-z]+)\b"
            ),
            lambda _: "",
            lambda m: parts.only(m["noun"], "P") and m["noun"] not in {"these", "those", "its", "his"},
            "of",
            ("hundred of ", "thousand of ", "dozen of ", "million of "),
        ),
        Pattern(
            _rule(
                "status-of", "minor", 0.72, "Of who or what holds it English says “{status} as”: “{fix} …”."
            ),
            Later(
                r"\b(?:its|his|their|her) (?P<status>status|role|position|function|reputation|rank|image|"
                r"vocation) (?P<of>of) (?P<adjective>(?:(?!an? |the |its |his )[a-z]+ "
                r")?)(?P<noun>[a-z]+)(?=[.,;:]| (?:in|on|to|that|which|for|with|within|between|and)\b)"
            ),
            lambda m: f"as {article(m['adjective'] + m['noun'])}",
            office,
            "of",
            (" of ",),
        ),
        Pattern(
            _rule("share", "minor", 0.82, "English says “{fix}”."),
            Later(r"(?<!other )\bthe (?P<share>half|quarter|third) of (?=the |its |his |their |all )"),
            lambda m: {"half": "half of ", "quarter": "a quarter of ", "third": "a third of "}[m["share"]],
            words=(" half of ", " quarter of ", " third of "),
        ),
        Pattern(
            _rule("a-such", "minor", 0.88, "English says “{fix} {next}”."),
            Later(r"(?<![\w’'-])(?P<quoted>[Aa]n? such) (?!as\b|an?\b|thing\b|like\b)(?P<next>[a-z]+)\b"),
            lambda m: f"{'Such' if m['quoted'][0] == 'A' else 'such'} {article(m['next'])}",
            part="quoted",
            words=(" such ",),
        ),
        Pattern(
            _rule("a-so", "minor", 0.82, "English says “{fix}”."),
            Later(r"(?<![\w’'-])a (?P<degree>so|too|as) (?P<adjective>[a-z]+) (?P<noun>[a-z]+)\b(?! as\b)"),
            lambda m: f"{m['degree']} {m['adjective']} {article(m['noun'])} {m['noun']}",
            adjective,
            words=("a so ", "a too ", "a as "),
        ),
        Pattern(
            _rule("whose-the", "major", 0.9, "“whose” takes no article: “dont le”."),
            Later(r"\b[Ww]hose (?P<quoted>(?:the|an?|its|their|his) )(?=[a-z])"),
            lambda _: "",
            part="quoted",
            words=("hose ",),
        ),
        Pattern(
            _rule("the-election", "minor", 0.84, "English names the thing: “the {poll} election”."),
            Later(
                r"\b[Tt]he (?P<quoted>(?P<poll>presidential|legislative|municipal|regional|senatorial)s?)"
                r"(?=[,.;:)]| of (?:19|20)\d\d| in (?:19|20)\d\d|$)"
            ),
            lambda m: f"{m['poll']} election",
            part="quoted",
            words=("presidential", "legislative", "municipal", "regional", "senatorial"),
        ),
        Pattern(
            _rule("head-of-the-state", "minor", 0.86, "A head of state has no article."),
            Later(r"\b(?:[Hh]eads?|[Cc]hiefs?) (?P<quoted>of the [Ss]tates?)\b(?! of| [A-Z]|[’'])"),
            lambda m: "of state" if m["quoted"].lower() == "of the state" else None,
            part="quoted",
            words=("of the State", "of the state"),
        ),
        Pattern(
            _rule("minister-of-the", "minor", 0.86, "A ministry of this kind has no article: “of {what}”."),
            Later(
                r"\b(?:[Mm]inist(?:er|ers|ry|ries)|[Ss]ecretary) of (?P<the>the )(?P<what>[Hh]ealth|"
                r"[Aa]griculture|[Jj]ustice|[Dd]efen[cs]e|[Cc]ulture|[Ee]ducation|[Ff]inances?|"
                r"[Tt]ransports?|[Ll]abou?r|[Ww]ork|[Ee]nergy|[Ff]isheries)\b"
            ),
            lambda _: "",
            part="the",
            words=(" of the ",),
        ),
        Pattern(
            _rule("the-north", "minor", 0.82, "“Le Nord-{land}” is “northern {land}”."),
            Later(r"\b[Tt]he (?P<quoted>(?P<side>North|South)-(?P<land>[A-Z][a-z]+))\b(?! [A-Z])"),
            lambda m: f"{m['side'].lower()}ern {m['land']}",
            lambda m: m["land"] not in {"West", "East", "Western", "Eastern", "South"},
            part="quoted",
            words=("he North-", "he South-"),
        ),
        Pattern(
            _rule("agreement-of", "minor", 0.8, "A place names it from in front: “the {place} {pact}”."),
            Later(
                r"\b[Tt]he (?P<quoted>(?P<pact>agreements?|accords?|summit|process|forum|talks) of "
                r"(?P<place>Algiers|Minsk|Vienna|Geneva|Oslo|Astana|Kyoto|Munich|Dayton|Abuja|Accra|Doha|"
                r"Cairo|Davos|Bratislava|Istanbul|Beijing|Moscow|Brussels|Paris|Pau|Evian|Sochi|Singapore|"
                r"Helsinki|Budapest))\b(?! and)"
            ),
            lambda m: f"{m['place']} {m['pact']}",
            part="quoted",
            words=(" of ",),
        ),
        Pattern(
            _rule("lack-of", "minor", 0.82, "English says “for lack of”."),
            Later(r"\bfor (?P<lack>lack) (?=(?!of\b|thereof\b|and\b|or\b)[a-z]{3,}\b)"),
            lambda _: "lack of",
            part="lack",
            words=("for lack ",),
        ),
        Pattern(
            _rule("the-some", "minor", 0.85, "Two determiners before one noun: “the {second}”."),
            Later(r"\b[Tt]he (?P<second>some|every|each|another|all the|any) (?=[a-z]{3,}\b)"),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "articles where French has them and English has none, and the reverse: a support, “Anna Berg, "
    "researcher at”",
    _prepare,
    ("parts",),
)
