import re
import time
import timeit
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import NASTY, bitexts, lines, texts

from aligntool import plugins
from aligntool.figures import figures
from aligntool.files import read_table
from aligntool.flags import flag
from aligntool.numerals import cardinal, ordinal
from aligntool.pairs import pairs
from aligntool.records import Bead, Bitext, Document, Segment, Span, parallel
from aligntool.table import Row, details, format_flags, pack, parse_flags

NAMES = ("loops", "names", "negation", "numbers", "omissions", "terms", "untranslated")
LANGS = ("nl", "fr", "de", "es")


@cache
def finder(name):
    check = plugins.load("checks", name)
    return check.prepare({stem: read_table(stem) for stem in check.tables})


def beside(source, target, lang="nl"):
    given, made = ([texts] if isinstance(texts, str) else texts for texts in (source, target))
    return parallel(
        Document(lang, tuple(Segment(text, "\n") for text in given)),
        Document("en", tuple(Segment(text, "\n") for text in made)),
    )


def found(name, source, target, lang="nl", level="normal"):
    return flag(beside(source, target, lang), [finder(name)], level)


# What every check of the family keeps to.


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_only_where_an_original_stands_beside(name):
    assert plugins.load("checks", name).bilingual


def _sound(both):
    """Flag a bitext: whatever is found quotes its side and can be read."""
    for item in flag(both, [finder(name) for name in NAMES], "thorough"):
        document = both.source if item.side == "source" else both.target
        text = document.segments[item.segment].text
        assert 0 <= item.span.start <= item.span.end <= len(text)
        assert item.text == text[item.span.start : item.span.end]
        assert item.message
        assert "{" not in item.message.replace(item.text, "")
        assert item.fix != item.text


@given(bitexts(lines), st.sampled_from(LANGS))
def test_any_bitext_is_read_and_every_span_quotes_its_side(bitext, lang):
    _sound(replace(bitext, source=replace(bitext.source, lang=lang)))


@pytest.mark.parametrize("lang", LANGS)
def test_every_nasty_text_beside_every_other_is_read(lang):
    for shift in (0, 1, 7):
        turned = [*NASTY[shift:], *NASTY[:shift]]
        _sound(beside(NASTY, turned, lang))


@given(texts, texts, st.sampled_from([*LANGS, "und", "ru", "zh"]))
def test_what_is_found_reads_the_same_from_a_table(source, target, lang):
    made = flag(beside(source, target, lang), [finder(name) for name in NAMES], "thorough")
    row = Row(flags=format_flags(made), data=pack({"flags": details(made)}))
    keys = [(f.check, f.side, f.span, f.fix, f.severity, f.message) for f in parse_flags(row)]
    cells = [(f.check, f.side, f.span, f.severity) for f in made]
    assert [(check, side, span, severity) for check, side, span, _, severity, _ in keys] == cells


def seconds(work):
    """CPU seconds of the better of two runs; garbage is not collected, for the heap is the whole suite's."""
    return min(timeit.repeat(work, timer=time.process_time, number=1, repeat=2))


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "12.",
        "twee ",
        "ne pas ",
        "A ",
        "Anna ",
        "in Oekraïne zag Zvonimir ",
        "« ",
        "? ",
        "(a) ",
        "“x ",
        "a a ",
        "niet ",
        "3 mln. ",
        "XI ",
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_time_grows_with_the_text_and_not_with_its_square(name, unit):
    took = {}
    for size in (10_000, 80_000):
        text = (unit * size)[:size]
        took[size] = seconds(
            lambda text=text: [
                list(finder(name)(beside(source, target, "fr")))
                for source, target in ((text, text), (text, "No."), ("Ja.", text))
            ]
        )
    assert took[80_000] < 0.6 + 24 * took[10_000]


@pytest.mark.parametrize("name", NAMES)
def test_time_grows_with_the_number_of_sentences(name):
    took = {}
    for size in (300, 2_400):
        source = [
            f"De trein van Anna {i} naar Groot Waterschap reed in {i} mln. keer niet." for i in range(size)
        ]
        target = [f"Train {i * 7 % size} ran for Waterboard." for i in range(size)]
        took[size] = seconds(lambda one=source, other=target: list(finder(name)(beside(one, other))))
    assert took[2_400] < 0.6 + 24 * took[300]


def test_what_is_missing_is_quoted_from_the_original_and_what_is_wrong_from_the_english():
    (lost,) = found("numbers", "Het telt 1.250 mensen.", "It has people.")
    (wrong,) = found("numbers", "Het telt 1.250 mensen.", "It has 1,350 people.")
    assert (lost.side, lost.text, lost.fix) == ("source", "1.250", None)
    assert (wrong.side, wrong.text, wrong.fix) == ("target", "1,350", "1,250")


