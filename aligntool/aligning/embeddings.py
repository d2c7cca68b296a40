"""Aligners made from a function that turns texts into vectors: a sentence encoder of the user's own."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from aligntool.aligning.evidence import surface
from aligntool.aligning.rounds import by_vectors
from aligntool.aligning.vectors import Vectors
from aligntool.alignment import Aligner, Pairing
from aligntool.errors import InputError
from aligntool.records import Bitext

__all__ = ["Embed", "from_embeddings"]

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Texts to as many vectors of one size, whatever the language: translations must lie near each other."""

_QUOTED = 60  # characters of a sentence shown in a message


def from_embeddings(name: str, summary: str, embed: Embed) -> Aligner:
    """Turn a sentence encoder into an aligner, which a module can offer as its ``PLUGIN``.

    Args:
        name: Its name in options.
        summary: One line for users.
        embed: The encoder; numpy arrays will do. It is called once a side and document.

    Returns:
        An aligner that raises InputError when a vector is missing, is no number, or is zero for a text that
        is not empty: nothing else is ever put in its place.
    """

    def align(pairings: Sequence[Pairing], _: Sequence[tuple[str, str]]) -> list[Bitext]:
        return [_aligned(one, embed, name) for one in pairings]

    return Aligner(name, summary, align)


def _aligned(one: Pairing, embed: Embed, name: str) -> Bitext:
    """One document; where it is long, what both sides spell alike tells where to look."""
    plain = Pairing(one.source, one.target, barriers=one.barriers)
    source, target = one.source.texts, one.target.texts
    if not source or not target:
        return by_vectors(plain, Vectors(np.zeros((0, 1)), np.zeros((0, 1))))
    vectors = Vectors(*(_checked(embed(texts), texts, name) for texts in (source, target)))
    if vectors.source.shape[1] != vectors.target.shape[1]:
        raise _refusal(
            name, f"{vectors.source.shape[1]} numbers for source texts, {vectors.target.shape[1]} for target"
        )
    return by_vectors(plain, vectors, guide=surface(source, target))


def _checked(vectors: Sequence[Sequence[float]], texts: Sequence[str], name: str) -> NDArray[np.float32]:
    """Vectors of length 1, every one accounted for."""
    if len(vectors) != len(texts):
        raise _refusal(name, f"{len(vectors)} vectors for {len(texts)} sentences")
    for number, (vector, text) in enumerate(zip(vectors, texts, strict=True), 1):
        if vector is None or len(vector) != len(vectors[0]):
            raise _refusal(name, f"no vector like the others for sentence {number} (“{text[:_QUOTED]}”)")
    made = np.asarray(vectors, dtype=np.float32)
    lengths = np.sqrt((made * made).sum(axis=1))
    blank = np.array([not text.strip() for text in texts])
    wrong = np.flatnonzero(~np.isfinite(lengths) | ((lengths == 0) & ~blank))
    if len(wrong):
        at = int(wrong[0])
        kind = "zero" if lengths[at] == 0 else "not a number"
        raise _refusal(name, f"a vector that is {kind} for sentence {at + 1} (“{texts[at][:_QUOTED]}”)")
    made /= np.where(lengths > 0, lengths, 1.0)[:, None]
    return made


def _refusal(name: str, what: str) -> InputError:
    return InputError(
        f"the aligner {name} was given {what}",
        "its embedding function must return one vector of finite numbers a sentence, all of one size",
    )
