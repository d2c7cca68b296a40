"""CTranslate2 on an unpacked Argos package: the model, its subwords and nothing else."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from aligntool.errors import ModelError
from aligntool.translation import EngineKind, EngineOptions

__all__ = ["PLUGIN", "CTranslate"]

# What Argos Translate decodes with: outputs are the same for the same package and beam.
_PLAIN: dict[str, Any] = {"length_penalty": 0.2, "replace_unknowns": True}
# Measured on outputs that looped: the first leaves 9 % of them looping and gains 3.5 chrF, the second hardly
# any. Coverage (Wu et al. 2016, "Google's Neural Machine Translation System") brings back dropped clauses.
_AGAIN: dict[str, Any] = {"length_penalty": 1.0, "coverage_penalty": 0.2}
_RETRIES: tuple[dict[str, Any], ...] = (
    {**_AGAIN, "no_repeat_ngram_size": 3, "repetition_penalty": 1.2},
    {**_AGAIN, "no_repeat_ngram_size": 2, "repetition_penalty": 1.4, "disable_unk": True},
)
_RETRY_BEAM = 4
_WIDER = 2
# Measured best on a CPU: larger batches of a wide beam only take more memory.
_NARROW, _NARROW_BATCH, _WIDE_BATCH = 2, 1024, 512
_LIMIT = 80


class Subwords(Protocol):
    """Text to subword tokens and back."""

    def encode(self, text: str) -> list[str]:
        """Tokens of the text."""

    def decode(self, tokens: list[str]) -> str:
        """Text of the tokens."""


class _SentencePiece:
    """SentencePiece (Kudo and Richardson 2018) from ``sentencepiece.model``."""

    def __init__(self, path: Path) -> None:
        from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - heavy, and not every package has it

        self._model = SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> list[str]:
        return list(self._model.encode(text, out_type=str))

    def decode(self, tokens: list[str]) -> str:
        # Not argostranslate's decoder, which turns every underscore of the text into a blank.
        return str(self._model.decode_pieces(tokens)).replace("▁", " ")


class _BytePairs:
    """Byte-pair codes (Sennrich et al. 2016) on Moses tokens, from ``bpe.model``, as argostranslate does."""

    def __init__(self, path: Path, source: str, target: str) -> None:
        from argostranslate.tokenizer import BPETokenizer  # noqa: PLC0415 - heavy, and few packages have it

        self._model = BPETokenizer(path, source, target)
        self._model.lazy_load()  # now: its lazy loading is not safe when threads share it

    def encode(self, text: str) -> list[str]:
        return [token for token in self._model.encode(text) if token]

    def decode(self, tokens: list[str]) -> str:
        return str(self._model.decode(tokens))


def _subwords(folder: Path, source: str, target: str) -> Subwords:
    """The package's subword model."""
    if (folder / "sentencepiece.model").is_file():
        return _SentencePiece(folder / "sentencepiece.model")
    if (folder / "bpe.model").is_file():
        return _BytePairs(folder / "bpe.model", source, target)
    raise ModelError(f"{folder} has neither sentencepiece.model nor bpe.model")


