"""How well aligners align the sets in ``bench/align``, with each machine translation there is and without.

Each measurement runs in a process of its own (``python -m aligntool.bench.aligning < job.json``), so that its
peak memory is its own.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from itertools import chain
from operator import add
from pathlib import Path
from typing import Any

from aligntool.alignment import Pairing
from aligntool.bench.beads import Bead, Tally, alone, parse, tally
from aligntool.bench.damage import KINDS, Text
from aligntool.bench.process import peak
from aligntool.detection import detect
from aligntool.errors import AligntoolError
from aligntool.files import read_text
from aligntool.pipeline import ALIGNER, Settings, align, segmented
from aligntool.records import Document, Segment

__all__ = ["ALIGNER", "FLOOR", "Job", "Measured", "jobs", "measure", "run"]

FLOOR = "lengths"
"""The aligner the others are measured against: Gale and Church's."""

_NONE = "no MT"
_FORTH, _BACK, _BOTH = "", " back", " both ways"
# Where the gold holds fewer of the sentences than this, only recall means something.
_WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class Job:
    """One measurement.

    Attributes:
        folder: A set: a folder a document, in it ``src.txt``, ``tgt.txt`` and ``gold.tsv``.
        mt: Name of the system that translated, and the direction.
        source_mt: File name of the originals' translations; empty for none.
        target_mt: File name of the translations' translations; empty for none.
        aligner: Name of the aligner.
        damage: What is done to the translation beforehand, one of ``damage.KINDS``; empty for nothing.
    """

    folder: str
    mt: str
    source_mt: str
    target_mt: str
    aligner: str
    damage: str = ""

    @property
    def item(self) -> str:
        """What is measured, in one phrase."""
        parts = Path(self.folder).name, self.mt, self.aligner, self.damage
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measurement found.

    Attributes:
        job: What was measured.
        tally: Against the gold.
        planted: Share of the sentences left without a counterpart by the damage that were left alone; 0 to 1.
        whole: Whether the gold holds all sentences; else only recall means something.
        judged: Confidence of every bead, and whether the gold has it.
        cpu: CPU seconds of aligning, reading and loading apart.
        memory: Peak resident set in MiB.
    """

    job: Job
    tally: Tally
    planted: float
    whole: bool
    judged: tuple[tuple[float, bool], ...]
    cpu: float
    memory: float


def jobs(material: Path, part: str = "", aligners: Sequence[str] = (ALIGNER, FLOOR)) -> list[Job]:
    """The measurements there are.

    Args:
        material: Folder with a folder a set.
        part: Beginning of the names of the sets wanted.
        aligners: Who aligns; the floor looks at no translation and is measured without one only.
    """
    found: list[Job] = []
    for folder in sorted(path for path in material.iterdir() if path.is_dir()):
        if folder.name.startswith(part):
            for aligner in dict.fromkeys(aligners):
                found.append(Job(str(folder), _NONE, "", "", aligner))
                if aligner != FLOOR:
                    found += (Job(str(folder), *mt, aligner) for mt in _systems(folder))
    return found


def _systems(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Machine translations that every document of a set has."""
    documents = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    held = [{path.name for path in document.glob("*2*.*.txt")} for document in documents]
    names = set.intersection(*held) if held else set()
    for system in sorted({name.split(".")[1] for name in names}):
        forth, back = f"src2tgt.{system}.txt", f"tgt2src.{system}.txt"
        if forth in names:
            yield system + _FORTH, forth, ""
        if back in names:
            yield system + _BACK, "", back
        if {forth, back} <= names:
            yield system + _BOTH, forth, back


def run(job: Job) -> Measured:
    """Measure once.

    Raises:
        AligntoolError: The aligner failed; its last words are in the message.
    """
    done = subprocess.run(
        [sys.executable, "-m", "aligntool.bench.aligning"],
        input=json.dumps(asdict(job)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AligntoolError(f"{job.item} failed: {done.stderr.strip().rpartition(chr(10))[2]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    tallies, judged, held, seen, planted = [], [], 0, 0, 0
    for name, beads in answer["beads"].items():
        gold: list[Bead] = [(tuple(source), tuple(target)) for source, target in answer["gold"][name]]
        found: list[Bead] = [(tuple(source), tuple(target)) for source, target, _ in beads]
        right = set(gold)
        judged += [(score, bead in right) for bead, (*_, score) in zip(found, beads, strict=True)]
        tallies.append(tally(gold, found))
        hidden = {(side, number) for side, number in answer["planted"][name]}
        planted += len(hidden)
        seen += len(hidden & alone(found))
        held += sum(len(side) for bead in gold for side in bead)
    whole = held >= _WHOLE * answer["sentences"]
    total = reduce(add, tallies, Tally())
    return Measured(job, total, seen / max(planted, 1), whole, tuple(judged), answer["cpu"], answer["memory"])


def measure(job: Job) -> dict[str, Any]:
    """Align all documents of a set in one batch, as a folder of them would be."""
    folder = Path(job.folder)
    documents = sorted(path for path in folder.iterdir() if (path / "src.txt").is_file())
    sources, targets = (_read(documents, name) for name in ("src.txt", "tgt.txt"))
    forth, back = (_read(documents, name) for name in (job.source_mt, job.target_mt))
    texts = [
        Text(target, made, tuple(parse((path / "gold.tsv").read_text(encoding="utf-8"))))
        for target, made, path in zip(targets, back, documents, strict=True)
    ]
    if job.damage:
        texts = [KINDS[job.damage](text, path.name) for text, path in zip(texts, documents, strict=True)]
    spoken = [detect("\n".join(chain(*side)), ()).lang for side in (sources, (t.target for t in texts))]
    pairings = [
        Pairing(_document(spoken[0], source), _document(spoken[1], text.target), made, text.target_mt)
        for source, text, made in zip(sources, texts, forth, strict=True)
    ]
    one = Document("und", (Segment("1"),))
    align([Pairing(one, one)], job.aligner)  # imports what aligning needs, which its time is not about
    begun = time.process_time()
    bitexts = align(pairings, job.aligner)
    taken = time.process_time() - begun
    return {
        "beads": {
            path.name: [[list(range(*b.source)), list(range(*b.target)), b.score] for b in bitext.beads]
            for path, bitext in zip(documents, bitexts, strict=True)
        },
        "gold": {path.name: text.gold for path, text in zip(documents, texts, strict=True)},
        "planted": {path.name: list(text.planted) for path, text in zip(documents, texts, strict=True)},
        "sentences": sum(len(p.source.segments) + len(p.target.segments) for p in pairings),
        "cpu": taken,
        "memory": peak(),
    }


def _read(documents: Sequence[Path], name: str) -> list[tuple[str, ...]]:
    """The lines of every document's file of that name; none where it has no name."""
    if not name:
        return [()] * len(documents)
    plain = Settings(source="und", format="lines")
    return [segmented("", read_text(path / name), plain).texts for path in documents]


def _document(lang: str, texts: Sequence[str]) -> Document:
    return Document(lang, tuple(Segment(text, "\n") for text in texts))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Job(**json.load(sys.stdin)))))
