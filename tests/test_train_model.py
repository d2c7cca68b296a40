"""The network, its way into CTranslate2 and back, and changing its vocabulary."""

import json
import zipfile

import numpy as np
import pytest
import torch

from aligntool.errors import ModelError, OutputError
from aligntool.train.candidates import Among, Candidates
from aligntool.train.ctmodel import read_model
from aligntool.train.evaluate import decode, score
from aligntool.train.export import save_model
from aligntool.train.model import Shape, Transformer, smoothed_loss
from aligntool.train.parcel import Facts, difference, write_parcel
from aligntool.train.shards import Examples
from aligntool.train.transfer import adopt, read_package, transferred
from aligntool.train.vocabulary import Vocabulary

SENTENCES = [
    "De veerman wacht op mist.",
    "The ferryman waits for fog.",
    "Een oude klok slaat twaalf.",
    "An old clock strikes twelve.",
    "Zij schrijft brieven aan de raad.",
    "She writes letters to the council.",
]
PAIRS = [(SENTENCES[0], SENTENCES[1]), (SENTENCES[2], SENTENCES[3]), ("klok", "a clock that is old")]


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.train(SENTENCES * 3, 90)


def network(vocabulary, **sizes):
    torch.manual_seed(3)
    values = {"width": 32, "inner": 64, "heads": 4, "encoder": 2, "decoder": 2} | sizes
    return Transformer(Shape(len(vocabulary), **values), rows=64)


def package(model, vocabulary, path):
    facts = Facts("0.3", "aligntool train nl en", {"steps": 1}, {"languages": {"nl": {}}}, (), 0.0)
    return write_parcel(model, vocabulary, ("nl", "en"), path, facts)


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_the_chunked_loss_and_its_gradients_are_those_of_cross_entropy(kind, smoothing):
    torch.manual_seed(0)
    states = torch.randn(600, 16, requires_grad=True)
    weight = torch.randn(70, 16, requires_grad=True)
    target = torch.randint(0, 70, (600,))
    loss, plain = smoothed_loss(states, weight, target, smoothing, kind)
    loss.backward()
    ours = states.grad.clone(), weight.grad.clone()
    states.grad = weight.grad = None
    scores = states @ weight.T
    theirs = torch.nn.functional.cross_entropy(scores, target, label_smoothing=smoothing, reduction="sum")
    theirs.backward()
    exact = kind == torch.float32
    tolerance = 1e-4 if exact else 0.03
    assert loss.item() == pytest.approx(theirs.item(), rel=1e-5 if exact else 1e-2)
    assert plain.item() == pytest.approx(
        torch.nn.functional.cross_entropy(scores, target, reduction="sum").item(), rel=1e-5 if exact else 1e-2
    )
    for one, other in zip(ours, (states.grad, weight.grad), strict=True):
        assert (one - other).abs().max() <= tolerance * other.abs().max()


@pytest.fixture(scope="module")
def wide():
    """States, output embeddings and right answers over 3,000 pieces, a thousand of them frequent."""
    torch.manual_seed(0)
    states, weight = torch.randn(300, 16), torch.randn(3_000, 16)
    target = torch.randint(0, 3_000, (300,))
    frequent = np.repeat(np.arange(1_000, dtype=np.uint16), 3)
    examples = Examples(frequent, frequent, frequent[:1], frequent[:1], np.ones(1, np.float32))
    return states, weight, target, examples


def slope(states, weight, target, among):
    weight = weight.clone().requires_grad_()
    states = states.clone().requires_grad_()
    loss, _ = smoothed_loss(states, weight, target, 0.1, torch.float32, among)
    loss.backward()
    return loss.item(), torch.cat([states.grad.flatten(), weight.grad.flatten()])


def test_all_pieces_drawn_is_the_exact_loss(wide):
    states, weight, target, examples = wide
    among = Candidates(examples, 3_000, 3_000, seed=1)(target, 5, 0)
    assert among.pieces.tolist() == list(range(3_000))
    (ours, slopes), (exact, wanted) = (slope(states, weight, target, one) for one in (among, None))
    assert ours == pytest.approx(exact, rel=1e-6)
    assert torch.allclose(slopes, wanted, atol=1e-4)


