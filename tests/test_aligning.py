"""The core of the aligners: the lattice is exact, evidence is used, and any input comes out whole."""

import json
import math
import os
import random
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligntool.aligners.words import align
from aligntool.aligning import bands, lattice, rounds, search, sweeps
from aligntool.aligning.confidence import confidence, reliability
from aligntool.aligning.costs import Lengths, first_costs
from aligntool.aligning.embeddings import from_embeddings
from aligntool.aligning.lattice import Gaps, best_beads
from aligntool.aligning.moves import moves
from aligntool.aligning.readings import consonants
from aligntool.aligning.similarity import Similarity
from aligntool.aligning.sweeps import STEPS
from aligntool.aligning.vectors import blank, tokens
from aligntool.aligning.wordlinks import links, same_language
from aligntool.alignment import Pairing
from aligntool.errors import InputError
from aligntool.records import Bead, Document, Segment, Span


def document(texts, lang="und") -> Document:
    return Document(lang, tuple(Segment(text, "\n") for text in texts))


def pairing(left, right, **more) -> Pairing:
    return Pairing(document(left), document(right), **more)


def spans(bitext) -> list[tuple[int, int, int, int]]:
    return [(*bead.source, *bead.target) for bead in bitext.beads]


def matched(bitext) -> list[tuple[int, int, int, int]]:
    return [(*bead.source, *bead.target) for bead in bitext.beads if bead.source.size and bead.target.size]


def prose(seed: int, size: int) -> list[str]:
    """Sentences of made-up words, rare and common ones."""
    draw = random.Random(seed)  # noqa: S311 - words, no secrets
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    words = ["".join(draw.choice(syllables) for _ in range(draw.randint(1, 4))) for _ in range(2500)]
    ranks = [min(int(draw.paretovariate(0.6)), len(words)) - 1 for _ in range(size * 14)]
    picked = iter(words[rank] for rank in ranks)
    return [" ".join(next(picked) for _ in range(draw.randint(5, 14))) for _ in range(size)]


def cipher(text: str) -> str:
    """The same sentence in a language that shares no word with it."""
    return text.translate(str.maketrans("abdefgiklmnoprstu", "щздефгийлмнопрсту"))[::-1]


class Table:
    """A scorer made of a dictionary."""

    def __init__(self, size, costs, opening=0.5, extending=0.25):
        self.size, self.costs = size, costs
        self.gaps = Gaps(opening, np.full(size[0], extending), np.full(size[1], extending))

    def gains(self, stripe):
        top, bottom, left, right = stripe
        return np.array(
            [
                [
                    [self.costs.get((i - ds, i, j - dt, j), -20.0) for j in range(left, right + 1)]
                    for i in range(top, bottom + 1)
                ]
                for ds, dt in STEPS
            ],
            dtype=np.float32,
        )


def brute_force(scorer) -> tuple[dict, float]:
    """Total weight of all alignments, and of those through each bead; omissions by segment."""
    length, last = scorer.size
    gaps, through = scorer.gaps, {}
    total = 0.0

    def walk(i, j, weight, beads, state):
        nonlocal total
        if (i, j) == (length, last):
            total += math.exp(weight)
            for bead in beads:
                through[bead] = through.get(bead, 0.0) + math.exp(weight)
            return
        for ds, dt in STEPS:
            if i + ds <= length and j + dt <= last:
                bead = (i, i + ds, j, j + dt)
                walk(i + ds, j + dt, weight + scorer.costs[bead], [*beads, bead], "match")
        if i < length and state != "target":
            cost = gaps.source[i] + (gaps.opening if state == "match" else 0)
            walk(i + 1, j, weight - cost, [*beads, ("source", i)], "source")
        if j < last:
            cost = gaps.target[j] + (gaps.opening if state != "target" else 0)
            walk(i, j + 1, weight - cost, [*beads, ("target", j)], "target")

    walk(0, 0, 0.0, [], "match")
    return through, total


@settings(max_examples=30)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
def test_posteriors_are_exact(length, last, seed):
    draw = random.Random(seed)  # noqa: S311 - costs, no secrets
    costs = {
        (i - ds, i, j - dt, j): draw.randrange(-128, 32) / 32  # what half precision holds exactly
        for i in range(length + 1)
        for j in range(last + 1)
        for ds, dt in STEPS
        if i >= ds and j >= dt
    }
    scorer = Table((length, last), costs)
    beads = best_beads(scorer, bands.whole(length, last))
    through, total = brute_force(scorer)
    for bead in beads:
        key = (*bead.source, *bead.target)
        if not bead.target.size:
            key = ("source", bead.source.start)
        elif not bead.source.size:
            key = ("target", bead.target.start)
        assert bead.score == pytest.approx(through.get(key, 0.0) / total, abs=2e-3)


