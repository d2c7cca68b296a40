"""What becomes of parallel text before it is trained on: reading, cleaning, weights, prepared pieces."""

import lzma
import re
import unicodedata
from itertools import repeat

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.errors import InputError
from aligntool.train.corpus import Cleaner, Fault, Pair, normalised, phrase_weights, read_moses, read_tsv
from aligntool.train.prepare import Mixture, Source, prepare
from aligntool.train.shards import Examples, batches, load, save
from aligntool.train.switching import switched
from aligntool.train.tmx import read_tmx
from aligntool.train.vocabulary import EOS, Vocabulary


def clean(*pairs, **options):
    cleaner = Cleaner("nl", "en", **options)
    kept = list(cleaner(Pair(a, b, "test") for a, b in pairs))
    return kept, cleaner.report


def reason(source, target, **options):
    kept, report = clean((source, target), **options)
    assert bool(kept) is not bool(report.dropped)
    return next(iter(report.dropped), "")


def test_a_good_pair_is_kept_with_its_blanks_made_uniform():
    kept, report = clean(("De  molen draait\u00a0weer. ", "The mill is turning again."))
    assert kept == [Pair("De molen draait weer.", "The mill is turning again.", "test")]
    assert (report.seen, report.kept["test"]) == (1, 1)


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("", "Nothing stands there.", "empty side"),
        ("Daar staat niets.", "  ", "empty side"),
        ("Kort.", "This is far too long for such a short word to have been its translation.", "length ratio"),
        ("Same as ever", "same as ever", "identical sides"),
        ("Een bel\x07 rinkelt", "A bell rings", "control characters"),
        ("Een bel\ufffd rinkelt", "A bell rings", "control characters"),
        ("12 + 30", "42", "no letters"),
        ("woord " * 130, "word " * 130, "too long"),
        ("x" * 1_000_000, "one megabyte", "too long"),
        ("The clerk gave it to the mayor.", "De klerk gaf dat aan de burgemeester.", "wrong language"),
    ],
)
def test_a_bad_pair_is_dropped_for_a_stated_reason(source, target, why):
    assert reason(source, target) == why


def test_a_pair_seen_before_is_a_duplicate_whatever_its_case():
    _, report = clean(("De haan kraait", "The cock crows"), ("de haan kraait", "The Cock crows"))
    assert report.dropped == {"duplicate": 1}


def test_variants_of_one_sentence_are_capped_on_either_side():
    pairs = [
        (f"De trein van {n} uur rijdt {word}.", f"Train {word} number {n}.") for n, word in enumerate("abcd")
    ]
    same = [(a, "The train leaves.") for a, _ in pairs]
    kept, report = clean(*same, variants=2)
    assert len(kept) == 2
    assert report.dropped == {"near-duplicate": 2}


def test_numbers_do_not_make_a_sentence_new():
    _, report = clean(*((f"Blad {n} van het boek", f"Sheet {n} of the book") for n in range(5)), variants=2)
    assert report.dropped["near-duplicate"] == 3


def test_validation_text_is_refused_on_either_side_despite_case_and_punctuation():
    held_out = ["De brug ging open!", "A ship came in."]
    assert reason("de brug ging open", "The bridge opened", held_out=held_out) == "in the validation set"
    assert reason("Er kwam een schip", "A ship came in", held_out=held_out) == "in the validation set"
    assert reason("De brug ging dicht", "The bridge closed", held_out=held_out) == ""


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=30))
def test_every_row_is_counted_once(pairs):
    kept, report = clean(*pairs)
    assert report.seen == len(pairs)
    assert report.kept.total() == len(kept)


@given(st.text())
def test_normalising_twice_changes_nothing_that_matters(text):
    assert normalised(normalised(text)).split() == normalised(text).split()


def test_the_report_names_totals_and_reasons():
    _, report = clean(("a b", ""), ("Goede morgen", "Good morning"))
    assert report.lines()[0] == "2 pairs read, 1 kept, 1 dropped"
    assert any("empty side" in line for line in report.lines())


def test_tsv_rows_of_two_and_three_columns_are_read_and_ragged_ones_counted():
    rows = list(read_tsv(["kat\tcat\r\n", "dieren\thond\tdog\n", "vis\n", "a\tb\tc\td\n"], "file"))
    assert rows[:2] == [Pair("kat", "cat", "file"), Pair("hond", "dog", "dieren")]
    assert rows[2:] == [Fault("ragged row", "file")] * 2


