"""Reading CTranslate2's ``model.bin`` back into arrays, so that a finished package can be trained further.

The layout (see CTranslate2's ``model_spec.py``): version, spec name, revision, then each variable's name,
shape, type and bytes, then aliases for shared variables. All numbers are little-endian.
"""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligntool.errors import ModelError

__all__ = ["read_model"]

VERSIONS = range(5, 8)
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}

Array = npt.NDArray[Any]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self, kind: str) -> int:
        (value,) = struct.unpack_from("<" + kind, self.data, self.at)
        self.at += struct.calcsize("<" + kind)
        return int(value)

    def take(self, size: int) -> bytes:
        if self.at + size > len(self.data):
            raise struct.error("the file ends too early")
        self.at += size
        return self.data[self.at - size : self.at]

    def text(self) -> str:
        return self.take(self.number("H"))[:-1].decode()


def _variable(reader: _Reader) -> tuple[str, Array]:
    name = reader.text()
    shape = [reader.number("I") for _ in range(reader.number("B"))]
    kind = TYPES[reader.number("B")]
    data = reader.take(reader.number("I"))
    return name, np.frombuffer(data, kind).reshape(shape)


def _dequantised(variables: dict[str, Array]) -> dict[str, Array]:
    """Integer weights divided by their row scales; the scales are dropped."""
    out = {}
    for name, value in variables.items():
        scale = variables.get(name + "_scale")
        if scale is not None and value.dtype.kind == "i":
            out[name] = value.astype(np.float32) / (scale[:, None] if scale.ndim else scale)
        elif not name.endswith("_scale"):
            out[name] = value
    return out


def read_model(path: Path) -> dict[str, Array]:
    """All variables of a Transformer, by CTranslate2's names; int8 weights come back as float32.

    Raises:
        ModelError: The file is missing, broken, or no Transformer of a known version.
    """
    try:
        reader = _Reader(path.read_bytes())
        version, name = reader.number("I"), reader.text()
        if version not in VERSIONS or name != "TransformerSpec":
            raise ModelError(
                f"{path} is a {name} of version {version}", "only a Transformer package can be trained on"
            )
        reader.number("I")
        variables = dict(_variable(reader) for _ in range(reader.number("I")))
        aliases = [(reader.text(), reader.text()) for _ in range(reader.number("I"))]
    except (OSError, struct.error, KeyError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}", "install the package again") from error
    values = _dequantised(variables)
    return values | {alias: values[name] for alias, name in aliases if name in values}
