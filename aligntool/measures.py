"""Quality and distance in figures: chrF without help, and BLEU, chrF and TER as sacrebleu gives them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from aligntool.errors import AligntoolError

__all__ = ["Quality", "Score", "chrf", "quality", "scores"]

_ORDER = 6
_BETA = 2.0
_SAMPLES = 1000
_METRICS = ("BLEU", "chrF2", "TER")


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """Character F-score (chrF, Popović 2015) against a reference; 6-grams, beta 2, as sacrebleu counts.

    Args:
        pairs: Sentences of the text, each with its sentence of the reference; "" where there is none, which
            counts against the text (sacrebleu passes over it).

    Returns:
        From 0 (nothing in common) to 100 (equal).

    >>> chrf([("The cat sat.", "The cat sat.")])
    100.0
    """
    ours, theirs, shared = [0] * _ORDER, [0] * _ORDER, [0] * _ORDER
    for text, reference in pairs:
        left, right = "".join(text.split()), "".join(reference.split())
        for n in range(_ORDER):
            ours[n] += max(0, len(left) - n)
            theirs[n] += max(0, len(right) - n)
            shared[n] += max(0, len(left) - n) if left == right else _shared(left, right, n + 1)
    orders = [n for n in range(_ORDER) if ours[n] and theirs[n]]
    if not orders:
        return 100.0 if ours == theirs else 0.0
    precision = sum(shared[n] / ours[n] for n in orders) / len(orders)
    recall = sum(shared[n] / theirs[n] for n in orders) / len(orders)
    if not precision + recall:
        return 0.0
    return 100 * (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)


def _shared(left: str, right: str, size: int) -> int:
    one = Counter(left[at : at + size] for at in range(len(left) - size + 1))
    return sum((one & Counter(right[at : at + size] for at in range(len(right) - size + 1))).values())


@dataclass(frozen=True, slots=True)
class Score:
    """A metric on both versions.

    Attributes:
        metric: ``BLEU``, ``chrF2`` or ``TER`` (the lower, the better).
        old, new: The figures.
        old_range, new_range: Half the width of the 95 % confidence interval.
        p: How likely so large a difference is between equally good versions.
        signature: What sacrebleu needs to reproduce the figures.
    """

    metric: str
    old: float
    new: float
    old_range: float
    new_range: float
    p: float
    signature: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How near translations are to references: BLEU (Papineni et al. 2002), chrF (Popović 2015), 0 to 100.

    Attributes:
        bleu, chrf: The figures.
        bleu_signature, chrf_signature: What sacrebleu (Post 2018) needs to reproduce them.
    """

    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str


def quality(output: Sequence[str], reference: Sequence[str]) -> Quality:
    """Score translations against one reference each, with sacrebleu's defaults.

    Raises:
        AligntoolError: sacrebleu is not installed.
    """
    _needs_sacrebleu()
    from sacrebleu import metrics  # noqa: PLC0415 - an extra, and slow to import

    kinds: list[Any] = [metrics.BLEU(), metrics.CHRF()]  # type: ignore[attr-defined]
    bleu, chrf_ = (float(kind.corpus_score(list(output), [list(reference)]).score) for kind in kinds)
    return Quality(bleu, chrf_, *(str(kind.get_signature()) for kind in kinds))


def _needs_sacrebleu() -> None:
    if find_spec("sacrebleu") is None:
        raise AligntoolError(
            "scores against a reference need sacrebleu, which is not installed",
            "pip install 'sacrebleu>=2.4'",
        )


def scores(old: Sequence[str], new: Sequence[str], reference: Sequence[str]) -> tuple[Score, ...]:
    """BLEU, chrF and TER of two versions by sacrebleu (Post 2018).

    Papineni et al. (2002), Popović (2015), Snover et al. (2006); confidence by paired bootstrap resampling
    (Koehn 2004) with sacrebleu's own seed.

    Args:
        old: A version, cut as the reference is.
        new: Another version, cut in the same way.
        reference: A good translation.

    Raises:
        AligntoolError: sacrebleu is not installed.
    """
    _needs_sacrebleu()
    import sacrebleu  # noqa: PLC0415 - an extra, and slow to import
    from sacrebleu.significance import PairedTest  # noqa: PLC0415 - as above

    one = [reference]
    metrics = {
        "BLEU": sacrebleu.BLEU(references=one),
        "chrF2": sacrebleu.CHRF(references=one),
        "TER": sacrebleu.TER(references=one),
    }
    systems: list[tuple[str, Sequence[str]]] = [("old", list(old)), ("new", list(new))]
    test = PairedTest(systems, metrics, references=None, test_type="bs", n_samples=_SAMPLES)
    signatures, found = test()
    return tuple(_score(name, found[name][0], found[name][1], str(signatures[name])) for name in _METRICS)


def _score(metric: str, old: Any, new: Any, signature: str) -> Score:  # noqa: ANN401 - sacrebleu's own records
    p = new.p_value
    return Score(
        metric,
        float(old.score),
        float(new.score),
        float(old.ci or 0),
        float(new.ci or 0),
        1.0 if p is None else float(p),
        signature,
    )
