"""What French says without a person, and how it says where and how often: “it exists a”, “euros by month”."""

import re

from aligntool.flags import Check, Finder, ruling
from aligntool.inflection import article
from aligntool.patterns import MONTHS, START, WEEKDAYS, Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "impersonals"
_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a "
    r"hundred|several|a few|some|many|\d[\d.,]*)"
)
_SPANS = "years?|months?|weeks?|days?|hours?|decades?|centuries"
_LENGTHS = "kilometres?|kilometers?|km|metres?|meters?|miles?"
# Trades that more than one person has: each needs its article.
_TRADES = (
    "actor|actress|analyst|archaeologist|architect|baker|biologist|butcher|carpenter|chemist|consultant|cook|"
    "dentist|doctor|driver|economist|electrician|employee|engineer|farmer|firefighter|fireman|fisherman|"
    "geographer|geologist|historian|journalist|labourer|lawyer|mason|mechanic|miner|musician|nurse|painter|"
    "peasant|pensioner|pharmacist|philosopher|photographer|physicist|physician|pilot|plumber|policeman|"
    "policewoman|political scientist|postman|psychiatrist|psychologist|researcher|sailor|salesman|saleswoman|"
    "scientist|searcher|shopkeeper|singer|sociologist|soldier|student|surgeon|teacher|trader|translator|"
    "truck driver|veterinarian|waiter|waitress|worker|writer"
)
_SCHOLARS = (
    r"[a-z]*(?:logist|nomist|icist|storian|opher|grapher|urgeon)|researcher|searcher|professor|lecturer|"
    r"teacher|"
    "journalist|engineer|doctor|scientist"
)
_HOUSES = (
    r"Museum|University|Institute|CNRS|College|Sorbonne|Observatory|Academy|Hospital|Faculty|School|"
    r"Centre|Center"
)

_ONES = (
    "assures|wants|says|said|denies|denied|fears|feared|hopes|hoped|knows|believes|prefers|admits|"
    "recogni[sz]es|insists|speaks|expects|thinks|wonders|notes|observes|refuses|confirms|explains|judges|"
    "estimates|announces|recalls|prepares|waits|did not|does not (?:want|hide|believe|know|say)|no longer"
)

_rule = ruling(NAME, "grammar")


def _trade(m: re.Match[str]) -> str:
    """The trade with its article, and with the name it has in English."""
    trade = "researcher" if m["trade"] == "searcher" else m["trade"]
    return f"{article(trade)} {trade}"


