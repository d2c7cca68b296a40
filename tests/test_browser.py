"""What the other browser tests lean on: axe-core sees barriers, and no page gets off this machine."""

import browser
import pytest


def test_axe_says_which_element_is_a_barrier_and_why(page, axe):
    page.set_content('<html lang="en"><title>x</title><main><h1>Map</h1><img src="data:," id="map"></main>')
    assert [line for line in axe(page) if line.startswith("image-alt at #map: ") and "alt attribute" in line]


def test_axe_looks_at_a_page_that_forbids_scripts(page, axe):
    page.set_content(
        '<html lang="en"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        "<title>x</title><main><h1>Nothing wrong</h1></main>"
    )
    assert axe(page) == []


def test_a_page_that_asks_for_something_elsewhere_fails_its_test(chromium):
    opened = browser.opened(chromium)
    next(opened).set_content('<img src="http://example.org/count.gif">')
    with pytest.raises(AssertionError, match="not on this machine"):
        next(opened)


def test_a_picture_is_of_the_whole_page(page, screenshot):
    page.set_content('<div style="height: 2000px; background: teal"></div>')
    picture = screenshot(page, "whole-page").read_bytes()
    assert int.from_bytes(picture[20:24], "big") >= 2000  # the height in a PNG's first chunk