def test_the_loss_estimated_from_a_sample_is_close_to_the_exact_one(wide):
    states, weight, target, examples = wide
    draw = Candidates(examples, 3_000, 600, seed=1)
    exact, wanted = slope(states, weight, target, None)
    found = [slope(states, weight, target, draw(target, step, 0)) for step in range(20)]
    assert sum(loss for loss, _ in found) / 20 == pytest.approx(exact, rel=0.01)
    mean = sum(slopes for _, slopes in found) / 20
    assert torch.nn.functional.cosine_similarity(mean, wanted, dim=0) > 0.98
    blind = slope(states, weight, target, Among(draw(target, 0, 0).pieces, torch.zeros(1)))[0]
    assert blind < 0.97 * exact  # without the weights the sample would pass for the whole


def test_candidates_hold_every_answer_and_follow_from_seed_step_and_process(wide):
    _, _, target, examples = wide
    draw, again = (Candidates(examples, 3_000, 100, seed=1) for _ in range(2))
    one = draw(target, 3, 0)
    assert set(target.tolist()) | set(range(1_000)) <= set(one.pieces.tolist())
    others = 3_000 - len(set(target.tolist()) | set(range(1_000)))
    assert one.logs.exp().sum().item() == pytest.approx(3_000, rel=1e-4)
    assert (one.logs > 0).sum() == 100 < others
    assert torch.equal(one.pieces, again(target, 3, 0).pieces)
    assert not torch.equal(one.pieces, draw(target, 4, 0).pieces)
    assert not torch.equal(one.pieces, draw(target, 3, 1).pieces)


def test_padding_changes_nothing(vocabulary):
    model = network(vocabulary).eval()
    alone = model(torch.tensor([[5, 6, 2]]), torch.tensor([3]), torch.tensor([[7, 8, 2]]))
    source = torch.tensor([[5, 6, 2, 2, 2], [9, 9, 9, 9, 2]])
    together = model(source, torch.tensor([3, 5]), torch.tensor([[7, 8, 2, -1], [7, 7, 7, 2]]))
    assert torch.allclose(alone[0], together[0, :3], atol=1e-5)


def test_the_future_is_hidden_from_the_decoder(vocabulary):
    model = network(vocabulary).eval()
    source, lengths = torch.tensor([[5, 6, 2]]), torch.tensor([3])
    one = model(source, lengths, torch.tensor([[7, 8, 9, 2]]))
    other = model(source, lengths, torch.tensor([[7, 8, 4, 2]]))
    assert torch.allclose(one[0, :3], other[0, :3])
    assert not torch.allclose(one[0, 3], other[0, 3])


def test_both_kinds_of_attention_give_the_same_states(vocabulary):
    plain, fused = network(vocabulary), network(vocabulary, attention="fused")
    batch = torch.tensor([[5, 6, 2, 2]]), torch.tensor([3]), torch.tensor([[7, 8, 2]])
    assert torch.allclose(plain.eval()(*batch), fused.eval()(*batch), atol=1e-5)


def test_ctranslate2_gives_the_log_probabilities_of_torch(vocabulary):
    assert difference(network(vocabulary), vocabulary, PAIRS) < 1e-4


def test_a_model_that_differs_from_torch_is_not_exported(vocabulary):
    model = network(vocabulary)
    model.encodings[1] *= -1  # the export makes its own position encodings, so the two now differ
    with pytest.raises(OutputError, match="differs from the trained one"):
        difference(model, vocabulary, PAIRS)


def test_a_package_has_one_root_folder_and_the_metadata_of_argos(vocabulary, tmp_path):
    parcel = package(network(vocabulary), vocabulary, tmp_path / "x.argosmodel")
    with zipfile.ZipFile(parcel.path) as archive:
        names = archive.namelist()
        metadata = json.loads(archive.read("translate-nl_en-0_3/metadata.json"))
    assert {name.split("/")[0] for name in names} == {"translate-nl_en-0_3"}
    assert {"model/model.bin", "sentencepiece.model", "README.md"} <= {
        name.split("/", 1)[1] for name in names
    }
    assert (metadata["from_code"], metadata["to_name"], metadata["type"]) == ("nl", "English", "translate")
    assert parcel.size == parcel.path.stat().st_size


def test_equal_weights_make_equal_bytes(vocabulary, tmp_path):
    model = network(vocabulary)
    sums = {package(model, vocabulary, tmp_path / f"{name}.argosmodel").sha256 for name in "ab"}
    assert len(sums) == 1


def test_a_package_read_back_is_the_network_but_for_int8(vocabulary, tmp_path):
    model = network(vocabulary)
    package(model, vocabulary, tmp_path / "x.argosmodel")
    read = read_package(tmp_path / "x.argosmodel")
    assert read.shape(len(vocabulary)) == model.shape
    again = Transformer(read.shape(len(vocabulary)), rows=64)
    adopt(again, read, vocabulary)
    for (name, one), other in zip(model.state_dict().items(), again.state_dict().values(), strict=True):
        assert (one - other).abs().max() <= 0.01 * max(one.abs().max(), 1), name