def test_beads_of_several_sentences_are_read_as_one():
    source = Document("nl", (Segment("Hij kwam in 1931."), Segment("Hij bleef tot 1940.")))
    target = Document("en", (Segment("He came in 1931 and stayed until 1941."),))
    bitext = Bitext(source, target, (Bead(Span(0, 2), Span(0, 1)),))
    (item,) = flag(bitext, [finder("numbers")])
    assert (item.segment, item.text, item.fix, item.evidence["original"]) == (0, "1941", "1940", "1940")
    split = Bitext(
        Document("nl", (Segment("Hij kwam in 1931 en bleef tot 1940."),)),
        Document("en", (Segment("He came in 1931."), Segment("He stayed until 1941."))),
        (Bead(Span(0, 1), Span(0, 2)),),
    )
    (item,) = flag(split, [finder("numbers")])
    assert (item.segment, item.text) == (1, "1941")


def test_a_pair_knows_its_sentences_and_blanks_addresses():
    (pair,) = pairs(beside("Zie www.a.nl/2019 en {naam}.", "See www.a.nl/2019 and {naam}."))
    assert re.fullmatch(r"Zie +en +\.", pair.said)
    assert len(pair.said) == len(pair.source.text)
    assert found("numbers", "Zie www.a.nl/2019 eens.", "See www.a.nl.") == ()


def test_sentences_without_a_counterpart_are_flagged_where_they_stand():
    source = Document("nl", (Segment("Het regent."), Segment("Niemand keek op.")))
    target = Document("en", (Segment("It is raining."), Segment("Later he wept.")))
    beads = (Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 1)), Bead(Span(2, 2), Span(1, 2)))
    gone, new = sorted(flag(Bitext(source, target, beads), [finder("omissions")]), key=lambda f: f.side)
    assert (gone.side, gone.segment, gone.text) == ("source", 1, "Niemand keek op.")
    assert (new.side, new.segment, new.text) == ("target", 1, "Later he wept.")


def test_length_is_judged_by_the_document_itself():
    wordy = [f"Dit is zin nummer {n} van een lange reeks zinnen over het weer." for n in range(20, 40)]
    terse = [f"Sentence {n} about weather." for n in range(20, 40)]
    assert [f for f in found("omissions", wordy, terse) if f.evidence["rule"] == "too-short"] == []
    assert found("omissions", wordy[0], "Sentence.")[0].evidence["rule"] == "too-short"


def test_a_language_without_tables_is_still_checked_for_digits_and_copies():
    assert [f.text for f in found("numbers", "W 1998 roku kupili dom.", "They bought a house.", "pl")] == [
        "1998"
    ]
    copy = "wczoraj wieczorem padał deszcz ze śniegiem"
    assert [f.text for f in found("untranslated", copy, copy, "pl")] == [copy]


def test_a_translation_that_is_not_english_is_checked_for_its_numbers():
    bitext = parallel(
        Document("en", (Segment("It cost 2.5 billion euros in 2019."),)),
        Document("fr", (Segment("Cela a coûté 2,5 millions d'euros en 2019."),)),
    )
    (item,) = flag(bitext, [finder("numbers")])
    assert (item.text, item.evidence["rule"]) == ("2,5 millions", "magnitude")
    assert flag(bitext, [finder(name) for name in ("names", "negation", "untranslated")], "thorough") == ()


# Numbers.


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("nl", "1.200", {"1200"}),
        ("nl", "2,5 miljard", {"2500000000"}),
        ("nl", "33 mln. ton", {"33000000"}),
        ("nl", "tweehonderdvijf", {"205"}),
        ("nl", "drieëntwintig", {"23"}),
        ("nl", "twee miljoen", {"2000000"}),
        ("nl", "18.30 uur", {"18.3", "t390"}),
        ("fr", "9 000 hommes", {"9000"}),
        ("fr", "9 h 30", {"9.3", "t570"}),
        ("fr", "quatre-vingt-dix-sept", {"97"}),
        ("fr", "soixante et onze", {"71"}),
        ("fr", "vingt et un", {"21"}),
        ("fr", "trois mille deux cents", {"3200"}),
        ("fr", "XIXe", {"19"}),
        ("de", "fünfundzwanzig", {"25"}),
        ("de", "4,5 Mio.", {"4500000"}),
        ("es", "treinta y dos", {"32"}),
        ("es", "1.500 millones", {"1500000000"}),
        ("en", "two hundred and five", {"205"}),
        ("en", "$2.3 billion", {"2300000000"}),
        ("en", "1,200", {"1200"}),
        ("en", "6:30 p.m.", {"6.3", "t390"}),
        ("en", "eighty-four", {"84"}),
        ("en", "10m", {"10", "10000000"}),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(lang, text, values):
    (figure,) = [f for f in figures(text, lang) if f.kind != "soft"]
    assert set(figure.values) == values


