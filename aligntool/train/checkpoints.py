"""Checkpoints: whole or not at all, and nothing in them but tensors and plain values."""

import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from aligntool.errors import InputError

__all__ = ["Snapshots", "average", "read_checkpoint", "write_atomically"]


def write_atomically(state: Mapping[str, Any], path: Path) -> None:
    """Save a checkpoint so that a reader finds the old one or the new one, never half of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        torch.save(dict(state), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint's contents; refuses anything but tensors and plain values.

    Raises:
        InputError: It is missing or broken.
    """
    if not zipfile.is_zipfile(path):  # a torn one has lost its end, and torch then fails in many ways
        raise InputError(f"{path} is no usable checkpoint", "start again in another --run-dir, or restore it")
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state


def average(paths: Sequence[Path]) -> dict[str, Any]:
    """Mean of the weights of several snapshots (Vaswani et al. 2017, section 6.1)."""
    states = [read_checkpoint(path)["model"] for path in paths]
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


class Snapshots:
    """The last few weights of a run, for averaging; older ones are deleted.

    Args:
        folder: Where they stand.
        count: How many are kept.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count

    def paths(self) -> list[Path]:
        """What is there, oldest first."""
        return sorted(self.folder.glob("average-*.pt"))

    def add(self, step: int, weights: Mapping[str, Any]) -> None:
        """Keep the weights of a step."""
        write_atomically(weights, self.folder / f"average-{step:08}.pt")
        for path in self.paths()[: -self.count]:
            path.unlink(missing_ok=True)
