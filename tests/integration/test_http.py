"""The real service with the embedded voice, over HTTP: from text to audio and back to errors."""

from __future__ import annotations

import concurrent.futures
import io
import json

import mutagen.mp3
import numpy as np
import pytest
import soundfile

from tests.articles import FOLDER, article, seed
from tests.integration.asking import post, until_ready


def asked(http, url):
    """The whole answer, and a function that asks for a range of it."""

    def part(value, **more):
        return http.get(url, headers={"Range": value, **more})

    return http.get(url), part


def test_a_posted_article_is_201_with_its_location_and_200_the_second_time(http):
    first = http.post("/api/articles", json={"text": article("notiz")})
    assert first.status_code == 201
    assert first.headers["location"] == f"/api/articles/{first.json()['id']}"
    again = http.post("/api/articles", json={"text": article("notiz")})
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert http.get(first.headers["location"]).status_code == 200


def test_the_manifest_tells_every_paragraph_and_sentence_in_order(ready):
    assert ready["state"] == "ready"
    assert ready["duration_is_estimate"] is False
    assert [one["number"] for one in ready["paragraphs"]] == list(range(1, 12))
    times = [
        time
        for one in ready["paragraphs"]
        for sentence in one["sentences"]
        for time in (sentence["start"], sentence["end"])
    ]
    assert times == sorted(times)
    assert times[-1] <= ready["duration"]
    assert all(
        "".join(sentence["text"] for sentence in one["sentences"]) == one["text"]
        for one in ready["paragraphs"]
    )
    assert len(ready["left_out"]) == 6


def test_every_sentence_of_the_seed_is_in_the_audio(http):
    manifest = until_ready(http, post(http, seed())["id"])
    assert len(manifest["paragraphs"]) == 11
    samples, rate = soundfile.read(io.BytesIO(http.get(manifest["audio"]).content))
    assert len(samples) / rate == pytest.approx(manifest["duration"], abs=0.03)
    for paragraph in manifest["paragraphs"]:
        for sentence in paragraph["sentences"]:
            sound = samples[int(sentence["start"] * rate) : int(sentence["end"] * rate)]
            letters = sum(map(str.isalpha, sentence["spoken"]))
            assert 7 < letters / (len(sound) / rate) < 22, sentence["text"]
            assert np.sqrt(np.mean(sound**2)) > 0.02, sentence["text"]
    assert np.abs(samples).max() < 0.999


@pytest.mark.parametrize("tags", ["", "&tags=small"])
def test_any_range_of_the_track_is_its_bytes(http, ready, tags):
    whole, part = asked(http, ready["audio"] + tags)
    for value, start, end in [
        ("bytes=0-0", 0, 1),
        ("bytes=5000-70000", 5000, 70001),
        ("bytes=-300", len(whole.content) - 300, len(whole.content)),
        ("bytes=100-", 100, len(whole.content)),
        ("bytes=10-99999999999", 10, len(whole.content)),
    ]:
        answer = part(value)
        assert answer.status_code == 206
        assert answer.content == whole.content[start:end]
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole.content)}"
    assert part("bytes=5-1").status_code == 200
    assert part("lines=1-2").status_code == 200
    outside = part("bytes=99999999999-")
    assert outside.status_code == 416
    assert outside.headers["content-range"] == f"bytes */{len(whole.content)}"
    assert outside.json()["code"] == "range-outside"
    assert outside.json()["params"] == {"size": len(whole.content)}


@pytest.mark.parametrize("tags", ["", "&tags=small"])
def test_head_etag_conditions_and_several_ranges_of_the_track(http, ready, tags):
    url = ready["audio"] + tags
    whole, part = asked(http, url)
    etag = whole.headers["etag"]
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["accept-ranges"] == "bytes"
    assert not etag.startswith("W/")
    head = http.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(whole.content)
    assert part("bytes=0-9", **{"If-Range": etag}).status_code == 206
    assert part("bytes=0-9", **{"If-Range": '"other"'}).status_code == 200
    assert http.get(url, headers={"If-None-Match": etag}).status_code == 304
    several = part("bytes=0-9,100-109")
    assert several.status_code == 206
    assert several.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert whole.content[:10] in several.content
    assert whole.content[100:110] in several.content
    assert int(several.headers["content-length"]) == len(several.content)


