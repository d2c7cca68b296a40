"""The artifacts planted in corpus/ by somebody who had not read the checks: how many are found."""

import re
from collections import defaultdict

import pytest

from aligntool import pipeline
from aligntool.pipeline import Settings


@pytest.fixture(scope="module")
def planted(root):
    """Ranges of the planted artifacts in each document, with their categories."""
    found = defaultdict(list)
    head, *lines = (root / "tests/cases/planted.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        row = dict(zip(head.split("\t"), line.split("\t"), strict=True))
        text = (root / "corpus" / f"{row['doc']}.txt").read_text(encoding="utf-8")
        start = text.index(row["text"])
        found[row["doc"]].append((start, start + len(row["text"]), row["category"]))
    return found


@pytest.fixture(scope="module")
def flagged(root, planted):
    """Ranges of the flags at the default level in each document."""
    found = {}
    for name in planted:
        text = (root / "corpus" / f"{name}.txt").read_text(encoding="utf-8")
        document = pipeline.english(f"{name}.txt", text, Settings())
        starts = document.starts()
        flags = pipeline.check(name, document, "normal").flags
        found[name] = [(starts[f.segment] + f.span.start, starts[f.segment] + f.span.end) for f in flags]
    return found


def share(left, right):
    """Share of the ranges on the left that touch one on the right."""
    touching = [
        any(a < max(d, c + 1) and c < max(b, a + 1) for c, d, *_ in right[name])
        for name in left
        for a, b, *_ in left[name]
    ]
    return sum(touching) / len(touching)


def of(planted, *categories):
    return {name: [one for one in ranges if one[2] in categories] for name, ranges in planted.items()}


def test_more_than_half_of_all_artifacts_is_found_and_most_flags_are_on_one(planted, flagged):
    assert share(planted, flagged) >= 0.55
    assert share(flagged, planted) >= 0.8


def test_most_mechanical_errors_and_names_are_found(planted, flagged):
    assert share(of(planted, "residue", "named-entity", "spacing", "punctuation"), flagged) >= 0.9


def test_calques_of_an_unknown_text_are_found_at_all(planted, flagged):
    assert share(of(planted, "calque"), flagged) >= 0.25


def words(text):
    return set(re.findall(r"\w+", text.casefold()))


def test_fixes_never_glue_words_together(root, planted):
    for name in planted:
        text = (root / "corpus" / f"{name}.txt").read_text(encoding="utf-8")
        checked = pipeline.check(name, pipeline.english(f"{name}.txt", text, Settings()), "thorough")
        known = words(text) | {word for flag in checked.applied for word in words(flag.fix)}
        assert words(str(checked.clean)) <= known
        for one in checked.flags:  # each for itself too: a reviewer may accept any of them
            if one.fix is not None:
                whole = checked.bitext.target.segments[one.segment].text
                mended = whole[: one.span.start] + one.fix + whole[one.span.end :]
                assert words(mended) <= words(whole) | words(one.fix), (one.text, one.fix)
