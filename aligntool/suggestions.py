"""What a lexicon's suggestion comes to where its pattern was found: filled, inflected, joined, cased."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from aligntool.inflection import CLASSES, article, be_in_context, forms, person, tag_in_context, vowel_sound
from aligntool.wording import Pattern, Token

__all__ = ["offered"]

_SMALL = frozenset(
    {"a", "an", "the", "of", "with", "in", "to", "on", "for", "as", "by", "at", "from", "be", "have"}
)
_LONG = 3
"""Letters of the words that a title leaves small, at most."""
_JOINING = frozenset(
    {"of", "to", "with", "for", "from", "on", "in", "at", "by", "that", "as", "than", "into", "behind"}
)
_PARTICLES = frozenset({"in", "on"})  # of a verb as well: pitch in
_OPENERS = " \t\u00a0\u202f\"'“‘«‹„([*–—-"


def offered(
    text: str, words: Sequence[Token], pattern: Pattern, ends: Sequence[tuple[int, int]]
) -> tuple[int, int, str]:
    """What a pattern's suggestion replaces and what it puts there.

    Args:
        text: The text.
        words: Its words.
        pattern: A pattern that was found, without what stands in brackets.
        ends: The word ranges its slots took.

    Returns:
        Start and end in code points, and the fix, "" where there is none that fits.
    """
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
    return start, words[last].end, fix


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
    long = [token.text for token in found if len(token.text) > _LONG]
    if len(long) > 1 and all(word[0].isupper() for word in long):
        return " ".join(w[:1].upper() + w[1:] if len(w) > _LONG else w for w in fix.split(" "))
    before = text[: found[0].start].rstrip(_OPENERS)
    if fix and found[0].text[0].isupper() and (not before or before[-1] in ".!?:…"):
        return fix[0].upper() + fix[1:]
    return fix
