"""The functions a program calls."""

import pytest

import aligntool
from aligntool.errors import ModelError
from aligntool.records import Bitext, Document


def test_every_public_name_is_there_and_documented():
    for name in aligntool.__all__:
        assert getattr(aligntool, name).__doc__, name
    with pytest.raises(AttributeError):
        aligntool.nothing_of_that_name  # noqa: B018 - the look-up is the point


def test_segment_flag_and_repair_an_english_text():
    draft = aligntool.segment("The two countries signed the the treaty . It holds.", lang="en")
    flags = aligntool.flag(draft)
    assert {flag.text for flag in flags} >= {"the the"}
    sure = [flag for flag in flags if flag.fix is not None and flag.confidence >= 0.9]
    clean = aligntool.repair(draft, sure)
    assert isinstance(clean, Document)
    assert str(clean) == "The two countries signed the treaty. It holds."


def test_segment_detects_the_language():
    assert aligntool.segment("De president is gisteren weer naar huis gegaan, zegt hij.").lang == "nl"


def test_translate_gives_a_bitext_sentence_by_sentence():
    draft = aligntool.segment("De trein is te laat.\n\nHet regent.", lang="nl")
    bitext = aligntool.translate(draft)
    assert isinstance(bitext, Bitext)
    assert bitext.target.lang == "en"
    assert [s.lead for s in bitext.target.segments] == ["", "\n\n"]
    assert all(text.strip() for text in bitext.target.texts)


def test_translate_without_a_package_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    with pytest.raises(ModelError) as caught:
        aligntool.translate(Document("sw", (aligntool.Segment("Habari ya asubuhi."),)))
    assert "aligntool models install sw en" in caught.value.hint


def test_align_pairs_two_documents_and_diff_compares_two_versions():
    source = aligntool.segment("Het regent. De trein is te laat vandaag.", lang="nl")
    target = aligntool.segment("It rains. The train is late today.", lang="en")
    bitext = aligntool.align(source, target)
    assert [(b.source.size, b.target.size) for b in bitext.beads] == [(1, 1), (1, 1)]
    other = aligntool.Bitext(
        source, aligntool.segment("It rains. The bus is late today.", lang="en"), bitext.beads
    )
    (edit,) = aligntool.diff(bitext, other)
    assert (edit.text, edit.fix) == ("train", "bus")
    assert aligntool.repair(bitext, [edit]) == other


def test_align_takes_translations_and_a_lexicon_and_says_so():
    source = aligntool.segment("Het regent. De trein is te laat vandaag.", lang="nl")
    target = aligntool.segment("It rains. The train is late today.", lang="en")
    help_ = {"source_mt": ("It rains.", "The train is late."), "lexicon": [("trein", "train")]}
    bitext = aligntool.align(source, target, **help_)
    assert bitext.target.trail[-1].endswith(",mt=source,lexicon=1")
    assert [bead.target for bead in bitext.beads] == [(0, 1), (1, 2)]
    with pytest.raises(aligntool.AligntoolError, match="1 texts for 2 segments"):
        aligntool.align(source, target, target_mt=["one"])
    with pytest.raises(aligntool.AligntoolError, match="magic"):
        aligntool.align(source, target, "magic")
