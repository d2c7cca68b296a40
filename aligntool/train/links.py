"""Which source piece a target piece translates: IBM Model 1 on the pieces, to guide one attention head by.

A network's own attention need not say what it translates; one head that is trained to does, and the engine
then gives word links for free (Chen et al. 2016, "Guided Alignment Training for Topic-Aware Neural Machine
Translation"; Garg et al. 2019). Here it follows Model 1 (Brown et al. 1993) with a preference for the
diagonal (Dyer et al. 2013).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from aligntool.train.shards import Examples

__all__ = ["Links"]

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
        keys: ``source id * pieces + target id``, int64, sorted.
        chances: Probability of the target piece given the source piece, float32, as many.
    """

    pieces: int
    keys: Tensor
    chances: Tensor

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
        return cls(
            pieces, torch.from_numpy(keys[strong]), torch.from_numpy(chances[strong].astype(np.float32))
        )

    def to(self, device: torch.device) -> "Links":
        """The same lexicon on another device."""
        return Links(self.pieces, self.keys.to(device), self.chances.to(device))

    def soft(self, source: Tensor, lengths: Tensor, target: Tensor) -> Tensor:
        """Shares of the source pieces in each target piece.

        Args:
            source: Ids ended by ``</s>``, shape (rows, source length).
            lengths: Real lengths of the rows.
            target: Ids ended by ``</s>``, padded with -1, shape (rows, target length).

        Returns:
            Shape (rows, target length, source length); each row sums to 1, or to 0 where nothing is known
            (padding, the end symbol, pieces never seen together).
        """
        shares = _diagonal(source, lengths, target)
        if not len(self.keys):
            return shares * 0
        wanted = source[:, None, :] * self.pieces + target.clamp(min=0)[:, :, None]
        at = torch.searchsorted(self.keys, wanted).clamp(max=len(self.keys) - 1)
        shares *= torch.where(self.keys[at] == wanted, self.chances[at], 0.0)
        total = shares.sum(-1, keepdim=True)
        return torch.where(total > FAINTEST, shares / total.clamp(min=FAINTEST), 0.0)


def _diagonal(source: Tensor, lengths: Tensor, target: Tensor) -> Tensor:
    """Preference for equal relative places; nothing for padding and end symbols."""
    across = torch.arange(source.shape[1], device=source.device)
    down = torch.arange(target.shape[1], device=source.device)
    sources, targets = (lengths - 1)[:, None], ((target >= 0).sum(1) - 1)[:, None]
    place, own = across[None] / sources.clamp(min=1), down[None] / targets.clamp(min=1)
    prior = torch.exp(-STEEPNESS * (own[:, :, None] - place[:, None, :]).abs())
    inside = (down[None] < targets)[:, :, None] & (across[None] < sources)[:, None, :]
    return prior * inside


def _cells(examples: Examples) -> tuple[Integers, Integers, Integers]:
    """Combinations of source and target in the sampled pairs: source id, target id, number of the token."""
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
