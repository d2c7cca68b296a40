"""What two sequences have in common: always true, found in time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool.sequences import _Gap, _myers, heaviest, matches, rising

_FEW = st.lists(st.integers(0, 3), max_size=30)
_MANY = st.lists(st.integers(0, 40), max_size=60)


def _are_common(runs, old, new):
    a = c = 0
    for run in runs:
        assert run.size > 0
        assert run.old >= a
        assert run.new >= c
        assert old[run.old : run.old + run.size] == new[run.new : run.new + run.size]
        a, c = run.old + run.size, run.new + run.size


@given(st.one_of(st.tuples(_FEW, _FEW), st.tuples(_MANY, _MANY)), st.booleans())
def test_what_is_matched_is_equal_and_in_order(pair, unique):
    _are_common(matches(*pair, lambda item: item == 0, unique=unique), *pair)


@given(_FEW, _FEW)
def test_the_shortest_script_matches_only_what_is_equal(old, new):
    runs = _myers(old, new, _Gap(0, len(old), 0, len(new)))
    _are_common([run for run in sorted(runs) if run.size], old, new)


@given(_MANY)
def test_a_sequence_is_one_run_of_itself(items):
    assert [tuple(run) for run in matches(items, items)] == [(0, 0, len(items))] * bool(items)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=9))
def test_a_rising_chain_is_as_long_as_any(pairs):
    ordered = sorted(dict(pairs).items())
    best = 0
    for mask in range(1 << len(ordered)):
        chosen = [j for n, (_, j) in enumerate(ordered) if mask >> n & 1]
        if all(a < b for a, b in pairwise(chosen)):
            best = max(best, len(chosen))
    chain = rising(ordered)
    assert len(chain) == best
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)), max_size=8))
def test_a_chain_is_as_heavy_as_any(triples):
    ordered = sorted({i: (i, j, weight) for i, j, weight in triples}.values())
    best = 0
    for mask in range(1 << len(ordered)):
        chosen = [one for n, one in enumerate(ordered) if mask >> n & 1]
        if all(a[1] < b[1] for a, b in pairwise(chosen)):
            best = max(best, sum(weight for *_, weight in chosen))
    chain = heaviest(ordered)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))
    assert sum(weight for i, j, weight in ordered if (i, j) in chain) == best


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param([i % 700 for i in range(60_000)], [i % 701 for i in range(60_000)], id="two periods"),
        pytest.param(list(range(20_000)), list(range(20_000))[::-1], id="backwards"),
        pytest.param([1, 2] * 60_000, [2, 1] * 70_000, id="nothing rare"),
        pytest.param([0] * 200_000, [0] * 100_000 + [1] + [0] * 50_000, id="all alike"),
    ],
)
def test_no_sequence_takes_quadratic_time(old, new):
    start = time.process_time()
    _are_common(matches(old, new), old, new)
    assert time.process_time() - start < 20


def test_a_long_sequence_with_few_changes_is_matched_but_for_them():
    old = [i % 700 for i in range(60_000)]
    new = list(old)
    for at in range(500, 60_000, 3000):
        new[at] = 1000 + at
    assert sum(run.size for run in matches(old, new)) == 60_000 - 20
