"""Warm start: the weights of an existing package in a new network, the vocabulary changed where it must."""

import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from aligntool.errors import ModelError
from aligntool.train.ctmodel import Array, read_model
from aligntool.train.model import Attention, Feed, Layer, Shape, Transformer, positions
from aligntool.train.vocabulary import BOS, EOS, Vocabulary

__all__ = ["Package", "adopt", "read_package", "transferred"]


class Package:
    """An Argos package's network and vocabulary.

    Attributes:
        variables: CTranslate2's variables by name, float32.
        pieces: Its vocabulary in the order of the embedding's rows.
        vocabulary: Its SentencePiece model.
        copies: Whether it was trained to leave words of the target language in its input as they are.
    """

    def __init__(
        self,
        variables: Mapping[str, Array],
        pieces: Sequence[str],
        vocabulary: Vocabulary,
        *,
        copies: bool = False,
    ) -> None:
        self.variables, self.pieces, self.vocabulary = variables, list(pieces), vocabulary
        self.copies = copies

    def usable_vocabulary(self) -> Vocabulary | None:
        """Its vocabulary, when its ids are the embedding's rows and begin and end are where we want them."""
        ids = {piece: i for i, piece in enumerate(self.pieces)}
        fits = self.pieces == self.vocabulary.pieces() and (ids.get("<s>"), ids.get("</s>")) == (BOS, EOS)
        return self.vocabulary if fits else None

    def shape(self, vocabulary: int) -> Shape:
        """The network's size, with a vocabulary of the given number of pieces."""
        inner, width = self.variables["encoder/layer_0/ffn/linear_0/weight"].shape
        layers = [
            sum(
                name.startswith(f"{side}/layer_") and name.endswith("/ffn/linear_0/weight")
                for name in self.variables
            )
            for side in ("encoder", "decoder")
        ]
        heads = int(self.variables["encoder/num_heads"])
        return Shape(vocabulary, width, inner, heads, layers[0], layers[1])


def read_package(path: Path) -> Package:
    """Read an ``.argosmodel`` archive made by ``aligntool train`` (or one of the same architecture).

    Raises:
        ModelError: It is no such package.
    """
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            names = {"/".join(name.split("/")[1:]): name for name in archive.namelist()}
            binary = Path(folder) / "model.bin"
            binary.write_bytes(archive.read(names["model/model.bin"]))
            pieces = json.loads(archive.read(names["model/shared_vocabulary.json"]))
            vocabulary = Vocabulary(archive.read(names["sentencepiece.model"]))
            metadata = json.loads(archive.read(names["metadata.json"]))
            copies = isinstance(metadata, dict) and metadata.get("aligntool_copies") is True
            package = Package(read_model(binary), pieces, vocabulary, copies=copies)
    except (OSError, KeyError, zipfile.BadZipFile, ValueError) as error:
        raise ModelError(
            f"{path} cannot be trained on: {error}",
            "--from takes a package with one shared SentencePiece vocabulary",
        ) from error
    _check(package, path)
    return package


def _check(package: Package, path: Path) -> None:
    variables = package.variables
    pre_norm = variables.get("encoder/pre_norm")
    shared, output = variables.get("encoder/embeddings_0/weight"), variables.get("decoder/embeddings/weight")
    encodings = variables.get("decoder/position_encodings/encodings")
    if pre_norm is None or not int(pre_norm) or encodings is None:
        fault = "has another kind of network"
    elif shared is None or output is None or not np.array_equal(shared, output):
        fault = "does not share its embeddings"
    elif not np.allclose(encodings[:50], positions(50, output.shape[1]), atol=1e-3):
        fault = "has other position encodings"
    else:
        return
    raise ModelError(f"{path} {fault}", "--from takes packages made by aligntool train")


def transferred(package: Package, vocabulary: Vocabulary) -> Array:
    """Embeddings for another vocabulary: a known piece keeps its row, a new one gets the mean of its parts.

    Returns:
        float32, shape (pieces of the vocabulary, width).
    """
    old = package.variables["decoder/embeddings/weight"]
    rows = {piece: i for i, piece in enumerate(package.pieces)}
    unknown = old[rows["<unk>"]]
    out = np.empty((len(vocabulary), old.shape[1]), np.float32)
    for i, piece in enumerate(vocabulary.pieces()):
        if piece in rows:
            out[i] = old[rows[piece]]
            continue
        spelt = [part for part in _spell(package, piece) if part in rows]
        out[i] = old[[rows[part] for part in spelt]].mean(0) if spelt else unknown
    return out


