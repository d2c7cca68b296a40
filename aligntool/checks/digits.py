"""Numbers, amounts, hours and ordinals written as French, Dutch or German write them."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.patterns import Later, Pattern, pattern_finder

__all__ = ["PLUGIN"]

NAME = "digits"
_BLANK = "[ \u00a0\u202f\u2009]"
_HARD = "[\u00a0\u202f\u2009]"
_SCALE = "million|billion|trillion|thousand|percent|per cent"
_UNIT = (
    rf"{_SCALE}|points?|degrees?|euros?|dollars?|roubles?|rubles?|yuan|yen|francs?|pounds?|kilomet(?:er|"
    rf"re)s?|"
    r"met(?:er|re)s?|miles?|kilos?|kilograms?|tonn?es?|tons?|lit(?:er|re)s?|hectares?|barrels?|times|years|"
    r"km|kg|cm|mm|gigawatts?|megawatts?|kilowatts?|GW|MW|kWh?|m2|m²|°C"
)
_CENTURY = 21
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|"
    "Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_ROMAN = {"X": 10, "V": 5, "I": 1}
_COUNTED = (
    "men|women|people|soldiers|troops|inhabitants|euros|dollars|kilomet(?:er|re)s|km|tonn?es|tons|members|"
    "jobs|dead|deaths|victims|missiles|drones|tanks|workers|employees|students|migrants|refugees|square|"
    "billion|million|hectares|met(?:er|re)s|companies|fighters|barrels|prisoners|civilians|children|"
    "vehicles|shells|ships|planes|years|voters|households|families|farms|pages|copies|spectators|visitors|"
    "homes|houses|hours|votes|signatures|residents|pupils|patients|supporters|demonstrators|protesters|"
    "officers|francs|pounds|roubles|rubles"
)


_rule = ruling(NAME, "number")


def _value(roman: str) -> int:
    worth = [_ROMAN[sign] for sign in roman]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def _ordinal(number: int) -> str:
    """A number as an English ordinal: 1st, 2nd, 11th, 21st."""
    teen = number % 100 in range(11, 14)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _century(m: re.Match[str]) -> str | None:
    number = _value(m["roman"])
    return f"{_ordinal(number)} {m['age']}" if 0 < number <= _CENTURY else None


def _grouped(m: re.Match[str]) -> str:
    return re.sub(_BLANK, ",", m["number"])


def _clock(m: re.Match[str]) -> str:
    return f"{int(m['hour'])}:{m['minute'] or '00'}"


def _years(m: re.Match[str]) -> str:
    return f"the {m['years'] if len(m['years']) > 2 else '19' + m['years']}s"  # noqa: PLR2004 - two figures of a century


def _scaled(m: re.Match[str]) -> str:
    return f"{m['scale'].removesuffix('s')} "


_MILLIARD = {"milliard": "billion", "billiard": "quadrillion", "miljard": "billion", "miljoen": "million"}

_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule("decimal-comma", "major", 0.93, "English writes a decimal point: “{whole}.{part}”."),
        re.compile(
            rf"(?<![\d.,])(?P<whole>\d{{1,3}}),(?P<part>\d{{1,2}})(?![\d,])(?={_BLANK}?(?:%|°)|"
            rf"{_BLANK}-?(?:{_UNIT})\b)"
        ),
        lambda m: f"{m['whole']}.{m['part']}",
    ),
    Pattern(
        _rule("blank-in-number", "minor", 0.92, "English writes a comma between thousands: “{fix}”."),
        re.compile(
            rf"(?<![\d.,+/-])(?<!\d{_BLANK})(?P<number>[1-9]\d{{0,2}}(?:{_HARD}\d{{3}})+)(?![\d/-]|"
            rf"{_BLANK}\d|[.,]\d)"
        ),
        _grouped,
    ),
    Pattern(
        _rule("blank-in-number", "minor", 0.9, "English writes a comma between thousands: “{fix}”."),
        re.compile(
            rf"(?<![\d.,+/-])(?<!\d )(?<![A-Z] )(?P<number>[1-9]\d{{0,2}}(?: \d{{3}})+)(?= "
            rf"(?:{_COUNTED})\b|{_BLANK}?[€$%])"
        ),
        _grouped,
        lambda m: not re.search(rf"(?:{_MONTHS}) $", m.string[max(0, m.start() - 12) : m.start()]),
    ),
    Pattern(
        _rule("blank-in-number", "minor", 0.75, "English writes a comma between thousands: “{fix}”."),
        re.compile(
            rf"(?:(?<= of )|(?<=of the )|(?<=than )|(?<=some )|(?<=bout )|(?<=arly )|(?<=over )|(?<=most )|"
            rf"(?<= are )|(?<= were )|(?<=only ))(?<![\d.,+/-])(?P<number>[1-9]\d{{0,2}}(?: \d{{3}})+)(?= "
            rf"(?!{_MONTHS})[a-z]{{4,}}\b)"
        ),
        _grouped,
    ),
    Pattern(
        _rule("md-euro", "major", 0.92, "“Md€” is French for a billion euros.", "number"),
        Later(
            r"(?<![\w.,])(?P<much>\d+(?:[.,]\d+)?)[ \u00a0\u202f]?(?P<unit>Mds?|Mrd|M)[ "
            r"\u00a0\u202f]?(?P<sign>[€$])"
        ),
        lambda m: f"{m['sign']}{m['much'].replace(',', '.')} {'million' if m['unit'] == 'M' else 'billion'}",
        words=("€", "$"),
    ),
    Pattern(
        _rule("plural-scale", "minor", 0.9, "After a number English says “{fix}”.", "number"),
        Later(
            r"\b(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|"
            r"forty|fifty|sixty|a hundred|several) (?P<scale>millions|billions|thousands) (?=euros|dollars|"
            r"people|men|women|roubles|rubles|francs|pounds|tonn?es|barrels|inhabitants|jobs|voters|yuan|"
            r"yen)"
        ),
        lambda m: m["scale"][:-1],
        part="scale",
        words=("illions ", "housands "),
    ),
    Pattern(
        _rule("glued-unit", "minor", 0.9, "A space is missing between the number and “{unit}”.", "spacing"),
        Later(
            r"(?<![\w.,])(?P<count>\d[\d.,]*\d|\d)(?P<unit>euros?|dollars?|people|percent|years?|months?|"
            r"days?|kilomet(?:er|re)s?|million|billion|pounds|francs|roubles|rubles|soldiers|men|women)\b"
        ),
        lambda m: f"{m['count']} {m['unit']}",
    ),
    Pattern(
        _rule(
            "dotted-thousand", "major", 0.88, "English writes a comma between thousands: “{fix}”.", "number"
        ),
        Later(
            r"(?<![\d.,€$£v/-])(?P<quoted>[1-9]\d{0,2}(?:\.\d{3})+)(?= ?(?:people|men|women|children|"
            r"signatures|euros|"
            r"dollars|jobs|letters|soldiers|troops|votes|voters|inhabitants|residents|employees|workers|"
            r"members|students|pupils|patients|deaths|dead|victims|refugees|migrants|houses|homes|companies|"
            r"farms|tonn?es|tickets|visitors|spectators|copies|books|demonstrators|protesters|cases|francs|"
            r"pages|roubles|rubles|pounds|square|hectares|barrels|police|officers|families|households)\b)"
        ),
        lambda m: m["quoted"].replace(".", ","),
        part="quoted",
    ),
    Pattern(
        _rule("percent-blank", "minor", 0.93, "English has no space before “%”.", "spacing"),
        re.compile(rf"(?<=\d){_BLANK}%(?![\w%])"),
        lambda _: "%",
    ),
    Pattern(
        _rule("clock", "minor", 0.92, "English writes the hour “{fix}”."),
        re.compile(
            rf"(?<![\w.,:-])(?P<hour>[01]?\d|2[0-4]){_BLANK}?[hH]{_BLANK}?(?P<minute>[0-5]\d)(?![\w-])"
        ),
        _clock,
    ),
    Pattern(
        _rule("clock", "minor", 0.85, "English writes the hour “{fix}”."),
        re.compile(
            r"\b(?:at|from|until|till|before|after|around|since|by) (?P<quoted>(?P<hour>[01]?\d|"
            r"2[0-4])(?P<minute>)[hH])(?![\w-])"
        ),
        _clock,
        part="quoted",
    ),
    Pattern(
        _rule("numero", "minor", 0.9, "English abbreviates number to “No.”."),
        re.compile(r"(?<![\w.])[Nn][°º][ \u00a0]?(?=\d)"),
        lambda _: "No. ",
    ),
    Pattern(
        _rule("foreign-ordinal", "minor", 0.92, "English writes the ordinal “{fix}”."),
        re.compile(r"(?<![\w.,-])(?P<number>\d{1,2})(?:er|ère|ème|eme|ième|e)(?![\w-])(?! ?[+=*/])"),
        lambda m: _ordinal(int(m["number"])),
    ),
    Pattern(
        _rule("wrong-ordinal", "minor", 0.94, "English writes the ordinal “{fix}”."),
        Later(r"(?<![\w.,-])(?P<number>\d{1,3})(?P<tail>st|nd|rd|th)(?![\w-])"),
        lambda m: _ordinal(int(m["number"])),
        lambda m: m.group() != _ordinal(int(m["number"])),
        words=("st", "nd", "rd", "th"),
    ),
    Pattern(
        _rule("parted-ordinal", "minor", 0.93, "The ordinal is one word: “{fix}”.", "spacing"),
        re.compile(r"(?<![\w.,-])(?P<number>\d{1,3}) (?:st|nd|rd|th)(?![\w-])"),
        lambda m: _ordinal(int(m["number"])),
    ),
    Pattern(
        _rule("roman-century", "minor", 0.9, "English numbers centuries in figures: “{fix}”."),
        re.compile(
            r"(?<![\w.-])(?P<roman>[XVI]{1,5})(?:th|st|nd|rd|e|ème|è|°)?[ -](?P<age>century|centuries)\b"
        ),
        _century,
    ),
    Pattern(
        _rule("years-decade", "minor", 0.88, "English names the decade “{fix}”."),
        re.compile(
            r"\bthe years (?P<years>(?:19|20)?[2-9]0)(?!\d|s\b|[-–/,.]\d| ?(?:[-–]|to|and|or|until|"
            r"through)\b| [-–])"
        ),
        _years,
    ),
    Pattern(
        _rule("milliard", "major", 0.95, "“{word}” is “{fix}” in English.", "untranslated"),
        re.compile(r"(?<![\w-])(?P<word>milliard|miljard|miljoen)(?:s|en)?(?![\w-])"),
        lambda m: _MILLIARD[m["word"]],
        lambda m: (
            re.search(rf"\d{_BLANK}$|\b(?:of|some|several|the|many) $", m.string[: m.start()][-9:])
            is not None
        ),
    ),
    Pattern(
        _rule("scale-of", "minor", 0.91, "After a figure English says “{fix}…”, without a plural or “of”."),
        re.compile(
            r"(?<=\d )(?P<scale>(?:million|billion|trillion)s|(?:million|billion|trillion)(?= of (?:euros|"
            r"dollars|roubles|rubles|yuan|francs|pounds|inhabitants|people|Euros|Dollars|tonn?es|tons|"
            r"cubic|barrels)\b)) (?:of (?!the\b|them\b|us\b|its?\b|their\b|our\b|his\b|these\b|"
            r"those\b))?(?=\w)"
        ),
        _scaled,
    ),
    Pattern(
        _rule("thousand-billion", "major", 0.9, "“mille milliards” is “trillion” in English."),
        re.compile(r"(?<=\d )(?:thousand billions?|thousands of billions?)(?: of)? (?=[a-z])"),
        lambda _: "trillion ",
    ),
    Pattern(
        _rule("currency-after", "minor", 0.7, "English writes the sign before the amount: “{sign}{amount}”."),
        re.compile(rf"(?<![\w$€£.,/])(?P<amount>\d+(?:[.,]\d+)*){_BLANK}?(?P<sign>[€$£])(?![\w$€£])"),
        lambda m: m["sign"] + m["amount"],
    ),
)


def _prepare(_: Tables) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "number",
    "strict",
    "numbers, amounts, hours and ordinals written as another language writes them",
    _prepare,
)
