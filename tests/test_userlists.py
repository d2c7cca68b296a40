"""A user's lexicon entries and ignore lists: read, refused with the line, applied."""

import pytest

from aligntool import pipeline
from aligntool.errors import InputError
from aligntool.pipeline import Extras, Settings
from aligntool.userlists import Ignored, entries, ignored, rules_for, silence

CHECKS = ("calques", "quotes", "lexicon")
TEXT = "He fell into a brown study. It is « good » here.\n"


def check(text, extras):
    document = pipeline.english("a.txt", text, Settings())
    return pipeline.check("a", document, "normal", extras=extras)


def test_a_short_entry_is_flagged_and_applied():
    own = entries("# mine\nliteral\tsuggestion\nbrown study\tdeep thought\n", "own.tsv")
    checked = check(TEXT, Extras(own))
    assert [(f.text, f.fix) for f in checked.flags if f.check == "lexicon"] == [
        ("brown study", "deep thought")
    ]
    assert "into a deep thought" in str(checked.clean)


def test_an_entry_inflects_and_keeps_its_grade():
    own = entries("fr\tbidon\t~make a bidon\t~cause an outcry\tcritical\t0.7\t\t\n", "own.tsv")
    (found,) = [f for f in check("They made a bidon of it.\n", Extras(own)).flags if f.check == "lexicon"]
    assert (found.fix, found.severity, found.confidence) == ("caused an outcry", "critical", 0.7)


@pytest.mark.parametrize(
    "line",
    [
        "one cell",
        "\tsuggestion",
        "* any\tthing",
        "a\tb\tc\td\te\tf\tg\th\ti",
        "fr\tx\ty\tz\tgrave\t0.9",
        "fr\tx\ty\tz\tmajor\thigh",
        "fr\tx\ty\tz\tmajor\t1.5",
        "fr\tx\ty\tz\tmajor\t0.9\t?near",
    ],
)
def test_an_entry_that_cannot_be_read_is_named_by_its_line(line):
    with pytest.raises(InputError, match=r"own\.tsv, line 2"):
        entries(f"# remark\n{line}\n", "own.tsv")


def test_flags_are_silenced_by_check_rule_and_text_and_counted():
    plain = check(TEXT, Extras())
    marks = [f for f in plain.flags if f.evidence["rule"] == "guillemet"]
    assert marks
    checked = check(TEXT, Extras(ignore=ignored("*\tquotes/guillemet\n", "x", CHECKS)))
    assert not any(f.evidence["rule"] == "guillemet" for f in checked.flags)
    assert len(checked.silenced) == len(marks)
    assert "«" in str(checked.clean)
    assert any(f"silenced={len(marks)}" in entry for entry in checked.trail)
    shown, hidden = silence(plain.flags, [Ignored(text="«*")])
    assert [f.text[0] for f in hidden] == ["«"]
    assert len(shown) + len(hidden) == len(plain.flags)


def test_rules_are_chosen_by_the_file():
    rules = ignored("press/*\tquotes\nb.txt\n*\t*\tfoo\n", "x", CHECKS)
    assert rules_for(rules, "press/a.txt") == (rules[0], rules[2])
    assert rules_for(rules, "other/b.txt") == (rules[1], rules[2])


@pytest.mark.parametrize("line", ["a\tb\tc\td", "*\tno-such-check"])
def test_an_ignore_list_that_cannot_be_read_is_named_by_its_line(line):
    with pytest.raises(InputError, match="line 1"):
        ignored(line, "x", CHECKS)
