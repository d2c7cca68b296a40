"""Aligned tables as other programs exchange them: nothing changes on the way, nothing hostile gets in."""

import json
import re
import time
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aligntool import plugins
from aligntool.codec import TableFormat, losses, merge
from aligntool.errors import InputError
from aligntool.formats import bilingual, hunalign, jsonl, ladder, moses, mqm, tmx, tsv, xliff
from aligntool.records import CATEGORIES, SEVERITIES, Flag, Span
from aligntool.table import COLUMNS, STATUSES, Row, Table, details, format_flags, pack, parse_flags
from aligntool.table import write as write_tsv

BOTH = [tmx.PLUGIN, xliff.PLUGIN, jsonl.PLUGIN, tsv.PLUGIN]
HOSTILE = "<script>alert('1')</script> & \"x\" ]]> <!-- &lt; <v>a</v> \u202eRTL\u202c שלום 👩‍🚀 \u00ad"

# What a cell of an aligned TSV may hold, less the two noncharacters that XML cannot.
CELL = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), max_size=25
) | st.sampled_from([HOSTILE, " two  blanks ", "=1+1", '"quoted', "~~~", "'"])
LANGS = st.sampled_from(["nl", "fr", "en", "ar", "zh-Hant", "und", "nds"])


@st.composite
def flags(draw, text, side):
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return Flag(
        draw(st.sampled_from(["calque", "stray-stop"])),
        draw(st.sampled_from(CATEGORIES)),
        0,
        Span(start, end),
        text[start:end],
        draw(st.sampled_from(SEVERITIES)),
        draw(CELL),
        draw(st.sampled_from([0.0, 0.25, 0.9])),
        draw(st.none() | CELL),
        draw(st.dictionaries(st.sampled_from(["source", "rule"]), CELL, max_size=2)),
        side,
    )


@st.composite
def rows(draw, number):
    src, mt, tgt = draw(CELL), draw(CELL), draw(CELL)
    side = draw(st.sampled_from(["target", "given"] if mt else ["source", "target", "given"]))
    found = draw(st.lists(flags(tgt if side == "given" else mt or src, side), max_size=2))
    data = {"lead": "\n\n"} | ({"flags": details(found)} if found else {})
    return Row(
        id=f"talk:{number}",
        doc=draw(st.sampled_from(["talk", "le café"])),
        src_lang=draw(LANGS),
        tgt_lang=draw(LANGS),
        src_ids=draw(st.sampled_from(["", "1", "1,2"])),
        tgt_ids=draw(st.sampled_from(["", "3"])),
        src=src,
        mt=mt,
        tgt=tgt,
        score=draw(st.sampled_from(["", "0.914"])),
        flags=format_flags(found),
        status=draw(st.sampled_from(STATUSES)),
        note=draw(CELL),
        data=pack(data),
    )


@st.composite
def tables(draw):
    return Table(tuple(draw(rows(number)) for number in range(1, draw(st.integers(0, 4)) + 1)))


def row(number=1, **cells):
    given_cells = {
        "id": f"talk:{number}",
        "doc": "talk",
        "src_lang": "nl",
        "tgt_lang": "en",
        "src": "Het regent.",
    }
    return Row(**given_cells | {"mt": "It rains.", "tgt": "It is raining."} | cells)


def flagged(**cells):
    found = Flag(
        "calque", "calque", 0, Span(3, 8), "rains", "major", "word for word", 0.8, "is raining", {"a": "b"}
    )
    return row(flags=format_flags([found]), data=pack({"flags": details([found])}), **cells)


def parsed(text):
    return ET.fromstring(text)  # noqa: S314 - written by us


# --- laws -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", BOTH, ids=lambda form: form.name)
@given(table=tables())
def test_a_table_comes_back_as_it_was(form, table):
    content = form.write(table)
    back = form.read(content, "talk")
    assert back == table
    assert form.write(back) == content


@pytest.mark.parametrize("form", BOTH[:3], ids=lambda form: form.name)
@given(table=tables(), data=st.data())
def test_a_damaged_file_is_refused_or_read_and_then_stable(form, table, data):
    content = form.write(table)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    damaged = (
        content[:start]
        + data.draw(st.sampled_from(["", "<", "&", "\n", "</seg>", "\x01", '"']))
        + content[end:]
    )
    try:
        once = form.read(damaged, "talk")
        again = form.write(once)
    except InputError:
        return
    assert form.read(again, "talk") == once


INLINE = st.sampled_from(
    ["Wind", " en ", "\n      ", "\t", "<ph x='1'>&lt;br/&gt;</ph>", "<hi>regen</hi>", "&amp;", "&#x1F600;"]
)
SEGMENT = st.lists(INLINE, max_size=6).map("".join)
TUV = st.tuples(st.sampled_from(['xml:lang="EN-us"', "lang='nl_BE'", "", 'xml:lang=" "']), SEGMENT)


