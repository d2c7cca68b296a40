"""Web pages and subtitles as documents: to the character as they were, the right things translated."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligntool.fileformats import format_for
from aligntool.formats import html, srt
from aligntool.sentences import segment

PAGE = """<!DOCTYPE html>
<html lang="nl"><head>
  <meta charset="utf-8"><title>Storm &amp; regen</title>
  <script>if (a < b) { document.write("<p>not this</p>"); }</script>
  <style>p::after { content: "nor this"; }</style>
</head><body class="post">
<nav><ul><li><a href="/">Voorpagina</a></li><li>Sport</li></ul></nav>
<!-- wp:heading --><h1>Zware <em>storm</em> op komst</h1><!-- /wp:heading -->
<p class='lead' data-x="a > b"><strong>Het waait hard.</strong></p>
<p>De <a href="https://example.org/?a=1&b=2">dienst</a> waarschuwt<!-- ad --> iedereen.<br>Blijf binnen.</p>
<figure><img src="a.jpg" alt="Een boom"><figcaption>Een boom in de stad</figcaption></figure>
<pre>wget storm</pre>
<p><code>x = 1</code></p>
<p>Typ <code>stop</code> om te stoppen.</p>
<ul><li>Eerste<li>Tweede</ul>
<p>&nbsp;</p><p>***</p>
<svg><text>logo</text></svg>
<noscript>Zet scripts aan</noscript>
</body></html>
"""
SOUP = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<i class='a>b'>",
                "</i>",
                "<br/>",
                "<nav>",
                "</nav>",
                "<code>",
                "</code>",
            ),
            *(
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<SCRIPT x>",
                "</script ",
                "<title>",
                "</title>",
                "<pre>",
                "</pre>",
            ),
            *(
                "<",
                ">",
                '"',
                "'",
                "=",
                "&amp;",
                "<a href=",
                "</",
                "<!",
                "<?",
                "/>",
                "<img>",
                "<svg/>",
                "<x-y z>",
            ),
            *("Wind", " ", "\n", "\r\n", "\t", "\x00", "\u2028", "\u00a0", "שלום", "👩‍🚀", "1 < 2"),
        ]
    )
    | st.text(max_size=4),
    max_size=30,
).map("".join)


def texts(page):
    return list(html.PLUGIN.read(page).texts)


@given(SOUP | st.text())
@example(PAGE)
def test_a_page_comes_back_to_the_character(page):
    document = html.PLUGIN.read(page)
    assert html.PLUGIN.write(document) == page
    assert all(text == text.strip() != "" for text in document.texts)


@given(SOUP)
@example(PAGE)
def test_a_page_cut_into_sentences_comes_back_too(page):
    assert str(segment(html.PLUGIN.read(page))) == page


@given(st.integers(0, len(PAGE)))
def test_a_page_cut_off_anywhere_comes_back(end):
    assert str(html.PLUGIN.read(PAGE[:end])) == PAGE[:end]


def test_words_are_translated_and_nothing_else():
    assert texts(PAGE) == [
        "Storm &amp; regen",
        "Zware <em>storm</em> op komst",
        "Het waait hard.",
        'De <a href="https://example.org/?a=1&b=2">dienst</a> waarschuwt<!-- ad --> iedereen.',
        "Blijf binnen.",
        "Een boom in de stad",
        "Typ <code>stop</code> om te stoppen.",
        "Eerste",
        "Tweede",
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p><a href=x><b> All of it. </b></a></p>", ["All of it."]),
        ("<p><b>Half</b> of it and <i>the end</i></p>", ["<b>Half</b> of it and <i>the end</i>"]),
        ("<p></b>stray<i></p>", ["stray"]),
        ("<p><b>one</i> two</b></p>", ["one</i> two"]),
        ("<p><img src=a> Text <img src=b></p>", ["Text"]),
        ("<p title='a > b'>Text</p>", ["Text"]),
        ('<p class"x>Text</p>', ["Text"]),
        ('<p title="never closed>Text</p>', ["Text"]),
        ("a < b and c > d", ["a < b and c > d"]),
        ("AT&T <3 you", ["AT&T <3 you"]),
        ("<P>Upper</P><DIV>case</DIV>", ["Upper", "case"]),
        ("<SCRIPT>no</script >yes<script>never closed", ["yes"]),
        ("<nav>a<nav>b</nav>c</nav>d", ["d"]),
        ("<nav><script></nav></script>x</nav>y", ["y"]),
        ("<!-- a --><p>x<!-- never closed </p>", ["x"]),
        ("<!-->x--></p>", ["x-->"]),
        ("<title>a <b> c</title>", ["a <b> c"]),
        ("<textarea><p>form</p></textarea>z", ["z"]),
        ("<svg/>after", ["after"]),
        ('<head><script src="x"/></head><p>after</p>', ["after"]),
        ('<script src="x" /></script><p>after</p>', ["after"]),
        ("<custom-part>own</custom-part>", ["own"]),
        ("only text", ["only text"]),
        ("<p>2024</p><p>—</p><p>&eacute;</p>", ["2024"]),
        ("", []),
        ("text <unfinished", ["text"]),
    ],
)
def test_where_sentences_begin_and_end(page, expected):
    assert texts(page) == expected
    assert str(html.PLUGIN.read(page)) == page


LONG = 100_000


@pytest.mark.parametrize(
    "evil",
    [
        *(
            "<!--",
            "<a ",
            '<a ="<a" ',
            "<a =\"'",
            "<script>",
            "<",
            "</",
            "<p>",
            "<code>",
            "<b>x",
            "<nav>",
            "&",
            "<b></b>",
        ),
        *("<title>", "<svg>", "=", "<a = = ", "<p><b>x</b>", "</b>", "&amp;", " \n"),
    ],
)
def test_time_is_linear_in_whatever_is_repeated(evil):
    page = evil * LONG
    started = time.process_time()
    assert str(html.PLUGIN.read(page)) == page
    assert time.process_time() - started < 15


def test_crossed_tags_take_no_quadratic_time():
    page = "<b>" * LONG + "x" + "</i>" * LONG + "</b>" * LONG
    started = time.process_time()
    assert texts(page) == ["x"]
    assert time.process_time() - started < 15


def test_page_and_subtitle_endings_choose_their_formats():
    assert [format_for(name).name for name in ("a.html", "b.HTM", "c.srt", "d.vtt")] == [
        "html",
        "html",
        "srt",
        "srt",
    ]
    assert format_for("a.xlf") is None
    assert format_for("a.tmx") is None


# --- subtitles ------------------------------------------------------------------------------------------

CUES = """1
00:00:01,000 --> 00:00:02,500
- Waar ga je heen?
- Naar huis.

