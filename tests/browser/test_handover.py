"""From the paragraphs' files to the whole track, and the patience with a slow line."""

import pytest

from tests.browser.drive import ARTICLE, open_article, press_play, state, tell, unseen, until

pytestmark = pytest.mark.browser

WHOLE = "**/audio.mp3*"
TITLE = ARTICLE.splitlines()[0]
QUICK = ARTICLE.replace(TITLE, "Neues")  # its first paragraph is over soon


@pytest.fixture
def page(new_page):
    return new_page(service_workers="block")  # what a worker fetches could not be held


# What is heard, as rows of file, place, sentence: told by the player, not by a clock.
RECORD = """() => {
  const { store } = document.querySelector('vorleser-player');
  window.heard = [];
  store.addEventListener('time', () => {
    if (!store.audio.paused && !store.isWaiting) {
      window.heard.push([store.audio.currentSrc, store.time]);
    }
  });
}"""


def paste(page, base, text):
    page.goto(base)
    page.evaluate(RECORD)
    page.fill("#source", text)
    page.click("#read")


def test_a_fresh_article_becomes_the_finished_file_without_jump(page, service):
    paste(page, service.base, unseen(QUICK))
    until(page, "s.src.endsWith('tags=small') && s.clock > 0 && !s.waiting", seconds=60)
    page.wait_for_function("() => window.heard.at(-1)[0].includes('audio.mp3')")
    heard = page.evaluate("() => window.heard")
    places = [place for _, place in heard]
    assert places == sorted(places)
    turn = next(n for n, (file, _) in enumerate(heard) if "audio.mp3" in file)
    assert turn > 0
    found = page.evaluate("() => document.querySelector('vorleser-player').store.manifest")
    ends = [one["start"] + one["duration"] for one in found["paragraphs"]]
    pauses = [
        (end, one["start"])
        for end, one in zip(ends, found["paragraphs"][1:], strict=False)
        if end - 0.3 <= places[turn] <= one["start"] + 0.3
    ]
    assert pauses  # it took over in the silence behind a paragraph


def test_paragraphs_play_on_until_the_whole_track_has_been_fetched(page, service):
    held = []
    page.route(WHOLE, lambda route: held.append(route))  # noqa: PLW0108
    with page.expect_request(WHOLE):
        paste(page, service.base, unseen(QUICK))
    tell(page, "store.rate = 3")
    until(page, "s.ready && s.clock > 0 && s.now && !s.now.startsWith('Neues')")
    assert "/audio.mp3" not in state(page)["src"]
    assert len(held) == 1
    page.route(WHOLE, lambda route: route.continue_())
    held.pop().continue_()
    until(page, "s.src.endsWith('tags=small') && !s.waiting", seconds=60)


def test_who_pauses_in_a_paragraphs_file_plays_on_in_it(page, service):
    held = []
    page.route(WHOLE, lambda route: held.append(route))  # noqa: PLW0108
    paste(page, service.base, unseen())
    until(page, "s.ready && s.clock > 0.1", seconds=60)
    tell(page, "store.pause()")
    place = state(page)["time"]
    tell(page, "store.play()")
    until(page, f"!s.waiting && s.time > {place}")
    assert "audio.mp3" not in state(page)["src"]


def test_a_load_that_still_gets_bytes_is_never_begun_again(page, service):
    article = service.ready(ARTICLE)
    asked = []
    page.route(WHOLE, lambda route: asked.append(route))  # noqa: PLW0108
    page.clock.install()
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.waiting")
    tell(
        page,
        "window.feed = setInterval(() => store.audio.dispatchEvent(new Event('progress')), 1000)",
    )
    page.clock.run_for(20_000)
    assert len(asked) == 1
    assert state(page)["trouble"] is None
    page.evaluate("() => clearInterval(window.feed)")  # from now on nothing comes at all
    with page.expect_request(WHOLE):
        page.clock.run_for(6000)
