"""What other pages and apps hand over to the front page, and what crawlers are told."""

import json
import re
from functools import partial

import pytest
from lxml import html

from service.web.site import Shared
from tests.unit import web

client_with = partial(web.client_with, key="k", public_url="https://vorleser.example/")

LINK = "https://zeitung.example/artikel?id=7"


@pytest.mark.parametrize(
    ("shared", "source"),
    [
        ({"url": LINK}, LINK),
        ({"url": LINK, "text": "Ein Satz.\nNoch einer.", "title": "Titel"}, LINK),
        ({"title": "Titel", "text": LINK}, LINK),
        ({"text": f"Die Mühle dreht sich wieder {LINK}"}, LINK),
        ({"text": f"Die Mühle dreht sich wieder\n\n{LINK}\n"}, LINK),
        ({"text": f"{'Ein Satz. ' * 40}{LINK}"}, f"{'Ein Satz. ' * 40}{LINK}"),
        ({"title": "Titel", "text": "Ein Satz. Noch einer."}, "Titel\n\nEin Satz. Noch einer."),
        ({"url": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_a_link_goes_before_text(shared, source):
    assert Shared(**shared).source == source


TEXT = "Ein Titel & „mehr“\n\nDer erste Satz </script> des Artikels."
SOURCE = "https://www.zeitung.example/a?b=1&c=2"


@pytest.fixture
def client():
    with client_with() as found:
        yield found


def ready(client, text=TEXT, **more):
    article = client.post("/api/articles", json={"text": text, **more}).json()
    client.get(article["audio"])  # waits for its end
    return client.get(f"/api/articles/{article['id']}").json()


def page_of(client, article):
    return html.fromstring(client.get(article["page"]).text)


def test_the_link_that_was_handed_over_is_in_the_form_as_text(client):
    page = html.fromstring(client.get("/", params={"url": SOURCE}).text)
    assert page.get_element_by_id("source").text == SOURCE
    evil = "</textarea><script>alert(1)</script>"
    page = html.fromstring(client.get("/", params={"text": evil}).text)
    assert page.get_element_by_id("source").text == evil
    assert client.get("/api/articles").json()["articles"][1:] == []


def test_search_engines_read_the_article_with_its_audio(client):
    article = ready(client, source_url=SOURCE)
    page = page_of(client, article)
    [script] = page.xpath("//script[@type='application/ld+json']")
    told = json.loads(script.text)
    address = f"https://vorleser.example/articles/{article['id']}"
    assert (told["@type"], told["headline"], told["url"]) == ("Article", article["title"], address)
    assert told["isBasedOn"] == SOURCE
    audio = told["audio"]
    assert audio["@type"] == "AudioObject"
    assert audio["contentUrl"] == f"{address}/audio.mp3"
    assert audio["contentSize"] == client.head(article["audio"]).headers["content-length"]
    assert re.fullmatch(r"PT\d+S", audio["duration"])
    assert int(audio["duration"][2:-1]) == round(article["duration"])
    assert audio["transcript"] == TEXT
    assert audio["digitalSourceType"].endswith("trainedAlgorithmicMedia")
    assert audio["embedUrl"] == f"https://vorleser.example/embed/{article['id']}"
    assert None not in [*told.values(), *audio.values()]


def test_a_shared_link_shows_title_opening_and_picture(client):
    article = ready(client)
    found = {
        meta.get("property"): meta.get("content")
        for meta in page_of(client, article).xpath("//meta[@property]")
    }
    assert found["og:title"] == "Ein Titel & „mehr“"
    assert found["og:description"] == "Der erste Satz </script> des Artikels."
    assert found["og:url"] == f"https://vorleser.example/articles/{article['id']}"
    assert found["og:image"] == "https://vorleser.example/cover.jpg"
    assert found["og:audio"] == f"https://vorleser.example/articles/{article['id']}/audio.mp3"


def test_the_page_names_and_links_where_the_article_is_from(client):
    [meta] = page_of(client, ready(client, source_url=SOURCE)).find_class("meta")
    assert "zeitung.example" in meta.text_content()
    [link] = meta.iter("a")
    assert link.get("href") == SOURCE


@pytest.mark.parametrize("is_allowed", [False, True])
def test_search_engines_list_the_pages_only_when_they_may(is_allowed):
    with client_with(allow_indexing=is_allowed) as client:
        article = ready(client)
        for url in ("/", article["page"]):
            robots = html.fromstring(client.get(url).text).xpath("//meta[@name='robots']")
            assert [meta.get("content") for meta in robots] == ["noindex"] * (not is_allowed)
        header = client.get(article["audio"]).headers.get("x-robots-tag")
        assert header == (None if is_allowed else "noindex")
        [robots] = html.fromstring(client.get(f"/embed/{article['id']}").text).xpath(
            "//meta[@name='robots']"
        )
        assert robots.get("content") == "noindex"
        assert "Disallow: /api/" in client.get("/robots.txt").text


def test_pauses_are_heard_and_shown_nowhere(client):
    text = (
        "Der [pause 1s] Titel\n\nHallo [pause 2s] <break/> Welt.\n\n[pause 3s]\n\nDas Ende kommt."
    )
    article = ready(client, text)
    assert article["title"] == "Der Titel"
    assert [one["text"] for one in article["paragraphs"]][1:] == [
        "Hallo Welt.", "", "Das Ende kommt."
    ]  # fmt: skip
    for one in article["paragraphs"]:
        assert "".join(sentence["text"] for sentence in one["sentences"]) == one["text"]
    page = page_of(client, article)
    assert page.xpath("//*[@data-n and @hidden]/@data-n") == ["3"]
    for address in (article["captions"], article["chapters"], article["page"], "/feed.xml"):
        told = client.get(address).text
        assert "[pause" not in told
        assert "break/" not in told