def _from(m: re.Match[str]) -> str:
    return f"{m['much']} {m['unit']} from"


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule("there-exists", "minor", 0.86, "“Il existe” is “there is” or “there exists”.", "calque"),
        Later(
            rf"(?:{START}|(?<=, )|(?<=that )|(?<=and )|(?<=but )|(?<=because ))(?P<it>[Ii]t) (?:already |"
            rf"also |"
            r"still )?(?P<exists>exists?|existed|subsists?|subsisted)"
            r"(?= (?:a|an|no|several|many|few|some|only|also|other|two|three|\d+) )"
        ),
        lambda m: ("There " if m["it"] == "It" else "there ") + _existing(m["exists"]),
        words=("t exist", "t subsist", "t also exist", "t still", "t already"),
    ),
    Pattern(
        _rule("span-that", "major", 0.84, "“Cela fait {many} que” is “for {many} …”.", "calque"),
        Later(
            rf"{START}(?:And |But |Now )?(?P<quoted>(?P<opening>[Ii]t(?: is|[’']s| has been| was)) (?:now |"
            rf"already |only |nearly |almost |more than )?(?P<many>{_COUNT} (?:{_SPANS})) that) (?=the|a|"
            rf"he|she|it|they|"
            r"we|I|his|her|their|our|nobody|no|nothing|[A-Z])"
        ),
        part="quoted",
        words=(" that ",),
    ),
    Pattern(
        _rule("ago", "major", 0.87, "“Il y a {much}” is “{much} ago”."),
        Later(
            rf"(?<=[a-z”\"] )(?P<quoted>there (?:is|are) (?P<much>(?:about |nearly |almost |more than |"
            rf"some |barely |hardly )?{_COUNT} (?:(?:million|thousand) )?(?:{_SPANS}))(?=[.,;:!?)”]|$| "
            rf"(?:in(?! between)|at|on|when|by|to the|"
            r"with|during|near)\b))"
        ),
        lambda m: f"{m['much']} ago",
        lambda m: (
            re.search(
                r"\b(?:that|if|where|whether|and|but|because|when|as|think|believe|say|says|know|"
                r"now|thinks|believes?|hopes?|feels?|found|claims?) $",
                before(m, 9),
            )
            is None
        ),
        "quoted",
        ("there is ", "there are "),
    ),
    Pattern(
        _rule("from-there", "major", 0.9, "“De là” is “from there” or “away”."),
        Later(rf"\b{_COUNT} (?:{_LENGTHS}) (?P<quoted>of (?P<there>there|here))\b"),
        lambda m: f"from {m['there']}",
        part="quoted",
        words=(" of there", " of here"),
    ),
    Pattern(
        _rule("at-distance", "minor", 0.88, "A distance stands without “at”, and is one “from” somewhere."),
        Later(
            rf"\b(?:is|are|was|were|lies|lie|lay|situated|located|lives?|lived|stands?|stood) (?:only |"
            rf"just |barely )?(?P<quoted>at (?:only |just |barely |less than |more than "
            rf")?(?P<much>{_COUNT}) (?P<unit>minutes?|hours?|steps|{_LENGTHS}) (?:of|from))(?= (?!age\b))"
        ),
        _from,
        part="quoted",
        words=(" at ",),
    ),
    Pattern(
        _rule("per", "minor", 0.87, "A rate is told with “a” or “per”: “{fix}”."),
        Later(
            r"\b(?:euros?|dollars?|pounds?|francs?|roubles?|yuan|cents|€|kilometres|kilometers|tonnes|tons|"
            r"hours|times|litres|liters|barrels|victims|deaths|passengers|visitors|[Oo]nce|[Tt]wice) "
            r"(?P<quoted>by (?P<unit>month|year|day|hour|week|person|inhabitant|kilo|tonne|litre|liter|"
            r"barrel|head|pupil|child|household|night|square metre|megawatt))\b(?![’'-]| (?:to|and|the)\b)"
        ),
        lambda m: f"{article(m['unit'])} {m['unit']}",
        part="quoted",
        words=(" by ",),
    ),
    Pattern(
        _rule("date-of", "minor", 0.86, "A date is “{fix}”."),
        Later(rf"\b(?P<quoted>[Tt]he (?P<day>\d{{1,2}}) of (?P<month>{MONTHS}))\b"),
        lambda m: f"{m['day']} {m['month']}",
        part="quoted",
        words=(" of ",),
    ),
    Pattern(
        _rule("trade", "minor", 0.87, "A trade takes its article: “{fix}”."),
        Later(
            r"\b(?:[Hh]e|[Ss]he|who|father|mother|husband|wife|son|daughter|brother|sister|[A-Z][a-zé]+) "
            r"(?:is|was|became|remained) (?:also |now |still )?"
            rf"(?P<quoted>(?P<trade>{_TRADES}))(?=[.;]| (?:at|in|for|with|of|since|by|from|on)\b|, (?:and|"
            rf"but|he|she)\b|"
            r" and (?:his|her)\b)"
        ),
        _trade,
        part="quoted",
        words=(" is ", " was ", " became ", " remained "),
    ),
    Pattern(
        _rule("at-the", "minor", 0.88, "One works “at” a place: “{scholar} at”."),
        Later(
            rf"\b(?P<scholar>{_SCHOLARS}),? (?P<quoted>to) (?=the (?:[A-Z][\w’-]+ ){{0,3}}(?:{_HOUSES})\b)"
        ),
        lambda _: "at",
        part="quoted",
        words=(" to the ",),
    ),
    Pattern(
        _rule("by-day", "minor", 0.84, "“D’ici {day}” is “by {day}”.", "calque"),
        Later(
            rf"\b(?P<quoted>(?P<from>[Ff]rom|[Oo]f) here(?: to)?) (?=(?P<day>(?:{WEEKDAYS}|{MONTHS}|20\d\d|"
            r"tomorrow|the (?:end|summer|autumn|winter|spring|beginning))\b))"
        ),
        lambda m: "By" if m["from"][0].isupper() else "by",
        part="quoted",
        words=("rom here ", "of here ", "Of here "),
    ),
    Pattern(
        _rule(
            "one", "minor", 0.72, "“On” is “people”, “they” or a passive: “one” speaks of anybody.", "calque"
        ),
        Later(
            rf"(?:[Ii]n [A-Z][\w’-]+(?: [A-Z][\w’-]+)?|[Aa]t [Tt]he [A-Z][\w’-]+|{START}[Hh]ere|"
            rf"{START}[Tt]here), (?:[a-z’ -]{{3,30}}, )?(?P<quoted>one) (?=(?:{_ONES})\b)"
        ),
        part="quoted",
        words=(" one ",),
    ),
    Pattern(
        _rule(
            "one-did",
            "minor",
            0.62,
            "“On” is “people”, “they” or a passive: “one” speaks of anybody.",
            "calque",
        ),
        Later(
            rf"{START}(?:But |And |Already |Then )?(?P<quoted>[Oo]ne) (?=(?:preferred|wanted|said|thought|"
            rf"spoke|believed|feared|"
            r"expected|forgot|announced|promised|knew|decided|waited|hoped|told|assures|announces|speaks|"
            r"does not (?:know|say|understand|make|lend|forget|remember))\b)"
        ),
        holds=lambda m: re.search(r"\b(?:other|another|second)\b", m.string[m.end() : m.end() + 90]) is None,
        part="quoted",
        words=("ne ",),
    ),
    Pattern(
        _rule("built", "minor", 0.8, "A thing is “it”: “{she}” is French.", "grammar"),
        Later(
            rf"{START}(?P<she>She|He) (?=(?:was|is|has been|had been|will be) (?:also |then |now |only |"
            rf"partly |entirely |completely )?"
            r"(?:built|rebuilt|inaugurated|demolished|restored|renovated|ratified|constructed|"
            r"manufactured|amended|abolished|dismantled|modernized)\b)"
        ),
        lambda _: "It",
        part="she",
        words=("She ", "He "),
    ),
    Pattern(
        _rule("necessary-that", "minor", 0.52, "“Il faut que” is mostly “must”.", "calque"),
        Later(
            rf"{START}(?P<quoted>[Ii]t (?:is|was|will be) (?:absolutely |now |also |therefore )?necessary "
            rf"that) "
            r"(?=[a-zA-Z])"
        ),
        part="quoted",
        words=(" necessary that ",),
    ),
)


def _existing(verb: str) -> str:
    return {"exist": "exist", "existed": "existed", "subsisted": "remained", "subsists": "remains"}.get(
        verb, "exists"
    )


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "what French says without a person, rates, distances, trades: “it exists a risk”, “euros by month”, "
    "“is nurse”",
    _prepare,
)
