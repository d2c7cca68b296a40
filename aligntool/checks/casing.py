"""Capitals where English has none, and names without theirs; told by how the words are usually written."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.lexicons import Lexicon
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Pattern, found
from aligntool.records import Bitext, Flag
from aligntool.spellings import Habit, Usage, usage
from aligntool.wording import Token, tokens

__all__ = ["PLUGIN"]

NAME = "casing"
_TWO = Rule("two-capitals", NAME, "casing", "minor", 0.95, "The word begins with two capitals.")
_GRAMMAR = Rule(
    "capital-inside",
    NAME,
    "casing",
    "minor",
    0.92,
    "A capital inside the sentence: “{usual}” is a word of grammar.",
)
_ODD = Rule(
    "odd-capital",
    NAME,
    "casing",
    "minor",
    0.72,
    "A capital inside the sentence: “{usual}” is rarely written so.",
)
_SHOUT = Rule(
    "all-capitals", NAME, "casing", "minor", 0.75, "The name is written in capitals: “{usual}” is usual."
)
_SMALL = Rule("small-name", NAME, "casing", "minor", 0.86, "The name has lost its capital.")
_TITLE = Rule("name", NAME, "casing", "minor", 0.88, "The name is written “{usual}”.")
_MAYBE = Rule("name", NAME, "casing", "minor", 0.65, "The name is usually written “{usual}”.")

_DOUBLE = re.compile(r"(?<![\w-])[A-Z]{2}[a-z]{3,}(?![\w-])")
_CAPS = re.compile(r"(?<![\w.&/@#-])[A-Z]{4,}(?![\w&/@-])")
_KNOWN, _COMMON = 20, 60
_RARELY, _NEVER, _ALWAYS = 8, 2, 98
_HEADING = 0.4
_BODY = 15
_CLAUSE = frozenset(
    str.split(
        "they she we it you even very by with from for of to and or but because although though while when "
        "where which who that this these those if as at on in is are was were has have had not also only "
        "then than so such its their our my your into about between among against during before after since "
        "until"
    )
)
_SPLICED = frozenset(
    str.split(
        "they she we it you even because although though while when where which who these those if also not "
        "then since but whereas"
    )
)
_PEOPLES = "|".join(
    str.split(
        "french russian russians european europeans ukrainian ukrainians american americans chinese german "
        "germans italian italians spanish british english dutch belgian soviet soviets israeli israelis "
        "palestinian palestinians iranian iranians iraqi iraqis syrian syrians turkish greek greeks african "
        "africans asian arab arabs arabic jewish muslim muslims christian christians japanese korean "
        "koreans indian indians pakistani afghan afghans georgian armenian hungarian romanian bulgarian "
        "serbian serbs croatian norwegian swedish danish finnish estonian latvian lithuanian portuguese "
        "swiss austrian egyptian algerian algerians moroccan tunisian libyan malian nigerian ethiopian "
        "kenyan brazilian mexican canadian australian cuban venezuelan vietnamese taiwanese tibetan uyghur "
        "uighur kurdish kurds saudi lebanese jordanian yemeni westerners londoners parisian parisians "
        "crimean chechen chechens belarusian kazakh "
    )
)
# words that are names as well, or that take a capital in some house styles
_EITHER = frozenset(
    str.split(
        "may will mark bill rose grant frank art chase hope faith joy grace rich drew jack king queen "
        "prince duke pope president minister chancellor ambassador senator general colonel captain major "
        "judge justice state church government parliament party east west north south earth sun moon bible "
        "internet web net act bank bush brown green white black young wood woods hill field stone page rice "
        "long short strong small bell ball fox wolf lord lady sir father mother brother sister saint spring "
        "summer autumn winter guard guards times post sky sea"
    )
)
# places that are also common words
_WORDS_TOO = frozenset(
    str.split(
        "china turkey jordan chad guinea java cologne panama bologna jersey florence georgia bern nice "
        "reading"
    )
)


_SELDOM = Habit(_COMMON, 0, 0)


def _odd(passage: Passage, words: list[Token], used: Usage, parts: Parts) -> Iterator[Flag]:
    """Capitals between small words."""
    for at in range(1, len(words)):
        before, word, after = words[at - 1], words[at], words[at + 1] if at + 1 < len(words) else None
        known = used.habit(word.low) or (_SELDOM if _verb(word.low, parts) else None)
        if not known or not word.text[0].isupper() or not word.text[1:].islower() or word.low in _EITHER:
            continue
        if _spliced(passage.text, before, word, after):
            yield _GRAMMAR.on(passage, word.start, word.end, word.low, usual=word.low)
            continue
        if not _between(passage.text, before, word, after, verb=_verb(word.low, parts)):
            continue
        if word.low in _CLAUSE:
            yield _GRAMMAR.on(passage, word.start, word.end, word.low, usual=word.low)
        elif known.times >= _COMMON and known.capital <= _RARELY and not _titled(words, at):
            yield _ODD.on(passage, word.start, word.end, word.low, usual=word.low)


def _verb(low: str, parts: Parts) -> bool:
    """Whether a word is a verb in its -s form and nothing else: no name begins with one."""
    return parts.only(low, "Z")


def _spliced(text: str, before: Token, word: Token, after: Token | None) -> bool:
    """Whether a clause goes on with a capital after a comma, whatever stands before: “…”, They are”."""
    gap = text[before.end : word.start]
    if word.low not in _SPLICED or gap not in {", ", "”, ", '", ', "), ", "%, "}:
        return False
    return after is not None and after.text == after.low and text[word.end : after.start] == " "


def _between(text: str, before: Token, word: Token, after: Token | None, *, verb: bool) -> bool:
    """Whether the words on both sides are small and only a blank or a comma parts them."""
    gap = text[before.end : word.start]
    if verb and gap == ", " and after is not None:
        return after.text == after.low
    if before.text != before.low or before.text[0].isdigit() or gap not in {" ", ", "}:
        return False
    if gap == ", " and word.low not in _CLAUSE:
        return False
    return after is not None and after.text == after.low and text[word.end : after.start] == " "


def _titled(words: list[Token], at: int) -> bool:
    """Whether the word may belong to a longer title, or be one: the House of Representatives, the Falls."""
    around = [*words[max(1, at - 3) : at], *words[at + 1 : at + 4]]
    return words[at - 1].low == "the" or any(word.text[0].isupper() for word in around)


def _shouted(passage: Passage, used: Usage) -> Iterator[Flag]:
    for m in _CAPS.finditer(passage.text):
        known = used.habit(m.group().lower())
        if (
            known
            and known.times >= _KNOWN
            and known.upper <= _RARELY
            and known.capital > 100 - _HEADING * 100
        ):
            yield _SHOUT.on(passage, m.start(), m.end(), m.group().capitalize(), usual=m.group().capitalize())


def _doubled(passage: Passage, used: Usage) -> Iterator[Flag]:
    for m in _DOUBLE.finditer(passage.text):
        known = used.habit(m.group().lower())
        if known and known.times >= _KNOWN:
            yield _TWO.on(passage, m.start(), m.end(), m.group().capitalize())


def _small(passage: Passage, words: list[Token], places: frozenset[str]) -> Iterator[Flag]:
    for word in words:
        around = passage.text[max(0, word.start - 1) : word.start] + passage.text[word.end : word.end + 1]
        if word.text == word.low and word.low in places and not set(around) & set("/@._#-’'"):
            yield _SMALL.on(passage, word.start, word.end, word.text.capitalize())


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        Rule("small-name", NAME, "casing", "minor", 0.92, "Months and days of the week take a capital."),
        re.compile(
            r"(?<![\w/@.#-])(?:january|february|april|june|july|august(?= \d| (?:the|in|and|he|to)\b)|"
            r"september|october|"
            r"november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?(?![\w/@-]|\.\w)"
        ),
        lambda m: m.group().capitalize(),
    ),
    Pattern(
        Rule("small-people", NAME, "casing", "minor", 0.91, "Names of peoples take a capital."),
        re.compile(
            rf"(?<![\w/@.#’'-])(?:{_PEOPLES})(?![\w/@]|\.\w|-(?!speaking|backed|led|born|made|style|"
            rf"occupied|[A-Z]))"
        ),
        lambda m: m.group().capitalize(),
        lambda m: not m.string.islower(),
    ),
    Pattern(
        Rule("season", NAME, "casing", "minor", 0.8, "Seasons take a small letter."),
        re.compile(
            r"\b(?:in|this|last|next|since|until|by|early|late|of|the|every|during) (?P<season>Autumn|"
            r"Summer|Winter|Spring)"
            r"(?=[.,;:!?)]| (?:of )?(?:19|20)\d\d| (?:and|or|to|is|was|when|with|at|in)\b(?! [A-Z]))"
        ),
        lambda m: m["season"].lower(),
        part="season",
    ),
    Pattern(
        Rule("small-title", NAME, "casing", "minor", 0.72, "A title before a name takes a capital."),
        re.compile(
            r"(?<!former )(?<!vice )(?<!the )(?<!then )(?<!new )(?<!current )(?<!late )(?<!an )(?<!ese "
            r")(?<!ish )(?<!nch )(?<!elect )(?<!US )(?<!EU )\b(?P<title>president|chancellor|king|queen|"
            r"pope|prime minister|senator|marshal|vice president) (?=(?:[A-Z][a-z]+ )?(?:Putin|Macron|"
            r"Trump|Biden|Zelensky|Zelenskyy|Xi|Erdogan|Lula|Merz|Scholz|Orban|Modi|Netanyahu|Lukashenko|"
            r"Obama|Sisi|Assad|Francis|Leo|Charles|Felipe|Kim|Starmer|Sunak|Meloni|Milei|Maduro|Kagame|"
            r"Ouattara|Tshisekedi|Sarkozy|Hollande|Chirac|Mitterrand|Gorbachev|Yeltsin|Medvedev|Duda|Tusk|"
            r"Rutte|Sanchez|Tokayev|Aliyev)\b)"
        ),
        lambda m: " ".join(word.capitalize() for word in m["title"].split()),
        part="title",
    ),
    Pattern(
        Rule(
            "capital-in-quote",
            NAME,
            "casing",
            "minor",
            0.66,
            "A quoted part of a sentence keeps its small letter.",
        ),
        re.compile(
            r"\b(?:an?|the|of|this|its|his|their|her|as|to|into|called|by) "
            r"[“\"](?P<word>[A-Z][a-z]{3,})(?= [a-z]+(?: [a-z]+){0,2}[”\"])"
        ),
        lambda m: m["word"].lower(),
        part="word",
    ),
)


def _names(passage: Passage, lexicon: Lexicon, words: list[Token]) -> Iterator[Flag]:
    for hit in lexicon.find(passage.text, words):
        usual = hit.row["suggestion"]
        rule = _TITLE if float(hit.row["confidence"]) >= _TITLE.confidence else _MAYBE
        yield rule.on(passage, hit.start, hit.end, usual, usual=usual)


def _usual(flag: Flag, used: Usage) -> bool:
    """Whether a capital in a quotation is unusual for the word."""
    known = used.habit(flag.text.lower())
    return flag.evidence["rule"] != "capital-in-quote" or (known is not None and known.capital <= _RARELY)


def _heading(words: list[Token]) -> bool:
    """Whether the passage is set in Title Case or capitals throughout."""
    long = [word.text for word in words if len(word.text) > 3]  # noqa: PLR2004 - short words stay small in titles
    share = _HEADING if len(long) < _BODY else _HEADING * 2
    return sum(text[0].isupper() for text in long) > max(2, share * len(long))


def _prepare(tables: Tables) -> Finder:
    used = usage(tables["words"])
    lexicon, parts = Lexicon(tables["names"], exact=True), parts_of(tables["parts"])
    places = frozenset(
        row["suggestion"].lower()
        for row in tables["exonyms"]
        if row["kind"] == "place"
        and row["suggestion"].isalpha()
        and used.capital.get(row["suggestion"].lower(), 100) >= _ALWAYS
    )

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            words = tokens(passage.text)
            yield from _doubled(passage, used)
            yield from _names(passage, lexicon, words)
            yield from _small(passage, words, places - _WORDS_TOO)
            if not _heading(words):
                yield from _odd(passage, words, used, parts)
                yield from (flag for flag in found(passage, _PATTERNS) if _usual(flag, used))
                yield from _shouted(passage, used)

    return find


PLUGIN = Check(
    NAME,
    "casing",
    "strict",
    "odd capitals and names without theirs",
    _prepare,
    ("words", "names", "exonyms", "parts"),
)
