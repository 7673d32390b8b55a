"""What is packed on its way, and what is not."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from service.web.packing import Packed
from tests.unit.web import client_with

TEXT = "Ein Satz, der sich wiederholt. " * 100


def client(media_type, *, is_stream=False, **headers):
    async def answer(_request):
        if is_stream:
            return StreamingResponse(iter([TEXT, TEXT]), media_type=media_type)
        return Response(TEXT, media_type=media_type, headers=headers)

    app = Packed(Starlette(routes=[Route("/", answer)]))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


KINDS = ["text/html", "application/json", "application/problem+json", "application/rss+xml"]


@pytest.mark.parametrize("kind", [*KINDS, "text/vtt"])
async def test_text_is_packed_for_who_takes_it(kind):
    packed = await client(kind).get("/", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < len(TEXT) / 10
    assert packed.text == TEXT
    plain = await client(kind).get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("wish", ["gzip;q=0", "gzip; q=0.000, br", "br, gzip;q=0, *;q=0"])
async def test_who_says_that_he_takes_no_gzip_gets_none(wish):
    answer = await client("text/html").get("/", headers={"Accept-Encoding": wish})
    assert "content-encoding" not in answer.headers
    assert answer.text == TEXT


@pytest.mark.parametrize("path", ["/", "/static/page.css", "/static/icon.svg"])
def test_nor_of_the_pages_and_their_files(path):
    with client_with() as http:
        for wish, coding in (("gzip;q=0", None), ("gzip;q=0.1", "gzip")):
            answer = http.get(path, headers={"Accept-Encoding": wish})
            assert answer.headers.get("content-encoding") == coding


@pytest.mark.parametrize("kind", ["audio/mpeg", "text/event-stream", "image/png", "audio/pcm"])
async def test_sound_pictures_and_events_are_sent_as_they_are(kind):
    answer = await client(kind).get("/")
    assert "content-encoding" not in answer.headers
    assert answer.text == TEXT


async def test_a_tag_stays_what_it_is():
    packed = await client("application/json", ETag='"3"').get("/")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == '"3"'


async def test_what_comes_in_pieces_is_packed_piece_by_piece():
    answer = await client("application/rss+xml", is_stream=True).get("/")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == TEXT * 2
