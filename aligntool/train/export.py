"""From trained weights to a CTranslate2 model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from aligntool.train.model import Attention, Feed, Layer, Transformer, positions
from aligntool.train.vocabulary import EOS

__all__ = ["save_model", "torch_scores"]

ROWS = 1024
"""Position encodings in a package: CTranslate2 cuts inputs at this length and fails beyond its encodings."""

NAMES = {"nl": "Dutch", "fr": "French", "en": "English", "de": "German", "es": "Spanish", "it": "Italian"}
ARGOS_VERSION = "1.11"


def _linear(spec: Any, module: nn.Linear) -> None:  # noqa: ANN401 - CTranslate2's specs have no types
    spec.weight = module.weight.detach().float().cpu().numpy().copy()
    spec.bias = module.bias.detach().float().cpu().numpy().copy()


def _norm(spec: Any, module: nn.LayerNorm) -> None:  # noqa: ANN401 - CTranslate2's specs have no types
    spec.gamma = module.weight.detach().float().cpu().numpy().copy()
    spec.beta = module.bias.detach().float().cpu().numpy().copy()


def _attention(spec: Any, module: Attention) -> None:  # noqa: ANN401 - CTranslate2's specs have no types
    _norm(spec.layer_norm, module.norm)
    linears = [module.query, *([module.memory] if module.memory is not None else []), module.out]
    for part, linear in zip(spec.linear, linears, strict=True):
        _linear(part, linear)


def _feed(spec: Any, module: Feed) -> None:  # noqa: ANN401 - CTranslate2's specs have no types
    _norm(spec.layer_norm, module.norm)
    _linear(spec.linear_0, module.inner)
    _linear(spec.linear_1, module.outer)


def _layer(spec: Any, module: Layer) -> None:  # noqa: ANN401 - CTranslate2's specs have no types
    _attention(spec.self_attention, module.own)
    if module.other is not None:
        _attention(spec.attention, module.other)
    _feed(spec.ffn, module.feed)


def save_model(
    model: Transformer, pieces: Sequence[str], folder: Path, *, quantization: str | None = "int8"
) -> None:
    """Write a CTranslate2 model folder.

    Args:
        model: The network.
        pieces: The vocabulary, by id.
        folder: Where to write; made if need be.
        quantization: CTranslate2's name of the number type on disk; None for float32.
    """
    from ctranslate2.specs import common_spec, transformer_spec  # noqa: PLC0415 - heavy

    shape = model.shape
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder, shape.decoder),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=-1,  # where guided alignment trains a head to point at the word translated
        alignment_heads=1,
    )
    embedding = model.embedding.weight.detach().float().cpu().numpy().copy()
    encodings = positions(ROWS, shape.width).numpy()
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.projection.weight = embedding
    for side, layers, norm in (
        (spec.encoder, model.encoder, model.encoder_norm),
        (spec.decoder, model.decoder, model.decoder_norm),
    ):
        side.position_encodings.encodings = encodings
        _norm(side.layer_norm, norm)
        for part, layer in zip(side.layer, layers, strict=True):
            assert isinstance(layer, Layer)
            _layer(part, layer)
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.config.decoder_start_token = "<s>"  # noqa: S105 - a token of text, not a secret
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


@torch.no_grad()
def torch_scores(model: Transformer, source: Sequence[int], target: Sequence[int]) -> list[float]:
    """Log-probability of each target id and of the end, in float32."""
    model.eval()
    source_ids = torch.tensor([[*source, EOS]])
    target_ids = torch.tensor([[*target, EOS]])
    states = model(source_ids, torch.tensor([len(source) + 1]), target_ids)
    scores = functional.log_softmax(states @ model.embedding.weight.T, -1)
    return [float(x) for x in scores[0].gather(1, target_ids[0, :, None])[:, 0]]
