"""What texts, documents and tables tests are made of: ordinary ones, and all that ever broke a text tool."""

from hypothesis import strategies as st

from aligntool.records import Bead, Bitext, Document, Segment, Span

NASTY = (
    "",
    " ",
    "\n",
    "\r\n\r\n",
    "\t \u00a0\u202f",
    "“”",
    '""""',
    "«»’'\"“„",
    ". . . , , !?",
    "👩🏽\u200d🚀 took off 🇳🇱. 🧑\u200d🤝\u200d🧑 , stayed .",
    "Cafe\u0301 de l\u2019e\u0301te\u0301 . a\u0300\u0301\u0302\u0323",
    "\u0301\u0301",
    "أعلن الرئيس أمس. \u200fشكرا ، جزيلا !",
    "\u202eright to left\u202c and back",
    "one\u2028two\u2029three\u0085four\x0bfive\x0csix",
    "a\x00b\x07c\x1b[31md",
    "First line\r\nsecond line\r\n\r\nThird .\r\n",
    "old\rmac\rlines\r\r",
    "\ufeffmark in the text\ufeff",
    "[](){}<>|*_~`#>-+=:",
    "a" * 3_000,
    " ".join(["word"] * 1_000),
    "the the " * 2_000,
    ". " * 5_000,
    "“ " * 2_000,
    "x" + " " * 30_000 + "y",
    "\n" * 5_000,
    "0" * 2_000,
    "> " * 2_000,
    "|" * 2_000,
    "(" * 2_000 + ")" * 500,
)

_RARE = (
    "\u0301\u0308\u05d0\u0634\u200d\u200f\u202e\u00ad\ufeff\u2028\u2029\u0085\x00\x07\x0b\x1c🙂👩🏽ﬁßİıΣς汉カ"
)
_MARKS = ".,;:!?…\"'“”‘’«»()[]-–—/\\|*_#>`~=+%&@"
_CHARS = st.one_of(
    st.sampled_from("abcdeXYZéñ019"),
    st.sampled_from("   \n\n\t\r\u00a0"),
    st.sampled_from(_MARKS),
    st.sampled_from(_RARE),
    st.characters(exclude_categories=("Cs",)),
)
_PIECES = """
the the of of and and he said, Kremlin Moscow left in 2015 1,5 10 % sanctions U.S. Mr. anti -war
co -operation for with , , . ; .. ... “ ” « » ( ) # - > | ``` ---
"""
_WORDS = st.sampled_from([*_PIECES.split(), "\n", "\n\n", "\r\n"])

texts = st.one_of(
    st.text(_CHARS, max_size=60),
    st.lists(_WORDS, max_size=25).map(" ".join),
    st.lists(st.one_of(_WORDS, st.text(_CHARS, max_size=4)), max_size=20).map("".join),
)
"""Any text a file can hold."""

halves = st.text(st.one_of(_CHARS, st.characters(categories=["Cs"])), max_size=30)
"""Texts with half characters in them, which no file can hold and a JSON string can."""

lines = texts.map(lambda text: " ".join(text.split()))
"""Texts of one line, without blanks around them."""


@st.composite
def documents(draw, lang="en", text=texts, least=0, most=5):
    """Documents of any layout."""
    leads = st.sampled_from(["", " ", "\n", "\n\n", "\r\n", "\t- ", "\u2028", " \x85"])
    count = draw(st.integers(least, most))
    segments = tuple(Segment(draw(text), draw(leads)) for _ in range(count))
    return Document(lang, segments, draw(leads))


@st.composite
def bitexts(draw, text=texts):
    """Bitexts with beads of every shape."""
    shapes = draw(st.lists(st.sampled_from([(1, 1), (1, 1), (1, 0), (0, 1), (2, 1), (1, 2)]), max_size=5))
    beads, at = [], (0, 0)
    for source, target in shapes:
        score = draw(st.sampled_from([0.0, 0.25, 1.0]))
        beads.append(Bead(Span(at[0], at[0] + source), Span(at[1], at[1] + target), score))
        at = (at[0] + source, at[1] + target)
    left = draw(documents("nl", text, at[0], at[0]))
    right = draw(documents("en", text, at[1], at[1]))
    return Bitext(left, right, tuple(beads))


@st.composite
def retold(draw, document, text=texts):
    """Another version of a document: other texts in the same layout, changed a little or altogether."""

    def change(old):
        words = old.split(" ")
        at = draw(st.integers(0, len(words)))
        return " ".join(
            [*words[:at], *draw(st.lists(_WORDS, max_size=2)), *words[at + draw(st.integers(0, 2)) :]]
        )

    fresh = [draw(text) if draw(st.booleans()) else change(s.text) for s in document.segments]
    segments = tuple(Segment(new, s.lead) for new, s in zip(fresh, document.segments, strict=True))
    return Document(document.lang, segments, document.tail)
