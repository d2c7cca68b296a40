"""The review page as a person uses it: by keyboard, by mouse, on a phone, with a screen reader's eyes."""

import json
from dataclasses import replace

import pytest
from reviews import TEETH, Review, big, put, row, talk

from aligntool.table import read, unpack

pytest.importorskip("starlette", reason="no starlette: pip install -e .[review]")


@pytest.fixture
def path(tmp_path):
    return put(tmp_path / "talk.tsv", talk())


@pytest.fixture
def visit(page):
    """Start a review and open its page; returns the page."""
    running = []

    def start(*arguments, width=1280, height=900):
        running.append(Review(*arguments))
        page.set_viewport_size({"width": width, "height": height})
        page.goto(running[-1].address)
        return page

    start.running = running
    yield start
    for one in running:
        one.stop()


def here(page, name):
    return page.locator(f'tr[data-id="{name}"]')


def led(page):
    """What is done in here leads to another page; wait until that one listens, not for its first byte."""
    return page.expect_navigation(wait_until="load")


def follow(page, link):
    with led(page):
        page.get_by_role("link", name=link, exact=True).click()


def told(page, text):
    page.locator("#said").get_by_text(text).wait_for()


def status(page, name, wanted):
    here(page, name).locator(".state b").get_by_text(wanted, exact=True).wait_for()


def cells(path, name):
    return next(one for one in read(path.read_text(encoding="utf-8")).rows if one.id == name)


def test_twenty_rows_are_accepted_by_keyboard(tmp_path, visit):
    page = visit(put(tmp_path / "big.tsv", big(50)))
    for _ in range(20):
        page.keyboard.press("a")
    page.locator("#done").get_by_text("20", exact=True).wait_for()
    assert page.evaluate("document.activeElement.dataset.id") == "big:21"


def test_a_review_from_the_first_key_to_the_file(path, visit, axe, screenshot):
    page = visit(path, "--reviewer", "Eva")
    before = path.read_text(encoding="utf-8").split("\n")
    page.keyboard.press("a")
    status(page, "talk:1", "ok")
    page.keyboard.press("1")  # take the suggestion
    here(page, "talk:2").locator(".mt ins").wait_for()
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type(" Again.")
    page.keyboard.press("Control+Enter")
    status(page, "talk:2", "edited")
    page.keyboard.press("d")  # the flag in row 3 is wrong: dismissed, and on
    here(page, "talk:3").locator(".flags:not(:has(li))").wait_for()
    page.keyboard.press("k")
    page.keyboard.press("c")
    page.keyboard.type("ask An")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    status(page, "talk:3", "rejected")
    page.keyboard.press("u")
    status(page, "talk:3", "todo")
    page.keyboard.press("r")
    status(page, "talk:3", "rejected")
    screenshot(page, "review-desktop")
    assert axe(page) == []
    page.keyboard.press("Control+s")
    told(page, "Saved to")
    after = path.read_text(encoding="utf-8").split("\n")
    changed = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert changed == [1, 2, 3]
    assert (cells(path, "talk:1").status, cells(path, "talk:1").tgt) == ("ok", "It rains.")
    assert cells(path, "talk:2").tgt == "She picks at it. Again."
    assert unpack(cells(path, "talk:2").data)["settled"] == {'calques "makes long teeth"': "accepted"}
    assert unpack(cells(path, "talk:3").data)["settled"] == {'terms "goes"': "dismissed"}
    assert (cells(path, "talk:3").status, cells(path, "talk:3").note) == ("rejected", "ask An")
    assert before[4] == after[4]


def test_merging_splitting_and_shifting_and_back(path, visit, axe, screenshot):
    page = visit(path)
    before = path.read_bytes()
    here(page, "talk:2").locator("th").click()
    page.keyboard.press("m")
    page.locator("tbody#rows tr").nth(2).get_by_text("Einde.").wait_for()
    assert page.locator("tbody#rows tr").count() == 3
    page.keyboard.press("s")
    page.locator("#cutter").wait_for()
    assert page.locator("#cut-src").input_value() == "Zij maakt lange tanden. \nHij komt. Zij gaat."
    screenshot(page, "review-split")
    assert axe(page) == []
    page.locator("#cut-tgt").fill("She makes long teeth.\n He comes. She goes.")
    page.locator("#cutter button").first.click()
    here(page, "talk:2.2").wait_for()
    here(page, "talk:4").locator("th").click()
    page.keyboard.press("]")
    here(page, "talk:new-1").wait_for()
    for count in (4, 3, 4):
        page.keyboard.press("u")
        page.wait_for_timeout(50)
        page.locator(
            f"tbody#rows:has(> tr:nth-child({count})):not(:has(> tr:nth-child({count + 1})))"
        ).wait_for()
    page.keyboard.press("Control+s")
    told(page, "Saved to")
    assert path.read_bytes() == before


