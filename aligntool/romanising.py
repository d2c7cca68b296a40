"""Russian, Ukrainian and Belarusian names as other languages write them, put as the English press does.

Every language spells Cyrillic by ear: Шойгу is Sjojgoe in Dutch, Choïgou in French, Schoigu in German and
Shoigu in English. The English follows BGN/PCGN (United States Board on Geographic Names, 1947) as newspapers
simplify it. A name is taken for one by its ending (-ov, -enko, -ski …) together with letters that English
does not spell that sound with (tsj, tch), or with a given name before it that only the other language spells
so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from aligntool.renderings import Place, filled, lacking

__all__ = ["Named", "Romaniser", "of_rows"]

_NAME = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VOWEL = "[aeiouyïéèáíó]"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text.

    Attributes:
        start, end: Where it stands.
        text: What stands there.
        english: What the English press writes; never the same.
        sure: Whether a given name before it, here or elsewhere in the text, says where it comes from.
    """

    start: int
    end: int
    text: str
    english: str
    sure: bool


class _Spelling:
    """How a language writes the sounds.

    Args:
        family: Endings of family names.
        telling: Letters that English does not use for a sound of these names; "" where there are none.
        sounds: Pattern and English; of several that fit at a place the first.
    """

    def __init__(self, family: str, telling: str, sounds: Mapping[str, str]) -> None:
        self.family = re.compile(rf"..(?:{family})$")
        self.telling = re.compile(telling or r"(?!)")
        self._put = list(sounds.values())
        self._sound = re.compile("|".join(f"({pattern})" for pattern in sounds))

    def english(self, word: str) -> str:
        """A word by its sounds, a doubled name (Saltykov-Sjtsjedrin) part by part."""
        return "-".join(self._part(part.lower()) for part in word.split("-"))

    def _part(self, low: str) -> str:
        put = self._sound.sub(lambda match: self._put[(match.lastindex or 1) - 1], low)
        return put[:1].upper() + put[1:]


_SPELLINGS: Mapping[str, _Spelling] = {
    "fr": _Spelling(
        r"[oe]va?|[aeo]ïeva?|enko|sk(?:i|ï|aïa)|[vo]?itch|ine|tchouk",
        r"tch|ou|ï|dj|^jd",
        {
            "chtch": "shch",
            "tch": "ch",
            "ch": "sh",
            "dj": "dzh",
            "j": "zh",
            "(?<![a-z])i(?=[aeo])": "y",
            "ou": "u",
            "gu(?=[eiéï])": "g",
            f"(?<={_VOWEL})ss(?={_VOWEL})": "s",
            "skaïa$": "skaya",
            "sk[iï]$": "sky",
            "ine$": "in",
            f"ï(?={_VOWEL})": "y",
            "ï": "i",
            "[éè]": "e",
        },
    ),
    "nl": _Spelling(
        r"[oe]va?|enko|sk(?:ij?|aja)|[vo]?itsj|[dnj]oek|[nlvk]y|"
        r"(?<=oe[^aeiou])in|(?<=oe[^aeiou]{2})in|(?<=[tsz]j)in|(?<=[tsz]jk)in",
        r"oe|[tsz]j",
        {
            "sjtsjov$": "shchev",
            "tsjov$": "chev",
            "sjtsj": "shch",
            "tsj": "ch",
            "zj": "zh",
            "sj": "sh",
            "ch": "kh",
            "skaja$": "skaya",
            "skij?$": "sky",
            "oe": "u",
            f"j(?={_VOWEL})": "y",
            "(?<=[aeo])j": "i",
        },
    ),
    "de": _Spelling(
        r"[oe]wa?|enko|sk(?:ij?|aja)|[wo]?itsch|in|tschuk",
        "",
        {
            "schtschow$": "shchev",
            "tschow$": "chev",
            "schtsch": "shch",
            "tsch": "ch",
            "sch": "sh",
            "ch": "kh",
            "skaja$": "skaya",
            "skij?$": "sky",
            "w": "v",
            f"j(?={_VOWEL})": "y",
            "(?<=[aeo])j": "i",
            f"(?<={_VOWEL})ss(?={_VOWEL})": "s",
        },
    ),
    "es": _Spelling(
        r"[oeó]va?|enko|ski|skaya|[vo]?ich|ín|in",
        "",
        {"j": "kh", "gu(?=[eié])": "g", "ski$": "sky", "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"},
    ),
}

