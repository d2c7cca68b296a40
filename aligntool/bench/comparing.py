"""What ``aligntool diff`` takes for large inputs: two long tables, and texts that are one long line.

The texts are made up: words of random syllables, as rare and as common as words are (Zipf 1949). The command
runs in a process of its own (``python -m aligntool.bench.comparing ARGUMENT …``), so that its peak memory is
its own.
"""

import json
import random
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from aligntool.bench.process import peak
from aligntool.errors import AligntoolError
from aligntool.table import COLUMNS

__all__ = ["JOBS", "Cost", "Job", "lines", "run", "sentences", "tables"]

_VOCABULARY = 8000
_SENTENCE = range(6, 30)  # words
_DIFFERENT = 1  # what the command exits with


@dataclass(frozen=True, slots=True)
class Job:
    """Two made-up inputs.

    Attributes:
        item: What they are, in one phrase.
        shape: ``tables`` or ``lines``.
        size: Rows of each table, or words of each line.
        changed: Share of the rows, or words, that are others in the new version.
    """

    item: str
    shape: str
    size: int
    changed: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What the whole command took: CPU seconds, and peak resident set in MiB."""

    cpu: float
    memory: float


JOBS = (
    Job("tables of 100,000 rows, 5 % changed", "tables", 100_000, 0.05),
    Job("one line of 5 MB, 1 word in 200 changed", "lines", 900_000, 0.005),
    Job("one line of 5 MB, no word in its place", "lines", 900_000, 1.0),
)
"""The measurements of the suite."""


def run(job: Job) -> Cost:
    """Compare the two inputs of a job by the command line.

    Raises:
        AligntoolError: The command failed; its last words are in the message.
    """
    with tempfile.TemporaryDirectory(prefix="aligntool-") as folder:
        suffix = "tsv" if job.shape == "tables" else "txt"
        paths = [Path(folder) / f"{side}.{suffix}" for side in ("old", "new")]
        texts = tables(job.size, job.changed) if job.shape == "tables" else lines(job.size, job.changed)
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        view = ["--stat"] if job.shape == "tables" else ["--lang", "en"]
        arguments = [*map(str, paths), *view, "-o", f"{folder}/made"]
        done = subprocess.run(  # noqa: S603 - this very module, no shell
            [sys.executable, "-m", "aligntool.bench.comparing", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise AligntoolError(f"{job.item}: diff failed: {done.stderr.strip().rpartition(chr(10))[2]}")
    return Cost(**json.loads(done.stdout))


def tables(rows: int, changed: float) -> tuple[str, str]:
    """Two aligned tables of one document, a share of the rows with another word or two."""
    chance = random.Random(rows)  # noqa: S311 - nobody is to be kept from guessing
    head = "\t".join(COLUMNS)
    old, new = [head], [head]
    originals, texts = sentences(chance), sentences(chance)
    for number in range(rows):
        cells = dict.fromkeys(COLUMNS, "")
        cells |= {"id": f"d:{number}", "doc": "d", "src_lang": "nl", "tgt_lang": "en", "score": "1.000"}
        cells |= {"src_ids": str(number), "tgt_ids": str(number), "src": next(originals), "tgt": next(texts)}
        old.append("\t".join(cells.values()))
        if chance.random() < changed:
            cells["tgt"] = _altered(cells["tgt"], 0.1, chance)
        new.append("\t".join(cells.values()))
    return "\n".join([*old, ""]), "\n".join([*new, ""])


def lines(words: int, changed: float) -> tuple[str, str]:
    """Two texts that are one line each, a share of the words of the second others."""
    chance = random.Random(words)  # noqa: S311 - as above
    text = " ".join(_words(words, chance))
    return f"{text}\n", f"{_altered(text, changed, chance)}\n"


def sentences(chance: random.Random) -> Iterator[str]:
    """Sentences without end."""
    while True:
        yield f"{' '.join(_words(chance.choice(_SENTENCE), chance)).capitalize()}."


def _words(count: int, chance: random.Random) -> list[str]:
    return chance.choices(_WORDS, cum_weights=_WEIGHTS, k=count)


def _altered(text: str, share: float, chance: random.Random) -> str:
    """The text, that share of its words, but at least one, others."""
    words = text.split(" ")
    places = chance.sample(range(len(words)), max(1, round(share * len(words))))
    for at, word in zip(places, _words(len(places), chance), strict=True):
        words[at] = word
    return " ".join(words)


def _vocabulary() -> list[str]:
    chance = random.Random(0)  # noqa: S311 - as above
    syllables = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "n", "r", "s")]
    return ["".join(chance.choices(syllables, k=1 + rank % 4)) for rank in range(_VOCABULARY)]


_WORDS = _vocabulary()
_WEIGHTS = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))


def _measure(arguments: list[str]) -> dict[str, float]:
    """Run the command in this process, as ``aligntool`` does, and say what that took from its start."""
    sys.argv = ["aligntool", "diff", *arguments]
    try:
        runpy.run_module("aligntool", run_name="__main__")
    except SystemExit as end:
        if end.code != _DIFFERENT:
            sys.exit(f"it exited with {end.code}")
    return {"cpu": time.process_time(), "memory": peak()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(sys.argv[1:])))
