"""The network: a pre-norm Transformer (Vaswani et al. 2017; Xiong et al. 2020) as CTranslate2 runs it.

Embeddings are shared by source, target and output (Press and Wolf 2017). Attention is plain matrix products:
on a processor the backward pass of the fused kernel costs a quarter of a training step.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from aligntool.train.candidates import Among
from aligntool.train.vocabulary import BOS

__all__ = ["Shape", "Transformer", "positions", "smoothed_loss"]

CHUNK = 256
"""Rows of the output layer worked on at a time, so that their scores stay in the cache."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of a network.

    Attributes:
        vocabulary: Number of pieces.
        width: Model dimension.
        inner: Dimension inside the feed-forward layers.
        heads: Attention heads.
        encoder, decoder: Layers on either side; a deep encoder and a shallow decoder are fast and good
            (Kasai et al. 2021, "Deep Encoder, Shallow Decoder").
        dropout: Share of units dropped while training.
        attention: ``plain`` for matrix products, ``fused`` for torch's kernel (faster on a GPU).
    """

    vocabulary: int
    width: int = 256
    inner: int = 1024
    heads: int = 4
    encoder: int = 5
    decoder: int = 2
    dropout: float = 0.0
    attention: str = "plain"

    def as_dict(self) -> dict[str, Any]:
        """The values by name."""
        return asdict(self)


def positions(rows: int, width: int) -> Tensor:
    """Sinusoidal position encodings: sines in the first half of the columns, cosines in the second."""
    rates = torch.exp(torch.arange(width // 2) * (-math.log(10_000) / (width // 2)))
    angles = torch.arange(rows)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], 1).float()


class Attention(nn.Module):
    """Multi-head attention with its pre-norm; self-attention unless a memory is given."""

    def __init__(self, shape: Shape, *, cross: bool) -> None:
        super().__init__()
        width = shape.width
        self.heads, self.cross, self.fused = shape.heads, cross, shape.attention == "fused"
        self.norm = nn.LayerNorm(width)
        self.query = nn.Linear(width, width if cross else 3 * width)
        self.memory = nn.Linear(width, 2 * width) if cross else None
        self.out = nn.Linear(width, width)
        self.keep = False
        self.scores: Tensor | None = None

    def _split(self, states: Tensor) -> Tensor:
        rows, length, width = states.shape
        return states.view(rows, length, self.heads, width // self.heads).transpose(1, 2)

    def forward(self, states: Tensor, bias: Tensor, memory: Tensor | None = None) -> Tensor:
        """Attend; when told to ``keep``, the first head's scores before softmax stay in ``scores``."""
        queries = self.query(self.norm(states))
        if self.memory is None:
            queries, keys, values = queries.chunk(3, -1)
        else:
            keys, values = self.memory(memory).chunk(2, -1)
        queries, keys, values = self._split(queries), self._split(keys), self._split(values)
        if self.fused and not self.keep:
            mixed = functional.scaled_dot_product_attention(
                queries, keys, values, attn_mask=bias.to(queries.dtype)
            )
        else:
            scores = (queries * keys.shape[-1] ** -0.5) @ keys.transpose(-1, -2) + bias.to(queries.dtype)
            self.scores = scores[:, 0] if self.keep else None
            mixed = torch.softmax(scores, -1) @ values
        rows, _, length, _ = mixed.shape
        out: Tensor = self.out(mixed.transpose(1, 2).reshape(rows, length, -1))
        return out


class Feed(nn.Module):
    """Feed-forward layer with its pre-norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)

    def forward(self, states: Tensor) -> Tensor:
        """Apply the layer, without the residual."""
        out: Tensor = self.outer(functional.relu(self.inner(self.norm(states))))
        return out


class Layer(nn.Module):
    """One encoder or decoder layer."""

    def __init__(self, shape: Shape, *, decoder: bool) -> None:
        super().__init__()
        self.own = Attention(shape, cross=False)
        self.other = Attention(shape, cross=True) if decoder else None
        self.feed = Feed(shape)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(
        self,
        states: Tensor,
        bias: Tensor,
        memory: Tensor | None = None,
        memory_bias: Tensor | None = None,
    ) -> Tensor:
        """Self-attention, attention to the memory where there is one, feed-forward."""
        states = states + self.dropout(self.own(states, bias))
        if self.other is not None and memory_bias is not None:
            states = states + self.dropout(self.other(states, memory_bias, memory))
        out: Tensor = states + self.dropout(self.feed(states))
        return out


class Transformer(nn.Module):
    """Encoder and decoder with one embedding matrix.

    Args:
        shape: Size of the network.
        rows: Longest sequence, in pieces.
    """

    encodings: Tensor
    causal: Tensor

    def __init__(self, shape: Shape, rows: int = 512) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.encoder = nn.ModuleList(Layer(shape, decoder=False) for _ in range(shape.encoder))
        self.decoder = nn.ModuleList(Layer(shape, decoder=True) for _ in range(shape.decoder))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder_norm = nn.LayerNorm(shape.width)
        self.dropout = nn.Dropout(shape.dropout)
        self.register_buffer("encodings", positions(rows, shape.width), persistent=False)
        self.register_buffer("causal", torch.full((rows, rows), -1e4).triu(1), persistent=False)
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.normal_(self.embedding.weight, std=self.shape.width**-0.5)

    def _embed(self, ids: Tensor) -> Tensor:
        scaled = self.embedding(ids) * math.sqrt(self.shape.width) + self.encodings[: ids.shape[1]]
        out: Tensor = self.dropout(scaled)
        return out

    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Encoder states (rows, length, width) and the bias that hides padding (rows, 1, 1, length)."""
        padding = torch.arange(source.shape[1], device=source.device)[None] >= lengths[:, None]
        bias = padding[:, None, None].float() * -1e4
        states = self._embed(source)
        for layer in self.encoder:
            states = layer(states, bias)
        return self.encoder_norm(states), bias

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Tensor:
        """Decoder states for every position of the target, teacher-forced.

        Args:
            source: Ids ended by ``</s>``, shape (rows, source length).
            lengths: Real lengths of the rows.
            target: Ids ended by ``</s>``, padded with -1, shape (rows, target length).

        Returns:
            States before the output layer, shape (rows, target length, width).
        """
        memory, memory_bias = self.encode(source, lengths)
        shifted = functional.pad(target[:, :-1].clamp(min=0), (1, 0), value=BOS)
        bias = self.causal[: target.shape[1], : target.shape[1]]
        states = self._embed(shifted)
        for layer in self.decoder:
            states = layer(states, bias, memory, memory_bias)
        out: Tensor = self.decoder_norm(states)
        return out

    @property
    def pointer(self) -> Attention:
        """The last decoder layer's attention to the source, whose first head may be trained to point."""
        layer = self.decoder[-1]
        assert isinstance(layer, Layer)
        assert layer.other is not None
        return layer.other


