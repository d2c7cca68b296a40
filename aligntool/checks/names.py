"""Names of the original that are missing or mangled in the English."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.glossary import Glossary, of_rows
from aligntool.pairs import Pair, on_source, pairs
from aligntool.records import Bitext, Flag
from aligntool.spellings import usage
from aligntool.wordforms import unaccented
from aligntool.wording import Token, tokens

__all__ = ["PLUGIN"]

NAME = "names"
_KNOWN = Rule("lost", NAME, "named-entity", "major", 0.66, "The English does not have the name “{text}”.")
_PERSON = Rule("lost", NAME, "named-entity", "major", 0.64, "The English does not have the name “{text}”.")
_MAYBE = Rule(
    "lost", NAME, "named-entity", "major", 0.35, "The English does not seem to have the name “{text}”."
)
_EXONYM = Rule(
    "lost-exonym",
    NAME,
    "named-entity",
    "major",
    0.62,
    "“{text}” is “{english}” in English; the translation has neither.",
)
_GARBLED = Rule(
    "mangled", NAME, "named-entity", "major", 0.72, "The name “{original}” of the original is mangled."
)
_STUB = Rule("stammered", NAME, "named-entity", "major", 0.88, "The name “{name}” is begun twice.")

_SURE = 0.9
_SHORT, _LONGEST = 4, 40
_ALIKE, _RELATED = 0.72, 0.6
_ROOT = 0.6
_OFTEN, _MANY, _ATTESTED = 80, 60, 30
_NOUNS = frozenset(("de", "lb", "da"))  # German writes every noun with a capital
_STUTTER = re.compile(
    r"(?<![\w’'-])(?P<stub>[A-ZÀ-Þ][^\W\d_]{0,11}) (?P<name>(?P=stub)[^\W\d_]{2,40})(?![\w])"
)
_BREAK = re.compile(r"[.!?:;…“”„«»\"‘•(\[]|[–—-] ?$|(?<!\w)'")
# ways of address, quarters of the world and bodies that other languages write with a capital
_TITLES = frozenset(
    str.split(
        "madame monsieur mesdames messieurs nord sud noord zuid oost ouest verts commission chambre conseil "
        "mijnheer mevrouw koning koningin prins señor señora norte sur este oeste don doña hotel radio group"
    )
)
_PLAIN = re.compile(
    r"[XVILC]+e?|[A-ZÀ-Þ].*(?:se|sche|ns|aans|isch|ees)", re.DOTALL
)  # Roman figures, *Griekse*
_SAME = tuple(
    frozenset(group.split("|"))
    for group in (
        "united states|american|americans|america|u.s|us|usa|the us",
        "united kingdom|british|britain|great britain|uk|u.k|english|england",
        "netherlands|the netherlands|dutch|holland",
        "soviet union|ussr|soviet|soviets",
        "european union|eu|e.u|european",
        "united nations|un|u.n",
        "germany|german|germans",
        "myanmar|burma|burmese",
        "czechia|czech|czech republic",
    )
)
_SPELLINGS = (
    ("tsch", "k"), ("tsj", "k"), ("tch", "k"), ("sch", "s"), ("kh", "k"), ("ch", "k"), ("sj", "s"),
    ("sh", "s"), ("zh", "z"), ("zj", "z"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "k"), ("ph", "f"),
    ("w", "v"), ("h", ""), ("j", ""), ("z", "s"),
)  # fmt: skip


class _Lists(NamedTuple):
    """What is known about names."""

    usual: AbstractSet[str]  # words of English texts
    capital: frozenset[str]  # those among them that nearly always have a capital
    exonyms: Glossary
    common: frozenset[str]  # words the original also writes small
    told: frozenset[str]  # names of the original that the English has somewhere


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """Small, without accents."""
    return unaccented(word.lower())


@lru_cache(maxsize=8192)
def _skeleton(word: str) -> str:
    """Its consonants, spellings of one sound made one: *Loekin* and *Lukin* are alike."""
    low = _folded(word)
    for spelling, sound in _SPELLINGS:
        low = low.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", low))


@lru_cache(maxsize=8192)
def _likeness(one: str, other: str) -> float:
    a, b = _folded(one)[:_LONGEST], _folded(other)[:_LONGEST]
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    least = min(len(a), len(b), _ROOT * max(len(a), len(b)))  # Onega and the Dutch Onegameer are alike
    sounds = _skeleton(one)
    if common >= max(_SHORT, least) or (len(sounds) > 1 and sounds == _skeleton(other)):
        return 1.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


class _Side(NamedTuple):
    """The English of a pair, taken apart once."""

    low: str
    folded: frozenset[str]  # its words
    forms: frozenset[str]  # its words as written, and small without what follows an apostrophe
    starts: frozenset[str]  # the first two letters of its names
    capitals: Sequence[Token]  # the first of its words with a capital
    strange: Sequence[Token]  # those of them that are neither English words nor in the original
    told: dict[str, bool]  # what was looked up before


def _side(pair: Pair, lists: _Lists) -> _Side:
    made = tokens(pair.made)
    given = frozenset(_folded(token.text) for token in tokens(pair.said))
    capitals = [token for token in made if token.text[0].isupper()]
    strange = (
        t for t in capitals if t.low.partition("'")[0] not in lists.usual and _folded(t.text) not in given
    )
    return _Side(
        pair.made.casefold(),
        frozenset(_folded(token.text).partition("'")[0] for token in made),
        frozenset(form for token in made for form in (token.text, token.low.partition("'")[0])),
        frozenset(_folded(token.text)[:2] for token in capitals),
        capitals[:_MANY],
        list(islice(strange, _MANY)),
        {},
    )


def _present(name: str, side: _Side) -> bool:
    """Whether a name stands in the English, in any spelling or with an ending."""
    low = _folded(name)
    if low in side.folded or low.removesuffix("s") in side.folded:
        return True
    return any(_likeness(name, token.text) >= _ALIKE for token in side.capitals)


def _names(pair: Pair, lists: _Lists) -> Iterator[list[Token]]:
    """Runs of capitalised words inside the sentences of the original."""
    run: list[Token] = []
    last = 0
    for at, token in enumerate(tokens(pair.said)):
        between = pair.said[last : token.start]
        opens = at == 0 or bool(_BREAK.search(between)) or token.start in pair.source.starts
        if run and (opens or between != " " or not token.text[0].isupper()):
            yield run
            run = []
        named = token.text[0].isupper() and token.low not in lists.common and token.low not in _TITLES
        if named and not opens:
            run.append(token)
        last = token.end
    if run:
        yield run


def _lost(pair: Pair, side: _Side, taken: set[int], lists: _Lists) -> Iterator[Flag]:
    """Names with no counterpart."""
    for run in _names(pair, lists):
        own = [t for t in run if _is_name(pair.said, t) and t.start not in taken]
        gone = [t for t in own if not _present(t.text, side)]
        twins = [(token, twin) for token in gone if (twin := _mangled(token, side)) is not None]
        for token, twin in twins:
            fix = token.text if token.low in lists.told else None
            yield _GARBLED.on(pair.target, twin.start, twin.end, fix, original=token.text)
        if gone and len(gone) == len(own) and not twins:
            yield on_source(_rule(gone, lists), pair.source, gone[0].start, gone[-1].end)


def _is_name(text: str, token: Token) -> bool:
    """Whether a capitalised word may be a name that English keeps: no part of a compound, no adjective."""
    if not (_SHORT <= len(token.text) <= _LONGEST and token.text.isalpha()) or _PLAIN.fullmatch(token.text):
        return False
    return "-" not in (text[token.end : token.end + 1], text[token.start - 1 : token.start])


def _rule(gone: Sequence[Token], lists: _Lists) -> Rule:
    if all(token.low in lists.capital or token.low in lists.told for token in gone):
        return _KNOWN
    unknown = all(token.low not in lists.usual for token in gone)
    return _PERSON if len(gone) > 1 and unknown else _MAYBE


def _mangled(name: Token, side: _Side) -> Token | None:
    """A strange word of the English that is somewhat like the name."""
    best = max(side.strange, key=lambda t: _likeness(name.text, t.text), default=None)
    if best is None or abs(len(best.text) - len(name.text)) > _SHORT:  # Joseondynastie is a compound
        return None
    begun = _folded(best.text)[:_SHORT] == _folded(name.text)[:_SHORT]
    return best if begun or _likeness(name.text, best.text) >= _RELATED else None


def _exonyms(pair: Pair, side: _Side, lists: _Lists) -> Iterator[tuple[set[int], Flag | None]]:
    """Offsets of the words a table of names answers for, with a flag where the English lacks the name."""
    for start, end, english in lists.exonyms.found(pair.said):
        name = pair.said[start:end]
        if name not in side.told:
            side.told[name] = name.casefold() in side.low or _told(english, side)
        covered = {start + token.start for token in tokens(name)}
        there = side.told[name]
        yield covered, None if there else on_source(_EXONYM, pair.source, start, end, english=english)


def _told(english: str, side: _Side) -> bool:
    """Whether the English has a name, a word made from it, its initials or another name for it."""
    name = english.casefold()
    if name[: max(_SHORT, len(name) - 3)] in side.low:
        return True
    initials = "".join(word[0] for word in english.split())
    others = next((group for group in _SAME if name in group), frozenset())
    if (len(initials) > 1 and initials in side.forms) or any(
        re.search(rf"\b{re.escape(other)}\b", side.low) for other in others
    ):
        return True
    return any(_folded(word)[:2] in side.starts for word in english.split() if word[0].isupper())


def _compared(pair: Pair, lists: _Lists, *, capitals: bool) -> Iterator[Flag]:
    side = _side(pair, lists)
    taken: set[int] = set()
    for covered, flag in _exonyms(pair, side, lists):
        taken |= covered
        if flag is not None:
            yield flag
    said = frozenset(token.text for token in tokens(pair.said))
    for m in _STUTTER.finditer(pair.made):
        if m["stub"] not in said:
            yield _STUB.on(pair.target, m.start(), m.end(), m["name"], name=m["name"])
    if capitals:
        yield from _lost(pair, side, taken, lists)


def _prepare(tables: Tables) -> Finder:
    used = usage(tables["words"])
    usual = used.counts.keys()
    capital = frozenset(
        word for word, share in used.capital.items() if share >= _OFTEN and used.counts[word] >= _ATTESTED
    )

    @cache
    def exonyms(lang: str) -> Glossary:
        return of_rows(tables["exonyms"], lang, _SURE)

    def find(bitext: Bitext) -> Iterator[Flag]:
        lang = bitext.source.lang
        if bitext.target.lang != "en" or lang == "en":
            return
        small = frozenset(t.low for text in bitext.source.texts for t in tokens(text) if t.text[0].islower())
        big = frozenset(t.low for text in bitext.target.texts for t in tokens(text) if t.text[0].isupper())
        lists = _Lists(usual, capital, exonyms(lang), small, big - usual)
        for pair in pairs(bitext):
            if pair.whole:
                yield from _compared(pair, lists, capitals=lang not in _NOUNS)

    return find


PLUGIN = Check(
    NAME,
    "named-entity",
    "normal",
    "names lost or mangled in translation",
    _prepare,
    ("exonyms", "words"),
    bilingual=True,
)
