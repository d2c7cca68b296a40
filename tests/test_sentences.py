import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.bench.splitting import run
from aligntool.records import Document, Segment
from aligntool.sentences import segment, split

GERMAN = """
Die Kanzlerin traf am 3. Oktober in Peking ein.
Dort sprach sie mit Dr. Wang Li, dem Leiter des Instituts für Außenpolitik.
Nach Angaben von Prof. Dr. Schneider kostet das Vorhaben rund 1,5 Mrd. Euro.
Der Vertrag wurde 2019 unterzeichnet und läuft bis zum 31. Dezember 2029.
Im 19. Jahrhundert war die Grenze noch umstritten.
Heute liegt sie z. B. am Amur.
Die Zeitung zitierte u. a. Minister Weber und den Abgeordneten K. Lang.
„Wir sind keine Verbündeten“, sagte er.
„Wir sind Partner.“
Das klingt vorsichtig.
Doch was heißt das?
Nichts Gutes!
Am Montag, dem 15. Mai, begann das Manöver in der Ostsee.
Daran nahmen ca. 4.000 Soldaten teil, d. h. doppelt so viele wie im Vorjahr.
Russland lieferte 2,4 Mio. Fass Öl am Tag.
China zahlte in Yuan.
Der 1. FC Nordstadt verlor gegen die Mannschaft aus Minsk mit 0:3.
Das Spiel endete um 22.15 Uhr.
Friedrich II. von Preußen hätte sich gewundert.
Wilhelm I. auch.
Laut Art. 5 Abs. 2 des Abkommens sind Ausnahmen erlaubt.
Siehe dazu Bd. 3, S. 117 ff. der Sammlung.
Der Botschafter a. D. Heinrich Vogel widersprach.
Er lebt seit 2004 in Moskau, Nowosibirsk, Irkutsk usw.
Seine Bücher kennt kaum jemand.
Das Parlament stimmte mit 312 zu 298 Stimmen ab.
Drei Abgeordnete enthielten sich.
Man wartet nun auf die 2. Lesung im Bundesrat.
Die Firma Müller & Co. KG liefert Turbinen.
Sie sitzt in der Goethestraße 12 in Halle.
Der Umsatz stieg um 7,3 % auf 88 Mio. Euro.
Die Aktie verlor 4 Prozent.
Um ca. 14 Uhr trat Frau Dr. Meier vor die Presse.
Sie lächelte nicht.
„Haben Sie das gewusst?“
Keine Antwort.
„Nein …“
Dann schwieg er.
Am 9. November fiel die Mauer (vgl. Kap. 4).
Wer hätte das gedacht?
Die sog. Seidenstraße führt durch Kasachstan, Usbekistan und Turkmenistan.
Das sagte auch Gen. Petrow der Agentur.
Rom war schon 200 v. Chr. eine Großmacht.
Der Krieg endete 146 v. Chr.
Danach herrschte Ruhe.
Die USA schickten 3 Schiffe.
Der US-Präsident schwieg.
Beide Seiten, Nr. 1 und Nr. 2 der Weltwirtschaft, brauchen einander.
Ein Experte, der ungenannt bleiben will, nannte das „Theater“.
Ob das stimmt, ist offen …
Außenminister Lang reist am Freitag nach Ankara, Kairo und Riad.
Die Reise war lange geplant.
Bis dahin gilt die Regelung vom 1. Januar weiter.
So steht es im Bericht (S. 12).
Österreich, Ungarn, Serbien etc. warten ab.
Die Antwort lautete: nein.
Das Gericht sprach ihn frei, bzw. es stellte das Verfahren ein.
Er ist jetzt 42.
Die Richter waren sich einig.
Zum Schluss sang der Chor das Lied „Ade!“.
Alle standen auf.
Der Saal, so Hrn. Webers Bericht, war um 18 Uhr voll.
""".strip().splitlines()

