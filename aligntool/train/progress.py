"""Where a run stands, what it says of itself, and the signals that stop it."""

import math
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from aligntool.train.schedule import Schedule

__all__ = ["Meter", "Progress", "signals", "silence"]


@dataclass(slots=True)
class Progress:
    """Where a run stands; everything but the weights.

    Attributes:
        step, tokens, seconds: Of the whole run: steps, target tokens, training time.
        number, batch: Pass through the data, and batches of it already trained on.
        leg_step, leg_seconds: Steps and seconds already spent of the present budget.
        best: Lowest validation loss.
        cooling: The cool-down of this budget has begun.
        finished: The budget is used up.
    """

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    number: int = 0
    batch: int = 0
    leg_step: int = 0
    leg_seconds: float = 0.0
    best: float = math.inf
    cooling: bool = False
    finished: bool = False


@contextmanager
def signals() -> Iterator[Callable[[], bool]]:
    """Turn SIGTERM and SIGINT into a question asked between steps."""
    caught: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        caught.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: bool(caught)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def silence(_: str) -> None:
    """What the processes that do not lead say."""


class Meter:
    """Says loss, speed and time left every so often."""

    def __init__(self, say: Callable[[str], None], seconds: float = 20.0) -> None:
        self.say, self.seconds = say, seconds
        self.started, self.total, self.tokens = time.monotonic(), 0.0, 0

    def note(self, loss: float, tokens: int, progress: Progress, schedule: Schedule) -> None:
        """Take in a step; speak when it is time."""
        self.total += loss * tokens
        self.tokens += tokens
        passed = time.monotonic() - self.started
        if passed < self.seconds:
            return
        spent = schedule.spent(progress.leg_step, progress.leg_seconds)
        left = f", {progress.leg_seconds * (1 / spent - 1) / 60:.0f} min left" if spent else ""
        self.say(
            f"step {progress.step:,} loss {self.total / self.tokens:.3f} {self.tokens / passed:,.0f} tokens/s"
            f" rate {schedule.rate(progress.step, spent):.1e}{left}"
        )
        self.started, self.total, self.tokens = time.monotonic(), 0.0, 0
