"""Pairs from TMX 1.4, the exchange format of translation memories, a piece of the file at a time."""

from collections.abc import Iterable, Iterator
from xml.parsers import expat

from aligntool.errors import InputError
from aligntool.train.corpus import Fault, Pair

__all__ = ["read_tmx"]


class _Units:
    """Collects the segments of each translation unit by primary language code."""

    def __init__(self) -> None:
        self.finished: list[dict[str, str]] = []
        self._unit: dict[str, str] = {}
        self._lang = ""
        self._text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tu":
            self._unit = {}
        elif name == "tuv":
            tag = attributes.get("xml:lang") or attributes.get("lang") or ""
            self._lang = tag.replace("_", "-").split("-")[0].lower()
        elif name == "seg":
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        if name == "seg" and self._text is not None:
            self._unit.setdefault(self._lang, " ".join("".join(self._text).split()))
            self._text = None
        elif name == "tu":
            self.finished.append(self._unit)


def _refuse(*_: object) -> None:
    raise InputError("the TMX file declares entities", "such files can blow up memory: remove its DOCTYPE")


def read_tmx(chunks: Iterable[str], source: str, target: str, origin: str) -> Iterator[Pair | Fault]:
    """Read the pairs of two languages; inline markup is dropped, its text kept.

    Args:
        chunks: The file's text in order, cut anywhere.
        source: Primary code of the foreign language.
        target: Primary code of the other language.
        origin: Name of the collection.

    Yields:
        A Pair for each unit, or a Fault for one that lacks a language.

    Raises:
        InputError: The XML is broken or declares entities.
    """
    units = _Units()
    parser = expat.ParserCreate()
    parser.StartElementHandler = units.start
    parser.CharacterDataHandler = units.data
    parser.EndElementHandler = units.end
    parser.EntityDeclHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield from (_pair(unit, source, target, origin) for unit in units.finished)
            units.finished.clear()
        parser.Parse("", True)
    except expat.ExpatError as error:
        raise InputError(f"{origin}: broken TMX, {error}", "repair the file or export it again") from error
    yield from (_pair(unit, source, target, origin) for unit in units.finished)


def _pair(unit: dict[str, str], source: str, target: str, origin: str) -> Pair | Fault:
    if source in unit and target in unit:
        return Pair(unit[source], unit[target], origin)
    return Fault("unit without both languages", origin)
