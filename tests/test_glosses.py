"""Words learnt from beads: what the shortcuts leave as it would be without them."""

import numpy as np
import pytest

from aligntool.aligning import glosses
from aligntool.aligning.glosses import Sample, learn

WORDS = 60


def beads(count=300, seed=4):
    """Sentences of ten words drawn from 60, the commoner the lower; the other side has the next ones."""
    chance = np.random.default_rng(seed)
    sources = [np.minimum(chance.geometric(0.08, 10) - 1, WORDS - 1).astype(np.int64) for _ in range(count)]
    return [Sample(some, (some + 1) % WORDS, 0.9) for some in sources]


def test_words_that_always_stand_beside_each_other_are_found():
    table = learn(beads(), (WORDS, WORDS)).toarray()
    assert (table.argmax(axis=1)[:20] == np.arange(20) + 1).all()
    assert table[0, 1] > 0.5


def test_the_same_words_are_found_when_pairs_without_a_prospect_are_let_go(monkeypatch):
    quick = learn(beads(), (WORDS, WORDS)).toarray()
    monkeypatch.setattr(glosses, "_FLOORS", (0.0, 0.0, 0.0))
    whole = learn(beads(), (WORDS, WORDS)).toarray()
    assert ((quick > 0) == (whole > 0)).mean() > 0.99
    assert (quick.argmax(axis=1) == whole.argmax(axis=1)).all()
    assert (quick <= whole + 0.01).all()


def test_no_bead_and_beads_without_a_word_teach_nothing():
    nothing = np.zeros(0, np.int64)
    assert learn([], (3, 4)).nnz == 0
    assert learn([Sample(nothing, np.array([1]), 1.0)], (3, 4)).shape == (3, 4)


def test_of_too_many_pairs_the_surest_beads_are_looked_at(monkeypatch):
    monkeypatch.setattr(glosses, "_MOST", 2)
    sure, doubtful = (Sample(np.array([n]), np.array([n]), 1.0 - n / 2) for n in (0, 1))
    table = learn([doubtful, sure, sure], (2, 2)).toarray()
    assert table[0, 0] > 0
    assert table[1, 1] == 0


@pytest.mark.parametrize("top", [1, 50, 2**40, 2**62])
def test_keys_are_numbered_as_numpy_does_it(top):
    keys = np.random.default_rng(top).integers(0, top, 500)
    kinds, numbers = np.unique(keys, return_inverse=True)
    found, places = glosses._numbered(keys)
    assert (found == kinds).all()
    assert (places == numbers).all()