@given(
    st.lists(st.lists(TUV, max_size=3), max_size=4),
    st.sampled_from(["", ' srclang="nl"', ' srclang="*all*"']),
    st.sampled_from(["", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n', "<!DOCTYPE tmx PUBLIC '-//x' 'y'>"]),
)
def test_other_programs_tmx_is_stable_once_read(units, header, doctype):
    body = "".join(
        "<tu>" + "".join(f"<tuv {lang}><seg>{seg}</seg></tuv>" for lang, seg in unit) + "</tu>"
        for unit in units
    )
    text = f'<?xml version="1.0"?>{doctype}<tmx version="1.4"><header{header}/><body>{body}</body></tmx>'
    once = tmx.PLUGIN.read(text, "memory.tmx")
    assert len(once.rows) == sum(max(len(unit) - 1, len(unit) == 1) for unit in units)
    assert tmx.PLUGIN.read(tmx.PLUGIN.write(once), "memory.tmx") == once
    assert all(r.doc == "memory" and not r.mt and r.status == "todo" for r in once.rows)


UNIT = st.tuples(
    st.sampled_from(["", 'id="1"', 'id="\n"', "id='7'"]),
    SEGMENT,
    st.none() | SEGMENT,
    st.sampled_from(["", "note"]),
)


@given(st.lists(st.lists(UNIT, max_size=3), min_size=1, max_size=3))
def test_other_programs_xliff_is_stable_once_read(files):
    body = ""
    for units in files:
        body += '<file original="" source-language="nl" datatype="html"><header/><body><group>'
        for name, source, target, note in units:
            given_target = "" if target is None else f"<target>{target}</target>"
            remark = note and f"<note>{note}</note>"
            body += f"<trans-unit {name}><source>{source}</source>{given_target}{remark}</trans-unit>"
        body += "</group></body></file>"
    once = xliff.PLUGIN.read(f'<xliff version="1.2">{body}</xliff>', "job.xlf")
    assert len({r.id for r in once.rows}) == len(once.rows) == sum(map(len, files))
    assert xliff.PLUGIN.read(xliff.PLUGIN.write(once), "job.xlf") == once


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELL,
    lambda x: st.lists(x) | st.dictionaries(CELL, x),
    max_leaves=5,
)
FLAG = st.fixed_dictionaries(
    {
        "check": st.sampled_from(["calque", "two words"]),
        "start": st.integers(-2, 5),
        "end": st.integers(-2, 5),
        "text": CELL,
    },
    optional={
        "confidence": st.floats(0, 1) | CELL,
        "category": JSON,
        "fix": JSON,
        "side": JSON,
        "evidence": JSON,
    },
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "src": JSON,
                "flags": st.lists(FLAG, max_size=2) | JSON,
                "data": JSON,
                "more": JSON,
                "id": CELL,
            },
        )
    )
)
def test_foreign_json_lines_are_refused_or_stable_once_read(objects):
    text = "".join(f"{json.dumps(one)}\n" for one in objects)
    try:
        once = jsonl.PLUGIN.read(text, "x.jsonl")
    except InputError:
        return
    assert jsonl.PLUGIN.read(jsonl.PLUGIN.write(once), "x.jsonl") == Table(
        once.rows, once.columns if once.rows else COLUMNS
    )


@given(tables())
def test_a_table_merged_with_itself_is_itself(table):
    assert merge(table, table) == (table, ())


# --- plug-ins -------------------------------------------------------------------------------------------


def test_every_format_of_tables_reads_or_writes_and_says_what_it_is():
    found = [one for one in plugins.load_all("formats") if isinstance(one, TableFormat)]
    assert {one.name for one in found} >= {
        "tmx",
        "xliff",
        "jsonl",
        "moses",
        "mqm",
        "bilingual",
        "hunalign",
        "ladder",
        "tsv",
    }
    assert [one.name for one in found if not (one.read or one.combine or one.write)] == []
    endings = [(ending, bool(one.read)) for one in found for ending in one.suffixes]
    assert len(set(endings)) == len(endings)
    assert all(one.summary and one.carries <= {*COLUMNS, "extra"} for one in found)


def test_losses_name_columns_and_how_many_rows_hold_something():
    table = Table(
        (flagged(note="seen", extra=(("team", "red"),)), row(2, extra=(("team", ""),))), (*COLUMNS, "team")
    )
    assert losses(table, tmx.PLUGIN) == ("team (1 of 2 rows)",)
    assert losses(table, tsv.PLUGIN) == ()
    lost = losses(table, moses.PLUGIN)
    assert "mt" in lost
    assert "note (1 of 2 rows)" in lost
    assert not any(one.startswith("status") for one in lost)


# --- TMX ------------------------------------------------------------------------------------------------


