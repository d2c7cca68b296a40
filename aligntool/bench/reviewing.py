"""What ``aligntool review`` takes for large tables, as a person has it: in Chromium, by the clock.

The tables are made up (``bench.comparing``), every fifth row has a flag. The server is a process of its own;
pages and saves are timed by the browser, so that the way there and back counts as well.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligntool.bench.comparing import sentences
from aligntool.errors import InputError
from aligntool.records import Flag, Span
from aligntool.table import Row, Table, details, format_flags, made, pack, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["SIZES", "Cost", "run", "table"]

SIZES = (10_000, 200_000)
"""Rows of the tables."""

_ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_PAGES = ("page=100", "show=open&page=7", "show=flagged&sort=worst", "q=d:9999", "show=low", "check=calques")
_TIMES = 5
_SAVES = 100
_ROWS = 20  # accepted one after the other by keyboard
_PATIENCE = 120_000  # milliseconds
_KIBIBYTES = 1024
# From the request to the end of the answer, as the browser's network sees it: the page's own script may wait.
_LOAD = """async (ways) => {
  performance.clearResourceTimings();
  const sizes = [];
  for (const way of ways) sizes.push(new TextEncoder().encode(await (await fetch(way)).text()).length);
  const timed = performance.getEntriesByType("resource").filter((one) => /\\?(?!id=)/.test(one.name));
  return timed.map((one, at) => [one.responseEnd - one.requestStart, sizes[at]]);
}"""
_SAVE = """async (names) => {
  performance.clearResourceTimings();
  for (const id of names) {
    const answer = await fetch(document.body.dataset.base + "/do", { method: "POST",
      headers: { "Content-Type": "application/json", "X-Aligntool": "1" },
      body: JSON.stringify({ kind: "accept", id, version: 0 }) });
    if (answer.status !== 200) throw new Error(await answer.text());
    await answer.text();
  }
  return performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/do"))
    .map((one) => one.responseEnd - one.requestStart);
}"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a review of a table took.

    Attributes:
        start: Seconds from the command to the first page.
        page: Milliseconds until a page is there: the 95th percentile.
        size: Bytes of the largest page.
        save: Milliseconds until a decision is on disk: the 95th percentile.
        keyboard: Seconds to accept 20 rows by keyboard.
        memory: Peak resident set of the server in MiB.
    """

    start: float
    page: float
    size: int
    save: float
    keyboard: float
    memory: float


def table(rows: int) -> Table:
    """An aligned table of one document."""
    chance = random.Random(rows)  # noqa: S311 - nobody is to be kept from guessing
    originals, texts = sentences(chance), sentences(chance)
    return Table(tuple(_row(n, next(originals), next(texts)) for n in range(1, rows + 1)))


def _row(number: int, src: str, mt: str) -> Row:
    word = mt.partition(" ")[0]
    flag = Flag(
        "calques", "calque", 0, Span(0, len(word)), word, "major", "Put over word for word.", 0.8, "That"
    )
    flags = [flag] if number % 5 == 0 else []
    data = {"made": made(mt)} | ({"flags": details(flags)} if flags else {})
    return Row(
        f"d:{number}",
        "d",
        "nl",
        "en",
        str(number),
        str(number),
        src,
        mt,
        mt,
        "1.000",
        format_flags(flags),
        data=pack(data),
    )


def run(rows: int) -> Cost:
    """Review a table of so many rows.

    Raises:
        InputError: There is no Chromium, or no Playwright to drive it.
    """
    with tempfile.TemporaryDirectory(prefix="aligntool-") as folder, _browser() as browser:
        path = Path(folder) / "table.tsv"
        path.write_text(write(table(rows)), encoding="utf-8", newline="\n")
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        begin = time.monotonic()
        with _server(path) as (server, address):
            page.goto(address)
            return _measured(page, server.pid, time.monotonic() - begin)


def _measured(page: "Page", pid: int, start: float) -> Cost:
    pages = page.evaluate(_LOAD, [f"?{way}" for way in _PAGES * _TIMES])
    keyboard = _accepted(page)
    saves = page.evaluate(_SAVE, [f"d:{number}" for number in range(_ROWS + 31, _ROWS + 31 + _SAVES)])
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    memory = int(status.split("VmHWM:")[1].split()[0]) / _KIBIBYTES
    times, sizes = zip(*pages, strict=True)
    return Cost(start, _high(times), max(sizes), _high(saves), keyboard, memory)


def _accepted(page: "Page") -> float:
    """Seconds from the first key to the last row's answer."""
    begin = time.monotonic()
    for _ in range(_ROWS):
        page.keyboard.press("a")
    page.locator("#done").get_by_text(str(_ROWS), exact=True).wait_for()
    return time.monotonic() - begin


def _high(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


@contextmanager
def _browser() -> "Iterator[Browser]":
    found = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra
    except ImportError:
        found = None
    if not found:
        raise InputError(
            "reviews are timed in Chromium, driven by Playwright; one of them is not installed",
            "make system, and pip install -e .[dev]",
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _server(path: Path) -> "Iterator[tuple[subprocess.Popen[str], str]]":
    """A running review, and its address."""
    command = [sys.executable, "-m", "aligntool", "review", str(path), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:  # noqa: S603 - this very program, no shell
        assert server.stdout is not None
        try:
            yield server, server.stdout.readline().strip()
        finally:
            server.send_signal(signal.SIGINT)
