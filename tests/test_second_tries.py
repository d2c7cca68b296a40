"""What a first output lacks: told, put into the source, and the better of two outputs kept."""

import re
from dataclasses import dataclass, field

import pytest
from engines import WordByWord
from hypothesis import given
from hypothesis import strategies as st

from aligntool import pipeline
from aligntool.bilingual import JOINTS, LANGUAGES, Phrases, Words, parted
from aligntool.coverage import Coverage
from aligntool.files import read_table
from aligntool.glossary import Glossary
from aligntool.records import Document, Segment
from aligntool.retries import rendered
from aligntool.wordlore import word_table

WORDS = Words(
    [
        {"word": "brand", "english": "fire:60 blaze:10"},
        {"word": "blussen", "english": "extinguish:31 douse:9"},
        {"word": "meestal", "english": "usually:7"},
        {"word": "steenkool", "english": "coal:70"},
        {"word": "uitvoer", "english": "exports:55 export:30"},
    ]
)
DUTCH = Coverage(WORDS, JOINTS["nl"])
FRENCH = Coverage({"amitié": {"friendship": 0.62}, "incendie": {"fire": 0.5}, "école": {"school": 0.9}})


# --- what is missing ---


def test_a_word_is_there_in_any_rendering_and_any_form():
    assert DUTCH.missing("een brand blussen", "a blaze was extinguished") == []
    assert DUTCH.missing("een brand blussen", "a FIRE, doused") == []
    assert DUTCH.missing("een brand blussen", "a brand blusses") == ["brand", "blussen"]


def test_what_only_begins_alike_and_what_was_copied_is_no_rendering():
    words = Coverage(
        {"alliantie": {"alliance": 0.9}, "film": {"film": 0.9}, "lief": {"list": 0.1, "sweet": 0.5}}
    )
    assert words.missing("een alliantie", "the allians of an alliantie") == ["alliantie"]
    assert words.missing("een alliantie", "alliances") == []
    assert words.missing("een film", "the film") == []
    assert words.missing("een lief", "a lief") == ["lief"]


def test_names_short_words_and_unsure_ones_are_let_be():
    assert DUTCH.missing("de heer Brand, meestal", "nothing") == []
    assert DUTCH.missing("Brand blussen", "nothing") == ["Brand", "blussen"]
    assert DUTCH.missing("BRAND BLUSSEN", "nothing") == []
    assert Coverage({"het": {"fire": 0.5}}).missing("het", "nothing") == []
    assert Coverage({"zee": {"sea": 0.9}}).missing("de zee", "nothing") == ["zee"]
    assert Coverage(WORDS, known={"brand"}).missing("een brand blussen", "nothing") == ["blussen"]


def test_a_capital_is_no_name_where_a_sentence_or_a_quotation_begins_or_where_english_has_one_too():
    words = Coverage({"brand": {"fire": 0.9}, "deense": {"Danish": 0.9}})
    assert words.missing("‘Brand!’ Brand. Kok: Brand, heer Brand", "x") == ["Brand", "Brand", "Brand"]
    assert words.applied("een Deense boer", "a boer") == "een Danish boer"
    assert words.missing("een Deense boer", "a danish boer") == []


def test_what_people_wrote_goes_before_what_was_counted():
    words = Words(
        [{"word": "erop", "english": "insists:11"}, {"word": "oorlog", "english": "war:62"}],
        [{"word": "erop", "english": "-"}, {"word": "handelsoorlog", "english": "trade war|tariff fight"}],
    )
    table = Coverage(words, JOINTS["nl"])
    assert table.applied("erop, een handelsoorlog", "x") == "erop, een trade war"
    assert table.missing("een handelsoorlog", "war of trade") == []
    assert table.missing("een handelsoorlog", "a war") == ["handelsoorlog"]
    assert (len(words), "erop" in words, sorted(words)) == (3, True, ["erop", "handelsoorlog", "oorlog"])


def test_nothing_is_put_into_addresses_and_placeholders():
    text = "zie https://brand.example/brand en {brand}: brand"
    assert DUTCH.applied(text, "nothing") == "zie https://brand.example/brand en {brand}: fire"


def test_the_rendering_takes_the_capital_and_what_is_fused_before_it_comes_loose():
    assert DUTCH.applied("Brand blussen.", "Nothing.") == "Fire extinguish."
    assert FRENCH.applied("L’amitié d'école, qu'incendie", "x") == "The friendship of school, qu' fire"


