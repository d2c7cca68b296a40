"""Ten thousand texts no person would write: no check breaks on one, and none takes more than linear time."""

import random
import time

import pytest

from aligntool import plugins
from aligntool.files import read_table
from aligntool.records import Document, Segment, monolingual, parallel

_TEXTS, _BATCH = 10_000, 50
_ALPHABETS = {
    "control characters": "\x00\x01\x07\x08\x0b\x0c\x1b\x1c\x1f\x7f\x85\u2028\u2029 ab",
    "lone surrogates": "\ud800\udbff\udc00\udfff ab.,",
    "right to left": "שלום عليكم \u200f\u200e\u202e\u202b\u202c،؟ ab1",
    "only quotes": "\"'“”‘’„«»‹› ",
    "combining": "\u0301\u0308\u0323\u200d\u200c\ufeff\u00ad eau",
    "brackets and stops": "()[]{}<>.,;:!?…-–— a",
    "figures": "0123456789.,%€$ -/: ",
    "anything": "".join(map(chr, range(0x20, 0x250))) + "汉字かなไทย👩🏽\u200d🚀🇳🇱",
}
_SAID = """
the of and she he China Russia the the OTAN Poutine nourishes doubts reciprocal , . “ ” « » ( ) 2015 1,5 %
minister as if since for ago anti -war Campagin pro-russian a an Mr. U.S. it its whose “no” , she said ,
"""
_WORDS = _SAID.split()


@pytest.fixture(scope="module")
def finders():
    every = list(plugins.load_all("checks"))
    return [(check, check.prepare({stem: read_table(stem) for stem in check.tables})) for check in every]


def _fuzzed(rng):
    """A text of one kind, or words with fragments of one kind between them."""
    alphabet = _ALPHABETS[rng.choice([*_ALPHABETS])]
    size = rng.choice((1, 3, 10, 30, 80))
    odd = "".join(rng.choices(alphabet, k=size))
    if rng.random() < 0.5:
        return odd
    words = rng.choices(_WORDS, k=rng.randint(1, 15))
    words.insert(rng.randrange(len(words) + 1), odd)
    return rng.choice(("", " ", "\n")).join(words) if rng.random() < 0.2 else " ".join(words)


def _documents():
    rng = random.Random(2026)  # noqa: S311 - odd texts, no secrets
    for _ in range(_TEXTS // _BATCH):
        yield [
            Document(lang, tuple(Segment(_fuzzed(rng), rng.choice(("", " ", "\n\n"))) for _ in range(_BATCH)))
            for lang in ("fr", "en")
        ]


def _quotes(bitext, flag):
    side = bitext.source if flag.side == "source" else bitext.target
    text = side.segments[flag.segment].text
    return (
        0 <= flag.span.start <= flag.span.end <= len(text)
        and flag.text == text[flag.span.start : flag.span.end]
    )


def test_no_check_breaks_and_every_span_quotes_the_text(finders):
    found = 0
    for source, target in _documents():
        for bitext in (monolingual(target), parallel(source, target)):
            for check, finder in finders:
                for flag in finder(bitext):
                    assert _quotes(bitext, flag), check.name
                    found += 1
    assert found > _TEXTS / 10  # the texts are not so odd that nothing is read in them


_UNITS = {"one word": "a", "control characters": "\x00\x07", "only quotes": "“"}
_SMALL, _LARGE = 125_000, 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize("unit", _UNITS.values(), ids=_UNITS)
def test_a_line_of_a_million_characters_takes_eight_times_what_an_eighth_takes(finders, unit):
    took = {}
    for size in (_SMALL, _LARGE):
        bitext = monolingual(Document("en", (Segment((unit * size)[:size]),)))
        began = time.process_time()
        for check, finder in finders:
            assert all(_quotes(bitext, flag) for flag in finder(bitext)), check.name
        took[size] = time.process_time() - began
    assert took[_LARGE] < 2 + 2 * (_LARGE / _SMALL) * took[_SMALL]
