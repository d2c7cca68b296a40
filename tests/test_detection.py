import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect import DetectorFactory

from aligntool.detection import Detection, detect
from aligntool.languages import NAMES

SAMPLES = {
    "nl": "De regering in Den Haag heeft besloten dat er geen nieuwe onderhandelingen met Moskou komen.",
    "en": "The government decided yesterday that there would be no new talks with the eastern neighbour.",
    "fr": "Le gouvernement a décidé hier qu’il n’y aurait pas de nouvelles négociations avec son voisin.",
    "de": "Die Regierung hat gestern beschlossen, dass es keine neuen Gespräche mit dem Nachbarn geben wird.",
    "es": "El gobierno decidió ayer que no habrá nuevas negociaciones con el país vecino este año.",
    "it": "Il governo ha deciso ieri che non ci saranno nuovi negoziati con il paese vicino quest’anno.",
    "pl": "Rząd postanowił wczoraj, że nie będzie nowych negocjacji z sąsiadem aż do końca przyszłego roku.",
    "ru": "Правительство вчера решило, что новых переговоров с соседней страной в этом году не будет.",
    "uk": "Уряд учора вирішив, що нових переговорів із сусідньою країною цього року не буде взагалі.",
    "nb": "Regjeringen bestemte i går at det ikke blir noen nye forhandlinger med nabolandet før neste år.",
    "ar": "قررت الحكومة أمس أنه لن تكون هناك مفاوضات جديدة مع الدولة المجاورة خلال هذا العام.",
    "hi": "सरकार ने कल फैसला किया कि इस साल पड़ोसी देश के साथ कोई नई बातचीत नहीं होगी।",
    "zh": "政府昨天决定，今年将不再与邻国举行新的谈判，两国关系因此受到影响。",
    "ja": "政府はきのう、ことしは隣国との新たな交渉を行わないことを決めました。",
    "ko": "정부는 어제 올해 이웃 나라와 새로운 협상을 하지 않기로 결정했다고 밝혔다.",
    "el": "Η κυβέρνηση αποφάσισε χθες ότι δεν θα υπάρξουν νέες διαπραγματεύσεις φέτος.",
    "he": "הממשלה החליטה אתמול שלא יתקיים משא ומתן חדש עם המדינה השכנה במהלך השנה.",
    "th": "เมื่อวานนี้รัฐบาลตัดสินใจว่าจะไม่มีการเจรจาครั้งใหม่กับประเทศเพื่อนบ้านในปีนี้",
}
CANDIDATES = ("nl", "fr", "de", "es", "en")


@pytest.mark.parametrize("lang", SAMPLES)
def test_a_sentence_is_told_with_and_without_candidates(lang):
    assert detect(SAMPLES[lang]).lang == lang
    assert detect(SAMPLES[lang], CANDIDATES).lang == lang


@pytest.mark.parametrize("lang", ["nl", "en", "fr", "de"])
def test_capitals_do_not_mislead(lang):
    assert detect(SAMPLES[lang].upper(), CANDIDATES).lang == lang


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "2019 14:30 3.50",
        "Beijing",
        "Xi Jinping",
        "Ja, goed zo.",
        "?!…",
        "��",
        "\x00" * 99,
        "https://www.example.org/de/het/een/artikel/over/de/oorlog.html naar jan@voorbeeld.example.org",
    ],
)
def test_too_little_evidence_is_undetermined(text):
    assert detect(text, CANDIDATES) == Detection("und", 0.0, "none")


def test_the_evidence_limit_can_be_moved():
    assert detect("Het regent vandaag heel hard.", ["nl", "en"]).lang == "und"
    assert detect("Het regent vandaag heel hard.", ["nl", "en"], min_letters=10).lang == "nl"


def test_candidates_decide_short_texts_that_are_near_relatives():
    line = "Met wie was hij daar in die stad?"
    assert detect(line, min_letters=20).lang == "af"
    assert detect(line, ["nl", "en"], min_letters=20).lang == "nl"


def test_unknown_candidates_are_ignored():
    assert detect(SAMPLES["nl"], ["xx", "", "no-such", "Dutch"]).lang == "nl"


def test_scripts_that_decide_need_no_statistics():
    assert detect(SAMPLES["zh"]).method == "script"
    assert detect(SAMPLES["ru"]).method == "ngrams"
    assert 0 < detect(SAMPLES["zh"] + " Vladimir Putin").margin < 1
    assert detect(SAMPLES["en"] + " 北京").lang == "en"


def test_only_the_beginning_is_read():
    assert detect((SAMPLES["nl"] + " ") * 30 + (SAMPLES["fr"] + " ") * 3000).lang == "nl"


def test_answers_do_not_depend_on_order_or_threads():
    texts = [text[:size] for text in SAMPLES.values() for size in (25, 45, 60, 200)]
    expected = {text: detect(text, CANDIDATES) for text in texts}
    random.Random(3).shuffle(texts)  # noqa: S311 - an order, not a secret
    with ThreadPoolExecutor(4) as pool:
        for text, found in zip(texts, pool.map(lambda text: detect(text, CANDIDATES), texts), strict=True):
            assert found == expected[text]


def test_another_users_seed_changes_nothing():
    expected = detect("Beijing en Moskou tekenen een verdrag over handel.", ["nl"])
    DetectorFactory.seed = 12345
    try:
        assert detect("Beijing en Moskou tekenen een verdrag over handel.", ["nl"]) == expected
    finally:
        DetectorFactory.seed = None


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300), st.integers(0, 60))
def test_no_text_makes_it_raise(text, min_letters):
    found = detect(text, CANDIDATES, min_letters)
    assert found.lang in NAMES
    assert 0 <= found.margin <= 1
    assert (found.lang == "und") == (found.method == "none")


@pytest.mark.parametrize("number", range(5))
def test_seeds_are_told(shared, number):
    (path,) = (shared / "seeds").glob(f"{number:03}_*.txt")
    assert detect(path.read_text("utf-8"), CANDIDATES).lang == ("en" if number else "nl")


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_five_sentences_of_news_are_always_told(shared, lang):
    lines = (shared / f"bench/mt/flores-dev.{lang}").read_text("utf-8").splitlines()
    for first in range(0, 250, 5):
        assert detect("\n".join(lines[first : first + 5]), CANDIDATES).lang == lang
