import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacremoses.corpus import NonbreakingPrefixes

from aligntool.errors import InputError
from aligntool.languages import _MOSES, CLOSERS, NAMES, OPENERS, _mapping, lexicon, name, quotes, script, tag
from aligntool.prefixes import prefixes


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("nl", "nl"),
        ("NL", "nl"),
        ("nl-BE", "nl"),
        ("pt_BR", "pt"),
        ("zh-cn", "zh"),
        ("zh-tw", "zh"),
        ("no", "nb"),
        ("nld", "nl"),
        ("fre", "fr"),
        ("iw", "he"),
        ("Dutch", "nl"),
        (" english ", "en"),
        ("und", "und"),
    ],
)
def test_codes_and_names_become_primary_tags(code, expected):
    assert tag(code) == expected


@pytest.mark.parametrize("code", ["", "klingon", "xx", "n", "../nl", "\ud800"])
def test_unknown_languages_are_a_user_error_with_a_hint(code):
    with pytest.raises(InputError) as error:
        tag(code)
    assert "unknown language" in error.value.message
    assert error.value.hint


def test_every_name_is_unique_and_leads_back_to_its_tag():
    assert len(set(NAMES.values())) == len(NAMES) > 80
    assert all(tag(label) == code for code, label in NAMES.items())
    assert name("nl") == "Dutch"
    assert name("qaa") == "qaa"


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("a", "Latn"),
        ("é", "Latn"),
        ("Ж", "Cyrl"),
        ("中", "Hani"),
        ("の", "Kana"),
        ("ي", "Arab"),
        ("한", "Hang"),
        ("က", "Mymr"),
        ("α", "Grek"),
        ("1", "Zyyy"),
        (" ", "Zyyy"),
        ("�", "Zyyy"),
        ("😀", "Zyyy"),
    ],
)
def test_blocks_tell_the_script(char, expected):
    assert script(char) == expected


@given(st.characters())
def test_every_character_has_a_script_or_none(char):
    assert len(script(char)) == 4


def test_quotes_open_and_close():
    assert quotes("fr") == "«»‹›"
    assert quotes("de") == "„“‚‘"
    assert quotes("nl") == quotes("qaa") == "“”‘’"
    for code in NAMES:
        outer_open, outer_close, inner_open, inner_close = quotes(code)
        assert {outer_open, inner_open} <= set(OPENERS)
        assert {outer_close, inner_close} <= set(CLOSERS)


def test_the_numeric_only_marker_is_respected_and_never_part_of_an_abbreviation():
    assert lexicon("en").kinds["No"] == "digits"
    assert lexicon("hu").kinds["aug"] == "digits"
    assert not any("#" in word or " " in word for code in NAMES for word in lexicon(code).kinds)


def test_lists_of_moses_and_our_own_are_joined_and_ours_win():
    dutch = lexicon("nl").kinds
    assert dutch["bgen"] == "never"  # theirs alone
    assert dutch["o.a"] == "never"  # ours alone
    assert lexicon("fr").kinds["etc"] == "plain"  # never, says theirs
    assert "10" not in lexicon("de").kinds
    assert "XIV" not in lexicon("pt").kinds


@pytest.mark.parametrize("code", ["nl", "fr", "de", "en", "es", "it", "pt"])
def test_main_languages_have_twenty_abbreviations_of_our_own_and_starters(code):
    words = lexicon(code)
    assert sum(kind != "plain" for kind in words.kinds.values()) > 100
    assert len(words.starters) > 30
    assert words.after_initial < words.starters


@pytest.mark.parametrize(
    ("code", "like", "word"),
    [
        ("da", "sv", "osv"),
        ("nb", "sv", "fil"),
        ("sr", "hr", "npr"),
        ("af", "nl", "bijv"),
        ("be", "ru", "млн"),
    ],
)
def test_languages_without_a_list_borrow_from_their_relatives(code, like, word):
    assert word in lexicon(code).kinds
    assert word in lexicon(like).kinds


def test_a_language_nobody_covers_knows_international_titles():
    assert lexicon("qaa").kinds["Mr"] == "never"
    assert lexicon("qaa") is lexicon("qaa")


def test_a_capital_at_the_start_of_a_sentence_does_not_hide_an_abbreviation():
    assert lexicon("nl").kinds["Bijv"] == "never"
    assert "V" not in lexicon("en").kinds  # "v." is versus, "V." an initial


def test_tables_load_without_the_lists():
    code = "import sys, aligntool.languages, aligntool.sentences, aligntool.detection; "
    code += "print(sorted({'sacremoses', 'langdetect', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_lists_are_those_that_sacremoses_reads_itself():
    read = NonbreakingPrefixes()
    langs = set(_mapping(_MOSES).values())
    assert len(langs) > 30
    for lang in langs:
        assert list(prefixes(lang)) == list(read.words(lang)), lang
