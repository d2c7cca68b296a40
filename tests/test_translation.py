"""What stands between an engine and the reader: every guard, shown with an engine that fails on purpose."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.literals import literals
from aligntool.pipeline import translate
from aligntool.records import Document, Segment
from aligntool.translation import Relay, alternatives, render


class Fake:
    """An engine made of a function; it notes what it was asked to decode."""

    signature, copies = "fake", False

    def __init__(
        self, say: Callable[[str, int], str], source: str = "nl", target: str = "en", limit: int = 50
    ):
        self.source, self.target, self.limit = source, target, limit
        self.asked: list[tuple[str, int]] = []
        self._say = say

    def count(self, text: str) -> int:
        return len(text.split())

    def decode(self, texts: Sequence[str], attempt: int = 0) -> list[str]:
        self.asked += [(text, attempt) for text in texts]
        return [self._say(text, attempt) for text in texts]

    def hypotheses(self, texts: Sequence[str], *, wide: bool = False) -> list[list[str]]:
        return [[self._say(text, attempt) for attempt in range(4 if wide else 3)] for text in texts]


def turned(text: str, attempt: int = 0) -> str:
    """A "translation" that no guard can take for a copy: every word backwards, items and numbers whole."""
    del attempt
    whole = [text[a:b] for a, b in literals(text)]
    words = text.split(" ")
    return " ".join(
        w if w in whole or any(map(str.isdigit, w)) else re.sub(r"[^\W\d_]+", _back, w) for w in words
    )


def _back(match: re.Match[str]) -> str:
    back = match[0][::-1].lower()
    return back.capitalize() if match[0].istitle() else back


def test_layout_stays_where_it_was():
    document = Document("nl", (Segment("Een zin.", "\n\n  "), Segment("Nog  een\nzin.", " \t")), "\n\n")
    (bitext,) = translate([document], Fake(turned))
    assert str(bitext.target) == "\n\n  Nee niz. \tGon nee niz.\n\n"
    assert bitext.source == document
    assert bitext.target.lang == "en"
    assert bitext.target.trail[-1] == "translate:fake"


def test_outer_blanks_and_blank_texts_come_back_as_given():
    assert render(["", "  ", "\t Een dag. \n"], Fake(turned)) == ["", "  ", "\t Nee gad. \n"]


def test_a_text_is_given_to_the_engine_with_single_blanks():
    engine = Fake(turned)
    render(["Een\u00a0 zin\n met  blanks"], engine)
    assert engine.asked == [("Een zin met blanks", 0)]


@pytest.mark.parametrize("text", ["12,5 %", "* * *", "2019-2021", "https://voorbeeld.nl", "{naam}", "—"])
def test_a_text_without_words_is_copied_and_never_decoded(text):
    engine = Fake(turned)
    assert render([text], engine) == [text]
    assert engine.asked == []


def test_a_sentence_met_again_is_decoded_once():
    engine = Fake(turned)
    assert render(["Een dag.", "Een nacht.", "Een dag."], engine) == ["Nee gad.", "Nee thcan.", "Nee gad."]
    assert sorted(engine.asked) == [("Een dag.", 0), ("Een nacht.", 0)]


def test_progress_adds_up_to_the_texts_repeated_ones_included():
    told: list[int] = []
    texts = [f"Zin nummer {i % 400} hier" for i in range(1000)]
    render(texts, Fake(turned), told.append)
    assert sum(told) == 1000
    assert len(told) > 1


# --- too long ---


def test_a_sentence_over_the_limit_is_cut_at_clauses_and_nothing_of_it_is_lost():
    text = "De eerste helft gaat goed; de tweede helft gaat ook goed, zegt men"
    engine = Fake(turned, limit=7)
    assert render([text], engine) == [turned(text)]
    assert [asked for asked, _ in engine.asked] == [
        "De eerste helft gaat goed;",
        "de tweede helft gaat ook goed,",
        "zegt men",
    ]


def test_the_full_stops_and_capitals_that_pieces_get_are_taken_back():
    dressed = Fake(lambda text, _: turned(text).capitalize().rstrip(".,;") + ".", limit=5)
    text = "De boten varen uit; de boten komen terug."
    assert render([text], dressed) == ["Ed netob nerav tiu ed netob nemok guret."]


def test_languages_without_blanks_get_them_between_the_pieces():
    engine = Fake(
        lambda text, _: {"前半句话在这里；": "First half;", "后半句话在那里。": "second half."}[text], "zh"
    )
    engine.count = len
    engine.limit = 8
    assert render(["前半句话在这里；后半句话在那里。"], engine) == ["First half; second half."]


@given(
    st.lists(st.sampled_from(["dag", "nacht,", "zon;", "maan", "tij:"]), min_size=1, max_size=60),
    st.integers(1, 9),
)
def test_every_word_of_a_long_sentence_is_decoded_whatever_the_limit(words, limit):
    engine = Fake(lambda text, _: " ".join(f"{word}x" for word in text.split()), limit=limit)
    made = render([" ".join(words)], engine)[0]
    assert made.split() == [f"{word}x" for word in words]
    assert all(len(text.split()) <= limit for text, _ in engine.asked)


# --- capitals ---


def test_a_shout_is_translated_as_a_sentence_and_shouted_again():
    engine = Fake(turned)
    assert render(["GRENZEN WEER OPEN VOOR {NAAM}"], engine) == ["NEZNERG REEW NEPO ROOV {NAAM}"]
    assert engine.asked == [("Grenzen weer open voor {NAAM}", 0)]


def test_a_headline_is_translated_as_a_sentence_and_capitalised_again():
    engine = Fake(turned)
    assert render(["Grens Is Nu Weer Open"], engine) == ["Snerg Si Un Reew Nepo"]
    assert engine.asked == [("Grens is nu weer open", 0)]


def test_names_and_acronyms_keep_their_capitals_on_the_way_in():
    engine = Fake(turned)
    render(["NAVO en EU", "Anna Bakker", "NAVO"], engine)
    assert sorted(text for text, _ in engine.asked) == ["Anna Bakker", "NAVO", "NAVO en EU"]


# --- loops, copies, nothing at all ---


def test_a_loop_is_decoded_again_and_the_first_output_without_it_is_taken():
    engine = Fake(
        lambda _, attempt: ["in May in May in May", "in May and in May and in May", "It was in May."][attempt]
    )
    assert render(["Het was in mei."], engine) == ["It was in May."]
    assert [attempt for _, attempt in engine.asked] == [0, 1, 2]


def test_a_sound_output_is_not_decoded_again():
    engine = Fake(turned)
    render(["Het was in mei."], engine)
    assert [attempt for _, attempt in engine.asked] == [0]


def test_a_copy_of_the_source_is_decoded_again():
    text = "de boten varen morgen weer uit"
    engine = Fake(lambda given, attempt: given if attempt == 0 else "the boats sail again tomorrow")
    assert render([text], engine) == ["the boats sail again tomorrow"]


def test_when_no_attempt_is_better_the_first_one_stands():
    engine = Fake(lambda _, attempt: f"a loop{attempt} a loop{attempt} a loop{attempt}")
    assert render(["Een lus."], engine) == ["a loop0 a loop0 a loop0"]


def test_a_text_that_always_comes_out_empty_stands_untranslated():
    assert render(["Een dag."], Fake(lambda *_: " ")) == ["Een dag."]


# --- what must survive ---


def test_items_that_survive_by_themselves_cost_nothing():
    engine = Fake(turned)
    made = render(["Schrijf naar a@b.nl of zie www.b.nl/c voor 1.250 %s"], engine)
    assert made == ["Fjirhcs raan a@b.nl fo eiz www.b.nl/c roov 1,250 %s"]
    assert len(engine.asked) == 1


def test_an_item_that_the_model_mangles_goes_through_behind_a_stand_in():
    def mangling(text: str, attempt: int) -> str:
        return turned(text, attempt).replace("www.", "vvv.")

    engine = Fake(mangling)
    assert render(["Zie www.b.nl voor meer."], engine) == ["Eiz www.b.nl roov reem."]
    assert [text for text, _ in engine.asked] == ["Zie www.b.nl voor meer.", "Zie XX1 voor meer."]


def test_another_stand_in_is_used_where_the_text_has_the_first_one_or_the_model_drops_it():
    def dropping(text: str, attempt: int) -> str:
        return turned(re.sub(r"XX\d|www\S+", "", text), attempt)

    engine = Fake(dropping)
    assert render(["Zie www.b.nl voor meer."], engine) == ["Eiz www.b.nl roov reem."]
    assert [text for text, _ in engine.asked][-1] == "Zie [1] voor meer."


def test_an_item_survives_even_a_model_that_drops_everything_it_does_not_know():
    def dropping(text: str, attempt: int) -> str:
        return turned(re.sub(r"[^\w\s.,]|\w*\d\w*|www\S+", "", text), attempt)

    made = render(["Zie www.b.nl in 2019 of {naam}, zei men."], Fake(dropping))
    assert made == ["Eiz www.b.nl ni 2019 fo {naam}, iez nem."]


def test_a_number_is_written_as_the_target_language_does_when_it_must_be_carried_over():
    def deaf(text: str, attempt: int) -> str:
        return turned(re.sub(r"\d[\d.,]*", "", text), attempt).replace("XX", "").replace("[]", "")

    assert render(["Er kwamen 1.250 boten aan"], Fake(deaf)) == ["Re nemawk 1,250 netob naa"]


def test_brackets_around_an_item_that_had_to_be_parted_stay():
    def deaf(text: str, attempt: int) -> str:
        return turned(re.sub(r"\W*\d\S*|\(|XX", "", text), attempt).rstrip(".") + "."

    made = render(["De koning kwam in 1444 terug (1418-1450)."], Fake(deaf))
    assert made == ["Ed gninok mawk ni 1444 guret (1418-1450)."]


ITEMS = [
    "https://a.nl/b_c?d=1",
    "jan@a.nl",
    "{naam}",
    "{{naam}}",
    "${x}",
    "%s",
    "%1$s",
    "<b>",
    "</b>",
    "&amp;",
    "1.000,5",
]
WORDS = ["boten", "varen", "morgen", "weer", "uit"]


@given(
    st.lists(st.sampled_from([*ITEMS, *WORDS]), min_size=1, max_size=12),
    st.sampled_from(["keep", "drop", "garble"]),
)
def test_every_item_survives_whatever_the_model_does_to_it(parts, habit):
    def say(text: str, attempt: int) -> str:
        if habit == "drop":
            text = " ".join(w for w in text.split() if w.isalpha())
        if habit == "garble":
            text = re.sub(r"[^\w\s]", "", text)
        return turned(text, attempt)

    source = " ".join(parts)
    made = render([source], Fake(say))[0]
    wanted, left = Counter(p for p in parts if p in ITEMS[:-1]), Counter(made[a:b] for a, b in literals(made))
    assert wanted <= left
    numbers = re.sub(r"\S*a\.nl\S*|%1\$s", "", made).replace("1,000.5", "1.000,5")
    assert numbers.count("1.000,5") >= parts.count("1.000,5")


# --- several engines, several threads ---


def test_two_engines_in_a_row_keep_sentence_for_sentence():
    first = Fake(lambda text, _: {"Een.": "Eins. Und noch.", "Twee.": "Zwei."}[text], "nl", "de")
    second = Fake(lambda text, _: {"Eins. Und noch.": "One. And more.", "Zwei.": "Two."}[text], "de", "en")
    relay = Relay(first, second)
    assert (relay.source, relay.target, relay.signature) == ("nl", "en", "fake>fake")
    assert render(["Een.", "Twee."], relay) == ["One. And more.", "Two."]


def test_engines_that_do_not_meet_are_refused():
    with pytest.raises(ValueError, match="fr is not de"):
        Relay(Fake(turned, "nl", "fr"), Fake(turned, "de", "en"))


def test_the_second_engines_limit_is_kept_too():
    second = Fake(lambda text, _: text.upper(), "de", "en", limit=3)
    relay = Relay(Fake(lambda *_: "eins zwei drei vier funf", "nl", "de"), second)
    render(["Een twee drie."], relay)
    assert all(len(text.split()) <= 3 for text, _ in second.asked)


def test_a_very_long_text_without_a_blank_is_done_in_a_moment():
    engine = Fake(lambda text, _: text[::-1], limit=100)
    engine.count = len
    made = render(["ab" * 50_000], engine)[0]
    assert len(made) == 100_000


def test_alternatives_begin_with_what_render_gives_and_have_no_more_faults():
    says = [
        ["ons tah", "a hat", "hat hat hat hat hat hat"],
        ["we take 5", "nothing", "5 we"],
        ["", "one", "two"],
    ]
    texts = ["hoed van ons", "we nemen 5", "leeg"]

    def say(text, attempt):
        return says[texts.index(text)][attempt] if text in texts else turned(text)

    assert alternatives(texts, Fake(say)) == [["ons tah", "a hat"], ["we take 5", "5 we"], ["one", "two"]]
    assert [one[0] for one in alternatives(texts, Fake(say))] == render(texts, Fake(say))


def test_alternatives_keep_the_shape_of_the_text_and_there_are_none_of_a_text_in_pieces():
    outs = {"kop van de krant": ["head", "top", "tip"]}
    engine = Fake(lambda text, attempt: outs.get(text.lower(), [turned(text)] * 3)[attempt], limit=6)
    assert alternatives(["  KOP VAN DE KRANT "], engine) == [["  HEAD ", "  TOP ", "  TIP "]]
    long = "een zin die lang is, en dan nog een stuk van die zin, en nog een"
    assert [len(one) for one in alternatives([long, "1 2"], engine)] == [1, 1]
