"""From files of parallel text to a folder of prepared pieces: read, clean, learn the vocabulary, encode."""

import gzip
import hashlib
import lzma
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from aligntool.errors import InputError
from aligntool.train.corpus import Cleaner, Fault, Pair, phrase_weights, read_moses, read_tsv
from aligntool.train.shards import Examples, save
from aligntool.train.switching import switched
from aligntool.train.tmx import read_tmx
from aligntool.train.vocabulary import Vocabulary
from aligntool.wordlore import word_table

__all__ = ["MANIFEST", "Mixture", "Source", "open_text", "prepare", "rows"]

MANIFEST = "manifest.json"
VALIDATION = 500
"""Pairs held out of the data for measuring the loss, per language pair."""
BACKGROUND = 200_000


@dataclass(frozen=True, slots=True)
class Source:
    """One file of parallel text (or two line-parallel ones) and the language translated from.

    Attributes:
        lang: Code of the foreign language.
        paths: One TSV or TMX file, or a foreign and an English file; ``.gz`` and ``.xz`` are unpacked.
    """

    lang: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often the collections are drawn.

    Attributes:
        weights: Times a pair is drawn in one pass, by ``LANG:ORIGIN`` or ``ORIGIN``; where not named, that
            of ``others``, or 1; multiplied by that of the whole ``LANG``, when it has one.
        caps: For collections gathered around phrases: pairs drawn for one phrase (see ``phrase_weights``).
        pieces: Size of the vocabulary.
        seed: Seed of every random choice.
        switched: Share of the pairs whose source gets some words in English, where there is a table of words
            (see ``switching``).
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    pieces: int = 12_000
    seed: int = 1
    switched: float = 0.0

    def weight(self, lang: str, origin: str) -> float:
        """Weight of a collection."""
        one = self.weights.get(f"{lang}:{origin}", self.weights.get(origin))
        if one is None:
            one = self.weights.get("others", 1.0)
        return one * self.weights.get(lang, 1.0)


def open_text(path: Path) -> IO[str]:
    """Open a text file, unpacking ``.gz`` and ``.xz``; bytes that are no UTF-8 come as U+FFFD.

    Raises:
        InputError: It cannot be read.
    """
    try:
        if path.suffix == ".xz":
            return lzma.open(path, "rt", encoding="utf-8", errors="replace")
        if path.suffix == ".gz":
            return gzip.open(path, "rt", encoding="utf-8", errors="replace")
        return path.open(encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "check the name after --data") from error


def rows(source: Source, target: str) -> Iterator[Pair | Fault]:
    """Every row of a source: a Pair, or a Fault with the reason why it is none."""
    first = source.paths[0]
    name = first.name.split(".")[0]
    with open_text(first) as lines:
        if len(source.paths) > 1:
            with open_text(source.paths[1]) as others:
                yield from read_moses(lines, others, name)
        elif ".tmx" in first.suffixes:
            yield from read_tmx(lines, source.lang, target, name)
        else:
            yield from read_tsv(lines, name, (source.lang, target))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _weights(pairs: Sequence[Pair], lang: str, mixture: Mixture) -> list[float]:
    weights = [mixture.weight(lang, pair.origin) for pair in pairs]
    for origin, cap in mixture.caps.items():
        inside = [i for i, pair in enumerate(pairs) if pair.origin == origin]
        outside = [pair.target for pair in pairs if pair.origin != origin][:BACKGROUND]
        caps = phrase_weights((pairs[i].target for i in inside), outside, cap)
        for i, factor in zip(inside, caps, strict=True):
            weights[i] *= factor
    return weights


def _read(
    sources: Sequence[Source],
    target: str,
    held_out: Sequence[str],
    say: Callable[[str], None],
) -> tuple[dict[str, list[Pair]], dict[str, Any]]:
    """Clean pairs by foreign language, and what is to be remembered about them."""
    kept: dict[str, list[Pair]] = {}
    facts: dict[str, Any] = {}
    for lang in dict.fromkeys(source.lang for source in sources):
        cleaner = Cleaner(lang, target, held_out)
        files = [source for source in sources if source.lang == lang]
        kept[lang] = [pair for source in files for pair in cleaner(rows(source, target))]
        for line in (f"{lang}-{target}:", *cleaner.report.lines()):
            say(line)
        facts[lang] = {
            "files": {path.name: _digest(path) for source in files for path in source.paths},
            "kept": dict(cleaner.report.kept),
            "dropped": dict(cleaner.report.dropped),
        }
    return kept, facts


