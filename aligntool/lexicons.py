"""Lexicons of phrases: patterns of English word forms found in a text, with the fix each one offers.

`aligntool.wording` says how a pattern is written. A phrase is looked up by its first two words:
time grows with the text and hardly with the lexicon.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import pairwise
from typing import NamedTuple

from aligntool.inflection import CLASSES, article, be_in_context, forms, person, tag_in_context, vowel_sound
from aligntool.listings import Row
from aligntool.wording import Entry, Pattern, Slot, followers, head, read

__all__ = ["Hit", "Lexicon", "Token", "tokens"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GAP = re.compile(r"[ \t\u00a0\u202f-]{1,3}")
_NEAR = 10
_SMALL = frozenset(
    {"a", "an", "the", "of", "with", "in", "to", "on", "for", "as", "by", "at", "from", "be", "have"}
)
_WIDE = 3
_JOINING = frozenset(
    {"of", "to", "with", "for", "from", "on", "in", "at", "by", "that", "as", "than", "into", "behind"}
)
_PARTICLES = frozenset({"in", "on"})  # of a verb as well: pitch in
_OPENERS = " \t\u00a0\u202f\"'“‘«‹„([*–—-"


class Token(NamedTuple):
    """A word of a text: as given, folded for comparison, and where it stands (code points)."""

    text: str
    low: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, apostrophes inside them kept and made straight in ``low``."""
    return [
        Token(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end())
        for m in _WORD.finditer(text)
    ]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its row, where it stands (code points), and what to put there ("" if unknown)."""

    row: Row
    start: int
    end: int
    fix: str


class _Heading(NamedTuple):
    """The patterns that begin with one word, by the word that must follow, and those that any may follow."""

    pairs: Mapping[str, Sequence[Pattern]]
    free: Sequence[Pattern]


class Lexicon:
    """Phrases of a table, ready to be found.

    A pattern is only read once its first word has been met: few of a lexicon's words stand in one text.

    Args:
        rows: Column ``literal`` holds the patterns, ``suggestion`` what to write, ``context`` conditions;
            those of somebody else are to be verified first.
        exact: Small and capital letters differ, as in names.

    Raises:
        ValueError: A pattern has no word to begin with.
    """

    def __init__(self, rows: Iterable[Row], *, exact: bool = False) -> None:
        self._exact = exact
        entries = (Entry(literal, row) for row in rows for literal in row["literal"].split(" ; "))
        starts: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        for entry in enumerate(entries):
            starts[entry[1].literal.partition(" ")[0]].append(entry)
        self._waiting: dict[str, list[list[tuple[int, Entry]]]] = defaultdict(list)
        for piece, found in starts.items():
            for word in head(piece):
                self._waiting[word].append(found)
        self._read: dict[str, _Heading] = {}

    def _heading(self, word: str) -> _Heading:
        heading = self._read.get(word)
        if heading is None:
            heading = self._read[word] = _heading(entry for _, entry in merge(*self._waiting[word]))
        return heading

    def find(self, text: str, words: Sequence[Token] | None = None) -> Iterator[Hit]:
        """Every phrase found: of those that begin at a word the longest, then the surest; none in another."""
        words = tokens(text) if words is None else words
        keys = [word.text.replace("’", "'") if self._exact else word.low for word in words]
        joined = [_GAP.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(words)]
        joined.append(False)
        reached = 0
        for at, key in enumerate(keys):
            if key not in self._waiting:
                continue
            heading = self._heading(key)
            follower = keys[at + 1] if joined[at] else ""
            candidates = [*heading.pairs.get(follower, ()), *heading.free]
            best: tuple[Pattern, Sequence[tuple[int, int]]] | None = None
            for pattern in candidates:
                ends = _match(pattern.slots, keys, joined, at)
                if not ends or (best is not None and _rank(pattern, ends) <= _rank(*best)):
                    continue
                if _holds(pattern, words, at, ends[-1][1]):
                    best = (pattern, ends)
            if best is not None:
                flagged, where = _flagged(*best)
                if where[-1][1] > reached:
                    reached = where[-1][1]
                    yield _hit(text, words, flagged, where)


def _rank(pattern: Pattern, ends: Sequence[tuple[int, int]]) -> tuple[int, float]:
    """How far a phrase reaches, and how sure it is."""
    return ends[-1][1], float(pattern.row.get("confidence") or 0)


def _flagged(pattern: Pattern, ends: Sequence[tuple[int, int]]) -> tuple[Pattern, Sequence[tuple[int, int]]]:
    """A pattern that was found without what stands in brackets, and the word ranges of what remains."""
    if not any(slot.kept for slot in pattern.slots):
        return pattern, ends
    both = [(slot, end) for slot, end in zip(pattern.slots, ends, strict=True) if not slot.kept]
    return pattern._replace(slots=tuple(slot for slot, _ in both)), [end for _, end in both]


def _heading(entries: Iterable[Entry]) -> _Heading:
    pairs: dict[str, list[Pattern]] = defaultdict(list)
    free = []
    for pattern in map(read, entries):
        second = followers(pattern.slots[1:])
        if second is None:
            free.append(pattern)
        else:
            for follower in second:
                pairs[follower].append(pattern)
    return _Heading(pairs, free)


def _match(
    slots: Sequence[Slot], keys: Sequence[str], joined: Sequence[bool], at: int
) -> tuple[tuple[int, int], ...] | None:
    """Word ranges the slots take from word ``at`` on, or None; backtracks over optional and wide slots."""
    if not slots:
        return ()
    slot, rest = slots[0], slots[1:]
    for size in _sizes(slot, keys, joined, at):
        after = at + size
        if rest and size and not joined[after - 1]:
            if all(s.optional for s in rest):
                return ((at, after), *(((after, after),) * len(rest)))
            continue
        tail = _match(rest, keys, joined, after)
        if tail is not None:
            return ((at, after), *tail)
    return None


def _sizes(slot: Slot, keys: Sequence[str], joined: Sequence[bool], at: int) -> Iterator[int]:
    """How many words a slot may take here, in the order to be tried."""
    if at < len(keys) and (slot.words is None or keys[at] in slot.words):
        yield 1
        size = 1
        while slot.wide and size < _WIDE and at + size < len(keys) and joined[at + size - 1]:
            size += 1
            yield size
    if slot.optional:
        yield 0


def _holds(pattern: Pattern, words: Sequence[Token], start: int, end: int) -> bool:
    """Whether the conditions of a pattern hold around the words ``start:end``."""
    before = words[start - 1].low if start else ""
    after = words[end].low if end < len(words) else ""
    for kind, wanted in pattern.context:
        if kind in "+-":
            near = {w.low for w in words[max(0, start - _NEAR) : start]} | {
                w.low for w in words[end : end + _NEAR]
            }
            met = bool(near & wanted) == (kind == "+")
        else:
            met = ((before if kind[-1] == "<" else after) in wanted) != kind.startswith("!")
        if not met:
            return False
    return True


def _hit(text: str, words: Sequence[Token], pattern: Pattern, ends: Sequence[tuple[int, int]]) -> Hit:
    first, last = words[ends[0][0]], max(e for _, e in ends) - 1
    fix = _fix(text, words, pattern, ends)
    if not _suggestion(pattern).endswith(" *"):  # what it joins stood elsewhere, or is in it
        fix, last = _joined(words, ends[0][0], last, fix)
    if fix:
        first, last = _bared(words, ends[0][0], last, fix)
    start = first.start
    if fix and first is words[ends[0][0]] and ends[0][0]:
        before = words[ends[0][0] - 1]
        between = text[before.end : start]
        if before.low in {"a", "an"} and set(between) <= set(_OPENERS):
            right = article(fix)
            if right != before.low and vowel_sound(first.text) != vowel_sound(fix):
                start, fix = (
                    before.start,
                    (right.capitalize() if before.text[0] == "A" else right) + between + fix,
                )
    return Hit(pattern.row, start, words[last].end, fix)


def _suggestion(pattern: Pattern) -> str:
    """The first of a row's suggestions, its marks not yet filled."""
    return pattern.row.get("suggestion", "").split(" / ")[0]


