"""Which sentences of two versions belong together."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligntool.likeness import alike
from aligntool.matching import pair

A = "The river rose by two metres in a single night."
B = "Farmers moved their cattle to the old dyke road."
C = "The mayor asked the army for boats and sandbags."
D = "By morning the bridge at the mill had gone."
E = "Nobody in the village had slept."


def _shape(old, new):
    return [(tuple(t.old), tuple(t.new)) for t in pair(old, new)]


def _pairs(old, new):
    """Pairs of numbers; moved ones marked."""
    tiles = pair(old, new)
    found = []
    for tile in tiles:
        if tile.old.size and tile.new.size:
            found.append((list(range(*tile.old)), list(range(*tile.new))))
        elif tile.block and tile.old.size:
            found.append((tile.old.start, "moved to", tiles[tile.partner].new.start))
    return found


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param([A, B, C], [A, B, C], [([0], [0]), ([1], [1]), ([2], [2])], id="equal"),
        pytest.param([A, B, C], [A, C], [([0], [0]), ([2], [1])], id="dropped"),
        pytest.param([A, C], [A, B, C], [([0], [0]), ([1], [2])], id="added"),
        pytest.param(
            [A, B, C],
            [A, "Farmers took their cows to the old dyke road.", C],
            [([0], [0]), ([1], [1]), ([2], [2])],
            id="changed",
        ),
        pytest.param(
            [A, B, C],
            [A, f"{B[:-1]}, and {C[0].lower()}{C[1:]}"],
            [([0], [0]), ([1, 2], [1])],
            id="merged",
        ),
        pytest.param(
            [f"{A[:-1]}, and {B[0].lower()}{B[1:]}", C],
            [A, B, C],
            [([0], [0, 1]), ([1], [2])],
            id="split",
        ),
        pytest.param(
            [A, B, C, D],
            [B, C, D, A],
            [(0, "moved to", 3), ([1], [0]), ([2], [1]), ([3], [2])],
            id="moved",
        ),
        pytest.param(
            [A, B, C, D, E],
            [B, C, D, E, "The river had risen by two metres in a night."],
            [(0, "moved to", 4), ([1], [0]), ([2], [1]), ([3], [2]), ([4], [3])],
            id="moved and changed",
        ),
        pytest.param(
            [A, "Right.", B], [A, "Indeed!", B], [([0], [0]), ([1], [1]), ([2], [2])], id="replaced"
        ),
        pytest.param([A, "No.", "No."], [A, "No."], [([0], [0]), ([1], [1])], id="repeated"),
        pytest.param(["Yes.", A], ["No.", A], [([0], [0]), ([1], [1])], id="short"),
        pytest.param([A], [], [], id="nothing left"),
    ],
)
def test_sentences_find_each_other(old, new, pairs):
    assert _pairs(old, new) == pairs


def test_an_inserted_sentence_does_not_shift_the_rest():
    old = [f"Sentence {i} speaks of matter {i * 7}." for i in range(300)]
    new = ["Something new at the top.", *old]
    assert _pairs(old, new) == [([i], [i + 1]) for i in range(300)]


def test_a_quotation_repeated_from_the_text_is_no_part_of_the_sentence_before_it():
    long = "He said that the bridge would be closed for repairs until the spring of next year."
    old = [A, long, "“The bridge would be closed until spring”", B]
    new = [A, "He said the bridge will stay closed for repairs until next spring.", B]
    assert _pairs(old, new) == [([0], [0]), ([1], [1]), ([3], [2])]


def test_sentences_that_moved_together_are_one_block():
    tiles = pair([A, B, C, D, E], [C, D, E, A, B])
    assert [(t.old.start, t.block) for t in tiles if t.block and t.old.size] in (
        [(0, 1), (1, 1)],
        [(2, 1), (3, 1), (4, 1)],
    )
    for at, tile in enumerate(tiles):
        if tile.block:
            assert tiles[tile.partner].partner == at
            assert tiles[tile.partner].block == tile.block


def test_a_short_sentence_moved_past_a_long_passage_and_not_the_passage_past_it():
    old = [A, "Nobody knew why.", f"{B[:-1]} in the north.", f"{C[:-1]} at once.", D]
    new = [A, B, C, "Nobody knew why.", D]
    assert _pairs(old, new) == [([0], [0]), (1, "moved to", 3), ([2], [1]), ([3], [2]), ([4], [4])]


def test_in_a_shuffled_text_every_sentence_is_found_again():
    old = [
        f"This is sentence number {i} of the old, old story about thing {i * 37 % 101}." for i in range(90)
    ]
    new = [old[i * 53 % 90] for i in range(90)]
    tiles = pair(old, new)
    for tile in tiles:
        other = tiles[tile.partner].new if tile.block else tile.new
        if tile.old.size:
            assert old[tile.old.start] == new[other.start]


def test_keys_decide_where_there_are_any():
    tiles = pair([A, B], [B, A], (["x", "y"], ["x", "y"]))
    assert [(t.old.start, t.new.start) for t in tiles] == [(0, 0), (1, 1)]
    tiles = pair([A, B, "", C], ["", B, C], (["w", "x", "y", "z"], ["y", "x", "z"]))
    assert sum(bool(tile.block) for tile in tiles) == 2


_SENTENCES = st.lists(
    st.sampled_from([A, B, C, D, E, "Yes.", "No.", "", "…", f"{A} {B}", f"{C} {D}", A.lower(), D[:-20]]),
    max_size=9,
)


@given(_SENTENCES, _SENTENCES)
def test_tiles_follow_one_another_on_both_sides(old, new):
    tiles = pair(old, new)
    assert [i for t in tiles for i in range(*t.old)] == list(range(len(old)))
    assert [i for t in tiles for i in range(*t.new)] == list(range(len(new)))
    assert all(t.old.size or t.new.size for t in tiles)
    assert all(0 <= t.likeness <= 1 for t in tiles)


@given(_SENTENCES)
def test_a_text_is_paired_with_itself_sentence_by_sentence(texts):
    assert _shape(texts, texts) == [((i, i + 1), (i, i + 1)) for i in range(len(texts))]


@settings(max_examples=5)
@given(st.integers(0, 3))
def test_two_long_texts_without_an_equal_sentence_are_paired_in_time(seed):
    words = [f"w{(i * 7919 + seed) % 5003}" for i in range(60_000)]
    old = [" ".join(words[at : at + 20]) for at in range(0, 60_000, 20)]
    new = [f"{text} more" for text in old]
    start = time.process_time()
    assert sum(one == other for one, other in _shape(old, new)) > 2900
    assert time.process_time() - start < 30


def test_likeness_is_that_of_words_not_of_marks():
    assert alike("The end.", "the END!") == 1
    assert alike(A, B) < 0.2
    assert alike(A, A.replace("rose", "fell")) > 0.6
    assert alike("", "") == 0