class Pairs:
    """A scorer of single pairs, from a matrix; larger beads are no use."""

    def __init__(self, alike, opening=9.0, extending=1.4):
        self.alike = np.pad(alike, ((1, 0), (1, 0))).astype(np.float32)
        self.gaps = Gaps(opening, *(np.full(size, extending) for size in alike.shape))

    def gains(self, stripe):
        top, bottom, left, right = stripe
        scores = np.full((len(STEPS), bottom - top + 1, right - left + 1), -20.0, dtype=np.float32)
        scores[0] = self.alike[top : bottom + 1, left : right + 1]
        return scores


def test_lanes_see_what_one_lane_sees(monkeypatch):
    draw = np.random.default_rng(5)
    alike = draw.uniform(-9, 1, (1350, 1370))
    left = [at for at in range(1400) if at % 28]
    right = [at for at in range(1400) if not 700 <= at < 730]  # a run left out where two lanes meet
    for row, sentence in enumerate(left):
        if sentence in right:
            alike[row, right.index(sentence)] += 6
    scorer = Pairs(alike)
    band = bands.around(np.arange(1351) * 1370 // 1350, np.full(1351, 60), 1370)
    assert len(sweeps.lanes(band, 1370, 64)[0].stripes) > 1
    many = best_beads(scorer, band)
    monkeypatch.setattr(sweeps, "_LONG", len(band))
    one = best_beads(scorer, band)
    assert [(b.source, b.target) for b in many] == [(b.source, b.target) for b in one]
    assert max(abs(a.score - b.score) for a, b in zip(many, one, strict=True)) < 1e-3
    assert sum(not bead.source.size or not bead.target.size for bead in one) > 60


def test_lanes_that_disagree_are_swept_as_one(monkeypatch):
    swept = []

    def counted(stripes, columns, most):
        ranks = sweeps.lanes(stripes, columns, most)
        swept.append(len(ranks[0].stripes))
        return ranks

    monkeypatch.setattr(lattice, "lanes", counted)
    band = bands.around(np.arange(1001), np.full(1001, 30), 1000)
    # Nothing tells sentences apart, and since larger beads are a little likelier on one side the best path
    # from anywhere to anywhere strays from the middle.
    sizes = Lengths(np.full(1000, 9.0), np.full(1000, 15.0))
    similarity = Similarity(blank(1000, 1000), sizes, first_costs(sizes))
    beads = best_beads(similarity, band)
    assert [(bead.source.start, bead.target.start) for bead in beads] == [(at, at) for at in range(1000)]
    assert swept[0] > 1
    assert swept[1:] == [1]


def test_a_run_left_out_costs_less_than_as_many_single_omissions():
    right = {(0, 0), (1, 1), (2, 2), (6, 3), (7, 4), (8, 5)}
    costs = {(i, i + 1, j, j + 1): 4.0 if (i, j) in right else -4.0 for i in range(9) for j in range(9)}
    wide = Table((9, 6), costs, opening=6.0, extending=0.5)
    beads = best_beads(wide, bands.whole(9, 6))
    alone = [bead.source.start for bead in beads if not bead.target.size]
    assert alone == [3, 4, 5]


def test_a_band_without_a_path_is_said_to_have_none_and_widened():
    scorer = Table((120, 120), {(i, i + 1, i, i + 1): 4.0 for i in range(120)})
    narrow = [
        s._replace(left=0 if s.top == 0 else 110, right=5 if s.bottom < 120 else 120)
        for s in bands.whole(120, 120)
    ]
    narrow = [s if s.left <= s.right else s._replace(left=0) for s in narrow]
    beads = search.search(scorer, narrow)
    assert beads[-1].source.end == beads[-1].target.end == 120


TEXTS = st.lists(st.text(max_size=60), max_size=12)


@settings(max_examples=40)
@given(TEXTS, TEXTS, st.booleans(), st.booleans())
def test_beads_tile_any_two_documents(left, right, forth, back):
    one = pairing(left, right, source_mt=tuple(left) if forth else (), target_mt=tuple(right) if back else ())
    (bitext,) = align([one])  # the constructor refuses what does not tile
    assert all(0 <= bead.score <= 1 for bead in bitext.beads)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["one"], ["y"] * 2000),
        ([""] * 1600, [""] * 1700),
        (["x " * 20_000], ["y"] * 30),
        (["mixed текст 混合"] * 5 + ["naïve"], ["混合 текст"] * 7),
    ],
    ids=["1x2000", "empty lines", "one long", "scripts mixed"],
)
def test_extreme_documents_are_aligned(left, right):
    (bitext,) = align([pairing(left, right)])
    assert (bitext.beads[-1].source.end, bitext.beads[-1].target.end) == (len(left), len(right))


