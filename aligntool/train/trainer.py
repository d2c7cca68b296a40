"""The training loop: batches, optimiser, checkpoints that go on where they stopped, best and average."""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from aligntool.errors import InputError
from aligntool.train.arithmetic import number_type
from aligntool.train.candidates import Candidates
from aligntool.train.checkpoints import Snapshots, average, read_checkpoint, write_atomically
from aligntool.train.links import Links
from aligntool.train.model import Shape, Transformer, smoothed_loss
from aligntool.train.progress import Meter, Progress, signals, silence
from aligntool.train.settings import Settings
from aligntool.train.shards import Batch, Examples, batches
from aligntool.train.team import Team

__all__ = ["Interrupted", "Trainer"]

LAST, STABLE, BEST, FINAL = "last.pt", "stable.pt", "best.pt", "final.pt"


class Interrupted(Exception):  # noqa: N818 - no error: the run stopped where it was told to
    """Training was stopped by a signal; the checkpoint is written."""


class Trainer:
    """One run in one folder.

    Args:
        model: The network, freshly initialised or warm-started.
        data: Examples to train on, and those whose loss is watched.
        folder: Where checkpoints go.
        settings: How to train.
        say: Told of progress, a line at a time.
        links: What one attention head is trained to show, when the settings say so.
        measure: Called with the network at each checkpoint; returns figures to be shown (BLEU and the like).
    """

    def __init__(  # noqa: PLR0913 - the last two are callbacks, by name
        self,
        model: Transformer,
        data: tuple[Examples, Examples],
        folder: Path,
        settings: Settings,
        *,
        say: Callable[[str], None],
        links: Links | None = None,
        measure: Callable[[Transformer], str] | None = None,
    ) -> None:
        self.train, self.valid = data
        self.folder, self.settings = folder, settings
        self.team = Team()
        self.say, self.measure = (say if self.team.leads else silence), measure
        wanted = settings.device
        self.device = torch.device(
            "cuda" if wanted == "auto" and torch.cuda.is_available() else wanted.replace("auto", "cpu")
        )
        self.kind = number_type(settings.precision, self.device)
        self.model = model.to(self.device)
        self.run_model: Callable[..., Tensor] = (
            torch.compile(model, dynamic=True) if settings.compile else model
        )
        self.optimiser = torch.optim.Adam(model.parameters(), lr=0.0, betas=(0.9, 0.98), eps=1e-9, fused=True)
        self.links = links.to(self.device) if links and settings.guided else None
        model.pointer.keep = self.links is not None
        pieces, drawn = model.shape.vocabulary, settings.sampled
        self.candidates = Candidates(self.train, pieces, drawn, settings.seed) if drawn else None
        self.progress = Progress()
        self.snapshots = Snapshots(folder, settings.average)
        self._drawn: Iterator[Batch] | None = None
        self._spent = 0.0
        torch.manual_seed(settings.seed)

    def save(self, name: str = LAST) -> None:
        """Write a checkpoint of everything that going on needs."""
        if not self.team.leads:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self.model.state_dict(),
            "shape": self.model.shape.as_dict(),
            "optimiser": self.optimiser.state_dict(),
            "progress": asdict(self.progress),
            "random": [torch.get_rng_state(), *self._device_states()],
        }
        write_atomically(state, self.folder / name)

    def resume(self) -> None:
        """Go on from the last checkpoint; after a finished budget from where its cool-down began.

        Raises:
            InputError: There is no checkpoint, or it is of a network of another shape.
        """
        path = self.folder / LAST
        state = read_checkpoint(path)
        if state["progress"]["finished"] and (self.folder / STABLE).exists():
            path = self.folder / STABLE
            state = read_checkpoint(path)
            state["progress"] |= {"leg_step": 0, "leg_seconds": 0.0, "finished": False, "cooling": False}
        if Shape(**state["shape"]) != self.model.shape:
            raise InputError(
                f"{path} holds a network of another shape", "give the options of the first run again"
            )
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["progress"])
        own, *others = state["random"]
        torch.set_rng_state(own)
        if others and len(others) == len(self._device_states()):
            torch.cuda.set_rng_state_all(others)
        self._drawn = None
        self.say(f"going on from {path} at step {self.progress.step:,}")

    def _device_states(self) -> list[Tensor]:
        """States of the GPUs' random numbers; none on the processor."""
        return torch.cuda.get_rng_state_all() if self.device.type == "cuda" else []

    def finished(self) -> bool:
        """Whether the run in this folder has used up its budget; its final weights are then loaded."""
        if not all((self.folder / name).exists() for name in (LAST, FINAL)):
            return False
        state = read_checkpoint(self.folder / LAST)
        if not state["progress"]["finished"]:
            return False
        self.progress = Progress(**state["progress"])
        self.model.load_state_dict(read_checkpoint(self.folder / FINAL)["model"])
        return True

    def _next(self) -> Batch:
        """The next batch, of the next pass when this one is through."""
        while True:
            if self._drawn is None:
                self._drawn = batches(
                    self.train,
                    tokens=self.settings.tokens,
                    seed=self.settings.seed,
                    number=self.progress.number,
                    start=self.progress.batch,
                    team=(self.team.rank, self.team.size),
                )
            batch = next(self._drawn, None)
            if batch is not None:
                self.progress.batch += self.team.size
                return batch
            self.progress.number, self.progress.batch, self._drawn = self.progress.number + 1, 0, None

    def _tensors(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Source, its lengths and target, where the network is."""
        source, lengths, target = map(torch.from_numpy, (batch.source, batch.lengths, batch.target))
        return source.to(self.device), lengths.to(self.device), target.to(self.device)

    def _loss(self, batch: Batch, *, training: bool) -> tuple[Tensor, Tensor, int]:
        """Summed loss, summed plain loss, number of target tokens; smoothed and estimated in training."""
        source, lengths, target = self._tensors(batch)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.kind == torch.bfloat16):
            states = self.run_model(source, lengths, target)
        wanted = target >= 0
        answers = target[wanted]
        smoothing, among = (self.settings.smoothing if training else 0.0), None
        if training and self.candidates:
            among = self.candidates(answers, self.progress.step, self.team.rank)
        loss, plain = smoothed_loss(
            states[wanted], self.model.embedding.weight, answers, smoothing, self.kind, among
        )
        return loss, plain, len(answers)

    def step(self) -> tuple[float, int]:
        """Train on one batch; returns the plain loss per target token (nats) and the tokens."""
        self.model.train()
        batch = self._next()
        schedule, progress = self.settings.schedule, self.progress
        progress.step += 1
        progress.leg_step += 1
        rate = schedule.rate(progress.step, self._spent)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        loss, plain, own = self._loss(batch, training=True)
        (loss + self._guide(batch)).backward()  # type: ignore[no-untyped-call]
        lost, tokens = self.team.total([float(plain), own], self.device)
        self.team.add_gradients(self.model.parameters())
        for parameter in self.model.parameters():
            if parameter.grad is not None:
                parameter.grad /= tokens
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.settings.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        progress.tokens += int(tokens)
        return lost / tokens, int(tokens)

    def _guide(self, batch: Batch) -> Tensor | float:
        """Weighted cross-entropy of the pointing head's attention against the links; call after ``_loss``."""
        scores = self.model.pointer.scores
        if self.links is None or scores is None:
            return 0.0
        wanted = self.links.soft(*self._tensors(batch))
        return -self.settings.guided * (wanted * scores.float().log_softmax(-1)).sum()

    @torch.no_grad()
    def validate(self) -> float:
        """Loss per target token on the validation examples, nats."""
        self.model.eval()
        total, count = 0.0, 0
        for batch in batches(self.valid, tokens=4_000, seed=0, number=0):
            _, plain, tokens = self._loss(batch, training=False)
            total, count = total + float(plain), count + tokens
        return total / count

    def run(self) -> None:
        """Train until the budget is used up, then put the best of last and average weights into the network.

        Raises:
            Interrupted: A signal came; the checkpoint is written.
        """
        meter = Meter(self.say)
        saved = time.monotonic()
        with signals() as stopped:
            size = sum(parameter.numel() for parameter in self.model.parameters())
            where = f"{self.device.type}, {self.kind}".replace("torch.", "")
            self.say(f"training {size:,} parameters on {len(self.train):,} pairs, {where}")
            while not self._over():
                began = time.monotonic()
                loss, tokens = self.step()
                # every process must see the same time and the same signal, or they part company
                passed, stop, due = self.team.total(self._news(began, saved, stop=stopped()), self.device)
                self.progress.seconds += passed
                self.progress.leg_seconds += passed
                meter.note(loss, tokens, self.progress, self.settings.schedule)
                if stop:
                    self.save()
                    raise Interrupted
                if due:
                    self._checkpoint()
                    saved = time.monotonic()
        self._finish()

    def _news(self, began: float, saved: float, *, stop: bool) -> list[float]:
        """Seconds since the step began and whether a checkpoint is due, as the leader sees it; any signal."""
        now = time.monotonic()
        if not self.team.leads:
            return [0.0, float(stop), 0.0]
        return [now - began, float(stop), float(now - saved > 60 * self.settings.every)]

    def _over(self) -> bool:
        schedule, progress = self.settings.schedule, self.progress
        self._spent = schedule.spent(progress.leg_step, progress.leg_seconds)
        if not progress.cooling and schedule.cooling(self._spent):
            self.save(STABLE)
            progress.cooling = True
            self.say(f"cooling down from step {progress.step:,}")
        return self._spent >= 1

    def _checkpoint(self) -> None:
        if not self.team.leads:
            return
        loss = self.validate()
        figures = self.measure(self.model) if self.measure else ""
        better = loss < self.progress.best
        self.progress.best = min(loss, self.progress.best)
        self.say(
            f"step {self.progress.step:,}: validation loss {loss:.4f}{' (best)' if better else ''}, "
            f"{self.progress.tokens:,} tokens, {self.progress.seconds / 60:.1f} min. {figures}"
        )
        self.save()
        if better:
            write_atomically(self._weights(), self.folder / BEST)
        self.snapshots.add(self.progress.step, self._weights())

    def _weights(self) -> dict[str, Any]:
        return {"model": self.model.state_dict(), "shape": self.model.shape.as_dict()}

    def _finish(self) -> None:
        """Compare last, averaged and best weights on the validation loss; the winner stays in the network."""
        self.progress.finished = True
        if not self.team.leads:
            return
        self.snapshots.add(self.progress.step, self._weights())
        last = {k: v.clone() for k, v in self.model.state_dict().items()}
        candidates = {"last": last, "average": average(self.snapshots.paths())}
        if (self.folder / BEST).exists():
            candidates["best"] = read_checkpoint(self.folder / BEST)["model"]
        losses = {}
        for name, weights in candidates.items():
            self.model.load_state_dict(weights)
            losses[name] = self.validate()
        winner = min(losses, key=lambda name: losses[name])
        self.model.load_state_dict(candidates[winner])
        write_atomically(self._weights(), self.folder / FINAL)
        self.model.load_state_dict(last)
        self.save()
        self.model.load_state_dict(candidates[winner])
        shown = ", ".join(f"{name} {loss:.4f}" for name, loss in losses.items())
        self.say(f"validation loss: {shown}; taking {winner}")