def test_a_compound_is_put_as_its_parts_are_and_its_last_part_shows_it_came_out():
    assert DUTCH.applied("de steenkooluitvoer daalt", "it falls") == "de coal exports daalt"
    assert DUTCH.missing("de steenkooluitvoer daalt", "the exporting of carbon falls") == []
    assert Coverage(WORDS).missing("de steenkooluitvoer", "x") == []


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("steenkooluitvoer", ("steenkool", "uitvoer")),
        ("steenkoolsuitvoer", ("steenkool", "uitvoer")),
        ("steenkool", None),
        ("uitvoerx", None),
        ("brandbrand", ("brand", "brand")),
        ("brandebrand", None),
        ("", None),
    ],
)
def test_compounds_are_parted_at_words_that_are_known(word, parts):
    assert parted(word, WORDS, ("", "s")) == parts


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_is_put_in_is_exactly_what_is_missing(text, output):
    missing = DUTCH.missing(text, output)
    assert (DUTCH.applied(text, output) == text) == (not missing)


FIXED = Phrases(
    [
        {"phrase": "op voet van oorlog", "english": "on a war footing|at war"},
        {"phrase": "op voet", "english": "on foot"},
        {"phrase": "brand blussen", "english": "put out a fire"},
        {"phrase": "d'ores et déjà", "english": "already"},
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zij leven op voet van oorlog.", ["op voet van oorlog"]),
        ("Zij leven op voet, van oorlog.", ["op voet"]),
        ("Op voet van oorlog en op\u00a0voet", ["Op voet van oorlog", "op\u00a0voet"]),
        ("C’est d’ores et déjà fait", ["d’ores et déjà"]),
        ("op", []),
        ("op; voet", []),
        ("", []),
    ],
)
def test_phrases_are_found_where_their_words_stand_together(text, found):
    assert [text[start:end] for start, end, _ in FIXED.found(text)] == found


def test_a_translation_is_held_to_a_phrase_and_not_to_its_words():
    held = Coverage(WORDS, phrases=FIXED)
    assert held.missing("een brand blussen", "they blaze and extinguish") == ["brand blussen"]
    assert held.missing("een brand blussen", "putting out fires") == []
    assert held.missing("een brand", "x") == ["brand"]
    assert held.applied("Zij leven op voet van oorlog.", "x") == "Zij leven on a war footing."
    assert (
        held.applied("Zij leven op voet van oorlog.", "They are at war.") == "Zij leven op voet van oorlog."
    )
    assert held.applied("Brand blussen, brand, op voet", "x") == "Put out a fire, fire, on foot"


# --- the tables ---


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_that_people_wrote_is_in_order(lang):
    rows = list(read_table(f"phrases-{lang}"))
    phrases = [row["phrase"] for row in rows]
    assert phrases == sorted(set(phrases))
    assert len(phrases) > 1_000
    for row in rows:
        renderings = row["english"].split("|")
        assert len(set(renderings)) == len(renderings), row
        assert all(re.fullmatch(r"[\w'.&/-]+(?: [\w'.&/-]+){0,5}", one) for one in renderings), row
        assert 1 < len(re.findall(r"\w+", row["phrase"])) < 8, row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_that_people_wrote_is_in_order(lang):
    rows = list(read_table(f"glosses-{lang}"))
    words = [row["word"] for row in rows]
    assert words == sorted(set(words))
    assert len(words) > 11_000
    for row in rows:
        renderings = row["english"].split("|")
        assert len(set(renderings)) == len(renderings), row
        assert all(re.fullmatch(r"[\w'.&/-]+(?: [\w'.&/-]+){0,3}", one) for one in renderings), row
        assert row["word"] == row["word"].strip().lower(), row
        assert row.get("known", "") in {"", "x"}, row


# --- the second try ---


@dataclass
class Scripted(WordByWord):
    """Says what it is told to for some texts."""

    says: dict[str, str] = field(default_factory=dict)

    def _one(self, text):
        return self.says.get(text, super()._one(text))


def test_the_second_output_is_kept_when_less_is_missing():
    engine = Scripted(says={"de brand": "the brandy", "de fire": "the fire"})
    assert rendered(["de brand", "het huis"], engine, [DUTCH]) == ["the fire", "the huisen"]
    assert engine.seen == ["de brand", "het huis", "de fire"]


