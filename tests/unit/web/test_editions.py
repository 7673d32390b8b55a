"""Editions over HTTP: what was finished stays what listeners get until the next one is finished."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from service.errors import SpeechError
from tests.fakes import ToneEngine, opened
from tests.unit.web import client_with

SITE = "http://testserver"


@dataclass
class House:
    """A service whose voice stops at “Halt”, and refuses “Fehler” while it is told to."""

    client: TestClient
    refuses: bool = True
    goes_on: Event = field(default_factory=Event)

    def before(self, text: str) -> None:
        if "Halt" in text:
            self.goes_on.wait(30)
        if "Fehler" in text and self.refuses:
            raise SpeechError("engine-refused", error="zu kurz")

    def settled(self, url: str) -> dict[str, object]:
        """The newest edition once nothing of it is left to be made."""
        with self.client.stream("GET", f"{url}/events") as events:
            for line in events.iter_lines():
                if line.startswith("data:") and ('"ready"' in line or '"failed"' in line):
                    found: dict[str, object] = self.client.get(url).json()
                    if found["state"] in {"ready", "failed"}:
                        return found
        raise AssertionError


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("service.narration.cache._BELIEVED_S", 600)  # nothing old all the same
    made = House(None)  # type: ignore[arg-type]
    parts = opened(ToneEngine(before=made.before))
    with client_with(parts=parts, base=SITE, public_url=SITE, key="k") as made.client:
        yield made
        made.goes_on.set()


@pytest.fixture
def url(house: House) -> str:
    answer = house.client.post("/api/articles", json={"text": "Der Titel\n\nEin Satz."})
    url: str = answer.headers["location"]
    assert house.settled(url)["finished_edition"] == 1
    return url


def episode(house: House, url: str) -> list[str | None]:
    """Title, GUID and length of the article in the feed."""
    feed = etree.fromstring(house.client.get("/feed.xml").content)
    article_id = url.rpartition("/")[2]
    [item] = [one for one in feed.iter("item") if article_id in (one.findtext("guid") or "")]
    [enclosure] = item.iter("enclosure")
    return [item.findtext("title"), item.findtext("guid"), enclosure.get("length")]


def heard(house: House, url: str) -> list[object]:
    """All that listeners get, by addresses that name no edition."""
    base = url.removeprefix("/api")
    found: list[object] = [
        house.client.get(base + path).content
        for path in (
            "/audio.mp3",
            "/captions.vtt",
            "/captions.srt",
            "/chapters.json",
            "/audio.flac",
        )
    ]
    finished = house.client.get(f"{url}?edition=finished").json()
    page, embed = house.client.get(base).text, house.client.get(f"/embed/{url[-16:]}").text
    return [*found, episode(house, url), finished["paragraphs"], _shown(page), _shown(embed)]


def _shown(page: str) -> str:
    manifest = json.loads(page.partition('<script type="application/json">')[2].partition("</")[0])
    return str(manifest["paragraphs"])


def test_listeners_get_what_was_finished_until_the_next_edition_is(house: House, url: str) -> None:
    before = heard(house, url)
    new = house.client.patch(url, json={"title": "Halt"}).json()
    assert (new["edition"], new["finished_edition"]) == (2, 1)
    assert new["audio"].endswith("/audio.mp3?edition=2")
    assert heard(house, url) == before
    base = url.removeprefix("/api")
    assert "Halt" in house.client.get(f"{base}/captions.vtt?edition=2").text
    assert "Halt" in _shown(house.client.get(f"{base}?edition=2").text)
    assert house.client.get(f"{url}?edition=1").json()["title"] == "Der Titel"
    assert house.client.get(f"{base}/audio.opus?edition=2").status_code == 409
    house.goes_on.set()
    assert house.settled(url)["finished_edition"] == 2
    after = heard(house, url)
    assert [one == other for one, other in zip(before, after, strict=True)].count(True) == 0
    assert episode(house, url)[:2] == ["Halt", f"vorleser:{new['id']}"]
    assert house.client.get(f"{base}/audio.mp3?edition=1").status_code == 404


def test_an_edition_that_fails_leaves_the_old_one_in_place_and_says_so(
    house: House, url: str
) -> None:
    before = heard(house, url)
    house.client.patch(url, json={"title": "Fehler"})
    failed = house.settled(url)
    assert (failed["state"], failed["finished_edition"]) == ("failed", 1)
    assert heard(house, url) == before
    base = url.removeprefix("/api")
    assert house.client.get(f"{base}/audio.mp3?edition=2").status_code == 409
    house.refuses = False
    assert house.client.post(f"{url}/retry").status_code == 202
    assert house.settled(url)["finished_edition"] == 2
    assert episode(house, url)[0] == "Fehler"


@pytest.mark.parametrize("number", ["2", "99", "2147483647", "2147483648", "9" * 30, "0", "-1"])
def test_another_edition_is_not_found(house: House, url: str, number: str) -> None:
    base = url.removeprefix("/api")
    for path in (url, base, f"{base}/audio.mp3", f"{base}/captions.vtt", f"{base}/audio.opus"):
        answer = house.client.get(f"{path}?edition={number}")
        assert answer.status_code == 404, path
    assert house.client.get(f"{url}?edition={number}").json()["code"] == "edition-unknown"


@pytest.mark.parametrize("number", ["last", "1.5", ""])
def test_what_is_no_edition_is_refused(house: House, url: str, number: str) -> None:
    assert house.client.get(f"{url}?edition={number}").status_code == 422


def test_nobody_is_told_the_length_of_what_is_still_being_made(house: House) -> None:
    made = house.client.post("/api/articles", json={"text": "Neu\n\nHalt."}).json()
    answer = house.client.head(made["audio"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/mpeg")
    assert "content-length" not in answer.headers
    house.goes_on.set()
    house.settled(f"/api/articles/{made['id']}")
    assert int(house.client.head(made["audio"]).headers["content-length"]) > 1000
    assert "content-length" not in house.client.head(f"{made['audio']}&from=2").headers


def test_an_article_that_was_never_finished_has_one_edition(house: House) -> None:
    made = house.client.post("/api/articles", json={"text": "Halt\n\nEin Satz."})
    url = made.headers["location"]
    assert made.json()["finished_edition"] is None
    assert house.client.get(f"{url}?edition=finished").json()["edition"] == 1
    changed = house.client.patch(url, json={"title": "Anders"}).json()
    assert (changed["edition"], changed["finished_edition"]) == (2, None)
    assert house.client.get(f"{url}?edition=1").status_code == 404
    assert house.client.get(f"{url}?edition=finished").json()["title"] == "Anders"
