"""Words over HTTP: as a resource, as events, in captions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.domain import Clip, Mark
from service.web.words import flat
from tests.fakes import Opened, opened
from tests.unit.web import client_with
from tests.waiting import until

TEXT = "Der Titel\n\nAm 3. Mai 🎉 kam er. Sie ging <weg> & blieb."


@pytest.fixture
def house() -> Opened:
    return opened()


@pytest.fixture
def client(house: Opened) -> Iterator[TestClient]:
    with client_with(parts=house, key="k", aligns=True) as client:
        yield client


@pytest.fixture
def made(client: TestClient) -> dict[str, str]:
    posted: dict[str, str] = client.post("/api/articles", json={"text": TEXT}).json()
    until(lambda: len(words_of(client, posted)) == 2)
    return posted


def words_of(client: TestClient, made: dict[str, str]) -> dict[str, list[int]]:
    answer = client.get(f"/api/articles/{made['id']}/words")
    assert answer.status_code == 200
    paragraphs: dict[str, list[int]] = answer.json()["paragraphs"]
    return paragraphs


def test_every_paragraph_tells_from_to_and_at_of_its_words(
    client: TestClient, made: dict[str, str]
) -> None:
    paragraph = client.get(f"/api/articles/{made['id']}").json()["paragraphs"][1]
    told = words_of(client, made)["2"]
    units = paragraph["text"].encode("utf-16-le")
    places = zip(told[::3], told[1::3], strict=True)
    lit = [units[2 * start : 2 * end].decode("utf-16-le") for start, end in places]
    assert lit == ["Am", "3", "Mai", "kam", "er", "Sie", "ging", "<weg>", "&", "blieb"]
    assert told[2::3] == sorted(told[2::3])
    assert 0 <= told[2] < told[-1] <= paragraph["duration"] * 100


def test_offsets_are_utf_16_units_and_times_hundredths_of_a_second() -> None:
    text = "a 🎉 b 𝔊 c"
    marks = (Mark(0, 1, 0), Mark(2, 3, 1201), Mark(4, 5, 24_000), Mark(8, 9, 24_100))
    assert flat(text, marks) == [0, 1, 0, 2, 4, 5, 5, 6, 100, 10, 11, 100]


def test_words_are_not_sent_again_to_who_has_them(client: TestClient, made: dict[str, str]) -> None:
    url = f"/api/articles/{made['id']}/words"
    etag = client.get(url).headers["etag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    assert client.head(url).headers["etag"] == etag
    assert client.get("/api/articles/nowhere/words").status_code == 404


def test_a_paragraph_without_words_yet_is_missing(
    client: TestClient, house: Opened, made: dict[str, str]
) -> None:
    url = f"/api/articles/{made['id']}/words"
    etag = client.get(url).headers["etag"]
    second = client.get(f"/api/articles/{made['id']}").json()["paragraphs"][1]
    clip_id = second["clip"].removeprefix("/clips/").removesuffix(".mp3")
    kept = house.library.made.pop(clip_id)
    assert isinstance(kept, Clip)
    answer = client.get(url)
    assert list(answer.json()["paragraphs"]) == ["1"]
    assert answer.headers["etag"] != etag


def test_events_tell_whose_words_are_there(client: TestClient, made: dict[str, str]) -> None:
    events = []
    house_closes = client.app.state.parts.channels.close  # type: ignore[attr-defined]
    with client.stream("GET", f"/api/articles/{made['id']}/events") as answer:
        for line in answer.iter_lines():
            events.append(line)
            if line == "event: article":
                house_closes()
    text = "\n".join(events)
    told = re.findall(r"event: words\ndata: (.*)", text)
    assert [json.loads(one) for one in told] == [{"number": 1}, {"number": 2}]


def test_captions_have_times_of_words_when_they_are_asked_for(
    client: TestClient, made: dict[str, str]
) -> None:
    url = f"/articles/{made['id']}/captions.vtt"
    plain, timed = client.get(url).text, client.get(f"{url}?words=1").text
    assert re.sub(r"<[\d:.]+>", "", timed) == plain
    assert "<0" in timed
    assert client.get(f"{url}?words=0").text == plain
    assert client.get(f"{url}?words=viel").status_code == 422


def test_players_on_other_pages_may_read_words(client: TestClient, made: dict[str, str]) -> None:
    url, page = f"/api/articles/{made['id']}/words", {"Origin": "https://seite.example"}
    assert client.get(url, headers=page).headers["access-control-allow-origin"] == "*"
