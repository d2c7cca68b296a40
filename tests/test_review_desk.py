"""A table under review: journal, file and what others do to the file meanwhile; nothing is ever lost."""

import json
import sqlite3
import stat
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import STAMP, big, put, row, talk

from aligntool import table
from aligntool.decisions import carry, is_settled
from aligntool.errors import AligntoolError, InputError, OutputError
from aligntool.review import desk as desks
from aligntool.review.deeds import Deed
from aligntool.review.desk import Desk
from aligntool.review.journal import Journal, journal_path
from aligntool.review.threeway import between, merge
from aligntool.table import Table, pack, parse_flags, read, unpack


def open_desk(path, reviewer="", **more):
    return Desk(path, reviewer, clock=lambda: STAMP[1], **more)


@pytest.fixture
def path(tmp_path):
    return put(tmp_path / "talk.tsv", talk())


@pytest.fixture
def desk(path):
    found = open_desk(path, "Eva")
    yield found
    found.close()


def do(desk, kind, name, **more):
    return desk.act([(Deed(kind, name, **more), desk.state.version(name))])


def rows(path):
    return {one.id: one for one in read(path.read_text(encoding="utf-8")).rows}


def change_file(path, *changed, drop=()):
    """What a colleague, git or a re-run does to the file."""
    new = {one.id: one for one in changed}
    put(path, [new.get(one.id, one) for one in rows(path).values() if one.id not in drop])


# Journal and file.


