"""Sentence splitting in the manner of Moses' split-sentences, on character offsets: nothing is ever rebuilt.

A stop ends a sentence when a blank and something that can open a sentence follow, unless what stands before
it is an abbreviation, an initial or an ordinal (Koehn et al. 2007, "Moses: Open Source Toolkit for
Statistical Machine Translation", and its non-breaking prefix lists, read through sacremoses). Every decision
looks at no more than 40 characters to the left and one word to the right, so the time is linear in the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Literal

from aligntool.languages import CLOSERS, OPENERS, Kind, Lexicon, lexicon
from aligntool.records import Document, Segment, Span

__all__ = ["segment", "split"]

_LOOK_BACK = 40
_SOFT = ".!?…‼⁇⁈⁉‽؟۔"  # end a sentence where a blank follows
_HARD = "。！？｡।॥።፧༎།។៕။։"  # end one wherever they stand
_CLOSING, _OPENING = re.escape(CLOSERS), re.escape(OPENERS)
# A guillemet after a no-break blank, or one that stands free, closes; footnote marks go with the stop.
# Possessive throughout: a run of stops, quotes or blanks is read once, however long it is.
_TAIL = rf"(?:[{_CLOSING}]|\[\d{{1,3}}\]|[¹²³⁰-⁹]|[\u00a0\u202f\u2009][»›]|\s[»›](?=\s|\Z))*+"
_HEAD = rf"(?:[{_OPENING}][^\S\n]?)*+"
_BREAK = re.compile(r"(?:\n|\r\n?)[^\S\n\r]*(?:\n|\r)\s*+|[\u2028\u2029]\s*+")
_HARD_SET = frozenset(_HARD)
_APOSTROPHES = ("'", "’", "‘")
_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]\s*+")
_ROMAN = re.compile(r"[IVXLCDM]{2,7}")
_CHAIN = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]{1,2}")
_COMPOUND = re.compile(r"[-–—'’/(]")
# After these a single letter is a label, not somebody's initial: "vitamine C. De dokter".
_LABELS = """
vitamin vitamine vitamina plan hepatitis hépatite groep group groupe gruppe grupo gruppo option optie opción
class klasse classe klas type typ category categorie catégorie kategorie serie series série letter lettre
"""
_LABELLED = frozenset(_LABELS.split())
_UNITS = frozenset("mglhtsw")


@cache
def _candidates(lang: str) -> re.Pattern[str]:
    """Groups: stops, what belongs to them, gap, openers, first word.

    It begins with a plain character set and cannot fail after it: the first makes searching fast, the second
    linear.
    """
    greek = ";\u037e" if lang == "el" else ""  # question marks there
    return re.compile(rf"([{_SOFT}{_HARD}{greek}]++)({_TAIL})(\s*+)({_HEAD})(\w{{0,20}}+(?:['’](?=\w))?)")


def _opens(text: str, at: int, opener: str, word: str) -> bool:
    """Whether what follows the gap can begin a sentence; never a lower-case word (that is a stray stop).

    Args:
        text: The whole text.
        at: Where ``word`` ends.
        opener: The quotation marks, brackets and dashes before the word.
        word: The first word; may be empty.
    """
    if not word:
        after = text[at : at + 1]
        return after in ("#", "@") or (after != "" and unicodedata.category(after) in ("Sc", "So"))
    # Georgian letters count as lower-case in Unicode, yet open sentences; so do iPhone and eBay.
    if not word[0].islower() or "\u10d0" <= word[0] <= "\u10ff" or word[1:2].isupper():
        return True
    # Dutch: ’s Avonds, 't Is
    return (
        len(word) == 1
        and opener[-1:] in _APOSTROPHES
        and text[at : at + 1].isspace()
        and text[at + 1 : at + 2].isupper()
    )


def _numeral(token: str, *, first: bool, words: Lexicon) -> Kind:
    """A number before a stop: a list marker at the sentence's start, an ordinal in some languages."""
    if first:
        return "never"
    return "ends" if words.ordinals and len(token) <= 7 else "plain"  # noqa: PLR2004 - longest Roman numeral


def _letter(token: str, before: str, *, first: bool) -> Kind | Literal["initial"]:
    """A single letter before a stop: a list marker, a unit after its number, a label, else an initial."""
    if first:
        return "never"
    if token in _UNITS and before[-1:].isdigit():
        return "digits"
    return "ends" if before.lower() in _LABELLED else "initial"


