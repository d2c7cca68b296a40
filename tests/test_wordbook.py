"""Words by rule: every sign of hunspell's format that is followed, on small dictionaries of our own."""

import random

import pytest

from aligntool.affixes import Flags, declared, parsed
from aligntool.wordbook import Wordbook


def book(rules, *entries):
    return Wordbook.parsed("\n".join([str(len(entries)), *entries]), parsed(rules))


PLURAL = "SFX S Y 3\nSFX S 0 s [^sy]\nSFX S y ies [^aeiou]y\nSFX S 0 es s\n"
UNDO = "PFX U Y 1\nPFX U 0 un .\n"


@pytest.mark.parametrize(
    ("rules", "entry", "known", "unknown"),
    [
        (PLURAL, "lampo/S", "lampo lampos Lampo LAMPOS", "lampoes lampoies ampos"),
        (PLURAL, "mirty/S", "mirty mirties", "mirtys"),
        (PLURAL, "graus/S", "grauses", "grauss"),
        (PLURAL + UNDO, "verk/SU", "verk verks unverk unverks", "ununverk unver"),
        ("SFX S N 1\nSFX S 0 s .\n" + UNDO, "verk/SU", "verks unverk", "unverks"),
        ("SFX A Y 1\nSFX A 0 ig/B .\nSFX B Y 1\nSFX B 0 er .\n", "zorm/A", "zormig zormiger", "zormer"),
        ("FLAG long\nSFX Zz Y 1\nSFX Zz 0 a .\nSFX Zy Y 1\nSFX Zy 0 o .\n", "brin/Zz", "brina", "brino"),
        ("FLAG num\nSFX 101 Y 1\nSFX 101 0 a .\n", "brin/7,101", "brin brina", "brino"),
        ("AF 2\nAF X\nAF S\n" + PLURAL, "lampo/2", "lampos", "lampoes"),
        ("NEEDAFFIX N\n" + PLURAL, "lampo/SN", "lampos", "lampo"),
        ("PSEUDOROOT N\n" + PLURAL, "lampo/SN", "lampos", "lampo"),
        ("FORBIDDENWORD F\n", "lampo/F", "", "lampo Lampo LAMPO"),
        ("KEEPCASE K\n", "gbo/K", "gbo", "Gbo GBO"),
        ("", "Zürn", "Zürn ZÜRN", "zürn"),
        ("ICONV 1\nICONV ij ĳ\n", "wĳt", "wijt wĳt", "wit"),
        ("IGNORE ·\n", "lam·po", "lampo la·mpo", "lamp"),
        (
            "CIRCUMFIX C\nPFX G Y 1\nPFX G 0 ge/C .\nSFX T Y 1\nSFX T 0 t/GC .\n",
            "plon/T",
            "geplont",
            "plont geplon",
        ),
        ("FULLSTRIP\nSFX I Y 1\nSFX I ir vas ir\n", "ir/I", "ir vas", "irvas"),
        ("SFX H Y 1\nSFX H 0 x [a-c]\n", "kla/H", "klax", "klabx"),
        ("SFX H Y 1\nSFX H 0 x [a-c]\n", "klb/H", "klb", "klbx"),
        ("", "met/flags po:noun", "met", "met/flags"),
        ("", "kort\tpo:noun", "kort", "po:noun"),
        ("", "kort po:noun", "kort", "noun"),
        ("", "km\\/h", "km/h", "km"),
    ],
)
def test_a_word_is_known_by_its_stem_and_its_affixes(rules, entry, known, unknown):
    made = book(rules, entry)
    assert [word for word in known.split() if not made.knows(word)] == []
    assert [word for word in unknown.split() if made.knows(word)] == []


COMPOUND = (
    "COMPOUNDMIN 2\nCOMPOUNDBEGIN B\nCOMPOUNDMIDDLE M\nCOMPOUNDEND E\n"
    "ONLYINCOMPOUND O\nCOMPOUNDPERMITFLAG P\n"
)


@pytest.mark.parametrize(
    ("rules", "entries", "known", "unknown"),
    [
        ("COMPOUNDFLAG C\n", ("karl/C", "topo/C", "lin"), "karltopo topokarl karltopokarl", "karllin karlto"),
        ("COMPOUNDFLAG C\nCOMPOUNDMIN 5\n", ("karl/C", "topos/C"), "topostopos", "karltopos"),
        ("COMPOUNDFLAG C\nCOMPOUNDWORDMAX 2\n", ("karl/C",), "karlkarl", "karlkarlkarl"),
        ("COMPOUNDFLAG C\nCHECKCOMPOUNDDUP\n", ("karl/C", "topo/C"), "karltopo", "karlkarl"),
        (
            "COMPOUNDFLAG C\nCHECKCOMPOUNDPATTERN 1\nCHECKCOMPOUNDPATTERN l t\n",
            ("karl/C", "topo/C"),
            "topokarl",
            "karltopo",
        ),
        (
            COMPOUND,
            ("karl/B", "um/M", "topo/E", "und/O"),
            "karltopo karlumtopo",
            "topokarl karlum umtopo und",
        ),
        (
            COMPOUND + "SFX S Y 1\nSFX S 0 s/OPB .\nSFX N Y 1\nSFX N 0 en .\n",
            ("karl/SN", "topo/EN"),
            "karlstopo karlen karlstopoen",
            "karls karlentopo karltopo",
        ),
        ("COMPOUNDFLAG C\nFORBIDDENWORD F\n", ("karl/C", "topo/C", "karltopo/F"), "topokarl", "karltopo"),
    ],
)
def test_words_are_put_together_where_the_flags_allow_it(rules, entries, known, unknown):
    made = book(rules, *entries)
    assert [word for word in known.split() if not made.knows(word)] == []
    assert [word for word in unknown.split() if made.knows(word)] == []


