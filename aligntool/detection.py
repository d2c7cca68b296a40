"""Language identification: langdetect under control, writing systems that decide by themselves, and honesty.

langdetect is a port of Nakatani (2010), "Language Detection Library for Java": naive Bayes over character
n-grams, sampled at random. Unseeded, one sentence in 150 changes its language between runs; its probability
is near 1 even where it is wrong; capitals mislead it. Hence: a seed before every run, a prior for the
languages that can be expected, capitals lowered, and ``und`` where there is too little text to tell.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from aligntool.errors import InputError
from aligntool.languages import script, tag

__all__ = ["Detection", "detect"]

_SAMPLE = 2000  # letters; ten sentences of news, where langdetect was right 360 times in 360
_WINDOW = 20_000  # characters looked at to find them
_MIN_WORDS = 3
_CAPITALS = 0.6
# How much likelier a candidate is than another language before reading. langdetect stops reading as soon as
# it is sure, so for relatives such as Dutch and Afrikaans strong odds decide alone: right for a line, which
# it takes for Afrikaans once in 15, wrong for three sentences, which it got right 2,115 times in 2,115.
_ODDS = 50.0
_ODDS_SHORT = 1e6
_SHORT = 300  # letters
_ADDRESS = re.compile(r"\W*(?:https?:|www\.)|\S{1,64}@\S", re.IGNORECASE)
_BY_SCRIPT = {
    "Grek": "el",
    "Armn": "hy",
    "Hebr": "he",
    "Beng": "bn",
    "Guru": "pa",
    "Gujr": "gu",
    "Orya": "or",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Thai": "th",
    "Laoo": "lo",
    "Tibt": "bo",
    "Mymr": "my",
    "Geor": "ka",
    "Hang": "ko",
    "Ethi": "am",
    "Khmr": "km",
    "Hani": "zh",
    "Kana": "ja",
}
# A character that stands for a syllable or a word is worth several letters, and no blank separates words.
_DENSE = frozenset(("Hani", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"))
_DENSITY = 3
_UNKNOWN_TO_LANGDETECT = {"nb": "no", "zh": "zh-cn"}


@dataclass(frozen=True, slots=True)
class Detection:
    """What a text is written in.

    Attributes:
        lang: BCP 47 primary subtag; ``und`` where there is too little evidence.
        margin: Probability of the first language less that of the second, 0 to 1. langdetect's
            probabilities are not calibrated: a small margin means doubt, a large one does not mean certainty.
        method: ``script`` (the letters decide), ``ngrams`` (langdetect) or ``none``.
    """

    lang: str
    margin: float
    method: Literal["script", "ngrams", "none"]


_NOTHING = Detection("und", 0.0, "none")


def _is_letter(char: str) -> bool:
    """Letters and the marks that make up half of an Indic text."""
    return char.isalpha() or unicodedata.category(char)[0] == "M"


def _words(text: str) -> list[str]:
    """Words of about the first 2,000 letters; no addresses, no numbers."""
    words: list[str] = []
    letters = 0
    for word in text[:_WINDOW].split():
        size = sum(map(_is_letter, word))
        if size and not _ADDRESS.match(word):
            words.append(word[:_SAMPLE])
            letters += size
        if letters >= _SAMPLE:
            break
    return words


def _enough(words: Sequence[str], counts: Counter[str], min_letters: int) -> bool:
    """Whether there is evidence to judge by: letters, and words in scripts that have them."""
    dense = sum(counts[name] for name in _DENSE)
    letters = counts.total()
    if not letters or letters + (_DENSITY - 1) * dense < min_letters:
        return False
    return len(words) >= _MIN_WORDS or 2 * dense >= letters


def _by_script(counts: Counter[str]) -> Detection | None:
    """The language when most of the text is in a writing system that one known language uses."""
    weights = {name: count * (_DENSITY if name in _DENSE else 1) for name, count in counts.items()}
    weights["Hani"] = weights.get("Hani", 0) + weights.pop("Kana", 0)
    total = sum(weights.values())
    first = max(weights, key=lambda name: (weights[name], name))
    if first not in _BY_SCRIPT or 2 * weights[first] <= total:
        return None
    # Japanese mixes kana with Chinese characters; a Chinese text quotes them at most here and there.
    japanese = first == "Hani" and counts["Kana"] * 20 > counts["Hani"]
    lang = "ja" if japanese else _BY_SCRIPT[first]
    return Detection(lang, round(2 * weights[first] / total - 1, 4), "script")


class _Odds(dict[str, list[float]]):
    """How probable an n-gram is in each language.

    langdetect makes a table of all that any language has; a text needs a hundredth of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.langs: list[str] = []
        self.profiles: list[Any] = []

    def add(self, profile: Any, _index: int, _size: int) -> None:  # noqa: ANN401 - langdetect has no types
        """The next language, instead of its n-grams' entry in the table."""
        self.langs.append(profile.name)
        self.profiles.append(profile)

    def __contains__(self, gram: object) -> bool:
        return super().__contains__(gram) or (isinstance(gram, str) and any(self[gram]))

    def __missing__(self, gram: str) -> list[float]:
        size = len(gram) - 1
        row = [profile.freq.get(gram, 0) / profile.n_words[size] for profile in self.profiles]
        if any(row):  # what no language has is not worth keeping
            self[gram] = row
        return row


