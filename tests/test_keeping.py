import pytest
from engines import WordByWord

from aligntool.glossary import Glossary
from aligntool.keeping import Keeping
from aligntool.pipeline import aids
from aligntool.retries import rendered

WORDS = {"beeld", "bron", "foto", "koude"}
RENAMED = [Glossary({"Den Haag": "The Hague", "Rome": "Roma"}).applied]


@pytest.mark.parametrize(
    ("text", "output", "lost"),
    [
        ("Het beeld van Getty", "The image", ["Getty"]),
        ("Het beeld van Getty", "Getty's image", []),
        ("De toespraak van Kuhrt in Orenburg", "Kuhrt's speech in Orenburgh", []),
        ("Kuhrt sprak.", "She spoke.", []),  # a word that opens a sentence may be none
        ("‘Kuhrt sprak.’", "She spoke.", []),
        ("Een nieuwe Koude Oorlog", "A new Cold War", ["Oorlog"]),  # unless the table has the word
        ("De bron is in Den Haag", "The source is in The Hague", []),
        ("De bron is in Rome", "The source is in the city", []),  # the glossary's to miss
        ("De foto is van José", "The photo is Jose's", []),
        ("Schrijf aan post@Getty.nl of NASA", "Write", []),
    ],
)
def test_a_name_that_did_not_come_out_is_missed(text, output, lost):
    assert Keeping(WORDS, RENAMED).missing(text, output) == lost


def test_a_sentence_that_has_the_name_is_found_further_down():
    class Held(WordByWord):
        def hypotheses(self, texts, *, wide=False):
            return [["the image", *(["the image of Getty"] if wide else [])] for _ in texts]

    engine = Held(copies=True)
    assert rendered(["het beeld van Getty"], engine, [Keeping(WORDS)]) == ["the image of Getty"]


def test_only_an_engine_that_is_helped_with_words_is_held_to_names():
    assert any(isinstance(aid, Keeping) for aid in aids(WordByWord(copies=True)))
    assert not any(isinstance(aid, Keeping) for aid in aids(WordByWord()))