def test_tmx_has_the_elements_and_attributes_the_standard_requires():
    root = parsed(tmx.PLUGIN.write(Table((flagged(note="seen"), row(2)))))
    assert root.get("version") == "1.4"
    header, body = root
    assert set(header.attrib) == {
        *("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype")
    }
    assert header.get("srclang") == "nl"
    for unit in body:
        kinds = "".join({"note": "n", "prop": "p", "tuv": "t"}[e.tag] for e in unit)
        assert re.fullmatch(r"[np]*tt", kinds)
        assert [e.get("{http://www.w3.org/XML/1998/namespace}lang") for e in unit.iter("tuv")] == ["nl", "en"]
        assert len(list(unit.iter("seg"))) == 2
    props = {e.get("type"): e.text for e in body[0].iter("prop")}
    assert props["x-aligntool-mt"] == "It rains."
    assert props["x-aligntool-status"] == "todo"
    assert body[0].find("note").text == "seen"


def test_characters_xml_cannot_hold_become_blanks_and_the_file_can_be_read():
    broken = row(src="een\x00\x0b\ufffetwee\ud800", tgt="tab\there\u2028there", id="a\x01b")
    for form in (tmx.PLUGIN, xliff.PLUGIN):
        (back,) = form.read(form.write(Table((broken,))), "x").rows
        assert (back.src, back.tgt, back.id) == ("een   twee ", "tab here there", "a b")


def test_inline_codes_are_left_out_and_the_words_stay():
    segment = (
        "Klik <bpt i='1'>&lt;a title='<sub>weg</sub>'&gt;</bpt>hier<ept i='1'>&lt;/a&gt;</ept>,\n"
        "  <hi>nu <ph/>dus</hi>."
    )
    text = f"<tmx><body><tu><tuv lang='nl'><seg>{segment}</seg></tuv></tu></body></tmx>"
    assert tmx.PLUGIN.read(text, "m.tmx").rows[0].src == "Klik hier, nu dus."


def test_the_source_language_of_a_unit_or_the_header_says_which_side_is_the_original():
    variants = {"EN": "Rain", "nl-NL": "Regen", "fr": "Pluie"}
    tuvs = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants.items())

    def read(header, unit=""):
        body = f"<tu {unit}>{tuvs}<note>a</note><note>b</note></tu>"
        text = f"<tmx><header srclang='{header}'/><body>{body}</body></tmx>"
        return [(r.src_lang, r.src, r.tgt_lang, r.tgt, r.note) for r in tmx.PLUGIN.read(text, "m.tmx").rows]

    assert read("nl") == [("nl-NL", "Regen", "en", "Rain", "a; b"), ("nl-NL", "Regen", "fr", "Pluie", "a; b")]
    assert read("*all*")[0][:4] == ("en", "Rain", "nl-NL", "Regen")
    assert read("nl", 'srclang="FR"')[0][:4] == ("fr", "Pluie", "en", "Rain")


def test_a_table_in_one_language_keeps_its_sides():
    table = Table((row(src_lang="en", src="Rain here", mt="", tgt="It rains here"),))
    assert tmx.PLUGIN.read(tmx.PLUGIN.write(table), "x") == table


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><tmx><body>&b;</body></tmx>'
FILES = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tmx><body>&a;</body></tmx>'
PARAMETER = (
    '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE tmx SYSTEM "a.dtd" [<!ENTITY % p SYSTEM "b">%p;]><tmx/>'
)


@pytest.mark.parametrize("form", [tmx.PLUGIN, xliff.PLUGIN], ids=lambda form: form.name)
@pytest.mark.parametrize("text", [LAUGHS, FILES, PARAMETER, "<!DOCTYPE tmx []><tmx/>"])
def test_declarations_are_refused_before_anything_is_read(form, text):
    with pytest.raises(InputError, match="DOCTYPE"):
        form.read(text, "evil.xml")


@pytest.mark.parametrize("form", [tmx.PLUGIN, xliff.PLUGIN], ids=lambda form: form.name)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words",
        "<tmx>",
        "<tmx><body></tmx>",
        "<tmx>&eacute;</tmx>",
        "<!DOCTYPE tmx SYSTEM 'x.dtd'><tmx>&eacute;</tmx>",
        "<tmx>\x01</tmx>",
        "<tmx>\ud800</tmx>",
        "<html></html>",
    ],
)
def test_what_is_no_such_file_is_refused_with_its_name(form, text):
    with pytest.raises(InputError, match=r"evil\.xml"):
        form.read(text, "evil.xml")


def test_a_hundred_thousand_nested_elements_are_read_without_recursion():
    deep = "<hi>" * 100_000 + "regen" + "</hi>" * 100_000
    started = time.process_time()
    table = tmx.PLUGIN.read(f"<tmx><body><tu><tuv><seg>{deep}</seg></tuv></tu></body></tmx>", "m.tmx")
    assert table.rows[0].src == "regen"
    assert time.process_time() - started < 10


