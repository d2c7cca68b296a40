"""Code-switching: English words put into foreign sentences, so that a network learns to leave them there.

After Song et al. 2019, "Code-Switching for Enhancing NMT with Pre-Specified Translation". A word is put as
the reference has it, if a table of words says that the two translate each other. A network trained like this
can be told words: those of a glossary, and those it would have passed over (`aligntool.coverage`).
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from aligntool.bilingual import SURE
from aligntool.train.corpus import Pair

__all__ = ["switched"]

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_MOST = 0.8
"""Largest share of the words of a sentence that may be put in English."""


def switched(
    pairs: Sequence[Pair], words: Mapping[str, Mapping[str, float]], share: float, seed: int
) -> Iterator[Pair]:
    """Put words of some sources in English.

    Args:
        pairs: Foreign and English.
        words: English words for foreign ones in small letters, and how sure each is, 0 to 1.
        share: Share of the pairs to do this to, 0 to 1; of the words of each, a share between 0 and 0.8.
        seed: Seed of what is chosen.

    Yields:
        As many pairs; the English is as it was.

    >>> words = {"kat": {"cat": 0.9}, "zag": {"saw": 0.5}}
    >>> pairs = [Pair("De kat zag ons.", "The cat noticed us.", "")] * 3
    >>> [pair.source for pair in switched(pairs, words, 1.0, seed=5)]
    ['De kat zag ons.', 'De cat zag ons.', 'De kat zag ons.']
    """
    chance = random.Random(seed)  # noqa: S311 - chooses examples, no secret
    for pair in pairs:
        if chance.random() < share:
            yield pair._replace(source=_switched(pair, words, chance.random() * _MOST, chance))
        else:
            yield pair


def _switched(
    pair: Pair, words: Mapping[str, Mapping[str, float]], share: float, chance: random.Random
) -> str:
    there = {match.group().lower(): match.group() for match in _WORD.finditer(pair.target)}

    def stands(rendering: str) -> str:
        """The rendering as the target has it, "" where it has not."""
        words = rendering.lower().split()
        if len(words) == 1:
            return there.get(words[0], "")
        found = re.search(rf"\b{re.escape(' '.join(words))}\b", pair.target, re.IGNORECASE)
        return found.group() if found else ""

    def put(match: re.Match[str]) -> str:
        renderings = words.get(match.group().lower(), {})
        if not renderings or chance.random() >= share:
            return match.group()
        usable = {said: sure for word, sure in renderings.items() if sure >= SURE and (said := stands(word))}
        return max(usable, key=lambda word: usable[word]) if usable else match.group()

    return _WORD.sub(put, pair.source)
