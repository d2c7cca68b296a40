"""Dictionaries a user has: found, opened when asked, put to the spelling check, remembered by checksum."""

import json
import os
import subprocess
import sys

import pytest
from engines import WordByWord, serving

from aligntool import dictionaries, pipeline, runners
from aligntool.dictionaries import given, installed
from aligntool.errors import InputError
from aligntool.pipeline import Extras, Settings
from aligntool.plans import plan
from aligntool.runners import Options

SYSTEM = dictionaries._SYSTEM
RULES = "SET UTF-8\nSFX S Y 1\nSFX S 0 s [^s]\n"
FRENCH = ("dépanneur/S", "quelque/S", "goujat/S", "moindre/S", "vraiment", "clairon/S")
DUTCH = ("verzuiling", "moeras", "vraiment")
TEXT = "The minister met the goujats of the party. They were moindres in number.\n"
ONE = "The minister met the goujats of the party.\n"


def write(folder, name, words, rules=RULES):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.aff").write_text(rules, encoding="utf-8")
    path = folder / f"{name}.dic"
    path.write_text("\n".join([str(len(words)), *words, ""]), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder of its own, and no folder of the system."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DICPATH", raising=False)
    monkeypatch.setattr(dictionaries, "_SYSTEM", ())
    return tmp_path / "home"


def found():
    return [(one.lang, one.name) for one in installed(pytest.fail)]


def spelling(text, *readers, origin="", level="normal"):
    document = pipeline.english("a.txt", text, Settings())
    extras = Extras(origin=origin, dictionaries=readers)
    checked = pipeline.check("a", document, level, extras=extras)
    return [(f.text, f.category, f.evidence.get("lang")) for f in checked.flags if f.check == "spelling"]


# Where they lie.


def test_one_dictionary_a_language_is_found_the_nearer_before_the_farther(home, tmp_path, monkeypatch):
    share = home / ".local" / "share" / "hunspell"
    for name in ("fr_CA", "fr_FR", "fr", "nl_BE", "nl_NL", "de_CH", "de_AT", "hyph_fr", "README"):
        write(share, name, FRENCH)
    (share / "es.dic").write_text("1\nabc\n", encoding="utf-8")
    write(home / "Library" / "Spelling", "de_DE", FRENCH)
    assert found() == [("de", "de_AT"), ("fr", "fr"), ("nl", "nl_NL")]
    write(tmp_path / "mine", "fr_CH", FRENCH)
    monkeypatch.setenv("DICPATH", f"{tmp_path / 'nowhere'}{os.pathsep}{tmp_path / 'mine'}")
    assert ("fr", "fr_CH") in found()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("place", SYSTEM)
def test_those_of_the_system_and_of_libreoffice_are_found_and_where_there_are_none_nothing(
    place, tmp_path, monkeypatch
):
    monkeypatch.setattr(dictionaries, "_SYSTEM", (str((tmp_path / place).relative_to("/")),))
    assert found() == []
    write(tmp_path / place.replace("*", "7"), "it_IT", FRENCH)
    assert found() == [("it", "it_IT")]


def test_a_dictionary_is_opened_once_and_only_when_it_is_asked(home, monkeypatch):
    write(home / ".local" / "share" / "hunspell", "fr", FRENCH)
    opened = []
    real = dictionaries._book
    monkeypatch.setattr(dictionaries, "_book", lambda path: opened.append(path.stem) or real(path))
    (reader,) = installed(pytest.fail)
    assert spelling("The minister met the party.\n", reader) == []
    assert opened == []
    assert spelling(TEXT, reader)
    assert spelling(TEXT, reader)
    assert opened == ["fr"]


# Bad ones.


