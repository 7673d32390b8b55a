"""The chapters as a list: an article's headings, and a book's articles."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, open_article, player, press_play, until
from tests.integration.test_files import BOOK

pytestmark = pytest.mark.browser


def chapters(page):
    player(page).locator("button.more").click()
    page.get_by_role("button", name="Kapitel", exact=True).click()
    return page.get_by_role("dialog")


def test_a_chapter_is_chosen_from_the_list(page, service):
    made = service.ready(ARTICLE)
    heading = next(one for one in made["paragraphs"] if one["kind"] == "heading")
    open_article(page, service.base, made["id"])
    sheet = chapters(page)
    assert sheet.locator("[aria-current]").inner_text().startswith(made["title"])
    sheet.get_by_role("button", name=heading["text"]).click()
    found = until(page, f"s.now === {heading['text']!r}")
    assert found["time"] == pytest.approx(heading["start"], abs=0.05)
    press_play(page)
    until(page, f"s.now === {heading['text']!r} && s.wanted")


def test_a_book_lists_its_chapters_and_marks_the_one_that_is_heard(page, own):
    answer = own.client.post("/api/articles", files={"file": ("moor.epub", BOOK)})
    made = answer.raise_for_status().json()["articles"]
    open_article(page, own.base, made[1]["id"])
    links = chapters(page).get_by_role("link")
    links.nth(1).wait_for()
    assert [one.split("\n")[0] for one in links.all_inner_texts()] == ["Graben", "Feuer"]
    expect(links.nth(1)).to_have_attribute("aria-current", "true")
    expect(links.nth(0)).to_have_attribute("href", f"/articles/{made[0]['id']}")


def test_an_article_without_headings_has_no_list(page, service):
    open_article(page, service.base, service.ready("Kurze Meldung\n\nEin Satz.")["id"])
    player(page).locator("button.more").click()
    page.get_by_role("button", name="Einbetten").wait_for()
    expect(page.get_by_role("button", name="Kapitel", exact=True)).to_have_count(0)
