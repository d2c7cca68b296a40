"""Which number type the matrix products of training use: the one this processor multiplies fast."""

from pathlib import Path

import torch

from aligntool.errors import InputError

__all__ = ["KINDS", "number_type"]

KINDS = ("auto", "bfloat16", "float32")

# What Linux calls instructions that multiply bfloat16, on x86 and on ARM. Without them torch does it in
# software: measured 66 times slower than float32 on a processor with AVX2 alone.
_FAST = frozenset({"amx_bf16", "avx512_bf16", "bf16"})


def number_type(wanted: str, device: torch.device, cpuinfo: Path = Path("/proc/cpuinfo")) -> torch.dtype:
    """The number type to compute in; weights and optimiser are float32 either way.

    Args:
        wanted: One of ``KINDS``; ``auto`` takes bfloat16 where the hardware has it.
        device: Where the network is.
        cpuinfo: Linux's description of the processor; elsewhere there is none, and float32 is safe.

    Raises:
        InputError: There is no such number type.
    """
    if wanted not in KINDS:
        raise InputError(f"precision = {wanted!r} is not known", f"known: {', '.join(KINDS)}")
    if wanted != "auto":
        return torch.bfloat16 if wanted == "bfloat16" else torch.float32
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    return torch.bfloat16 if _FAST & _features(cpuinfo) else torch.float32


def _features(cpuinfo: Path) -> frozenset[str]:
    """The instruction sets of the first processor named."""
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    lines = (line.partition(":") for line in text.splitlines())
    found = next((value for name, _, value in lines if name.strip().lower() in {"flags", "features"}), "")
    return frozenset(found.split())
