"""Engines for tests: quick, exact, and counting what they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aligntool.loading import Source

WORDS = {"de": "the", "het": "the", "een": "a", "van": "of", "en": "and", "in": "in", "niet": "not"}


@dataclass
class WordByWord:
    """Puts English for a few Dutch words and copies the others, so that every word can be followed."""

    source: str = "nl"
    target: str = "en"
    signature: str = "wordbyword:1"
    limit: int = 200
    copies: bool = False
    seen: list[str] = field(default_factory=list)

    def count(self, text: str) -> int:
        return len(text.split())

    def decode(self, texts: Sequence[str], attempt: int = 0) -> list[str]:  # noqa: ARG002 - the protocol's
        self.seen += texts
        return [self._one(text) for text in texts]

    def hypotheses(self, texts: Sequence[str], *, wide: bool = False) -> list[list[str]]:  # noqa: ARG002 - as above
        return [[output] for output in self.decode(texts)]

    def _one(self, text: str) -> str:
        words = [WORDS.get(word.lower(), word + "en") if word.isalpha() else word for word in text.split(" ")]
        return " ".join(words).capitalize() if text[:1].isupper() else " ".join(words)


def serving(engine: WordByWord):
    """Engines as the runner wants them, all pairs served by one."""

    def engines(source: str, target: str) -> Source:
        return Source(f"{source}-{target} {engine.signature}", lambda: engine)

    return engines
