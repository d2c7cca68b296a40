"""The stages strung together, seen from outside."""

import pytest
from engines import WordByWord

from aligntool import pipeline, plugins
from aligntool.errors import InputError
from aligntool.pipeline import Settings
from aligntool.records import Bitext, Document, Segment
from aligntool.repairs import SURE

DUTCH = (
    "De regering heeft gisteren een akkoord gesloten. Het parlement stemt morgen.\n\nDe minister zwijgt.\n"
)


def test_prepare_reads_detects_and_segments_and_says_how():
    document = pipeline.prepare("a.txt", DUTCH, Settings())
    assert document.lang == "nl"
    assert len(document.segments) == 3
    assert str(document) == DUTCH
    assert [step.split(":")[0] for step in document.trail] == ["read", "detect", "segment"]
    assert document.trail[0] == "read:format=text"


def test_a_named_language_silences_detection():
    document = pipeline.prepare("a.txt", "Poetin", Settings(source="nl"))
    assert (document.lang, document.trail[1]) == ("nl", "detect:given,lang=nl")


def test_the_ending_chooses_the_format_and_an_option_overrides_it():
    text = "# Kop van het stuk over de regering\n\n- De minister zwijgt over het akkoord.\n"
    assert pipeline.prepare("a.md", text, Settings()).texts[0] == "Kop van het stuk over de regering"
    assert pipeline.prepare("a.md", text, Settings(format="text")).texts[0].startswith("# Kop")
    assert pipeline.prepare("a.unknown", text, Settings()).trail[0] == "read:format=text"


def test_too_little_text_to_tell_the_language_is_an_error_that_names_the_option():
    with pytest.raises(InputError) as caught:
        pipeline.prepare("a.txt", "1 2 3 ok", Settings())
    assert "--from" in caught.value.hint


def test_text_without_words_to_translate_is_an_error():
    with pytest.raises(InputError, match="no text"):
        pipeline.prepare("a.md", "```\nx = 1\n```\n", Settings(source="nl"))


def test_translate_keeps_layout_translates_repeats_once_and_reports_all():
    engine, told = WordByWord(), []
    first = pipeline.prepare("a.txt", DUTCH, Settings(source="nl"))
    second = Document("nl", (Segment("De minister zwijgt."), Segment("De zon schijnt.", "\n")), "\n\n")
    bitexts = pipeline.translate([first, second], engine, progress=told.append)
    assert [len(b.target.segments) for b in bitexts] == [3, 2]
    assert engine.seen.count("De minister zwijgt.") == 1
    assert sum(told) == 5
    assert (bitexts[1].target.segments[1].lead, bitexts[1].target.tail) == ("\n", "\n\n")
    assert bitexts[0].target.trail[-1] == "translate:wordbyword:1"


def test_known_sentences_are_not_decoded_again():
    engine = WordByWord()
    document = Document("nl", (Segment("De zon schijnt."),))
    (bitext,) = pipeline.translate([document], engine, {"De zon schijnt.": "The sun is out."})
    assert engine.seen == []
    assert bitext.target.texts == ("The sun is out.",)


def test_check_applies_only_fixes_that_are_sure_and_only_to_the_english():
    document = Document("en", (Segment("The the minister spoke ."), Segment("He left.", " ")))
    checked = pipeline.check("a", document, "normal")
    assert checked.clean.texts == ("The minister spoke.", "He left.")
    assert checked.bitext.target.texts == document.texts
    assert all(flag.fix is not None and flag.confidence >= SURE for flag in checked.applied)
    assert set(checked.applied) <= set(checked.flags)
    assert any(step.startswith("clean:fixes=") for step in checked.trail)


def test_the_source_of_a_bitext_is_never_changed():
    source = Document("nl", (Segment("Het het leger  vertrekt ."),))
    target = Document("en", (Segment("The the army leaves ."),))
    bitext = Bitext(source, target, pipeline.parallel(source, target).beads)
    checked = pipeline.check("a", bitext, "thorough")
    assert checked.bitext.source == source
    assert checked.clean.texts == ("The army leaves.",)


def test_higher_levels_show_at_least_what_lower_ones_do():
    text = (
        "Since 2019 the ONU is present in the country , and the relations are tightening. "
        "China as Russia dispute the order; she wants a Boundary friendship."
    )
    document = pipeline.english("a.txt", text, Settings())
    found = {
        level: {(f.check, f.segment, f.span) for f in pipeline.check("a", document, level).flags}
        for level in ("strict", "normal", "thorough")
    }
    assert found["strict"]
    assert found["strict"] <= found["normal"] <= found["thorough"]


def test_bilingual_checks_keep_quiet_without_a_source():
    bilingual = [check.name for check in plugins.load_all("checks") if check.bilingual]
    document = Document("en", (Segment("In 1998 there were 35 of them, het is waar dat niemand komt."),))
    assert not {flag.check for flag in pipeline.check("a", document, "thorough").flags} & set(bilingual)
