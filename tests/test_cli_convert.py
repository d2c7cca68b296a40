"""``aligntool convert`` as a user meets it: what is written where, what is said, what is refused."""

import pytest
from click.testing import CliRunner

from aligntool import table
from aligntool.cli import group
from aligntool.errors import AligntoolError
from aligntool.records import Flag, Span
from aligntool.table import COLUMNS, Row, Table, details, format_flags, made, pack

RAINS = Flag("calque", "calque", 0, Span(3, 8), "rains", "major", "word for word", 0.8, "is raining")


def row(number, **cells):
    tgt = cells.get("tgt", "It is raining.")
    basis = {"id": f"talk:{number}", "doc": "talk", "src_lang": "nl", "tgt_lang": "en", "src": "Het regent."}
    basis |= {"src_ids": str(number), "tgt_ids": str(number), "mt": "It rains.", "tgt": tgt}
    return Row(
        **basis | {"data": pack({"made": made(tgt)} | ({"lead": "\n\n"} if number > 1 else {}))} | cells
    )


TABLE = Table(
    (
        row(
            1,
            flags=format_flags([RAINS]),
            data=pack({"flags": details([RAINS]), "made": made("It is raining.")}),
        ),
        row(2, src="De wind waait.", mt="The wind blows.", tgt="The wind is blowing.", status="ok"),
        row(3, src="Dag.", mt="Day.", tgt="Goodbye."),
    )
)


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.tsv"
    path.write_text(table.write(TABLE), encoding="utf-8")
    return path


@pytest.fixture
def convert(tmp_path, monkeypatch):
    """Run the command; returns what it said, or the error it ended with."""
    monkeypatch.chdir(tmp_path)

    def run(*args, stdin=None):
        done = CliRunner().invoke(group, ["convert", *map(str, args)], input=stdin)
        if isinstance(done.exception, AligntoolError):
            return done.exception
        assert done.exit_code == 0 or isinstance(done.exception, SystemExit), done.exception
        return done

    return run


def test_every_format_that_keeps_everything_gives_the_same_bytes_back(convert, talk, tmp_path):
    for ending in (".tmx", ".xlf", ".jsonl", ".tsv"):
        there, back = tmp_path / f"there{ending}", tmp_path / f"back{ending}.tsv"
        assert convert(talk, "-o", there).stderr == ""
        assert convert(there, "-o", back).stderr == ""
        assert back.read_bytes() == talk.read_bytes()


def test_an_ending_of_no_table_format_is_a_document(convert, talk, tmp_path):
    convert(talk, "-o", tmp_path / "talk.txt")
    assert (tmp_path / "talk.txt").read_text() == "It is raining.\n\nThe wind is blowing.\n\nGoodbye."
    assert convert(talk, "--column", "src").stdout == "Het regent.\n\nDe wind waait.\n\nDag."


