"""Few pieces in place of the whole vocabulary: the output layer's sum over all pieces, estimated.

The output layer is over a third of a training step on a processor. A batch's own pieces and the frequent
ones hold nearly all the probability; the rest is estimated from a sample of it, weighted by how many pieces
each stands for (importance sampling: Bengio and Senécal 2008; for translation Jean et al. 2015).
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from aligntool.train.shards import Examples

__all__ = ["Among", "Candidates"]

COMMON = 1_000
"""Most frequent pieces that are always among the candidates."""


@dataclass(frozen=True, slots=True)
class Among:
    """The pieces that a batch's scores are worked out for.

    Attributes:
        pieces: Their ids in rising order, int64, shape (candidates,), every right answer among them.
        logs: Logarithm of the number of pieces each stands for, shape (candidates,); 0 for those not drawn.
    """

    pieces: Tensor
    logs: Tensor


class Candidates:
    """Draws candidates for batch after batch; the same for the same seed, step and process.

    Args:
        examples: What is trained on: its frequent pieces are always candidates.
        count: Number of pieces in the vocabulary.
        sample: Pieces drawn to stand for all others.
        seed: Seed of the run.
    """

    def __init__(self, examples: Examples, count: int, sample: int, seed: int) -> None:
        self.count, self.sample, self.seed = count, sample, seed
        frequencies = np.bincount(examples.target, minlength=count)
        self.common = np.argsort(-frequencies, kind="stable")[:COMMON]

    def __call__(self, target: Tensor, step: int, rank: int) -> Among:
        """Candidates for the right answers ``target``, int64, shape (tokens,), on any device."""
        sure = np.zeros(self.count, bool)
        sure[self.common] = True
        sure[target.cpu().numpy()] = True
        others = np.flatnonzero(~sure)
        random = np.random.default_rng([self.seed, step, rank])
        drawn = random.choice(others, min(self.sample, len(others)), replace=False)
        logs = np.zeros(self.count, np.float32)
        logs[drawn] = np.log(len(others) / max(len(drawn), 1))
        sure[drawn] = True
        pieces = np.flatnonzero(sure)
        return Among(
            torch.from_numpy(pieces).to(target.device), torch.from_numpy(logs[pieces]).to(target.device)
        )
