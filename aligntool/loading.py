"""Engines on demand: which package serves a pair, loaded once, the user told once what serves him."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256

from aligntool import models
from aligntool.packages import Package
from aligntool.translation import Engine, EngineOptions

__all__ = ["Engines", "Loader", "Source", "signature"]


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