def test_a_column_is_a_document_even_where_the_ending_is_that_of_a_page(convert, talk, tmp_path):
    convert(talk, "-o", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text().startswith("<!DOCTYPE html>")
    convert(talk, "-o", tmp_path / "text.html", "--column", "mt")
    assert (tmp_path / "text.html").read_text().startswith("It rains.")


def test_what_is_lost_is_said_once_and_only_on_stderr(convert, talk):
    done = convert(talk, "--to", "mqm")
    (line,) = done.stderr.splitlines()
    assert line == "mqm has no place for src_ids, tgt_ids, status (1 of 3 rows); rows with a decision: 1"
    assert done.stdout.startswith("system\tdoc\t")
    assert len(done.stdout.splitlines()) == 4


def test_the_longest_ending_decides(convert, talk, tmp_path):
    convert(talk, "-o", tmp_path / "x.mqm.tsv")
    assert (tmp_path / "x.mqm.tsv").read_text().startswith("system\tdoc\t")
    convert(talk, "-o", tmp_path / "X.TMX")
    assert "<tmx" in (tmp_path / "X.TMX").read_text()


def test_moses_is_two_files_of_equally_many_lines(convert, talk, tmp_path):
    convert(talk, "-o", tmp_path / "pair", "--to", "moses")
    assert (tmp_path / "pair.nl").read_text() == "Het regent.\nDe wind waait.\nDag.\n"
    assert (tmp_path / "pair.en").read_text() == "It is raining.\nThe wind is blowing.\nGoodbye.\n"


def test_neither_moses_file_is_written_when_one_is_in_the_way(convert, talk, tmp_path):
    (tmp_path / "pair.en").write_text("mine")
    error = convert(talk, "-o", tmp_path / "pair", "--to", "moses")
    assert "pair.en exists" in error.message
    assert "--force" in error.hint
    assert not (tmp_path / "pair.nl").exists()
    assert (tmp_path / "pair.en").read_text() == "mine"
    convert(talk, "-o", tmp_path / "pair", "--to", "moses", "--force")
    assert (tmp_path / "pair.en").read_text().startswith("It is raining.")


def test_several_files_do_not_fit_on_standard_output(convert, talk):
    assert "several files" in convert(talk, "--to", "moses").message


def test_edits_from_an_editor_come_back_row_by_row_and_the_rest_is_named(convert, talk, tmp_path):
    job = tmp_path / "talk.xlf"
    convert(talk, "-o", job)
    text = job.read_text(encoding="utf-8")
    text = text.replace(">Goodbye.<", ">Good day to you.<").replace(">De wind waait.<", ">De storm waait.<")
    job.write_text(
        text.replace("<trans-unit", '<trans-unit xmlns:tool="urn:some-tool" tool:seen="yes"'),
        encoding="utf-8",
    )
    done = convert(job, "--into", talk, "-o", tmp_path / "new.tsv")
    assert done.stderr.splitlines() == [
        "row talk:2: came back with another source text; left as it was",
        "1 of 3 rows changed, 1 did not match",
    ]
    rows = table.read((tmp_path / "new.tsv").read_text(encoding="utf-8")).rows
    assert [(r.tgt, r.status) for r in rows] == [
        ("It is raining.", "todo"),
        ("The wind is blowing.", "ok"),
        ("Good day to you.", "edited"),
    ]
    assert talk.read_text(encoding="utf-8") == table.write(TABLE)


def test_edits_go_into_a_table_on_standard_output_too(convert, talk, tmp_path):
    convert(talk, "-o", tmp_path / "talk.xlf")
    done = convert(tmp_path / "talk.xlf", "--into", talk)
    assert done.stdout == table.write(TABLE)
    assert done.stderr == "0 of 3 rows changed, 0 did not match\n"


def test_a_memory_of_another_program_becomes_a_table(convert, tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text(
        '<?xml version="1.0" encoding="utf-16"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
        '<header srclang="nl-NL"/><body><tu><tuv xml:lang="nl-NL"><seg>Zon.</seg></tuv>'
        '<tuv xml:lang="en-GB"><seg>Sun.</seg></tuv></tu></body></tmx>',
        encoding="utf-16",
    )
    done = convert(path, "--encoding", "utf-16", "--to", "tsv")
    (one,) = table.read(done.stdout).rows
    assert (one.id, one.doc, one.src_lang, one.src, one.tgt_lang, one.tgt) == (
        *("memory:1", "memory", "nl-NL", "Zon.", "en-GB", "Sun."),
    )


def test_standard_input_is_a_table_unless_another_format_is_named(convert):
    assert convert("-", stdin=table.write(TABLE)).stdout.startswith("It is raining.")
    done = convert("-", "--from", "hunalign", "--to", "tsv", stdin="Een.\tOne.\t0.5\n")
    assert done.stdout.split("\n")[0].split("\t") == [*COLUMNS, "hunalign"]


def test_unknown_columns_are_named_when_they_are_lost(convert, tmp_path):
    path = tmp_path / "more.tsv"
    rows = tuple(Row(**{c: getattr(r, c) for c in COLUMNS}, extra=(("team", "red"),)) for r in TABLE.rows)
    path.write_text(table.write(Table(rows, (*COLUMNS, "team"))), encoding="utf-8")
    assert convert(path, "-o", tmp_path / "more.tmx").stderr == "tmx has no place for team\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["talk.tsv", "--to", "docx"], "docx"),
        (["talk.tsv", "--to", "lines"], "lines"),
        (["talk.tsv", "--from", "ladder"], "is no bead"),
        (["talk.tsv", "--from", "moses"], "two files"),
        (["talk.tsv", "--from", "moses", "--with", "nothing.en"], "nothing.en does not exist"),
        (["talk.tsv", "--with", "talk.tsv"], "tsv is one file"),
        (["talk.tsv", "--from", "mqm"], "talk.tsv"),
        (["nothing.tmx"], "nothing.tmx does not exist"),
        (["talk.tsv", "--from", "tmx"], "talk.tsv"),
        (["talk.tsv", "--into", "nothing.tsv"], "nothing.tsv"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_name(convert, talk, args, says):
    error = convert(*args)
    assert says in error.message
    assert error.hint
    assert [path.name for path in talk.parent.iterdir()] == ["talk.tsv"]


def test_moses_files_come_back_and_unequal_ones_are_refused_with_both_counts(convert, talk, tmp_path):
    convert(talk, "-o", tmp_path / "pair", "--to", "moses")
    done = convert(tmp_path / "pair.nl", "--with", tmp_path / "pair.en", "--from", "moses", "--to", "tsv")
    back = table.read(done.stdout).rows
    assert [(r.src_lang, r.src, r.tgt_lang, r.tgt) for r in back] == [
        ("nl", r.src, "en", r.tgt) for r in TABLE.rows
    ]
    (tmp_path / "pair.en").write_text("One line.\n", encoding="utf-8")
    error = convert(tmp_path / "pair.nl", "--with", tmp_path / "pair.en", "--from", "moses", "--to", "tsv")
    assert "3 lines" in error.message
    assert "pair.en 1" in error.message


def test_a_ladder_and_its_two_texts_are_a_table(convert, tmp_path):
    (tmp_path / "x.ladder").write_text("[0, 1]:[0]:0.25\n[3]:[2]:0.5\n", encoding="utf-8")
    (tmp_path / "nl.txt").write_text("Een.\nTwee.\nDrie.\nVier.\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("One, two.\nExtra.\nFour.\n", encoding="utf-8")
    texts = ["--with", tmp_path / "nl.txt", "--with", tmp_path / "en.txt"]
    rows = table.read(convert("x.ladder", *texts, "--to", "tsv").stdout).rows
    assert [(r.src_ids, r.src, r.tgt_ids, r.tgt) for r in rows] == [
        ("1,2", "Een. Twee.", "1", "One, two."),
        ("3", "Drie.", "", ""),
        ("", "", "2", "Extra."),
        ("4", "Vier.", "3", "Four."),
    ]
    assert convert("x.ladder", *texts, "--to", "ladder").stdout == (
        "[0, 1]:[0]:0.25\n[2]:[]:\n[]:[1]:\n[3]:[2]:0.5\n"
    )
    assert "both" in convert("x.ladder", *texts[:2], "--to", "tsv").hint
    (tmp_path / "en.txt").write_text("One, two.\n", encoding="utf-8")
    error = convert("x.ladder", *texts, "--to", "tsv")
    assert "sentence 2" in error.message
    assert "en.txt has 1 lines" in error.message


def test_a_column_and_a_table_format_exclude_each_other(convert, talk):
    done = convert(talk, "--column", "src", "--to", "tmx")
    assert done.exit_code == 2
    assert "--column" in done.stderr


def test_nothing_is_overwritten_unless_asked(convert, talk, tmp_path):
    (tmp_path / "talk.xlf").write_text("mine")
    assert "exists" in convert(talk, "-o", tmp_path / "talk.xlf").message
    assert (tmp_path / "talk.xlf").read_text() == "mine"
    convert(talk, "-o", tmp_path / "talk.xlf", "--force")
    assert "<xliff" in (tmp_path / "talk.xlf").read_text()


def test_a_table_without_text_gives_no_empty_file(convert, tmp_path):
    (tmp_path / "empty.tsv").write_text("\t".join(COLUMNS) + "\n")
    assert "nothing to write" in convert(tmp_path / "empty.tsv", "-o", tmp_path / "out.txt").message
    assert not (tmp_path / "out.txt").exists()
