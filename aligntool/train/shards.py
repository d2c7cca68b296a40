"""Training examples as numbers: compressed pieces on disk, and the endless, repeatable sequence of batches.

Everything about the order follows from a seed and the number of the pass through the data, so that a run
stopped at any batch can go on with the very next one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligntool.errors import InputError
from aligntool.train.vocabulary import EOS

__all__ = ["Batch", "Examples", "batches", "joined", "load", "save"]

Ids = npt.NDArray[np.uint16]
FIELDS = ("source", "target", "source_sizes", "target_sizes", "weights")
PIECE = 150_000
"""Pairs in one file: about 60 tokens of two bytes each make 18 MB, 8 to 12 MB compressed."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Encoded pairs.

    Attributes:
        source, target: All ids one after the other, uint16, without begin and end.
        source_sizes, target_sizes: Ids of each pair, uint16, shape (pairs,).
        weights: How often each pair is drawn in one pass, on average; float32, shape (pairs,).
    """

    source: Ids
    target: Ids
    source_sizes: Ids
    target_sizes: Ids
    weights: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.weights)

    @classmethod
    def of(
        cls, source: Sequence[Sequence[int]], target: Sequence[Sequence[int]], weights: Sequence[float]
    ) -> "Examples":
        """Examples from lists of ids and their weights, all of one length."""

        def flat(rows: Sequence[Sequence[int]]) -> Ids:
            return np.fromiter((i for row in rows for i in row), np.uint16)

        def sizes(rows: Sequence[Sequence[int]]) -> Ids:
            return np.fromiter(map(len, rows), np.uint16)

        return cls(flat(source), flat(target), sizes(source), sizes(target), np.asarray(weights, np.float32))


def save(examples: Examples, folder: Path, name: str) -> list[Path]:
    """Write the examples as numbered ``.npz`` pieces, each small enough to be carried about (16 MiB)."""
    ends = [np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]) for sizes in _sizes(examples)]
    written = []
    for number, start in enumerate(range(0, len(examples), PIECE)):
        stop = min(start + PIECE, len(examples))
        path = folder / f"{name}-{number:03}.npz"
        np.savez_compressed(
            path,
            source=examples.source[ends[0][start] : ends[0][stop]],
            target=examples.target[ends[1][start] : ends[1][stop]],
            source_sizes=examples.source_sizes[start:stop],
            target_sizes=examples.target_sizes[start:stop],
            weights=examples.weights[start:stop],
        )
        written.append(path)
    return written


def _sizes(examples: Examples) -> tuple[Ids, Ids]:
    return examples.source_sizes, examples.target_sizes


def load(paths: Sequence[Path]) -> Examples:
    """Read pieces written by ``save`` and join them in the order given.

    Raises:
        InputError: There is no piece, or one is broken.
    """
    if not paths:
        raise InputError(
            "there are no prepared pieces (*.npz) to train on", "prepare them: aligntool train … --prepare"
        )
    return joined(Examples(**_read(path)) for path in paths)


def joined(parts: Iterable[Examples]) -> Examples:
    """Several sets of examples as one, in the order given."""
    every = list(parts)
    return Examples(*(np.concatenate([getattr(part, name) for part in every]) for name in FIELDS))


def _read(path: Path) -> dict[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as data:
            return {name: data[name] for name in FIELDS}
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{path} is no prepared piece: {error}", "prepare the data again") from error


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded ids, int64.

    Attributes:
        source: Shape (rows, longest source), each row ended by ``</s>``, then padded with ``</s>``.
        lengths: Real length of each source row, shape (rows,).
        target: Shape (rows, longest target), ended by ``</s>``, then padded with -1.
    """

    source: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]


class _Padder:
    """Cuts batches of pairs out of the flat arrays."""

    def __init__(self, examples: Examples) -> None:
        self.examples = examples
        self.source_ends = np.cumsum(examples.source_sizes, dtype=np.int64)
        self.target_ends = np.cumsum(examples.target_sizes, dtype=np.int64)

    def batch(self, rows: npt.NDArray[np.int64]) -> Batch:
        source, lengths = _pad(self.examples.source, self.source_ends, self.examples.source_sizes, rows, EOS)
        target, _ = _pad(self.examples.target, self.target_ends, self.examples.target_sizes, rows, -1)
        return Batch(source, lengths, target)


def _pad(
    flat: Ids, ends: npt.NDArray[np.int64], sizes: Ids, rows: npt.NDArray[np.int64], fill: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    lengths = sizes[rows].astype(np.int64)
    places = np.arange(int(lengths.max()) + 1)
    inside = places[None] < lengths[:, None]
    out = np.full(inside.shape, fill, np.int64)
    out[inside] = flat[((ends[rows] - lengths)[:, None] + places[None])[inside]]
    out[np.arange(len(rows)), lengths] = EOS
    return out, lengths + 1


def _order(examples: Examples, seed: int, number: int, longest: int) -> npt.NDArray[np.int64]:
    """Indices of the pairs of one pass, sorted by length, equal lengths in random order."""
    random = np.random.default_rng([seed, number])
    whole, part = np.divmod(examples.weights, 1.0)
    copies = whole.astype(np.int64) + (random.random(len(examples)) < part)
    copies[np.maximum(*_sizes(examples)) >= longest] = 0
    rows = np.repeat(np.arange(len(examples), dtype=np.int64), copies)
    random.shuffle(rows)
    keys = (examples.source_sizes[rows], np.maximum(*_sizes(examples))[rows])
    return rows[np.lexsort(keys)]


def _cut(examples: Examples, order: npt.NDArray[np.int64], tokens: int) -> list[npt.NDArray[np.int64]]:
    """Slices of the order whose padded size stays within the number of tokens."""
    widths = np.maximum(*_sizes(examples))[order].astype(np.int64) + 1
    cuts = [0]
    for at, width in enumerate(widths.tolist()):
        if (at + 1 - cuts[-1]) * width > tokens and at > cuts[-1]:  # sorted: this width is the widest so far
            cuts.append(at)
    return np.split(order, cuts[1:])


def batches(  # noqa: PLR0913 - where a pass stands takes as many numbers
    examples: Examples,
    *,
    tokens: int,
    seed: int,
    number: int,
    start: int = 0,
    team: tuple[int, int] = (0, 1),
    longest: int = 250,
) -> Iterator[Batch]:
    """The batches of one pass through the data.

    Args:
        examples: All the examples.
        tokens: Most tokens in a batch, padding included, counted on the longer side.
        seed: Seed of the run.
        number: Number of the pass: the same pass always gives the same batches.
        start: Batches to skip, for going on in the middle of a pass.
        team: This process's number, and how many share the pass: each takes its turn, all get as many.
        longest: Pairs with a side of this many pieces are left out.

    Raises:
        InputError: No pair is left.
    """
    order = _order(examples, seed, number, longest)
    if not len(order):
        raise InputError("no pair is left to train on", "look at the report of dropped pairs and the weights")
    cut = _cut(examples, order, tokens)
    sequence = np.random.default_rng([seed, number, 1]).permutation(len(cut))
    padder = _Padder(examples)
    rank, size = team
    rest = sequence[start:].tolist()
    whole = len(rest) - len(rest) % size
    for i in rest[rank:whole:size] if whole else rest:
        yield padder.batch(cut[i])
