"""The podcast feed and the embed, as other programs read them."""

from __future__ import annotations

import io

import feedparser
import pytest
import soundfile

from tests.articles import article
from tests.integration import Service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("feed")) as running:
        running.ready(article("notiz"))
        running.ready(article("interview"))
        yield running


@pytest.fixture(scope="module")
def feed(service):
    found = feedparser.parse(service.client.get("/feed.xml").content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_the_channel_has_what_apple_requires(feed, service):
    channel = feed.feed
    assert channel.title == "Vorleser"
    assert channel.link.startswith("http")
    assert channel.language == "de"
    assert channel.description
    assert b"<itunes:explicit>false</itunes:explicit>" in service.client.get("/feed.xml").content
    assert channel.tags[0].term == "News"
    assert channel.image.href.endswith("/cover.jpg")
    picture = service.client.get("/cover.jpg")
    assert picture.headers["content-type"] == "image/jpeg"
    assert any(link.rel == "self" for link in channel.links)


def test_every_episode_has_its_true_length_type_duration_and_transcript(feed, service):
    assert len(feed.entries) >= 2
    for entry in feed.entries:
        [enclosure] = entry.enclosures
        path = "/" + enclosure.href.split("/", 3)[3]
        answer = service.client.get(path)
        assert enclosure.type == answer.headers["content-type"] == "audio/mpeg"
        assert int(enclosure.length) == len(answer.content)
        samples, rate = soundfile.read(io.BytesIO(answer.content))
        assert int(entry.itunes_duration) == pytest.approx(len(samples) / rate, abs=1)
        assert service.client.head(path).headers["content-length"] == enclosure.length
        transcript = "/" + entry.podcast_transcript["url"].split("/", 3)[3]
        captions = service.client.get(transcript, headers={"Origin": "https://a.example"})
        assert captions.headers["access-control-allow-origin"] == "*"
        assert entry.guidislink is False
        assert entry.published_parsed


def test_the_guid_stays_when_the_article_changes(feed, service):
    entry = next(one for one in feed.entries if one.title.startswith("Storchenpaar"))
    article_id = entry.id.removeprefix("vorleser:")
    service.client.patch(f"/api/articles/{article_id}", json={"title": "Ein anderer Titel"})
    while service.manifest(article_id)["state"] != "ready":
        pass
    again = feedparser.parse(service.client.get("/feed.xml").content)
    assert entry.id in [one.id for one in again.entries]


def test_the_feed_answers_304_and_head(service):
    first = service.client.get("/feed.xml")
    again = service.client.get("/feed.xml", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    weak = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}  # as proxies that pack send
    assert service.client.get("/feed.xml", headers=weak).status_code == 304
    assert service.client.head("/feed.xml").status_code == 200
    assert feedparser.parse(service.client.get("/feed.xml?page=2").content).entries == []


def test_a_pasted_link_becomes_the_player(service, feed):
    page = feed.entries[0].link
    found = service.client.get("/oembed", params={"url": page, "maxwidth": 400}).json()
    assert (found["type"], found["version"], found["width"]) == ("rich", "1.0", 400)
    assert f"/embed/{page.rpartition('/')[2]}" in found["html"]
    assert service.client.get("/oembed", params={"url": page, "format": "xml"}).status_code == 501
    assert "thumbnail_url" not in found
    whole = service.client.get("/oembed", params={"url": page}).json()
    assert whole["thumbnail_url"].endswith("/cover.jpg")
    wrongs = ("https://a.example/", f"{service.base}/articles/gibtsnicht", "http://[kaputt")
    for wrong in wrongs:
        assert service.client.get("/oembed", params={"url": wrong}).status_code == 404
    assert (
        'type="application/json+oembed"'
        in service.client.get("/articles/" + page.rpartition("/")[2]).text
    )
