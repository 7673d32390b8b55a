"""The podcast feeds and the embed, as other programs read them."""

from __future__ import annotations

import io
import struct
from email.utils import parsedate_to_datetime

import feedparser
import podcastparser
import pytest
import soundfile
from lxml import etree

from tests.articles import article
from tests.integration import Service

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("feed")) as running:
        running.ready(article("notiz"), collections=["nachrichten"])
        running.ready(article("interview"))
        yield running


@pytest.fixture(scope="module")
def feed(service):
    found = feedparser.parse(service.client.get("/feed.xml").content)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.fixture(scope="module")
def channel(service):
    [found] = etree.fromstring(service.client.get("/feed.xml").content)
    return found


def path_of(url):
    return "/" + url.split("/", 3)[3]


def jpeg_size(content):
    """Height, width and colours from the frame header."""
    start = content.index(b"\xff\xc0")
    return struct.unpack(">HHB", content[start + 5 : start + 10])


def is_cover(service, url):
    answer = service.client.get(path_of(url))
    height, width, colours = jpeg_size(answer.content)
    assert answer.headers["content-type"] == "image/jpeg"
    return height == width and 1400 <= width <= 3000 and colours == 3 and url.endswith(".jpg")


# Apple's requirements, point by point: what is asked for, and whether a channel has it.
CHANNEL = {
    "RSS 2.0": lambda one, _: one.getparent().get("version") == "2.0",
    "a title": lambda one, _: one.findtext("title") == "Vorleser",
    "a description of at most 4000 bytes": lambda one, _: (
        0 < len(one.findtext("description").encode()) <= 4000
    ),
    "a square cover of 1400 to 3000 pixels, RGB, JPEG": lambda one, service: is_cover(
        service, one.find(f"{ITUNES}image").get("href")
    ),
    "a language by ISO 639": lambda one, _: one.findtext("language") == "de",
    "a category of Apple's list": lambda one, _: (
        one.find(f"{ITUNES}category").get("text") == "News"
    ),
    "explicit, true or false": lambda one, _: one.findtext(f"{ITUNES}explicit") == "false",
    "an author": lambda one, _: one.findtext(f"{ITUNES}author") == "Vorleser",
    "a link to its site": lambda one, _: one.findtext("link").startswith("http"),
    "a type": lambda one, _: one.findtext(f"{ITUNES}type") == "episodic",
    "a link to itself": lambda one, service: (
        [link.get("href") for link in one.findall(f"{ATOM}link") if link.get("rel") == "self"]
        == [f"{service.base}/feed.xml"]
    ),
    "at least one episode": lambda one, _: len(one.findall("item")) >= 1,
    "at most 300 episodes": lambda one, _: len(one.findall("item")) <= 300,
    "every element in a namespace that is declared and known": lambda one, _: (
        set(one.nsmap.values()) == {space.strip("{}") for space in (ITUNES, PODCAST, ATOM)}
        and all(item.prefix in {None, "itunes", "podcast", "atom"} for item in one.iter())
    ),
}


@pytest.mark.parametrize("asked", CHANNEL)
def test_the_channel_has_what_apple_asks_for(channel, service, asked):
    assert CHANNEL[asked](channel, service)


def enclosure(item):
    return item.find("enclosure")


