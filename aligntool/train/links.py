"""Which source piece a target piece translates: IBM Model 1 on the pieces, to guide one attention head by.

A network's own attention need not say what it translates; one head that is trained to does, and the engine
then gives word links for free (Chen et al. 2016, "Guided Alignment Training for Topic-Aware Neural Machine
Translation"; Garg et al. 2019). Here it follows Model 1 (Brown et al. 1993) with a preference for the diagonal
(Dyer et al. 2013).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligntool.train.shards import Batch, Examples

__all__ = ["Links"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

SAMPLE = 60_000
LONGEST = 40
"""Pairs with a longer side teach no links: they cost most and are the least certain."""
STEEPNESS = 4.0
FAINTEST = 1e-3


@dataclass(frozen=True, slots=True)
class Links:
    """A lexicon of pieces.

    Attributes:
        pieces: Size of the vocabulary.
        keys: ``source id * pieces + target id``, sorted.
        chances: Probability of the target piece given the source piece, as many.
    """

    pieces: int
    keys: Integers
    chances: Floats

    @classmethod
    def learn(cls, examples: Examples, pieces: int, rounds: int = 5) -> "Links":
        """Learn from at most 60,000 evenly spread pairs by expectation maximisation.

        Args:
            examples: Encoded pairs.
            pieces: Size of the vocabulary.
            rounds: Rounds of expectation maximisation.
        """
        source, target, token = _cells(examples)
        keys, cell = np.unique(source * pieces + target, return_inverse=True)
        given = keys // pieces
        chances = np.ones(len(keys))
        for _ in range(rounds):
            shares = chances[cell]
            shares /= np.bincount(token, shares)[token]
            counts = np.bincount(cell, shares, len(keys))
            chances = counts / np.bincount(given, counts)[given]
        strong = chances >= FAINTEST
        return cls(pieces, keys[strong], chances[strong].astype(np.float32))

    def soft(self, batch: Batch) -> Floats:
        """Shares of the source pieces in each target piece.

        Returns:
            Shape (rows, target length, source length); each row sums to 1, or to 0 where nothing is known
            (padding, the end symbol, pieces never seen together).
        """
        if not len(self.keys):
            return np.zeros((*batch.target.shape, batch.source.shape[1]), np.float32)
        wanted = batch.source[:, None, :] * self.pieces + np.maximum(batch.target, 0)[:, :, None]
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        shares = np.where(self.keys[at] == wanted, self.chances[at], 0).astype(np.float32)
        shares *= _diagonal(batch)
        total = shares.sum(-1, keepdims=True)
        known: Floats = np.divide(shares, total, out=np.zeros_like(shares), where=total > FAINTEST)
        return known


def _diagonal(batch: Batch) -> Floats:
    """Preference for equal relative places; nothing for padding and end symbols."""
    sources, targets = batch.lengths - 1, (batch.target >= 0).sum(1) - 1
    across, down = np.arange(batch.source.shape[1]), np.arange(batch.target.shape[1])
    place = across[None] / np.maximum(sources, 1)[:, None]
    own = down[None] / np.maximum(targets, 1)[:, None]
    prior = np.exp(-STEEPNESS * np.abs(own[:, :, None] - place[:, None, :]))
    inside = (down[None] < targets[:, None])[:, :, None] & (across[None] < sources[:, None])[:, None, :]
    return np.where(inside, prior, 0).astype(np.float32)


def _cells(examples: Examples) -> tuple[Integers, Integers, Integers]:
    """All source-target combinations of the sampled pairs: source id, target id, number of the target token."""
    sizes = [examples.source_sizes.astype(np.int64), examples.target_sizes.astype(np.int64)]
    ends = [np.cumsum(size) for size in sizes]
    usable = np.flatnonzero(
        (np.maximum(*sizes) <= LONGEST) & (np.minimum(*sizes) > 0) & (examples.weights > 0)
    )
    chosen = usable[:: max(1, len(usable) // SAMPLE)]
    sources, targets, tokens, count = [], [], [], 0
    for row in chosen.tolist():
        one = examples.source[ends[0][row] - sizes[0][row] : ends[0][row]].astype(np.int64)
        other = examples.target[ends[1][row] - sizes[1][row] : ends[1][row]].astype(np.int64)
        sources.append(np.tile(one, len(other)))
        targets.append(np.repeat(other, len(one)))
        tokens.append(np.repeat(np.arange(count, count + len(other)), len(one)))
        count += len(other)
    empty = [np.zeros(0, np.int64)]
    return np.concatenate(sources or empty), np.concatenate(targets or empty), np.concatenate(tokens or empty)
