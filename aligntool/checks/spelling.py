"""Words that no English text holds, one slip away from a common one, and names run into a prefix."""

import re
from collections.abc import Iterator, Mapping

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.records import Bitext, Flag

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
_PREFIX = Rule("prefix", NAME, "spelling", "minor", 0.95, "English writes “{meant}”.")

_PEOPLES = (
    "russian|chinese|american|western|european|ukrainian|israeli|palestinian|iranian|turkish|british|"
    "german|french|"
    "japanese|korean|indian|serbian|arab|soviet|putin|trump|brexit|kremlin|beijing|moscow|nato|eu|"
    "taiwanese|african|"
    "islamic|muslim|christian|jewish|zionist|catholic|tibetan|uighur|uyghur|kurdish|syrian|saudi|polish|"
    "hungarian"
)
_SELF = frozenset({"antichristian", "antisemitic", "antiislamic", "prochristian"})
_JOINED = re.compile(rf"(?<![\w-])(?P<head>[Pp]ro|[Aa]nti)(?P<name>{_PEOPLES})(?P<tail>s|ism)?(?![\w-])")
_HYPHEN = re.compile(rf"(?<![\w-])(?P<head>[Pp]ro|[Aa]nti)-(?P<name>{_PEOPLES})(?![\w-])")
_WORD = re.compile(r"(?<![\w'’./@#&-])[A-Za-z][a-z]{5,18}(?![\w'’/@&]|-\w|\.\w)")
_ACRONYMS = frozenset({"nato", "eu"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FREQUENT, _VERY = 400, 2000
_PART = 4
_LONG, _CAPITAL_LONG = 7, 8


def _edits(word: str) -> Iterator[tuple[str, bool]]:
    """Words one slip away (Damerau 1964), and whether by the likeliest kind: a swap or a lost double."""
    for i in range(1, len(word)):
        if i + 1 < len(word) and word[i] != word[i + 1]:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :], True
        yield word[:i] + word[i + 1 :], word[i] == word[i - 1]
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:], letter in {word[i - 1], word[i]}
            if letter != word[i]:
                yield word[:i] + letter + word[i + 1 :], False


def _meant(word: str, counts: Mapping[str, int]) -> str:
    """The one common word a slip away, or "" where there is none or where it could be several."""
    near = {other: likely for other, likely in sorted(_edits(word)) if counts.get(other, 0) >= _FREQUENT}
    likely = [other for other, sure in near.items() if sure]
    best = likely or [other for other in near if counts[other] >= _VERY]
    # an ending is grammar, not a slip: a plural or a verb form that the counts have not met
    best = [other for other in best if other[:-1] != word and word[:-1] != other and other[-2:] == word[-2:]]
    return best[0] if len(best) == 1 else ""


def _compound(word: str, counts: Mapping[str, int]) -> bool:
    """Whether two known words make it up: footfall, not football misspelt."""
    cuts = range(_PART, len(word) - _PART + 1)
    return any(min(counts.get(word[:i], 0), counts.get(word[i:], 0)) >= _FREQUENT for i in cuts)


def _slips(passage: Passage, counts: Mapping[str, int], capital: frozenset[str]) -> Iterator[Flag]:
    for m in _WORD.finditer(passage.text):
        word = m.group()
        low = word.lower()
        small = word == low
        if low in counts or len(word) < (_LONG if small else _CAPITAL_LONG):
            continue
        meant = _meant(low, counts)
        if meant and meant not in capital and not _compound(low, counts):
            fix = meant if small else meant.capitalize()
            yield (_SLIP if small else _NAMED).on(passage, m.start(), m.end(), fix, meant=fix)


def _prefixed(passage: Passage) -> Iterator[Flag]:
    for pattern in (_JOINED, _HYPHEN):
        for m in pattern.finditer(passage.text):
            name = m["name"].upper() if m["name"] in _ACRONYMS else m["name"].capitalize()
            tail = (m["tail"] or "") if pattern is _JOINED else ""
            fix = f"{m['head']}-{name}{tail}"
            if m.group().lower() not in _SELF:
                yield _PREFIX.on(passage, m.start(), m.end(), fix, meant=fix)


def _prepare(tables: Tables) -> Finder:
    counts = {row["word"]: int(row["count"]) for row in tables["words"]}
    capital = frozenset(row["word"] for row in tables["words"] if int(row["capital"]) > 50)  # noqa: PLR2004 - mostly a name

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from _prefixed(passage)
            yield from _slips(passage, counts, capital)

    return find


PLUGIN = Check(
    NAME,
    "spelling",
    "normal",
    "unknown words one slip from a common one; names glued to pro- or anti-",
    _prepare,
    ("words",),
)