def _cores() -> int:
    """Cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches(sizes: Sequence[int], room: int) -> Iterator[list[int]]:
    """Group items so that count x longest stays within the room, longest first.

    Args:
        sizes: Tokens of each item.
        room: Padded tokens a batch may have; an item that is longer by itself gets a batch of its own.

    Yields:
        Indices of the items of a batch.
    """
    batch: list[int] = []
    for index in sorted(range(len(sizes)), key=lambda i: (-sizes[i], i)):
        if batch and sizes[batch[0]] * (len(batch) + 1) > room:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


class CTranslate:
    """An Argos package opened with CTranslate2; see `aligntool.translation.Engine`.

    Args:
        folder: Unpacked package: ``metadata.json``, ``model/`` and a subword model.
        options: How to decode.

    Raises:
        ModelError: The folder is no usable package.
    """

    def __init__(self, folder: Path, options: EngineOptions) -> None:
        import ctranslate2  # noqa: PLC0415 - heavy: only a command that translates pays for it

        try:
            metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
            self.source, self.target = str(metadata["from_code"]), str(metadata["to_code"])
            self._subwords = _subwords(folder, self.source, self.target)
            with (folder / "model" / "model.bin").open("rb") as model:
                digest = file_digest(model, "sha256").hexdigest()[:12]
        except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
            raise ModelError(f"{folder} is no usable translation package: {error}") from error
        prefix = str(metadata.get("target_prefix") or "")
        self._prefix = [prefix] if prefix else None
        self.limit = options.limit or int(metadata.get("aligntool_limit") or _LIMIT)
        self.copies = metadata.get("aligntool_copies") is True
        self._options = options
        self._threads = options.threads or _cores()
        self._room = options.batch_tokens or (_NARROW_BATCH if options.beam <= _NARROW else _WIDE_BATCH)
        self._lock = Lock()
        self._folder = folder
        self._loaded: Any = None
        self._wide = False
        self.signature = (
            f"ctranslate({folder.name}|{metadata.get('package_version', '')}|sha256={digest}"
            f"|beam={options.beam}|{options.compute_type}|limit={self.limit}|ct2={ctranslate2.__version__})"
        )

    def count(self, text: str) -> int:
        """Number of subword tokens of the text."""
        return len(self._subwords.encode(text))

    def decode(self, texts: Sequence[str], attempt: int = 0) -> list[str]:
        """Translate each text; attempts 1 and 2 forbid repetition ever more strictly.

        Args:
            texts: Texts of at most `limit` tokens each (a longer one is decoded all the same, whole).
            attempt: 0 decodes as Argos Translate does.

        Raises:
            ModelError: The package's model cannot be loaded, or a text is longer than it has places for.
        """
        settings = _RETRIES[min(attempt, len(_RETRIES)) - 1] if attempt else {}
        beam = max(self._options.beam, _RETRY_BEAM) if attempt else self._options.beam
        return [held[0] for held in self._decoded(texts, _PLAIN | settings, beam)]

    def hypotheses(self, texts: Sequence[str], *, wide: bool = False) -> list[list[str]]:
        """What the beam, twice as wide if asked, held for each text at the end, the best first.

        Raises what `decode` does.
        """
        beam = self._options.beam * (_WIDER if wide else 1)
        return self._decoded(texts, _PLAIN | {"num_hypotheses": beam}, beam)

    def _decoded(self, texts: Sequence[str], settings: Mapping[str, Any], beam: int) -> list[list[str]]:
        """Hypotheses for each text, the best first."""
        tokens = [self._subwords.encode(text) for text in texts]
        groups = list(batches([len(item) for item in tokens], self._room))
        translator = self._translator(many=len(texts) > 1)
        pending = [
            (group, self._post(translator, [tokens[i] for i in group], beam, settings)) for group in groups
        ]
        outputs: list[list[str]] = [[] for _ in texts]
        for group, results in pending:
            for index, result in zip(group, results, strict=True):
                outputs[index] = [self._text(held) for held in self._held(result)]
        return outputs

    def _held(self, result: Any) -> list[list[str]]:  # noqa: ANN401 - CTranslate2 has no stubs
        """Wait for a result; its hypotheses."""
        try:
            held: list[list[str]] = result.result().hypotheses
        except RuntimeError as error:  # a model has places for so many tokens and no more
            raise ModelError(
                f"{self._folder.name} fails: {error}", f"use a limit below {self.limit}"
            ) from error
        return held

    def _post(
        self,
        translator: Any,  # noqa: ANN401 - CTranslate2 has no stubs
        batch: list[list[str]],
        beam: int,
        settings: Mapping[str, Any],
    ) -> list[Any]:
        """Queue a batch; an output may grow to three times its longest input, so that none is cut short."""
        posted: list[Any] = translator.translate_batch(
            batch,
            target_prefix=[self._prefix] * len(batch) if self._prefix else None,
            asynchronous=True,
            beam_size=beam,
            max_input_length=0,
            max_decoding_length=3 * len(batch[0]) + 32,
            **settings,
        )
        return posted

    def _text(self, tokens: list[str]) -> str:
        """Text of the tokens, without the target language token that some packages begin with."""
        lead = len(self._prefix or ())
        return self._subwords.decode(tokens[lead:] if tokens[:lead] == self._prefix else tokens).strip()

    def _translator(self, *, many: bool) -> Any:  # noqa: ANN401 - CTranslate2 has no stubs
        """The loaded model: a thread a sentence for many sentences, all threads for a single one.

        Only one of the two is kept in memory: once there were many sentences, it stays set up for many.
        """
        with self._lock:
            if self._loaded is None or (many and not self._wide):
                self._loaded, self._wide = self._load(many=many), many
            return self._loaded

    def _load(self, *, many: bool) -> Any:  # noqa: ANN401 - CTranslate2 has no stubs
        import ctranslate2  # noqa: PLC0415 - heavy: only a command that translates pays for it

        inter, intra = (self._threads, 1) if many else (1, self._threads)
        try:
            return ctranslate2.Translator(
                str(self._folder / "model"),
                compute_type=self._options.compute_type,
                inter_threads=inter,
                intra_threads=intra,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"the model of {self._folder.name} cannot be loaded: {error}") from error


PLUGIN = EngineKind("ctranslate", "CTranslate2 on Argos packages, on the CPU", CTranslate)
