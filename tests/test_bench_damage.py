"""Spoilt translations: the gold stays true, and the aligner tells what was spoilt."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligntool import table
from aligntool.aligners.words import align
from aligntool.alignment import Pairing
from aligntool.bench.beads import alone, tally
from aligntool.bench.damage import KINDS, Text
from aligntool.layout import sentences
from aligntool.records import Document, Segment

ROOT = Path(__file__).parent.parent


def words(seed: int, size: int) -> list[list[str]]:
    """Sentences of made-up words, rare and common ones."""
    draw = random.Random(seed)  # noqa: S311 - words, no secrets
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    known = ["".join(draw.choice(syllables) for _ in range(draw.randint(1, 4))) for _ in range(2500)]
    return [
        [known[min(int(draw.paretovariate(0.6)), 2500) - 1] for _ in range(draw.randint(5, 20))]
        for _ in range(size)
    ]


def loose(sentence: list[str], draw: random.Random) -> str:
    """What a weak engine makes of a sentence: a third of the words lost or others."""
    kept = [word if draw.random() > 0.15 else word[::-1] for word in sentence if draw.random() > 0.2]
    return " ".join(kept) or "x"


def cipher(sentence: list[str]) -> str:
    """A sentence in a language that shares no word with it."""
    return " ".join(
        word.translate(str.maketrans("abdefgiklmnoprstu", "щздефгийлмнопрсту")) for word in sentence
    )


def one_to_one(target, target_mt=()) -> Text:
    return Text(tuple(target), tuple(target_mt), tuple(((at,), (at,)) for at in range(len(target))))


def measured(source, text, source_mt=()):
    left, right = (
        Document("und", tuple(Segment(one, "\n") for one in side)) for side in (source, text.target)
    )
    (bitext,) = align([Pairing(left, right, tuple(source_mt), text.target_mt)])
    return tally(text.gold, [(tuple(range(*b.source)), tuple(range(*b.target))) for b in bitext.beads])


def cases():
    """Originals, translations, machine translations and what may be lost of the lax F1."""
    made, draw = words(1, 320), random.Random(2)  # noqa: S311 - as above
    plain = [" ".join(sentence) for sentence in made]
    weak = [loose(sentence, draw) for sentence in made]
    rows = [
        row
        for path in sorted((ROOT / "aligned").glob("nl-*.tsv"))
        for row in table.read(path.read_text(encoding="utf-8")).rows
        if len(sentences(row, "src")) == len(sentences(row, "tgt")) == 1
    ]
    yield pytest.param(["?"] * 320, plain, weak, 0.015, id="weak translation")
    yield pytest.param([cipher(sentence) for sentence in made], plain, (), 0.05, id="no translation")
    yield pytest.param([r.src for r in rows], [r.tgt for r in rows], [r.mt for r in rows], 0.015, id="corpus")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("source", "target", "made", "bar"), list(cases()))
def test_what_is_missing_and_what_is_put_in_is_told_and_costs_little(kind, source, target, made, bar):
    text = one_to_one(target)
    clean, spoilt = measured(source, text, made), measured(source, KINDS[kind](text, "seed"), made)
    assert clean.f1(lax=True) - spoilt.f1(lax=True) <= bar
    assert spoilt.nulls[1] >= 10
    assert spoilt.null_precision >= 0.75
    assert spoilt.null_recall >= 0.65


@st.composite
def texts(draw):
    """A text of beads of any type, long enough to be spoilt or not, its sentences told apart by number."""
    gold, i, j = [], 0, 0
    for _ in range(draw(st.integers(0, 120))):
        s, t = draw(st.sampled_from([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1), (1, 3)]))
        gold.append((tuple(range(i, i + s)), tuple(range(j, j + t))))
        i, j = i + s, j + t
    back = draw(st.booleans())
    return Text(
        tuple(f"t{n}" for n in range(j)), tuple(f"b{n}" for n in range(j)) if back else (), tuple(gold)
    )


@settings(max_examples=40)
@given(texts(), st.sampled_from(sorted(KINDS)), st.text(max_size=3))
def test_gold_of_a_spoilt_text_says_what_it_said_before(text, kind, seed):
    spoilt = KINDS[kind](text, seed)
    assert spoilt == KINDS[kind](text, seed)
    said = {(source, tuple(text.target[at] for at in target)) for source, target in text.gold if target}
    says = {(source, tuple(spoilt.target[at] for at in target)) for source, target in spoilt.gold if target}
    left = {bead for bead in says if bead[0]}
    assert left <= said
    assert sorted(at for _, target in spoilt.gold for at in target) == list(range(len(spoilt.target)))
    assert {at for source, _ in spoilt.gold for at in source} == {at for s, _ in text.gold for at in s}
    assert not text.target_mt or len(spoilt.target_mt) == len(spoilt.target)
    assert spoilt.planted <= alone(spoilt.gold)
    if kind == "10 inserted":
        assert len(spoilt.planted) == len(spoilt.target) - len(text.target)
        own = (said for at, said in enumerate(spoilt.target) if (1, at) not in spoilt.planted)
        assert tuple(own) == text.target
        assert len(spoilt.target) - len(text.target) in ({0} if len(text.target) < 70 else {10, 20})
        assert left == {bead for bead in said if bead[0]}
    else:
        torn = {at for source, target in text.gold if target for at in source}
        assert {at for _, at in spoilt.planted} == torn - {at for s, t in spoilt.gold if t for at in s}
        assert (len(text.target) - len(spoilt.target) >= 15) == (len(text.target) >= 70)
