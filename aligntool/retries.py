"""A second try: what did not come out is put into the source in English, and the sentence decoded again."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from aligntool.translation import SLICE, Engine, alternatives, render
from aligntool.wordforms import loops

__all__ = ["Aid", "rendered"]


class Aid(Protocol):
    """Something that knows how parts of a text are to be rendered."""

    def missing(self, text: str, output: str) -> Sequence[str]:
        """What the text asks for and its translation does not have."""

    def applied(self, text: str, output: str) -> str:
        """The text with what is missing put in."""


def rendered(
    texts: Sequence[str],
    engine: Engine,
    aids: Sequence[Aid],
    progress: Callable[[int], None] | None = None,
) -> list[str]:
    """Translations; where something did not come out as an aid knows it should, a second try with it put in.

    The second output is kept when less is missing from it and it is no worse otherwise: nothing that an aid
    before this one asks for is lost, and it neither loops nor stutters where the first does not.

    Args:
        texts: Distinct texts.
        engine: Engine that decodes.
        aids: One after the other, each on what the one before it has put in; the surest first.
        progress: Called with the number of texts finished since the last call.
    """
    made: dict[str, str] = {}
    todo = sorted(texts, key=len, reverse=True)
    for at in range(0, len(todo), SLICE):
        part = todo[at : at + SLICE]
        made |= zip(part, _aided(part, engine, aids), strict=True)
        if progress:
            progress(len(part))
    return [made[text] for text in texts]


def _aided(texts: Sequence[str], engine: Engine, aids: Sequence[Aid]) -> list[str]:
    found = list(_chosen(texts, texts, engine, aids))
    asked = list(texts)
    for number, aid in enumerate(aids):
        lacking = {i: len(aid.missing(text, found[i])) for i, text in enumerate(asked)}
        again = [i for i, count in lacking.items() if count]
        tries = [aid.applied(asked[i], found[i]) for i in again]
        outputs = _chosen(tries, [asked[i] for i in again], engine, aids[: number + 1], wide=True)
        for i, given, output in zip(again, tries, outputs, strict=True):
            if (
                len(aid.missing(asked[i], output)) < lacking[i]
                and not any(_fewer(one, texts[i], found[i], output) for one in aids[:number])
                and _sound(texts[i], output, found[i])
            ):
                asked[i], found[i] = given, output
    return found


def _chosen(
    given: Sequence[str], texts: Sequence[str], engine: Engine, aids: Sequence[Aid], *, wide: bool = False
) -> Iterator[str]:
    """Of what the engine could say of each text given, what lacks least of what the aids know of the text.

    Only of an engine that is helped with words: what a strong one says first is not second-guessed.
    """
    if not engine.copies:
        yield from render(given, engine)
        return
    for text, outputs in zip(texts, alternatives(given, engine, wide=wide), strict=True):
        yield min(outputs, key=lambda output: [len(aid.missing(text, output)) for aid in aids])


def _fewer(aid: Aid, text: str, output: str, other: str) -> bool:
    """Whether less is missing from an output than from another."""
    return len(aid.missing(text, output)) < len(aid.missing(text, other))


def _sound(text: str, output: str, other: str) -> bool:
    """Whether an output repeats itself no more than the other does."""
    return loops(text, output) <= loops(text, other) and _stutters(output) <= _stutters(other)


def _stutters(output: str) -> int:
    """How many words stand twice in a row."""
    return sum(one == other for one, other in pairwise(output.lower().split()))
