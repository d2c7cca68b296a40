"""Which translation belongs to which original."""

from pathlib import Path

import pytest

from aligntool.errors import InputError
from aligntool.partners import Side, match


@pytest.fixture
def folder(tmp_path):
    """Make files of that name; returns the folder."""

    def make(name, *files):
        for file in files:
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("Een zin.\n", encoding="utf-8")
        return tmp_path / name

    return make


def found(source, given, out=Path("out"), langs=("", ""), aids=(None, None)):
    sides = (Side(path, lang, aid) for path, lang, aid in zip((source, given), langs, aids, strict=True))
    return match(*sides, out, ".tsv")


def names(pairs):
    return {one.name: (one.source.name, one.given.name) for one in pairs}


def test_two_files_are_a_pair_called_by_the_original_without_its_language(folder):
    here = folder("a", "kop.nl.txt", "kop.en.txt", "x.txt", "y.nl", "z.polish.txt")
    (one,), _ = found(here / "kop.nl.txt", here / "kop.en.txt")
    assert (one.name, one.langs, one.target) == ("kop", ("nl", "en"), Path("out/kop.tsv"))
    (one,), _ = found(here / "x.txt", here / "y.nl", Path("pair.tsv"))
    assert (one.name, one.langs, one.target) == ("x", ("", "nl"), Path("pair.tsv"))
    (one,), _ = found(Path("-"), here / "z.polish.txt", Path("-"))
    assert (one.name, one.langs, one.target) == ("z.polish", ("", ""), Path("-"))


def test_two_folders_pair_by_name_and_say_what_stays_alone(folder):
    dutch = folder("nl", "a.txt", "b.nl.txt", "sub/c.md", "alone.txt", "photo.jpg")
    english = folder("en", "a.en.txt", "b.html", "sub/c.txt")
    pairs, alone = found(dutch, english)
    assert names(pairs) == {
        "a": ("a.txt", "a.en.txt"),
        "b": ("b.nl.txt", "b.html"),
        "sub/c": ("c.md", "c.txt"),
    }
    assert [one.target for one in pairs][-1] == Path("out/sub/c.tsv")
    assert len(alone) == 1
    assert "alone.txt" in alone[0]


def test_one_folder_holds_both_sides_when_the_languages_are_named(folder):
    both = folder("both", "a.nl.txt", "a.en.txt", "b.txt", "b.en.txt")
    pairs, alone = found(both, both, langs=("nl", "en"))
    assert names(pairs) == {"a": ("a.nl.txt", "a.en.txt"), "b": ("b.txt", "b.en.txt")}
    assert alone == []
    with pytest.raises(InputError, match="--from and --to"):
        found(both, both)


def test_translations_made_elsewhere_are_found_by_name_and_missed_aloud(folder):
    dutch, english, mt = folder("nl", "a.txt", "b.txt"), folder("en", "a.txt", "b.txt"), folder("mt", "a.txt")
    pairs, alone = found(dutch, english, aids=(mt, None))
    assert [one.source_mt and one.source_mt.name for one in pairs] == ["a.txt", None]
    assert "b: no translation for it" in alone[0]


@pytest.mark.parametrize(
    ("source", "given", "says"),
    [
        ("nl", "nl/a.txt", "one is a folder"),
        ("nl/a.txt", "nl/a.txt", "both sides"),
        ("nl/a.txt", "nothing.txt", "does not exist"),
        ("-", "-", "both sides"),
        ("nl", "other", "pairs up"),
    ],
)
def test_what_cannot_be_a_pair_is_refused(folder, monkeypatch, source, given, says):
    monkeypatch.chdir(folder("nl", "a.txt").parent)
    folder("other", "b.txt")
    with pytest.raises(InputError, match=says) as caught:
        found(Path(source), Path(given))
    assert caught.value.hint


def test_several_pairs_do_not_fit_on_standard_output(folder):
    with pytest.raises(InputError, match="standard output"):
        found(folder("nl", "a.txt"), folder("en", "a.txt"), Path("-"))
