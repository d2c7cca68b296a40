"""Guards around what engines are known to get wrong: loops, copies, lost numbers and addresses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from aligntool.literals import (
    MASKS,
    Spans,
    around,
    carried,
    core,
    literals,
    localised,
    lost,
    mask,
    merged,
    outside,
    unmask,
    widened,
)
from aligntool.shapes import fitted
from aligntool.wordforms import copied, loops

__all__ = ["Decoder", "decoded", "guarded", "no_worse"]

_ATTEMPTS = (1, 2)


class Decoder(Protocol):
    """What decodes texts.

    Attributes:
        source: Language it reads (BCP 47).
        target: Language it writes.
    """

    source: str
    target: str

    def decode(self, texts: Sequence[str], attempt: int = 0) -> list[str]:
        """Translate each text; a higher attempt decodes differently (for inputs that failed before)."""


def _faults(source: str, output: str, target: str) -> tuple[int, int]:
    """How bad a candidate is: what only another decoding can mend, then how much it lost."""
    # Words inside addresses and markup are kept on purpose.
    given, made = outside(source), outside(output)
    broken = (not output.strip()) + loops(given, made) + copied(given, made)
    return broken, len(lost(source, output, target))


class _Rounds:
    """Decodes a set of pieces round after round, keeping for each the candidate with the fewest faults."""

    def __init__(self, pieces: Mapping[str, str], engine: Decoder) -> None:
        self.engine = engine
        self.best = dict(pieces)
        self.faults = {piece: self._judge(piece, output) for piece, output in self.best.items()}

    def _judge(self, piece: str, output: str) -> tuple[int, int]:
        return _faults(piece, output, self.engine.target)

    def offer(self, piece: str, output: str) -> None:
        """Keep the candidate if it has fewer faults than the one at hand."""
        faults = self._judge(piece, output)
        if faults < self.faults[piece]:
            self.best[piece], self.faults[piece] = output, faults

    def again(self) -> None:
        """Decode differently what loops, was left in the source language or came out empty."""
        for attempt in _ATTEMPTS:
            broken = [piece for piece, faults in self.faults.items() if faults[0]]
            if broken:
                for piece, output in zip(broken, self.engine.decode(broken, attempt), strict=True):
                    self.offer(piece, output)

    def _lost(self) -> dict[str, Spans]:
        """Ranges that did not survive, widened to whole words, by piece."""
        return {
            piece: widened(piece, lost(piece, self.best[piece], self.engine.target))
            for piece, faults in self.faults.items()
            if faults[1]
        }

    def _items(self, piece: str, spans: Spans) -> list[str]:
        return [carried(piece[a:b], self.engine.source, self.engine.target) for a, b in spans]

    def masked(self) -> None:
        """Decode what lost something with stand-ins in its place, and put the items back."""
        for shape in MASKS:
            spans = {piece: merged((*literals(piece), *found)) for piece, found in self._lost().items()}
            usable = [piece for piece in spans if shape.partition("{")[0] not in piece]
            if not usable:
                continue
            outputs = self.engine.decode([mask(piece, spans[piece], shape) for piece in usable])
            for piece, output in zip(usable, outputs, strict=True):
                items = self._items(piece, spans[piece])
                restored = unmask(output, piece, spans[piece], items, shape)
                if restored is not None:
                    self.offer(piece, restored)

    def parted(self) -> None:
        """Translate what stands around the items that are still lost, so that they cannot be."""
        found = self._lost()
        fragments = {piece: around(piece, spans) for piece, spans in found.items()}
        wanted = {part[slice(*core(part))] for parts in fragments.values() for part in parts} - {""}
        table = guarded(decoded(sorted(wanted), self.engine), self.engine)
        for piece, parts in fragments.items():
            said = [_between(part, table) for part in parts]
            items = [*self._items(piece, found[piece]), ""]
            self.best[piece] = "".join(
                text for pair in zip(said, items, strict=True) for text in pair
            ).strip()


def _between(part: str, table: dict[str, str]) -> str:
    """The translation of a fragment with the blanks and signs that surround it."""
    start, end = core(part)
    body = part[start:end]
    return part[:start] + (fitted(body, table[body]) if body else "") + part[end:]


def decoded(pieces: Sequence[str], engine: Decoder) -> dict[str, str]:
    """What the engine makes of each piece."""
    return dict(zip(pieces, engine.decode(pieces), strict=True)) if pieces else {}


def guarded(pieces: Mapping[str, str], engine: Decoder) -> dict[str, str]:
    """The best translation the guards get for each piece, from what the engine made of it first.

    One that comes out empty stands as it is.
    """
    rounds = _Rounds(pieces, engine)
    rounds.again()
    rounds.masked()
    if any(faults[1] for faults in rounds.faults.values()):
        rounds.parted()
    best = rounds.best.items()
    return {
        piece: localised(piece, made.strip(), engine.source, engine.target) or piece for piece, made in best
    }


def no_worse(piece: str, best: str, others: Iterable[str], engine: Decoder) -> Iterator[str]:
    """The hypotheses that have no more faults than the best, in the target's way of writing."""
    most = _faults(piece, best, engine.target)
    for other in others:
        output = localised(piece, other.strip(), engine.source, engine.target)
        if output and _faults(piece, output, engine.target) <= most:
            yield output