class _SmoothedCrossEntropy(torch.autograd.Function):
    """Output layer, softmax and label-smoothed cross-entropy in one, a few rows at a time.

    Scores of 3,000 tokens by 12,000 pieces are 144 MB; made, used and dropped in small chunks they never
    leave the cache. The gradient is worked out on the way forward, while the scores are there.
    """

    @staticmethod
    def forward(  # noqa: PLR0913, PLR0917 - torch passes them by position
        ctx: Any,  # noqa: ANN401 - torch's context object has no type of its own
        states: Tensor,
        weight: Tensor,
        target: Tensor,
        smoothing: float,
        kind: torch.dtype,
        among: Among | None,
    ) -> tuple[Tensor, Tensor]:
        matrix = (weight if among is None else weight[among.pieces]).to(kind)
        logs = None if among is None else among.logs.to(kind)
        places = target if among is None else torch.searchsorted(among.pieces, target)
        count, size = weight.shape[0], CHUNK if states.device.type == "cpu" else 8 * CHUNK
        centre = weight.mean(0)
        states_gradient = torch.empty(states.shape, dtype=torch.float32, device=states.device)
        matrix_gradient = torch.zeros(matrix.shape, dtype=torch.float32, device=states.device)
        plain = states.new_zeros((), dtype=torch.float32)
        spread = states.new_zeros((), dtype=torch.float32)
        for start in range(0, len(places), size):
            rows, wanted = states[start : start + size].to(kind), places[start : start + size, None]
            scores = rows @ matrix.T if logs is None else torch.addmm(logs, rows, matrix.T)
            right = scores.gather(1, wanted).float()
            shares = torch.softmax(scores, 1)
            lost = -shares.gather(1, wanted).float().clamp(min=1e-30).log()
            plain += lost.sum()
            spread += (lost + right).sum() - (rows.float() @ centre).sum()
            shares.scatter_add_(1, wanted, torch.full_like(wanted, smoothing - 1, dtype=kind))
            states_gradient[start : start + size] = (shares @ matrix).float()
            matrix_gradient += (shares.T @ rows).float()
        # the gradient's constant part, -smoothing / pieces for every piece, without going over the scores
        states_gradient -= smoothing * centre
        weight_gradient = matrix_gradient
        if among is not None:
            weight_gradient = torch.zeros(weight.shape, dtype=torch.float32, device=states.device)
            weight_gradient[among.pieces] = matrix_gradient
        weight_gradient -= (smoothing / count) * states.float().sum(0)
        loss = (1 - smoothing) * plain + smoothing * spread
        ctx.save_for_backward(states_gradient, weight_gradient)
        ctx.kind = states.dtype
        return loss, plain

    @staticmethod
    def backward(
        ctx: Any,  # noqa: ANN401 - torch's context object has no type of its own
        outer: Tensor,
        _: Tensor,
    ) -> tuple[Tensor, Tensor, None, None, None, None]:
        states_gradient, weight_gradient = ctx.saved_tensors
        return (states_gradient * outer).to(ctx.kind), weight_gradient * outer, None, None, None, None


def smoothed_loss(  # noqa: PLR0913, PLR0917 - what the loss is of, and how it is worked out
    states: Tensor,
    weight: Tensor,
    target: Tensor,
    smoothing: float,
    kind: torch.dtype,
    among: Among | None = None,
) -> tuple[Tensor, Tensor]:
    """Summed label-smoothed loss (Szegedy et al. 2016), and the log-likelihood alone, without gradient.

    Args:
        states: Decoder states, shape (tokens, width).
        weight: Output embeddings, shape (pieces, width).
        target: Right answers, shape (tokens,).
        smoothing: Share of probability spread over all pieces.
        kind: Number type of the matrix products (bfloat16 or float32).
        among: Pieces that the sum over the vocabulary is estimated from; None works it out.
    """
    apply: Any = _SmoothedCrossEntropy.apply
    loss, plain = apply(states, weight, target, smoothing, kind, among)
    return loss, plain.detach()
