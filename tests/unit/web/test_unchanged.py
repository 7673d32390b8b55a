"""What a client has already is not sent again: by tag and by date."""

import time
from email.utils import format_datetime, formatdate, parsedate_to_datetime

import pytest

from service.web.unchanged import Sightings
from tests.unit.web import client_with


@pytest.fixture(scope="module")
def http():
    with client_with() as client:
        made = client.post("/api/articles", json={"text": "Titel", "collections": ["politik"]})
        for listed in client.get("/api/articles").json()["articles"]:
            client.get(listed["audio"])  # when it is heard to the end, nothing changes any more
        assert made.status_code == 201
        yield client


@pytest.fixture(scope="module")
def article(http):
    return http.get("/api/articles").json()["articles"][0]["id"]


PATHS = [
    "/",
    "/feed.xml",
    "/feeds/politik.xml",
    "/articles/{}",
    "/embed/{}",
    "/embed.js",
    "/sw.js",
    "/static/store.js",
    "/static/icon-192.png",
]


@pytest.mark.parametrize("path", PATHS)
def test_pages_feeds_and_scripts_are_sent_once(http, article, path):
    path = path.format(article)
    first = http.get(path)
    date, tag = first.headers["last-modified"], first.headers["etag"]
    assert date.endswith(" GMT")
    assert first.content
    for same in ({"If-None-Match": tag}, {"If-Modified-Since": date}):
        for method in ("GET", "HEAD"):
            again = http.request(method, path, headers=same)
            assert (again.status_code, again.content) == (304, b""), same
            assert again.headers["etag"] == tag
    earlier = formatdate(parsedate_to_datetime(date).timestamp() - 1, usegmt=True)
    for other in (
        {"If-Modified-Since": earlier},
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": date},
        {"If-Modified-Since": "gestern"},
        {"If-Modified-Since": ""},
        {"If-Modified-Since": "Mon, 99 Foo 99999999999999 00:00:00 GMT"},
        {"If-Modified-Since": "x" * 10_000},
    ):
        assert http.get(path, headers=other).status_code == 200, other


@pytest.mark.parametrize("path", PATHS)
def test_a_year_that_nobody_lives_to_see_is_no_error(http, article, path):
    late = {"If-Modified-Since": "Mon, 01 Jan 99999999999999 00:00:00 GMT"}
    assert http.get(path.format(article), headers=late).status_code in {200, 304}


def test_a_date_without_its_zone_is_no_error(http):
    date = parsedate_to_datetime(http.get("/").headers["last-modified"])
    for text in (format_datetime(date)[:-6], date.strftime("%a %b %d %H:%M:%S %Y")):
        assert http.get("/", headers={"If-Modified-Since": text}).status_code in {200, 304}


def test_a_page_that_has_changed_is_sent_though_its_date_is_the_same(http):
    before = http.get("/").headers
    http.post("/api/articles", json={"text": "Noch ein Titel"})
    after = http.get("/", headers={"If-Modified-Since": before["last-modified"]})
    assert after.status_code == 200
    assert "Noch ein Titel" in after.text
    assert parsedate_to_datetime(after.headers["last-modified"]).timestamp() <= time.time()


def test_contents_of_one_address_never_have_one_date():
    now = 1000.7
    seen = Sightings(now=lambda: now)
    assert seen.since("/", "a") == seen.since("/", "a") == 1000
    assert [seen.since("/", tag) for tag in "bab"] == [1001, 1002, 1003]
    assert seen.since("/other", "a") == 1000
    now = 2000.0
    assert seen.since("/", "b") == 1003
    assert seen.since("/", "c") == 2000


def test_only_so_many_addresses_are_remembered():
    seen = Sightings(now=lambda: 1000)
    for number in range(10_000):
        seen.since(str(number), "a")
    assert len(seen._seen) < 5000