def test_the_track_for_players_is_another_file_without_picture_and_lyrics(http, ready):
    whole, small = (http.get(ready["audio"] + tags) for tags in ("", "&tags=small"))
    assert whole.headers["etag"] != small.headers["etag"]
    assert len(small.content) < len(whole.content) - 40_000
    mixed = {"Range": "bytes=0-9", "If-Range": whole.headers["etag"]}
    assert http.get(ready["audio"] + "&tags=small", headers=mixed).status_code == 200
    assert http.get(ready["audio"] + "&tags=none").status_code == 422
    assert b"USLT" in http.get(ready["audio"] + "&from=1").content
    assert b"USLT" not in http.get(ready["audio"] + "&from=1&tags=small").content


@pytest.mark.parametrize(("name", "kind"), [("opus", "audio/ogg"), ("flac", "audio/flac")])
def test_a_finished_track_comes_in_other_formats_with_ranges(http, name, kind):
    ready = until_ready(http, post(http, article("notiz"))["id"])
    url = ready["audio"].replace("mp3", name)
    head, whole = http.head(url), http.get(url)
    assert (whole.status_code, whole.headers["content-type"]) == (200, kind)
    assert head.headers["etag"] == whole.headers["etag"]
    assert int(head.headers["content-length"]) == len(whole.content)
    samples, rate_hz = soundfile.read(io.BytesIO(whole.content))
    assert abs(len(samples) / rate_hz - ready["duration"]) < 0.024
    part = http.get(url, headers={"Range": "bytes=1000-1999", "If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, whole.content[1000:2000])
    known = {"If-None-Match": whole.headers["etag"]}
    assert http.get(url, headers=known).status_code == 304
    past = {"Range": f"bytes={len(whole.content)}-"}
    assert http.get(url, headers=past).status_code == 416
    assert http.get("/articles/nothing/audio." + name).status_code == 404


def test_clips_are_immutable_and_paragraphs_are_the_same_sound(http, ready):
    clip = http.get(ready["paragraphs"][2]["clip"])
    assert clip.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert http.get(f"/articles/{ready['id']}/paragraphs/3.mp3").content == clip.content
    assert len(soundfile.read(io.BytesIO(clip.content))[0]) / 24000 == pytest.approx(
        ready["paragraphs"][2]["duration"], abs=0.001
    )
    assert http.get(f"/articles/{ready['id']}/paragraphs/12.mp3").status_code == 404
    assert http.get(f"/articles/{ready['id']}/paragraphs/0.mp3").status_code == 404


def test_the_track_streams_while_it_is_being_made_and_is_the_same_sound(http):
    new = post(http, article("bericht")[:6000])
    with http.stream("GET", new["audio"]) as answer:
        assert answer.status_code == 200
        assert "content-length" not in answer.headers
        streamed = b"".join(answer.iter_bytes())
    manifest = until_ready(http, new["id"])
    whole = http.get(manifest["audio"]).content
    frames = round(manifest["duration"] / 0.024) * 192
    assert streamed[-frames:] == whole[-frames:]


def test_the_last_paragraph_can_be_heard_before_the_others_are_made(http):
    new = post(http, article("bericht"), rate=1.5)  # no clip of it is there yet
    number = len(new["paragraphs"])
    assert http.get(f"/articles/{new['id']}/paragraphs/{number}.mp3").status_code == 200
    manifest = http.get(f"/api/articles/{new['id']}").json()
    assert manifest["paragraphs"][-1]["state"] == "ready"
    assert manifest["paragraphs"][-2]["state"] == "queued"
    http.delete(f"/api/articles/{new['id']}").raise_for_status()


def test_events_tell_of_every_paragraph_and_of_the_end(http):
    new = post(http, article("interview"))
    ready, ended = {}, False
    with http.stream("GET", f"/api/articles/{new['id']}/events", timeout=30) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in answer.iter_lines():
            if line.startswith("event:"):
                name = line.split(": ")[1]
            if line.startswith("data:"):
                data = json.loads(line[5:])
                if name == "paragraph" and data["state"] == "ready":
                    ready[data["number"]] = data
                if name == "article" and data["state"] == "ready":
                    ended = True
                    break
    assert ended
    manifest = http.get(f"/api/articles/{new['id']}").json()
    for one in manifest["paragraphs"]:
        told = ready.pop(one["number"])
        assert (told["clip"], told["duration"]) == (one["clip"], one["duration"])
        lengths = [
            [(s["start"] - where["start"], s["end"] - where["start"]) for s in where["sentences"]]
            for where in (told, one)
        ]
        assert lengths[0] == [pytest.approx(times, abs=0.002) for times in lengths[1]]
    assert not ready


def test_editing_one_paragraph_keeps_the_clips_of_the_others(http):
    text = article("notiz") + "\n\nEin dritter Absatz, der gleich anders wird."
    old = until_ready(http, post(http, text)["id"])
    changed = text.replace("gleich anders wird", "jetzt anders ist")
    answer = http.patch(f"/api/articles/{old['id']}", json={"text": changed})
    assert answer.status_code == 200
    new = until_ready(http, old["id"])
    clips = [[one["clip"] for one in manifest["paragraphs"]] for manifest in (old, new)]
    assert clips[0][:2] == clips[1][:2]
    assert clips[0][2] != clips[1][2]
    titled = http.patch(f"/api/articles/{old['id']}", json={"title": "Ein neuer Titel"}).json()
    assert titled["title"] == "Ein neuer Titel"
    until_ready(http, old["id"])


def test_the_rate_is_a_property_of_the_article_and_can_be_changed(http):
    text = "Ein Titel\n\nEin Absatz, der schnell oder langsam gesprochen werden kann."
    plain = until_ready(http, post(http, text)["id"])
    assert plain["rate"] == 1.0
    quick = until_ready(http, post(http, text, rate=2)["id"])
    assert (quick["rate"], quick["state"]) == (2.0, "ready")
    assert quick["id"] != plain["id"]
    spoken_s = [
        sum(one["end"] - one["start"] for p in found["paragraphs"] for one in p["sentences"])
        for found in (plain, quick)
    ]
    assert spoken_s[1] / spoken_s[0] == pytest.approx(1 / 2, rel=0.05)
    assert quick["duration"] / plain["duration"] == pytest.approx(1 / 2, rel=0.05)
    file = {"file": ("a.txt", text.encode())}
    uploaded = http.post("/api/articles", files=file, data={"rate": "2"})
    assert (uploaded.status_code, uploaded.json()["id"]) == (200, quick["id"])
    assert http.post("/api/articles", files=file, data={"rate": "9"}).status_code == 422
    url = f"/api/articles/{plain['id']}"
    assert http.patch(url, json={"rate": 3}).status_code == 422
    assert http.patch(url, json={"rate": 0.5}).json()["rate"] == 0.5
    assert until_ready(http, plain["id"])["duration"] > 1.5 * plain["duration"]
    assert http.patch(url, json={"title": "Ein Titel"}).json()["rate"] == 0.5


def test_what_stands_beside_the_text_is_read_for_who_asks_for_it(http):
    markdown = "# Der Damm\n\nEr hält noch.\n\n![Der Damm bei Flut](a.png)\n"
    plain = http.post("/api/articles", json={"markdown": markdown}).json()
    assert plain["extras"] == []
    [kept] = plain["left_out"]
    assert (kept["text"], kept["code"], kept["extra"]) == ("Der Damm bei Flut", "picture", "alt")
    asked = {"markdown": markdown, "extras": ["alt", "tables"]}
    full = http.post("/api/articles", json=asked).json()
    assert full["id"] != plain["id"]
    assert (full["extras"], full["left_out"]) == (["alt", "tables"], [])
    last = full["paragraphs"][-1]
    assert (last["text"], last["extra"]) == ("Bild: Der Damm bei Flut", "alt")
    file = {"file": ("a.md", markdown.encode())}
    uploaded = http.post("/api/articles", files=file, data={"extras": "tables, alt"})
    assert (uploaded.status_code, uploaded.json()["id"]) == (200, full["id"])
    url = f"/api/articles/{plain['id']}"
    assert http.patch(url, json={"extras": ["bilder"]}).status_code == 422
    changed = http.patch(url, json={"extras": ["alt"]}).json()
    assert (changed["extras"], changed["edition"]) == (["alt"], 2)
    assert http.patch(url, json={"title": "Der Deich"}).json()["extras"] == ["alt"]
    [listed] = [
        one for one in http.get("/api/articles").json()["articles"] if one["id"] == plain["id"]
    ]
    assert listed["extras"] == ["alt"]
    assert until_ready(http, plain["id"])["state"] == "ready"
    assert "Bild: Der Damm bei Flut" in http.get(f"/articles/{plain['id']}/captions.vtt").text


def test_a_deleted_article_is_gone_everywhere(http):
    made = until_ready(http, post(http, "Kurz.\n\nUnd bald gelöscht.")["id"])
    assert http.delete(f"/api/articles/{made['id']}").status_code == 204
    for url in (
        f"/api/articles/{made['id']}",
        made["audio"],
        made["captions"],
        made["captions"].replace(".vtt", ".srt"),
        made["chapters"],
        f"/articles/{made['id']}",
        f"/embed/{made['id']}",
        f"/api/articles/{made['id']}/events",
        f"/articles/{made['id']}/paragraphs/1.mp3",
    ):
        answer = http.get(url)
        assert answer.status_code == 404, url
        assert answer.headers["content-type"].startswith("application/problem+json")
    assert http.delete(f"/api/articles/{made['id']}").status_code == 404


def test_the_list_has_the_newest_first_and_pages_of_it(http, ready):
    for text in ("notiz", "interview"):
        post(http, article(text))
    page = http.get("/api/articles", params={"limit": 2, "cursor": ""}).json()
    assert len(page["articles"]) == 2
    ids = [one["id"] for one in page["articles"]]
    rest = http.get("/api/articles", params={"cursor": page["next"], "limit": 100}).json()
    assert ready["id"] in ids + [one["id"] for one in rest["articles"]]
    assert not set(ids) & {one["id"] for one in rest["articles"]}
    assert rest["next"] is None
    assert http.get("/api/articles", params={"limit": 0}).status_code == 422


def test_health_readiness_and_voices(http):
    assert http.get("/healthz").status_code == 200
    assert http.get("/readyz").json()["voice"] == "pico:de-DE"
    assert "python_info" in http.get("/metrics").text
    voices = {voice["id"]: voice for voice in http.get("/api/voices").json()["voices"]}
    assert voices["pico:de-DE"]["available"]
    assert not voices["pico:de-DE"]["online"]


def test_the_audio_is_tagged_as_artificial(http, ready):
    tags = mutagen.mp3.MP3(io.BytesIO(http.get(ready["audio"]).content)).tags
    assert "künstlicher Intelligenz" in str(tags["COMM::deu"])
    page = http.get(f"/articles/{ready['id']}").text
    assert "trainedAlgorithmicMedia" in page
    assert "Gesprochen von künstlicher Intelligenz" in page


def test_many_listeners_at_once_get_the_same_bytes(http, ready):
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        bodies = set(pool.map(lambda _: http.get(ready["audio"]).content, range(32)))
    assert len(bodies) == 1


def test_a_damaged_clip_is_made_again_while_the_service_runs(service, http):
    made = until_ready(http, post(http, "Ein Schaden.\n\nDieser Absatz wird beschädigt.")["id"])
    before, _ = soundfile.read(io.BytesIO(http.get(made["audio"]).content))
    files = sorted((service.data_dir / "audio").rglob("*"), key=lambda p: p.stat().st_mtime)
    damaged = [path for path in files if path.is_file()][-1]
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    after = http.get(made["audio"])
    assert after.status_code == 200
    assert b"xxxxxxxxxx" not in after.content
    samples, _ = soundfile.read(io.BytesIO(after.content))
    assert len(samples) == pytest.approx(len(before), rel=0.1)
    until_ready(http, made["id"])


def test_markdown_html_files_and_links_become_articles(http, tmp_path):
    made = http.post("/api/articles", json={"markdown": "# Ein Titel\n\nEin *Absatz*."}).json()
    assert [one["text"] for one in made["paragraphs"]] == ["Ein Titel", "Ein Absatz."]
    page = "<html lang='de'><body><article><h1>Die Seite</h1><p>" + "Ein Satz auf Deutsch. " * 20
    made = http.post("/api/articles", json={"html": page, "source_url": "https://a.example/b"})
    assert made.json()["title"] == "Die Seite"
    assert made.json()["source_url"] == "https://a.example/b"
    file = {"file": ("bericht.md", (FOLDER / "bericht.md").read_bytes(), "text/markdown")}
    made = http.post("/api/articles", files=file, data={"title": "Anders"}).json()
    assert made["title"] == "Anders"
    for url in ("http://127.0.0.1/", "http://localhost:8000/", "file:///etc/passwd", "quatsch"):
        answer = http.post("/api/articles", json={"url": url})
        assert answer.status_code == 422
        assert answer.headers["content-type"].startswith("application/problem+json")
    assert http.post("/api/articles", files={"wrong": b"x"}).status_code == 422
