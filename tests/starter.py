"""The Dutch-English package that the wheel brings, for tests that want a real one."""

from pathlib import Path

import pytest

from aligntool import models

(PACKAGE,) = [package for package in models.starters() if package.pair == "nl-en"]
# Whatever it has come to.
VERSION = PACKAGE.version


def unpacked(cache: Path) -> Path:
    """The package's folder, unpacked in a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        path = models.starter_folder(PACKAGE).path
    assert path
    return path
