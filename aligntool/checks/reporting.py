"""Verbs that tell who speaks, put over from French: ““We wait”, slices an officer”, launched, lets go."""

import re
from collections.abc import Mapping

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "reporting"

# French verb: what machines make of it, and what an English paper writes in the same tense
_PRESENT: Mapping[str, tuple[str, str]] = {
    "trancher": ("slices?|cuts|settles|tranches", "says bluntly"),
    "lâcher": ("looses?|lets go|let go|drops|releases|leaves out", "says"),
    "lancer": ("launch|launches|throws|lances|initiates", "says"),
    "pester": ("plagues?|pests?|curses himself", "fumes"),
    "résumer": ("resumes?|abstracts?", "sums up"),
    "préciser": ("precises?", "specifies"),
    "glisser": ("slips|glides|slides|slip in", "confides"),
    "souffler": ("blows|puffs|prompts", "whispers"),
    "tempêter": ("storms|tempests", "fumes"),
    "nuancer": ("nuances?|shades", "qualifies"),
    "marteler": ("hammers|martels", "insists"),
    "asséner": ("strikes|deals|assenes|asserts itself", "asserts"),
    "avancer": ("advances|moves forward", "suggests"),
    "abonder": ("abounds", "agrees"),
    "renchérir": ("outbids|raises|bids up", "adds"),
    "ironiser": ("ironizes|ironises", "quips"),
    "poursuivre": ("pursues|prosecutes|sues", "goes on"),
    "enchaîner": ("chains|enchains|connects|strings", "goes on"),
    "reprendre": ("takes back|takes up|retakes", "goes on"),
    "juger": ("judges", "says"),
    "estimer": ("estimates|esteems", "believes"),
    "confier": ("entrusts", "confides"),
    "détailler": ("details", "explains"),
    "pointer": ("points|tips", "points out"),
    "relever": ("raises|relieves", "notes"),
    "assurer": ("assures|ensures|insures", "maintains"),
    "rétorquer": ("retorques", "retorts"),
    "répliquer": ("replicates|replicas", "replies"),
    "s’interroger": (
        "(?:questions|interrogates|asks|wonders) (?:himself|herself|itself|themselves)",
        "wonders",
    ),
    "s’inquiéter": ("worries (?:himself|herself|itself)", "worries"),
    "s’exclamer": ("(?:exclaims|cries|shouts) (?:himself|herself|itself)", "exclaims"),
    "se souvenir": ("remembers (?:himself|herself|itself)|remembers itself", "recalls"),
    "se réjouir": ("rejoices (?:himself|herself|itself)", "says happily"),
    "se féliciter": (
        "congratulates (?:himself|herself|itself)|welcomes (?:himself|herself|itself)",
        "says proudly",
    ),
    "s’indigner": ("indignates|is indignant|indignates (?:himself|herself)", "protests"),
    "s’amuser": ("has fun|amuses (?:himself|herself|itself)", "says with a smile"),
}
_PAST: Mapping[str, tuple[str, str]] = {
    "lancer": ("launched|threw", "said"),
    "lâcher": ("loosed|let go|dropped|released", "said"),
    "trancher": ("sliced|decided|cut", "said bluntly"),
    "glisser": ("slipped|slid", "confided"),
    "souffler": ("blew", "whispered"),
    "avancer": ("advanced", "suggested"),
    "poursuivre": ("pursued", "went on"),
    "estimer": ("estimated|esteemed", "said"),
    "juger": ("judged", "said"),
    "préciser": ("precised", "specified"),
    "résumer": ("resumed", "summed up"),
    "confier": ("entrusted", "confided"),
    "marteler": ("hammered", "insisted"),
    "nuancer": ("nuanced", "qualified"),
}
_WHO = (
    r"(?=(?:[A-ZÉ][\w’'-]+|he|she|they|we|one of|an? [a-z]+|the [a-z-]+|this [a-z]+|another|our|his|her|"
    r"their|several|many|some)\b)"
)
_CLOSED = r"(?:(?<=[”\"»] )|(?<=[”\"»],)|(?<=[”\"»], )|(?<=[”\"»] ,)|(?<=[”\"»] , ))"
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]*)[”\"»][ ,]*(?:he |she |they )?$")
_SPOKEN = 4
"""Words a quotation has at least: fewer are a title, and what follows is what it does."""

_REACH = 400

_rule = ruling(NAME, "calque")


def _spoken(m: re.Match[str]) -> bool:
    """Whether what is quoted before the verb was said, and is no title."""
    quoted = _QUOTED.search(before(m, _REACH))
    return quoted is None or len(quoted[1].split()) >= _SPOKEN


def _told(original: str, said: str, right: str) -> Pattern:
    words = tuple(dict.fromkeys(re.sub(r"[(?].*", "", one)[:4] for one in said.replace("(?:", "").split("|")))
    rule = _rule("verb", "major", 0.84, f"“{{verb}}” seems to be French “{original}”: “{right}”.")
    after = r"(?=[,.:;]| (?:with|under|in|to|at|on|from|of|by|when|while|before|after)\b)"
    return Pattern(
        rule,
        Later(
            rf"{_CLOSED}(?:(?P<who>he|she|they) (?=(?:{said}){after})|(?=(?:{said}) {_WHO}))(?P<verb>{said})"
        ),
        lambda _: right,
        _spoken,
        "verb",
        words,
    )


_PATTERNS = tuple(
    _told(original, said, right) for verbs in (_PRESENT, _PAST) for original, (said, right) in verbs.items()
)

_PERFECT = Pattern(
    _rule("perfect", "minor", 0.86, "A reporting verb stands in the simple past: “{fix}”.", "grammar"),
    Later(
        rf"{_CLOSED}(?P<quoted>(?:has|have) (?P<verb>said|repeated|declared|added|explained|stated|"
        rf"announced|recalled|concluded|confirmed|promised|assured|written|warned|estimated|insisted|"
        rf"admitted|replied|answered|commented)) {_WHO}"
    ),
    lambda m: "wrote" if m["verb"] == "written" else m["verb"],
    part="quoted",
    words=("has ", "have "),
)


def _prepare(_: object) -> Finder:
    return pattern_finder((*_PATTERNS, _PERFECT))


PLUGIN = Check(
    NAME,
    "calque",
    "normal",
    "verbs that tell who speaks, put over from French: ““We wait,” slices an officer”",
    _prepare,
)
