"""One training job from beginning to end: prepare or reuse the data, train or go on, measure, pack."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch

from aligntool.errors import InputError
from aligntool.train.evaluate import Score, TestSet, measure
from aligntool.train.links import Links
from aligntool.train.model import Shape, Transformer
from aligntool.train.parcel import Facts, Parcel, difference, write_parcel
from aligntool.train.prepare import MANIFEST, Source, prepare
from aligntool.train.recipe import Recipe
from aligntool.train.shards import Examples, joined, load
from aligntool.train.trainer import Trainer
from aligntool.train.transfer import adopt, read_package
from aligntool.train.vocabulary import Vocabulary

__all__ = ["Job", "Result", "run"]

SAMPLE = 200
"""Sentences of each test set translated at every checkpoint."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done.

    Attributes:
        sources: Codes of the languages translated from.
        target: Code of the language translated into.
        data: Files of parallel text; may be empty when prepared data are there.
        tests: One test set a language pair, in the order of the sources, or none.
        folder: Checkpoints go here, prepared data into ``data`` below it unless ``shards`` says otherwise.
        shards: Folder of prepared data.
        out: An ``.argosmodel`` file (one source language) or a folder for one package a pair.
        start: Package to start from.
        resume: Go on from the last checkpoint.
        only_prepare: Stop when the data are prepared.
        recipe: How.
        threads: Threads of the processor; 0 leaves it to torch.
        version: Version of the packages.
        command: The command line, for the model card.
    """

    sources: tuple[str, ...]
    target: str
    data: tuple[Source, ...]
    folder: Path
    tests: tuple[TestSet, ...] = ()
    shards: Path | None = None
    out: Path | None = None
    start: Path | None = None
    resume: bool = False
    only_prepare: bool = False
    recipe: Recipe = field(default_factory=Recipe)
    threads: int = 0
    version: str = "1.0"
    command: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    Attributes:
        parcels: Packages written.
        scores: Figures on the test sets, int8, beam 4.
        difference: Largest difference between CTranslate2 and torch, log-probability of a token.
    """

    parcels: tuple[Parcel, ...]
    scores: tuple[Score, ...]
    difference: float


def _parcel_paths(job: Job) -> list[tuple[str, Path]]:
    """Where each pair's package goes."""
    if job.out is None:
        return []
    if job.out.suffix == ".argosmodel":
        if len(job.sources) > 1:
            raise InputError(
                f"{job.out} is one file for {len(job.sources)} pairs", "give a folder after --out"
            )
        return [(job.sources[0], job.out)]
    version = job.version.replace(".", "_")
    return [(code, job.out / f"translate-{code}_{job.target}-{version}.argosmodel") for code in job.sources]


def _request(job: Job) -> str:
    """Fingerprint of what the prepared data depend on."""
    mixture = job.recipe.mixture
    said = [
        [
            source.lang,
            [str(path.resolve()) for path in source.paths],
            [path.stat().st_size for path in source.paths],
        ]
        for source in job.data
        if all(path.exists() for path in source.paths)
    ]
    values = [said, dict(mixture.weights), dict(mixture.caps), mixture.pieces, mixture.seed, str(job.start)]
    values += [mixture.switched] * bool(mixture.switched)
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _data(job: Job, say: Callable[[str], None]) -> tuple[Path, dict[str, Any]]:
    """The folder of prepared data and its manifest; prepares them when they are not there."""
    folder = job.shards or job.folder / "data"
    request = _request(job)
    if not (folder / MANIFEST).exists():
        if int(os.environ.get("WORLD_SIZE", "1")) > 1:
            raise InputError(f"{folder} holds no prepared data", "prepare them by one process: --prepare")
        if not job.data:
            raise InputError(f"{folder} holds no prepared data", "name files of parallel text: --data FILE")
        held_out = [text for test in job.tests for text in (*test.source, *test.reference)]
        vocabulary = None
        if job.start is not None and not job.recipe.new_vocabulary:
            vocabulary = read_package(job.start).usable_vocabulary()
        facts = prepare(
            job.data,
            job.target,
            folder,
            job.recipe.mixture,
            held_out=held_out,
            vocabulary=vocabulary,
            say=say,
        )
        manifest = facts | {"request": request}
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
        return folder, manifest
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if job.data and manifest.get("request") != request:
        raise InputError(
            f"{folder} was prepared from other files or with other settings",
            "choose another --run-dir, or leave out --data to train on what is there",
        )
    missing = set(job.sources) - set(manifest["languages"])
    if missing or manifest["target"] != job.target:
        raise InputError(
            f"{folder} holds {', '.join(manifest['languages'])} to {manifest['target']}", "name those"
        )
    return folder, manifest


