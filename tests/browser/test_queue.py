"""The queue: what comes next, in what order, from files and forms; and books, which go on."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, choose, open_article, tell, unseen, until
from tests.integration.test_files import BOOK

pytestmark = pytest.mark.browser

SHORT = "Kurze Meldung\n\nEin Satz."


def text(number):
    return f"Meldung {number}\n\nEin Satz."


def file(number):
    return {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": text(number).encode()}


def waits(page, *titles):
    """Waits until these stand in the queue."""
    page.wait_for_function(
        """(titles) => {
          const rows = document.querySelectorAll('#queue li');
          const shown = [...rows].map((row) => row.querySelector('a, .name').textContent);
          return JSON.stringify(shown) === JSON.stringify(titles);
        }""",
        arg=list(titles),
    )


@pytest.fixture
def queue(page, own):
    """The front page with three articles in the queue."""
    for number in (3, 2, 1):
        own.ready(text(number))
    page.goto(own.base)
    for number in (1, 2, 3):
        page.get_by_role("button", name=f"„Meldung {number}“ merken").click()
    waits(page, "Meldung 1", "Meldung 2", "Meldung 3")
    return page


def test_what_is_next_and_what_is_last_are_different(queue):
    choose(queue, "Meldung 3", "Als Nächstes")
    waits(queue, "Meldung 3", "Meldung 1", "Meldung 2")
    choose(queue, "Meldung 3", "Ans Ende")
    waits(queue, "Meldung 1", "Meldung 2", "Meldung 3")
    queue.get_by_role("button", name="„Meldung 2“ aus der Warteschlange nehmen").click()
    waits(queue, "Meldung 1", "Meldung 3")


def test_the_queue_is_moved_by_keys_that_keep_the_focus(queue):
    queue.get_by_role("button", name="„Meldung 1“ verschieben").focus()
    queue.keyboard.press("ArrowDown")
    waits(queue, "Meldung 2", "Meldung 1", "Meldung 3")
    queue.get_by_text("„Meldung 1“: Platz 2 von 3.").wait_for()
    queue.keyboard.press("End")
    waits(queue, "Meldung 2", "Meldung 3", "Meldung 1")
    queue.keyboard.press("ArrowDown")
    queue.keyboard.press("Home")
    waits(queue, "Meldung 1", "Meldung 2", "Meldung 3")


def test_the_queue_is_moved_by_hand(queue):
    def middle(number):
        box = queue.get_by_role("button", name=f"„Meldung {number}“ verschieben").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    queue.locator("#queue").scroll_into_view_if_needed()
    queue.mouse.move(*middle(3))
    goal = middle(1)
    queue.mouse.down()
    queue.mouse.move(*goal, steps=4)
    queue.mouse.up()
    waits(queue, "Meldung 3", "Meldung 1", "Meldung 2")


def test_another_tab_has_the_same_queue(queue):
    other = queue.context.new_page()
    other.goto(queue.url)
    waits(other, "Meldung 1", "Meldung 2", "Meldung 3")
    other.get_by_role("button", name="„Meldung 1“ aus der Warteschlange nehmen").click()
    waits(queue, "Meldung 2", "Meldung 3")


def test_it_plays_on_and_leaves_the_front_page_to_who_is_there(queue):
    queue.get_by_role("button", name="„Meldung 1“ anhören").first.click()
    until(queue, "s.clock > 0.1")
    queue.go_back()
    queue.fill("#source", "Mitten im Satz")
    waits(queue, "Meldung 2", "Meldung 3")
    until(queue, "s.wanted && document.querySelector('vorleser-player').title !== null")
    waits(queue, "Meldung 3")
    expect(queue.locator("#home")).to_be_visible()
    expect(queue.locator("#source")).to_have_value("Mitten im Satz")
    assert queue.evaluate("() => document.activeElement.id") == "source"


def goes_on_with(page, title):
    page.wait_for_function(
        "(title) => { const { store } = document.querySelector('vorleser-player');"
        " return store.manifest.title === title && store.wanted && !store.isWaiting; }",
        arg=title,
    )


def test_it_plays_on_and_leaves_the_page_to_who_reads_another_article(queue, own):
    own.ready(ARTICLE)
    queue.reload()
    queue.get_by_role("button", name="„Die alte Mühle dreht sich wieder“ anhören").click()
    until(queue, "s.clock > 0.1")
    queue.go_back()
    queue.locator("#library").get_by_role("link", name="Meldung 3").click()
    queue.get_by_role("heading", name="Meldung 3").wait_for()
    address = queue.url
    tell(queue, "store.seek(store.duration - 1)")
    goes_on_with(queue, "Meldung 1")
    assert queue.url == address
    expect(queue.get_by_role("heading", name="Meldung 3")).to_be_visible()


def test_it_plays_on_and_leaves_the_text_to_who_reads_elsewhere_in_it(new_page, own):
    short, long = own.ready(text(1)), own.ready(unseen() + "\n\n" + unseen())
    page = new_page(viewport={"width": 360, "height": 500}, reduced_motion="reduce")
    page.goto(own.base)
    page.get_by_role("button", name="„Meldung 1“ merken").click()
    open_article(page, own.base, long["id"])
    tell(page, "store.play(); store.seek(store.duration / 2)")
    until(page, "s.clock > 0 && !s.waiting")
    page.wait_for_function("() => scrollY > 100")  # the voice has been followed
    page.mouse.move(180, 150)
    page.mouse.wheel(0, -5000)
    page.get_by_role("button", name="Zur Lesestelle").wait_for()
    tell(page, "store.seek(store.duration - 1)")
    goes_on_with(page, short["title"])
    assert long["id"] in page.url
    expect(page.get_by_role("heading", name=long["title"])).to_be_visible()


def test_it_plays_on_where_an_article_was_opened_by_its_address(queue, own):
    long = own.ready(ARTICLE)
    open_article(queue, own.base, long["id"])
    tell(queue, "store.play()")
    tell(queue, "store.seek(store.duration - 1)")
    until(queue, "s.wanted && s.now?.startsWith('Meldung 1')")


def test_what_was_deleted_elsewhere_is_passed_over(queue, own):
    for one in own.client.get("/api/articles").json()["articles"]:
        if one["title"] == "Meldung 2":
            own.client.delete(f"/api/articles/{one['id']}")
    queue.get_by_role("button", name="„Meldung 1“ anhören").first.click()
    until(queue, "s.now?.startsWith('Meldung 3') && s.wanted")


def test_what_is_kept_does_not_play(page, own):
    page.goto(own.base)
    page.fill("#source", text(1))
    page.get_by_role("button", name="Merken", exact=True).click()
    waits(page, "Meldung 1")
    expect(page.get_by_text("„Meldung 1“ steht in der Warteschlange.")).to_be_visible()
    expect(page.locator("vorleser-player")).to_be_hidden()
    expect(page.locator("#source")).to_have_value("")


def test_while_something_plays_the_form_keeps(page, own):
    own.ready(ARTICLE)
    page.goto(own.base)
    page.get_by_role("button", name="„Die alte Mühle dreht sich wieder“ anhören").click()
    until(page, "s.clock > 0.1")
    page.go_back()
    page.fill("#source", text(1))
    page.press("#source", "Control+Enter")
    waits(page, "Meldung 1")
    assert until(page, "s.wanted")["duration"] > 20
    page.fill("#source", text(2))
    page.get_by_role("button", name="Jetzt vorlesen").click()
    until(page, "s.now?.startsWith('Meldung 2') && s.wanted")


def test_of_several_files_the_first_plays_and_the_others_wait(page, own):
    page.goto(own.base)
    page.set_input_files("#file", [file(1), file(2), file(3)])
    until(page, "s.now?.startsWith('Meldung 1')")
    page.go_back()
    waits(page, "Meldung 2", "Meldung 3")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(page, own):
    page.goto(own.base)
    damaged = {"name": "kaputt.pdf", "mimeType": "application/pdf", "buffer": b"PK\x03\x04"}
    page.set_input_files("#file", [damaged, file(2)])
    waits(page, "Meldung 2")
    assert "kaputt.pdf" in page.get_by_role("alert").inner_text()


def test_a_book_is_one_entry_and_goes_on_by_itself(page, own):
    own.client.post("/api/articles", files={"file": ("moor.epub", BOOK)}).raise_for_status()
    own.ready(SHORT)
    page.goto(own.base)
    book = page.get_by_role("button", name="Das Moorbuch", exact=True)
    book.click()
    expect(page.locator("#library .list > li")).to_have_count(2)
    expect(page.locator(".chapters a")).to_have_text(["Graben", "Feuer"])
    page.get_by_role("button", name="„Das Moorbuch“ merken").click()
    page.get_by_role("button", name="„Kurze Meldung“ merken").click()
    waits(page, "Das Moorbuch", "Kurze Meldung")
    page.locator("#queue .round").first.click()
    until(page, "s.now === 'Graben' && s.wanted")
    tell(page, "store.seek(store.duration - 1)")
    until(page, "s.now === 'Feuer' && s.wanted")
    tell(page, "store.seek(store.duration - 1)")
    until(page, "s.now === 'Kurze Meldung' && s.wanted")
