"""The finished package: checked against torch, with metadata and a model card, zipped as Argos wants it."""

import io
import json
import math
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from aligntool import languages
from aligntool.errors import OutputError
from aligntool.files import atomic_write
from aligntool.train.evaluate import Score
from aligntool.train.export import save_model, torch_scores
from aligntool.train.model import Transformer
from aligntool.train.vocabulary import Vocabulary

__all__ = ["Facts", "Parcel", "difference", "write_parcel"]

ARGOS_VERSION = "1.11"
TOLERANCE = 1e-3
"""Largest difference in log-probability per token, float32 against float32; 1e-5 is usual."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time stamp of every member, so that equal content makes equal bytes."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the model card tells.

    Attributes:
        version: The package's version.
        command: The command line that made it.
        trained: Steps, target tokens, minutes, by name.
        data: The manifest of the prepared data.
        scores: Figures on the validation sets.
        difference: Largest difference between CTranslate2 and torch, log-probability of a token.
        copies: Whether the package it started from leaves words of the target language as they are.
    """

    version: str
    command: str
    trained: Mapping[str, float]
    data: Mapping[str, Any]
    scores: Sequence[Score]
    difference: float
    copies: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package written.

    Attributes:
        path: Where.
        sha256: Checksum of the file.
        size: Its size in bytes.
    """

    path: Path
    sha256: str
    size: int


def difference(model: Transformer, vocabulary: Vocabulary, pairs: Sequence[tuple[str, str]]) -> float:
    """Largest difference between CTranslate2's and torch's log-probability of a token, both in float32.

    Args:
        model: The network.
        vocabulary: Its pieces.
        pairs: Sentences and translations to be scored; the translation need not be right.

    Raises:
        OutputError: It is so large that the exported model is not the trained one.
    """
    import ctranslate2  # noqa: PLC0415 - heavy

    model = model.cpu()
    pieces = vocabulary.pieces()
    with tempfile.TemporaryDirectory() as folder:
        save_model(model, pieces, Path(folder), quantization=None)
        engine = ctranslate2.Translator(folder, device="cpu", compute_type="float32", intra_threads=1)
        ids = [vocabulary.encode(pair) for pair in pairs]
        worst = 0.0
        for source, target in ids:
            ours = torch_scores(model, source, target)
            result = engine.score_batch([[pieces[i] for i in source]], [[pieces[i] for i in target]])[0]
            gaps = [abs(a - b) for a, b in zip(ours, result.log_probs, strict=True)]
            worst = max([worst, *gaps], key=lambda x: math.inf if math.isnan(x) else x)
    if not worst <= TOLERANCE:
        raise OutputError(
            f"the exported model differs from the trained one by {worst:.2g} in a token's log-probability",
            "report this with the versions of ctranslate2 and torch: pip list",
        )
    return worst


def _metadata(source: str, target: str, facts: Facts) -> str:
    values: dict[str, str | bool] = {
        "package_version": facts.version,
        "argos_version": ARGOS_VERSION,
        "from_code": source,
        "from_name": languages.name(source),
        "to_code": target,
        "to_name": languages.name(target),
        "type": "translate",
    }
    about = facts.data.get("languages", {}).get(source, {})
    # Tells the engine that words may be put into its input in the target language (`Engine.copies`).
    values |= {"aligntool_copies": True} if facts.copies or about.get("switched") else {}
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def card(source: str, target: str, model: Transformer, facts: Facts) -> str:
    """The model card, Markdown (after Mitchell et al. 2019, "Model Cards for Model Reporting")."""
    shape = model.shape
    size = sum(p.numel() for p in model.parameters())
    found = facts.data.get("languages", {})
    lines = [
        f"# {languages.name(source)} to {languages.name(target)}, version {facts.version}",
        "",
        f"Transformer of {size / 1e6:.1f} M parameters, int8:",
        f"{shape.encoder} encoder and {shape.decoder} decoder layers,",
        f"width {shape.width}, inner {shape.inner},",
        f"{shape.heads} heads, {shape.vocabulary:,} SentencePiece pieces shared by",
        f"{', '.join(languages.name(code) for code in [*found, target])}.",
        "",
        "## Training",
        "",
        *(f"- {name}: {value:,.6g}" for name, value in facts.trained.items()),
        f"- command: `{facts.command}`",
        f"- largest difference from torch, float32: {facts.difference:.1e} in a token's log-probability",
        "",
        "## Figures",
        "",
        *(f"- {s}; {s.bleu_signature}; {s.chrf_signature}" for s in facts.scores),
        "" if facts.scores else "- none: trained without --valid\n",
        "## Data",
        "",
        "Licences are those of the collections named; collections whose name begins with `opus_` or",
        "`europarl` carry no licence file of their own.",
        "",
    ]
    for code, about in found.items():
        lines += [f"{languages.name(code)}: {about.get('pairs', 0):,} pairs", ""]
        lines += [f"- file {name}, sha256 {value}" for name, value in about.get("files", {}).items()]
        lines += [f"- {count:,} pairs of {name}" for name, count in about.get("kept", {}).items()]
        lines += [f"- words of {about['switched']:,} put in {target}"] if about.get("switched") else []
        lines += [f"- {count:,} dropped: {reason}" for reason, count in about.get("dropped", {}).items()]
        lines.append("")
    return "\n".join(lines)


def write_parcel(
    model: Transformer, vocabulary: Vocabulary, pair: tuple[str, str], path: Path, facts: Facts
) -> Parcel:
    """Write an ``.argosmodel`` archive with one root folder, whole or not at all.

    Args:
        model: The network.
        vocabulary: Its pieces.
        pair: Codes of the languages.
        path: The archive.
        facts: What the model card tells.

    Raises:
        OutputError: It cannot be written.
    """
    source, target = pair
    root = f"translate-{source}_{target}-{facts.version.replace('.', '_')}"
    members: dict[str, bytes] = {
        "metadata.json": _metadata(source, target, facts).encode(),
        "README.md": card(source, target, model, facts).encode(),
        "sentencepiece.model": vocabulary.model,
    }
    with tempfile.TemporaryDirectory() as folder:
        save_model(model, vocabulary.pieces(), Path(folder))
        members |= {f"model/{file.name}": file.read_bytes() for file in sorted(Path(folder).iterdir())}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(f"{root}/{name}", EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    data = buffer.getvalue()
    atomic_write(path, data)
    return Parcel(path, sha256(data).hexdigest(), len(data))