def test_words_changed_while_splitting_are_not_taken(path, visit):
    page = visit(path)
    here(page, "talk:3").locator("th").click()
    page.keyboard.press("s")
    page.locator("#cut-tgt").fill("He came.\nShe goes.")
    page.locator("#cutter button").first.click()
    told(page, "Not split")
    assert page.locator("tbody#rows tr").count() == 4


def test_filters_search_and_jumping_to_flags(path, visit):
    page = visit(path)
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.id") == "talk:2"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.id") == "talk:3"
    follow(page, "flagged")
    assert page.locator("tbody#rows tr").count() == 2
    with led(page):
        page.get_by_label("Check").select_option("terms")
    page.locator("caption", has_text="1 rows").wait_for()
    follow(page, "all")
    with led(page):
        page.get_by_label("Check").select_option("")
    page.locator("caption", has_text="4 rows").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("einde")
    with led(page):
        page.keyboard.press("Enter")
    page.locator("caption", has_text="1 rows").wait_for()
    page.goto(page.url.partition("?")[0] + "?q=nothing")
    page.get_by_text("No row has “nothing”").wait_for()


def test_a_whole_filter_is_accepted_and_taken_back(path, visit):
    page = visit(path)
    follow(page, "flagged")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Accept all 2").click()
    page.locator("#done").get_by_text("2", exact=True).wait_for()
    page.keyboard.press("u")
    page.locator("#done").get_by_text("0", exact=True).wait_for()


def test_two_windows_on_one_row_end_in_a_choice_and_keep_what_was_typed(path, visit, axe):
    page = visit(path)
    other = page.context.new_page()
    other.goto(page.url)
    here(other, "talk:1").locator("textarea").fill("Theirs.")
    here(other, "talk:1").locator("textarea").press("Control+Enter")
    status(other, "talk:1", "edited")
    here(page, "talk:1").locator("textarea").fill("Mine.")
    here(page, "talk:1").locator("textarea").press("Control+Enter")
    clash = here(page, "talk:1").locator(".clash")
    clash.get_by_text("Theirs.").wait_for()
    assert here(page, "talk:1").locator("textarea").input_value() == "Mine."
    assert axe(page) == []
    clash.get_by_role("button", name="Keep mine").click()
    clash.wait_for(state="detached")
    here(page, "talk:1").locator("textarea").fill("Again.")
    here(other, "talk:1").locator("textarea").fill("Other.")
    here(page, "talk:1").locator("textarea").press("Control+Enter")
    status(page, "talk:1", "edited")
    here(other, "talk:1").locator("textarea").press("Control+Enter")
    here(other, "talk:1").get_by_role("button", name="Take theirs").click()
    here(other, "talk:1").locator(".clash").wait_for(state="detached")
    assert here(other, "talk:1").locator("textarea").input_value() == "Again."


def test_what_was_typed_survives_a_crash_of_the_server(path, visit):
    page = visit(path)
    with page.expect_response("**/draft"):
        here(page, "talk:1").locator("textarea").fill("Half a sen")
    visit.running[0].stop(9)
    again = visit(path)
    assert here(again, "talk:1").locator("textarea").input_value() == "Half a sen"
    here(again, "talk:1").get_by_text("Typed, not saved").wait_for()
    here(again, "talk:1").get_by_role("button", name="Discard").click()
    here(again, "talk:1").locator(".drafted").wait_for(state="detached")
    assert here(again, "talk:1").locator("textarea").input_value() == "It rains."


def test_a_save_without_a_server_keeps_what_was_typed(path, visit):
    page = visit(path)
    here(page, "talk:1").locator("textarea").fill("Kept.")
    visit.running[0].stop()
    here(page, "talk:1").locator("textarea").press("Control+Enter")
    told(page, "Not saved: aligntool does not answer")
    page.locator("#said.bad").wait_for()
    assert here(page, "talk:1").locator("textarea").input_value() == "Kept."