# --- XLIFF ----------------------------------------------------------------------------------------------


NAMESPACE = "{urn:oasis:names:tc:xliff:document:1.2}"


def test_xliff_has_the_structure_of_the_transitional_schema():
    table = Table(
        (flagged(note="seen", status="ok"), row(2, tgt_lang="nds"), row(3, doc="other", src_lang=""))
    )
    root = parsed(xliff.PLUGIN.write(table))
    assert (root.tag, root.get("version")) == (f"{NAMESPACE}xliff", "1.2")
    assert [file.get("original") for file in root] == ["talk", "talk", "other"]
    for file in root:
        assert re.fullmatch("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", file.get("source-language"))
        assert file.get("target-language") in {None, "en"}
        assert file.get("datatype") == "plaintext"
        assert [e.tag for e in file] == [f"{NAMESPACE}body"]
    for unit in root.iter(f"{NAMESPACE}trans-unit"):
        kinds = [e.tag.removeprefix(NAMESPACE) for e in unit]
        assert kinds[:2] == ["source", "target"]
        assert set(kinds[2:]) <= {"context-group", "note", "alt-trans"}
        assert unit.get("id")
        assert all(group[:] for group in unit.iter(f"{NAMESPACE}context-group"))
        assert all(
            e.get("annotates") in {None, "source", "target", "general"} for e in unit.iter(f"{NAMESPACE}note")
        )
        assert all(len(e.findall(f"{NAMESPACE}target")) == 1 for e in unit.findall(f"{NAMESPACE}alt-trans"))
    notes = [e.text for e in root.iter(f"{NAMESPACE}note")]
    assert notes == ["seen", "“rains” → “is raining”: word for word"]


@pytest.mark.parametrize(
    ("status", "tgt", "state", "qualifier", "approved"),
    [
        ("todo", "Rain", "needs-review-translation", "leveraged-mt", None),
        ("todo", "", "new", None, None),
        ("ok", "Rain", "signed-off", None, "yes"),
        ("edited", "Rain", "translated", None, "yes"),
        ("rejected", "Rain", "needs-review-translation", "rejected-inaccurate", None),
        ("rejected", "", "needs-review-translation", "rejected-inaccurate", None),
    ],
)
def test_status_is_said_as_state(status, tgt, state, qualifier, approved):
    table = Table((row(status=status, tgt=tgt),))
    (unit,) = parsed(xliff.PLUGIN.write(table)).iter(f"{NAMESPACE}trans-unit")
    target = unit.find(f"{NAMESPACE}target")
    assert (target.get("state"), target.get("state-qualifier")) == (state, qualifier)
    assert unit.get("approved") == approved
    assert xliff.PLUGIN.read(xliff.PLUGIN.write(table), "x") == table


def test_two_rows_of_one_name_are_refused():
    with pytest.raises(InputError, match="talk:1"):
        xliff.PLUGIN.write(Table((row(), row())))


def test_xliff_2_is_refused_with_what_to_do():
    with pytest.raises(InputError) as caught:
        xliff.PLUGIN.read('<xliff version="2.0"><file id="1"/></xliff>', "new.xlf")
    assert "1.2" in caught.value.hint


def returned(units):
    """An editor's file: it kept ids and texts and threw everything else away."""
    body = "".join(
        f'<trans-unit id="{name}"{more}><source>{source}</source>{target}</trans-unit>'
        for name, source, target, more in units
    )
    head = '<file original="talk" source-language="nl" datatype="x">'
    text = f'<xliff version="1.2">{head}<body>{body}</body></file></xliff>'
    return xliff.PLUGIN.read(text, "back.xlf")


def test_what_an_editor_gives_back_goes_into_the_rows_it_belongs_to():
    base = Table(
        (flagged(), row(2, src="Wind."), row(3), row(4, note="kept"), row(5), row(6), row(7, status="edited"))
    )
    back = returned(
        [
            ("talk:5", "Het regent.", "<target state='signed-off'>It is raining.</target>", ""),
            ("talk:1", "Het  regent.", "<target state='translated'>It <g id='1'>pours</g>.</target>", ""),
            ("talk:2", "Storm.", "<target state='translated'>Storm.</target>", ""),
            ("talk:4", "Het regent.", "<target>It is raining.</target>", ' approved="yes"'),
            ("talk:6", "Het regent.", "<target state='new'/>", ""),
            ("talk:7", "Het regent.", "<target state='translated'>It is raining.</target>", ""),
            ("talk:99", "Zon.", "<target>Sun.</target>", ""),
        ]
    )
    merged, complaints = merge(base, back)
    assert [r.tgt for r in merged.rows] == ["It pours.", *["It is raining."] * 6]
    assert [r.status for r in merged.rows] == ["edited", "todo", "todo", "ok", "ok", "todo", "edited"]
    assert merged.rows[3].note == "kept"
    assert [(r.data, r.flags, r.mt) for r in merged.rows] == [(r.data, r.flags, r.mt) for r in base.rows]
    assert [c.split(";")[0] for c in complaints] == [
        "row talk:2: came back with another source text",
        "row talk:3: did not come back",
        "row talk:6: came back without a translation",
        "row talk:99: not in the table",
    ]