def prepare(  # noqa: PLR0913 - the last three are by name and have their defaults
    sources: Sequence[Source],
    target: str,
    folder: Path,
    mixture: Mixture,
    *,
    held_out: Sequence[str] = (),
    vocabulary: Vocabulary | None = None,
    say: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Write ``sentencepiece.model`` and the pieces ``LANG-NNN.npz``, ``valid-LANG-NNN.npz``.

    Args:
        sources: The files.
        target: Code of the language translated into.
        folder: Where to write; made if need be.
        mixture: Weights and the size of the vocabulary.
        held_out: Validation sentences; pairs that contain one are refused.
        vocabulary: Use this one instead of learning one.
        say: Told what was dropped and why, a line at a time.

    Returns:
        What is to be remembered: files and their sha256, pairs kept and dropped, weights.

    Raises:
        InputError: A file cannot be read, or nothing is left of the data.
    """
    kept, facts = _read(sources, target, held_out, say)
    folder.mkdir(parents=True, exist_ok=True)
    weights = {lang: _weights(pairs, lang, mixture) for lang, pairs in kept.items()}
    if vocabulary is None:
        vocabulary = Vocabulary.train(
            _for_vocabulary(kept, weights, mixture.seed), mixture.pieces, mixture.seed
        )
    say(f"vocabulary: {len(vocabulary):,} pieces")
    (folder / "sentencepiece.model").write_bytes(vocabulary.model)
    for lang, original in kept.items():
        pairs = _switched(original, lang, target, mixture)
        facts[lang]["switched"] = sum(a.source != b.source for a, b in zip(original, pairs, strict=True))
        sides = [vocabulary.encode([pair[side] for pair in pairs]) for side in (0, 1)]
        examples = Examples.of(sides[0], sides[1], weights[lang])
        train, valid = _hold_out(examples, sides, weights[lang])
        save(train, folder, lang)
        save(valid, folder, f"valid-{lang}")
        drawn = float((train.weights * train.target_sizes).sum())
        facts[lang] |= {"pairs": len(train), "target_tokens_a_pass": round(drawn)}
        say(f"{lang}-{target}: {len(train):,} pairs, {drawn:,.0f} target tokens drawn in a pass")
        if mixture.switched:
            say(f"{lang}-{target}: words of {facts[lang]['switched']:,} sources put in {target}")
    settings = {"seed": mixture.seed, "weights": dict(mixture.weights), "caps": dict(mixture.caps)}
    return {"target": target, **settings, "languages": facts}


def _switched(pairs: Sequence[Pair], lang: str, target: str, mixture: Mixture) -> Sequence[Pair]:
    """The pairs with words of some sources in the target language, if that is wanted and can be done."""
    words = word_table(lang, target) if mixture.switched else {}
    return list(switched(pairs, words, mixture.switched, mixture.seed)) if words else pairs


def _for_vocabulary(
    kept: Mapping[str, Sequence[Pair]], weights: Mapping[str, Sequence[float]], seed: int
) -> list[str]:
    """Sentences in about the proportions they are trained on."""
    chance = random.Random(seed)  # noqa: S311 - chooses examples, no secret
    return [
        text
        for lang, pairs in kept.items()
        for pair, weight in zip(pairs, weights[lang], strict=True)
        if chance.random() < weight
        for text in pair[:2]
    ]


def _hold_out(
    examples: Examples, sides: Sequence[list[list[int]]], weights: Sequence[float]
) -> tuple[Examples, Examples]:
    """Split off evenly spread pairs for validation, at most a twentieth of the data."""
    count = min(VALIDATION, len(examples) // 20)
    every = len(examples) // count if count else len(examples) + 1
    held = set(range(every - 1, len(examples), every)[:count]) if count else set()
    parts = []
    for inside in (False, True):
        rows = [i for i in range(len(examples)) if (i in held) is inside]
        parts.append(
            Examples.of([sides[0][i] for i in rows], [sides[1][i] for i in rows], [weights[i] for i in rows])
        )
    return parts[0], parts[1]