def test_a_first_line_of_languages_chooses_the_columns():
    lines = ["en\tnl\tfr\n", "a cat\teen kat\tun chat\n", "a dog\teen hond\n", "a bee\teen bij\t\tx\n"]
    faults = [Fault("ragged row", "file")] * 2
    assert list(read_tsv(lines, "file", ("fr", "en"))) == [Pair("un chat", "a cat", "file"), *faults]
    assert list(read_tsv(lines[:2], "file", ("nl", "en"))) == [Pair("een kat", "a cat", "file")]
    assert list(read_tsv(lines[:2], "file", ("de", "en")))[1] == Pair("een kat", "un chat", "a cat")


def test_of_our_own_table_only_settled_rows_teach():
    head = "id\tdoc\tsrc\ttgt\tstatus\n"
    lines = [head, "1\td\tkat\tcat\tok\n", "2\td\thond\tdog\tedited\n", "3\td\tvis\tfish\ttodo\n", "4\td\n"]
    rows = list(read_tsv(lines, "own"))
    assert [row for row in rows if isinstance(row, Pair)] == [
        Pair("kat", "cat", "own"),
        Pair("hond", "dog", "own"),
    ]
    assert [row.reason for row in rows if isinstance(row, Fault)] == [
        "row not settled by a reviewer",
        "ragged row",
    ]


def press(root):
    return sorted((root / "aligntool" / "train" / "press").glob("*.tsv"))


def test_the_sentences_that_come_along_are_whole_and_stand_there_once(root):
    seen = set()
    for path in press(root):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        assert head == "en\tnl\tfr", path
        for line in lines:
            cells = line.split("\t")
            assert len(cells) == 3, line
            assert all(cell == unicodedata.normalize("NFC", cell).strip() != "" for cell in cells), line
            assert seen.isdisjoint(cells), line
            seen.update(cells)
    assert len(seen) > 3 * 5_000


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_cleaner_keeps_the_sentences_that_come_along(root, lang):
    cleaner = Cleaner(lang, "en", ())
    for path in press(root):
        lines = path.read_text(encoding="utf-8").splitlines()
        list(cleaner(read_tsv(lines, path.stem, (lang, "en"))))
    assert cleaner.report.kept.total() > 0.99 * cleaner.report.seen


def test_no_sentence_that_comes_along_is_one_of_the_measuring_material(root, shared):
    ours = {
        normalised(cell)
        for path in press(root)
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
        for cell in line.split("\t")
        if len(cell.split()) > 4
    }
    theirs = {
        normalised(line)
        for path in [*(shared / "bench" / "mt").glob("flores-dev.??"), *(shared / "seeds").glob("*.txt")]
        for line in re.split(r"(?<=[.!?]) |\n", path.read_text(encoding="utf-8"))
    }
    assert len(ours & theirs) == 0


def test_an_empty_file_holds_no_pairs():
    assert list(read_tsv([], "none")) == []


def test_line_parallel_texts_of_unequal_length_are_survived():
    rows = list(read_moses(["een\n", "twee\n"], ["one\n"], "m"))
    assert rows == [Pair("een", "one", "m"), Fault("line without a partner", "m")]