def test_only_what_was_decided_changes_in_the_file(path, desk):
    before = path.read_text(encoding="utf-8").split("\n")
    do(desk, "edit", "talk:1", text="It pours.")
    desk.write()
    after = path.read_text(encoding="utf-8").split("\n")
    assert [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == [1]
    old = before[1].split("\t")
    data = (
        '{"lead": "\\n", "made": "'
        + json.loads(old[13])["made"]
        + '", "reviewed": {"at": "%s", "by": "Eva"}}'
    )
    assert after[1] == "\t".join([*old[:8], "It pours.", *old[9:11], "edited", "", data % STAMP[1]])


def test_undoing_everything_gives_the_file_back_to_the_byte(path, desk):
    before = path.read_bytes()
    for kind, name in (("accept", "talk:1"), ("merge", "talk:2"), ("down", "talk:4")):
        do(desk, kind, name)
    desk.write()
    assert path.read_bytes() != before
    while desk.state.done:
        desk.undo()
    desk.write()
    assert path.read_bytes() == before


def test_what_was_done_is_there_after_a_crash_before_anything_is_written(path):
    before = path.read_bytes()
    first = open_desk(path)
    do(first, "edit", "talk:1", text="It pours.")
    first.draft("talk:2", "She pi")
    first._lock.free()  # as the system does when a process dies; the journal is not closed
    again = open_desk(path)
    assert path.read_bytes() == before
    assert again.waiting() == 1
    assert again.state.row("talk:1").tgt == "It pours."
    assert again.drafts()["talk:2"].text == "She pi"
    again.undo()
    assert again.state.rows == talk()
    again.close()


def test_a_saved_row_needs_its_draft_no_longer(desk):
    desk.draft("talk:1", "It p")
    do(desk, "edit", "talk:1", text="It pours.")
    desk.draft("talk:2", "x")
    desk.draft("talk:2", None)
    assert desk.drafts() == {}


def test_a_draft_that_a_save_has_overtaken_is_none(desk):
    do(desk, "edit", "talk:1", text="Mine.")
    desk.draft("talk:1", "Mine. ")
    do(desk, "edit", "talk:1", text="Theirs.")
    assert desk.drafts() == {}


def test_journal_and_lock_are_for_their_owner_only(path, desk):
    do(desk, "accept", "talk:1")
    beside = [one for one in path.parent.iterdir() if one != path]
    assert len(beside) >= 2
    assert {stat.S_IMODE(one.stat().st_mode) for one in beside} == {0o600}
    assert all(one.name.startswith(".") for one in beside)


@pytest.mark.usefixtures("desk")
def test_a_second_window_of_the_program_only_reads(path):
    second = open_desk(path, "Eva")
    assert "elsewhere" in second.read_only
    for deed in (lambda: do(second, "accept", "talk:1"), second.undo, second.write):
        with pytest.raises(OutputError):
            deed()
    assert second.waiting() == 0
    assert second.drafts() == {}
    second.close()


def test_read_only_makes_no_journal(path):
    open_desk(path, read_only=True).close()
    assert list(path.parent.iterdir()) == [path]


def test_a_journal_that_is_none_is_an_error_a_person_can_mend(path):
    journal_path(path).write_bytes(b"no database, but long enough to be looked at" * 99)
    with pytest.raises(InputError, match="cannot be used"):
        open_desk(path)


def test_a_journal_of_another_version_is_left_alone(path):
    with sqlite3.connect(journal_path(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="another version"):
        open_desk(path)


def test_a_full_disk_means_that_nothing_happened(desk, monkeypatch):
    def full(*_):
        raise OutputError("the journal cannot be written: full", "is the disk full?")

    monkeypatch.setattr(Journal, "append", full)
    with pytest.raises(OutputError):
        do(desk, "accept", "talk:1")
    assert desk.state.rows == talk()


def test_a_file_that_is_gone_is_not_made_again_behind_the_users_back(path, desk):
    do(desk, "accept", "talk:1")
    path.unlink()
    assert desk.changed_elsewhere()
    with pytest.raises(OutputError, match="does not exist"):
        desk.write()
    assert desk.waiting() == 1


# What others do to the file.


def test_an_edit_elsewhere_and_one_here_both_stand(path, desk):
    do(desk, "edit", "talk:1", text="It pours.")
    change_file(path, replace(talk()[3], tgt="The end.", status="edited", note="from git"))
    assert desk.changed_elsewhere()
    assert desk.write() == 0
    found = rows(path)
    assert found["talk:1"].tgt == "It pours."
    assert (found["talk:4"].tgt, found["talk:4"].note) == ("The end.", "from git")
    assert not desk.changed_elsewhere()


def test_two_decisions_on_one_row_are_a_conflict_that_shows_both(path, desk):
    do(desk, "edit", "talk:1", text="Mine.")
    change_file(path, replace(talk()[0], tgt="Theirs.", status="edited"))
    assert desk.write() == 1
    assert desk.conflicts == ("talk:1",)
    found = rows(path)["talk:1"]
    assert found.tgt == "Mine."
    assert unpack(found.data)["theirs"] == {"tgt": "Theirs.", "status": "edited"}
    assert parse_flags(found)[0].check == "conflict"
    do(desk, "fix", "talk:1", flag='conflict ""')
    assert (desk.state.row("talk:1").tgt, desk.state.row("talk:1").flags) == ("Theirs.", "")
    desk.undo()
    do(desk, "dismiss", "talk:1", flag='conflict ""')
    assert desk.state.row("talk:1").tgt == "Mine."
    assert "theirs" not in unpack(desk.state.row("talk:1").data)


def test_accepting_a_text_that_was_changed_meanwhile_is_a_conflict(path, desk):
    do(desk, "accept", "talk:1")
    change_file(path, replace(talk()[0], tgt="Theirs."))
    assert desk.write() == 1


def test_a_conflict_survives_a_re_run(path, desk):
    do(desk, "edit", "talk:1", text="Mine.")
    change_file(path, replace(talk()[0], tgt="Theirs.", status="edited"))
    desk.write()
    again = carry(read(path.read_text(encoding="utf-8")), Table(talk()))
    assert parse_flags(again.rows[0])[0].check == "conflict"
    assert carry(again, Table(talk())) == again


def test_a_row_deleted_by_a_re_run_stays_as_a_conflict_if_it_was_decided(path, desk):
    do(desk, "edit", "talk:2", text="Mine.")
    change_file(path, drop=("talk:2", "talk:3"))
    assert desk.write() == 1
    found = list(rows(path).values())
    assert [one.src for one in found] == ["Het regent.", talk()[1].src, "Einde."]
    assert (found[1].tgt, found[1].src_ids) == ("Mine.", "")
    assert parse_flags(found[1])[0].check == "conflict"
    do(desk, "dismiss", found[1].id, flag='conflict ""')
    assert len(desk.state.rows) == 2


def test_a_re_run_that_proposes_something_else_shows_it_beside_the_decision(path, desk):
    do(desk, "edit", "talk:1", text="Mine.")
    change_file(path, row(1, "Het regent.", "It is raining.", data={"lead": "\n"}))
    assert desk.write() == 0
    found = rows(path)["talk:1"]
    assert (found.tgt, found.mt, unpack(found.data)["fresh"]) == ("Mine.", "It is raining.", "It is raining.")


def test_rows_merged_here_stand_and_a_change_to_their_parts_is_shown(path, desk):
    do(desk, "merge", "talk:2")
    change_file(path, replace(talk()[2], tgt="Theirs.", status="edited"))
    assert desk.write() == 1
    found = list(rows(path).values())
    assert [one.src for one in found][1] == f"{talk()[1].src} {talk()[2].src}"
    assert "Theirs." in [one.tgt for one in found if one.flags.startswith("conflict")]
    assert len(found) == 4


def test_merged_rows_nobody_touched_are_merged_in_the_file(path, desk):
    do(desk, "merge", "talk:2")
    change_file(path, replace(talk()[0], note="else"))
    assert desk.write() == 0
    assert [one.id for one in rows(path).values()] == ["talk:1", "talk:2", "talk:4"]


def test_flags_settled_differently_are_open_again(path, desk):
    key = 'calques "makes long teeth"'
    do(desk, "dismiss", "talk:2", flag=key)
    theirs = replace(talk()[1], data=pack(unpack(talk()[1].data) | {"settled": {key: "accepted"}}))
    change_file(path, theirs)
    desk.write()
    assert unpack(rows(path)["talk:2"].data).get("settled", {}) == {}


def test_notes_of_both_are_kept_and_so_are_columns(path, desk):
    do(desk, "note", "talk:1", text="mine")
    text = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    text[0] += "\tteam"
    text[1] = "\t".join([*text[1].split("\t")[:12], "theirs", text[1].split("\t")[13], "A"])
    text[2:] = [line + ("\tB" if line.startswith("talk:2\t") else "\t") for line in text[2:]]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    do(desk, "merge", "talk:3")
    desk.write()
    written = read(path.read_text(encoding="utf-8"))
    assert written.columns[-1] == "team"
    assert written.rows[0].note == "mine / theirs"
    assert [dict(one.extra)["team"] for one in written.rows] == ["A", "B", ""]


def test_a_column_added_meanwhile_is_still_there_after_the_next_review(path, desk):
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{head}\tteam", *(f"{one}\tA" for one in lines)]) + "\n", encoding="utf-8")
    desk.write()
    desk.close()
    again = Desk(path)
    do(again, "accept", "talk:1")
    again.write()
    again.close()
    kept = read(path.read_text(encoding="utf-8"))
    assert [dict(one.extra) for one in kept.rows] == [{"team": "A"}] * 4
    assert kept.rows[0].status == "ok"


def test_two_reviewers_meet_in_the_file(path):
    eva, jan = open_desk(path, "Eva"), open_desk(path, "Jan")
    assert not eva.read_only
    assert not jan.read_only
    do(eva, "edit", "talk:1", text="Eva's.")
    do(jan, "edit", "talk:1", text="Jan's.")
    do(jan, "accept", "talk:4")
    assert (jan.write(), eva.write()) == (0, 1)
    found = rows(path)
    assert found["talk:1"].tgt == "Eva's."
    assert unpack(found["talk:1"].data)["theirs"]["tgt"] == "Jan's."
    assert found["talk:4"].status == "ok"
    eva.close()
    jan.close()


def test_a_crash_between_merging_and_noting_it_merges_once(path, desk, monkeypatch):
    do(desk, "edit", "talk:1", text="Mine.")
    change_file(path, replace(talk()[0], tgt="Theirs.", status="edited"))
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "synced", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            desk.write()
    desk.close()
    again = open_desk(path, "Eva")
    again.write()
    assert len(parse_flags(rows(path)["talk:1"])) == 1
    again.close()


_SIDE = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from(["tgt", "status", "note", "drop", "add"]), st.sampled_from("xy")
    ),
    max_size=4,
)


