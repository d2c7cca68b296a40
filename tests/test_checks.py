import re
import time
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligntool import plugins
from aligntool.files import read_table
from aligntool.flags import LEVELS, flag
from aligntool.inflection import article, forms, tag_in_context
from aligntool.lexicons import Lexicon
from aligntool.records import Document, Segment, monolingual, parallel
from aligntool.repairs import repair, resolve, settle, sure
from aligntool.wording import verify

CASES = Path(__file__).parent / "cases" / "checks"
NAMES = plugins.names("checks")
LEXICONS = ("calques", "false-friends", "exonyms", "names")
COLUMNS = {
    "calques": "lang original literal suggestion severity confidence context note",
    "false-friends": "lang original literal suggestion severity confidence context note",
    "exonyms": "kind lang original literal suggestion severity confidence context note",
    "names": "literal suggestion confidence",
    "homographs": "topic lang original literal suggestion severity confidence context note",
    "topics": "topic words",
    "residue": "lang phrase scope kind",
    "words": "word count capital upper",
}


@cache
def finder(name):
    check = plugins.load("checks", name)
    return check.prepare({stem: read_table(stem) for stem in check.tables})


def document(text, lang="en"):
    lines = text.split("\n")
    return Document(lang, tuple(Segment(line, "\n" if i else "") for i, line in enumerate(lines)))


def bitext(case):
    target = document(case["text"])
    if "source" not in case:
        return monolingual(target)
    return parallel(document(case["source"], case.get("lang", "und")), target)


def find(name, case, level="normal"):
    return flag(bitext(case), [finder(name)], case.get("level", level))


def cases(kind):
    for name in NAMES:
        path = CASES / f"{name.replace('-', '_')}.toml"
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get(kind, []) if path.exists() else []:
            yield pytest.param(name, case, id=f"{name}: {case['text'][:50]}")


@pytest.mark.parametrize(("name", "case"), list(cases("flagged")))
def test_what_a_check_is_for_is_flagged_with_its_fix(name, case):
    found = find(name, case)
    assert found
    if "what" in case:
        assert case["what"] in [f.text for f in found]
    if "fix" in case:
        assert case["fix"] in [f.fix for f in found]


@pytest.mark.parametrize(("name", "case"), list(cases("clean")))
def test_what_is_right_is_left_alone(name, case):
    assert [(f.text, f.message) for f in find(name, case)] == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("name", "case"), list(cases("known_failure")))
def test_what_a_check_does_not_find_yet(name, case):
    found = find(name, case)
    assert case["what"] in [f.text for f in found]


@pytest.mark.parametrize("name", NAMES)
def test_every_check_has_at_least_as_many_clean_cases_as_flagged_ones(name):
    table = tomllib.loads((CASES / f"{name.replace('-', '_')}.toml").read_text(encoding="utf-8"))
    assert len(table["clean"]) >= len(table["flagged"]) > 0


ODD = st.text(
    st.one_of(
        st.sampled_from("“”«»\"'‘’()[].,;:!?… \u00a0\t-–aA1é\u202e\ud800\x00\x1bש"),
        st.characters(),
    ),
    max_size=80,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ODD, max_size=5), st.lists(ODD, max_size=5))
def test_any_text_is_read_and_every_span_quotes_it(source, target):
    size = min(len(source), len(target))
    pairs = [
        monolingual(Document("en", tuple(Segment(t, "\n" if i % 2 else " ") for i, t in enumerate(target)))),
        parallel(
            Document("fr", tuple(Segment(t) for t in source[:size])),
            Document("en", tuple(Segment(t) for t in target[:size])),
        ),
    ]
    for pair in pairs:
        for item in flag(pair, [finder(name) for name in NAMES], "thorough"):
            text = getattr(pair, item.side).segments[item.segment].text
            assert 0 <= item.span.start <= item.span.end <= len(text)
            assert item.text == text[item.span.start : item.span.end]
            assert item.message
            assert item.fix != item.text


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        '"',
        "(",
        "a ",
        "a a ",
        "word, ",
        "The ",
        ". ",
        "»» ",
        "Russia as ",
        "make do ",
        "\u00a0",
        "-x",
        "x",
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_time_grows_with_the_text_and_not_with_its_square(name, unit):
    took = {}
    for size in (20_000, 160_000):
        text = (unit * size)[:size]
        began = time.process_time()
        list(finder(name)(monolingual(Document("en", (Segment(text),)))))
        took[size] = time.process_time() - began
    assert took[160_000] < 0.5 + 24 * took[20_000]