TMX = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="nl-NL"><seg>De <bpt i="1">rode</bpt> schuur</seg></tuv>
<tuv xml:lang="EN-us"><seg>The red barn</seg></tuv></tu>
<tu><tuv xml:lang="nl"><seg>alleen</seg></tuv></tu></body></tmx>"""


def test_tmx_is_read_in_pieces_of_any_size():
    for size in (7, 10_000):
        chunks = [TMX[i : i + size] for i in range(0, len(TMX), size)]
        rows = list(read_tmx(chunks, "nl", "en", "t"))
        assert rows == [
            Pair("De rode schuur", "The red barn", "t"),
            Fault("unit without both languages", "t"),
        ]


def test_broken_tmx_and_entities_are_errors_of_the_user():
    with pytest.raises(InputError, match="broken TMX"):
        list(read_tmx([TMX[:-9]], "nl", "en", "t"))
    bomb = '<!DOCTYPE tmx [<!ENTITY a "boom">]><tmx>&a;</tmx>'
    with pytest.raises(InputError, match="entities"):
        list(read_tmx([bomb], "nl", "en", "t"))


def test_phrases_a_collection_was_gathered_around_are_weighted_down():
    gathered = [f"word{n} once in a blue moon thing{n}" for n in range(100)] + ["the barn is red"]
    background = [f"noun{n} verb{n} the barn is red" for n in range(50)]
    weights = phrase_weights(gathered, background, cap=10)
    assert weights[:100] == [pytest.approx(0.1)] * 100
    assert weights[100] == 1.0


def test_phrases_common_everywhere_keep_their_weight():
    texts = [f"on the other hand item{n}" for n in range(50)]
    assert phrase_weights(texts, texts, cap=10) == [1.0] * 50


def examples(sizes, weight=1.0):
    rows = [[3 + i % 50] * size for i, size in enumerate(sizes)]
    return Examples.of(rows, [row[::-1] for row in rows], list(repeat(weight, len(rows))))


def test_prepared_pieces_come_back_as_they_were(tmp_path):
    before = examples([1, 5, 3, 0, 7])
    after = load(save(before, tmp_path, "nl"))
    for name in ("source", "target", "source_sizes", "target_sizes", "weights"):
        assert np.array_equal(getattr(before, name), getattr(after, name))


def test_a_broken_piece_is_an_error_of_the_user(tmp_path):
    (tmp_path / "nl-000.npz").write_bytes(b"PK nothing")
    with pytest.raises(InputError, match="no prepared piece"):
        load([tmp_path / "nl-000.npz"])
    with pytest.raises(InputError, match="no prepared pieces"):
        load([])


def test_a_pass_holds_every_pair_once_and_respects_the_batch_size():
    data = examples([2, 9, 4, 4, 30, 1, 8, 2])
    drawn = list(batches(data, tokens=40, seed=1, number=0))
    assert all(batch.target.size <= 40 or len(batch.target) == 1 for batch in drawn)
    lengths = sorted(int(n) - 1 for batch in drawn for n in batch.lengths)
    assert lengths == [1, 2, 2, 4, 4, 8, 9, 30]


def test_rows_end_with_the_end_symbol_and_targets_are_padded_apart():
    (batch,) = batches(examples([3, 1]), tokens=100, seed=1, number=0)
    short = int(batch.lengths.argmin())
    assert batch.source[short].tolist()[1:] == [EOS, EOS, EOS]
    assert batch.target[short].tolist()[1:] == [EOS, -1, -1]


def test_the_same_pass_gives_the_same_batches_and_another_pass_others():
    data = examples([3] * 64)

    def sources(number, start=0):
        drawn = batches(data, tokens=20, seed=5, number=number, start=start)
        return [batch.source.tolist() for batch in drawn]

    assert sources(0) == sources(0)
    assert sources(0) != sources(1)
    assert sources(0, start=4) == sources(0)[4:]


def test_a_team_shares_a_pass_without_overlap():
    data = examples([2] * 30)
    parts = [
        [b.source.tolist() for b in batches(data, tokens=12, seed=1, number=0, team=(rank, 3))]
        for rank in range(3)
    ]
    assert len({len(part) for part in parts}) == 1
    flat = [str(batch) for part in parts for batch in part]
    assert len(flat) == len(set(flat))


def test_weights_say_how_often_a_pair_is_drawn():
    data = examples([4] * 400, weight=0.25)
    drawn = [sum(len(b.lengths) for b in batches(data, tokens=50, seed=1, number=n)) for n in range(8)]
    assert 80 < sum(drawn) / len(drawn) < 120
    twice = examples([4] * 10, weight=2.0)
    assert sum(len(b.lengths) for b in batches(twice, tokens=50, seed=1, number=0)) == 20


def test_a_collection_is_weighted_by_its_name_and_its_language():
    mixture = Mixture(weights={"nl": 2.0, "web": 0.5, "nl:talk": 0.25})
    assert [
        mixture.weight(*name) for name in (("nl", "web"), ("nl", "talk"), ("fr", "web"), ("fr", "x"))
    ] == [
        1.0,
        0.5,
        0.5,
        1.0,
    ]


def test_collections_without_a_name_have_the_weight_of_the_others():
    mixture = Mixture(weights={"fr": 0.5, "web": 0.25, "nl:talk": 0.0, "others": 4.0})
    given = [mixture.weight(*name) for name in (("nl", "web"), ("nl", "talk"), ("nl", "x"), ("fr", "talk"))]
    assert given == [0.25, 0.0, 4.0, 2.0]


SWITCH = {"brug": {"bridge": 0.7, "deck": 0.2}, "oud": {"old": 0.6, "aged": 0.05}, "dijk": {"dyke": 0.9}}


def test_words_are_put_in_english_as_the_reference_has_them():
    pairs = [Pair("De brug is oud, dijk.", "That Deck is aged.", "web")] * 60
    made = list(switched(pairs, SWITCH, 1.0, seed=1))
    # “aged” is too unsure, and nothing in the English is what “dijk” means.
    assert {pair.source for pair in made} == {"De brug is oud, dijk.", "De Deck is oud, dijk."}
    assert {pair.target for pair in made} == {"That Deck is aged."}
    assert made == list(switched(pairs, SWITCH, 1.0, seed=1)) != list(switched(pairs, SWITCH, 1.0, seed=2))


def test_a_rendering_of_several_words_is_put_where_the_english_has_all_of_them():
    words = {"handelsoorlog": {"trade war": 0.9, "war": 0.4}}
    pairs = [
        Pair("Een handelsoorlog.", "A Trade War.", ""),
        Pair("Een handelsoorlog.", "A war over trade.", ""),
        Pair("Een handelsoorlog.", "The trade warmed.", ""),
    ]
    made = {pair.source for seed in range(40) for pair in switched(pairs, words, 1.0, seed)}
    assert made == {"Een handelsoorlog.", "Een Trade War.", "Een war."}


def test_the_share_of_pairs_that_are_switched_is_the_one_asked_for():
    pairs = [Pair("brug " * 30, "bridge", "web")] * 400
    changed = [pair.source != pairs[0].source for pair in switched(pairs, SWITCH, 0.5, seed=1)]
    assert 160 < sum(changed) < 240
    assert list(switched(pairs, SWITCH, 0.0, seed=1)) == pairs


def test_switched_data_are_prepared_and_counted(tmp_path):
    path = tmp_path / "pairs.tsv"
    words = {"brug": "bridge", "dijk": "dyke", "haven": "port", "toren": "tower"}
    rows = [
        f"De {a} bij de {b}.\tThe {c} near the {d}.\n" for a, c in words.items() for b, d in words.items()
    ]
    path.write_text("".join(rows), encoding="utf-8")
    said = []
    for share, lang in ((0.0, "nl"), (1.0, "nl"), (1.0, "da")):
        facts = prepare(
            [Source(lang, (path,))],
            "en",
            tmp_path / f"{share}{lang}",
            Mixture(pieces=50, switched=share),
            say=said.append,
        )
        told = facts["languages"][lang]["switched"]
        assert (told > 5) == (share > 0 and lang == "nl")
    assert said[-1] == "da-en: words of 0 sources put in en"


def test_nothing_left_to_train_on_is_an_error_of_the_user():
    with pytest.raises(InputError, match="no pair is left"):
        list(batches(examples([4], weight=0.0), tokens=50, seed=1, number=0))
    with pytest.raises(InputError, match="no sentence is left"):
        Vocabulary.train([], 100)


def test_bad_data_are_counted_said_and_survived(tmp_path):
    words = ["molen", "brug", "dijk", "sluis", "haven", "toren"]
    good = [f"De {a} bij de {b} is oud.\tThe {a}s near the {b}s are old.\n" for a in words for b in words]
    bad = ["ragged\n", "leeg\t\n", "x" * 1_000_000 + "\tx\n", "De boot vaart.\tThe boat sails.\n"]
    path = tmp_path / "pairs.tsv.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(good + bad)
    said = []
    held_out = ["The boat sails."]
    source = Source("nl", (path,))
    facts = prepare([source], "en", tmp_path / "out", Mixture(pieces=60), held_out=held_out, say=said.append)
    dropped = facts["languages"]["nl"]["dropped"]
    assert dropped == {"ragged row": 1, "empty side": 1, "too long": 1, "in the validation set": 1}
    assert any("in the validation set" in line for line in said)
    assert len(load([tmp_path / "out" / "nl-000.npz"])) == 35