# The same for each episode; `head` is the answer to a HEAD of its enclosure.
EPISODE = {
    "a title without markup": lambda item, _: item.findtext("title"),
    "one enclosure": lambda item, _: len(item.findall("enclosure")) == 1,
    "an address of ASCII letters that ends like its type": lambda item, _: (
        enclosure(item).get("url").isascii() and enclosure(item).get("url").endswith(".mp3")
    ),
    "its true length in bytes": lambda item, head: (
        enclosure(item).get("length") == head.headers["content-length"]
    ),
    "its type": lambda item, head: (
        enclosure(item).get("type") == head.headers["content-type"] == "audio/mpeg"
    ),
    "a server that answers HEAD": lambda _, head: head.status_code == 200 and not head.content,
    "a server that knows byte ranges": lambda _, head: head.headers["accept-ranges"] == "bytes",
    "a GUID that is no address": lambda item, _: (
        item.find("guid").get("isPermaLink") == "false"
        and item.findtext("guid").startswith("vorleser:")
    ),
    "a date by RFC 2822": lambda item, _: parsedate_to_datetime(item.findtext("pubDate")).tzinfo,
    "a duration in seconds": lambda item, _: int(item.findtext(f"{ITUNES}duration")) > 0,
    "a description of at most 4000 bytes": lambda item, _: (
        0 < len(item.findtext("description").encode()) <= 4000
    ),
    "a link to its page": lambda item, _: "/articles/" in item.findtext("link"),
    "a cover": lambda item, _: item.find(f"{ITUNES}image").get("href").endswith("/cover.jpg"),
    "explicit, true or false": lambda item, _: item.findtext(f"{ITUNES}explicit") == "false",
    "a kind of episode": lambda item, _: item.findtext(f"{ITUNES}episodeType") == "full",
    "a transcript of a type that Apple reads": lambda item, _: (
        item.find(f"{PODCAST}transcript").get("type") == "text/vtt"
    ),
    "chapters": lambda item, _: (
        item.find(f"{PODCAST}chapters").get("type") == "application/json+chapters"
    ),
}


@pytest.mark.parametrize("asked", EPISODE)
def test_every_episode_has_what_apple_asks_for(channel, service, asked):
    for item in channel.findall("item"):
        head = service.client.head(path_of(enclosure(item).get("url")))
        assert EPISODE[asked](item, head)


def test_every_episode_has_its_true_length_and_duration_and_a_transcript_for_players(feed, service):
    assert len(feed.entries) >= 2
    for entry in feed.entries:
        [enclosed] = entry.enclosures
        answer = service.client.get(path_of(enclosed.href))
        assert int(enclosed.length) == len(answer.content)
        part = service.client.get(path_of(enclosed.href), headers={"Range": "bytes=-100"})
        assert (part.status_code, part.content) == (206, answer.content[-100:])
        samples, rate = soundfile.read(io.BytesIO(answer.content))
        assert int(entry.itunes_duration) == pytest.approx(len(samples) / rate, abs=1)
        for name in ("podcast_transcript", "podcast_chapters"):
            url, headers = path_of(entry[name]["url"]), {"Origin": "https://a.example"}
            told = service.client.get(url, headers=headers)
            assert service.client.head(url).headers["content-type"] == told.headers["content-type"]
            assert told.headers["access-control-allow-origin"] == "*"
            assert told.headers["content-type"].startswith(entry[name]["type"])


def addresses(channel):
    """Every address in the feed, with the type that it is said to have."""
    for one in channel.iter():
        for told in (one.get("href"), one.get("url"), one.text):
            if (told or "").startswith("http"):
                yield told, one.get("type")


def test_every_address_in_the_feed_answers_get_and_head_alike(channel, service):
    found = set(addresses(channel))
    assert len(found) >= 3 + 4 * len(channel.findall("item"))
    for url, kind in found:
        plain = {"Accept-Encoding": "identity"}
        whole, head = (
            service.client.request(method, path_of(url), headers=plain)
            for method in ("GET", "HEAD")
        )
        assert (whole.status_code, head.status_code, head.content) == (200, 200, b""), url
        assert whole.headers["content-type"] == head.headers["content-type"]
        assert int(head.headers.get("content-length", len(whole.content))) == len(whole.content)
        assert kind in {None, whole.headers["content-type"].split(";")[0]}


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=1000-1999", 206, slice(1000, 2000)),
        ("bytes=-1", 206, slice(-1, None)),
        ("bytes=99999999-", 416, None),
    ],
)
def test_every_enclosure_is_sent_in_parts(channel, service, wanted, status, part):
    for item in channel.findall("item"):
        url = path_of(enclosure(item).get("url"))
        answer = service.client.get(url, headers={"Range": wanted})
        assert answer.status_code == status
        if part:
            assert answer.content == service.client.get(url).content[part]


