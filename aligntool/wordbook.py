"""A hunspell dictionary: words and rules, and whether they make up a word.

A word is tried by taking affixes off it, so that nothing has to be spelt out when a dictionary is opened.
``COMPOUNDRULE`` (mostly numbers), ``COMPLEXPREFIXES`` (two prefixes on one word), ``BREAK`` (words with
hyphens) and ``CHECKCOMPOUNDREP`` (compounds that are a slip of a word) are not followed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, Self

from aligntool.affixes import Affix, Rules, pattern

__all__ = ["Wordbook"]

_Place = Literal["alone", "begin", "middle", "end"]
_LONGEST = 60
_PARTS = 6
_STRANGE = 0.01
_BYTE = re.compile("[\ud800-\udfff]")
_BEHIND = re.compile(r" +[a-z]{2}:.*")


class _Form(NamedTuple):
    """A word taken apart: the stem, the prefix, the suffix next to the stem, the one after that."""

    stem: str
    prefix: Affix | None = None
    inner: Affix | None = None
    outer: Affix | None = None


class Wordbook:
    """Words with their flags, and the rules that make more words of them.

    Args:
        rules: What the ``.aff`` file says.
        stems: Flags as they are written, by word; those of words written alike with a line break between.
    """

    __slots__ = ("_flags", "_input", "_longest", "_rules", "_stems")

    def __init__(self, rules: Rules, stems: Mapping[str, str]) -> None:
        self._rules, self._stems = rules, stems
        self._flags: dict[str, tuple[frozenset[str], ...]] = {}
        written = sorted(rules.input, key=len, reverse=True)
        self._input = re.compile("|".join(map(re.escape, written))) if written else None
        indexes = rules.prefixes, rules.suffixes
        self._longest = tuple(max(map(len, index), default=0) for index in indexes)

    @classmethod
    def parsed(cls, text: str, rules: Rules) -> Self:
        """From the text of a ``.dic`` file.

        Bytes that are no characters are lone surrogates in it, as ``surrogateescape`` leaves them.

        Raises:
            ValueError: It does not begin with the number of its words, or is not in the encoding it names.
        """
        head, _, body = text.removeprefix("\ufeff").partition("\n")
        if not re.match(r"[ \t]*\d", head):
            raise ValueError("line 1 is not the number of its words")
        if rules.ignored:
            body = body.translate(dict.fromkeys(map(ord, rules.ignored)))
        stems: dict[str, str] = {}
        shared: dict[str, str] = {}
        for line in body.split("\n"):
            word, flags = _entry(line)
            flags = shared.setdefault(flags, flags)
            if word in stems and stems[word] != flags:
                flags = f"{stems[word]}\n{flags}"
            stems[word] = flags
        stems.pop("", None)
        strange = sum(not word.isascii() and _BYTE.search(word) is not None for word in stems)
        if strange > len(stems) * _STRANGE:
            raise ValueError(f"{strange} of {len(stems)} words are not in the encoding it names")
        return cls(rules, stems)

    def __len__(self) -> int:
        return len(self._stems)

    def knows(self, word: str) -> bool:
        """Whether it is a word of the language, written with the capitals it may have."""
        if self._rules.ignored:
            word = word.translate(dict.fromkeys(map(ord, self._rules.ignored)))
        if self._input:
            word = self._input.sub(lambda m: self._rules.input[m.group()], word)
        cases = _cases(word)
        if not 0 < len(word) <= _LONGEST or any(map(self._forbidden, cases)):
            return False
        return any(self._made(one, "alone", exact=one == word) for one in cases) or any(
            self._compounded(one, exact=one == word) for one in cases
        )

    def _forbidden(self, word: str) -> bool:
        mark = self._rules.marks.forbiddenword
        return bool(mark) and any(mark in flags for flags in self._homonyms(word))

    def _homonyms(self, stem: str) -> Sequence[frozenset[str]]:
        """The flags of every entry that is written like that."""
        written = self._stems.get(stem)
        if written is None:
            return ()
        if written not in self._flags:
            self._flags[written] = tuple(map(self._rules.flags.read, written.split("\n")))
        return self._flags[written]

    def _made(self, word: str, place: _Place, *, exact: bool) -> bool:
        """Whether the rules make the word of an entry."""
        return any(
            self._fits(flags, form, place, exact=exact)
            for form in self._forms(word, place)
            for flags in self._homonyms(form.stem)
        )

    def _forms(self, word: str, place: _Place) -> Iterator[_Form]:
        """The ways to take affixes off; inside a compound only those that may stand there."""
        permit = self._rules.compounding.permit
        ends, begins = place in {"alone", "end"}, place in {"alone", "begin"}
        yield from self._without_suffix(word, "" if ends else permit or "-")
        for size in range(min(self._longest[0], len(word)) + 1):
            for one in self._rules.prefixes.get(word[:size], ()):
                stem = one.strip + word[size:]
                if (begins or permit in one.flags) and _meets(one, stem, at_end=False):
                    for form in self._without_suffix(stem, "" if ends else permit or "-"):
                        yield form._replace(prefix=one)

    def _without_suffix(self, word: str, needed: str) -> Iterator[_Form]:
        """The word with no, one and two suffixes taken off; ``needed`` is a flag they must have, or "" ."""
        yield _Form(word)
        for outer, rest in self._off(word, self._rules.suffixes):
            if needed and needed not in outer.flags:
                continue
            yield _Form(rest, inner=outer)
            if outer.flag in self._rules.following:
                for inner, stem in self._off(rest, self._rules.nested):
                    if outer.flag in inner.flags:
                        yield _Form(stem, inner=inner, outer=outer)

    def _off(self, word: str, suffixes: Mapping[str, Sequence[Affix]]) -> Iterator[tuple[Affix, str]]:
        """A suffix, and the word before it came."""
        for at in range(max(0, len(word) - self._longest[1]), len(word) + 1):
            for one in suffixes.get(word[at:], ()):
                stem = word[:at] + one.strip
                if _meets(one, stem, at_end=True):
                    yield one, stem

    def _fits(self, flags: frozenset[str], form: _Form, place: _Place, *, exact: bool) -> bool:
        """Whether an entry with these flags may take the affixes, and the whole stand where it does."""
        marks = self._rules.marks
        affixes = [one for one in form[1:] if one]
        if marks.forbiddenword in flags or (not exact and marks.keepcase in flags):
            return False
        bare = all(marks.needaffix in one.flags for one in affixes) if affixes else marks.needaffix in flags
        if bare or not _joined(flags, form) or self._half_around(form):
            return False
        every = flags.union(*(one.flags for one in affixes))
        if place == "alone":
            return marks.onlyincompound not in every
        return self._takes_part(every, place) and not any(
            self._rules.compounding.forbid in one.flags for one in affixes
        )

    def _half_around(self, form: _Form) -> bool:
        """Whether a prefix or a suffix that only go together stands alone."""
        mark, last = self._rules.marks.circumfix, form.outer or form.inner
        before = form.prefix is not None and mark in form.prefix.flags
        return before != (last is not None and mark in last.flags)

    def _takes_part(self, flags: frozenset[str], place: _Place) -> bool:
        rules = self._rules.compounding
        own = {"begin": rules.begin, "middle": rules.middle, "end": rules.end}.get(place, "")
        return rules.anywhere in flags or own in flags

    def _compounded(self, word: str, *, exact: bool) -> bool:
        """Whether the word is put together from parts."""
        rules = self._rules.compounding
        if not (rules.anywhere or rules.begin or rules.end) or len(word) < 2 * rules.least:
            return False
        most = rules.most or _PARTS
        # Where a part may end: what it was, and the fewest parts up to there.
        reached: dict[int, dict[str, int]] = {0: {"": 0}}
        fits = cache(lambda piece, place: self._made(piece, place, exact=exact))
        for start in range(len(word) - rules.least + 1):
            last = word[start:]
            for before, count in reached.get(start, {}).items():
                if count >= most:
                    continue
                if start and self._meet(before, last) and fits(last, "end"):
                    return True
                for end in range(start + rules.least, len(word) - rules.least + 1):
                    piece = word[start:end]
                    if self._meet(before, piece) and fits(piece, "middle" if start else "begin"):
                        reached.setdefault(end, {}).setdefault(piece, count + 1)
        return False

    def _meet(self, before: str, after: str) -> bool:
        """Whether two parts may stand side by side."""
        rules = self._rules.compounding
        return (rules.twice or before != after) and not any(
            before.endswith(end) and after.startswith(begin) for end, begin in rules.clashes
        )


def _entry(line: str) -> tuple[str, str]:
    """Word and flags of a line; what follows them (morphology) is left."""
    line, _, _ = line.rstrip("\r").partition("\t")
    if "\\/" in line:
        word, _, flags = line.replace("\\/", "\0").partition("/")
        word = word.replace("\0", "/")
    else:
        word, _, flags = line.partition("/")
    if not flags and " " in word:
        word = _BEHIND.sub("", word)
    return word.strip(), flags.partition(" ")[0]


def _cases(word: str) -> tuple[str, ...]:
    """The word, and how a dictionary may have it: one with capitals may be one without."""
    if word.isupper() and len(word) > 1:
        return word, word.lower(), word.capitalize()
    return (word, word[:1].lower() + word[1:]) if word[:1].isupper() else (word,)


def _meets(one: Affix, stem: str, *, at_end: bool) -> bool:
    if one.condition == ".":
        return True
    found = pattern(one.condition, at_end=at_end)
    return bool(found.search(stem) if at_end else found.match(stem))


def _joined(flags: frozenset[str], form: _Form) -> bool:
    """Whether stem and affixes take each other: a prefix may be the stem's or a suffix's, and conversely."""
    prefix, inner, outer = form.prefix, form.inner, form.outer
    if inner and inner.flag not in flags and not (prefix and inner.flag in prefix.flags):
        return False
    if not prefix:
        return True
    crossing = not inner or (prefix.cross and inner.cross)
    suffixes = [one for one in (inner, outer) if one]
    return crossing and (prefix.flag in flags or any(prefix.flag in one.flags for one in suffixes))
