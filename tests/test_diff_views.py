"""Every view of a difference as it is, at three widths, and as a browser sees it.

``ALIGNTOOL_GOLDEN=write pytest tests/test_diff_views.py`` writes the expected files anew: read what changed.
"""

import os
import re
from html.parser import HTMLParser

import pytest
from diffs import CLEAN, DRAFT, row
from hypothesis import given
from hypothesis import strategies as st
from strategies import halves, lines, texts

from aligntool import diffrows
from aligntool.codec import Format
from aligntool.diffpage import page
from aligntool.difftext import breadth, overview, render
from aligntool.judgement import judge
from aligntool.measures import Score, chrf
from aligntool.plugins import load
from aligntool.records import Document, Flag, Segment, Span
from aligntool.revisions import Version, revise
from aligntool.sentences import segment
from aligntool.showing import choose, visible

_ANSI = re.compile(r"\x1b\[\d*m")


def _version(text):
    form = load("formats", "text")
    assert isinstance(form, Format)
    blocks = form.read(text)
    return Version(segment(Document("en", blocks.segments, blocks.tail)))


def _flag(version, quoted, check, message):
    number, text = next((i, t) for i, t in enumerate(version.document.texts) if quoted in t)
    start = text.index(quoted)
    return Flag(check, "grammar", number, Span(start, start + len(quoted)), quoted, "minor", message, 0.9)


@pytest.fixture(scope="module")
def article():
    old, new = _version(DRAFT), _version(CLEAN)
    was = [_flag(old, "of of", "repeated-words", "The word stands twice.")]
    now = [_flag(new, "was was", "repeated-words", "The word stands twice.")]
    return judge(revise("harbour", old, new), was, now)


@pytest.fixture(scope="module")
def talk():
    rows = [row(1), row(2), row(3)]
    sides = [Document("en", tuple(Segment(getattr(one, side)) for one in rows)) for side in ("mt", "tgt")]
    ids = tuple(one.id for one in rows)
    return revise("talk", *(Version(side, ids, ids) for side in sides))


@pytest.fixture
def golden(root):
    """Compare with a stored file, or write it when told to."""

    def check(name, text):
        path = root / "tests" / "golden" / "diff" / name
        if os.environ.get("ALIGNTOOL_GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.mark.parametrize("width", [60, 100, 160])
@pytest.mark.parametrize("two", [False, True], ids=["inline", "side-by-side"])
def test_the_terminal_view(article, talk, golden, width, two):
    parts = [
        render(one, choose(one, None, 1, most=False), width, two=two).replace("\x1b", "␛")
        for one in (article, talk)
    ]
    golden(f"{'side-by-side' if two else 'inline'}-{width}.txt", "\n".join(parts))


@pytest.mark.parametrize("width", [60, 100, 160])
@pytest.mark.parametrize("only", ["flagged", "changed", "moved"])
def test_a_choice_of_the_terminal_view(article, golden, width, only):
    shown = render(article, choose(article, only, 0, most=True), width, two=False)
    golden(f"{only}-{width}.txt", _ANSI.sub("", shown))


@pytest.mark.parametrize("width", [60, 100, 160])
def test_the_overview(article, talk, golden, width):
    same = revise("an-unchanged-document-with-a-long-name", article.old, article.old)
    found = [article, talk, same, revise("gone", article.old, Version(Document("und")))]
    golden(f"stat-{width}.txt", overview(found, width).replace("\x1b", "␛"))


@pytest.mark.parametrize("two", [False, True], ids=["inline", "side-by-side"])
def test_the_page(article, talk, golden, two):
    scores = [("harbour", Score("BLEU", 20.0, 60.0, 2.0, 3.0, 0.001, "nrefs:1"))]
    shown = [(one, choose(one, None, 1, most=False)) for one in (article, talk)]
    golden(f"{'side-by-side' if two else 'inline'}.html", page(shown, ("a <old>", "b"), scores, two=two))


def test_the_records(article, talk, golden):
    edits = [edit for one in (article, talk) for edit in diffrows.edits(one)]
    golden("edits.tsv", diffrows.as_tsv(edits))
    more = {"documents": [diffrows.stats(article)], "flags": list(diffrows.flags(article))}
    golden("edits.json", diffrows.as_json(edits, **more))
    golden("textconv.txt", "\n".join(diffrows.lines([row(1), row(2, status="ok", note="fine")])) + "\n")


@given(st.one_of(lines, texts), st.one_of(lines, texts), st.integers(12, 60), st.booleans())
def test_no_line_is_broader_than_the_terminal(old, new, width, two):
    sides = [Version(Document("en", (Segment("One."), Segment(one, " ")))) for one in (old, new)]
    found = revise("x", *sides)
    for line in render(found, choose(found, None, 1, most=False), max(width, 30), two=two).splitlines():
        assert breadth(_ANSI.sub("", line)) <= max(width, 30)


@given(st.one_of(texts, halves))
def test_no_text_gets_control_over_the_terminal(text):
    found = revise("x", Version(Document("en")), Version(Document("en", (Segment(text),))))
    shown = _ANSI.sub("", render(found, choose(found, None, 0, most=False), 80, two=False))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)
    assert visible(visible(text)) == visible(text)


class _Reader(HTMLParser):
    """Collects a page's text and checks that its tags nest."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.scripts = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attrs)
        assert not any(name in {"src", "href"} for name, _ in attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@given(st.one_of(lines, texts), st.one_of(lines, texts))
def test_a_page_is_whole_and_runs_nothing_whatever_the_text(old, new):
    sides = [Version(Document("en", (Segment(one),))) for one in (old, f"<script>x</script>{new}")]
    found = revise("<b onload=x>", *sides)
    reader = _Reader()
    reader.feed(page([(found, choose(found, None, 0, most=False))], ("a", "b"), two=True))
    assert reader.open == []
    assert reader.scripts == 0
    assert "<b onload=x>" in "".join(reader.text)


def _written(article, *, two):
    return page([(article, choose(article, None, 1, most=False))], ("a", "b"), two=two)


@pytest.fixture
def shown(article, page):
    """Show the article's differences in a window of some width."""

    def show(*, two, width, scheme="light"):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.set_content(_written(article, two=two))
        return page

    return show


@pytest.mark.parametrize("width", [320, 500, 1200])
@pytest.mark.parametrize("two", [False, True], ids=["inline", "side-by-side"])
def test_a_page_does_not_stick_out_at_the_side(shown, two, width):
    drawn = shown(two=two, width=width)
    assert drawn.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("two", [False, True], ids=["inline", "side-by-side"])
def test_axe_finds_no_barrier_in_a_page(shown, axe, screenshot, two, scheme):
    drawn = shown(two=two, width=1000, scheme=scheme)
    screenshot(drawn, f"diff-{'side-by-side' if two else 'inline'}-{scheme}")
    assert axe(drawn) == []


# Figures.


def test_chrf_is_that_of_sacrebleu():
    sacrebleu = pytest.importorskip("sacrebleu", reason="an extra: pip install sacrebleu")
    old, new = DRAFT.splitlines(), CLEAN.splitlines()
    pairs = [pair for pair in zip(old, new, strict=False) if all(pair)]
    assert len(pairs) > 3
    theirs = sacrebleu.corpus_chrf([a for a, _ in pairs], [[b for _, b in pairs]]).score
    assert chrf(pairs) == pytest.approx(theirs, abs=1e-6)


@given(st.lists(lines, max_size=4))
def test_chrf_of_a_text_and_itself_is_100(sentences):
    assert chrf([(one, one) for one in sentences]) == pytest.approx(100)
    assert chrf([("abc", "xyz")]) == 0