def _unlisted(token: str, piece: str, words: Lexicon) -> Kind | Literal["initial"]:
    """What a stop means after a token that is not in the abbreviation lists as it stands."""
    first = piece.lstrip(OPENERS) == token
    if (token.isdigit() and len(token) <= 3) or _ROMAN.fullmatch(token):  # noqa: PLR2004 - years are no ordinals
        return _numeral(token, first=first, words=words)
    before = piece[: len(piece) - len(token)].split()[-1:] or [""]
    if before[0].endswith(".") and len(before[0]) <= 5:  # noqa: PLR2004 - "z. B.", "p. ex.", "fr. o. m."
        joined = words.kinds.get(before[0].lstrip(OPENERS) + token)
        if joined:
            return joined
    if len(token) == 1 and token.isalpha():
        return _letter(token, before[0], first=first)
    if _CHAIN.fullmatch(token):
        return "initial"
    return words.kinds.get(_COMPOUND.split(token)[-1].lstrip("0123456789"), "plain")


def _ends(text: str, at: int, start: int, found: tuple[str, ...], words: Lexicon) -> bool:
    """Whether the stops at ``at`` can end the sentence that begins at ``start``."""
    run, tail, _, _, word = found
    if run != ".":
        # "(?)" and "(!)" comment on the word before them
        return not (tail[:1] == ")" and text[at - 1 : at] == "(" and run in ("?", "!"))
    piece = text[max(start, at - _LOOK_BACK) : at]
    if not piece or piece[-1].isspace():
        return True
    token = piece.rsplit(None, 1)[-1].lstrip(OPENERS)
    kind: Kind | Literal["initial"] | None = words.kinds.get(token)
    if kind is None:
        if len(token) > 3 and token.isalpha():  # noqa: PLR2004 - the common case, decided early
            return True
        kind = _unlisted(token, piece, words)
    return _verdict(kind, word, quoted=tail not in ("", ")"), words=words)


def _verdict(kind: Kind | Literal["initial"], word: str, *, quoted: bool, words: Lexicon) -> bool:
    """Whether a stop after a token of this kind ends the sentence when ``word`` opens what follows."""
    if kind == "never":
        return False
    if kind == "digits":
        return not (word[:1].isdigit() or _ROMAN.fullmatch(word))
    if kind == "ends":
        return quoted or word.replace("’", "'") in words.starters
    return kind == "plain" or word.replace("’", "'") in words.after_initial


def _sentences(text: str, begin: int, end: int, lang: str) -> Iterator[Span]:
    """Sentences of one paragraph, without blanks around them."""
    words, start = lexicon(lang), begin
    for match in _candidates(lang).finditer(text, begin, end):
        found = match.groups()
        run, _, gap, opener, word = found
        if run == "." or _HARD_SET.isdisjoint(run):
            if not gap or not _opens(text, match.end(), opener, word):
                continue
            if not _ends(text, match.start(), start, found, words):
                continue
        if match.start(4) < end:
            yield Span(start, match.start(3))
            start = match.start(4)
    yield Span(start, end)


def split(text: str, lang: str, *, keep_lines: bool = False) -> list[Span]:
    """Find the sentences of a text.

    Args:
        text: Any text; a blank line always ends a sentence.
        lang: BCP 47 primary subtag; an unknown one gets a list of international abbreviations.
        keep_lines: Whether every line break ends a sentence too.

    Returns:
        Half-open code point ranges in order, without surrounding blanks; only blanks lie between them.

    >>> text = "Mr. Xi left at 5 p.m. The talks went on. , as planned."
    >>> [text[a:b] for a, b in split(text, "en")]
    ['Mr. Xi left at 5 p.m.', 'The talks went on. , as planned.']
    """
    spans: list[Span] = []
    at = 0
    breaks = [found.span() for found in (_LINE_BREAK if keep_lines else _BREAK).finditer(text)]
    for stop, following in [*breaks, (len(text), len(text))]:
        part = text[at:stop]
        begin, end = at + len(part) - len(part.lstrip()), at + len(part.rstrip())
        if begin < end:
            spans.extend(_sentences(text, begin, end, lang))
        at = following
    return spans


def segment(document: Document, *, keep_lines: bool = False) -> Document:
    """Cut every segment of a document (a paragraph, heading or list item) into sentences.

    Args:
        document: As a format read it; its language picks the abbreviations.
        keep_lines: Whether every line break ends a sentence too.

    Returns:
        The same text, ``str(segment(d)) == str(d)``, with blanks between sentences in their leads; cutting
        it again changes nothing.
    """
    cut: list[Segment] = []
    lead = ""
    for block in document.segments:
        lead += block.lead
        at = 0
        for begin, end in split(block.text, document.lang, keep_lines=keep_lines):
            cut.append(Segment(block.text[begin:end], lead + block.text[at:begin]))
            lead, at = "", end
        lead += block.text[at:]
    entry = f"segment:moses=v1,lang={document.lang}" + (",lines=kept" if keep_lines else "")
    trail = document.trail if document.trail[-1:] == (entry,) else (*document.trail, entry)
    return Document(document.lang, tuple(cut), lead + document.tail, trail)