_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)


@given(st.integers(2, 999))
def test_english_number_words_and_digits_say_the_same(number):
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    ones = _ONES.split(" ")

    def below(n):
        if n < 20:
            return ones[n - 1]
        return tens[n // 10 - 2] + (f"-{ones[n % 10 - 1]}" if n % 10 else "")

    parts = [f"{ones[number // 100 - 1]} hundred"] if number >= 100 else []
    words = " and ".join([*parts, *([below(number % 100)] if number % 100 else [])])
    if not words.startswith("one hundred"):
        assert [set(f.values) for f in figures(words, "en") if f.kind == "words"] == [{str(number)}]


def test_ordinals_and_words_that_say_no_number():
    assert (ordinal("negentiende", "nl"), ordinal("neuvième", "fr"), ordinal("twentieth", "en")) == (
        19,
        9,
        20,
    )
    assert cardinal("een", "nl") is None
    assert cardinal("fiets", "nl") is None
    assert cardinal("two", "pl") is None


# Tables.


def test_the_tables_are_well_formed():
    kinds = Counter((row["lang"], row["kind"]) for row in read_table("negation"))
    assert {lang for lang, _ in kinds} == {"en", *LANGS}
    assert {kind for _, kind in kinds} == {"cue", "hint", "idiom", "maybe"}
    assert all(re.compile(row["pattern"]) for row in read_table("negation"))
    assert len(read_table("negation")) == len({tuple(row.items()) for row in read_table("negation")})
    assert {row["lang"] for row in read_table("function-words")} == set(LANGS)
    assert all(word == word.lower() for row in read_table("function-words") for word in row["words"].split())


# How often they are right, on human translations that are no part of the project.


def human(shared, lang):
    folder = shared / "bench" / "mt"
    sides = [
        (folder / f"flores-dev.{end}").read_text(encoding="utf-8").strip("\n").split("\n")
        for end in (lang, "en")
    ]
    return [[line.strip() for line in side] for side in sides]


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_human_translations_raise_at_most_one_flag_in_a_hundred_sentences(shared, name, lang):
    source, target = human(shared, lang)
    assert len(found(name, source, target, lang)) <= len(source) / 100


def drop_number(_, made):
    m = re.search(r"(?<![\w.,])\d[\d.,]*\d", made)
    return made[: m.start()] + made[m.end() :] if m else made


def swap_magnitude(_, made):
    return re.sub(r"(?<=\d )([mb])illion\b", lambda m: ("b" if m[1] == "m" else "m") + "illion", made)


def negate(_, made):
    plain = not re.search(r"\b(?:not|no|never|without|none|nor)\b|n't", made)
    return re.sub(r"\b(is|are|was|were|can|could|will|would) ", r"\1 not ", made, count=1) if plain else made


def drop_clause(_, made):
    clauses = made.split(", ")
    longest = max(range(len(clauses)), key=lambda i: len(clauses[i]))
    return ", ".join(c for i, c in enumerate(clauses) if i != longest) if len(clauses) > 2 else made


def copy(given, _):
    return given


def copy_words(given, made):
    theirs, ours = given.split(), made.split()
    return " ".join([*ours[:4], *theirs[4:8], *ours[8:]]) if min(len(theirs), len(ours)) > 11 else made


def stammer(_, made):
    return re.sub(r"(?<=[a-z] )([A-Z][a-z]{2})(?=[a-z]{2})", r"\1 \1", made, count=1)


def repeat(_, made):
    words = made.split()
    return " ".join([*words[:8], *(words[5:8] * 4), *words[8:]]) if len(words) > 12 else made


@pytest.mark.parametrize(
    ("name", "damage", "least"),
    [
        ("numbers", drop_number, 0.75),
        ("numbers", swap_magnitude, 0.8),
        ("negation", negate, 0.45),
        ("omissions", drop_clause, 0.5),
        ("untranslated", copy, 0.98),
        ("untranslated", copy_words, 0.65),
        ("names", stammer, 0.9),
        ("loops", repeat, 0.95),
    ],
)
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_damage_done_to_human_translations_is_found(shared, lang, name, damage, least):
    source, target = human(shared, lang)
    hurt = list(target)
    for i in range(0, len(target), 5):
        hurt[i] = damage(source[i], target[i])
    touched = {i for i, (a, b) in enumerate(zip(hurt, target, strict=True)) if a != b}
    caught = {f.segment for f in found(name, source, hurt, lang)} & touched
    assert touched
    assert len(caught) >= least * len(touched)
