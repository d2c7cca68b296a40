"""Words that are in no English list: misspelt, foreign, broken, run together; names glued to a prefix."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.languages import name
from aligntool.origin import presumed, votes
from aligntool.phrasebook import LANGUAGES
from aligntool.readers import Panel, Reader
from aligntool.records import Bitext, Flag
from aligntool.spellings import Words, compound, likely, meant, parted

__all__ = ["PLUGIN"]

NAME = "spelling"
_SLIP = Rule(
    "slip", NAME, "spelling", "minor", 0.85, "“{text}” is not a known word; “{meant}” is one slip away."
)
_NAMED = Rule(
    "slip-capital",
    NAME,
    "spelling",
    "minor",
    0.72,
    "“{text}” is not a known word; “{meant}” is one slip away.",
)
_GLUED = Rule("run-together", NAME, "spacing", "major", 0.88, "Two words run together: “{parts}”.")
_GLUED_NAME = Rule("run-together", NAME, "spacing", "major", 0.7, "Two words run together: “{parts}”.")
_COMPOUND = Rule("run-together", NAME, "spacing", "major", 0.45, "Two words run together: “{parts}”?")
_BROKE = Rule("broken", NAME, "spelling", "minor", 0.9, "The word is broken in two: “{meant}”.")
_FOREIGN = Rule(
    "foreign", NAME, "untranslated", "major", 0.8, "“{text}” is a {language} word and no English one."
)
_READ = Rule(
    "dictionary",
    NAME,
    "untranslated",
    "major",
    0.75,
    "“{text}” is a word of the {language} dictionary {dictionary} and no English one.",
)
_LONELY = replace(_READ, severity="minor", confidence=0.5)
_LOOKS = Rule(
    "looks-french", NAME, "untranslated", "major", 0.62, "“{text}” is no English word and looks French."
)
_STRANGE = Rule("unknown", NAME, "spelling", "minor", 0.45, "“{text}” is in no English word list.")
_STRANGE_NAME = replace(_STRANGE, confidence=0.35)
_PREFIX = Rule("prefix", NAME, "spelling", "minor", 0.95, "English writes “{meant}”.")

_PEOPLES = (
    "russian|chinese|american|western|european|ukrainian|israeli|palestinian|iranian|turkish|british|"
    "german|french|japanese|korean|indian|serbian|arab|soviet|putin|trump|brexit|kremlin|beijing|moscow|"
    "nato|eu|taiwanese|african|islamic|muslim|christian|jewish|zionist|catholic|tibetan|uighur|uyghur|"
    "kurdish|syrian|saudi|polish|hungarian"
)
_SELF = frozenset({"antichristian", "antisemitic", "antiislamic", "prochristian"})
_JOINED = re.compile(rf"(?<![\w-])(?P<head>[Pp]ro|[Aa]nti)(?P<name>{_PEOPLES})(?P<tail>s|ism)?(?![\w-])")
_HYPHEN = re.compile(rf"(?<![\w-])(?P<head>[Pp]ro|[Aa]nti)-(?P<name>{_PEOPLES})(?![\w-])")
_WORD = re.compile(r"(?<![\w'’./@#&-])[A-Za-z][a-z]{5,18}(?![\w'’/@&]|-\w|\.\w)")
# What a dictionary of another language is asked: shorter ones are too often something else.
_ANY = re.compile(r"(?<![\w'’./@#&-])[a-zß-öø-ÿœ]{4,40}(?![\w'’/@&]|-\w|\.\w)")
_ACRONYMS = frozenset({"nato", "eu"})
_JOINT = re.compile(
    r"(?<![\w@#./-])(?P<first>[A-ZÀ-Þ]?[a-zà-ÿ]{3,})(?P<second>[A-ZÀ-Þ][a-zà-ÿ]{2,})(?![\w@/]|\.\w)"
)
_BRANDS = frozenset(
    str.split(
        "YouTube LinkedIn WhatsApp PowerPoint FaceTime JavaScript TikTok PayPal SpaceX DeepMind ByteDance"
    )
)
_SCOTS = frozenset(("Mac", "Fitz", "Saint"))
_ACCENT = re.compile(r"[à-ÿÀ-Þ]")
_LONG, _CAPITAL_LONG, _SHORTEST = 7, 8, 5
_NAMED_BEFORE = re.compile(
    r"\b(?!(?:The|A|An|This|That|These|His|Her|Its|Their|Our|In|On|For|But|And|As|Le|La|Les|Un|Une|Des|De|"
    r"Het|Een|Der|Die|Das|El|Los|Las)\b)[A-Z][\w’'-]+ (?:(?:de|des|du|la|le|van|het|sans) )*$"
)
_BROKEN = re.compile(r"(?<![\w’'-])(?P<first>[a-z]{3,}) (?P<second>[a-z]{3,})(?![\w’'-])")
_FRENCH = re.compile(
    r"(?:istes?|ismes|iennes?|aises?|euses?|eaux|aux|ités?|ées?|ique|iques|ement|aire|aires|eurs?|[^r]ait|"
    r"aient|èrent|ologues?)$"
)


_Told = Mapping[str, tuple[Rule, Reader]]
"""The words that dictionaries know: how sure that is, and which dictionary knows them."""


def _unknown(passage: Passage, words: Words, told: _Told) -> Iterator[Flag]:
    for m in _WORD.finditer(passage.text):
        word = m.group()
        low = word.lower()
        if (
            words.knows(low)
            or low in words.capital
            or (low in told and told[low][0] is _READ)
            or len(word) < (_SHORTEST if word == low else _CAPITAL_LONG)
        ):
            continue
        if word == low or _opens(passage.text, m.start()):
            yield from _verdict(passage, m, words)
        else:
            yield from _named(passage, m, words)


def _opens(text: str, at: int) -> bool:
    """Whether a word opens a sentence, so that its capital says nothing."""
    return text[:at].rstrip(' “"‘(\u00a0')[-1:] in {"", ".", "!", "?", ":", "\n"}


def _verdict(passage: Passage, m: re.Match[str], words: Words) -> Iterator[Flag]:
    """What an unknown word is: two words, a foreign one, a slip, or simply unknown."""
    word, low = m.group(), m.group().lower()
    if words.built(low):
        return
    other = meant(low, words)
    parts, sure = parted(low, words.counts) if not other else ("", False)
    if parts and word == low:
        yield (_GLUED if sure else _COMPOUND).on(passage, m.start(), m.end(), parts, parts=parts)
    elif low in words.foreign and not _cited(passage.text, m):
        language = LANGUAGES[words.foreign[low]]
        yield _FOREIGN.on(passage, m.start(), m.end(), language=language, lang=words.foreign[low])
    elif other and other not in words.capital and not compound(low, words.counts):
        sure = len(low) >= _LONG and low not in words.counts
        fix = other if word == low else other.capitalize()
        yield (_SLIP if sure and word == low else _NAMED).on(passage, m.start(), m.end(), fix, meant=fix)
    elif _FRENCH.search(low) and not _cited(passage.text, m) and word == low:
        yield _LOOKS.on(passage, m.start(), m.end())
    elif low not in words.counts:
        yield (_STRANGE if word == low else _STRANGE_NAME).on(passage, m.start(), m.end())


def _named(passage: Passage, m: re.Match[str], words: Words) -> Iterator[Flag]:
    """A capitalised word inside a sentence: a name, unless it is one slip from a very common word."""
    low = m.group().lower()
    other = meant(low, words)
    if not words.common(other) or other in words.capital or low in words.foreign:
        return
    if low not in words.counts and not words.built(low) and likely(low, other):
        fix = other.capitalize()
        yield _NAMED.on(passage, m.start(), m.end(), fix, meant=fix)


def _cited(text: str, m: re.Match[str]) -> bool:
    """Whether a word is quoted or stands behind a name: a title, a phrase meant to be foreign."""
    around = text[max(0, m.start() - 1) : m.start()] + text[m.end() : m.end() + 1]
    name = _NAMED_BEFORE.search(text, max(0, m.start() - 30), m.start())
    return bool(set(around) & set('“”"‘’«»()/*_')) or name is not None


def _camel(passage: Passage, words: Words) -> Iterator[Flag]:
    """A capital inside a word where two were run together; what may be a brand is less sure."""
    for m in _JOINT.finditer(passage.text):
        first, second = m["first"], m["second"]
        known = words.knows(first.lower()) and words.knows(second.lower())
        if m.group().lower() in words.counts or m.group() in _BRANDS or first in _SCOTS:
            continue
        sure = known and first[0].islower()
        rule = _GLUED if sure else _GLUED_NAME if _ACCENT.search(m.group()) else _COMPOUND
        yield rule.on(passage, m.start(), m.end(), f"{first} {second}", parts=f"{first} {second}")


def _split(passage: Passage, words: Words) -> Iterator[Flag]:
    """A word broken in two, neither half of which is a word: *govern ment*."""
    for m in _BROKEN.finditer(passage.text):
        first, second = m["first"], m["second"]
        whole = first + second
        if words.common(whole) and not (words.knows(first) and words.knows(second)):
            yield _BROKE.on(passage, m.start(), m.end(), whole, meant=whole)


def _prefixed(passage: Passage) -> Iterator[Flag]:
    for pattern in (_JOINED, _HYPHEN):
        for m in pattern.finditer(passage.text):
            name = m["name"].upper() if m["name"] in _ACRONYMS else m["name"].capitalize()
            tail = (m["tail"] or "") if pattern is _JOINED else ""
            fix = f"{m['head']}-{name}{tail}"
            if m.group().lower() not in _SELF:
                yield _PREFIX.on(passage, m.start(), m.end(), fix, meant=fix)


def _strange(passage: Passage, words: Words) -> Iterator[re.Match[str]]:
    """Words in small letters that are no English ones, as far as our own lists go."""
    for m in _ANY.finditer(passage.text):
        word = m.group()
        if not words.knows(word) and not words.built(word):
            yield m


def _told(found: Sequence[Passage], words: Words, panel: Panel) -> _Told:
    """Put the words English does not know before the dictionaries, or that of the language where it is known.

    What is more likely an English word gone wrong is left. Where nothing tells the language, one word alone
    is not sure: it may be a loan.
    """
    asked = [m.group() for passage in found for m in _strange(passage, words) if not panel.english(m.group())]
    lang = panel.lang or presumed(votes("\n".join(passage.text for passage in found), ()))
    known = {w: one for w, one in panel.foreign(asked, lang).items() if not _mistaken(w, words)}
    times = Counter(one.lang for one in known.values())
    sure = {lang, *(spoken for spoken, count in times.items() if count > 1)}
    return {w: (_READ if one.lang in sure else _LONELY, one) for w, one in known.items()}


def _mistaken(word: str, words: Words) -> bool:
    """Whether an unknown word is more likely to be an English one gone wrong than one of another language."""
    other = meant(word, words)
    return likely(word, other) if other else parted(word, words.counts)[1]


def _left(passage: Passage, words: Words, told: _Told) -> Iterator[Flag]:
    """Words of another language, by the dictionary that knows them."""
    for m in _strange(passage, words) if told else ():
        if m.group() in told and not _cited(passage.text, m):
            rule, reader = told[m.group()]
            kept = {"language": name(reader.lang), "lang": reader.lang, "dictionary": reader.name}
            yield rule.on(passage, m.start(), m.end(), **kept)


def _prepare(tables: Tables) -> Finder:
    return _informed(tables, Panel())


def _informed(tables: Tables, panel: Panel) -> Finder:
    words = Words.of(tables["words"], tables["spelling"], tables["foreign"])

    def find(bitext: Bitext) -> Iterator[Flag]:
        found = list(passages(bitext.target))
        told = _told(found, words, panel) if panel.readers else {}
        for passage in found:
            yield from _prefixed(passage)
            yield from _left(passage, words, told)
            yield from (one for one in _unknown(passage, words, told) if not panel.english(one.text))
            yield from _camel(passage, words)
            yield from _split(passage, words)

    return find


PLUGIN = Check(
    NAME,
    "spelling",
    "normal",
    "misspelt, foreign, broken and run-together words; names glued to pro- or anti-",
    _prepare,
    ("words", "spelling", "foreign"),
    informed=_informed,
)