# Sentences are separated by "|", which becomes a blank.
CASES = {
    "nl": [
        "De heer drs. J. de Vries woont in Den Haag.|Hij werkt er.",
        "Dr. A. De Wilde sprak.|Hij beriep zich o.a. op prof. De Boer.",
        "Het kostte 2,5 mln. euro.|’s Avonds vertrok hij.",
        "'s Middags regent het.|'t Is koud.|Zie z.o.z. Amsterdam.",
        "Zij woont in de VS.|De reis duurt lang.",
        "Hij kwam in 2019.|De rest volgde.",
        "Neem vitamine C.|De arts zegt het.",
        "Volgens mr. Jansen (bijv. China) is dat zo.|Nee!|Ja?|Goed…",
        "‘China wil niet praten.|Rusland ook niet.’|Zo eindigde het.",
        "De berg is 8481 m.|De top is spits.",
        "De oorlog loopt vast. , zoals verwacht.",
        "Het kwam door de Amerikanen. na de oorlog.",
        "Hij verkoopt appels, peren enz.|Xi koopt ze.",
        "In 1830 v.Chr. was dat anders.|Nu niet.",
    ],
    "en": [
        "Mr. Smith met Dr. Jones in Washington, D.C.|They talked.",
        "It opens at 9 a.m. on Monday.|It closes at 5 p.m.|However, staff stay.",
        "The U.S. Army left the U.S.|He came back.",
        "See No. 1 and fig. 3.|No.|Yes!",
        "“We are friends.|We are brothers.”|He left.",
        "J. K. Stone and J.R.R. Carter wrote it.",
        "He asked the mayor (?) John Field.|“Go!”|She went.",
        "Wait... what?|Wait…|What?",
        "The war slows down. , as has been seen.",
        "It was the Americans. after the war.",
        "He left.[3]|She stayed.¹²|Fine.",
        "Prices hit $5.|€4 is less.|#peace is not.",
        "1. First point.|2. Second point.",
        "The company fell.|iPhone sales rose.",
        "Ph.D. students live in St. Louis.",
        "He likes dogs, cats, etc.|Xi does not.",
        "Take vitamin C.|The doctor knows.",
        "It was 1990.|In 1991 all changed.",
        "King George V.|The queen wept.",
        'He said: "Stop."|Then he ran.',
        "He met Prof. He Kai and Gen. He Jun.|They spoke.",
        "Visit www.example.org today.|It costs 3.50 dollars.",
        "He came (see p. 5).|(She did not.)|– Why not?",
    ],
    "fr": [
        "M. Bernard et Mme. Le Goff parlent.|« Nous sommes amis. »|Il part.",
        "« Nous sommes amis.\u00a0»|Il part.|«\u202fVraiment\u202f?\u202f»|Oui.",
        "Vraiment\u202f?|Oui !|Non.",
        "L’art. 5 dit cela, cf. p. 12.|Le reste suit.",
        "En 200 av. J.-C. Rome domine.",
        "C’était en 50 av. J.-C.|Les Romains vinrent.",
        "Il a dit non.|Le ministre aussi.",
        "Il vend des pommes, etc.|Xi aussi.",
        "J.-M. Le Bihan est là.",
        "S. Petrov et M. Xi signent.",
        "Il habite aux U.S.A. depuis 2010.|L’été, il revient.",
        "Le mur fait 5 m.|Il tombera.",
    ],
    "es": [
        "El Sr. García vive en EE. UU.|La ciudad es grande.",
        "¿Qué?|¡No!|Bien.",
        "La Dra. Ruiz, p. ej., llegó a las 5 p. m.|Después salió.",
        "Nació en 1950 en St. Louis.|En 1960 se fue.",
        "Mide 5 km.|El camino sigue.",
        "Lo dijo el Gral. Los Arcos.|Nadie rió.",
    ],
    "it": ["Il Sig. Rossi e il Dott. Bianchi parlano.|Che cosa dicono?", "Vedi pag. 5 ecc.|Roma tace."],
    "pt": ["O Sr. Silva e a Dra. Costa falam.|O resto cala.", "Veja a p. 5, etc.|Lisboa cala."],
    "sv": ["Han kom kl. 5, bl.a. med tåg.|Det regnade.", "”Vi är vänner.”|”Ja.”|Sedan gick han."],
    "da": ["Han kom den 3. Maj, f.eks. med tog.|Det regnede."],
    "pl": ["Prof. Nowak przyszedł o godz. 5.|Na ul. Długiej pada.", "To jest np. Warszawa.|I co?"],
    "ru": ["В 2019 г. Россия ушла.|Это было в 2020 г.|Он сказал.", "Дал им.|Он ушёл и т. д.|Россия."],
    "uk": ["Він живе на вул. Шевченка.|Це добре."],
    "el": ["Τι κάνεις;|Καλά."],
    "ar": ["كيف حالك؟|أنا بخير.|شكرا."],
    "hi": ["यह ठीक है।|वह गया।"],
    "hy": ["Բարեւ։|Ես լավ եմ։"],
    "am": ["ሰላም ነው።|እሺ።"],
    "ka": ["გამარჯობა.|როგორ ხარ?|კარგად."],
    "xx": ["Mr. Smith came.|Nobody saw him."],
}


