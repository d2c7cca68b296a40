"""Number words of English, Dutch, French, German and Spanish, as tables."""

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

__all__ = ["MAGNITUDES", "SOFT", "UNITS", "cardinal", "joiners", "ordinal"]

# Language, then words and their value (a blank in a word is written _). Magnitudes: the power of ten.
_MAGNITUDES = """
en thousand|k=3 hundred=2 million|mn|m|mln|millions=6 billion|bn|bln|billions=9 trillion|tn|trillions=12
nl duizend=3 honderd=2 miljoen|miljoenen|mln|mio=6 miljard|miljarden|mld|mrd=9 biljoen|biljoenen=12
fr mille=3 cent|cents=2 million|millions=6 milliard|milliards|mds|mrd=9 billion|billions=12
de tausend=3 hundert=2 million|millionen|mio=6 milliarde|milliarden|mrd=9 billion|billionen|bio=12
es mil=3 cien|cientos=2 millón|millones=6 mil_millones=9 billón|billones=12
"""
_MEASURES = """
any km|kph|kmh=km m=m kg=kg mi|mph=mile ft=foot lb|lbs=lb usd|$=$ eur|€=€ gbp|£=£
en kilometer|kilometers|kilometre|kilometres|kms=km meter|meters|metre|metres=m
en kilo|kilos|kilogram|kilograms=kg mile|miles=mile foot|feet=foot pound|pounds=lb dollar|dollars=$
en euro|euros=€
nl kilometer|kilometers=km meter=m kilo|kilogram=kg mijl|mijlen=mile voet=foot dollar|dollars=$ euro|euro's=€
fr kilomètre|kilomètres=km mètre|mètres=m kilo|kilos|kilogramme|kilogrammes=kg mile|miles|mille|milles=mile
fr pied|pieds=foot dollar|dollars=$ euro|euros=€
de kilometer|kilometern=km meter|metern=m kilo|kilogramm=kg meile|meilen=mile fuß=foot dollar|dollars=$
de euro|euros=€
es kilómetro|kilómetros=km metro|metros=m kilo|kilos|kilogramos=kg milla|millas=mile pie|pies=foot
es dólar|dólares=$ euro|euros=€
"""
_HINTS = """
en once|single|another|first|firstly=1 second|twice|both|pair|couple|double|twin=2
en twins|two-fold|duo|bimonthly|biennial|bilateral=2 third|thirds|thrice|triple|trio=3/33
en quarter|quarters|quadruple|fourth=4/25/15 half|halves|halved=2/50/0.5/30 fifths=5/20 quintuple=5
en dozen|dozens|year|annual=12 fortnight=14/15/2 decade|decades=10
en century|centuries|centenary|hundreds|percent=100 week|weekly=7 teenager|teens=13
en noon|midday|midnight=12/0/t0 zero|no|none|nil=0 twenties=20 thirties=30 forties=40 fifties=50 sixties=60
en seventies=70 eighties=80 nineties=90 thousands=1000
nl beide|beiden|allebei|tweemaal|dubbel|dubbele|paar=2 duo|tweetal|koppel|tweede|anderhalf=2 anderhalve=1.5/2
nl trio|drietal|drievoudig|derde=3/33 kwart|kwartier|viertal=4/25/15 half|halve|helft|halveren=2/50/0.5/30
nl dozijn|twaalftal|maandelijks|jaar=12 tiental|decennium|decennia=10 twintigtal=20 dertigtal=30
nl honderdtal|eeuw|eeuwen=100 etmaal=24 week=7/8 vijftiental=15 vijftigtal|vijftigers=50 veertigtal=40
nl zestigtal=60 nul|geen=0 middag|middernacht=12/0/t0 eerste|enkele|eenmaal=1
fr deuxième|second|seconde|double|couple|paire|demi=2/50/0.5/30 demie|moitié|bis=2/50/0.5/30
fr tiers|triple|trio=3/33 quart|quarts|quadruple=4/25/15 dizaine|décennie|décennies|dizaines=10
fr douzaine|douzaines|an|année=12 quinzaine=15/14/2 vingtaine=20 trentaine|trentenaire=30 quarantaine=40
fr cinquantaine=50 soixantaine=60 centaine|siècle|siècles|centaines=100 millier|milliers=1000
fr midi|minuit=12/0/t0 premier|première|unique=1 zéro|aucun|aucune=0 semaine|huitaine=7/8
de beide|beiden|zweimal|doppelt|paar|halb|halbe=2/50/0.5/1.5 hälfte|anderthalb=2/50/0.5/1.5 drittel=3/33
de viertel=4/25/15 dutzend=12 jahrzehnt|jahrzehnte=10 jahrhundert|jahrhunderte=100 woche|siebte|siebten=7
de null|kein|keine=0 mittag|mitternacht=12/0/t0 dritte|dritten|dritter=3 erste|ersten|einmal=1
es ambos|ambas|segundo|segunda|doble|par|pareja=2/50/0.5/30 medio|media|mitad=2/50/0.5/30
es tercio|tercer|tercera=3/33 cuarto|cuarta=4/25/15 docena=12 década|décadas|decena=10 quincena=15/14
es siglo|siglos|centenar=100 cero=0 primer|primero|primera=1 quinto=5 veintena=20 treintena=30
es mediodía|medianoche=12/0/t0 semana=7
"""


