"""Non-breaking prefixes of the Moses toolkit (Koehn et al. 2007): abbreviations that end no sentence."""

from collections.abc import Iterator
from importlib.abc import FileLoader
from importlib.util import find_spec

from aligntool.errors import AligntoolError

__all__ = ["prefixes"]


def prefixes(lang: str) -> Iterator[str]:
    """The list of a language as sacremoses ships it: one prefix an item, perhaps with a ``#NUMERIC_ONLY#``.

    The lists are read through sacremoses' loader: importing it brings joblib and compiles regular
    expressions, half a second in which a short text is flagged.

    Args:
        lang: A language that Moses knows, as a BCP 47 subtag.

    Raises:
        AligntoolError: sacremoses is not installed as files.
    """
    spec = find_spec("sacremoses")
    if spec is None or spec.origin is None or not isinstance(spec.loader, FileLoader):
        raise AligntoolError("sacremoses cannot be found", "pip install --force-reinstall sacremoses")
    folder = spec.origin.removesuffix("__init__.py") + "data/nonbreaking_prefixes/"
    for line in spec.loader.get_data(f"{folder}nonbreaking_prefix.{lang}").decode().splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