def shown(text: str, lang: str, **options) -> str:
    return "|".join(text[a:b] for a, b in split(text, lang, **options))


@pytest.mark.parametrize(("lang", "case"), [(lang, case) for lang, cases in CASES.items() for case in cases])
def test_traps_are_split_where_the_bars_stand(lang, case):
    assert shown(case.replace("|", " "), lang) == case


@pytest.mark.parametrize(
    ("lang", "case"),
    [
        ("zh", "你好吗？|我很好。|「走吧！」|他说。"),
        ("ja", "元気ですか。|はい！|行きましょう。"),
        ("bo", "ཀ།|ཁ།"),
    ],
)
def test_languages_without_blanks_are_split_at_their_own_stops(lang, case):
    assert shown(case.replace("|", ""), lang) == case


@pytest.mark.xfail(strict=True, reason="needs knowledge of the words, not of the abbreviations")
@pytest.mark.parametrize(
    ("lang", "case"),
    [
        ("de", "Sie wohnt in der Goethestr. 12 in Halle."),
        ("en", "At 5 p.m.|Police came."),
        ("en", "“Yahoo! Answers” closed."),
        ("fr", "Il vit aux U.S.A.|Xi aussi."),
    ],
)
def test_known_failures(lang, case):
    assert shown(case.replace("|", " "), lang) == case


def test_german_news_with_traps_is_split_into_its_lines():
    assert len(GERMAN) >= 60
    for first in range(0, len(GERMAN), 8):
        lines = GERMAN[first : first + 8]
        assert shown(" ".join(lines), "de").split("|") == lines


def test_news_lines_joined_into_paragraphs_are_found_again(shared):
    report = run(shared, seconds=0.05)
    news = [row for row in report.rows if row.text == "news" and row.splitter == "aligntool"]
    assert {row.lang for row in news} == {"en", "nl", "fr"}
    assert all(row.f1 >= 0.995 and row.lines > 900 for row in news), str(report)
    assert "naive" in str(report)


def test_the_bench_names_what_is_missing(tmp_path):
    report = run(tmp_path)
    assert not report.rows
    assert "skipped: mt/flores-dev.en is not there" in str(report)


@pytest.mark.parametrize(("number", "sentences"), list(enumerate((59, 78, 19, 58, 71))))
def test_seeds_have_the_sentences_that_were_counted_by_hand(shared, number, sentences):
    (path,) = (shared / "seeds").glob(f"{number:03}_*.txt")
    lines = path.read_text("utf-8").splitlines()
    assert sum(len(split(line, "en" if number else "nl")) for line in lines) == sentences


def test_a_blank_line_ends_a_sentence_and_a_line_break_only_on_demand():
    text = "A title without a stop\n\nThe first line goes\non here.\r\n \r\nThe end"
    assert shown(text, "en") == "A title without a stop|The first line goes\non here.|The end"
    assert shown("One\ntwo.\nThree", "en", keep_lines=True) == "One|two.|Three"
    assert shown("One\u2029Two", "en") == "One|Two"


