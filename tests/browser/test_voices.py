"""The voice's sheet: other voices for parts of an article, and better voices to be fetched."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import open_article, state, tell, until

pytestmark = pytest.mark.browser

INTERVIEW = """Ein Gespräch über Glocken

SZ: Frau Voss, wie lange dauert es?

Voss: Der Guss dauert sieben Minuten.

SZ: Und danach?

Voss: Danach kühlt sie ab.

„Eine Glocke lügt nicht, sie kann es gar nicht.“
"""
OFFER = {
    "name": "supertonic", "title": "Supertonic 3", "voice": "supertonic:F1",
    "licence": "OpenRAIL-M", "size": 401_000_000, "there": 0, "state": "absent",
    "error": None, "error_code": None,
    "error_params": {}, "terms": "Listeners must be told.", "terms_code": "supertonic-terms",
    "terms_params": {},
}  # fmt: skip
SUMMARY = "Eine natürlichere Stimme einrichten"


def sheet_of(page, base, article_id):
    open_article(page, base, article_id)
    page.get_by_role("button", name="Mehr", exact=True).click()
    page.get_by_role("button", name="Stimme").click()
    return page.get_by_role("dialog", name="Stimme")


class Downloads:
    """Answers for the service: what can be fetched, a step on with each look while it comes."""

    def __init__(self, page, *steps):
        self.steps, self.asked, self.is_coming = list(steps), [], False
        page.route("**/api/voices/downloads", self)

    def __call__(self, route):
        if route.request.method == "POST":
            self.asked.append(route.request.post_data_json)
            self.is_coming = True
            return route.fulfill(status=202, json=OFFER)
        if self.is_coming:
            self.steps.pop(0)
            self.is_coming = self.steps[0]["state"] == "fetching"
        step = self.steps[0]
        return route.fulfill(json={"downloads": [] if step is None else [OFFER | step]})


def test_questions_and_quotations_are_read_by_another_voice(new_page, service):
    unseen = {"speaker:Müller": "espeak:de"}  # set over HTTP; the sheet keeps it
    article = service.post(INTERVIEW, cast=unseen)
    page = new_page()
    sheet = sheet_of(page, service.base, article["id"])
    questions = sheet.get_by_role("combobox", name="Fragen in anderer Stimme")
    expect(questions).to_have_value("")
    questions.select_option("eSpeak")
    sheet.get_by_role("status").get_by_text("Wird neu gesprochen.").wait_for()
    sheet.get_by_role("combobox", name="Zitate in anderer Stimme").select_option("eSpeak")
    page.wait_for_function(
        "() => document.querySelector('vorleser-player').store.manifest.cast.quote"
    )
    told = service.manifest(article["id"])
    assert told["cast"] == unseen | {"question": "espeak:de", "quote": "espeak:de"}
    assert [one["voice"] for one in told["paragraphs"]] == [
        "pico:de-DE", "espeak:de", "pico:de-DE", "espeak:de", "pico:de-DE", "espeak:de",
    ]  # fmt: skip
    questions.select_option("Wie der Artikel")
    page.wait_for_function(
        "() => !document.querySelector('vorleser-player').store.manifest.cast.question"
    )
    assert service.manifest(article["id"])["cast"] == unseen | {"quote": "espeak:de"}


def test_the_sheet_tells_when_another_voice_fails(new_page, service):
    article = service.ready(INTERVIEW.replace("Glocken", "Orgeln"))
    page = new_page(service_workers="block")  # a worker's requests are not routed
    sheet = sheet_of(page, service.base, article["id"])
    question = article["paragraphs"][3]
    now = article | {"edition": article["edition"] + 1, "state": "speaking"}

    def answer(route):
        is_news = route.request.url.endswith("/events")
        route.fulfill(status=204) if is_news else route.fulfill(json=now)

    page.route(f"**/api/articles/{article['id']}**", answer)
    question["state"] = "queued"
    sheet.get_by_text("Weitere Stimmen in diesem Artikel").click()
    sheet.get_by_role("combobox", name="Fragen in anderer Stimme").select_option("eSpeak")
    told = sheet.get_by_text("Wird neu gesprochen.")
    told.wait_for()
    now["state"] = question["state"] = "failed"
    tell(page, "store.refresh()")
    sheet.get_by_text("Absatz 4 konnte nicht gesprochen werden.").wait_for()
    told.wait_for(state="detached")
    tell(page, f"store.seek({question['start']}); store.play()")
    sheet.get_by_role("button", name="Überspringen").click()
    until(page, "s.wanted && s.trouble === null")


def test_other_voices_are_chosen_by_keyboard_and_shown_again(new_page, service):
    article = service.post(INTERVIEW.replace("Glocken", "Türme"))
    page = new_page()
    sheet = sheet_of(page, service.base, article["id"])
    sheet.get_by_text("Weitere Stimmen in diesem Artikel").press("Enter")
    quotes = sheet.get_by_role("combobox", name="Zitate in anderer Stimme")
    quotes.focus()
    page.keyboard.type("eSp")
    page.wait_for_function(
        "() => document.querySelector('vorleser-player').store.manifest.cast.quote === 'espeak:de'"
    )
    assert not state(page)["wanted"]  # its letters are no commands
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Mehr", exact=True).click()
    page.get_by_role("button", name="Stimme").click()
    expect(quotes).to_have_value("espeak:de")  # in a list that is open by itself
    expect(quotes).to_be_visible()


def test_an_article_without_such_parts_offers_none(new_page, service):
    article = service.post("Nur ein Titel\n\nUnd ein Absatz dazu.")
    sheet = sheet_of(new_page(), service.base, article["id"])
    sheet.get_by_role("button", name="Pico").wait_for()
    expect(sheet.get_by_text("Weitere Stimmen")).to_have_count(0)


def test_a_better_voice_is_offered_fetched_and_put_to_choice(new_page, service):
    page = new_page(service_workers="block")  # a worker's requests are not routed
    downloads = Downloads(
        page, {}, {"state": "fetching", "there": 100_250_000},
        {"state": "failed", "error": "…", "error_code": "download-failed",
         "error_params": {"host": "hub.example", "reason": "weg"}},
        {"state": "fetching", "there": 300_750_000}, {"state": "ready", "there": 401_000_000},
    )  # fmt: skip
    page.goto(f"{service.base}/")
    page.get_by_text(SUMMARY).click()
    better = page.locator("#better")
    assert "Supertonic 3: 401 MB, Lizenz OpenRAIL-M. Kommerzielle" in better.inner_text()
    better.get_by_role("button", name="Supertonic 3 herunterladen").click()
    again = better.get_by_role("button", name="Noch einmal versuchen")
    again.wait_for()
    assert "ließ sich nicht von hub.example holen" in better.get_by_role("alert").inner_text()
    again.click()
    bar = better.get_by_role("progressbar", name="Supertonic 3 wird geladen")
    bar.wait_for()
    better.get_by_text("Supertonic 3 ist da und steht zur Wahl.").wait_for()
    assert downloads.asked == [{"name": "supertonic"}] * 2


def test_it_stands_in_the_voices_sheet_too(new_page, service):
    page = new_page(service_workers="block")  # a worker's requests are not routed
    Downloads(page, {"state": "fetching", "there": 100_250_000})
    sheet = sheet_of(page, service.base, service.post("Ein Titel\n\nEin Satz.")["id"])
    sheet.get_by_role("progressbar", name="Supertonic 3 wird geladen").wait_for()
    assert sheet.get_by_text("von 401 MB").first.inner_text().startswith("25")


def test_who_may_not_write_sees_nothing_of_it(new_page, service):
    page = new_page(service_workers="block")  # a worker's requests are not routed
    Downloads(page, None)
    with page.expect_response("**/api/voices/downloads"):
        page.goto(f"{service.base}/")
    expect(page.get_by_text(SUMMARY)).to_be_hidden()
