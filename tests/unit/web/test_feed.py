"""Feeds over parts in memory."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from starlette.testclient import TestClient

from service import spoken
from service.app import build
from service.domain import Article, Clip, Kind, Paragraph, Span
from service.narration.writing import write
from service.settings import Settings
from service.sound.track import listed
from service.web.feed import PAGE_SIZE, _episode, _shortened
from service.web.parts import Addresses
from tests.fakes import VOICE, opened

ATOM = "{http://www.w3.org/2005/Atom}"
MANY = 2 * PAGE_SIZE + 5


def written(number, title="Titel"):
    article = Article((Paragraph(Kind.TITLE, f"{title} {number}"),))
    age = timedelta(minutes=number)
    created_at = datetime(2026, 1, 1, tzinfo=UTC) + age
    return replace(write(article, VOICE, lexicon=spoken.BUILT_IN), created_at=created_at)


class _Parts:
    """In-memory parts with some articles that are ready."""

    def __init__(self, narrations):
        self.narrations = narrations

    async def __aenter__(self):
        made = opened()
        for one in self.narrations:
            await made.library.articles.save([one])
            clip = Clip(one.segments[0].clip_id, 1920, "ab" * 32, (Span(0, 900),))
            await made.library.clips.save(clip)
        return made

    async def __aexit__(self, *_):
        return None


def client_of(*narrations):
    app = build(Settings(public_url="https://a.example"), open_parts=lambda _: _Parts(narrations))
    return TestClient(app, base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def client():
    with client_of(*(written(number) for number in range(MANY))) as found:
        yield found


def page(client, url):
    [channel] = etree.fromstring(client.get(url).content)
    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
    return [item.findtext("guid") for item in channel.findall("item")], links


def test_a_long_feed_comes_in_pages_that_link_to_each_other(client):
    seen: list[str] = []
    url = "https://a.example/feed.xml"
    while url:
        guids, links = page(client, url)
        assert links["self"] == url
        assert links["first"] == "https://a.example/feed.xml"
        assert ("previous" in links) == (len(seen) > 0)
        seen.append(guids)
        url = links.get("next")
    assert [len(guids) for guids in seen] == [PAGE_SIZE, PAGE_SIZE, 5]
    assert len({guid for guids in seen for guid in guids}) == MANY


def test_a_page_beyond_the_end_is_empty(client):
    guids, links = page(client, "/feed.xml?page=9")
    assert guids == []
    assert "next" not in links
    assert client.get("/feed.xml?page=0").status_code == 422


def test_what_xml_cannot_carry_is_left_out_and_nothing_else():
    article = written(1, title="Ein\x0b <b>&\xa0Zeichen\ufffe 🙂")
    with client_of(article) as client:
        [channel] = etree.fromstring(client.get("/feed.xml").content)
    assert channel.findtext("item/title") == "Ein <b>&\xa0Zeichen 🙂 1"


@pytest.mark.parametrize(
    ("told", "pub_date"),
    [
        ("2024-03-12T08:30:00+01:00", "Tue, 12 Mar 2024 08:30:00 +0100"),
        ("2024-03-12", "Tue, 12 Mar 2024 00:00:00 +0000"),
        ("gestern", "Thu, 01 Jan 2026 00:01:00 +0000"),
        (None, "Thu, 01 Jan 2026 00:01:00 +0000"),
    ],
)
def test_an_episode_has_the_date_on_which_it_was_published_where_that_is_known(told, pub_date):
    one = written(1)
    article = replace(one.article, published_at=told)
    one = replace(one, spec=replace(one.spec, article=article))
    app = build(Settings(public_url="http://testserver"), open_parts=lambda _: _Parts([one]))
    with TestClient(app) as client:
        assert f"<pubDate>{pub_date}</pubDate>" in client.get("/feed.xml").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ein  Satz.\nNoch einer.", "Ein Satz. Noch einer."),
        ("a" * 800, "a" * 800),
        ("Wort " * 200, "Wort " * 159 + "…"),
        ("Wort " * 159 + "ganz", "Wort " * 159 + "ganz"),
        ("a" * 801, "…"),
    ],
)
def test_an_episodes_summary_ends_between_words(text, shown):
    assert _shortened(text) == shown


def test_an_episode_whose_sound_is_made_again_keeps_its_place_with_a_length_that_is_a_number():
    shown = replace(listed(written(1)), size=None)
    item = _episode(shown, Addresses("https://a.example", "", ""))
    assert item.find("enclosure").get("length") == "0"