@pytest.mark.parametrize(
    ("before", "after", "changed", "expected"),
    [
        ("todo", "todo", False, "todo"),
        ("todo", "todo", True, "edited"),
        ("todo", "ok", False, "ok"),
        ("todo", "edited", False, "ok"),
        ("todo", "rejected", True, "rejected"),
        ("ok", "todo", False, "ok"),
        ("ok", "edited", True, "edited"),
        ("edited", "ok", False, "edited"),
        ("rejected", "rejected", False, "rejected"),
        ("rejected", "rejected", True, "edited"),
        ("rejected", "edited", True, "edited"),
        ("rejected", "ok", False, "ok"),
    ],
)
def test_a_status_follows_what_the_editor_did(before, after, changed, expected):
    back = Table((row(status=after, tgt="Rain falls." if changed else "It is raining."),))
    merged, complaints = merge(Table((row(status=before),)), back)
    assert merged.rows[0].status == expected
    assert complaints == ()


def test_a_rejected_row_that_an_editor_translated_is_no_longer_rejected():
    # OmegaT and others change the state and leave the qualifier as it was.
    table = returned(
        [("1", "Wind.", "<target state='translated' state-qualifier='rejected-grammar'>Wind.</target>", "")]
    )
    assert table.rows[0].status == "edited"
    table = returned(
        [("1", "Wind.", "<target state='new' state-qualifier='rejected-grammar'>Wind.</target>", "")]
    )
    assert table.rows[0].status == "rejected"


def test_accents_coded_another_way_are_no_other_text():
    decomposed = unicodedata.normalize("NFD", "Amitié")
    merged, complaints = merge(
        Table((row(src="Amitié", tgt="Café"),)),
        Table((row(src=decomposed, tgt=unicodedata.normalize("NFD", "Café"), status="ok"),)),
    )
    assert complaints == ()
    assert (merged.rows[0].tgt, merged.rows[0].status) == ("Café", "ok")


# --- JSON Lines -----------------------------------------------------------------------------------------


def test_json_lines_hold_flags_as_objects_and_data_as_an_object():
    (line,) = jsonl.PLUGIN.write(Table((flagged(extra=(("team", "red"),)),), (*COLUMNS, "team"))).splitlines()
    one = json.loads(line)
    assert one["flags"] == [
        {
            "check": "calque",
            "side": "target",
            "start": 3,
            "end": 8,
            "text": "rains",
            "fix": "is raining",
            "category": "calque",
            "severity": "major",
            "confidence": 0.8,
            "message": "word for word",
            "evidence": {"a": "b"},
        }
    ]
    assert one["data"] == {}
    assert one["team"] == "red"


def test_a_line_stays_a_line_whatever_the_data_hold():
    table = Table((row(data=pack({"lead": "\u2028\x85\x00\ud800"})),))
    content = jsonl.PLUGIN.write(table)
    assert len(content.splitlines()) == 1
    assert content.encode("utf-8")
    assert jsonl.PLUGIN.read(content, "x") == table


@pytest.mark.parametrize("line", ["{", "[]", "1", '{"flags": [{}]}', '{"data": 3}', "[" * 100_000])
def test_json_that_is_no_row_is_refused_with_its_line(line):
    with pytest.raises(InputError, match=r"x\.jsonl, line 2"):
        jsonl.PLUGIN.read('{"src": "a"}\n' + line, "x.jsonl")


# --- Moses and the ladders ------------------------------------------------------------------------------


@given(tables())
def test_moses_has_a_line_a_row_in_both_files(table):
    table = Table(tuple(replace(one, src_lang="nl", tgt_lang="en") for one in table.rows) or (row(),))
    files = moses.PLUGIN.write(table)
    assert list(files) == [".nl", ".en"]
    for content, column in zip(files.values(), ("src", "tgt"), strict=True):
        assert content.split("\n") == [*(getattr(r, column) for r in table.rows), ""]
        assert len(content.splitlines()) == len(table.rows)


def test_moses_files_are_named_by_language_and_empty_sides_are_said():
    table = Table((row(), row(2, src="stray\nbreak\u2028here"), row(3, tgt="")))
    assert moses.PLUGIN.write(table) == {
        ".nl": "Het regent.\nstray break here\nHet regent.\n",
        ".en": "It is raining.\nIt is raining.\n\n",
    }
    assert moses.PLUGIN.remarks(table) == ("rows with an empty side, which are an empty line there: 1",)
    assert moses.PLUGIN.remarks(Table((row(),))) == ()


