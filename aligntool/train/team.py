"""Several processes training one network: each on its own batches, gradients added up after every step.

Started by ``torchrun`` (which sets RANK and WORLD_SIZE), for several GPUs, or for processor cores that are
shared with other work: threads of one process wait for each other thousands of times a step, processes once.
"""

import os
from collections.abc import Iterable

import torch
from torch import Tensor, distributed

__all__ = ["Team"]


class Team:
    """The processes of one run; a single one when ``torchrun`` did not start it.

    Attributes:
        rank: Number of this process; 0 leads: it validates, saves and speaks.
        size: How many there are.
    """

    def __init__(self) -> None:
        self.rank, self.size = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
        if self.size > 1 and not distributed.is_initialized():
            distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")

    @property
    def leads(self) -> bool:
        """Whether this process validates, saves and speaks."""
        return self.rank == 0

    def total(self, values: list[float], device: torch.device) -> list[float]:
        """Sums over the processes, one for each value."""
        if self.size == 1:
            return values
        tensor = torch.tensor(values, dtype=torch.float64, device=device)
        distributed.all_reduce(tensor)
        return [float(x) for x in tensor]

    def add_gradients(self, parameters: Iterable[Tensor]) -> None:
        """Replace every gradient by its sum over the processes."""
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        distributed.all_reduce(flat)
        for gradient, part in zip(gradients, torch.split(flat, [g.numel() for g in gradients]), strict=True):
            gradient.copy_(part.view_as(gradient))
