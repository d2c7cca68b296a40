"""Which sense of a French word goes with its neighbours, and the tables of counts this is told from."""

import lzma

import numpy as np
import pytest

from aligntool.checks import back_projection
from aligntool.files import read_table
from aligntool.senses import Judgement, Neighbours, Senses
from aligntool.train import linktables, wordlists, wordtables
from aligntool.train.wordlinks import Content, learn

_BESIDE = [
    {"word": "*", "count": "1000", "forms": "", "beside": "900"},
    {"word": "doubt", "count": "60", "forms": "doubts doubt", "beside": ""},
    {"word": "feed", "count": "40", "forms": "feeding feed feeds", "beside": "9 doubt"},
    {"word": "child", "count": "30", "forms": "child children", "beside": "8 feed 7 nourish"},
    {"word": "nourish", "count": "20", "forms": "nourish nourishes", "beside": ""},
]
_SENSES = [{"word": "nourrir", "english": "feed:600:500 nourish:100:900 foster:10:400"}]


@pytest.fixture
def neighbours():
    return Neighbours(_BESIDE)


def test_counts_are_found_whichever_word_is_the_rarer(neighbours):
    assert neighbours.together("feed", "doubt") == neighbours.together("doubt", "feed") == 9
    assert neighbours.together("nourish", "child") == 7
    assert neighbours.together("nourish", "doubt") == neighbours.together("unheard", "doubt") == 0


def test_forms_are_counted_with_their_word(neighbours):
    assert neighbours.base("nourishes") == neighbours.base("nourish") == "nourish"
    assert neighbours.base("moscow") == ""
    assert neighbours.usual("feed") == "feeding"
    assert neighbours.has("feeds")
    assert not neighbours.has("fed")


def test_what_was_never_met_counts_against_it_the_more_the_commoner_it_is(neighbours):
    assert neighbours.association("nourish", "doubt") < neighbours.association("unheard", "doubt") == 0
    assert neighbours.association("feed", "doubt") > 0


def test_a_word_is_judged_by_the_company_it_keeps(neighbours):
    senses = Senses(_SENSES)
    judged = senses.judge("nourish", [("doubt", 1.0)], neighbours, 0.3)
    assert (judged.french, judged.better) == ("nourrir", "feed")
    assert judged.odds > 0
    assert 0 < judged.share < 1
    other = senses.judge("nourish", [("child", 1.0)], neighbours, 0.3)
    assert other.odds < judged.odds


def test_without_a_rival_met_in_such_company_nothing_is_said(neighbours):
    assert Senses(_SENSES).judge("nourish", [("nourish", 1.0)], neighbours, 0.3) is None
    assert Senses(_SENSES).judge("unheard", [("doubt", 1.0)], neighbours, 0.3) is None


# The tables of the package.


def test_the_tables_are_small_and_say_what_they_were_made_from(root):
    data = root / "aligntool" / "data"
    assert sum((data / f"{name}.tsv.xz").stat().st_size for name in ("senses", "neighbours")) < 8e6
    notes = [line for line in (data / "words.tsv").read_text(encoding="utf-8").splitlines() if line[0] == "#"]
    assert [len(note.rpartition(" ")[2]) for note in notes] == [64, 64]


def test_every_sense_is_a_word_with_two_shares_of_a_thousand():
    entries = [entry.split(":") for row in read_table("senses") for entry in row["english"].split()]
    assert len(entries) > 40_000
    assert all(0 < int(chance) <= 1000 and 0 < int(back) <= 1000 for _, chance, back in entries)


def test_a_pair_of_neighbours_stands_in_one_row_only():
    known = Neighbours(read_table("neighbours"))
    words = [row["word"] for row in read_table("neighbours")[1:]]
    assert len(words) == len(set(words))
    for rare in words[5000:5200]:
        assert all(rare not in known._beside(common) for common in known._beside(rare))


# Making them.

_FRENCH = ["Le chat noir dort.", "Un chien noir mange.", "Les chats mangent.", "Le chien dort."]
_ENGLISH = ["The black cat sleeps.", "A black dog eats.", "The cats eat.", "The dog sleeps."]


def _sides(times=20):
    return wordlists.numbered(iter(zip(_FRENCH * times, _ENGLISH * times, strict=True)), 2)


def test_words_that_translate_each_other_are_linked():
    french, english = _sides()
    bases = wordlists.english_bases(english.counts())
    rows = dict(row.split("\t") for row in wordtables.sense_rows(french, english, bases))
    best = {word: entries.split(":")[0] for word, entries in rows.items() if word != "word"}
    assert best == {
        "chat": "cat",
        "noir": "black",
        "chien": "dog",
        "mange": "eat",
        "mangent": "eat",
        "dort": "sleeps",
    }


_MORE = [
    ("Le chat noir dort.", "The black cat sleeps."),
    ("Un chat mange.", "A cat eats."),
    ("Un chien noir mange.", "A black dog eats."),
    ("Les chats dorment.", "The cats sleep."),
    ("Les chiens dorment.", "The dogs sleep."),
]