@pytest.mark.parametrize("more", [{"src_lang": "en"}, {"src_lang": ""}])
def test_moses_refuses_what_two_files_cannot_hold(more):
    with pytest.raises(InputError, match="language"):
        moses.PLUGIN.write(Table((row(**more),)))
    with pytest.raises(InputError, match="nl-en, nl-fr"):
        moses.PLUGIN.write(Table((row(), row(2, tgt_lang="fr"))))


@given(tables())
def test_moses_files_hold_their_texts_on_the_way_back(table):
    kept = tuple(
        replace(one, src_lang="nl", tgt_lang="en", src=one.src.strip(), tgt=one.tgt.strip())
        for one in table.rows
    ) or (row(),)
    files = moses.PLUGIN.write(Table(kept))
    back = moses.PLUGIN.combine([(f"talk{ending}", content) for ending, content in files.items()])
    texts = [(one.src_lang, one.tgt_lang, one.src, one.tgt) for one in kept]
    assert [(one.src_lang, one.tgt_lang, one.src, one.tgt) for one in back.rows] == texts
    assert moses.PLUGIN.write(back) == files


_LIST = st.lists(st.integers(0, 40), max_size=4).map(lambda numbers: ", ".join(map(str, numbers)))
_COST = st.sampled_from(["", ":0.43", ":-1", ":1e-05"])


@given(st.lists(st.builds("[{}]:[{}]{}\n".format, _LIST, _LIST, _COST)).map("".join))
def test_an_index_ladder_is_the_same_once_it_was_written(text):
    table = ladder.PLUGIN.read(text, "x.ladder")
    assert len(table.rows) == text.count("\n")
    written = ladder.PLUGIN.write(table)
    beads = [r for r in table.rows if r.src_ids or r.tgt_ids]
    again = ladder.PLUGIN.read(written, "x.ladder").rows
    cells = [(r.src_ids, r.tgt_ids, r.extra) for r in beads]
    assert [(r.src_ids, r.tgt_ids, r.extra) for r in again] == cells
    assert ladder.PLUGIN.write(ladder.PLUGIN.read(written, "x.ladder")) == written


@given(st.lists(st.lists(CELL, max_size=3), max_size=8), st.lists(st.lists(CELL, max_size=3), max_size=8))
def test_a_text_ladder_is_the_same_once_it_was_written(left, right):
    sides = zip(left, right, strict=False)
    text = "".join(f"{' ~~~ '.join(one)}\t{' ~~~ '.join(other)}\t0.5\n" for one, other in sides)
    table = hunalign.PLUGIN.read(text, "x")
    assert hunalign.PLUGIN.read(hunalign.PLUGIN.write(table), "x") == table
    assert tsv.PLUGIN.read(write_tsv(table), "x") == table


def test_a_text_ladder_keeps_its_joint_for_joints():
    table = Table((row(src="Een ~~~ twee.", score="0.9"),))
    assert hunalign.PLUGIN.write(table) == "Een ~ ~ ~ twee.\tIt is raining.\t0.9\n"
    assert hunalign.PLUGIN.remarks(table) == ("rows whose text has ~~~ in it, written ~ ~ ~: 1",)


def test_an_index_ladder_counts_in_one_document():
    with pytest.raises(InputError, match="talk, other"):
        ladder.PLUGIN.write(Table((row(src_ids="1"), row(2, doc="other", src_ids="1"))))


@pytest.mark.parametrize("line", ["0\t0\t0.3", "[0]:[1", "[a]:[0]", "[0 1]:[0]", "[1,,2]:[]", "text\ttext"])
def test_what_is_no_index_ladder_is_told_with_its_line(line):
    with pytest.raises(InputError, match="line 2") as caught:
        ladder.PLUGIN.read(f"[0]:[0]\n{line}\n", "x")
    assert "hunalign" in caught.value.hint


def test_a_text_ladder_is_read_with_its_joined_sentences_numbered():
    text = "Een. ~~~ Twee.\tOne, two.\t0.7\n\tExtra.\t-0.3\r\nDrie.\t\t0\nVier.\tFour.\n"
    table = hunalign.PLUGIN.read(text, "book.hunalign")
    assert [(r.src, r.tgt, r.src_ids, r.tgt_ids) for r in table.rows] == [
        ("Een. Twee.", "One, two.", "1,2", "1"),
        ("", "Extra.", "", "2"),
        ("Drie.", "", "3", ""),
        ("Vier.", "Four.", "4", "3"),
    ]
    assert [dict(r.extra)["hunalign"] for r in table.rows] == ["0.7", "-0.3", "0", ""]
    assert tsv.PLUGIN.read(write_tsv(table), "x") == table
    with pytest.raises(InputError, match="line 2"):
        hunalign.PLUGIN.read("a\tb\nno tab\n", "x")


