"""The wrong one of *a* and *an*, and articles English does not put before dates and countries."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.inflection import article
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "articles"
_WRONG = Rule("a-an", NAME, "grammar", "minor", 0.93, "“{fix}” stands before “{word}”.")
_DATE = Rule("date", NAME, "grammar", "minor", 0.91, "English puts no article before a date.")
_COUNTRY = Rule("country", NAME, "grammar", "minor", 0.85, "English puts no article before “{name}”.")
_SINCE = Rule(
    "since-span", NAME, "grammar", "major", 0.93, "A span of time takes “for”; “since” needs its beginning."
)

_INDEFINITE = re.compile(r"(?<![\w.’'-])(?P<article>[Aa]n?) (?P<quote>[“‘\"]?)(?P<word>[A-Za-z][a-zA-Z]+)")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FOLLOW = (
    r"(?=[.;:)!?]|, (?:[a-z]+ )|,? (?:at|in|on|by|when|after|before|during|the|he|she|they|it|to|with|a)\b|$)"
)
_DAY = re.compile(
    rf"(?P<prep>\b(?:on|since|until|from|after|before|of|for|by|between|to) )?\b(?P<the>the )"
    rf"(?P<date>(?:{_MONTHS}) \d{{1,2}}(?!\d)(?:, (?:19|20)\d\d)?)(?! ?[-–]){_FOLLOW}"
)
_STATES = (
    "Russia|China|Crimea|France|Germany|Japan|India|Iran|Israel|Italy|Spain|Poland|Turkey|Syria|Egypt|"
    "Taiwan|Europe|"
    "Africa|Asia|Belarus|Hungary|Serbia|Finland|Sweden|Norway|Vietnam|Pakistan|Afghanistan|Kazakhstan|"
    "Brazil|Mexico|"
    "Canada|Australia|Greece|Romania|Bulgaria|Estonia|Latvia|Lithuania|Moldova|Georgia|Armenia|"
    "Azerbaijan|Siberia|"
    "Palestine|Algeria|Morocco|Tunisia|Libya|Mali|Niger|Chad|Senegal|Kosovo|Tibet|Xinjiang|Mongolia|"
    "Uzbekistan"
)
# “the China of Mao”, “the Georgia flag”, “the then Russia” are good English
_LAND = re.compile(
    rf"(?<![\w-])the (?P<name>{_STATES})(?=[.,;:)?!]|(?: (?:was|is|are|has|had|will|and|by|to|which|who)\b))"
)
_SPAN = re.compile(
    r"\b(?P<since>[Ss]ince) (?=(?:several|many|a few|some|two|three|four|five|six|seven|eight|nine|ten|"
    r"twenty|thirty|"
    r"nearly|almost|more than|about|\d{1,2}) (?:\w+ ){0,2}(?:years|months|weeks|days|decades|centuries)"
    r"(?! (?:ago|earlier|before|later|after|passed|prior|of|old|and|have|has|had|went|ahead)\b))"
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


def _dates(passage: Passage) -> Iterator[Flag]:
    for m in _DAY.finditer(passage.text):
        fix = "" if m["prep"] else "on "
        yield _DATE.on(passage, m.start("the"), m.end("the") - (1 if fix else 0), fix.strip() if fix else "")


def _find(bitext: Bitext) -> Iterator[Flag]:
    for passage in passages(bitext.target):
        yield from _indefinite(passage)
        yield from _dates(passage)
        for m in _LAND.finditer(passage.text):
            yield _COUNTRY.on(passage, m.start(), m.end(), m["name"], name=m["name"])
        for m in _SPAN.finditer(passage.text):
            fix = "For" if m["since"][0] == "S" else "for"
            yield _SINCE.on(passage, m.start("since"), m.end("since"), fix)


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(
    NAME,
    "grammar",
    "strict",
    "a or an, articles before dates and countries, since for a span of time",
    _prepare,
)
