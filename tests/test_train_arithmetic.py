"""Which numbers training computes in."""

import pytest
import torch

from aligntool.errors import InputError
from aligntool.train.arithmetic import number_type

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("cpuinfo", "expected"),
    [
        ("processor\t: 0\nflags\t\t: fpu avx2 avx512f avx512_bf16\n", torch.bfloat16),
        ("processor\t: 0\nflags\t\t: fpu avx2 amx_tile amx_bf16\n", torch.bfloat16),
        ("processor\t: 0\nFeatures\t: fp asimd bf16\n", torch.bfloat16),
        ("processor\t: 0\nflags\t\t: fpu avx2 avx512f\nmodel name\t: with bf16 in its name\n", torch.float32),
        ("", torch.float32),
    ],
)
def test_a_processor_computes_in_what_it_is_fast_in(tmp_path, cpuinfo, expected):
    path = tmp_path / "cpuinfo"
    path.write_text(cpuinfo)
    assert number_type("auto", CPU, path) == expected


def test_without_a_description_of_the_processor_float32_is_safe(tmp_path):
    assert number_type("auto", CPU, tmp_path / "missing") == torch.float32


def test_what_is_asked_for_is_taken_and_what_is_unknown_refused():
    assert number_type("bfloat16", CPU) == torch.bfloat16
    assert number_type("float32", CPU) == torch.float32
    with pytest.raises(InputError, match="half"):
        number_type("half", CPU)