@pytest.mark.parametrize(
    "text",
    [
        "Dr. A. " * 28_000,
        " " * 1_000_000,
        "x." + " " * 1_000_000,
        "." * 1_000_000,
        ". " * 500_000,
        '"' * 1_000_000,
        '."' * 500_000,
        "\n" * 1_000_000,
        "\n " * 500_000,
        "a \n" * 300_000,
        "x. " + "(" * 1_000_000,
        "a" * 1_000_000,
        "a-" * 500_000 + ".",
        "x." + "[1]" * 300_000 + " A",
        "x." + " »" * 500_000,
        ". « " * 250_000,
        "。" * 1_000_000,
        "z. B. " * 160_000,
        "1. " * 300_000,
        "x. 's " * 160_000,
    ],
    ids=lambda text: repr(text[:8]),
)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_input_makes_it_quadratic(text, lang):
    split("warm up", lang)
    began = time.process_time()
    split(text, lang)
    # A quadratic step over these takes minutes; linear ones take 0.1 to 0.6 s on an idle core.
    assert time.process_time() - began < 10


def test_two_hundred_kilobytes_of_abbreviations_take_under_two_seconds():
    split("warm up", "en")
    began = time.process_time()
    assert len(split("Dr. A. " * 28_000, "en")) == 1
    assert time.process_time() - began < 2


WORDS = 'Dr. De word ’s Avonds . ? ... … » « " “ ” ’ ( ) 3 XIV A a z.B 。 ؟ - – [1] U.S Chr é Ж 中 # € iPhone'
BLANKS = (" ", " ", "\n", "\n\n", "\r\n", "\u202f", "\u00a0", "\u2029", "\x85", "\ud800", "\x00", "'")
PIECES = st.lists(
    st.sampled_from(
        [*WORDS.split(), *BLANKS],
    ),
    max_size=40,
).map("".join)
TEXTS = st.one_of(PIECES, st.text(max_size=80))
LANGS = st.sampled_from(["en", "nl", "fr", "de", "es", "el", "zh", "und", "da"])
DOCUMENTS = st.builds(
    Document,
    LANGS,
    st.lists(st.builds(Segment, TEXTS, TEXTS), max_size=4).map(tuple),
    TEXTS,
)


@given(TEXTS, LANGS, st.booleans())
def test_only_blanks_lie_between_sentences_and_none_around_them(text, lang, keep_lines):
    at = 0
    for begin, end in split(text, lang, keep_lines=keep_lines):
        assert text[at:begin].strip() == ""
        assert begin < end
        assert text[begin:end] == text[begin:end].strip()
        at = end
    assert text[at:].strip() == ""


@given(DOCUMENTS, st.booleans())
def test_segmenting_loses_nothing_and_repeats_itself(document, keep_lines):
    once = segment(document, keep_lines=keep_lines)
    assert str(once) == str(document)
    assert all(text and text == text.strip() for text in once.texts)
    assert segment(once, keep_lines=keep_lines) == once


def test_the_trail_says_how_it_was_cut():
    document = Document("nl", (Segment("Een. Twee.", "# "),), "\n", ("read:format=text",))
    cut = segment(document)
    assert cut.trail == ("read:format=text", "segment:moses=v1,lang=nl")
    assert segment(document, keep_lines=True).trail[-1] == "segment:moses=v1,lang=nl,lines=kept"
    assert cut.segments == (Segment("Een.", "# "), Segment("Twee.", " "))
    assert cut.tail == "\n"


def test_the_order_of_calls_does_not_matter():
    cases = [(lang, case) for lang, cases in CASES.items() for case in cases]
    expected = {case: split(case, lang) for lang, case in cases}
    random.Random(1).shuffle(cases)  # noqa: S311 - an order, not a secret
    assert all(split(case, lang) == expected[case] for lang, case in cases)