def test_ten_thousand_identical_lines_stand_side_by_side(monkeypatch):
    searched = []

    def counted(scorer, stripes):
        searched.append(len(scorer.gaps.source))
        return best_beads(scorer, stripes)

    monkeypatch.setattr(search, "best_beads", counted)
    (bitext,) = align([pairing(["same line"] * 10_000, ["dezelfde regel"] * 10_000)])
    assert spans(bitext) == [(i, i + 1, i, i + 1) for i in range(10_000)]
    assert searched.count(10_000) == 3  # by lengths and two rounds: no band had to be widened


def test_results_do_not_depend_on_the_order_of_the_batch():
    batch = [pairing(prose(seed, 12), map(cipher, prose(seed, 12))) for seed in range(5)]
    batch.append(pairing(prose(7, 9), prose(7, 9), source_mt=tuple(prose(7, 9))))
    forth, back = align(batch), align(batch[::-1])
    assert forth == back[::-1]


ALIGN = """
import json, sys
from aligntool.aligners import lengths, words
from aligntool.aligning.embeddings import from_embeddings
from aligntool.alignment import Pairing
from aligntool.records import Document, Segment

*texts, made = json.load(sys.stdin)
sides = [Document("und", tuple(Segment(text) for text in side)) for side in texts]
letters = from_embeddings("letters", "", lambda side: [[t.count(c) + 0.1 for c in "aeoпкт"] for t in side])
pairings = [Pairing(*sides), Pairing(*sides, source_mt=tuple(made))]
made = [*words.align(pairings), *lengths.align(pairings), *letters.align(pairings, ())]
json.dump([[(*bead.source, *bead.target, bead.score) for bead in one.beads] for one in made], sys.stdout)
"""


def test_results_are_the_same_with_any_number_of_threads_and_any_hash_seed():
    left = prose(22, 240)
    right = [cipher(text) for number, text in enumerate([*left, *prose(23, 5)]) if number % 40]
    answers = {
        subprocess.run(
            [sys.executable, "-c", ALIGN],
            input=json.dumps([left, right, [*map(cipher, left)]]),
            env={**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "4"))
    }
    assert len(answers) == 1


def test_what_is_translated_does_not_depend_on_the_batch():
    one = pairing(["x"] * 20, prose(3, 20), source_mt=tuple(prose(3, 20)))
    assert align([one, pairing(prose(4, 20), prose(4, 20))])[0] == align([one])[0]


def test_merges_splits_and_a_missing_paragraph_are_found_through_a_translation():
    made = prose(11, 80)
    given_ = list(made)
    given_[10:12] = [" ".join(given_[10:12])]
    words = given_[30].split()
    given_[30:31] = [" ".join(words[:4]), " ".join(words[4:])]
    del given_[50:62]
    (bitext,) = align([pairing(["?"] * 80, given_, source_mt=tuple(made))])
    found = spans(bitext)
    assert (10, 12, 10, 11) in found
    assert (31, 32, 30, 32) in found
    assert [a for a, b, c, d in found if c == d] == list(range(50, 62))
    assert len(found) == 1 + 1 + 12 + (80 - 3 - 12)


def test_words_learnt_put_right_what_a_translation_has_wrong(monkeypatch):
    draw = random.Random(3)  # noqa: S311 - as in `prose`
    known = [draw.sample(prose(3, 30), 1)[0].split()[:5] for _ in range(200)]
    left, right, made, doubtful = [], [], [], []
    for number, words in enumerate(known):
        if number % 10:
            left.append(words)
            right.append(words)
            made.append(words)
            continue
        # A short sentence between two belongs to one of them, by lengths to either; the translation of all
        # three is nonsense.
        short, other = known[number - 1][:2], known[number - 2]
        first = number % 20 == 0
        i, j = len(left), len(right)
        doubtful += [(i, i + 1 + first, j, j + 1), (i + 1 + first, i + 3, j + 1, j + 2)]
        left += [words, short, other]
        right += [words[2:] + short, other] if first else [words, short + other[:3]]
        made += [["nonsense"] * len(some) for some in (words, short, other)]
    texts = [" ".join(words) for words in left]
    mt, given_ = ([cipher(" ".join(words)) for words in side] for side in (made, right))

    def hits() -> int:
        (bitext,) = align([pairing(texts, given_, source_mt=tuple(mt))])
        return len(set(doubtful) & set(spans(bitext)))

    assert hits() > len(doubtful) * 0.8
    monkeypatch.setattr(rounds, "_LEARNT", 0.0)
    assert hits() < len(doubtful) * 0.6