def _changed(steps, mark):
    found = list(talk())
    for place, what, value in steps:
        at = min(place, len(found) - 1)
        if what == "drop" and len(found) > 1:
            del found[at]
        elif what == "add":
            found.insert(at, row(90 + len(found), f"Nieuw {mark}{value}{len(found)}.", "New.", status="ok"))
        elif what == "status":
            found[at] = replace(found[at], status="ok" if value == "x" else "rejected")
        elif what != "drop":
            found[at] = replace(found[at], **{what: f"{mark}{value}"})
    return tuple(found)


@given(_SIDE, _SIDE)
def test_a_merge_loses_no_decision_of_either_side(one, other):
    base, mine, theirs = talk(), _changed(one, "m"), _changed(other, "t")
    merged = merge(base, mine, theirs).rows
    ids = [found.id for found in merged]
    assert len(set(ids)) == len(ids)
    told = "\n".join(table.write(Table(merged)).split("\n")[1:])
    originals = {(found.src, found.tgt, found.note) for found in base}
    for found in (*mine, *theirs):
        if (found.src, found.tgt, found.note) not in originals:
            assert found.tgt in told
            assert found.note in told
    again = list(mine)
    for splice in between(mine, merged):
        at = again.index(splice.old[0]) if splice.old else splice.at
        again[at : at + len(splice.old)] = splice.new
    assert tuple(again) == merged


