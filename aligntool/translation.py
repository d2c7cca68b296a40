"""Translating segments with an engine: guards around what engines are known to get wrong."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aligntool.literals import (
    MASKS,
    Spans,
    around,
    carried,
    core,
    has_letters,
    literals,
    localised,
    lost,
    mask,
    merged,
    outside,
    unmask,
    widened,
)
from aligntool.shapes import Shape, cut, fitted, joint, plain, reshape, shape_of
from aligntool.wordforms import copied, loops

__all__ = ["SLICE", "Engine", "EngineKind", "EngineOptions", "Relay", "alternatives", "render"]

_ATTEMPTS = (1, 2)
SLICE = 256
"""Texts rendered between two reports of progress: enough of them that batches stay full."""


class Engine(Protocol):
    """An engine of the ``engines`` family, loaded and ready; may be shared by threads.

    Attributes:
        source: Language it reads (BCP 47).
        target: Language it writes.
        signature: Name, model, version and settings that reproduce its output.
        limit: Longest input it should be given, in its own subword tokens.
        copies: Whether it was trained to leave words of the target language in its input as they are.
    """

    source: str
    target: str
    signature: str
    limit: int
    copies: bool

    def count(self, text: str) -> int:
        """Number of subword tokens of the text."""

    def decode(self, texts: Sequence[str], attempt: int = 0) -> list[str]:
        """Translate each text; a higher attempt decodes differently (for inputs that failed before)."""

    def hypotheses(self, texts: Sequence[str]) -> list[list[str]]:
        """What the engine could have said of each text, the first being what ``decode`` returns."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How an engine decodes; the defaults are the measured best for files on a CPU.

    Attributes:
        beam: Hypotheses kept at each step; 1 is greedy (about three times faster, somewhat worse).
        compute_type: Arithmetic; ``auto`` takes the fastest (int8 on most processors), as Argos Translate
            does; ``default`` keeps the package's own.
        threads: CPU threads; 0 takes every core the process may run on.
        batch_tokens: Padded source tokens decoded together; 0 chooses by the beam.
        limit: Longest piece of text decoded at once, in subword tokens; 0 takes what the package's metadata
            says (``aligntool_limit``), else 80: from there on quality falls (Koehn and Knowles 2017, "Six
            Challenges for Neural Machine Translation"), and models differ in how long an input they take.
    """

    beam: int = 4
    compute_type: str = "auto"
    threads: int = 0
    batch_tokens: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class EngineKind:
    """A plug-in of the ``engines`` family.

    Attributes:
        name: Its name in options.
        summary: One line for users.
        open: Loads the engine from an unpacked package folder.
    """

    name: str
    summary: str
    open: Callable[[Path, EngineOptions], Engine]


class Relay:
    """An engine made of two, by way of the language between them: sentence by sentence, so that none is lost.

    Raises:
        ValueError: The first does not write what the second reads.
    """

    def __init__(self, first: Engine, second: Engine) -> None:
        if first.target != second.source:
            raise ValueError(f"{first.target} is not {second.source}")
        self.source, self.target = first.source, second.target
        self.signature = f"{first.signature}>{second.signature}"
        self.limit = first.limit
        self.copies = False  # what is put in would have to be of the language between
        self._first, self._second = first, second

    def count(self, text: str) -> int:
        """Number of subword tokens of the text in the first engine."""
        return self._first.count(text)

    def decode(self, texts: Sequence[str], attempt: int = 0) -> list[str]:
        """Translate into the language between, then on from there with that hop's own guards."""
        return render(self._first.decode(texts, attempt), self._second)

    def hypotheses(self, texts: Sequence[str]) -> list[list[str]]:
        """The translation alone: what the second engine could have said of another first one is not asked."""
        return [[output] for output in self.decode(texts)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to decode for a text and how to put it together again.

    Attributes:
        pieces: Each piece with the glue that follows it; none where the text is copied through.
        shape: Capitals to give back.
    """

    pieces: tuple[tuple[str, str], ...]
    shape: Shape


def _plan(text: str, engine: Engine) -> _Plan:
    """How a text is given to the engine; a text without letters is not given to it at all."""
    if not has_letters(text):
        return _Plan((), "plain")
    shape = shape_of(text)
    return _Plan(cut(plain(text, shape), lambda piece: engine.count(piece) <= engine.limit), shape)


def _assemble(text: str, plan: _Plan, table: dict[str, str], target: str) -> str:
    """The translation of a text from those of its pieces, in the text's own capitals and outer blanks."""
    if not plan.pieces:
        return text
    if len(plan.pieces) == 1:
        made = table[plan.pieces[0][0]]
    else:
        parts = [fitted(piece, table[piece]) + joint(piece, glue, target) for piece, glue in plan.pieces]
        made = "".join(parts).rstrip()
    body = text.strip()
    start = text.index(body)
    return text[:start] + reshape(made, plan.shape) + text[start + len(body) :]


def _faults(source: str, output: str, target: str) -> tuple[int, int]:
    """How bad a candidate is: what only another decoding can mend, then how much it lost."""
    # Words inside addresses and markup are kept on purpose.
    given, made = outside(source), outside(output)
    broken = (not output.strip()) + loops(given, made) + copied(given, made)
    return broken, len(lost(source, output, target))


class _Rounds:
    """Decodes a set of pieces round after round, keeping for each the candidate with the fewest faults."""

    def __init__(self, pieces: Mapping[str, str], engine: Engine) -> None:
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
        table = _solve(_decoded(sorted(wanted), self.engine), self.engine)
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


def _decoded(pieces: Sequence[str], engine: Engine) -> dict[str, str]:
    """What the engine makes of each piece."""
    return dict(zip(pieces, engine.decode(pieces), strict=True)) if pieces else {}


def _solve(pieces: Mapping[str, str], engine: Engine) -> dict[str, str]:
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


def render(texts: Sequence[str], engine: Engine, progress: Callable[[int], None] | None = None) -> list[str]:
    """Translate texts (sentences, of any number of documents), each for itself.

    Each distinct text is decoded once, longest first, so that batches hold texts of like length. A text
    without letters comes back as it is; ALL CAPS and Title Case are translated as ordinary sentences; what
    is longer than the engine's limit is cut at clause ends and joined again. Outputs that loop, copy their
    source or lose an address, a placeholder, a tag or a number are decoded again in other ways, and the
    best is kept.

    Args:
        texts: The texts; blank ones are fine.
        engine: Engine that decodes.
        progress: Called with the number of texts finished since the last call.

    Returns:
        Translations in the order of the texts, outer blanks as given.
    """
    known: dict[str, str] = {}
    made: dict[str, str] = {}
    times = Counter(texts)
    todo = sorted(times, key=len, reverse=True)
    for at in range(0, len(todo), SLICE):
        plans = {text: _plan(text, engine) for text in todo[at : at + SLICE]}
        pieces = dict.fromkeys(piece for plan in plans.values() for piece, _ in plan.pieces)
        known |= _solve(_decoded([piece for piece in pieces if piece not in known], engine), engine)
        made |= {text: _assemble(text, plan, known, engine.target) for text, plan in plans.items()}
        if progress:
            progress(sum(times[text] for text in plans))
    return [made[text] for text in texts]


def alternatives(texts: Sequence[str], engine: Engine) -> list[list[str]]:
    """Translations to choose from: of each text what ``render`` makes of it, then what else the beam held.

    Of the rest only what has no more faults than the first; none of a text that is cut into pieces.

    Args:
        texts: As for ``render``; a slice of them, since all are decoded at once.
        engine: Engine that decodes.
    """
    plans = {text: _plan(text, engine) for text in sorted(set(texts), key=len, reverse=True)}
    pieces = list(dict.fromkeys(piece for plan in plans.values() for piece, _ in plan.pieces))
    held = dict(zip(pieces, engine.hypotheses(pieces), strict=True)) if pieces else {}
    known = _solve({piece: outputs[0] for piece, outputs in held.items()}, engine)
    made = {}
    for text, plan in plans.items():
        tables = [known]
        if len(plan.pieces) == 1:
            piece = plan.pieces[0][0]
            tables += ({piece: other} for other in _no_worse(piece, known[piece], held[piece][1:], engine))
        outputs = (_assemble(text, plan, table, engine.target) for table in tables)
        made[text] = list(dict.fromkeys(outputs))
    return [made[text] for text in texts]


def _no_worse(piece: str, best: str, others: Iterable[str], engine: Engine) -> Iterator[str]:
    """The hypotheses that have no more faults than the best, in the target's way of writing."""
    most = _faults(piece, best, engine.target)
    for other in others:
        output = localised(piece, other.strip(), engine.source, engine.target)
        if output and _faults(piece, output, engine.target) <= most:
            yield output
