"""Translating segments with an engine: guards around what engines are known to get wrong."""

from collections.abc import Sequence
from typing import Protocol

__all__ = ["Engine"]


class Engine(Protocol):
    """A plug-in of the ``engines`` family, loaded and ready; may be shared by threads.

    Attributes:
        source: Language it reads (BCP 47).
        target: Language it writes.
        signature: Name, model, version and settings that reproduce its output.
        limit: Longest input in its own subword tokens.
    """

    source: str
    target: str
    signature: str
    limit: int

    def count(self, text: str) -> int:
        """Number of subword tokens of the text."""

    def decode(self, texts: Sequence[str], attempt: int = 0) -> list[str]:
        """Translate each text; a higher attempt decodes differently (for inputs that failed before)."""
