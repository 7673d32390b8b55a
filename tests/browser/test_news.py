"""An article that is being made, as its page follows it: by events alone."""

from math import inf

import pytest

from service.web.manifest import lean
from tests.browser.drive import open_article, unseen, until

pytestmark = pytest.mark.browser


def test_events_keep_the_manifest_true_without_fetching_it_again(page, slow):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    slow.take(inf)
    article = slow.post(unseen())
    open_article(page, slow.base, article["id"])
    slow.take(0)
    until(page, "s.ready")
    assert [url for url in asked if url.endswith(f"/api/articles/{article['id']}")] == []
    shown = page.evaluate("() => document.querySelector('vorleser-player').store.manifest")
    made = lean(slow.manifest(article["id"]))
    for one in shown["paragraphs"]:
        one.pop("letters_per_second")
    assert shown == made


def test_what_was_edited_elsewhere_is_fetched(page, slow):
    slow.take(inf)
    article = slow.post(unseen())
    open_article(page, slow.base, article["id"])
    until(page, "s.duration > 0")
    edited = {"text": unseen()}
    slow.client.patch(f"/api/articles/{article['id']}", json=edited).raise_for_status()
    slow.take(0)
    until(page, "s.ready")
    shown = page.evaluate("() => document.querySelector('vorleser-player').store.manifest")
    assert shown["paragraphs"] == slow.manifest(article["id"])["paragraphs"]