def test_a_conflict_with_the_file_is_seen_and_settled(path, visit, screenshot):
    page = visit(path)
    here(page, "talk:2").locator("textarea").fill("Mine.")
    here(page, "talk:2").locator("textarea").press("Control+Enter")
    status(page, "talk:2", "edited")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\tShe makes long teeth.\t1", "\tTheirs.\t1"), encoding="utf-8")
    page.keyboard.press("Control+s")
    told(page, "1 rows hold two decisions")
    follow(page, "conflicts")
    row = here(page, "talk:2")
    row.locator("q").get_by_text("Theirs.").wait_for()
    screenshot(page, "review-conflict")
    row.get_by_role("button", name="Take theirs").click()
    row.locator(".theirs").wait_for(state="detached")
    assert row.locator("textarea").input_value() == "Theirs."


def test_a_row_that_a_re_run_deleted_is_seen_as_a_conflict_and_let_go(path, visit, axe):
    page = visit(path)
    here(page, "talk:2").locator("textarea").fill("Mine.")
    here(page, "talk:2").locator("textarea").press("Control+Enter")
    status(page, "talk:2", "edited")
    put(path, [one for one in talk() if one.id != "talk:2"])
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    told(page, "1 rows hold two decisions")
    follow(page, "conflicts")
    page.get_by_text("the file no longer holds this sentence").wait_for()
    row = page.locator("tbody#rows tr")
    assert row.locator("textarea").input_value() == "Mine."
    assert axe(page) == []
    row.get_by_role("button", name="Dismiss").click()
    page.get_by_text("No such rows").or_(page.locator("tbody#rows:not(:has(tr))")).first.wait_for(
        state="attached"
    )
    page.keyboard.press("Control+s")
    told(page, "Saved to")
    assert "Mine." not in path.read_text(encoding="utf-8")
    page.keyboard.press("u")
    page.locator("tbody#rows tr").first.wait_for()


def test_a_settled_sentence_that_is_alike_can_be_used(path, visit, axe):
    near = {"memory": {"src": "Het sneeuwt.", "tgt": "It snows.", "score": 0.8}}
    put(path, [row(1, "Het regent.", "It rains.", data=near)])
    page = visit(path)
    assert axe(page) == []
    page.get_by_role("button", name="Use").click()
    assert here(page, "talk:1").locator("textarea").input_value() == "It snows."
    page.keyboard.press("Control+Enter")
    status(page, "talk:1", "edited")


def test_letters_typed_into_a_box_are_letters(path, visit):
    page = visit(path)
    box = here(page, "talk:1").locator("textarea")
    box.focus()
    box.press_sequentially("axdmsu?")
    assert "axdmsu?" in box.input_value()
    assert page.locator("#done").inner_text() == "0"


def test_keys_are_listed_changed_and_switched_off(path, visit, axe, screenshot):
    page = visit(path)
    page.keyboard.press("?")
    page.locator("#help").wait_for()
    screenshot(page, "review-keys")
    assert axe(page) == []
    page.get_by_label("Key for: accept the row, go on").fill("y")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("y")
    status(page, "talk:1", "ok")
    assert page.locator("#done").inner_text() == "1"
    page.keyboard.press("?")
    page.get_by_label("single keys are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.keyboard.press("Control+s")
    told(page, "Saved to")
    assert page.locator("#done").inner_text() == "1"


def lit(page, name, *wanted):
    """Wait until these words are lit up and no others; the page lets no waiting of Playwright's own run."""
    found = []
    for _ in range(100):
        found = page.evaluate("(name) => [...(CSS.highlights.get(name) ?? [])].map(String)", name)
        if set(found) == set(wanted):
            return
        page.wait_for_timeout(50)
    assert sorted(set(found)) == sorted(wanted)


def test_focus_lights_up_the_counterpart_and_its_paragraph(path, visit, axe):
    names = row(5, "In 1923 zag Oksana de haven.", "In 1923 Oksana seed the port.", data={"lead": "\n\n"})
    put(path, [*talk(), replace(names, tgt="In 1923 Oksana saw the 𝒫port, the port.")])
    page = visit(path)
    here(page, "talk:5").locator("th").click()
    lit(page, "linked", "1923", "Oksana", "haven", "port", "saw", "zag")
    page.keyboard.press("v")
    page.locator("#around .here").get_by_text("saw the").wait_for()
    page.locator("#around").get_by_text("Einde.").wait_for()
    assert axe(page) == []
    page.keyboard.press("e")
    page.keyboard.press("Home")
    for _ in range(17):
        page.keyboard.press("ArrowRight")
    lit(page, "counterpart", "saw", "zag")
    here(page, "talk:5").locator(".mt").hover(position={"x": 12, "y": 12})
    box = page.evaluate(
        "() => { const r = [...CSS.highlights.get('linked')].find((r) => String(r) === 'haven')"
        ".getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }"
    )
    page.mouse.move(*box)
    lit(page, "counterpart", "haven", "port")


def test_the_words_of_a_translation_that_was_given_light_up_in_it(path, visit, axe):
    put(path, [replace(row(1, "De haven ligt stil.", "", tgt="The port is quiet."), tgt_ids="1")])
    page = visit(path)
    page.get_by_role("columnheader", name="Translation").wait_for()
    lit(page, "linked", "haven", "port", "ligt", "is", "quiet", "stil")
    assert axe(page) == []


def test_a_long_text_is_edited_as_a_whole_and_never_cut(path, visit, axe):
    long = "Een zin. " * 1000
    put(path, [row(1, long, long.strip()), *talk()[1:]])
    page = visit(path)
    box = here(page, "talk:1").locator("textarea")
    assert len(box.input_value()) == 4000
    box.press("Control+Enter")
    status(page, "talk:1", "ok")
    page.keyboard.press("k")
    page.keyboard.press("e")
    here(page, "talk:1").locator(".part").wait_for(state="detached")
    assert box.input_value() == long.strip()
    assert axe(page) == []
    page.keyboard.press("Control+End")
    page.keyboard.type(" Einde.")
    page.keyboard.press("Control+Enter")
    status(page, "talk:1", "edited")
    here(page, "talk:1").get_by_role("button", name="Edit all 9,006 characters").wait_for()
    page.keyboard.press("Control+s")
    told(page, "Saved to")
    assert cells(path, "talk:1").tgt == long + "Einde."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (640, 450), (390, 844)], ids=["desk", "zoom", "phone"])
