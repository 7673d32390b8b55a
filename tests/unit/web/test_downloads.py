"""Better voices over HTTP: who may write sees and fetches them, others see nothing of it."""

import pytest

from service.engines import installing, supertonic_files
from tests.unit.web import client_with

URL = "/api/voices/downloads"
KEY = {"Authorization": "Bearer k"}


@pytest.fixture
def fetched(monkeypatch):
    """What was asked for; nothing comes."""
    asked = []
    monkeypatch.setattr(supertonic_files, "install", lambda *_args, **_how: asked.append(1))
    return asked


def test_who_may_write_is_told_what_can_be_fetched(tmp_path):
    with client_with(api_keys="k", data_dir=tmp_path) as client:
        answer = client.get(URL, headers=KEY)
    assert answer.headers["cache-control"].startswith(("no-store", "private"))
    [found] = [one for one in answer.json()["downloads"] if one["name"] == "supertonic"]
    assert (found["state"], found["licence"], found["there"]) == ("absent", "OpenRAIL-M", 0)
    assert found["terms_code"] == "supertonic-terms"


def test_what_a_voice_was_tuned_from_is_told_by_code_and_not_in_its_licence(tmp_path, monkeypatch):
    monkeypatch.setattr(installing, "find_spec", lambda _name: True)
    with client_with(data_dir=tmp_path) as client:
        offers = client.get(URL).json()["downloads"]
    [found] = [one for one in offers if one["name"].startswith("piper:")]
    assert (found["licence"], found["terms_code"]) == ("CC0", "voice-tuned")
    assert found["terms_params"] == {"base": "lessac"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_others_are_told_nothing_and_get_nothing(headers, tmp_path, fetched):
    with client_with(api_keys="k", data_dir=tmp_path) as client:
        assert client.get(URL, headers=headers).json() == {"downloads": []}
        answer = client.post(URL, json={"name": "supertonic"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "key-needed")
    assert not fetched


def test_without_keys_this_machine_may(tmp_path):
    with client_with(data_dir=tmp_path) as client:
        assert client.get(URL).json()["downloads"]
    with client_with(data_dir=tmp_path, client=("10.0.0.7", 5000)) as client:
        assert client.get(URL).json() == {"downloads": []}


def test_guessing_keys_by_looking_is_limited_and_looking_without_one_is_not(tmp_path):
    with client_with(api_keys="k", data_dir=tmp_path, writes_per_minute=3) as client:
        for _ in range(5):
            assert client.get(URL).json() == {"downloads": []}
        for _ in range(4):
            client.get(URL, headers={"Authorization": "Bearer wrong"})
        answer = client.post(URL, json={"name": "x"}, headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 429


def test_a_download_begins_and_tells_how_far_it_is(tmp_path, fetched):
    with client_with(api_keys="k", data_dir=tmp_path) as client:
        answer = client.post(URL, json={"name": "supertonic"}, headers=KEY)
        assert (answer.status_code, answer.json()["state"]) == (202, "fetching")
        while (found := client.get(URL, headers=KEY).json()["downloads"][0])["state"] == "fetching":
            pass
    assert fetched
    assert (found["state"], found["error_code"]) == ("failed", "voice-unknown")  # none came


@pytest.mark.parametrize("name", ["nova", "piper:../../etc", ""])
def test_what_cannot_be_fetched_is_422(tmp_path, name):
    with client_with(api_keys="k", data_dir=tmp_path) as client:
        answer = client.post(URL, json={"name": name}, headers=KEY)
    assert answer.status_code == 422
    assert answer.json()["code"] in {"download-unknown", "piper-name"}


def test_only_where_nothing_better_speaks_the_page_has_a_place_for_it(tmp_path):
    with client_with(data_dir=tmp_path) as client:
        assert 'id="better"' not in client.get("/").text  # the stand-in is no Pico
