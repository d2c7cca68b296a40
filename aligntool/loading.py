"""Engines and memories on demand: found and loaded once, the user told once what serves him."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from aligntool import fileformats, models
from aligntool.errors import InputError
from aligntool.files import read_text
from aligntool.memory import Memory, of_rows
from aligntool.packages import Package
from aligntool.translation import Engine, EngineOptions

if TYPE_CHECKING:
    from aligntool.table import Row

__all__ = ["Engines", "Loader", "Remembered", "Source", "signature"]


def _silent(_: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an engine comes from.

    Attributes:
        identity: Packages and settings that decide its output; known without loading anything.
        load: Opens the engine; the same one each time.
    """

    identity: str
    load: Callable[[], Engine]


Engines = Callable[[str, str], Source]
"""Source and target language to the engine that serves them; raises ModelError where there is none."""


def signature(engine: Engine, terms: Sequence[tuple[str, str]]) -> str:
    """What reproduces the engine's words: its own signature, and the glossary's."""
    listed = json.dumps(terms).encode()
    return engine.signature + (f"+glossary={sha256(listed).hexdigest()[:12]}" if terms else "")


@dataclass(slots=True)
class Loader:
    """Finds and loads the engine for a pair.

    Attributes:
        options: How engines decode.
        say: Told, once a pair, what the user should know (that only the starter package serves it).
    """

    options: EngineOptions
    say: Callable[[str], None] = _silent
    _sources: dict[tuple[str, str], Source] = field(default_factory=dict)

    def __call__(self, source: str, target: str) -> Source:
        """The engine for a pair.

        Raises:
            ModelError: No package serves it; the message names the command that installs one.
        """
        pair = (source, target)
        if pair not in self._sources:
            found = models.resolve(source, target)
            if found.note:
                self.say(found.note)
            # The number of threads changes nothing in the output.
            settings = {k: v for k, v in asdict(self.options).items() if k != "threads"}
            packages = [f"{one.pair} {one.version} {one.sha256 or _stamp(one)}" for one in found.packages]
            self._sources[pair] = Source(
                f"{packages} {settings}", cache(lambda: models.open_engine(found, self.options))
            )
        return self._sources[pair]


def _stamp(package: Package) -> str:
    """What tells a package from another in its place, for those whose checksum nobody recorded."""
    files = sorted(package.path.glob("model/*")) if package.path else []
    return " ".join(f"{file}={file.stat().st_size},{file.stat().st_mtime_ns}" for file in files)


class Remembered:
    """Translation memories from files.

    Of an aligned TSV only rows count that a person accepted or edited; of other tables (TMX, XLIFF), all.

    Args:
        paths: The files.

    Raises:
        InputError: One cannot be read, or is no table.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._rows: list[tuple[bool, Row]] = []
        self._memories: dict[tuple[str, str], Memory] = {}
        digest = sha256()
        for path in paths:
            form = fileformats.table_format(path.name, writing=False)
            if form is None or form.read is None:
                raise InputError(f"{path} is no table that can be read", "give an aligned TSV or a TMX file")
            text = read_text(path)
            digest.update(text.encode())
            settled = form.name == "tsv"
            self._rows += [(settled, row) for row in form.read(text, str(path)).rows]
        self.fingerprint = digest.hexdigest()[:12] if self._rows else ""

    def __call__(self, source: str, target: str) -> Memory:
        """What is remembered of a pair of languages."""
        pair = (source, target)
        if pair not in self._memories:
            sides = (
                of_rows((row for kind, row in self._rows if kind == settled), *pair, settled=settled).known
                for settled in (False, True)
            )
            self._memories[pair] = Memory({src: tgt for side in sides for src, tgt in side.items()})
        return self._memories[pair]