@cache
def _factory() -> Any:  # noqa: ANN401 - langdetect has no types
    """A langdetect factory of our own, so that nobody else's settings or seed reach it."""
    from langdetect.detector_factory import (  # noqa: PLC0415 - a tenth of a second, only when text is read
        PROFILES_DIRECTORY,
        DetectorFactory,
    )

    factory = DetectorFactory()
    factory.word_lang_prob_map = odds = _Odds()
    factory.langlist = odds.langs
    factory.add_profile = odds.add
    factory.load_profile(PROFILES_DIRECTORY)
    return factory


def _prior(candidates: Sequence[str], known: Sequence[str], odds: float) -> dict[str, float] | None:
    """Weights for langdetect's languages; none where it knows no candidate.

    Other languages keep a chance: under a prior that excludes them a Polish text would pass for Dutch.
    """
    expected = set()
    for candidate in candidates:
        try:
            lang = tag(candidate)
        except InputError:
            continue
        expected |= {lang, _UNKNOWN_TO_LANGDETECT.get(lang, lang), "zh-tw" if lang == "zh" else lang}
    expected &= set(known)
    return {lang: odds if lang in expected else 1.0 for lang in known} if expected else None


def _by_ngrams(text: str, candidates: Sequence[str]) -> Detection:
    """Ask langdetect about a text that has letters."""
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 - as above

    factory = _factory()
    factory.set_seed(0)
    detector = factory.create()
    odds = _ODDS if len(text) > _SHORT else _ODDS_SHORT
    prior = _prior(candidates, factory.get_lang_list(), odds)
    if prior:
        detector.set_prior_map(prior)
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no n-gram it knows
        return _NOTHING
    if not found:
        return _NOTHING
    margin = found[0].prob - (found[1].prob if len(found) > 1 else 0.0)
    return Detection(tag(found[0].lang), round(min(margin, 1.0), 4), "ngrams")


def detect(text: str, candidates: Sequence[str] = (), min_letters: int = 40) -> Detection:
    """Tell the language of a document from its first 2,000 letters.

    The same text and candidates give the same answer at any time, in any order and any thread; no text makes
    it raise.

    Args:
        text: The document's text, markup and all.
        candidates: Languages to expect: those with an installed model, the target, those the user named.
            They are preferred, the more the shorter the text; one that is clearly something else is told.
        min_letters: Fewer letters than this (a third in scripts of syllables or words) give ``und``.

    >>> detect("Het is vandaag mooi weer en de zon schijnt over de stad.", ["nl", "en"]).lang
    'nl'
    >>> detect("Beijing").lang
    'und'
    """
    words = _words(text)
    counts = Counter(script(char) for word in words for char in word if _is_letter(char))
    if not _enough(words, counts, min_letters):
        return _NOTHING
    joined = " ".join(words)
    if sum(map(str.isupper, joined)) > _CAPITALS * counts.total():
        joined = joined.lower()
    return _by_script(counts) or _by_ngrams(joined, candidates)