def every(pair):
    return flag(pair, [finder(name) for name in NAMES], "normal")


@pytest.mark.parametrize(("name", "case"), list(cases("flagged")))
def test_a_repaired_text_is_offered_no_fix_just_applied(name, case):
    assert name in NAMES
    pair = bitext(case)
    chosen, _ = resolve(sure(every(pair)))
    standing, _ = settle(pair, chosen, every)
    again = {(f.check, f.segment, f.fix, f.text) for f in every(repair(pair, standing))}
    assert not again & {(f.check, f.segment, f.fix, f.text) for f in standing}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_table_is_well_formed(name, root):
    text = (root / "aligntool" / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    head, *lines = [line for line in text.removesuffix("\n").split("\n") if not line.startswith("#")]
    assert head.split("\t") == COLUMNS[name].split()
    for line in lines:
        cells = line.split("\t")
        assert len(cells) == len(COLUMNS[name].split()), line
        assert all(cell == cell.strip() for cell in cells), line
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("name", LEXICONS)
def test_no_pattern_stands_twice_and_every_one_can_be_read(name):
    rows = read_table(name)
    for row in rows:
        verify(row)
    patterns = [pattern for row in rows for pattern in row["literal"].split(" ; ")]
    assert len(patterns) == len(set(patterns))
    assert all(0 < float(row["confidence"]) <= 1 for row in rows)
    assert all(row.get("severity", "minor") in {"minor", "major", "critical"} for row in rows)


def test_homographs_belong_to_topics_and_no_pattern_stands_twice_in_one():
    topics = {row["topic"]: row["words"].split("|") for row in read_table("topics")}
    assert len(topics) == len(read_table("topics"))
    assert all(len(words) >= 15 and len(set(words)) == len(words) for words in topics.values())
    assert all(word == word.lower().strip() for words in topics.values() for word in words)
    patterns = []
    for row in read_table("homographs"):
        verify(row)
        assert row["topic"] in topics
        assert 0 < float(row["confidence"]) <= 0.84  # a word alone is never put right unasked
        patterns += [(row["topic"], pattern) for pattern in row["literal"].split(" ; ")]
    assert len(patterns) == len(set(patterns))


def test_what_a_text_is_about_decides_between_topics():
    on_planes = "The airline has lost two aircraft on the runway. All the thefts to the airport are late."
    on_courts = "The judge and the prosecutor heard the lawyers. All the thefts are late, said the court."
    found = [[f.text for f in find("homographs", {"text": text})] for text in (on_planes, on_courts)]
    assert found == [["thefts"], []]


@pytest.mark.parametrize("name", ["calques", "false-friends"])
def test_a_suggestion_is_not_itself_flagged(name):
    lexicon = Lexicon(read_table(name))
    for row in read_table(name):
        if float(row["confidence"]) < 0.6:
            continue
        plain = re.sub(r"@\w+|\*+", "its", row["suggestion"].replace("~", "")).split(" / ")[0]
        hits = [hit for hit in lexicon.find(plain) if hit.row is row]
        assert not hits, (row["original"], plain)


def test_levels_only_ever_add_flags():
    pair = bitext({"text": "The “Boundary friendship , she said, was a a success «here»."})
    kept = [{(f.check, f.span) for f in flag(pair, [finder(n) for n in NAMES], level)} for level in LEVELS]
    assert kept[0] <= kept[1] <= kept[2]


def test_a_fix_takes_over_inflection_and_capitals():
    case = {"text": "Throwing oil on the fire, he left. He was throwing oil on the fire."}
    assert [f.fix for f in find("calques", case)] == ["Adding fuel to the fire", "adding fuel to the fire"]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("They were on the match.", "were at stake"),
        ("The seats are on the match.", "are at stake"),
        ("The seats stand on the match.", "are at stake"),
        ("The seats will stand on the match.", "be at stake"),
        ("They stood on the match.", "were at stake"),
        ("A seat stood on the match.", "was at stake"),
        ("A seat stands on the match.", "is at stake"),
    ],
)
def test_to_be_agrees_with_what_stands_before_it(text, fix):
    assert [f.fix for f in find("calques", {"text": text})] == [fix]