def test_words_of_another_script_are_learnt_from_the_documents_themselves():
    left = prose(12, 150)
    (bitext,) = align([pairing(left, [cipher(text) for k, text in enumerate(left) if k % 15])])
    right = {(i, j) for j, i in enumerate(k for k in range(150) if k % 15)}
    assert sum((a, c) in right for a, b, c, d in matched(bitext) if b - a == d - c == 1) > 120


def test_a_lexicon_helps_where_there_is_too_little_to_learn_from():
    left = [f"{a} {b}" for a, b in zip(prose(13, 6), prose(14, 6), strict=True)]
    right = [cipher(text) for text in [left[0], left[1], left[4], left[5]]]
    lexicon = [(word, cipher(word)) for text in left for word in text.split()]
    backwards = [
        " ".join(cipher(word) for word in text.split()) for text in (left[0], left[1], left[4], left[5])
    ]
    assert right
    (bitext,) = align([pairing(left, backwards)], lexicon)
    assert {(0, 1, 0, 1), (1, 2, 1, 2), (4, 5, 2, 3), (5, 6, 3, 4)} & set(matched(bitext))


def test_no_bead_straddles_a_barrier():
    made = prose(15, 40)
    barriers = ((10, 12), (25, 20))
    (bitext,) = align([pairing(made, made, source_mt=tuple(made), barriers=barriers)])
    for i, j in barriers:
        assert all((b <= i and d <= j) or (a >= i and c >= j) for a, b, c, d in spans(bitext))


def test_long_documents_are_aligned_in_a_band(monkeypatch):
    made = prose(16, 700)
    given_ = [text for k, text in enumerate(made) if not 200 <= k < 320]
    (full,) = align([pairing(made, given_, source_mt=tuple(made))])
    for module in ("search", "rounds"):
        monkeypatch.setattr(f"aligntool.aligning.{module}.FULL", 100)
    (banded,) = align([pairing(made, given_, source_mt=tuple(made))])
    assert spans(banded) == spans(full)


def test_long_documents_without_anchors_are_aligned_by_their_lengths(monkeypatch):
    for module in ("search", "rounds"):
        monkeypatch.setattr(f"aligntool.aligning.{module}.FULL", 100)
    left = prose(17, 400)
    (bitext,) = align([pairing(left, map(cipher, left))])
    assert sum((a, b) == (c, d) for a, b, c, d in spans(bitext)) > 350


def test_a_moved_block_is_found():
    made = prose(18, 90)
    given_ = made[:20] + made[50:60] + made[20:50] + made[60:]
    one = pairing(["?"] * 90, given_, source_mt=tuple(made))
    (bitext,) = align([one])
    (move,) = moves(one, bitext)
    assert (move.source, move.target) == ((50, 60), (20, 30))
    assert 0.5 < move.score <= 1


def test_what_is_left_out_and_what_is_added_is_no_move():
    made = prose(19, 90)
    given_ = made[:20] + prose(20, 10) + made[20:50] + made[60:]
    one = pairing(["?"] * 90, given_, source_mt=tuple(made))
    (bitext,) = align([one])
    assert moves(one, bitext) == ()


def test_confidence_rises_with_the_share_of_paths():
    shares = [k / 50 for k in range(51)]
    values = [confidence(share) for share in shares]
    assert values == sorted(values)
    assert 0 <= values[0] < 0.01
    assert 0.99 < values[-1] <= 1


def test_reliability_counts_what_gold_can_judge():
    beads = (
        Bead(Span(0, 1), Span(0, 1), 0.95),
        Bead(Span(1, 2), Span(1, 2), 0.96),
        Bead(Span(2, 3), Span(2, 2), 0.4),
    )
    gold = [((0,), (0,)), ((1,), (1, 2))]
    (low, high) = reliability([(beads, gold)])
    assert (low.beads, low.right) == (1, 0.0)
    assert (high.beads, high.right, high.stated) == (2, 0.5, pytest.approx(0.955))
    assert [row.beads for row in reliability([(beads, gold)], complete=False)] == [2]