def test_a_podcast_client_reads_the_feed(service):
    url = f"{service.base}/feed.xml"
    found = podcastparser.parse(url, io.BytesIO(service.client.get("/feed.xml").content))
    assert (found["title"], found["type"], found["language"]) == ("Vorleser", "episodic", "de")
    assert found["cover_url"] == f"{service.base}/cover.jpg"
    for episode in found["episodes"]:
        [enclosed] = episode["enclosures"]
        assert enclosed["file_size"] > 1000
        assert episode["total_time"] > 0
        assert episode["explicit"] is False


def test_the_guid_stays_when_the_article_changes(feed, service):
    entry = next(one for one in feed.entries if one.title.startswith("Storchenpaar"))
    article_id = entry.id.removeprefix("vorleser:")
    service.client.patch(f"/api/articles/{article_id}", json={"title": "Ein anderer Titel"})
    service.settled(article_id)
    again = feedparser.parse(service.client.get("/feed.xml").content)
    assert entry.id in [one.id for one in again.entries]


def test_the_feed_answers_304_and_head(service):
    first = service.client.get("/feed.xml")
    again = service.client.get("/feed.xml", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    strong = first.headers["etag"].removeprefix("W/")  # both are compared weakly
    weak = {"If-None-Match": f'"other", {strong}'}
    assert service.client.get("/feed.xml", headers=weak).status_code == 304
    assert service.client.head("/feed.xml").status_code == 200
    assert feedparser.parse(service.client.get("/feed.xml?page=2").content).entries == []


def test_a_collection_has_a_feed_of_its_own(service):
    found = feedparser.parse(service.client.get("/feeds/nachrichten.xml").content)
    assert found.feed.title == "Vorleser: nachrichten"
    [made] = service.client.get("/api/articles?collection=nachrichten").json()["articles"]
    assert [entry.id for entry in found.entries] == [f"vorleser:{made['id']}"]
    [self_link] = [link.href for link in found.feed.links if link.rel == "self"]
    assert self_link == f"{service.base}/feeds/nachrichten.xml"
    missing = service.client.get("/feeds/gibtsnicht.xml")
    assert missing.status_code == 404
    assert "PATCH" in missing.json()["detail"]


def test_articles_go_into_collections_and_out_again(service):
    def listed(name):
        answer = service.client.get("/api/articles", params={"collection": name})
        return [one["id"] for one in answer.json()["articles"]]

    made = service.ready("Ein Stück\n\nFür die Sammlung.", collections=["b", "a"])
    assert made["collections"] == ["a", "b"]
    again = service.post("Ein Stück\n\nFür die Sammlung.", collections=["c-1"])
    assert (again["id"], again["collections"]) == (made["id"], ["a", "b", "c-1"])
    edited = {"text": "Ein Stück\n\nFür eine andere Sammlung."}
    service.client.patch(f"/api/articles/{made['id']}", json=edited)
    assert listed("a") == listed("c-1") == [made["id"]]
    answer = service.client.patch(f"/api/articles/{made['id']}", json={"collections": ["b"]})
    assert answer.json()["collections"] == ["b"]
    assert listed("a") == []
    form = {"file": ("stueck.txt", b"Ein anderes\n\nStueck.")}
    sent = service.client.post("/api/articles", files=form, data={"collections": "b, d"})
    assert sent.json()["collections"] == ["b", "d"]
    assert listed("b") == [sent.json()["id"], made["id"]]
    service.client.delete(f"/api/articles/{made['id']}")
    assert listed("b") == [sent.json()["id"]]


@pytest.mark.parametrize("name", ["", "Ä", "a b", "-a", "a--b", "A", "x" * 65, "../a"])
def test_a_collection_has_a_plain_name(service, name):
    answer = service.client.post("/api/articles", json={"text": "Hallo", "collections": [name]})
    assert answer.status_code == 422
    assert "hyphens" in answer.json()["detail"]
    assert service.client.get("/api/articles", params={"collection": name}).status_code == 422


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