def test_a_vocabulary_of_known_pieces_keeps_their_rows(vocabulary, tmp_path):
    model = network(vocabulary)
    package(model, vocabulary, tmp_path / "x.argosmodel")
    read = read_package(tmp_path / "x.argosmodel")
    assert read.usable_vocabulary() is read.vocabulary
    assert np.allclose(transferred(read, vocabulary), model.embedding.weight.detach(), atol=0.02)


def test_a_new_piece_starts_as_the_mean_of_the_pieces_that_spell_it(vocabulary, tmp_path):
    package(network(vocabulary), vocabulary, tmp_path / "x.argosmodel")
    read = read_package(tmp_path / "x.argosmodel")
    other = Vocabulary.train([*SENTENCES, *["veerman ferryman klokslag"] * 40], 60)
    new = next(piece for piece in other.pieces() if piece not in read.pieces and len(piece) > 3)
    row = transferred(read, other)[other.pieces().index(new)]
    parts = vocabulary.split(new.replace("▁", " ").strip())
    if not new.startswith("▁"):
        parts = [part for part in [parts[0].removeprefix("▁"), *parts[1:]] if part]
    old = read.variables["decoder/embeddings/weight"]
    assert np.allclose(row, np.mean([old[read.pieces.index(part)] for part in parts], 0))


@pytest.mark.parametrize("more", [{"encoder": 4}, {"decoder": 3}, {"inner": 96}, {"encoder": 3, "inner": 80}])
def test_a_larger_network_starts_as_the_smaller_one_and_learns_with_all_of_itself(vocabulary, tmp_path, more):
    package(network(vocabulary), vocabulary, tmp_path / "x.argosmodel")
    read = read_package(tmp_path / "x.argosmodel")
    large, small = network(vocabulary, **more), network(vocabulary)
    adopt(large, read, vocabulary)
    adopt(small, read, vocabulary)
    batch = torch.tensor([[5, 6, 2]]), torch.tensor([3]), torch.tensor([[7, 8, 2]])
    out = large.eval()(*batch)
    assert torch.allclose(out, small.eval()(*batch), atol=1e-5)
    out.square().sum().backward()
    for layer in (*large.encoder, *large.decoder):
        assert (layer.feed.outer.weight.grad.abs().sum(0) > 0).float().mean() > 0.3


def test_a_smaller_network_is_refused(vocabulary, tmp_path):
    package(network(vocabulary, encoder=3), vocabulary, tmp_path / "x.argosmodel")
    with pytest.raises(ModelError, match="encoder = 3, the recipe 2"):
        adopt(network(vocabulary), read_package(tmp_path / "x.argosmodel"), vocabulary)


def test_packages_of_another_make_are_refused(vocabulary, tmp_path):
    with pytest.raises(ModelError, match="cannot be trained on"):
        read_package(tmp_path / "none.argosmodel")
    with zipfile.ZipFile(tmp_path / "bpe.argosmodel", "w") as archive:
        archive.writestr("root/model/model.bin", b"\x06\0\0\0")
    with pytest.raises(ModelError, match="cannot be trained on"):
        read_package(tmp_path / "bpe.argosmodel")
    package(network(vocabulary), vocabulary, tmp_path / "x.argosmodel")
    with pytest.raises(ModelError, match="width 32"):
        adopt(network(vocabulary, width=16), read_package(tmp_path / "x.argosmodel"), vocabulary)


def test_a_cut_model_file_is_refused(vocabulary, tmp_path):
    save_model(network(vocabulary), vocabulary.pieces(), tmp_path / "m")
    whole = (tmp_path / "m" / "model.bin").read_bytes()
    (tmp_path / "cut.bin").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="cannot be read"):
        read_model(tmp_path / "cut.bin")


def test_scores_carry_the_signatures_that_reproduce_them():
    figures = score("nl-en", SENTENCES[1::2], SENTENCES[1::2])
    assert (round(figures.bleu), round(figures.chrf)) == (100, 100)
    assert "tok:13a" in figures.bleu_signature
    assert "nc:6" in figures.chrf_signature


def test_an_untrained_network_decodes_every_sentence_however_long(vocabulary, tmp_path):
    save_model(network(vocabulary), vocabulary.pieces(), tmp_path / "m")
    texts = [*SENTENCES, "klok " * 600]
    assert len(decode(tmp_path / "m", vocabulary, texts, beam=1, threads=1)) == len(texts)