def _joined(words: Sequence[Token], first: int, last: int, fix: str) -> tuple[str, int]:
    """A suggestion that joins what follows replaces what does: up to the last word that joins, or nothing."""
    joining = fix.rpartition(" ")[2]
    whole = joining in _PARTICLES and words[last].low not in _JOINING | CLASSES["@det"]
    if joining not in _JOINING or whole:
        return fix, last
    # what a phrase of several words begins with is the verb, or what governs it
    joins = [i for i in range(first + (last > first), last + 1) if words[i].low in _JOINING]
    return (fix, joins[-1]) if joins else ("", last)


def _bared(words: Sequence[Token], first: int, last: int, fix: str) -> tuple[Token, int]:
    """Leave a determiner at either end alone where the fix has none of its own there."""
    determiners = CLASSES["@det"]
    pieces = fix.lower().split(" ")
    if first < last and words[first].low in determiners and pieces[0] not in determiners:
        first += 1
    if first < last and words[last].low in determiners and pieces[-1] not in determiners:
        last -= 1
    return words[first], last


def _fix(text: str, words: Sequence[Token], pattern: Pattern, ends: Sequence[tuple[int, int]]) -> str:
    """The suggestion with its marks filled and its case fitted to the place."""
    wanted = _suggestion(pattern)
    found = words[ends[0][0] : max(e for _, e in ends)]
    form, tag = next(((w.low, pattern.tags[w.low]) for w in found if w.low in pattern.tags), ("", "base"))
    stood: defaultdict[str, list[str]] = defaultdict(list)
    for slot, (a, b) in zip(pattern.slots, ends, strict=True):
        if slot.mark and b > a:
            stood[slot.mark].append(text[words[a].start : words[b - 1].end])
        elif slot.mark == "*":
            stood["*"].append("")
    before = [word.low for word in words[max(0, ends[0][0] - 2) : ends[0][0]]]
    tag = tag_in_context(tag, found[0].low, before)
    whose, self = person([word.low for word in found] + before[::-1])
    told = {
        "~be": form if form in CLASSES["@be"] else be_in_context(tag, before),
        "one's": whose,
        "oneself": self,
    }
    rest = wanted.removesuffix(" **")
    if rest != wanted and found[0].low not in _SMALL and rest.split(" ")[-1] not in _SMALL:
        stood["**"] = [text[words[ends[0][1]].start : found[-1].end]] if len(found) > 1 else []
    elif rest != wanted:
        return ""  # what would follow is known, but not how it joins
    pieces = [_piece(piece, tag, stood, told) for piece in wanted.split(" ")]
    if None in pieces or any(stood["*"] + stood["**"]):
        return ""  # something the suggestion wants is not in the text, or a word of the text not in it
    return _cased(" ".join(filter(None, pieces)), found, text)


def _piece(piece: str, tag: str, stood: defaultdict[str, list[str]], told: Mapping[str, str]) -> str | None:
    """What a piece of a suggestion stands for here; None where the text does not tell."""
    if piece in told:
        return told[piece] or None
    if piece[:1] in {"*", "@"}:
        return stood[piece].pop(0) if stood[piece] else None
    return forms(piece[1:])[tag] if piece.startswith("~") else piece


def _cased(fix: str, found: Sequence[Token], text: str) -> str:
    """A capital where the phrase opens a sentence, Title Case in a title, else as the lexicon has it."""
    long = [token.text for token in found if len(token.text) > _WIDE]
    if len(long) > 1 and all(word[0].isupper() for word in long):
        return " ".join(w[:1].upper() + w[1:] if len(w) > _WIDE else w for w in fix.split(" "))
    before = text[: found[0].start].rstrip(_OPENERS)
    if fix and found[0].text[0].isupper() and (not before or before[-1] in ".!?:…"):
        return fix[0].upper() + fix[1:]
    return fix