def test_words_written_alike_keep_their_flags_apart():
    made = book("NEEDAFFIX N\n" + PLURAL, "lampo/N", "lampo/S")
    assert made.knows("lampo")
    assert made.knows("lampos")
    assert len(made) == 1


def test_an_affix_that_may_follow_itself_does_so_once():
    made = book("SFX A Y 1\nSFX A 0 a/A .\n", "b/A")
    assert [made.knows("b" + "a" * times) for times in range(5)] == [True, True, True, False, False]


def test_a_long_word_takes_no_longer_than_its_length_asks():
    made = book("COMPOUNDFLAG C\nCOMPOUNDMIN 1\n", "a/C", "aa/C", "aaa/C")
    assert not made.knows("a" * 59 + "b")
    assert not made.knows("a" * 10_000)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("FLAG short\n", "FLAG 'short'"),
        ("SFX A Y 1\nSFX A 0\n", "line 2"),
        ("SFX A 0 s .\n", "the flag 'A' has no head"),
        ("SFX A Y 1\nSFX A 0 s [^a\n", "bracket"),
        ("COMPOUNDMIN many\n", "'many'"),
    ],
)
def test_rules_that_cannot_be_read_are_named(rules, message):
    with pytest.raises(ValueError, match=message):
        parsed(rules)


@pytest.mark.parametrize(
    ("rules", "entry"),
    [
        ("FLAG num\nSFX 1 Y 1\nSFX 1 0 s .\n", 'lampo/1,S"'),
        ("FLAG num\nSFX 1 Y 1\nSFX 1 0 s/2X .\n", "lampo/1"),
        ("AF 1\nAF S\nSFX S Y 1\nSFX S 0 s/7 .\n", "lampo/1"),
    ],
)
def test_flags_that_cannot_be_read_are_left_as_hunspell_leaves_them(rules, entry):
    made = book(rules, entry)
    assert made.knows("lampo")
    assert made.knows("lampos")


@pytest.mark.parametrize(
    ("rules", "text", "message"),
    [
        ("", "lampo\nmirty\n", "line 1"),
        ("", "", "line 1"),
        ("", "2\nl\udce9mpo\nm\udce9rty\n", "encoding"),
    ],
)
def test_words_that_cannot_be_read_are_told_when_the_dictionary_is_opened(rules, text, message):
    with pytest.raises(ValueError, match=message):
        Wordbook.parsed(text, parsed(rules))


def test_a_flag_that_is_no_character_is_a_flag_all_the_same():
    made = book("SFX \udce1 Y 1\nSFX \udce1 0 k .\n", "lampo/\udce1")
    assert made.knows("lampok")


def test_odd_files_are_refused_or_read_but_never_break():
    rng = random.Random(4)  # noqa: S311 - odd texts, no secrets
    words = "SFX PFX AF FLAG num long Y N 1 2 0 . [^a] [ / \\/ a/b x,y COMPOUNDFLAG C ICONV é \udce9"
    pieces = [*words.split(), "\n", "\n", "\t"]
    read = 0
    for _ in range(2000):
        rules = " ".join(rng.choices(pieces, k=rng.randint(1, 25)))
        text = f"{rng.choice(['2', 'x', ''])}\n{' '.join(rng.choices(pieces, k=8))}\n"
        try:
            made = Wordbook.parsed(text, parsed(rules))
        except ValueError:
            continue
        read += 1
        assert made.knows("axab") in {True, False}
    assert read


def test_flags_are_read_as_the_file_says():
    assert Flags().read("AB") == {"A", "B"}
    assert Flags("long").read("AaBb") == {"Aa", "Bb"}
    assert Flags("num").read("1,22") == {"1", "22"}
    assert Flags("", {"1": "AB", "2": "C"}).read("2") == {"C"}


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"SET UTF-8\n", "UTF-8"),
        (b"\xef\xbb\xbfSET UTF-8\n", "UTF-8"),
        (b"# x\r\nSET KOI8-R\r\n", "KOI8-R"),
        (b"SET microsoft-cp1251\n", "cp1251"),
        (b"TRY abc\n", "iso8859-1"),
    ],
)
def test_the_encoding_is_the_one_the_rules_name(data, encoding):
    assert declared(data) == encoding