def lexical(literal, suggestion, text):
    row = {"literal": literal, "suggestion": suggestion}
    verify(row)
    return [(text[hit.start : hit.end], hit.fix) for hit in Lexicon([row]).find(text)]


@pytest.mark.parametrize(
    ("literal", "text", "found"),
    [
        ("[territorial|old] ~pretension", "Their territorial pretensions grew.", ("pretensions", "claims")),
        ("~pretension [of the] [crown|state]", "The pretension of the crown.", ("pretension", "claim")),
        ("[a] ~pretension [to]", "A pretension to it.", ("pretension", "claim")),
    ],
)
def test_what_stands_in_brackets_is_looked_for_and_left_alone(literal, text, found):
    assert lexical(literal, "~claim", text) == [found]
    assert not lexical(literal, "~claim", "These pretensions are old.")


@pytest.mark.parametrize("literal", ["a [b] c", "[a b]", "[a (b)]", "(a) b", "* b", ""])
def test_brackets_around_the_middle_or_the_whole_and_no_first_word_are_refused(literal):
    with pytest.raises(ValueError, match="pattern"):
        verify({"literal": literal})


@pytest.mark.parametrize(
    ("literal", "suggestion", "text", "found"),
    [
        (
            "~put the hand to the dough",
            "~pitch in",
            "We put the hand to the dough.",
            ("put the hand to the dough", "pitch in"),
        ),
        (
            "~lend interest to",
            "~be interested in",
            "They lend interest to it.",
            ("lend interest to", "are interested in"),
        ),
        ("[elected] of [the crowd]", "by", "Elected of the crowd.", ("of", "by")),
        (
            "~see (*) with a bad eye",
            "~take a dim view of *",
            "It is what they see with a bad eye.",
            ("see with a bad eye", "take a dim view of"),
        ),
        ("~lend interest", "~take care of", "They lend interest.", ("lend interest", "")),
    ],
)
def test_a_suggestion_that_joins_what_follows_replaces_what_does(literal, suggestion, text, found):
    assert lexical(literal, suggestion, text) == [found]


def test_a_fix_loses_no_word_of_the_writer():
    literal = "~leave (*) in the stitch"
    assert lexical(literal, "~abandon", "She left him in the stitch.") == [("left him in the stitch", "")]
    assert lexical(literal, "~abandon *", "She left him in the stitch.")[0][1] == "abandoned him"
    assert lexical(literal, "~abandon *", "She was left in the stitch.")[0][1] == "abandoned"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It participated in the erosion of the forests.", "It contributed to the erosion of the forests."),
        ("It caresses the dream of an own port.", "It cherishes the dream of an own port."),
        ("They would federate the opposition.", "They would unite the opposition."),
        ("The villages wiped heavy losses.", "The villages suffered heavy losses."),
        ("They ran after the glory of old.", "They chased the glory of old."),
    ],
)
def test_words_that_only_tell_an_expression_stay(text, kept):
    pair = bitext({"text": text})
    assert repair(pair, find("calques", {"text": text}, "thorough")).target.texts == (kept,)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("They lay the rifles down.", "lower their guard"),
        ("The minister lays her rifles down.", "lowers her guard"),
        ("The minister lays the rifles down.", ""),
    ],
)
def test_a_suggestion_takes_on_the_person(text, fix):
    assert [hit for _, hit in lexical("~lay the|@poss rifles down", "~lower one's guard", text)] == [fix]


@pytest.mark.parametrize(
    ("before", "tag"), [(["was"], "part"), (["has"], "part"), (["to"], "base"), (["ministers"], "base")]
)
def test_a_past_that_looks_like_the_base_is_told_by_what_stands_before_it(before, tag):
    assert tag_in_context("base", "put", before) == tag


def test_only_entries_of_a_known_source_language_count():
    case = {"text": "It is a marriage of reason.", "source": "Es ist eine Vernunftehe.", "lang": "de"}
    assert not find("calques", case)


def test_forms_and_articles():
    assert forms("carry")["past"] == "carried"
    assert forms("stop")["ing"] == "stopping"
    assert [article(word) for word in ("hour", "union", "MP", "European", "idea")] == [
        "an",
        "a",
        "an",
        "a",
        "an",
    ]
