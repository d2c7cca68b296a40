"""Review without a browser: a page to send, a workbook out and back, and what is open."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from reviews import put, row, talk

from aligntool.errors import InputError
from aligntool.review import exports
from aligntool.review.desk import Desk
from aligntool.review.tables import standing, tables
from aligntool.table import read

openpyxl = pytest.importorskip("openpyxl", reason="no openpyxl: pip install -e .[xlsx]")


@pytest.fixture
def path(tmp_path):
    return put(tmp_path / "talk.tsv", talk())


def run(*words, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "aligntool", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def rows(path):
    return {one.id: one for one in read(path.read_text(encoding="utf-8")).rows}


class Workbook:
    """A workbook in somebody's hands."""

    def __init__(self, path, *tables):
        self.path = path
        content, self.remarks = exports.workbook(tables)
        path.write_bytes(content)

    def change(self, **cells):
        """Set cells by place, as a person would."""
        book = openpyxl.load_workbook(self.path)
        for place, value in cells.items():
            book.active[place] = value
        book.save(self.path)

    def sheet(self):
        return openpyxl.load_workbook(self.path).active


def test_decisions_of_a_workbook_come_back_and_what_was_not_touched_stays(path):
    before = path.read_text(encoding="utf-8").split("\n")
    book = Workbook(path.with_suffix(".xlsx"), path)
    book.change(H2="ok", G3="She picks at it.", H4=" Rejected ", I4="ask\nAn")
    (taken,) = exports.take([path], book.path, "Eva")
    assert (taken.rows, taken.changed, taken.complaints) == (4, 3, ())
    found = rows(path)
    assert found["talk:1"].status == "ok"
    assert (found["talk:2"].tgt, found["talk:2"].status) == ("She picks at it.", "edited")
    assert (found["talk:3"].status, found["talk:3"].note) == ("rejected", "ask An")
    assert path.read_text(encoding="utf-8").split("\n")[4] == before[4]
    desk = Desk(path, "Eva")
    while desk.state.done:
        desk.undo()
    assert desk.state.rows == talk()
    desk.close()


def test_nothing_in_a_workbook_is_a_formula(path):
    put(path, [row(1, "=1+1", "=cmd|' /C calc'!A0", note="@SUM(A1)"), row(2, "-50%", "+1\x00", tgt="- Yes.")])
    book = Workbook(path.with_suffix(".xlsx"), path)
    for line in book.sheet().iter_rows(min_row=2):
        for place in line:
            assert place.data_type in {"s", "n"}
            assert place.data_type == "s" or place.value is None
            assert place.quotePrefix == str(place.value or "").startswith(("=", "+", "-", "@"))
    (taken,) = exports.take([path], book.path, "")
    assert (taken.changed, taken.complaints) == (0, ())
    assert rows(path)["talk:1"].mt == "=cmd|' /C calc'!A0"


def test_rows_come_back_in_any_order_after_a_re_run_has_renamed_them(path):
    book = Workbook(path.with_suffix(".xlsx"), path)
    book.change(H5="ok")
    moved = [row(9, "Nieuw.", "New."), *(replace(one, id=f"talk:{n}") for n, one in enumerate(talk(), 20))]
    put(path, moved)
    (taken,) = exports.take([path], book.path, "")
    assert [one.status for one in rows(path).values()] == ["todo", "todo", "todo", "todo", "ok"]
    assert taken.complaints == ("row talk:9: did not come back; left as it was",)


def test_every_row_that_does_not_match_is_reported(path):
    book = Workbook(path.with_suffix(".xlsx"), path)
    book.change(A2="nonsense", H3="perhaps", E4="Iets anders.", G5="The end.")
    change = [*talk()[:3], replace(talk()[3], tgt="Decided here.", status="edited")]
    put(path, change)
    (taken,) = exports.take([path], book.path, "")
    told = "\n".join(taken.complaints)
    reasons = ("no row of the table", "'perhaps' is no status", "original of talk:3", "was decided here")
    for number, reason in enumerate(reasons, 2):
        assert f"workbook row {number}: " in told
        assert reason in told
    assert taken.changed == 0
    assert [(one.tgt, one.status) for one in rows(path).values()] == [(one.tgt, one.status) for one in change]