def _examples(folder: Path, manifest: Mapping[str, Any], prefix: str = "") -> Examples:
    return joined(
        load(sorted(folder.glob(f"{prefix}{code}-[0-9][0-9][0-9].npz"))) for code in manifest["languages"]
    )


def _network(job: Job, vocabulary: Vocabulary) -> Transformer:
    torch.manual_seed(job.recipe.settings.seed)
    values = dict(job.recipe.network)
    if job.start is None:
        return Transformer(Shape(len(vocabulary), **values))
    package = read_package(job.start)
    shape = package.shape(len(vocabulary)).as_dict() | values
    model = Transformer(Shape(**shape))
    if not (job.folder / "last.pt").exists():
        adopt(model, package, vocabulary)
    return model


def run(job: Job, say: Callable[[str], None]) -> Result | None:
    """Do the job.

    Args:
        job: What.
        say: Told of progress, a line at a time.

    Returns:
        Packages and figures; None when only data were prepared, or another process of the team has them.

    Raises:
        InputError: Something asked for cannot be had.
        Interrupted: A signal came; a checkpoint is written, no package.
    """
    _parcel_paths(job)  # an impossible --out is better refused before the training than after it
    if job.threads:
        torch.set_num_threads(job.threads)
    if (job.folder / "last.pt").exists() and not job.resume and not job.only_prepare:
        raise InputError(
            f"{job.folder} holds a run already", "go on with --resume, or choose another --run-dir"
        )
    folder, manifest = _data(job, say)
    if job.only_prepare:
        return None
    vocabulary = Vocabulary((folder / "sentencepiece.model").read_bytes())
    model = _network(job, vocabulary)
    examples = _examples(folder, manifest)
    links = Links.learn(examples, len(vocabulary)) if job.recipe.settings.guided else None
    trainer = Trainer(
        model,
        (examples, _examples(folder, manifest, "valid-")),
        job.folder,
        job.recipe.settings,
        say=say,
        links=links,
        measure=_meter(job, vocabulary),
    )
    unpacked = not all(path.exists() for _, path in _parcel_paths(job))
    if job.resume and unpacked and trainer.finished():
        say("the training is finished: packing")
        return _pack(job, trainer, vocabulary, manifest, say)
    if job.resume and (job.folder / "last.pt").exists():
        trainer.resume()
    trainer.run()
    if not trainer.team.leads:
        return None
    return _pack(job, trainer, vocabulary, manifest, say)


def _meter(job: Job, vocabulary: Vocabulary) -> Callable[[Transformer], str] | None:
    if not job.tests:
        return None
    small = [test.head(SAMPLE) for test in job.tests]
    return lambda model: "; ".join(
        map(str, measure(model, vocabulary, small, beam=1, threads=torch.get_num_threads()))
    )


def _pack(
    job: Job,
    trainer: Trainer,
    vocabulary: Vocabulary,
    manifest: Mapping[str, Any],
    say: Callable[[str], None],
) -> Result:
    model, progress = trainer.model, trainer.progress
    scores = tuple(measure(model, vocabulary, job.tests, threads=torch.get_num_threads()))
    for one in scores:
        say(f"{one}; int8, beam 4; {one.bleu_signature}; {one.chrf_signature}")
    gap = difference(model, vocabulary, _probes(job))
    say(f"largest difference from torch: {gap:.1e} in a token's log-probability")
    trained = {"steps": progress.step, "target tokens": progress.tokens, "minutes": progress.seconds / 60}
    copies = job.start is not None and read_package(job.start).copies
    facts = Facts(job.version, job.command, trained, manifest, scores, gap, copies)
    parcels = tuple(
        write_parcel(model, vocabulary, (code, job.target), path, facts) for code, path in _parcel_paths(job)
    )
    return Result(parcels, scores, gap)


def _probes(job: Job) -> list[tuple[str, str]]:
    """Pairs to compare CTranslate2 and torch on."""
    fixed = [
        ("Dit is een zin met 12 woorden, of minder.", "This is a sentence."),
        ("Où est la gare ?", "Where is it?"),
    ]
    return fixed + [
        pair for test in job.tests for pair in zip(test.source[:10], test.reference[:10], strict=True)
    ]
