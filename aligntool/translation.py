"""Translating segments with an engine: what an engine is, and what is given to it and made of its outputs."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aligntool.guards import Decoder, decoded, guarded, no_worse
from aligntool.literals import has_letters
from aligntool.shapes import Shape, cut, fitted, joint, plain, reshape, shape_of

__all__ = ["SLICE", "Engine", "EngineKind", "EngineOptions", "Relay", "alternatives", "render"]

SLICE = 256
"""Texts rendered between two reports of progress: enough of them that batches stay full."""


class Engine(Decoder, Protocol):
    """An engine of the ``engines`` family, loaded and ready; may be shared by threads.

    Attributes:
        signature: Name, model, version and settings that reproduce its output.
        limit: Longest input it should be given, in its own subword tokens.
        copies: Whether it was trained to leave words of the target language in its input as they are.
    """

    signature: str
    limit: int
    copies: bool

    def count(self, text: str) -> int:
        """Number of subword tokens of the text."""

    def hypotheses(self, texts: Sequence[str], *, wide: bool = False) -> list[list[str]]:
        """What the engine could have said of each text, the first being what ``decode`` returns.

        Args:
            texts: As for ``decode``.
            wide: Look further than ``decode`` does, which may find something better to put first.
        """


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

    def hypotheses(self, texts: Sequence[str], *, wide: bool = False) -> list[list[str]]:  # noqa: ARG002 - see below
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
        known |= guarded(decoded([piece for piece in pieces if piece not in known], engine), engine)
        made |= {text: _assemble(text, plan, known, engine.target) for text, plan in plans.items()}
        if progress:
            progress(sum(times[text] for text in plans))
    return [made[text] for text in texts]


def alternatives(texts: Sequence[str], engine: Engine, *, wide: bool = False) -> list[list[str]]:
    """Translations to choose from: of each text what ``render`` makes of it, then what else the beam held.

    Of the rest only what has no more faults than the first; none of a text that is cut into pieces.

    Args:
        texts: As for ``render``; a slice of them, since all are decoded at once.
        engine: Engine that decodes.
        wide: Look further than ``render`` does, which may find something better to put first.
    """
    plans = {text: _plan(text, engine) for text in sorted(set(texts), key=len, reverse=True)}
    pieces = list(dict.fromkeys(piece for plan in plans.values() for piece, _ in plan.pieces))
    held = dict(zip(pieces, engine.hypotheses(pieces, wide=wide), strict=True)) if pieces else {}
    known = guarded({piece: outputs[0] for piece, outputs in held.items()}, engine)
    made = {}
    for text, plan in plans.items():
        tables = [known]
        if len(plan.pieces) == 1:
            piece = plan.pieces[0][0]
            tables += ({piece: other} for other in no_worse(piece, known[piece], held[piece][1:], engine))
        outputs = (_assemble(text, plan, table, engine.target) for table in tables)
        made[text] = list(dict.fromkeys(outputs))
    return [made[text] for text in texts]
