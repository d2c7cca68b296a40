"""Fixtures every test may use."""

import os
from pathlib import Path

import browser
import pytest
import starter
from hypothesis import HealthCheck, settings

# Shared, busy machines: a slow example is no failure, and the same examples come in every run.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("suite")

# What dictionaries a machine has must change no test.
os.environ["ALIGNTOOL_DICTIONARY"] = "none"
os.environ.pop("DICPATH", None)

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring material beside the checkout; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside this checkout: measuring material is not part of the project")
    return folder


@pytest.fixture(scope="session")
def archive() -> Path:
    """The Dutch-English starter package as a file."""
    return Path(starter.PACKAGE.origin)


@pytest.fixture(scope="session")
def starter_folder(tmp_path_factory) -> Path:
    """The Dutch-English starter package, unpacked; not to be changed."""
    return starter.unpacked(tmp_path_factory.mktemp("starter"))


@pytest.fixture(scope="module")
def chromium():
    """A running Chromium. Not for the whole session: asyncio.run fails while Playwright's loop is there."""
    yield from browser.launched()


@pytest.fixture
def page(chromium):
    """An empty page, 1000 by 900, that may not ask for anything elsewhere."""
    yield from browser.opened(chromium)


@pytest.fixture(scope="session")
def axe():
    """``axe(page)`` is a list of barriers in a page, empty where there are none."""
    return browser.barriers


@pytest.fixture(scope="session")
def screenshot():
    """``screenshot(page, name)`` is the path of a picture of it in artifacts/."""
    return browser.picture
