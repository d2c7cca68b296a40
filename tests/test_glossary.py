"""Fixed terms: found, missed, put in; and a second try where one did not come out."""

import pytest
from engines import WordByWord
from hypothesis import given
from hypothesis import strategies as st

from aligntool import pipeline
from aligntool.errors import InputError
from aligntool.files import read_glossary
from aligntool.glossary import Glossary, of_rows
from aligntool.records import Document, Segment

NAMES = Glossary({"Den Haag": "The Hague", "Haag": "Hedge", "Poetin": "Putin", "Noord-Korea": "North Korea"})


def test_the_longest_term_is_found_and_capitals_count():
    assert [NAMES.terms.get(t) for t in ("Den Haag",)] == ["The Hague"]
    assert (
        NAMES.applied("In Den Haag, zei Poetin, groeit een Haag.")
        == "In The Hague, zei Putin, groeit een Hedge."
    )
    assert NAMES.applied("poetin den haag Poetinisme") == "poetin den haag Poetinisme"
    assert NAMES.applied("Noord-Korea’s leger") == "Noord-Korea’s leger"


def test_missing_names_what_did_not_come_out():
    text = "Poetin was in Den Haag."
    assert NAMES.missing(text, "Putin was in Hague.") == ["The Hague"]
    assert NAMES.missing(text, "Putin was in the Hague.") == []
    assert NAMES.missing(text, "PUTIN WAS IN THE HAGUE.") == []
    assert NAMES.missing(text, "putin was in The Hague.") == ["Putin"]
    assert NAMES.missing(text, "Putins was in The Hagues.") == ["Putin", "The Hague"]


@given(st.text(max_size=60))
def test_a_text_without_terms_is_left_alone(text):
    assert Glossary({"Zwaardvis": "swordfish"}).applied(text) == text or "Zwaardvis" in text


def test_rows_with_a_context_or_little_confidence_are_left_to_the_checks():
    row = {"lang": "nl", "original": "VN", "suggestion": "UN", "confidence": "0.95", "context": ""}
    assert of_rows([row], "nl", 0.9).terms == {"VN": "UN"}
    assert of_rows([row | {"context": "+un"}], "nl", 0.9).terms == {}
    assert of_rows([row | {"confidence": "0.85"}], "nl", 0.9).terms == {}
    assert of_rows([row], "fr", 0.9).terms == {}


class Forgetful(WordByWord):
    """Renders a Dutch name badly, but copies an English one."""

    def _one(self, text):
        return super()._one(text).replace("Poetinen", "the Poet").replace("Putinen", "Putin")


def test_a_name_that_did_not_come_out_is_tried_again_with_the_name_put_in():
    engine = Forgetful()
    document = Document("nl", (Segment("de heer Poetin"), Segment("de heer Jansen", " ")))
    (bitext,) = pipeline.translate([document], engine)
    assert "de heer Putin" in engine.seen
    assert not any("Jansen" in text for text in engine.seen[2:])
    assert bitext.target.texts[0] == "the heeren Putin"


def test_a_users_term_goes_before_the_built_in_name():
    engine = WordByWord()
    document = Document("nl", (Segment("het huis"),))
    pipeline.translate([document], engine, terms=[("huis", "premises")])
    assert engine.seen == ["het huis", "het premises"]


def test_a_glossary_file_is_read_and_its_faults_named(tmp_path):
    path = tmp_path / "terms.tsv"
    path.write_text(
        "# mine\n\nkabinet\tcabinet\n Tweede Kamer \tHouse of Representatives\n", encoding="utf-8"
    )
    assert read_glossary(path) == (("kabinet", "cabinet"), ("Tweede Kamer", "House of Representatives"))
    path.write_text("kabinet\tcabinet\nkamer\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_glossary(path)
