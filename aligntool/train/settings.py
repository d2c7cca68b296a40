"""How to train: everything about a run but its network and its data."""

from dataclasses import dataclass, field

from aligntool.train.schedule import Schedule

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    Attributes:
        schedule: Learning rate and budget.
        tokens: Most tokens in a batch, padding included.
        smoothing: Label smoothing.
        clip: Largest norm of the gradient.
        every: Minutes between checkpoints.
        average: Snapshots averaged at the end.
        guided: Weight of the links that one attention head is trained to show; 0 for none.
        seed: Seed of the order of the data, the initial weights and dropout.
        device: ``cpu``, ``cuda`` or ``auto``.
        precision: ``bfloat16``, ``float32`` or ``auto``: the one the hardware is fast in.
        compile: Have torch compile the network.
        sampled: Pieces drawn for each batch to stand for those that are neither frequent nor in it, so that
            the output layer costs less; 0 for none: every piece counts (see ``candidates``).
    """

    schedule: Schedule = field(default_factory=Schedule)
    tokens: int = 3_000
    smoothing: float = 0.1
    clip: float = 1.0
    every: float = 5.0
    average: int = 4
    guided: float = 0.0
    seed: int = 1
    device: str = "auto"
    precision: str = "auto"
    compile: bool = False
    sampled: int = 0
