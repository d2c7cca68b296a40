"""The wrong one of *a* and *an*, and articles English does not put before dates and countries."""

import re
from collections.abc import Iterable, Iterator, Mapping

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.inflection import article
from aligntool.parts import Parts, parts_of
from aligntool.patterns import MONTHS, WEEKDAYS, Later, Pattern, before, found
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "articles"
_WRONG = Rule("a-an", NAME, "grammar", "minor", 0.93, "“{fix}” stands before “{word}”.")
_DATE = Rule("date", NAME, "grammar", "minor", 0.91, "English puts no article before a date.")
_COUNTRY = Rule("country", NAME, "grammar", "minor", 0.85, "English puts no article before “{name}”.")
_SINCE = Rule(
    "since-span", NAME, "grammar", "major", 0.93, "A span of time takes “for”; “since” needs its beginning."
)

_HOLDER = Rule(
    "title-article", NAME, "grammar", "minor", 0.8, "A title before a name takes no article: “{fix}”."
)
# things that are meant in general, which English gives no article; measured on native text: at most one in
# fifty has one where nothing follows that says which
_GENERAL = (
    "abortion|agriculture|alcohol|anger|asylum|austerity|biodiversity|boredom|bureaucracy|cancer|capitalism|"
    "citizenship|communism|competitiveness|corruption|cowardice|cybercrime|cynicism|deforestation|"
    "delinquency|"
    "democracy|desertification|despair|education|equality|fanaticism|feminism|football|globali[sz]ation|"
    "governance|hatred|healthcare|humanity|hunger|hygiene|hypocrisy|illiteracy|immigration|indifference|"
    "industriali[sz]ation|inflation|innovation|insecurity|islamism|jealousy|laziness|liberalism|loneliness|"
    "malnutrition|mobility|nationalism|nostalgia|obesity|optimism|overfishing|patriotism|pessimism|politics|"
    "populism|poverty|productivity|prosperity|protectionism|racism|religion|secularism|socialism|solidarity|"
    "taxation|terrorism|tourism|transparency|unemployment|urbani[sz]ation"
)
_GENERIC = Rule(
    "general", NAME, "grammar", "minor", 0.72, "What is meant in general takes no article: “{noun}”."
)
_AFTER_DATE = frozenset(
    [
        "at",
        "in",
        "on",
        "by",
        "when",
        "after",
        "before",
        "during",
        "the",
        "he",
        "she",
        "they",
        "it",
        "to",
        "with",
        "a",
        "and",
        "for",
        "of",
    ]
)