def _spell(package: Package, piece: str) -> list[str]:
    """The old pieces that write a new one; a piece inside a word must not begin one."""
    parts = package.vocabulary.split(piece.replace("▁", " ").strip())
    if parts and not piece.startswith("▁"):
        parts[0] = parts[0].removeprefix("▁")
    return [part for part in parts if part]


def _fill(parameter: torch.Tensor, value: Array) -> None:
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(value.astype(np.float32).copy()))


def _linear(module: torch.nn.Linear, variables: Mapping[str, Array], name: str) -> None:
    _fill(module.weight, variables[f"{name}/weight"])
    _fill(module.bias, variables[f"{name}/bias"])


def _norm(module: torch.nn.LayerNorm, variables: Mapping[str, Array], name: str) -> None:
    _fill(module.weight, variables[f"{name}/gamma"])
    _fill(module.bias, variables[f"{name}/beta"])


def _attention(module: Attention, variables: Mapping[str, Array], name: str) -> None:
    _norm(module.norm, variables, f"{name}/layer_norm")
    linears = [module.query, *([module.memory] if module.memory is not None else []), module.out]
    for i, linear in enumerate(linears):
        _linear(linear, variables, f"{name}/linear_{i}")


def _feed(module: Feed, variables: Mapping[str, Array], name: str) -> None:
    """Copy a feed-forward layer; units it did not have count for nothing until they are trained.

    They keep their random input weights, so that they differ, and zero output weights, so that the network
    computes what it did (Chen et al. 2016, "Net2Net").
    """
    _norm(module.norm, variables, f"{name}/layer_norm")
    weight, bias = variables[f"{name}/linear_0/weight"], variables[f"{name}/linear_0/bias"]
    known = len(weight)
    torch.nn.init.zeros_(module.outer.weight)
    _fill(module.inner.weight[:known], weight)
    _fill(module.inner.bias[:known], bias)
    _fill(module.outer.weight[:, :known], variables[f"{name}/linear_1/weight"])
    _fill(module.outer.bias, variables[f"{name}/linear_1/bias"])


def _layer(module: Layer, variables: Mapping[str, Array], name: str) -> None:
    _attention(module.own, variables, f"{name}/self_attention")
    if module.other is not None:
        _attention(module.other, variables, f"{name}/attention")
    _feed(module.feed, variables, f"{name}/ffn")


def _idle(module: Layer) -> None:
    """Make a layer pass its input through unchanged: a place to grow into."""
    for linear in (
        module.own.out,
        module.feed.outer,
        *([module.other.out] if module.other is not None else []),
    ):
        torch.nn.init.zeros_(linear.weight)
        torch.nn.init.zeros_(linear.bias)


def adopt(model: Transformer, package: Package, vocabulary: Vocabulary) -> None:
    """Copy a package's weights into a network of the same width that computes the same.

    It may be larger: further layers start as identities, further feed-forward units with no say.

    Raises:
        ModelError: The widths differ, or the new network is the smaller one.
    """
    old = package.shape(len(vocabulary))
    new = model.shape
    if (old.width, old.heads) != (new.width, new.heads):
        raise ModelError(
            f"the package has width {old.width} and {old.heads} heads, the recipe others",
            "leave width and heads out of the recipe",
        )
    for name in ("inner", "encoder", "decoder"):
        if getattr(new, name) < getattr(old, name):
            raise ModelError(
                f"the package has {name} = {getattr(old, name)}, the recipe {getattr(new, name)}",
                "a network can grow, not shrink: give as much or more, or leave it out of the recipe",
            )
    variables: Mapping[str, Any] = package.variables
    _fill(model.embedding.weight, transferred(package, vocabulary))
    for side, layers in (("encoder", model.encoder), ("decoder", model.decoder)):
        for i, layer in enumerate(layers):
            assert isinstance(layer, Layer)
            if f"{side}/layer_{i}/ffn/linear_0/weight" in variables:
                _layer(layer, variables, f"{side}/layer_{i}")
            else:
                _idle(layer)
    _norm(model.encoder_norm, variables, "encoder/layer_norm")
    _norm(model.decoder_norm, variables, "decoder/layer_norm")
