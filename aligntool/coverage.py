"""Words a translation passes over: which they are, and the text with their renderings put in.

Small engines drop words they do not know or write others in their place (under-translation: Tu et al. 2016,
"Modeling Coverage for Neural Machine Translation"). One that was trained on sentences with English words
among their own (Song et al. 2019, "Code-Switching for Enhancing NMT with Pre-Specified Translation") renders
the rest around a word that stands in English already.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aligntool.bilingual import SURE, Phrases, parted
from aligntool.literals import literals

__all__ = ["Coverage"]

_WORD = re.compile(r"\w+")
_SHORT, _SHORT_SURE = 4, 0.8
"""Words of fewer letters are mostly grammar: they are looked at where their rendering is this sure."""
_ARTICLES = frozenset({"a", "an", "the"})
_STEM = 4
"""Letters that are left of a word without its ending."""
_ENDING = re.compile(r"(?:ie[sd]|ings?|e[sd]|[sedy]|(?:al)?ly|al|(?:at)?ions?|ments?|ers?|ors?)$")
_SURE_PART = 0.2
"""How sure those of a compound's parts must be: they mean less by themselves."""
# What stands fused before a French word, and what is put with the rendering in its place.
_FUSED = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu)['’]$", re.IGNORECASE)
_LOOSE = {"l": "the", "d": "of"}
_NEAR = 8
_BEGINS = re.compile(r"(?:^|[.!?:…]\W*\s)\W*$|[‘“„«\"]\s*$")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The words of a language that a translation can be held to.

    Attributes:
        words: Renderings of a word in small letters, and how sure they are.
        joints: What may stand between the parts of a compound; none where they are not to be parted.
        known: Words that a translation is not held to, since an engine renders them in many ways, and well.
        phrases: Fixed phrases; a translation that has the phrase is not held to its words.
    """

    words: Mapping[str, Mapping[str, float]]
    joints: Sequence[str] = ()
    known: Collection[str] = ()
    phrases: Phrases = field(default_factory=Phrases)

    def missing(self, text: str, output: str) -> list[str]:
        """Words and phrases of the text of which the output has no rendering, in any form."""
        return [text[start:end] for start, end, _ in self._passed_over(text, output)]

    def applied(self, text: str, output: str) -> str:
        """The text, with the surest rendering of each word that is missing in its place.

        >>> words = {"brand": {"fire": 0.6, "blaze": 0.1}, "woedt": {"rages": 0.4}}
        >>> Coverage(words).applied("De brand woedt.", "The brandy raged.")
        'De fire woedt.'
        """
        pieces, at = [], 0
        for start, end, rendering in self._passed_over(text, output):
            before = text[at:start]
            fused = _FUSED.search(before)
            if fused:
                loose = _LOOSE.get(fused.group()[:-1].lower(), fused.group())
                before = f"{before[: fused.start()]}{_cased(loose, fused.group())} "
            pieces += [before, _cased(rendering, text[start])]
            at = end
        return "".join([*pieces, text[at:]])

    def _passed_over(self, text: str, output: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and surest rendering of each missing phrase and word, in order."""
        own = set(_WORD.findall(text.lower()))
        # A word of the text that was copied is no rendering of anything, unless it is English as well.
        there = {
            _stem(word) for word in _WORD.findall(output.lower()) if word not in own or self._english(word)
        }
        reached = 0
        for start, end, best, others in self._asked(text):
            if start >= reached and not any(there.issuperset(_stems(other)) for other in others):
                yield start, end, best
            reached = max(reached, end)

    def _asked(self, text: str) -> Iterator[tuple[int, int, str, Iterable[str]]]:
        """Start, end, surest rendering and all renderings of what a translation is held to; phrases first."""
        kept = literals(text)
        phrases = {start: (end, said) for start, end, said in self.phrases.found(text)}
        for start, end, name in _words(text):
            if any(a < end and start < b for a, b in kept):
                continue
            if start in phrases:
                reached, said = phrases[start]
                yield start, reached, said[0], said
            elif (word := text[start:end].lower()) not in self.known:
                best, others = self._renderings(word)
                if best and (not name or best[0].isupper()) and self._telling(word, best):
                    yield start, end, best, others

    def _telling(self, word: str, best: str) -> bool:
        """Whether a word is long enough to be one of its own, or its rendering sure enough."""
        return len(word) >= _SHORT or self.words[word][best] >= _SHORT_SURE

    def _english(self, word: str) -> bool:
        return word not in self.words or word in map(str.lower, self.words[word])

    def _renderings(self, word: str, sure: float = SURE) -> tuple[str, Iterable[str]]:
        """What to put in for a word, "" where nothing is sure, and any of what shows that it came out.

        Of a compound that is what its parts are, and its last part, which says what kind of thing it is.
        """
        if word in self.words:
            renderings = self.words[word]
            best = max(renderings, key=lambda one: renderings[one], default="")
            return (best if best and renderings[best] >= sure else ""), renderings
        parts = parted(word, self.words, self.joints)
        if not parts:
            return "", ()
        (first, _), (last, shown) = (self._renderings(part, _SURE_PART) for part in parts)
        return (f"{first} {last}" if first and last else ""), shown


def _words(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of words in small letters or with one capital; whether the capital makes it a name.

    It does not where a sentence or a quotation begins.
    """
    for match in _WORD.finditer(text):
        word, before = match.group(), text[max(0, match.start() - _NEAR) : match.start()]
        if word.islower():
            yield *match.span(), False
        elif word[1:].islower():
            yield *match.span(), _BEGINS.search(before) is None


def _stems(rendering: str) -> Iterator[str]:
    """The words of a rendering without their endings; its articles say nothing."""
    words = _WORD.findall(rendering.lower())
    return map(_stem, [word for word in words if word not in _ARTICLES] or words)


def _stem(word: str) -> str:
    """A word without the ending that says its form or its kind."""
    ending = _ENDING.search(word, _STEM)
    bare = word[: ending.start()] if ending else word
    return bare[:-1] if len(bare) >= _STEM and bare[-1:] == bare[-2:-1] else bare


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