def test_a_table_of_links_has_words_as_they_are_written_and_none_of_grammar():
    french, english = wordlists.numbered(iter(_MORE * 9), 2)
    rows = dict(row.split("\t") for row in linktables.link_rows(french, english, ["les"]))
    best = {word: entries.split(" ")[0].split(":") for word, entries in rows.items() if word != "word"}
    found = {word: other for word, (other, _) in best.items()}
    assert found.items() >= {"chat": "cat", "chats": "cats", "chiens": "dogs"}.items()
    assert "les" not in found
    assert all(4 <= int(sure) <= 100 for _, sure in best.values())


def test_the_tables_of_links_are_made_whole_and_those_of_the_package_are_sound(tmp_path):
    for name in ("fr-en.tsv.xz", "nl-en.tsv.xz"):
        lines = (f"x\t{french} {i}\t{english} {i}\n" for i in range(9) for french, english in _MORE)
        (tmp_path / name).write_bytes(lzma.compress("".join(lines).encode()))
    linktables.main(tmp_path, tmp_path / "out")
    made = lzma.decompress((tmp_path / "out" / "links-nl.tsv.xz").read_bytes()).decode()
    assert "\nchats\tcats:" in made
    for lang, word, other in (("nl", "haven", "port"), ("fr", "guerre", "war")):
        rows = {row["word"]: row["english"] for row in read_table(f"links-{lang}")}
        assert len(rows) > 30_000
        assert other in {entry.partition(":")[0] for entry in rows[word].split(" ")}


def test_links_are_the_same_every_time_and_chances_add_up():
    rng = np.random.default_rng(7)
    sides = [
        Content(rng.integers(0, 30, 600, dtype=np.int32), np.full(100, 6, np.int32), 30) for _ in range(2)
    ]
    one, two = learn(*sides), learn(*sides)
    assert one.forth.tolist() == two.forth.tolist()
    sums = np.bincount(one.source, one.forth)
    assert sums.max() <= 1 + 1e-9


def test_neighbours_are_counted_across_words_of_grammar_and_names_left_out():
    (side,) = wordlists.numbered((("Black cats of the Paris market sleep",) for _ in range(10)), 1)
    bases = wordlists.english_bases(side.counts())
    rows = [row.split("\t") for row in wordtables.neighbour_rows([side], bases, frozenset({"paris"}))][1:]
    found = {word: (count, beside) for word, count, _, beside in rows}
    assert found["*"] == ("50", "40")
    assert found["cats"][0] == "10"
    assert {word for _, beside in list(found.values())[1:] for word in beside.split()[1:]} <= {*found}
    assert "paris" not in found
    known = Neighbours([dict(zip(("word", "count", "forms", "beside"), row, strict=True)) for row in rows])
    assert known.together("cats", "black") == 10
    assert known.together("sleep", "market") == 10
    assert known.together("cats", "market") == 0


def test_cases_are_counted_inside_sentences():
    texts = ["The cat saw NATO and Paris.", "Paris saw the cat, and the Cat slept.", "It saw a cat."] * 4
    rows = dict(row.split("\t", 1) for row in wordtables.case_rows(texts))
    assert rows["cat"] == "16\t25\t0"
    assert rows["nato"] == "4\t100\t100"
    assert rows["paris"] == "4\t100\t0"
    assert "it" not in rows


def test_forms_are_brought_back_to_their_word():
    counts = dict.fromkeys(
        ["nourrir", "nourrit", "nourrissent", "national", "nationaux", "lever", "lève"], 50
    )
    assert wordlists.french_bases(counts) == {
        "nourrit": "nourrir",
        "nourrissent": "nourrir",
        "nationaux": "national",
        "lève": "lever",
    }
    counts = dict.fromkeys(["carry", "carried", "carries", "news", "lead", "led"], 50)
    assert wordlists.english_bases(counts) == {"carried": "carry", "carries": "carry", "led": "lead"}


def test_pairs_are_read_once(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("a\tun chat\ta cat\nb\tun chat\ta cat\nbroken\nc\tun chien\ta dog\n", encoding="utf-8")
    assert list(wordlists.pairs(path)) == [("un chat", "a cat"), ("un chien", "a dog")]


def test_the_three_tables_are_made_whole(tmp_path):
    for name in (wordtables.FRENCH, wordtables.DUTCH):
        lines = (f"x\t{f}. {i}\t{e} {i}\n" for i in range(9) for f, e in zip(_FRENCH, _ENGLISH, strict=True))
        (tmp_path / name).write_bytes(lzma.compress("".join(lines).encode()))
    wordtables.main(tmp_path, tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "words.tsv",
        "senses.tsv.xz",
        "neighbours.tsv.xz",
    }
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    wordtables.main(tmp_path, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first


@pytest.mark.parametrize(
    ("word", "french", "count", "rule"),
    [
        ("reciprocal", "réciproque", 900, "cognate"),
        ("runway", "piste", 79, "sense"),
        ("chain", "chaîne", 900, "cognate"),
        ("attendance", "présence", 900, "sense"),
        ("nearly", "presque", 1_300, "common"),
    ],
)
def test_a_word_that_looks_like_the_french_is_surest_and_a_common_one_that_does_not_least(
    word, french, count, rule
):
    counts = {"*": 15_000_000, word: count}
    rows = [{"word": one, "count": str(many), "forms": "", "beside": "1"} for one, many in counts.items()]
    known = Neighbours(rows)
    found = back_projection._rule(
        back_projection._Word(0, 0, len(word), word, word, False), Judgement(french, "x", 1.0, 0.5), known
    )
    assert found.name == rule
