import pytest

from aligntool.listings import Listing


def test_remarks_and_empty_lines_are_skipped_and_missing_cells_are_empty():
    found = Listing.parsed(["# remark", "a\tb", "", "1", "2\t3", ""])
    assert list(found) == [{"a": "1", "b": ""}, {"a": "2", "b": "3"}]
    assert found.column("b") == ("", "3")
    assert len(found) == 2
    assert found[-1] == found[1]
    assert found[:1] == ({"a": "1", "b": ""},)
    assert list(reversed(found)) == [found[1], found[0]]


def test_a_table_of_a_header_alone_has_no_rows():
    found = Listing.parsed(["a\tb"])
    assert not found
    assert found.column("a") == ()


@pytest.mark.parametrize(
    ("lines", "why"), [(["a", "1\t2"], "more cells than columns"), (["# a"], "no header")]
)
def test_what_is_no_table_is_refused(lines, why):
    with pytest.raises(ValueError, match=why):
        Listing.parsed(lines)
