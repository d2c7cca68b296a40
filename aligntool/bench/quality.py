"""How well every installed package translates, beside the outputs of other systems: BLEU, chrF and speed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligntool.measures import Quality, quality
from aligntool.models import Resolution, installed, open_engine, starter_folder, starters
from aligntool.packages import Package
from aligntool.pipeline import aids
from aligntool.retries import rendered
from aligntool.translation import EngineOptions

__all__ = ["BEAMS", "Row", "run"]

BEAMS = (1, 2, 4)
_SET = "flores-dev"


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one pair.

    Attributes:
        item: Pair and system; of a package also its version, the beam, and whether it was helped.
        quality: BLEU and chrF of all sentences.
        speed: Sentences a second of CPU time, all threads together; 0 where only the output is known.
    """

    item: str
    quality: Quality
    speed: float = 0.0


def run(shared: Path, part: str = "", limit: int | None = None) -> Iterator[Row]:
    """Measure packages, and score what other systems made of the same sentences.

    A package is measured alone, and with what ``translate`` helps it with where its first output falls short:
    names, and words where it copies them.

    Args:
        shared: Folder of measuring material; ``bench/mt`` holds ``flores-dev.nl``, ``flores-dev.en`` and
            such, and outputs of others as ``flores-dev.nl-en.system.en``.
        part: Beginning of the items wanted: a pair, or a pair and a system.
        limit: How many sentences, the first ones; None for all.

    Raises:
        AligntoolError: sacrebleu is not installed, or a package cannot be loaded.
    """
    folder = shared / "bench" / "mt"
    for path in sorted(folder.glob(f"{_SET}.*-*.*.*")):
        _, pair, system, target = path.name.split(".")
        item = f"{pair}, {system}"
        if item.startswith(part):
            yield Row(item, quality(_lines(path, limit), _lines(folder / f"{_SET}.{target}", limit)))
    for package, kind in _packages():
        texts = [folder / f"{_SET}.{code}" for code in (package.source, package.target)]
        if all(path.is_file() for path in texts):
            source, reference = (_lines(path, limit) for path in texts)
            yield from _measured(
                package, f"{package.pair}, {kind} {package.version}", part, source, reference
            )


def _packages() -> Iterator[tuple[Package, str]]:
    yield from ((package, "package") for package in installed())
    yield from ((starter_folder(package), "starter") for package in starters())


def _measured(
    package: Package, name: str, part: str, source: Sequence[str], reference: Sequence[str]
) -> Iterator[Row]:
    for beam in BEAMS:
        item = f"{name}, beam {beam}"
        if not item.startswith(part):
            continue
        engine = open_engine(Resolution((package,), starter=False, note=""), EngineOptions(beam=beam))
        for how, helped in (("", ()), (", helped", aids(engine))):
            rendered(source[:2], engine, helped)  # loads the tables, which the speed is not about
            began = time.process_time()
            output = rendered(source, engine, helped)
            taken = time.process_time() - began
            yield Row(item + how, quality(output, reference), len(source) / max(taken, 1e-9))


def _lines(path: Path, limit: int | None) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[:limit]
