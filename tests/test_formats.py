"""What counts as a block of text in each format, and what is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from aligntool.plugins import load


def _blocks(name, text):
    document = load("formats", name).read(text)
    assert str(document) == text
    return list(document.texts)


# Plain text.

WRAPPED = """De minister vertrok gisteren in alle vroegte naar Brussel om
daar met zijn ambtgenoten over de visserij te spreken, zoals
elk jaar rond deze tijd gebruikelijk is geworden.

Hij keerde niet terug.
"""


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        (" \n\t\n", []),
        ("Een.", ["Een."]),
        ("Kop\n\nEerste zin. Tweede zin.\n\nNog een.\n", ["Kop", "Eerste zin. Tweede zin.", "Nog een."]),
        ("Een.\nTwee.\nDrie.", ["Een.", "Twee.", "Drie."]),
        ("Een.\r\n\r\nTwee.\r\n", ["Een.", "Twee."]),
        ("Een.\n \t\u00a0\nTwee.", ["Een.", "Twee."]),
        ("\n\n  Een.  \n\n\n\n  Twee.  \n", ["Een.", "Twee."]),
        ("Een.\n" + "Een heel lange alinea zonder einde, " * 10 + "\nTwee.", None),
    ],
)
def test_plain_text_has_a_block_a_paragraph(text, blocks):
    found = _blocks("text", text)
    assert found == blocks if blocks is not None else len(found) == 3


def test_hard_wrapped_text_is_put_together_again():
    assert _blocks("text", WRAPPED) == [WRAPPED[: WRAPPED.index("\n\n")], "Hij keerde niet terug."]
    assert _blocks("text", WRAPPED.replace("\n", "\r\n"))[1:] == ["Hij keerde niet terug."]


def test_a_line_a_paragraph_is_not_taken_for_hard_wrapped():
    lines = [
        "De minister vertrok gisteren in alle vroegte naar Brussel.",
        "“Ik kom terug”, zei hij bij zijn vertrek!",
    ] * 3
    assert _blocks("text", "\n".join(lines)) == lines


def test_short_lines_are_not_taken_for_hard_wrapped():
    assert _blocks("text", "Brood\nKaas\nMelk\nWijn") == ["Brood", "Kaas", "Melk", "Wijn"]


def test_a_heading_above_wrapped_text_stays_on_its_own():
    assert _blocks("text", "Visserij\n\n" + WRAPPED)[0] == "Visserij"


@pytest.mark.parametrize("name", ["text", "lines", "markdown"])
@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 100000 + "b",
        "\n" * 50000 + "a",
        "a " * 50000,
        "-" * 50000 + "a",
        "> " * 20000 + "a",
        "<" * 50000,
        "| " * 20000,
        "`" * 50000 + "x",
        "1. " * 20000,
        "- " * 20000,
        "[" * 50000,
        "# " + " #" * 20000 + " a",
        "---\n" + "a: b\n" * 5000,
        "<!--\n" * 5000,
        "```\n" * 5001,
        "a \n" * 5000,
        "\\|" * 20000,
        "*" + " *" * 20000 + "a",
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_format_reads_in_time_that_grows_with_the_text(name, text):
    start = time.process_time()
    assert str(load("formats", name).read(text)) == text
    assert time.process_time() - start < 5


# A line a segment.


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n", [""]),
        ("Een", ["Een"]),
        ("Een\n", ["Een"]),
        ("Een\n\n\nTwee\n", ["Een", "", "", "Twee"]),
        ("\nEen\n\n", ["", "Een", ""]),
        ("Een\r\n\r\nTwee\r\n", ["Een", "", "Twee"]),
        ("  Een \n \t \nTwee", ["Een", "", "Twee"]),
        ("Een\u2028nog\x0bsteeds\x85een\nTwee", ["Een\u2028nog\x0bsteeds\x85een", "Twee"]),
    ],
)
def test_a_line_is_a_segment_and_empty_ones_count(text, lines):
    assert _blocks("lines", text) == lines


@given(texts)
def test_line_n_is_segment_n(text):
    expected = text.removesuffix("\n").split("\n") if text else []
    assert _blocks("lines", text) == [line.strip() for line in expected]


# Markdown.


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        # Headings end with their line.
        ("# Kop\nTekst eronder.\n", ["Kop", "Tekst eronder."]),
        ("## Kop ##\n", ["Kop"]),
        ("# C#\n", ["C#"]),
        ("#geen kop", ["#geen kop"]),
        ("Kop\n===\nTekst\n---\nMeer", ["Kop", "Tekst", "Meer"]),
        # Paragraphs.
        ("Een\ntwee.\n\nDrie.", ["Een\ntwee.", "Drie."]),
        ("Een.\r\n\r\nTwee.\r\n", ["Een.", "Twee."]),
        ("Geboren in\n1918. Hij was arm.", ["Geboren in\n1918. Hij was arm."]),
        ('[Link](http://a.b/c "t") en *nadruk*.', ['[Link](http://a.b/c "t") en *nadruk*.']),
        # Lists, their further lines and paragraphs.
        ("- een\n- twee\n  nog twee\n", ["een", "twee\n  nog twee"]),
        ("Lijst:\n- een\n* twee\n+ drie", ["Lijst:", "een", "twee", "drie"]),
        ("1. een\n2. twee\n10) tien", ["een", "twee", "tien"]),
        ("1. een\nlui\n2. twee", ["een\nlui", "twee"]),
        ("- a\n    - b\n        - c\n", ["a", "b", "c"]),
        ("- een\n\n    tweede alinea\n- twee", ["een", "tweede alinea", "twee"]),
        ("- [ ] taak\n- [x] gedaan", ["taak", "gedaan"]),
        # Quotations: marks at line starts never stand inside a text.
        ("> een\n> twee\n\nuit", ["een", "twee", "uit"]),
        ("> > diep\n> # Kop\n> - punt", ["diep", "Kop", "punt"]),
        # Code.
        ("Voor\n```python\nx = 1\n```\nNa", ["Voor", "Na"]),
        ("~~~\n```\nx\n~~~\nNa", ["Na"]),
        ("````\n```\nx\n```\n````\nNa", ["Na"]),
        ("```\nx\n``\n~~~\n```` \nNa", ["Na"]),
        ("```\nnever closed\n", []),
        ("- punt\n  ```\n  x\n  ```\n- twee", ["punt", "twee"]),
        ("> ```\n> x\n> ```\n> na", ["na"]),
        ("> ```\n> x\nbuiten", ["buiten"]),
        ("``` in ``` de zin", ["``` in ``` de zin"]),
        ("Voor\n\n    x = 1\n\nNa", ["Voor", "Na"]),
        ("\tx = 1\n\nNa", ["Na"]),
        ("Alinea\n    met inspringing", ["Alinea\n    met inspringing"]),
        # Rules, tables, front matter.
        ("Een\n\n***\n\n- - -\n\nTwee", ["Een", "Twee"]),
        ("| Naam | Jaar |\n|:--|--:|\n| De \\| Boer | 1918 |\n", ["Naam", "Jaar", "De \\| Boer", "1918"]),
        ("---\ntitle: Een\ntags:\n  - a\n---\nTekst", ["Tekst"]),
        ("---\r\ntitle: Een\r\n---\r\nTekst", ["Tekst"]),
        ("---\n\nEen lijn erboven.\n\n---\n\nTwee.", ["Een lijn erboven.", "Twee."]),
        ("---\nnooit gesloten: ja\n", ["nooit gesloten: ja"]),
        # HTML and what is not shown.
        ('<div class="a">\nTekst\n</div>\n', ["Tekst"]),
        ("<!-- een\ntwee --> \nTekst", ["Tekst"]),
        ("<!-- een -->\nTekst", ["Tekst"]),
        ("<script>\nlet x = 1\n</script>\nTekst", ["Tekst"]),
        ("<PRE>\nx\n</pre>\nTekst", ["Tekst"]),
        ('[a]: http://a.b "t"\n[^1]: Voetnoot.\nTekst', ["[^1]: Voetnoot.\nTekst"]),
        ("3 < 4 en 5 > 4", ["3 < 4 en 5 > 4"]),
    ],
)  # fmt: skip
def test_markdown_prose_is_found_and_nothing_else(text, blocks):
    assert _blocks("markdown", text) == blocks


_LINES = ("Een zin.", "# Kop", "- punt", "> citaat", "```", "    code", "---", "", "| a | b |", "<!--", "-->")


@given(st.lists(st.sampled_from(_LINES), max_size=12).map("\n".join))
def test_markdown_markers_never_stand_at_the_start_of_a_text(text):
    for block in _blocks("markdown", text):
        assert not block.startswith(("#", ">", "|", "```", "- "))
        assert "\n>" not in block
