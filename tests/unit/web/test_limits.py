"""Who guesses keys waits; who has one does not, wherever the guesses come from."""

import pytest

from tests.unit.web import client_with

RIGHT = {"Authorization": "Bearer k"}


@pytest.fixture(scope="module")
def http():
    with client_with() as client:
        yield client


def post(client, text="Ein Titel", **headers):
    return client.post("/api/articles", json={"text": text}, headers=headers)


def test_wrong_keys_without_end_are_told_how_long_to_wait():
    with client_with(api_keys="k", writes_per_minute=3) as client:
        client.headers["Authorization"] = "Bearer falsch"
        answers = [post(client) for _ in range(5)]
        spoken = client.post("/v1/audio/speech", json={"input": "Hallo."})
        read = client.get("/api/articles")
    assert [one.status_code for one in answers] == [401] * 3 + [429] * 2
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert "VORLESER_WRITES_PER_MINUTE" in answers[-1].json()["detail"]
    assert (spoken.status_code, "error" in spoken.json()) == (429, True)
    assert read.status_code == 200


def test_a_strangers_wrong_keys_do_not_lock_the_owner_out_and_the_owners_are_not_counted():
    with client_with(api_keys="k", writes_per_minute=3) as client:
        assert [post(client).status_code for _ in range(4)] == [401] * 3 + [429]
        answers = [post(client, f"Text {n}", **RIGHT) for n in range(5)]
    assert [one.status_code for one in answers] == [201] * 5


def test_behind_a_proxy_each_client_is_counted_by_its_own_address():
    settings = {"api_keys": "k", "writes_per_minute": 1, "trusted_proxies": "127.0.0.1"}
    addresses = ["203.0.113.1", "203.0.113.1", "203.0.113.2", "9.9.9.9, 203.0.113.2"]
    with client_with(**settings) as client:
        found = [post(client, **{"X-Forwarded-For": one}).status_code for one in addresses]
    assert found == [401, 429, 401, 429]


def test_what_a_stranger_says_of_addresses_counts_for_nothing():
    with client_with(api_keys="k", writes_per_minute=1, trusted_proxies="10.0.0.0/8") as client:
        found = [post(client, **{"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(2)]
    assert [one.status_code for one in found] == [401, 429]


def test_the_many_addresses_of_one_ipv6_network_are_one():
    settings = {"api_keys": "k", "writes_per_minute": 1, "trusted_proxies": "127.0.0.1"}
    addresses = ["2001:db8::1", "2001:db8::2:1", "[2001:db8:0:1::1]:443"]
    with client_with(**settings) as client:
        found = [post(client, **{"X-Forwarded-For": one}).status_code for one in addresses]
    assert found == [401, 429, 401]


@pytest.mark.parametrize(
    "address", ["", "unknown", "[::1", ",", "x" * 5000, "203.0.113.9:99999999"]
)
def test_nonsense_of_a_proxy_is_nobodys_address(address):
    with client_with(trusted_proxies="127.0.0.1") as client:
        answer = post(client, **{"X-Forwarded-For": address})
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_on_ones_own_machine_nothing_is_counted():
    with client_with(writes_per_minute=1) as client:
        answers = [post(client, f"Text {n}") for n in range(3)]
    assert [one.status_code for one in answers] == [201] * 3


def test_a_key_may_have_any_letters():
    with client_with(api_keys="schlüssel") as client:
        answer = post(client, Authorization="Bearer schlüssel".encode())
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/articles", "GET, HEAD, POST"),
        ("DELETE", "/healthz", "GET, HEAD"),
        ("PUT", "/api/articles/x", "GET, HEAD, PATCH, DELETE"),
        ("GET", "/v1/audio/speech", "POST"),
        ("POST", "/static/store.js", "GET, HEAD"),
        ("FOO", "/", "GET, HEAD"),
    ],
)
def test_what_cannot_be_done_is_told_with_all_that_can(http, method, path, allowed):
    answer = http.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert "detail" in answer.json() or "error" in answer.json()


@pytest.mark.parametrize("odd", ["%00", "%0d%0aX-A:%20b", "%7f", "a%00b", "%c2%85"])
@pytest.mark.parametrize(
    "path",
    """
    /articles/{} /embed/{} /api/articles/{} /articles/{}/audio.mp3 /clips/{}.mp3 /feeds/{}.xml
    /static/{} /v1/models/{}
    """.split(),
)
def test_no_address_has_control_characters(http, path, odd):
    answer = http.get(path.format(odd))
    assert answer.status_code == 404
    assert "x-a" not in answer.headers


def test_a_list_goes_on_though_the_last_article_of_a_page_is_deleted():
    with client_with() as client:
        for number in range(5):
            post(client, f"Nummer {number}")
        listed = [one["title"] for one in client.get("/api/articles").json()["articles"]]
        page = client.get("/api/articles?limit=2").json()
        client.delete(f"/api/articles/{page['articles'][-1]['id']}")
        rest = client.get("/api/articles", params={"limit": 2, "cursor": page["next"]}).json()
    assert [one["title"] for one in rest["articles"]] == listed[2:4]
    assert rest["next"]


def test_a_cursor_is_what_lists_tell(http):
    beyond = [f"{'0' * 16}-{end}" for end in ("1", "1-a", "1-_w", f"{'f' * 15}-")]
    for odd in (*beyond, "%00", "a%0ab", "x" * 65, "ä ö", "zzz", "0" * 15, "0" * 17):
        answer = http.get(f"/api/articles?cursor={odd}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "cursor-unknown"
    for alone in ("", "-1-YWJj"):
        assert http.get(f"/api/articles?cursor={'0' * 16}{alone}").json()["articles"] == []