_ELSEWHERE = re.compile("[wqxłńśżćčšžőű]")
"""Letters of Polish, Czech and others, whose names keep their spelling; not said of German."""
_NEEDS_GIVEN = re.compile(r"(?:ine|itch|itsj|ski|[oe]va|[nlvk]y)$")
"""Endings that names of the language itself, or of Poles and Serbs, have as well."""
_ORDINARY = frozenset({"belousov", "boerin"})


@dataclass(frozen=True, slots=True)
class Romaniser:
    """Finds such names in a text and says how English writes them.

    Attributes:
        lang: How the text spells them.
        given: English of the given names that language writes.
        kept: Words that are not looked at, since something else knows them.
    """

    lang: str
    given: Mapping[str, str]
    kept: frozenset[str] = frozenset()
    _spelling: _Spelling = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_spelling", _SPELLINGS[self.lang])

    def found(self, text: str) -> tuple[Named, ...]:
        """The names of a text that English writes otherwise, in order.

        >>> russian = Romaniser("nl", {"Artjom": "Artyom"})
        >>> [(one.text, one.english, one.sure) for one in russian.found("Artjom Loekin kwam. Loekin sprak.")]
        [('Artjom', 'Artyom', True), ('Loekin', 'Lukin', True), ('Loekin', 'Lukin', True)]
        """
        names = tuple(self._names(text))
        known = {name.text for name in names if name.sure}
        return tuple(replace(name, sure=name.text in known) for name in names)

    def missing(self, text: str, output: str) -> list[str]:
        """English names that the text asks for and its translation does not have."""
        return lacking(self._places(text), output)

    def applied(self, text: str, output: str = "") -> str:  # noqa: ARG002 - `retries.Aid` has it
        """The text with every name as English writes it."""
        return filled(text, self._places(text))

    def _places(self, text: str) -> Iterator[Place]:
        return ((name.start, name.end, name.english) for name in self.found(text))

    def _names(self, text: str) -> Iterator[Named]:
        before: re.Match[str] | None = None
        for match in _NAME.finditer(text):
            if not match.group()[0].isupper():
                before = None
                continue
            chained = before if before and text[before.end() : match.start()] == " " else None
            if self._family(match.group(), chained.group() if chained else ""):
                if chained:
                    yield from self._named(chained, self.given[chained.group()], sure=True)
                yield from self._named(match, self._spelling.english(match.group()), sure=bool(chained))
                before = None
            else:
                before = match if match.group() in self.given else None

    def _named(self, match: re.Match[str], english: str, *, sure: bool) -> Iterator[Named]:
        if english != match.group() and match.group() not in self.kept:
            yield Named(*match.span(), match.group(), english, sure)

    def _family(self, word: str, given: str) -> bool:
        """Whether a word, with the given name before it if there is one, is a name spelt by this language."""
        low = word.lower()
        if low in _ORDINARY or not word[1:].replace("-", "").isalpha() or word.isupper():
            return False
        if not self._spelling.family.search(low) or (self.lang != "de" and _ELSEWHERE.search(low)):
            return False
        if given and self.given[given] != given:
            return True
        return bool(self._spelling.telling.search(low)) and bool(given or not _NEEDS_GIVEN.search(low))


def of_rows(rows: Iterable[Mapping[str, str]], lang: str, kept: Iterable[str] = ()) -> Romaniser:
    """The romaniser of a language, from the table of given names.

    Args:
        rows: Columns ``lang``, ``name``, ``english``.
        lang: Code of a language whose way of spelling these names is known: fr, nl, de, es.
        kept: Words to pass over.
    """
    return Romaniser(
        lang, {row["name"]: row["english"] for row in rows if row["lang"] == lang}, frozenset(kept)
    )