def _table(text: str) -> dict[str, dict[str, str]]:
    """Value by word, by language; lines of “any” serve all of them."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in text.strip().splitlines():
        lang, *entries = line.split(" ")
        for words, _, value in (entry.rpartition("=") for entry in entries):
            found[lang].update((word.replace("_", " "), value) for word in words.split("|"))
    shared = found.pop("any", {})
    return {lang: shared | words for lang, words in found.items()}


MAGNITUDES: Mapping[str, Mapping[str, Decimal]] = {
    lang: {word: Decimal(10) ** int(power) for word, power in words.items()}
    for lang, words in _table(_MAGNITUDES).items()
}
"""What a number is multiplied by when the word follows it."""

UNITS: Mapping[str, Mapping[str, str]] = _table(_MEASURES)
"""Units that are confused with one another, by the words that name them."""

SOFT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    lang: {word: tuple(value.split("/")) for word, value in words.items()}
    for lang, words in _table(_HINTS).items()
}
"""Words that only suggest a number, which may explain a figure and are never missed."""

_UNITS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_LARGE = {
    "en": {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    "nl": {"honderd": 100, "duizend": 10**3, "miljoen": 10**6, "miljard": 10**9, "biljoen": 10**12},
    "fr": {"cent": 100, "cents": 100, "mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9}
    | {"milliards": 10**9, "vingts": 20},
    "de": {"hundert": 100, "tausend": 10**3, "million": 10**6, "millionen": 10**6, "milliarde": 10**9}
    | {"milliarden": 10**9},
    "es": {"cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "quinientos": 500, "mil": 10**3}
    | {"millón": 10**6, "millones": 10**6},
}
_JOINERS = {"en": {"and"}, "fr": {"et"}, "es": {"y"}}
_COMPOUND = {"nl": ("(?:en|ën)", "honderd", "duizend"), "de": ("und", "hundert", "tausend")}

_IRREGULAR = {
    "en": {"fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12},
    "nl": {"achtste": 8},
    "fr": {"cinquième": 5, "neuvième": 9, "onzième": 11, "quatrième": 4},
    "de": {"achte": 8, "achten": 8},
}
_ENDINGS = {"en": "ths|th", "nl": "ste|de", "fr": "ièmes|ième", "de": "sten|ster|ste|ten|ter|te"}


@cache
def _small(lang: str) -> Mapping[str, int]:
    """Words for 1 to 99 that are written as one, and the large ones."""
    units = dict(zip(_UNITS[lang].split(), range(1, 20), strict=True))
    tens = dict(zip(_TENS[lang].split(), range(20, 100, 10), strict=True))
    found = units | tens | _LARGE[lang]
    if lang in _COMPOUND:
        link = "und" if lang == "de" else "en"
        ones = dict(list(units.items())[:9])
        found |= {
            f"{one}{'ën' if link == 'en' and one.endswith('e') else link}{ten}": a + b
            for one, a in ones.items()
            for ten, b in tens.items()
        }
        found |= {one.replace("ee", "éé"): value for one, value in units.items() if one == "een"}
    if lang == "es":
        found |= dict(
            zip(
                ["veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco"],
                range(21, 26),
                strict=True,
            )
        )
    return found


@lru_cache(maxsize=4096)
def cardinal(word: str, lang: str) -> int | None:
    """The number a lower-case word says; None where it says none, and for one, which is an article too.

    >>> cardinal("vijfentwintig", "nl"), cardinal("tweehonderdvijf", "nl"), cardinal("douze", "fr")
    (25, 205, 12)
    """
    if lang not in _UNITS:
        return None
    value = _small(lang).get(word)
    if value == 1:
        return None
    if value is None and lang in _COMPOUND:
        return _compound(word, lang)
    return value


def _compound(word: str, lang: str) -> int | None:
    """Dutch and German hundreds and thousands in one word."""
    for factor, name in ((1000, _COMPOUND[lang][2]), (100, _COMPOUND[lang][1])):
        head, found, tail = word.partition(name)
        if found:
            before = 1 if not head else _small(lang).get(head) or _compound(head, lang)
            after = 0 if not tail else _small(lang).get(tail.removeprefix("en")) or _compound(tail, lang)
            return None if before is None or after is None else before * factor + after
    return None


@lru_cache(maxsize=4096)
def ordinal(word: str, lang: str) -> int | None:
    """The number of an ordinal in one word, or of an age (*dertienjarige*); None where it is none."""
    known = _IRREGULAR.get(lang, {}).get(word)
    if known is not None or lang not in _ENDINGS:
        return known
    stem = re.sub(rf"(?:{_ENDINGS[lang]}|jarigen?|jarige|jährigen?|jähriger)$", "", word)
    if stem == word:
        return None
    stems = (stem, stem + "e", stem.removesuffix("ie") + "y")
    return next((value for one in stems if (value := cardinal(one, lang)) is not None), None)


def joiners(lang: str) -> frozenset[str]:
    """Words that may stand inside a number: two hundred *and* five."""
    return frozenset(_JOINERS.get(lang, ()))
