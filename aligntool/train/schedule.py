"""The learning rate: warm up, stay, come down at the end, so that a run can be taken up again."""

import math
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Schedule"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Warm-up, stable phase, cool-down (Hu et al. 2024, "MiniCPM"; Hägele et al. 2024 for the shape).

    Attributes:
        peak: Highest learning rate.
        warmup: Steps until it is reached.
        decay: ``stable`` keeps it, ``rsqrt`` lets it fall with the square root of the steps after warm-up.
        cooldown: Share of the budget, at its end, in which it falls to nothing.
        steps: Budget in steps, 0 for none.
        minutes: Budget in minutes of training time, 0 for none.
    """

    peak: float = 1e-3
    warmup: int = 500
    decay: str = "stable"
    cooldown: float = 0.2
    steps: int = 0
    minutes: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The values by name."""
        return asdict(self)

    def spent(self, leg_steps: int, leg_seconds: float) -> float:
        """Share of the budget used up by this leg of the run; 0 when there is none."""
        by_steps = leg_steps / self.steps if self.steps else 0.0
        by_clock = leg_seconds / (60 * self.minutes) if self.minutes else 0.0
        return max(by_steps, by_clock)

    def cooling(self, spent: float) -> bool:
        """Whether the cool-down has begun."""
        return self.cooldown > 0 and spent >= 1 - self.cooldown

    def rate(self, step: int, spent: float) -> float:
        """Learning rate of a step (counted from 1) at a share of the budget.

        >>> s = Schedule(peak=1.0, warmup=10, cooldown=0.5)
        >>> s.rate(5, 0.0), s.rate(100, 0.4), s.rate(100, 1.0)
        (0.5, 1.0, 0.0)
        """
        rate = self.peak * min(1.0, step / max(self.warmup, 1))
        if self.decay == "rsqrt":
            rate *= math.sqrt(max(self.warmup, 1) / max(step, self.warmup, 1))
        if self.cooling(spent):
            rate *= 1 - math.sqrt(min(1.0, max(0.0, (spent - 1 + self.cooldown) / self.cooldown)))
        return rate