@given(_SIDE)
def test_a_merge_with_an_unchanged_side_is_the_other_side(steps):
    base, changed = talk(), _changed(steps, "m")
    assert merge(base, base, changed).rows == changed
    kept = merge(base, changed, base).rows
    assert {found.src for found in kept} == {found.src for found in changed}
    assert [is_settled(found) for found in kept] == [is_settled(found) for found in changed]


# Crashes and size.


def test_ten_thousand_rows_open_and_save_quickly(tmp_path):
    path = put(tmp_path / "big.tsv", big(10_000))
    before = time.process_time()
    desk = Desk(path)
    opened = time.process_time() - before
    costs = []
    for one in desk.state.rows[:60]:
        before = time.process_time()
        do(desk, "accept", one.id)
        costs.append(time.process_time() - before)
    desk.close()
    assert opened < 2.0
    assert sorted(costs)[int(0.95 * len(costs))] < 0.05


def test_the_moment_is_written_in_utc():
    assert len(desks.now()) == len("2026-01-02T03:04:05Z")
    assert desks.now().endswith("Z")


def test_errors_of_the_table_are_those_of_the_table(tmp_path):
    with pytest.raises(AligntoolError):
        Desk(tmp_path / "nothing.tsv")


def test_a_table_whose_journal_was_mended_opens_again_in_the_same_program(path):
    journal_path(path).write_bytes(b"no database, but long enough to be looked at" * 99)
    with pytest.raises(InputError):
        open_desk(path)
    journal_path(path).unlink()
    again = open_desk(path)
    assert not again.read_only
    again.close()