def bag_of_letters(texts):
    return [[text.count(char) + 0.01 for char in "abcdefghijklmnopqrstuvwxyz"] for text in texts]


def test_an_embedding_function_makes_an_aligner():
    aligner = from_embeddings("letters", "by letters", bag_of_letters)
    made = prose(21, 30)
    (bitext,) = aligner.align([pairing(made, made[:12] + made[15:])], ())
    assert aligner.name == "letters"
    assert len({(a, c) for a, b, c, d in matched(bitext) if c == (a if a < 12 else a - 3)}) > 24


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: rows[:-1], "2 vectors for 3 sentences"),
        (lambda rows: [rows[0], None, rows[2]], "no vector like the others for sentence 2"),
        (lambda rows: [rows[0], rows[1], [math.nan] * 26], "not a number for sentence 3"),
        (lambda rows: [[0.0] * 26, *rows[1:]], "zero for sentence 1"),
    ],
)
def test_a_missing_vector_is_an_error_and_nothing_takes_its_place(spoil, message):
    aligner = from_embeddings("letters", "by letters", lambda texts: spoil(bag_of_letters(texts)))
    with pytest.raises(InputError, match=message):
        aligner.align([pairing(["a", "b", "c"], ["a", "b", "c"])], ())


def quoted(source, target, **more):
    return [(source[slice(*a)], target[slice(*b)]) for a, b in links(source, target, **more)]


def test_words_are_linked_through_the_translation():
    source, mt, target = "Maria koopt 12 boeken", "Maria buys 12 books", "In May Maria bought 12 book covers"
    assert quoted(source, target) == [("Maria", "Maria"), ("12", "12")]
    lexicon = {"boeken": {"books": 0.5}}
    assert quoted(source, target, via_mt=mt, lexicon=lexicon)[-1] == ("boeken", "book")


def test_nothing_is_linked_where_two_words_could_be_meant():
    bank = {"bank": {"bank": 0.8, "bench": 0.5}}
    assert quoted("de bank en de bank", "the bank", lexicon=bank) == []
    assert quoted("de bank", "the bank, a bench", lexicon=bank) == []
    assert quoted("de bank", "the bench", lexicon=bank) == [("bank", "bench")]
    assert quoted("de bank", "the bench", lexicon={"bank": {"bench": 0.02}}) == []
    assert links("", "") == links("a", "", via_mt="b") == ()


def test_words_are_known_in_other_forms_and_spellings():
    lexicon = {"brak": {"break": 0.3}, "lopen": {"walk": 0.4}}
    assert quoted("het brak", "it was broken", lexicon=lexicon) == [("brak", "broken")]
    assert quoted("zij lopen", "she walked", lexicon=lexicon) == [("lopen", "walked")]
    assert quoted("Ouagadougoe in 1983", "Ouagadougou, 1983") == [
        ("Ouagadougoe", "Ouagadougou"),
        ("1983", "1983"),
    ]


def test_words_that_come_back_are_linked_in_their_order():
    found = links("China wil, China zal", "China will, China shall", lexicon={"china": {"china": 0.9}})
    assert found == ((Span(0, 5), Span(0, 5)), (Span(11, 16), Span(12, 17)))


@settings(max_examples=40)
@given(st.text(max_size=40), st.text(max_size=40))
def test_links_stand_inside_both_texts_and_no_word_is_in_two(one, other):
    lexicon = dict.fromkeys(one.split(), dict.fromkeys(other.split(), 0.5))
    for found in (same_language(one, other), links(one, other, other[::-1], lexicon)):
        for side, text in ((0, one), (1, other)):
            mine = sorted(pair[side] for pair in found)
            assert all(0 <= a < b <= len(text) for a, b in mine)
            assert all(a[1] <= b[0] for a, b in pairwise(mine))


def test_a_word_sounds_alike_in_other_scripts():
    for name, others in {"tokyo": ["トキョ"], "moskva": ["Москва".lower()], "kabul": ["кабул"]}.items():
        for other in others:
            assert consonants(other)[:3] == consonants(name)[:3]
    assert consonants("a") == consonants("1") == consonants("") == ""


def test_tokens_of_scripts_without_blanks_are_characters_and_neighbours():
    assert tokens("Ab 北京") == ["ab", "北", "京", "北京"]
    assert tokens("ශ්‍රී") != []