2
00:00:03,000 --> 00:00:04,000 X1:10 X2:20
<i>Het regent.</i>

3
00:00:05,000 --> 00:00:06,000

4
00:00:07,000 --> 00:00:08,000
1984
5
00:00:09,000 --> 00:00:10,000
Tot ziens.
"""
VTT = """WEBVTT - nieuws

NOTE niet dit

00:01.000 --> 00:02.000 align:start
Goedenavond.

intro
00:03.000 --> 00:04.000
Dag."""
PIECES = st.lists(
    st.sampled_from(
        [
            "1\n",
            "00:00:01,000 --> 00:00:02,000\n",
            "00:01.000 --> 00:02.000\r\n",
            "\n",
            "\r\n",
            "Wind",
            " ",
            "-->",
        ]
    )
    | st.text(max_size=5),
    max_size=25,
).map("".join)


def test_a_cue_is_a_segment_and_numbers_and_timings_are_not():
    assert list(srt.PLUGIN.read(CUES).texts) == [
        "- Waar ga je heen?\n- Naar huis.",
        "<i>Het regent.</i>",
        "1984",
        "Tot ziens.",
    ]
    assert list(srt.PLUGIN.read(VTT).texts) == ["Goedenavond.", "Dag."]


@given(PIECES)
@example(CUES)
@example(CUES.replace("\n", "\r\n"))
@example(VTT)
def test_subtitles_come_back_to_the_character(text):
    document = srt.PLUGIN.read(text)
    assert srt.PLUGIN.write(document) == text
    assert str(segment(document)) == text
    assert all(one == one.strip() != "" for one in document.texts)


def test_subtitles_with_windows_line_ends_read_the_same():
    unix, windows = (srt.PLUGIN.read(text).texts for text in (CUES, CUES.replace("\n", "\r\n")))
    assert [text.replace("\r\n", "\n") for text in windows] == list(unix)


@pytest.mark.parametrize("evil", ["1\n", "00:00:01,000 --> 00:00:02,000\n", "x\n", " ", "1", "\n", "1:1:"])
def test_time_is_linear_for_subtitles_too(evil):
    text = "00:00:01,000 --> 00:00:02,000\n" + evil * LONG
    started = time.process_time()
    assert str(srt.PLUGIN.read(text)) == text
    assert time.process_time() - started < 15