# --- MQM ------------------------------------------------------------------------------------------------


def errors(table):
    head, *lines = mqm.PLUGIN.write(table).removesuffix("\n").split("\n")
    columns = head.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def test_an_error_table_has_a_line_a_flag_with_its_span_marked():
    one, clean = errors(Table((flagged(), row(2))))
    assert " ".join(one) == "system doc docSegId globalSegId rater source target category severity metadata"
    assert (one["doc"], one["docSegId"], one["globalSegId"]) == ("talk:nl-en", "1", "1")
    assert (one["source"], one["target"]) == ("Het regent.", "It <v>rains</v>.")
    assert (one["category"], one["severity"]) == ("Accuracy/Mistranslation", "Major")
    metadata = json.loads(one["metadata"])
    assert metadata["corrected_translation"] == "It is raining."
    assert (metadata["note"], metadata["fix"], metadata["check"]) == ("word for word", "is raining", "calque")
    assert (clean["category"], clean["severity"], clean["target"]) == ("no-error", "no-error", "It rains.")


def test_flags_on_english_without_an_original_are_marked_in_the_target():
    (one,) = errors(Table((flagged(src="It rains.", mt="", src_lang="en"),)))
    assert (one["source"], one["target"]) == ("", "It <v>rains</v>.")


@given(tables())
def test_an_error_table_has_ten_cells_a_line_and_one_pair_of_marks_at_most(table):
    for one in errors(table):
        assert len(one) == 10
        assert (
            (one["source"] + one["target"]).count("<v>") == (one["source"] + one["target"]).count("</v>") <= 1
        )
        assert isinstance(json.loads(one["metadata"]), dict)


@given(tables())
def test_an_error_table_that_was_read_is_written_and_read_the_same(table):
    # a flag on a given translation needs one: in an empty cell no mark can say which side it is on
    assume(all(row.tgt or flag.side != "given" for row in table.rows for flag in parse_flags(row)))
    once = mqm.PLUGIN.read(mqm.PLUGIN.write(table), "x")
    again = mqm.PLUGIN.read(mqm.PLUGIN.write(once), "x")
    assert [(r.src, r.mt, r.tgt, r.flags) for r in again.rows] == [
        (r.src, r.mt, r.tgt, r.flags) for r in once.rows
    ]


def test_what_an_error_table_says_comes_back():
    given = Table((flagged(), row(2)))
    one, two = mqm.PLUGIN.read(mqm.PLUGIN.write(given), "x").rows
    for column in ("id", "doc", "src_lang", "tgt_lang", "src", "mt", "tgt", "flags"):
        assert getattr(one, column) == getattr(given.rows[0], column)
        assert getattr(two, column) == getattr(given.rows[1], column)
    assert parse_flags(one) == parse_flags(given.rows[0])
    alone = Table((flagged(src="It rains.", mt="", src_lang="en"),))
    assert mqm.PLUGIN.read(mqm.PLUGIN.write(alone), "x").rows[0].src == "It rains."


def test_an_error_table_of_a_campaign_is_read_whoever_rated_it():
    head = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity"
    lines = [
        "A\td\t1\t1\tr1\tHet <v>regent</v>.\tIt.\tAccuracy/Omission\tMajor",
        "A\td\t1\t1\tr2\tHet regent.\tIt<v>.</v>\tFluency/Punctuation\tMinor",
        "B\td\t1\t1\tr1\tHet regent.\tRain &lt;v&gt;.\tNo-error\tNo-error",
    ]
    one, two = mqm.PLUGIN.read("\r\n".join([head, *lines]) + "\n", "x").rows
    assert [(f.side, f.text, f.span, f.severity, f.category) for f in parse_flags(one)] == [
        ("source", "regent", (4, 10), "major", "accuracy"),
        ("target", ".", (2, 3), "minor", "punctuation"),
    ]
    assert [f.evidence for f in parse_flags(one)] == [{"rater": "r1"}, {"rater": "r2"}]
    assert (two.mt, two.flags) == ("Rain <v>.", "")
    assert one.id != two.id
    for broken in ("x\ty\n", head + "\n" + "\t" * 12 + "\n"):
        with pytest.raises(InputError):
            mqm.PLUGIN.read(broken, "x")


def test_every_category_of_flags_has_a_name_there():
    for category in CATEGORIES:
        found = Flag("x", category, 0, Span(0, 2), "It", "minor", "", 0.5)
        (one,) = errors(Table((row(flags=format_flags([found]), data=pack({"flags": details([found])})),)))
        assert "/" in one["category"]


def test_a_flag_that_no_longer_quotes_its_text_marks_nothing():
    (one,) = errors(Table((flagged(mt="Something else altogether"),)))
    assert one["target"] == "Something else altogether"


# --- the bilingual page ---------------------------------------------------------------------------------


