"""What the translation leaves out or puts in: sentences, quotations, brackets, questions, too little text."""

import re
from collections.abc import Iterator, Sequence
from math import exp, log, sqrt
from statistics import median

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.literals import has_letters
from aligntool.pairs import Pair, on_source, pairs
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "omissions"
_GONE = Rule("sentence", NAME, "accuracy", "critical", 0.9, "The sentence has no translation beside it.")
_NEW = Rule(
    "new-sentence", NAME, "accuracy", "major", 0.72, "Nothing in the original stands beside the sentence."
)
_SHORT = Rule(
    "too-short",
    NAME,
    "accuracy",
    "critical",
    0.75,
    "The translation has {share} % of the length to be expected: something may be left out.",
)
_BRIEF = Rule(
    "rather-short",
    NAME,
    "accuracy",
    "major",
    0.45,
    "The translation has {share} % of the length to be expected: something may be left out.",
)
_LONG = Rule(
    "too-long",
    NAME,
    "accuracy",
    "major",
    0.62,
    "The translation has {share} % of the length to be expected: something may be added.",
)
_QUOTE = Rule(
    "quotation",
    NAME,
    "accuracy",
    "major",
    0.66,
    "The original quotes here, the translation has no quotation marks.",
)
_WORD = Rule(
    "quoted-word",
    NAME,
    "accuracy",
    "minor",
    0.4,
    "The original has quotation marks here, the translation has none.",
)
_BRACKET = Rule(
    "bracket", NAME, "accuracy", "major", 0.66, "The original has brackets here, the translation has none."
)
_ASKED = Rule("question", NAME, "accuracy", "major", 0.7, "The original asks, the translation does not.")
_ASKS = Rule("new-question", NAME, "accuracy", "major", 0.66, "The translation asks, the original does not.")
_CALLED = Rule(
    "exclamation",
    NAME,
    "punctuation",
    "minor",
    0.35,
    "The original has an exclamation mark, the translation none.",
)

# ln of characters of English for one of the original, and its variance: what stays in long sentences, and
# what shrinks with the length; measured on FLORES-200 dev (NLLB Team 2022)
_PRIOR = {"nl": -0.107, "fr": -0.166, "de": -0.14, "es": -0.15}
_STAYS, _SHRINKS = 0.011, 0.9
_ENOUGH, _STEADY = 8, 20
_FAR, _RATHER, _OVER = 3.4, 2.7, 4.2
_QUOTED = re.compile(
    r"[“„«](?P<a>[^“„«»”]{2,400})[”“»]|\"(?P<b>[^\"]{2,400})\""
    r"|(?<!\w)‘(?P<c>[^‘]{2,400}?)’(?!\w)|(?<!\w)'(?P<d>[^'\n]{2,400}?)'(?!\w)"
)
_MARKS = re.compile(r"[“”„«»\"‘]|(?<!\w)'|'(?!\w)|(?<!\w)’|’(?!\w)")
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,300})[)\]]")
_ASIDE = re.compile(r"[(\[–—]|, .+,| - ")
_ASKING = re.compile(r"\?[\s”»\"’'“)\]]*(?:$|[A-ZÀ-Þ“«‘„\"(]| [a-zà-þ])")
_FEW = 4


def _usual(beads: Sequence[Pair], lang: str) -> tuple[float, float]:
    """Logarithm of the usual length of the English for one character, and how much wider it varies.

    From the document where it has enough beads, by median and median absolute deviation (Hampel 1974, "The
    Influence Curve and Its Role in Robust Estimation"), else from other texts of the language.
    """
    sizes = [
        (len(p.said), log(len(p.made) / len(p.said))) for p in beads if p.whole and len(p.said) >= _STEADY
    ]
    if len(sizes) < _ENOUGH:
        return _PRIOR.get(lang, 0.0), 1.2
    middle = median(ratio for _, ratio in sizes)
    off = 1.4826 * median(abs(ratio - middle) / _deviation(size) for size, ratio in sizes)
    return middle, max(0.9, min(off, 1.6))


def _deviation(size: int) -> float:
    """Usual deviation of the logarithm of the ratio for an original of so many characters."""
    return sqrt(_STAYS + _SHRINKS / size)


def _by_length(pair: Pair, middle: float, width: float) -> Iterator[Flag]:
    given, made = len(pair.said), len(pair.made)
    off = log(made / given) - middle
    deviations = off / _deviation(given) / width
    share = str(round(100 * exp(off)))
    end = len(pair.target.text)
    if deviations <= -_RATHER:
        yield (_SHORT if deviations <= -_FAR else _BRIEF).on(pair.target, end, end, share=share)
    elif deviations >= _OVER:
        yield _LONG.on(pair.target, 0, end, share=share)


def _by_marks(pair: Pair) -> Iterator[Flag]:
    """Quotations, brackets, questions and exclamations on one side only."""
    if not _MARKS.search(pair.made):
        for m in _QUOTED.finditer(pair.said):
            rule = _QUOTE if len(m.group().split()) >= _FEW else _WORD
            yield on_source(rule, pair.source, m.start(), m.end())
    if not _ASIDE.search(pair.made):
        for m in _BRACKETED.finditer(pair.said):
            if has_letters(m["inside"]):
                yield on_source(_BRACKET, pair.source, m.start(), m.end())
    yield from _by_mood(pair)


def _by_mood(pair: Pair) -> Iterator[Flag]:
    end = len(pair.target.text)
    asked = _ASKING.search(pair.said)
    if asked and "?" not in pair.made:
        yield on_source(_ASKED, pair.source, asked.start(), asked.start() + 1)
    if "?" in pair.made and not set(pair.said) & set("?¿;\u037e\u061f"):
        at = pair.made.index("?")
        yield _ASKS.on(pair.target, at, at + 1)
    if "!" in pair.said and "!" not in pair.made:
        yield _CALLED.on(pair.target, end, end)


def _alone(pair: Pair) -> Iterator[Flag]:
    """Sentences with nothing beside them."""
    for text, rule, there in ((pair.source, _GONE, pair.made), (pair.target, _NEW, pair.said)):
        if there.strip():
            continue
        for start, end in zip(text.starts, text.ends, strict=True):
            if has_letters(text.text[start:end]):
                yield on_source(rule, text, start, end) if rule is _GONE else rule.on(text, start, end)


def _find(bitext: Bitext) -> Iterator[Flag]:
    beads = list(pairs(bitext))
    middle, width = _usual(beads, bitext.source.lang)
    for pair in beads:
        if not pair.whole:
            yield from _alone(pair)
        elif has_letters(pair.said):
            yield from _by_length(pair, middle, width)
            yield from _by_marks(pair)


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(
    NAME,
    "accuracy",
    "strict",
    "sentences, quotations, brackets and questions left out or put in",
    _prepare,
    bilingual=True,
)