def test_no_barrier_and_nothing_sticks_out(path, visit, axe, screenshot, scheme, size):  # noqa: PLR0913, PLR0917 - fixtures
    """640 pixels are a window of 1280 at 200 %."""
    width, height = size
    long = "No " + "Donaudampfschifffahrtsgesellschaftskapitän" * 4
    odd = row(5, "לא", long, TEETH, src_lang="he", score="0.400")
    kept = row(6, "x", "y", status="edited", tgt="mine", data={"fresh": "y", "theirs": {"tgt": "z"}})
    put(path, [*talk(), odd, kept])
    page = visit(path, width=width, height=height)
    page.emulate_media(color_scheme=scheme)
    here(page, "talk:2").locator("th").click()
    screenshot(page, f"review-{width}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []


def test_the_start_page_lists_tables(tmp_path, visit, axe, screenshot):
    put(tmp_path / "a.tsv", talk())
    put(tmp_path / "b.tsv", talk()[:2])
    page = visit(tmp_path)
    page.get_by_role("link", name="a.tsv").wait_for()
    screenshot(page, "review-start")
    assert axe(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    follow(page, "b.tsv")
    assert page.locator("tbody#rows tr").count() == 2


def test_a_hostile_text_runs_nothing_in_a_real_browser(tmp_path, visit):
    bad = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    path = put(tmp_path / "talk.tsv", [row(1, bad, bad, note=bad), *talk()[1:]])
    page = visit(path)
    page.keyboard.press("v")
    page.keyboard.press("a")
    status(page, "talk:1", "ok")
    page.locator("#around .here").wait_for()
    assert page.title() == "talk.tsv – review"
    assert page.locator("img").count() == 0


def test_another_origin_cannot_write_or_read(path, visit, page):
    """A page on another port of this machine, with the review open in the same browser."""
    visit(path)
    review = visit.running[0]
    other = page.context.new_page()
    other.goto("data:text/html,<title>x</title>")
    code = """async (address) => {
      const ask = (path, options) => fetch(address + path, options).then((a) => a.status, () => "refused");
      return [await ask("ROOT/d/0", {credentials: "include"}),
        await ask("ROOT/d/0/do", {method: "POST", credentials: "include", body: "{}"}),
        await ask("ROOT/d/0/do", {method: "POST", credentials: "include", mode: "no-cors", body: "{}"})];
    }"""
    code = code.replace("ROOT", page.url.partition(review.host)[2].removesuffix("/d/0"))
    assert other.evaluate(code, f"http://{review.host}")[:2] == ["refused", "refused"]
    assert page.locator("#done").inner_text() == "0"


def test_a_phone_reads_down_and_decides_with_the_bar(path, visit):
    page = visit(path, width=390, height=844)
    page.get_by_role("toolbar").get_by_role("button", name="Accept").click()
    status(page, "talk:1", "ok")
    here(page, "talk:2").get_by_role("button", name="Take").click()
    here(page, "talk:2").locator(".mt ins").wait_for()
    assert json.loads(page.evaluate("JSON.stringify([scrollX])")) == [0]