def test_of_what_the_beam_held_the_one_that_lacks_least_is_taken():
    class Held(Scripted):
        def hypotheses(self, texts, *, wide=False):  # noqa: ARG002 - the protocol's
            return [[self._one(text), "a blaze", "a fire"] for text in texts]

    engine = Held(says={"de brand": "the brandy", "de fire": "the fire"}, copies=True)
    assert rendered(["de brand"], engine, [DUTCH]) == ["a blaze"]
    assert engine.seen == []
    engine.copies = False
    assert rendered(["de brand"], engine, [DUTCH]) == ["the fire"]


def test_a_second_try_looks_further_than_the_first():
    class Held(Scripted):
        def hypotheses(self, texts, *, wide=False):
            self.seen += texts
            return [[self._one(text), *(["the fire"] if wide else [])] for text in texts]

    engine = Held(says={"de brand": "the brandy", "de fire": "the firm"}, copies=True)
    assert rendered(["de brand"], engine, [DUTCH]) == ["the fire"]
    assert engine.seen == ["de brand", "de fire"]


@pytest.mark.parametrize("second", ["the fires of fire of fire of fire", "the the fire", "the brandy"])
def test_an_output_that_repeats_itself_or_helps_nothing_is_not_kept(second):
    engine = Scripted(says={"de brand": "the brandy", "de fire": second})
    assert rendered(["de brand"], engine, [DUTCH]) == ["the brandy"]


def test_words_are_put_in_beside_names_and_may_not_cost_one():
    names = Glossary({"Poetin": "Putin"})
    says = {
        "Poetin wil brand": "Poet wants",
        "Putin wil brand": "Putin wants",
        "Putin wil fire": "Putin wants fire",
    }
    assert rendered(["Poetin wil brand"], Scripted(says=says), [names, DUTCH]) == ["Putin wants fire"]
    says["Putin wil fire"] = "He wants fire"
    assert rendered(["Poetin wil brand"], Scripted(says=says), [names, DUTCH]) == ["Putin wants"]


def test_every_text_is_told_of_once_it_is_finished():
    told = []
    texts = [f"de brand {number}" for number in range(600)]
    rendered(texts, WordByWord(), [DUTCH], told.append)
    assert sum(told) == 600
    assert len(told) > 1


def test_only_an_engine_that_copies_is_helped_with_words():
    document = Document("nl", (Segment("de brand"),))
    plain, copying = WordByWord(), WordByWord(copies=True)
    pipeline.translate([document], plain)
    pipeline.translate([document], copying)
    assert plain.seen == ["de brand"]
    assert copying.seen == ["de brand", "de fire"]


def test_dutch_names_are_known_in_the_genitive_too():
    names, *_ = pipeline.aids(WordByWord())
    assert names.applied("Poetins plan en Poetin zelf") == "Putin's plan en Putin zelf"
    assert names.missing("Poetins plan", "Putin’s plan") == []
    french, *_ = pipeline.aids(WordByWord(source="fr"))
    assert french.missing("Poutines", "x") == []


def test_the_tables_part_dutch_words_that_no_table_holds():
    words = word_table("nl", "en")
    assert "torenwandeling" not in words
    assert pipeline.aids(WordByWord(copies=True))[-1].applied("een torenwandeling", "x") == "een tower walk"
    assert len(word_table("nl", "fr")) == len(word_table("sv", "en")) == 0


def test_english_is_held_to_the_words_of_the_same_table_turned_round():
    words = word_table("en", "fr")
    assert max(words["treaty"], key=words["treaty"].get) == "traité"
    assert "effondraient" in words["collapsed"]
    assert "which" in words.known
    helps = pipeline.aids(WordByWord(source="en", target="fr", copies=True))[-1]
    assert helps.missing("the treaty collapsed", "le traité s'est effondré") == []
    assert helps.applied("the treaty and the vaccine", "le vaccin") == "the traité and the vaccine"


def test_names_are_put_in_the_language_translated_into_where_it_has_one_for_them():
    names, *_ = pipeline.aids(WordByWord(source="en", target="fr"))
    assert names.applied("Egypt, the UN and Belarus") == "Égypte, the ONU and Belarus"
    assert names.missing("the White House", "la Maison Blanche") == []
    for other in ("sv", "de", "es"):
        assert pipeline.aids(WordByWord(source="en", target=other))[0].terms == {}


def test_of_two_spellings_of_one_word_of_english_the_surer_counts():
    words = Words(
        [{"word": "cirer", "english": "polish:8"}], [{"word": "polonaise", "english": "Polish|polish"}]
    )
    assert words.turned()["polish"] == {"polonaise": 0.45, "cirer": 0.04}
