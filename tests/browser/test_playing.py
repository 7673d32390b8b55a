"""Pressing play: sound at once, no gap, the right place."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.drive import (
    ARTICLE,
    open_article,
    player,
    press_play,
    state,
    tell,
    unseen,
    until,
)

pytestmark = pytest.mark.browser

# Rows of place and marked sentence, taken when no timer is due, until a paragraph is heard.
SAMPLES = """async (number) => {
  const { store } = document.querySelector('vorleser-player');
  const rows = [];
  while (store.wanted && store.time < store.manifest.paragraphs[number - 1].start + 0.5) {
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    if (!store.isWaiting) rows.push([store.time, document.querySelector('.now')?.textContent]);
  }
  return rows;
}"""

NEAR_S = 0.3  # in the article, of 100 ms at the triple pace

LOUDNESS = """async () => {
  const { audio } = document.querySelector('vorleser-player').store;
  const context = new AudioContext();
  const meter = context.createAnalyser();
  context.createMediaElementSource(audio).connect(meter).connect(context.destination);
  await context.resume();
  const window = new Float32Array(meter.fftSize);
  let peak = 0;
  for (let turn = 0; turn < 60 && peak < 0.02; turn += 1) {
    await new Promise((done) => setTimeout(done, 50));
    meter.getFloatTimeDomainData(window);
    peak = Math.max(peak, ...window.map(Math.abs));
  }
  return peak;
}"""


def test_pasted_text_is_heard_after_one_click(page, service):
    page.goto(service.base)
    page.fill("#source", unseen())
    page.click("#read")
    until(page, "s.clock > 0.2 && !s.paused")
    assert page.evaluate(LOUDNESS) >= 0.02
    assert "/articles/" in page.url
    expect(player(page).get_by_text("Gesprochen von künstlicher Intelligenz")).to_be_visible()


def test_the_highlight_follows_the_manifest_within_100_ms(page, service):
    article = service.ready(ARTICLE)
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    tell(page, "store.rate = 3")
    rows = page.evaluate(SAMPLES, 4)
    sentences = [s for p in article["paragraphs"] for s in p["sentences"]]

    def at(place):
        begun = [s["text"].strip() for s in sentences if s["start"] <= place]
        return begun[-1] if begun else sentences[0]["text"].strip()

    for place, shown in rows:
        assert shown in {at(place - NEAR_S), at(place + NEAR_S)}
    assert len({shown for _, shown in rows}) > 4


def test_seeking_lands_on_the_sentence_exactly(page, service):
    article = service.ready(ARTICLE)
    target = article["paragraphs"][4]["sentences"][1]
    open_article(page, service.base, article["id"])
    page.locator("[data-n='5'] span").nth(1).click()
    found = until(page, "s.clock > 0 && !s.waiting")
    assert target["start"] - 0.05 <= found["time"] < target["start"] + 1
    assert found["now"] == target["text"].strip()


def test_a_sentence_that_is_not_made_yet_is_made_first_and_plays_from_there(page, slow):
    article = slow.post(unseen())
    open_article(page, slow.base, article["id"])
    page.locator("[data-n='5'] span").nth(1).click()
    until(page, "s.clock > 0.3 && !s.waiting")
    now = slow.manifest(article["id"])
    target = now["paragraphs"][4]["sentences"][1]
    made = [paragraph["number"] for paragraph in now["paragraphs"] if paragraph["state"] == "ready"]
    assert 4 not in made
    assert state(page)["now"] == target["text"].strip()
    local = target["start"] - now["paragraphs"][4]["start"]
    assert local - 0.1 < state(page)["clock"] < local + 1.5


def test_a_slowly_made_article_plays_on_from_paragraph_to_paragraph(page, slow):
    article = slow.post(unseen())
    open_article(page, slow.base, article["id"])
    press_play(page)
    assert "gesprochen" in player(page).locator(".status").inner_text()
    until(page, "s.clock > 0.2", seconds=15)
    first = state(page)["now"]
    rows = page.evaluate(SAMPLES, 2)
    assert not state(page)["ready"]
    places = [place for place, _ in rows]
    assert places == sorted(places)  # never back
    assert rows[0][1] == first != rows[-1][1]


def test_place_and_speed_are_remembered(page, service):
    article = service.ready(ARTICLE)
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    tell(page, "store.rate = 1.75; store.seek(12)")
    until(page, "s.clock > 12.2")
    open_article(page, service.base, article["id"])
    found = state(page)
    assert found["rate"] == 1.75
    assert 12 < found["time"] < 15
    assert not found["wanted"]
    press_play(page)
    heard = until(page, "!s.waiting && s.clock > 0")
    assert found["time"] <= heard["time"] < heard["duration"] / 2


def test_a_link_with_a_time_begins_there(page, service):
    article = service.ready(ARTICLE)
    open_article(page, service.base, article["id"], fragment="#t=20")
    assert state(page)["time"] == 20
    page.evaluate("() => { location.hash = '#t=7' }")
    until(page, "s.time === 7")
    press_play(page)
    assert 7 <= until(page, "!s.waiting && s.clock > 0")["time"] < 9


def test_it_resumes_at_the_right_place_after_the_service_was_restarted(page, slow):
    article = slow.post(unseen())
    open_article(page, slow.base, article["id"])
    press_play(page)
    before = until(page, "s.clock > 0.5")
    slow.stop()
    until(page, "s.trouble === 'offline'")
    expect(page.get_by_text("Keine Verbindung")).to_be_visible()
    slow.start()
    after = until(page, "!s.trouble && !s.waiting && s.clock > 0")
    assert after["wanted"]
    assert after["time"] >= before["time"]
    until(page, f"s.time > {after['time'] + 0.5}")


def test_it_resumes_by_itself_when_the_network_comes_back(page, slow):
    article = slow.post(unseen())
    open_article(page, slow.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.5")
    page.context.set_offline(True)
    until(page, "s.trouble === 'offline'")
    stopped = state(page)["time"]
    page.context.set_offline(False)
    after = until(page, "!s.trouble && !s.waiting && s.clock > 0")
    assert abs(after["time"] - stopped) < 2


def test_a_failed_paragraph_is_told_and_can_be_tried_again(page, slow):
    text = "Kurzer Titel\n\nDas ist gut.\n\nDas ist ein Fehlschlag.\n\nDas geht wieder."
    slow.take(0)
    article = slow.ready(text)
    open_article(page, slow.base, article["id"])
    expect(page.get_by_text("Absatz 3 konnte nicht gesprochen werden.")).to_be_visible()
    expect(page.get_by_text("Die Stimme ist an diesem Text gescheitert.")).to_be_visible()
    press_play(page)
    found = until(page, "s.trouble === 'failed'")
    assert not found["wanted"]
    page.get_by_role("button", name="Überspringen").click()
    until(page, "s.now?.startsWith('Das geht') && s.clock > 0.1")
    slow.mend()
    page.get_by_role("button", name="Noch einmal versuchen").click()
    until(page, "s.ready")
    expect(page.get_by_text("konnte nicht gesprochen werden")).to_have_count(0)


def test_a_deleted_article_is_told(page, service):
    article = service.ready(unseen())
    open_article(page, service.base, article["id"])
    httpx.delete(f"{service.base}/api/articles/{article['id']}").raise_for_status()
    press_play(page)
    until(page, "s.trouble === 'gone'")
    expect(page.get_by_text("Diesen Artikel gibt es nicht mehr.")).to_be_visible()
    assert not state(page)["wanted"]


def test_only_one_page_plays(new_page, service):
    article = service.ready(ARTICLE)
    first = new_page()
    second = first.context.new_page()
    for one in (first, second):
        open_article(one, service.base, article["id"])
        press_play(one)
        until(one, "s.clock > 0.1")
    until(first, "!s.wanted && s.paused")
    assert state(second)["wanted"]


def test_nothing_is_asked_for_before_play_but_the_page_itself(page, service):
    article = service.ready(ARTICLE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_article(page, service.base, article["id"])
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/api/" in url or ".mp3" in url]
