"""A browser for tests of pages: Debian's Chromium, driven by Playwright, looked over by axe-core.

Tests take the fixtures ``chromium``, ``page``, ``axe`` and ``screenshot`` of ``conftest.py``. No test reaches
beyond this machine: a page that asks for an address elsewhere fails its test.
"""

import re
import shutil
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_OWN = {"127.0.0.1", "localhost", "::1"}


def launched():
    """Yield a running Chromium; skip where there is none."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no chromium on this machine (make system): pages are not looked at in a browser")
    library = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -e .[dev]")
    with library.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        browser.close()


def opened(browser):
    """Yield an empty page in a profile of its own; fail where it, or a page it became, asked elsewhere."""
    elsewhere = []
    profile = browser.new_context(viewport={"width": 1000, "height": 900})

    def stop(route):
        elsewhere.append(route.request.url)
        route.abort()

    profile.route(
        lambda address: re.match("(?:http|ws)s?:", address) and urlsplit(address).hostname not in _OWN, stop
    )
    yield profile.new_page()
    profile.close()
    assert elsewhere == [], "a page asked for what is not on this machine"


def barriers(page):
    """What axe-core (its default rules) finds wrong in a page as it stands, a line an element.

    The script is handed to the browser itself, so that a page may forbid scripts and still be checked.
    """
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def picture(page, name):
    """Put what a page looks like in artifacts/ NAME.png, all of its height, and return the path."""
    path = Path(__file__).parent.parent / "artifacts" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path