_INDEFINITE = re.compile(r"(?<![\w.’'-])(?P<article>[Aa]n?) (?P<quote>[“‘\"]?)(?P<word>[A-Za-z][a-zA-Z]+)")
_DAY = re.compile(
    rf"(?P<prep>\b(?:on|since|until|from|after|before|of|for|by|between|to) )?\b(?P<the>[Tt]he )"
    rf"(?:(?P<weekday>{WEEKDAYS}),? )?(?P<date>(?:{MONTHS}) \d{{1,2}}(?![\d:])(?P<year>,? (?:19|20)\d\d)?|"
    rf"\d{{1,2}} (?:{MONTHS})(?P<last>,? (?:19|20)\d\d)?)(?! ?[-–])(?=(?P<mark>[.;:)!?,]|$)|(?P<next> "
    rf"[A-Za-z]+))"
)
_NO_ARTICLE_WORDS = (
    "NATO|UNESCO|UNICEF|ASEAN|OPEC|ECOWAS|mankind|humankind|Hezbollah|Hamas|Gazprom|Interpol|Europol|"
    "Mercosur|Islam|Christianity|Marxism|Putinism"
)
# islands, regions and states that bear an article in English, some of them or in some books
_WITH_ARTICLE = frozenset(
    str.split(
        "Gambia Bahamas Netherlands Philippines Maldives Seychelles Comoros Congo Sudan Lebanon Ukraine "
        "Crimea Caucasus Donbass Donbas Sahel Maghreb Hague Vatican Kremlin Balkans Arctic Antarctic "
        "Sahara Levant Camargue Ruhr Saar Saarland Rhine Danube Volga Crimea Yemen Argentine Cameroons "
        "Ivory Punjab Gulf Sinai Golan Transvaal Somme Marne Meuse Moselle Bronx Baltic Mediterranean "
        "Pacific Atlantic Alps Pyrenees Urals Himalayas Algarve Peloponnese Dordogne Auvergne Ardennes "
        "Jura Vosges Riviera Crimea Bosporus Dardanelles Palatinate Tyrol Peel Veluwe Randstad West East "
        "North South Thames Seine Loire Rhone Escaut Scheldt Nile Euphrates Tigris Jordan Don Dnieper Elbe "
        "Oder Neisse Tiber Po Ebro Tagus Channel Kurils Falklands Azores Canaries Antilles Caribbean "
        "Bosphorus Dardanelles Panama Suez Kurdistan Borinage Flanders"
    )
)
_ALWAYS = (
    "Russia|China|France|Germany|Japan|India|Iran|Israel|Italy|Spain|Poland|Turkey|Syria|Egypt|Taiwan|"
    "Europe|Africa|Asia|Belarus|Hungary|Serbia|Finland|Sweden|Norway|Vietnam|Pakistan|Afghanistan|"
    "Kazakhstan|Brazil|Mexico|Canada|Australia|Greece|Romania|Bulgaria|Estonia|Latvia|Lithuania|Moldova|"
    "Georgia|Armenia|Azerbaijan|Siberia|Palestine|Algeria|Morocco|Tunisia|Libya|Mali|Niger|Chad|Senegal|"
    "Kosovo|Tibet|Xinjiang|Mongolia|Uzbekistan|Crimea|Ethiopia|Kenya|Nigeria|Rwanda|Angola|Somalia|Eritrea|"
    "Djibouti|Tajikistan|Kyrgyzstan|Turkmenistan|Iraq|Kuwait|Qatar|Oman|Cuba|Venezuela|Colombia|Peru|Chile|"
    "Bolivia|Ecuador|Argentina|Paraguay|Uruguay|Belgium|Austria|Switzerland|Denmark|Portugal|Ireland|"
    "Scotland|Iceland|Slovakia|Slovenia|Croatia|Bosnia|Albania|Macedonia|Montenegro|Cyprus|Malta|Indonesia|"
    "Malaysia|Thailand|Cambodia|Laos|Burma|Myanmar|Nepal|Bangladesh|Bavaria|Brittany|Normandy|Catalonia|"
    "Sicily|Corsica|Sardinia|Greenland|Svalbard|Chechnya|Transnistria|Abkhazia|Ossetia|Burkina Faso|North "
    "Korea|South Korea|Saudi Arabia|New Zealand|South Africa|Latin America|North America|South America|"
    "Eastern Europe|Western Europe|Central Asia|Jordan"
)
# “the China of Mao”, “the Georgia flag”, “the then Russia” are good English
_LAND = re.compile(
    rf"(?<![\w-])(?P<the>[Tt]he )(?P<name>{_ALWAYS}|{_NO_ARTICLE_WORDS})(?=[.,;:)?!]|(?: (?:was|is|"
    rf"are|has|had|have|will|would|can|could|must|and|by|to|"
    r"which|who|does|did|wants?|seems?|remains?|continues?|refuses?|needs?|also|says|said|against|since|"
    r"for|with|under|in|at|from|as|because|but|on|then|today|now)\b))(?! (?:and|in|with|for|on) "
    r"[A-Z][a-z]+ (?:[A-Z]|[a-z]+s?\b ?(?:war|border|conflict|talks|relations|deal|pact)))"
)
_POSSESSED = re.compile(
    rf"(?<![\w-])[Tt]he (?P<name>{_ALWAYS}|Moscow|Beijing|Washington|Paris|Berlin|London|Brussels|Kyiv|"
    rf"Tehran|Ankara|Ukraine)['’]s (?=[a-z])"
)
_PERSON = re.compile(
    r"(?<![\w-])(?P<the>[Tt]he )(?P<title>president|chancellor|king|queen|pope|emperor|marshal|tsar|"
    r"prime minister|patriarch|sultan|caliph) (?P<name>(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,})(?<!ans)(?<!ese)"
    r"(?=[.,;:)?!]| [a-z])"
)
_SPAN = re.compile(
    r"\b(?P<since>[Ss]ince) (?=(?:several|many|a few|some|two|three|four|five|six|seven|eight|nine|ten|"
    r"twenty|thirty|nearly|almost|more than|about|\d{1,2}) (?:\w+ ){0,2}(?:years|months|weeks|days|decades|"
    r"centuries)(?! (?:ago|earlier|before|later|after|passed|prior|of|old|and|have|has|had|went|ahead)\b))"
)
# letters, grades and vitamins: “Vitamin A and”, “an A level”
_NAMED = re.compile(
    r"(?:[Vv]itamin|[Hh]epatitis|[Cc]lass|[Gg]roup|[Pp]lan|[Tt]ype|[Aa]nnex|[Pp]art|[Ss]chedule|"
    r"[Ii]nfluenza) $"
)
_FRENCH_AN = frozenset(
    {
        "historic",
        "historical",
        "historically",
        "historian",
        "historians",
        "hotel",
        "hotels",
        "habitual",
        "hysterical",
        "horrific",
        "hallucination",
        "hereditary",
    }
)


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        Rule("date-preposition", NAME, "grammar", "minor", 0.85, "A day takes “on”."),
        re.compile(
            rf"\b(?:in|at) (?:the )?(?=(?:{MONTHS}) \d{{1,2}}(?:, (?:19|20)\d\d|[.,;]| [a-z])(?<! to)|"
            rf"(?:{WEEKDAYS}),? (?:{MONTHS}) \d)"
        ),
        lambda _: "on ",
        lambda m: not re.match(r"\w+ \d{1,2} (?:[a-z]+s|people|men|women|of)\b", m.string[m.end() :]),
    ),
    Pattern(
        _GENERIC,
        Later(
            rf"(?<=[a-z,;] )(?P<quoted>the (?=(?P<noun>{_GENERAL})(?:[.,;:!?)”]|$| (?:is|are|has|will|"
            r"can|remains?|continues?|threatens?|increases?|rises?) )))"
        ),
        lambda _: "",
        lambda m: (
            re.search(r"\b(?:all|of|about|against) $", before(m, 9)) is None or m["noun"] != "education"
        ),
        "quoted",
        ("the ",),
    ),
    Pattern(
        Rule("today-article", NAME, "grammar", "minor", 0.85, "No article stands before “{day}”."),
        re.compile(r"(?<![\w-])[Tt]he (?P<day>today|yesterday|tomorrow)['’]s "),
        lambda m: m["day"] + "’s ",
    ),
)


