"""Quality in figures: BLEU and chrF of a network as the engine runs it, with sacrebleu's signatures."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligntool.measures import quality
from aligntool.train.export import save_model
from aligntool.train.model import Transformer
from aligntool.train.vocabulary import Vocabulary

__all__ = ["Score", "TestSet", "decode", "measure", "score"]


@dataclass(frozen=True, slots=True)
class TestSet:
    """Sentences and their reference translations.

    Attributes:
        name: Shown with the figures, for instance ``nl-en``.
        source: Foreign sentences.
        reference: Their translations, as many.
    """

    name: str
    source: tuple[str, ...]
    reference: tuple[str, ...]

    def head(self, size: int) -> "TestSet":
        """The first sentences alone."""
        return TestSet(self.name, self.source[:size], self.reference[:size])


@dataclass(frozen=True, slots=True)
class Score:
    """BLEU (Papineni et al. 2002) and chrF (Popović 2015), 0 to 100.

    Attributes:
        name: Of the test set.
        sentences: Size of the test set.
        bleu, chrf: The figures.
        bleu_signature, chrf_signature: What sacrebleu (Post 2018) needs to reproduce them.
        seconds: Time of the decoding.
    """

    name: str
    sentences: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.name}: BLEU {self.bleu:.1f} chrF {self.chrf:.1f} ({self.sentences} sentences)"


def score(name: str, output: Sequence[str], reference: Sequence[str], seconds: float = 0.0) -> Score:
    """Score translations against one reference each."""
    found = quality(output, reference)
    return Score(
        name, len(output), found.bleu, found.chrf, found.bleu_signature, found.chrf_signature, seconds
    )


def decode(
    folder: Path, vocabulary: Vocabulary, texts: Sequence[str], *, beam: int = 4, threads: int = 2
) -> list[str]:
    """Translate sentences with a CTranslate2 model folder, int8 on the processor."""
    import ctranslate2  # noqa: PLC0415 - heavy

    engine = ctranslate2.Translator(str(folder), device="cpu", compute_type="int8", intra_threads=threads)
    results = engine.translate_batch(
        [vocabulary.split(text) for text in texts], beam_size=beam, max_batch_size=1024, batch_type="tokens"
    )
    return [vocabulary.join(result.hypotheses[0]) for result in results]


def measure(
    model: Transformer, vocabulary: Vocabulary, tests: Sequence[TestSet], *, beam: int = 4, threads: int = 2
) -> list[Score]:
    """Scores of a network on every test set, after a turn through int8."""
    with tempfile.TemporaryDirectory() as folder:
        save_model(model, vocabulary.pieces(), Path(folder) / "model")
        scores = []
        for test in tests:
            began = time.monotonic()
            output = decode(Path(folder) / "model", vocabulary, test.source, beam=beam, threads=threads)
            scores.append(score(test.name, output, test.reference, time.monotonic() - began))
    return scores