def test_what_was_decided_here_meanwhile_is_not_undone_by_an_old_workbook(path):
    book = Workbook(path.with_suffix(".xlsx"), path)
    put(path, [replace(talk()[0], tgt="Decided here.", status="edited"), *talk()[1:]])
    (taken,) = exports.take([path], book.path, "")
    assert (taken.changed, taken.complaints) == (0, ())
    assert rows(path)["talk:1"].tgt == "Decided here."


def test_a_text_too_long_for_a_workbook_is_left_out_and_said(path):
    put(path, [*talk(), row(5, "Lang.", "x" * 40_000)])
    book = Workbook(path.with_suffix(".xlsx"), path)
    assert book.remarks == ["row talk:5: too long for a workbook; left out"]
    (taken,) = exports.take([path], book.path, "")
    assert taken.complaints == ("row talk:5: did not come back; left as it was",)
    assert len(rows(path)["talk:5"].tgt) == 40_000


def test_a_workbook_of_another_table_or_none_is_an_error(tmp_path, path):
    other = put(tmp_path / "other.tsv", [row(1, "x", "y", doc="other")])
    book = Workbook(tmp_path / "b.xlsx", path, other)
    (taken,) = exports.take([path], book.path, "")
    assert taken.complaints == ("workbook row 6: table other.tsv is not here",)
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    with pytest.raises(InputError, match="no workbook"):
        exports.take([path], tmp_path / "text.xlsx", "")
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(InputError, match="no column"):
        exports.take([path], tmp_path / "empty.xlsx", "")
    with pytest.raises(InputError, match="cannot be read"):
        exports.take([path], tmp_path / "missing.xlsx", "")


def test_the_commands_write_once_and_report(tmp_path, path):
    book, page = tmp_path / "r.xlsx", tmp_path / "r.html"
    assert run("review", path, "--xlsx", book).returncode == 0
    assert run("review", path, "--xlsx", book).returncode == 2
    assert run("review", path, "--xlsx", book, "--force").returncode == 0
    assert run("review", path, "--html", page).returncode == 0
    assert "<script" not in page.read_text(encoding="utf-8")
    assert run("review", path, "--html", page, "--xlsx", book).returncode == 2
    loaded = openpyxl.load_workbook(book)
    loaded.active["H2"] = "ok"
    loaded.active["A3"] = "?"
    loaded.save(book)
    done = run("review", path, "--import-xlsx", book)
    assert done.returncode == 75
    assert "workbook row 3" in done.stderr
    assert done.stdout.splitlines()[1].split("\t")[1:] == ["4", "1", "2"]
    assert run("review", tmp_path / "nothing").returncode == 2


def test_status_tells_what_is_open_per_document_and_check(tmp_path, path):
    put(path, [replace(talk()[0], status="ok"), *talk()[1:], row(1, "a", "b", doc="second")])
    done = run("status", tmp_path)
    head, first, second = (line.split("\t") for line in done.stdout.splitlines())
    assert dict(zip(head, first, strict=True))["checks"] == "calques 1, terms 1"
    assert first[:4] == ["talk", "4", "25%", "3"]
    assert second[:2] == ["second", "1"]
    found = json.loads(run("status", path, "--json").stdout)
    assert found["schema"] == "status/1"
    assert found["rows"][0]["checks"] == {"calques": 1, "terms": 1}
    assert run("status", path, "--fail-on-open").returncode == 1
    put(path, [replace(one, status="ok") for one in talk()])
    assert run("status", path, "--fail-on-open").returncode == 0


def test_tables_are_found_by_what_they_are(tmp_path, path):
    (tmp_path / "other.tsv").write_text("x\ty\n", encoding="utf-8")
    assert tables([tmp_path]) == [path]
    assert standing(path)[0].rows == 4
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.tsv").write_text("x\n", encoding="utf-8")
    with pytest.raises(InputError, match="no aligned TSV"):
        tables([tmp_path / "sub"])


def test_the_page_to_send_holds_every_table(tmp_path, path):
    other = put(tmp_path / "other.tsv", [row(1, "x", "<b>y", doc="other")])
    page = exports.page([path, other])
    assert page.count("<caption>") == 2
    assert "&lt;b&gt;y" in page
