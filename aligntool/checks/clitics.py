"""French pronouns and inverted clauses, word for word: 2,500 of it, whose falls the price."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import START, Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "clitics"
_GIVING = (
    "give|gives|gave|given|take|takes|took|sell|sells|sold|buy|bought|eat|eats|ate|drink|say|says|send|sends"
)
_HAVE = "is|are|was|were|has|have|had|will|would|can|could|does|did|do|must|should"
_TALK = "say|said|says|tell|tells|told|think|thinks|believe|believes"
_ONE_OF = re.compile(
    r"\b(?:one|many|some|any|none|each|those|number|series|set|kind|list|group|two|of) (?:of )?(?:[\w’-]+ "
    r"){0,4}$"
)
_AFTER_PREPOSITION = re.compile(
    r"\b(?:to|with|for|of|from|by|about|between|against|at|on|like|than|and|or) [^,]{1,30}$"
)

_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def inverted(m: re.Match[str]) -> bool:
        """A plural that cannot be the subject of its relative clause: “canvases that counts the museum”."""
        told = parts.first(m["plural"], "P") and parts.can(m["verb"], "Z") and parts.first(m["noun"], "N")
        return told and not parts.can(m["noun"], "A") and _ONE_OF.search(before(m)) is None

    def owner(m: re.Match[str]) -> bool:
        return parts.can(m["verb"], "Z") and parts.first(m["noun"], "NP")

    def fronted(m: re.Match[str]) -> bool:
        told = parts.first(m["noun"], "NP") and (parts.can(m["verb"], "VZD"))
        return told and m["verb"] not in _TALK.split("|")

    return (
        Pattern(
            _rule("of-it", "major", 0.8, "“Of it” behind a number is French “en”: English leaves it out."),
            Later(
                r"\b(?:\d[\d,.]*\d|\d|two|three|four|five|six|ten|twenty|a hundred|a thousand|several|many|"
                r"(?:a )?dozens?|hundreds|thousands|millions) (?P<quoted>of it)(?=[,.;:!?”\"]| (?:already|"
                r"left|today|now|more)\b|$)"
            ),
            part="quoted",
            words=(" of it",),
        ),
        Pattern(
            _rule("of-it", "major", 0.8, "“{verb} of it” is French “en”: English says “some” or nothing."),
            Later(
                rf"\b(?P<verb>{_GIVING}) (?P<quoted>of it)(?= (?:to|more|less|nothing|enough|too much|"
                rf"again)\b|[.!?]”)"
            ),
            part="quoted",
            words=(" of it",),
        ),
        Pattern(
            _rule(
                "whose-verb",
                "major",
                0.86,
                "Behind “whose” the owned thing comes first: “whose {noun} {verb}”.",
            ),
            Later(
                r"\b(?P<quoted>whose (?P<verb>[a-z]+s) (?:the|an?|its|his|their) "
                r"(?P<noun>[a-z]+))(?=[,.;:)]| (?:of|in|to|for|and|by)\b)"
            ),
            lambda m: f"whose {m['noun']} {m['verb']}",
            owner,
            "quoted",
            ("whose ",),
        ),
        Pattern(
            _rule(
                "relative-inverted",
                "major",
                0.74,
                "The verb stands before its subject, as in French: “{plural} that the {noun} {verb}”.",
            ),
            Later(
                r"\b(?P<plural>[a-z]+s) (?P<quoted>(?:that|which) (?P<verb>[a-z]+s) the "
                r"(?P<noun>[a-z]+))(?=[,.;:)]| (?:of|in|to|for|and|by)\b)"
            ),
            lambda m: f"that the {m['noun']} {m['verb']}",
            inverted,
            "quoted",
            (" that ", " which "),
        ),
        Pattern(
            _rule(
                "fronted-object",
                "major",
                0.82,
                "“{front}, {who} {verb} {it}” says the object twice, as French does.",
            ),
            Later(
                rf"{START}(?P<quoted>(?P<front>(?:The|This|These|Those|Its|His|Her|Their|Our|My|That) "
                rf"(?:[a-z]+ )?(?P<noun>[a-z]+)), "
                r"(?P<who>he|she|it|they|we|I|you|one) (?:will |would |also |already |never |always "
                r")?(?P<verb>[a-z]+) (?P<it>it|them|him|her))(?=[.,;:!?]| (?:elsewhere|well|too|already|"
                r"also|in|on|at|to|with|as|for|from|every|since)\b)"
            ),
            holds=fronted,
            part="quoted",
            words=(" it", " them", " him", " her"),
        ),
        Pattern(
            _rule(
                "apart-pronoun",
                "major",
                0.85,
                "The pronoun set apart, “, {pronoun},”, is French “lui” or “elle”.",
            ),
            Later(
                rf"(?:(?<=[a-z])|(?<=[A-Z]{{3}}))(?P<quoted>, (?P<pronoun>him|them|her|me|he|she|they|"
                rf"it|itself),)(?= (?:{_HAVE}|"
                r"never|always|also|still|observe|remain|prefer|want|hope|fear|refuse|wait|continue|"
                r"believe|see|think|know|seem|[a-z]+s)\b)"
            ),
            lambda _: "",
            lambda m: _AFTER_PREPOSITION.search(before(m)) is None,
            "quoted",
            (", it,", ", itself,", ", he,", ", she,", ", they,", ", him,", ", her,", ", them,", ", me,"),
        ),
        Pattern(
            _rule(
                "repeats-him",
                "major",
                0.86,
                "“{verb} {whom}” behind a quotation is “… -t-il”: “he {verb}”.",
            ),
            Later(
                r"(?:(?<=[”\"»] )|(?<=[”\"»],)|(?<=[”\"»], )|(?<=[”\"»] , ))(?P<quoted>(?P<verb>says|"
                r"repeats|adds|sighs|explains|recalls|insists|notes|continues|concludes|laughs|smiles|"
                r"confides|regrets|believes|protests|jokes|said|added|repeated|explained|sighed|concluded|"
                r"continued) (?P<whom>him|them|us))(?=[.,;])"
            ),
            lambda m: f"{({'him': 'he', 'them': 'they', 'us': 'we'})[m['whom']]} {m['verb']}",
            part="quoted",
            words=(" him", " them", " us"),
        ),
        Pattern(
            _rule("says-in", "minor", 0.78, "“En” before a participle is a comma in English: “…, {doing}”."),
            Later(
                r"\b(?:say|says|said|explains|explained|adds|added|confides|confided|repeats|repeated|"
                r"concludes|concluded|answers|answered|replies|replied|asks|asked|(?:he|she) (?:says|adds|"
                r"explains)) (?P<quoted>in (?P<doing>smiling|laughing|sighing|shrugging|removing|pointing|"
                r"raising|shaking|waving|lighting|looking|nodding|weeping|crying|crossing|lowering|showing|"
                r"wiping|stroking|turning|leaning|spreading|opening (?=his|her)|closing (?=his|her)))"
            ),
            lambda m: m["doing"],
            part="quoted",
            words=(" in ",),
        ),
        Pattern(
            _rule("accede-to-it", "minor", 0.82, "“One {verb} it” is “on y …”: English uses the passive."),
            Later(
                r"(?:(?:^|[.,;:] |and )[Oo]ne) (?P<verb>accedes to|gets to|arrives (?:to|at)|goes to) "
                r"(?:it|there)\b"
            ),
            words=("ne accedes", "ne gets to", "ne arrives", "ne goes to"),
        ),
        Pattern(
            _rule(
                "there-object",
                "minor",
                0.8,
                "“{verb} there” with its object behind is French “y”: “in it”.",
            ),
            Later(
                r"\b(?P<quoted>(?:[Ss]he|[Hh]e|[Ii]t|[Tt]hey) (?:\w+ly )?(?P<verb>accuses?|denounces?|"
                r"evokes?|describes?|explains?|sees?|recounts?|defends?|criticizes?|criticises?|tells?|"
                r"develops?|finds?|mentions?|proposes?|exposes?|adds?) there) (?=(?:the|an?|his|her|its|"
                r"their|no|above all|rather|only) [a-z]+)"
            ),
            part="quoted",
            words=(" there ",),
        ),
        Pattern(
            _rule(
                "body-apart",
                "minor",
                0.74,
                "“The {part} …” behind a comma is French: “his or her {part} …”.",
            ),
            Later(
                r"(?<=[a-z”\"]), (?P<quoted>the (?:[a-z]+ )?(?P<part>eyes|eyelashes|hands?|arms|fists|gaze|"
                r"eyebrows|hair|lips|cheeks|fingers|legs|shoulders|forehead|jaw)(?: (?:closed|raised|"
                r"crossed|clenched|tied|lowered|full|wide|fixed|red|wet|turned|open|in (?:his|her|their|"
                r"the) [a-z]+|on (?:his|her|their|the) [a-z]+))?)(?=[,.;:]|$)"
            ),
            holds=lambda m: (
                re.search(
                    r"\b(?:the|his|her|their) [\w ]{2,25}$",
                    before(m).rpartition(",")[2] if before(m).count(",") else "",
                )
                is None
                and re.match(r"[^.]{0,40}(?:, the| and the|,? or )", m.string[m.end() :]) is None
            ),
            part="quoted",
            words=(", the ",),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "French pronouns and inverted clauses put over word for word: 2,500 of it, whose falls the price",
    _prepare,
    ("parts",),
)