def _indefinite(passage: Passage) -> Iterator[Flag]:
    for m in _INDEFINITE.finditer(passage.text):
        word = m["word"]
        if word.isupper() or word in _FRENCH_AN or _NAMED.search(passage.text, 0, m.start()):
            continue
        wanted = article(word)
        if wanted == m["article"].lower() or _foreign(passage.text, m):
            continue
        fix = wanted.capitalize() if m["article"][0] == "A" else wanted
        yield _WRONG.on(passage, m.start("article"), m.end("article"), fix, word=word)


def _foreign(text: str, m: re.Match[str]) -> bool:
    """Whether “a” is a foreign word or a label: “Il a été” and “A as in” are none of ours."""
    sentence_start = not text[: m.start()].rstrip('"“‘( ') or text[: m.start()].rstrip()[-1:] in ".!?:"
    label = m["article"] == "A" and not sentence_start
    return (
        label
        or (m["article"] == "An" and not sentence_start)
        or m["word"].lower() in {"is", "and", "or", "as", "in", "on", "of", "at", "if"}
    )


def _dates(passage: Passage, parts: Parts) -> Iterator[Flag]:
    for m in _DAY.finditer(passage.text):
        if m["next"] and not _ends(m, parts):
            continue
        named = m["weekday"] is not None and m["prep"] is None
        fix = "" if m["prep"] or named else "On " if m["the"][0] == "T" else "on "
        yield _DATE.on(passage, m.start("the"), m.end("the") - (1 if fix else 0), fix.strip())


def _ends(m: re.Match[str], parts: Parts) -> bool:
    """Whether a date ends where it does: “the February 24 invasion” is English."""
    word = m["next"].strip()
    if m["mark"] or word in _AFTER_DATE:
        return True
    dated = bool(m["year"] or m["last"])
    return dated and (word[0].isupper() or parts.first(word, "ZDVR") or not parts.can(word, "NPAG"))


def _names(passage: Passage, lands: re.Pattern[str]) -> Iterator[Flag]:
    for pattern in (_LAND, lands):
        for m in pattern.finditer(passage.text):
            yield _COUNTRY.on(passage, m.start(), m.end("name"), m["name"], name=m["name"])
    for m in _POSSESSED.finditer(passage.text):
        yield _COUNTRY.on(passage, m.start(), m.end("name"), m["name"], name=m["name"])
    for m in _PERSON.finditer(passage.text):
        title = " ".join(word.capitalize() for word in m["title"].split())
        yield _HOLDER.on(passage, m.start(), m.end(), f"{title} {m['name']}", name=m["name"])


def _lands(rows: Iterable[Mapping[str, str]]) -> re.Pattern[str]:
    """Places of the table that no article goes with, where a mark or a verb follows."""
    names = {
        row["suggestion"]
        for row in rows
        if row["kind"] == "place" and row["suggestion"].isalpha() and row["suggestion"] not in _WITH_ARTICLE
    }
    choice = "|".join(sorted(names, key=lambda name: (-len(name), name))) or "(?!)"
    return re.compile(
        rf"(?<![\w-])[Tt]he (?P<name>{choice})(?=[.;:)?!]|,|(?: (?:was|is|has|had|will|which)\b))"
    )


def _prepare(tables: Tables) -> Finder:
    parts, lands = parts_of(tables["parts"]), _lands(tables["exonyms"])

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from _indefinite(passage)
            yield from _dates(passage, parts)
            yield from _names(passage, lands)
            yield from found(passage, _PATTERNS)
            for m in _SPAN.finditer(passage.text):
                fix = "For" if m["since"][0] == "S" else "for"
                yield _SINCE.on(passage, m.start("since"), m.end("since"), fix)

    return find


PLUGIN = Check(
    NAME,
    "grammar",
    "strict",
    "a or an, articles before dates and countries, since for a span of time",
    _prepare,
    ("parts", "exonyms"),
)
