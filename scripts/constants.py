"""Would the aligner's constants have been chosen without a set? Leave one out, choose by the others, compare.

Run: ``python scripts/constants.py ../shared/bench/align`` (minutes). Each constant is moved by itself; the
score of a set is the mean of strict and lax F1, of its translations as they are and with paragraphs left out.
Written for every constant: the score of each value on all sets; for every set what the others would have
chosen and what that changes for it against the value in use.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import add
from pathlib import Path
from statistics import mean
from unittest.mock import patch

from aligntool.bench.aligning import ALIGNER, Job, jobs, measure
from aligntool.bench.beads import Tally, tally

VALUES: dict[str, tuple[float, ...]] = {
    "aligntool.aligning.costs._OPENING": (9.0, 6.0, 7.5, 11.0, 13.0),
    "aligntool.aligning.costs._EXTENDING": (1.4, 1.0, 1.2, 1.7, 2.0),
    "aligntool.aligning.similarity._SHARPNESS": (20.0, 14.0, 17.0, 24.0, 28.0),
}
"""Constants, the value in use first."""

KINDS = ("", "15 missing")
SYSTEMS = ("no MT", "google", "europarllight")
LARGEST = 200_000  # bytes of a set's originals; larger ones take too long


def score(job: Job) -> float:
    """Mean of strict and lax F1."""
    found = measure(job)
    pairs = [(found["gold"][name], beads) for name, beads in found["beads"].items()]
    tallies = [
        tally(
            [(tuple(s), tuple(t)) for s, t in gold],
            [(tuple(s), tuple(t)) for s, t, _ in beads],
        )
        for gold, beads in pairs
    ]
    total = reduce(add, tallies, Tally())
    return (total.f1() + total.f1(lax=True)) / 2


def scores(wanted: Sequence[Job]) -> dict[str, float]:
    """The score of every set."""
    found: dict[str, list[float]] = {}
    for job in wanted:
        for kind in KINDS:
            found.setdefault(Path(job.folder).name, []).append(score(replace(job, damage=kind)))
    return {name: mean(values) for name, values in found.items()}


def report(name: str, by_value: dict[float, dict[str, float]]) -> None:
    """A constant's table."""
    used, *_ = by_value
    short = name.rpartition(".")[2].strip("_").lower()
    for value, found in by_value.items():
        sys.stdout.write(f"{short}\t{value}\t{mean(found.values()):.4f}\n")
    for left in by_value[used]:
        others = {
            value: mean(one for name, one in found.items() if name != left)
            for value, found in by_value.items()
        }
        chosen = max(others, key=lambda value: others[value])
        change = by_value[chosen][left] - by_value[used][left]
        sys.stdout.write(f"{short}\twithout {left}: {chosen}\t{change:+.4f}\n")


def main(folder: str) -> None:
    """Measure and report."""
    wanted = [
        job
        for job in jobs(Path(folder), aligners=(ALIGNER,))
        if job.mt in SYSTEMS and complete(Path(job.folder))
    ]
    usual = scores(wanted)
    for name, values in VALUES.items():
        by_value = {values[0]: usual}
        for value in values[1:]:
            with patch(name, value):
                by_value[value] = scores(wanted)
        report(name, by_value)


def complete(folder: Path) -> bool:
    """Whether a set's gold has a line for at least half of the sentences, and it is no novel."""
    golds, sources = (list(folder.glob(f"*/{name}")) for name in ("gold.tsv", "src.txt"))
    lines = [sum(path.read_text(encoding="utf-8").count("\n") for path in some) for some in (golds, sources)]
    return lines[0] > lines[1] / 2 and sum(path.stat().st_size for path in sources) < LARGEST


if __name__ == "__main__":
    main(sys.argv[1])