BAD = {
    "a rule is ragged": (RULES + "SFX S 0\n", "1\nabc\n", "line 4"),
    "there is no number of words": (RULES, "abc\n", "line 1"),
    "the encoding is another": (RULES, "2\nl\xe9mpo\nm\xe9rty\n", "encoding"),
    "there is no such encoding": ("SET martian\n", "1\nabc\n", "martian"),
    "the encoding is no encoding of text": ("SET base64\n", "1\nabc\n", "base64"),
    "it is UTF-16": ("SET UTF-16\n", "1\nabc\n", "utf-16"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_dictionary_that_is_named_is_an_error_and_one_that_is_found_a_remark(name, home):
    rules, words, message = BAD[name]
    path = write(home / ".local" / "share" / "hunspell", "fr", ())
    path.with_suffix(".aff").write_bytes(rules.encode("latin-1"))
    path.write_bytes(words.encode("latin-1"))
    with pytest.raises(InputError, match=message) as caught:
        given(path)
    assert str(path.with_suffix("")) in caught.value.message
    assert caught.value.hint
    said = []
    (reader,) = installed(said.append)
    assert [spelling(TEXT, reader), spelling(TEXT, reader)] == [spelling(TEXT), spelling(TEXT)]
    assert len(said) == 1
    assert "left out" in said[0]


def test_what_is_missing_or_of_no_language_is_named(tmp_path):
    with pytest.raises(InputError, match=r"fr\.dic does not exist"):
        given(tmp_path / "fr.dic")
    alone = tmp_path / "nl.dic"
    alone.write_text("2\nabc\ndef\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"nl\.aff does not exist"):
        given(alone)
    with pytest.raises(InputError, match="language"):
        given(write(tmp_path, "words", FRENCH))


def test_a_dictionary_that_went_away_knows_nothing_and_has_no_checksum(home):
    path = write(home / ".local" / "share" / "hunspell", "fr", FRENCH)
    said = []
    (reader,) = installed(said.append)
    path.unlink()
    assert spelling(TEXT, reader) == spelling(TEXT)
    assert reader.recorded() == {"lang": "fr", "name": "fr", "sha256": ""}
    assert "does not exist" in said[0]


# What they say.


def test_words_of_another_language_are_left_untranslated_not_misspelt(tmp_path):
    french = given(write(tmp_path, "fr_FR", FRENCH))
    assert ("goujats", "untranslated", "fr") not in spelling(TEXT)
    assert spelling(TEXT, french) == [("goujats", "untranslated", "fr"), ("moindres", "untranslated", "fr")]
    document = pipeline.english("a.txt", TEXT, Settings())
    flags = pipeline.check("a", document, "normal", extras=Extras(dictionaries=(french,))).flags
    assert flags[0].message == "“goujats” is a word of the French dictionary fr_FR and no English one."
    assert flags[0].evidence["dictionary"] == "fr_FR"
    assert flags[0].fix is None


def test_one_word_alone_may_be_a_loan_unless_the_language_is_known(tmp_path):
    french = given(write(tmp_path, "fr", FRENCH))
    assert spelling(ONE, french) == []
    assert spelling(ONE, french, level="thorough") == [("goujats", "untranslated", "fr")]
    assert spelling(ONE, french, origin="fr") == [("goujats", "untranslated", "fr")]
    assert spelling(f"{ONE}« No », « yes », « maybe ».\n", french) == [("goujats", "untranslated", "fr")]


def test_only_the_dictionary_of_the_language_it_came_from_is_asked(tmp_path):
    french, dutch = given(write(tmp_path, "fr", FRENCH)), given(write(tmp_path, "nl", DUTCH))
    text = "It was vraiment a verzuiling, a moeras.\n"
    assert spelling(text, french, dutch) == [
        (word, "untranslated", "nl") for word in ("vraiment", "verzuiling", "moeras")
    ]
    by_french = spelling(text, french, dutch, origin="fr")
    assert ("vraiment", "untranslated", "fr") in by_french
    assert "nl" not in {lang for _, _, lang in by_french}


def test_a_language_not_presumed_is_asked_where_the_user_names_it_or_its_dictionary(home):
    text = "It was vraiment a verzuiling, a moeras.\n"
    path = write(home / ".local" / "share" / "hunspell", "sv", DUTCH)
    (reader,) = installed(pytest.fail)
    assert spelling(text, reader) == spelling(text)
    assert [lang for _, _, lang in spelling(text, reader, origin="sv")] == ["sv"] * 3
    assert [lang for _, _, lang in spelling(text, given(path))] == ["sv"] * 3
    assert spelling(text, given(path), origin="nl") == spelling(text, origin="nl")


@pytest.mark.parametrize(
    "text",
    [
        "He called them “goujats” and “moindres”, as they do in Lyon.\n",
        "The Goujats met the Moindres in Lyon.\n",
        "See goujats.fr and moindres@example.org for more.\n",
    ],
)
def test_names_quotations_and_addresses_are_left_alone(tmp_path, text):
    assert spelling(text, given(write(tmp_path, "fr", FRENCH)), origin="fr") == []


def test_an_english_word_gone_wrong_stays_one(tmp_path):
    french = given(write(tmp_path, "fr", (*FRENCH, "recieved")))
    text = f"In March the men recieved the money. {TEXT}"
    for origin in ("", "fr"):
        assert ("recieved", "spelling", None) in spelling(text, french, origin=origin)


def test_words_of_an_english_dictionary_are_neither_slips_nor_foreign(tmp_path):
    english = given(write(tmp_path, "en_GB", ("goverment/S", "goujat/S")))
    text = "The goverments fell in March.\n"
    assert spelling(text)
    assert spelling(text, english) == []
    assert spelling(ONE, given(write(tmp_path, "fr", FRENCH)), english, origin="fr") == []


# What a re-run knows.


def test_a_dictionary_that_matters_makes_outputs_anew_and_no_other(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "en.txt").write_text(TEXT, encoding="utf-8")
    plans, _ = plan([tmp_path / "in"], tmp_path / "out", ".tsv")

    def run(*readers, origin=""):
        settings = Settings(extras=Extras(dictionaries=readers, origin=origin))
        (outcome,) = runners.run(plans, serving(WordByWord()), Options(settings))
        return outcome.state

    french = given(write(tmp_path / "a", "fr", FRENCH))
    assert [run(), run(french), run(french)] == ["made", "made", "reused"]
    trail = json.loads((tmp_path / "out" / "en.tsv.trail.json").read_text(encoding="utf-8"))
    recorded = trail["settings"]["extras"]["dictionaries"]
    assert recorded == [{"lang": "fr", "name": "fr", "sha256": french.digest()}]
    assert run(given(write(tmp_path / "b", "fr", FRENCH))) == "reused"
    assert run(given(write(tmp_path / "c", "fr", FRENCH[:-1]))) == "made"
    assert run(french, origin="fr") == "made"
    assert run(french, given(write(tmp_path / "a", "sv", FRENCH)), origin="fr") == "reused"


# On the command line.


def command(tmp_path, *args, **env):
    done = subprocess.run(
        [sys.executable, "-m", "aligntool", *map(str, args)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), **env},
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_dictionary_is_named_found_or_left_out(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    there = {"DICPATH": str(tmp_path / "dicts"), "ALIGNTOOL_DICTIONARY": ""}
    path = write(tmp_path / "dicts", "fr", FRENCH)
    flag = ("flag", "a.txt")
    without = command(tmp_path, *flag)
    assert "goujats" not in without[1]
    assert command(tmp_path, *flag, "--dictionary", "none", **there)[1] == without[1]
    assert "goujats" in command(tmp_path, *flag, "--dictionary", "none", "--dictionary", path)[1]
    assert "goujats" in command(tmp_path, *flag, **there)[1]
    other = write(tmp_path / "other", "fr_CH", DUTCH)
    assert "goujats" not in command(tmp_path, *flag, "--dictionary", other, **there)[1]
    code, _, err = command(tmp_path, "clean", "a.txt", "--dictionary", tmp_path / "no.dic")
    assert code == 2
    assert "no.dic" in err
