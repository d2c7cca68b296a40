"""Number carried over: plurals English does not have, adjectives with an -s, verbs that disagree."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Tables, passages, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Pattern, found
from aligntool.records import Bitext, Flag
from aligntool.spellings import dictionary

__all__ = ["PLUGIN"]

NAME = "agreement"


_rule = ruling(NAME, "agreement")


_WANTING = re.compile(r"\b(?:the|its?|his|her|their|our|your|my|these|those|of|on|for|with|some|many|few) $")
_NEXT = re.compile(
    r" (?!(?:of|in|on|at|for|and|or|to|from|by|with|is|are|was|were|has|have|will|that|who)\b)[a-z]"
)
_ADJECTIVE = _rule("adjective-plural", "minor", 0.91, "English adjectives have no plural: “{fix}”.")
_NATION = _rule("nation-plural", "minor", 0.9, "An adjective before its noun has no plural: “{fix}”.")
_MASS = _rule("mass-plural", "minor", 0.9, "“{word}” has no plural in English.")
_JOINED = _rule("joined-verb", "major", 0.66, "The subject is “{subject}”, so “{verb}” needs an -s.")

_NATIONS = (
    "Russian|American|European|Ukrainian|Israeli|Iranian|German|Korean|Indian|African|Palestinian|Syrian|"
    "Iraqi|Afghan|Hungarian|Serbian|Westerner|Arab|Egyptian|Saudi|Pakistani|Italian|Belarusian|Georgian|"
    "Armenian|Baltic|Balkan|Slav|Nordic|Asian|Canadian|Mexican|Cuban|Brazilian|Argentinian|Chilean|"
    "Colombian|Algerian|Tunisian|Libyan|Malian|Nigerian|Ethiopian|Kenyan|Somali|Moroccan|Austrian|Belgian|"
    "Norwegian|Bulgarian|Romanian|Lithuanian|Latvian|Estonian|Croatian|Moldovan|Azerbaijani|Kazakh|Uzbek|"
    "Mongolian|Indonesian|Malaysian|Australian|Muslim|Christian|Islamist|Jihadist|Catholic|Kurd|Houthi|"
    "Tibetan|Uyghur|Uighur|Caucasian|Siberian|Greek|Czech|Slovak|Turk|Persian"
)
_ADJECTIVES = {"Westerner": "Western", "Slav": "Slavic", "Kurd": "Kurdish", "Turk": "Turkish"}
_HEADS = (
    "country|countries|state|states|government|governments|army|armies|forces|troops|soldiers|president|"
    "presidents|leader|leaders|minister|ministers|authorities|diplomats|diplomacy|powers|economies|"
    "companies|company|regime|regimes|officials|regions|territory|territories|markets|elites|interests|"
    "officers|societies|people|peoples|allies|partners|banks|investors|media|citizens|tanks|missiles|ships|"
    "weapons|ambassadors?|counterparts?|sanctions|services|fighters|groups|militias|newspapers|industries|"
    "farmers|exports|imports|deputies|voters|experts|researchers|analysts|institutions|islands|cities|"
    "republics|borders|positions|attacks|strikes|losses|demands|negotiators|businesses|assets|nuclear"
)
_NATION_PLURAL = re.compile(
    rf"(?<![\w’'-])(?P<nation>{_NATIONS})s (?=(?:{_HEADS})\b(?!['’]| (?:the|a|this|its)\b))"
)
_NATION_BEFORE = re.compile(
    rf"\b(?:[Tt]he|[Tt]hese|[Ss]ome|[Mm]any|[Ss]everal|[Oo]ther|[Oo]f|[Aa]ll|[Bb]y|[Ww]ith|[Tt]wo) "
    rf"(?P<quoted>(?P<nation>{_NATIONS})s )(?=(?P<noun>[a-z]+s)\b)"
)
_CLASHES = _rule("clash", "major", 0.72, "“{noun}” is a plural, “{verb}” a singular.")
# “one of the countries says”, “what the allies wants”: only where nothing else can be the subject
_CLASH = re.compile(
    r"(?:(?:^|[.;:!?,] |\b(?:while|because|but|whose|when|although|since|if|as) )"
    r"(?:[Tt]he |[Tt]heir |[Ii]ts |[Ww]hose |[Hh]is )?(?:[a-z]+(?:al|ic|an|ese|ish|ive|ous) )?)"
    r"(?P<noun>[A-Za-z][a-z]+) (?P<verb>[a-z]+s)(?= (?:on|in|to|the|a|an|its|their|that|at|with|for)\b)"
)
_SINGLE = {
    "informations": "information",
    "advices": "advice",
    "equipments": "equipment",
    "softwares": "software",
    "hardwares": "hardware",
    "furnitures": "furniture",
    "luggages": "luggage",
    "feedbacks": "feedback",
    "knowledges": "knowledge",
    "weaponries": "weaponry",
    "homeworks": "homework",
    "machineries": "machinery",
    "evidences": "evidence",
    "researches": "research",
    "aircrafts": "aircraft",
    "spacecrafts": "spacecraft",
    "hovercrafts": "hovercraft",
    "medias": "media",
    "datas": "data",
    "phenomenons": "phenomena",
    "criterions": "criteria",
    "criterias": "criteria",
    "staffings": "staffing",
    "personnels": "personnel",
    "fundings": "funding",
    "violences": "violence",
    "traffics": "traffic",
    "connivances": "connivance",
    "logistic": "logistics",
    "progresses": "progress",
    "moneys": "money",
    "rubbishes": "rubbish",
    "leisures": "leisure",
    "poultries": "poultry",
    "cattles": "cattle",
    "sheeps": "sheep",
    "jewelries": "jewelry",
    "jewelleries": "jewellery",
    "baggages": "baggage",
    "expertises": "expertise",
    "assistances": "assistance",
    "interferences": "interference",
    "repressions": "repression",
    "militaries": "military",
    "unemployments": "unemployment",
    "knowhows": "know-how",
    "outskirt": "outskirts",
    "youths": "young people",
}
_SURE = frozenset(_SINGLE) - {
    "logistic",
    "progresses",
    "researches",
    "militaries",
    "outskirt",
    "youths",
    "moneys",
    "interferences",
    "repressions",
    "expertises",
    "medias",
    "datas",
    "personnels",
}
_MASS_PLURAL = re.compile(rf"(?<![\w’'-])(?P<word>{'|'.join(sorted(_SURE))})(?![\w-])")
_LIKELY_PLURAL = re.compile(
    r"(?<![\w’'-])(?:the|these|those|many|several|some|such|their|its|of|new|numerous|various|other|his) "
    r"(?P<quoted>(?P<word>progresses|researches|interferences|repressions|expertises|medias|datas|"
    r"personnels))(?![\w-])"
)
_WORD = re.compile(r"(?<![\w’'@/.-])[a-z]{5,}s(?![\w’'@-]|\.\w)")
_SUBJECT = re.compile(
    r"(?:(?<=^)|(?<=[.!?”] )|(?<=, ))(?P<subject>(?:[Tt]he |[Tt]his |[Ii]ts )?[A-Z]?[\w’'-]+) "
    r"(?P<first>[a-z]+s) (?P<middle>[^.,;:!?()“”]{5,90}?) and (?P<verb>[a-z]{3,}) (?=(?:the|a|an|its|their|"
    r"his|her|this|these|armaments|weapons|large|more|to|on|in)\b)"
)
_BARE = re.compile(
    r"\b(?:to|can|could|will|would|may|might|must|should|shall|let|lets|help|helps|make|makes|do|does|did|"
    r"that|which|who|both|either|between|how|and|or|than|what|if|when|while|where)\b"
)


def _singular(m: re.Match[str]) -> str:
    return _SINGLE[m["word"]]


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(_MASS, _MASS_PLURAL, _singular),
    Pattern(
        _rule("mass-plural", "minor", 0.75, "“{word}” is hardly used in the plural."),
        _LIKELY_PLURAL,
        _singular,
        part="quoted",
    ),
    Pattern(
        _NATION,
        _NATION_PLURAL,
        lambda m: _ADJECTIVES.get(m["nation"], m["nation"]) + " ",
        lambda m: (
            re.search(
                r"\b(?:the|these|those|many|all|some|of|as for|several|between|with|by|for|other|"
                r"most) (?:\w+ )?$",
                m.string[max(0, m.start() - 24) : m.start()],
                re.IGNORECASE,
            )
            is not None
            or m.start() == 0
        ),
    ),
    Pattern(
        _rule("states-are", "minor", 0.72, "“the United States” takes a singular verb."),
        re.compile(
            r"\b(?P<state>[Tt]he (?:United States|Netherlands|United Arab Emirates|Philippines|United "
            r"Nations)) (?P<verb>have|are|were|do not|want|seek|remain|consider|refuse|continue|maintain|"
            r"seem|intend|need|support)\b"
        ),
        lambda m: {"have": "has", "are": "is", "were": "was", "do not": "does not"}.get(
            m["verb"], m["verb"] + "s"
        ),
        lambda m: (
            not re.search(
                r"\b(?:and|or|of|in|from|to|with|by|nor|than|at|for|between|across|on|outside|where|inside|"
                r"throughout|around|leaving|entering|visit\w*|countries like|that) $",
                m.string[max(0, m.start() - 16) : m.start()],
            )
        ),
        part="verb",
    ),
    Pattern(
        _rule("states-their", "minor", 0.7, "“the United States” is “it”: “its”."),
        re.compile(
            r"\bUnited States and (?P<quoted>their)(?= (?:own |main |closest |European |Western |"
            r"Asian |Arab |new |old )?(?:allies|partners?|army|friends|interests|president|allied|"
            r"forces|ally|troops|companies|dollar|economy|bases)\b)"
        ),
        lambda _: "its",
        part="quoted",
    ),
)


def _alone(text: str, m: re.Match[str]) -> bool:
    """Whether a word stands as a noun, behind a word that wants one and before none: “its effectives”."""
    wanting = _WANTING.search(text, max(0, m.start() - 12), m.start())
    return wanting is not None and not _NEXT.match(text, m.end())


def _adjectives(passage: Passage, parts: Parts, known: frozenset[str]) -> Iterator[Flag]:
    """Adjectives that were given a plural: “joint land and navals exercises”."""
    for m in _WORD.finditer(passage.text):
        word = m.group()
        stem = word[:-1]
        if word not in known and not parts[word] and parts.only(stem, "A") and not _alone(passage.text, m):
            yield _ADJECTIVE.on(passage, m.start(), m.end(), stem)


def _nations(passage: Passage, parts: Parts) -> Iterator[Flag]:
    """Peoples in the plural before a plural noun: “the Russians oligarchs”."""
    for m in _NATION_BEFORE.finditer(passage.text):
        if parts.only(m["noun"], "P") and m["noun"] not in _HEADS.split("|"):
            fix = _ADJECTIVES.get(m["nation"], m["nation"]) + " "
            yield _NATION.on(passage, m.start("quoted"), m.end("quoted"), fix)


def _clashing(passage: Passage, parts: Parts) -> Iterator[Flag]:
    """A plural noun before a verb in the singular: “whose economies depends on gas”."""
    for m in _CLASH.finditer(passage.text):
        if parts.only(m["noun"], "P") and "Z" in parts[m["verb"]] and not parts.can(m["verb"], "NPA"):
            yield _CLASHES.on(passage, m.start("noun"), m.end("verb"), None, noun=m["noun"], verb=m["verb"])


def _joined(passage: Passage, parts: Parts) -> Iterator[Flag]:
    """“China takes … and buy”: the second verb has lost its ending."""
    for m in _SUBJECT.finditer(passage.text):
        named = m["subject"][0].isupper() and " " not in m["subject"]
        first = "Z" in parts[m["first"]] and (named or not parts.can(m["first"], "NPA"))
        verb = parts[m["verb"]]
        if first and verb[:1] == "V" and not _BARE.search(m["middle"]):
            yield _JOINED.on(
                passage, m.start("verb"), m.end("verb"), None, subject=m["subject"], verb=m["verb"]
            )


def _prepare(tables: Tables) -> Finder:
    parts = parts_of(tables["parts"])
    known = dictionary(tables["spelling"])

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from found(passage, _PATTERNS)
            yield from _adjectives(passage, parts, known)
            yield from _joined(passage, parts)
            yield from _nations(passage, parts)
            yield from _clashing(passage, parts)

    return find


PLUGIN = Check(
    NAME,
    "agreement",
    "strict",
    "plurals English does not have, adjectives with a plural, verbs that disagree",
    _prepare,
    ("parts", "spelling"),
)
