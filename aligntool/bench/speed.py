"""Speed and memory beside Argos Translate: same package, same beam, same sentences, same output.

Each side runs in a process of its own (``python -m aligntool.bench.speed argos < job.json``), so that neither
lends the other its memory or its loaded libraries.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from aligntool.bench.process import peak
from aligntool.errors import AligntoolError

__all__ = ["SIDES", "Report", "Side", "run"]

SIDES = ("argos", "ours", "guarded")
"""Argos Translate sentence by sentence; our engine; our engine with every guard of `render` around it."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side took, medians over the rounds.

    Attributes:
        name: One of `SIDES`.
        start: Seconds (wall) to import and load the model.
        wall: Seconds to translate the sentences.
        cpu: CPU seconds to translate the sentences, all threads together.
        memory: Peak resident set of the process in MiB.
        outputs: The translations.
    """

    name: str
    start: float
    wall: float
    cpu: float
    memory: float
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The sides beside each other.

    Attributes:
        sides: Argos Translate first.
        sentences: How many were translated.
        beam: Beam of all sides.
    """

    sides: tuple[Side, ...]
    sentences: int
    beam: int

    def side(self, name: str) -> Side:
        """The side of that name."""
        return next(side for side in self.sides if side.name == name)

    def ratio(self, name: str, measure: str = "wall") -> float:
        """How many times more Argos Translate took: of ``wall``, ``cpu``, ``start`` or ``memory``."""
        return float(getattr(self.side("argos"), measure) / getattr(self.side(name), measure))

    @property
    def identical(self) -> int:
        """Sentences for which Argos Translate and our engine gave the same, its underscores apart.

        Argos Translate turns each underscore into a blank.
        """
        pairs = zip(self.side("argos").outputs, self.side("ours").outputs, strict=True)
        return sum(theirs == ours.replace("_", " ") for theirs, ours in pairs)

    def rows(self) -> list[dict[str, Any]]:
        """A row a side for a table: seconds, MiB, sentences a second and times Argos Translate's speed."""
        return [
            {
                "side": side.name,
                "start_s": round(side.start, 2),
                "wall_s": round(side.wall, 2),
                "cpu_s": round(side.cpu, 2),
                "memory_mib": round(side.memory),
                "sentences_per_s": round(self.sentences / side.wall, 1),
                "times_wall": round(self.ratio(side.name), 2),
                "times_cpu": round(self.ratio(side.name, "cpu"), 2),
                "identical": self.identical if side.name == "ours" else None,
            }
            for side in self.sides
        ]


def run(
    sentences: Sequence[str],
    package: Path,
    beam: int = 4,
    rounds: int = 1,
    done: Callable[[str], None] | None = None,
) -> Report:
    """Translate the sentences with Argos Translate and with aligntool, one process after the other.

    Args:
        sentences: Sentences in the package's source language, one line each.
        package: Unpacked Argos package.
        beam: Beam of all sides; Argos Translate's default is 4.
        rounds: How often each side runs; the medians are reported.
        done: Told the name of a side when a round of it is over.

    Returns:
        The figures of all sides.

    Raises:
        AligntoolError: A side failed; its last words are in the message.
    """
    job = json.dumps({"sentences": list(sentences), "package": str(package), "beam": beam})
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SIDES}
    for _ in range(rounds):
        for name in SIDES:
            found[name].append(_process(name, job, beam))
            if done:
                done(name)
    return Report(tuple(_side(name, found[name]) for name in SIDES), len(sentences), beam)


def _side(name: str, rounds: Sequence[dict[str, Any]]) -> Side:
    figures = {key: median(one[key] for one in rounds) for key in ("start", "wall", "cpu", "memory")}
    return Side(name=name, outputs=tuple(rounds[0]["outputs"]), **figures)


def _process(name: str, job: str, beam: int) -> dict[str, Any]:
    """One side in a process that cannot write into the user's folders nor report to anybody."""
    with tempfile.TemporaryDirectory(prefix="aligntool-") as home:
        private = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        plain = {key: value for key, value in os.environ.items() if not key.startswith("ARGOS_")}
        result = subprocess.run(  # noqa: S603 - this very module, no shell
            [sys.executable, "-m", "aligntool.bench.speed", name],
            input=job,
            capture_output=True,
            text=True,
            check=False,
            env={**plain, **private, "ORT_DISABLE_TELEMETRY": "1", "ARGOS_BEAM_SIZE": str(beam)},
        )
    if result.returncode:
        last = result.stderr.strip().rpartition("\n")[2]
        raise AligntoolError(f"the {name} side of the speed benchmark failed: {last}")
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


Translate = Callable[[Iterable[str]], list[str]]


def _argos(package: Path, beam: int) -> Translate:
    """Argos Translate as it comes, but for a splitter that leaves sentences whole and needs no download."""
    del beam  # in its environment
    from argostranslate.package import Package  # noqa: PLC0415 - in its own process alone
    from argostranslate.translate import Language, PackageTranslation  # noqa: PLC0415 - the same

    class Whole:
        def split_sentences(self, text: str) -> list[str]:
            return [text]

    theirs = Package(package)
    one = Language(theirs.from_code, theirs.from_name), Language(theirs.to_code, theirs.to_name)
    translation = PackageTranslation(*one, theirs)
    translation.sentencizer = Whole()
    return lambda sentences: [str(translation.translate(sentence)) for sentence in sentences]


def _ours(package: Path, beam: int) -> Translate:
    from aligntool.engines.ctranslate import PLUGIN  # noqa: PLC0415 - in its own process alone
    from aligntool.translation import EngineOptions  # noqa: PLC0415 - the same

    engine = PLUGIN.open(package, EngineOptions(beam=beam))
    return lambda sentences: engine.decode(list(sentences))


def _guarded(package: Path, beam: int) -> Translate:
    from aligntool.engines.ctranslate import PLUGIN  # noqa: PLC0415 - in its own process alone
    from aligntool.translation import EngineOptions, render  # noqa: PLC0415 - the same

    engine = PLUGIN.open(package, EngineOptions(beam=beam))
    return lambda sentences: render(list(sentences), engine)


def _measure(name: str, job: dict[str, Any]) -> dict[str, Any]:
    """Load a side, warm it up on two sentences, translate, and say what that took."""
    begun = time.perf_counter()
    make = {"argos": _argos, "ours": _ours, "guarded": _guarded}[name]
    translate = make(Path(job["package"]), job["beam"])
    translate(job["sentences"][:2])
    loaded, cpu = time.perf_counter(), time.process_time()
    outputs = translate(job["sentences"])
    return {
        "start": loaded - begun,
        "wall": time.perf_counter() - loaded,
        "cpu": time.process_time() - cpu,
        "memory": peak(),
        "outputs": outputs,
    }


if __name__ == "__main__":
    answer = _measure(sys.argv[1], json.load(sys.stdin))
    sys.stdout.write(json.dumps(answer))
