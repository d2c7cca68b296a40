"""Word links: learnt from pairs, taught to one attention head, read from the engine."""

import random

import ctranslate2
import numpy as np
import torch

from aligntool.train.export import save_model
from aligntool.train.links import Links
from aligntool.train.model import Shape, Transformer
from aligntool.train.schedule import Schedule
from aligntool.train.settings import Settings
from aligntool.train.shards import Examples, batches
from aligntool.train.trainer import Trainer

PIECES = 40


def reversed_language(count):
    """Source words 3 to 20; the translation of w is w + 18, in reverse order."""
    numbers = random.Random(1)  # noqa: S311 - an example, no secret
    rows = [[numbers.randrange(3, 21) for _ in range(numbers.randrange(2, 6))] for _ in range(count)]
    return Examples.of(rows, [[word + 18 for word in reversed(row)] for row in rows], [1.0] * count)


def test_translations_are_found_among_the_pieces_that_stand_together():
    links = Links.learn(reversed_language(400), PIECES)
    best = {}
    for key, chance in zip(links.keys.tolist(), links.chances.tolist(), strict=True):
        source, target = divmod(key, PIECES)
        if chance > best.get(source, (0.0, 0))[0]:
            best[source] = (chance, target)
    assert {source: target for source, (_, target) in best.items()} == {w: w + 18 for w in range(3, 21)}


def test_shares_sum_to_one_and_leave_padding_alone():
    data = reversed_language(60)
    links = Links.learn(data, PIECES)
    for batch in batches(data, tokens=40, seed=1, number=0):
        shares = links.soft(*map(torch.from_numpy, (batch.source, batch.lengths, batch.target))).numpy()
        real = (batch.target >= 3).astype(float)
        assert np.allclose(shares.sum(-1), real, atol=1e-5)
        outside = np.arange(batch.source.shape[1])[None] >= (batch.lengths - 1)[:, None]
        assert not shares[np.broadcast_to(outside[:, None], shares.shape)].any()


def test_nothing_known_gives_no_links():
    data = Examples.of([[3, 4]], [[21, 22]], [1.0])
    empty = Links(PIECES, torch.zeros(0, dtype=torch.int64), torch.zeros(0))
    (batch,) = batches(data, tokens=40, seed=1, number=0)
    assert not empty.soft(*map(torch.from_numpy, (batch.source, batch.lengths, batch.target))).any()


def test_a_guided_head_gives_word_links_through_the_engine(tmp_path):
    torch.manual_seed(2)
    torch.set_num_threads(1)
    data = reversed_language(400)
    model = Transformer(Shape(PIECES, width=32, inner=64, heads=2, encoder=1, decoder=1), rows=32)
    settings = Settings(
        schedule=Schedule(peak=1e-2, warmup=20, steps=150), tokens=300, guided=0.3, device="cpu", every=1000.0
    )
    links = Links.learn(data, PIECES)
    Trainer(model, (data, data), tmp_path / "run", settings, say=lambda _: None, links=links).run()
    pieces = [f"p{i}" for i in range(PIECES)]
    pieces[:3] = ["<unk>", "<s>", "</s>"]
    save_model(model, pieces, tmp_path / "model", quantization=None)
    engine = ctranslate2.Translator(str(tmp_path / "model"), device="cpu", intra_threads=1)
    sources = [[f"p{3 + (i + k) % 18}" for k in (0, 5, 9, 13)] for i in range(12)]
    right = total = 0
    for source, result in zip(sources, engine.translate_batch(sources, return_attention=True), strict=True):
        for piece, attention in zip(result.hypotheses[0], result.attention[0], strict=False):
            total += 1
            right += source[int(np.argmax(attention))] == f"p{int(piece[1:]) - 18}"
    assert right > 0.8 * total  # a head left to itself is right about as often as chance, a third