class Page(HTMLParser):
    """Every start tag with its attributes, and the text of every cell."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.cells, self.stack = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.stack.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.stack) and "ul" not in self.stack:
            self.cells[-1] += data


ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "table", "caption", "thead", "tbody"),
    *("tr", "th", "td", "mark", "ul", "li", "bdi"),
}


@given(tables())
def test_the_page_shows_every_text_and_nothing_in_it_becomes_markup(table):
    page = Page(bilingual.PLUGIN.write(table))
    assert page.stack == []
    assert {tag for tag, _ in page.tags} <= ALLOWED
    assert {name for _, attrs in page.tags for name in attrs} <= {
        *("lang", "charset", "name", "content", "http-equiv", "scope", "dir", "title")
    }
    shown = "\n".join(page.cells)
    for one in table.rows:
        assert all(text in shown for text in (one.src, one.mt, one.tgt, one.note))


@pytest.mark.parametrize("column", [c for c in COLUMNS if c not in {"flags", "data"}])
def test_hostile_text_in_any_cell_is_shown_as_text(column):
    content = bilingual.PLUGIN.write(Table((row(**{column: HOSTILE}),)))
    assert "<script" not in content
    assert "alert(&#x27;1&#x27;)" in content or column in {
        "src_lang",
        "tgt_lang",
        "src_ids",
        "tgt_ids",
        "score",
    }


def test_hostile_text_in_a_flag_is_shown_as_text():
    found = Flag("calque", "calque", 0, Span(0, len(HOSTILE)), HOSTILE, "major", HOSTILE, 0.8, HOSTILE)
    content = bilingual.PLUGIN.write(
        Table((row(mt=HOSTILE, flags=format_flags([found]), data=pack({"flags": details([found])})),))
    )
    page = Page(content)
    assert "<script" not in content
    assert ("mark", {"title": HOSTILE}) in page.tags


def test_the_page_is_accessible_and_needs_nothing_from_outside():
    table = Table((flagged(src_lang="ar"), row(2, src_lang="bad lang"), row(3, doc="second", mt="")))
    content = bilingual.PLUGIN.write(table)
    page = Page(content)
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") == 2
    assert [a["scope"] for t, a in page.tags if t == "th"].count("row") == 3
    assert all(a["scope"] in {"row", "col"} for t, a in page.tags if t == "th")
    assert all(a["lang"] and a["dir"] in {"ltr", "rtl", "auto"} for t, a in page.tags if t == "td")
    assert ("td", {"lang": "ar", "dir": "rtl"}) in page.tags
    assert ("td", {"lang": "und", "dir": "auto"}) in page.tags
    assert ("mark", {"title": "word for word"}) in page.tags
    assert "word for word</li>" in content
    assert "prefers-color-scheme: dark" in content
    assert "<script" not in content
    assert not re.search(r"https?:|url\(|@import|src=", content)
    assert content.count("Machine translation") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_no_barrier_in_the_page(page, axe, screenshot, scheme, width):
    table = Table((flagged(), row(2, status="ok", note="fine"), row(3, doc="second", mt="", score="0.100")))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.set_content(bilingual.PLUGIN.write(table))
    screenshot(page, f"bilingual-{width}-{scheme}")
    assert axe(page) == []


def test_overlapping_and_impossible_spans_do_no_harm():
    def flag(start, end):
        return Flag("calque", "calque", 0, Span(start, end), "x", "minor", "m", 0.5)

    found = [flag(0, 5), flag(3, 8), flag(4, 4), flag(7, 900), flag(6, 9)]
    content = bilingual.PLUGIN.write(Table((row(flags=format_flags(found)),)))
    assert content.count("<mark") == 2
    assert content.count("<li>") == 5
    assert "It rains." in Page(content).cells


# --- flags in a given translation ------------------------------------------------------------------------


def given_row(tgt="It rains .", **cells):
    found = Flag("spacing", "spacing", 0, Span(8, 10), " .", "minor", "no blank", 0.9, ".", side="given")
    return row(tgt=tgt, flags=format_flags([found]), data=pack({"flags": details([found])}), **cells)


def test_a_flag_in_a_given_translation_is_marked_there():
    page = bilingual.PLUGIN.write(Table((given_row(mt="Rains it ."),)))
    assert 'It rains<mark title="no blank"> .</mark>' in page
    assert "Rains it .<" in page
    assert "It rains<v> .</v>" in mqm.PLUGIN.write(Table((given_row(mt="Rains it ."),)))
    assert 'annotates="target"' in xliff.PLUGIN.write(Table((given_row(mt=""),)))


def test_a_mark_that_no_longer_quotes_an_edited_translation_is_not_shown():
    page = bilingual.PLUGIN.write(Table((given_row(tgt="It is raining cats."),)))
    assert "<mark" not in page
    assert "no blank" in page
