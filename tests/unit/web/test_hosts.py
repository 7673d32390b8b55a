"""By which names the service may be called, and whose pages may write without a key."""

import pytest

from tests.unit.web import BASE, client_with

NAMES = {
    "public_url": "https://vorleser.example/hier",
    "allowed_hosts": "intern, bücher.example",
    "allowed_embed_origins": "* https://Blog.example:8443",
}


@pytest.fixture(scope="module")
def named():
    with client_with(**NAMES) as client:
        yield client


@pytest.fixture(scope="module")
def plain():
    with client_with() as client:
        yield client


@pytest.mark.parametrize(
    "host",
    """
    127.0.0.1 127.0.0.1:8000 192.168.7.7 [::1] [::1]:8000 [2001:db8::7] localhost localhost:1234
    LOCALHOST localhost. vorleser.example vorleser.example:443 intern blog.example:8443
    xn--bcher-kva.example
    """.split(),
)
def test_a_name_that_the_operator_gave_is_answered(named, host):
    for path in ("/", "/api/articles", "/static/store.js", "/feed.xml"):
        assert named.get(path, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    """
    evil.example evil.example:8000 localhost.evil.example vorleser.example.evil.example
    127.0.0.1.nip.io
    evil.example@localhost localhost/ http://localhost [::1 [::1]x ::1 a,localhost * 127.0.0.1:x
    """.split(),
)
def test_any_other_name_is_refused_and_told_which_setting_names_it(named, host):
    for path in (
        "/",
        "/api/articles",
        "/articles/x/audio.mp3",
        "/static/store.js",
        "/openapi.json",
    ):
        answer = named.get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert "VORLESER_ALLOWED_HOSTS" in answer.json()["detail"]
    assert "error" in named.get("/v1/models", headers={"Host": host}).json()


def test_probes_are_answered_by_any_name(plain):
    for path in ("/healthz", "/readyz", "/metrics"):
        assert plain.get(path, headers={"Host": "vorleser.svc.cluster"}).status_code == 200


def test_a_second_host_does_not_hide_the_first(plain):
    headers = [("Host", "evil.example"), ("Host", "localhost")]
    assert plain.get("/", headers=headers).status_code == 421
    assert plain.get("/", headers=headers[::-1]).status_code == 421


def write(client, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/api/articles", json={"text": "Ein Titel"}, headers=names)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": BASE},
        {"Origin": BASE, "Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "none"},
        {"Host": "localhost:9", "Origin": "http://localhost:9"},
        {"Host": "[::1]:9", "Origin": "http://[::1]:9"},
    ],
)
def test_without_keys_programs_of_this_machine_and_the_services_own_pages_write(plain, headers):
    assert write(plain, **headers).status_code in {200, 201}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "https://127.0.0.1:8000"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://[::1"},
        {"Origin": "http://127.0.0.1:8000.evil.example"},
        {"Origin": f"{BASE}/"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Host": "192.168.7.7:8000"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_For": "203.0.113.9"},
        {"Forwarded": "for=127.0.0.1"},
        {"X_Real_IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
    ],
)
def test_without_keys_no_other_page_writes_and_nobody_through_a_proxy(plain, headers):
    answer = write(plain, **headers)
    assert answer.status_code == 403
    assert "VORLESER_API_KEYS" in answer.json()["detail"]


def test_without_keys_other_machines_may_not_write():
    with client_with(client=("192.168.7.8", 5000)) as client:
        assert write(client).status_code == 403


@pytest.mark.parametrize("url", ["https://vorleser.example", "http://192.168.7.7:8000"])
def test_where_others_reach_the_service_nobody_writes_without_keys(url):
    with client_with(public_url=url) as client:
        answer = write(client)
        assert answer.status_code == 403
        assert "VORLESER_PUBLIC_URL" in answer.json()["detail"]
        assert "VORLESER_API_KEYS" in answer.json()["detail"]
        assert client.get("/api/articles").status_code == 200


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.2/a/", "http://[::1]"])
def test_a_public_address_that_is_this_machines_own_opens_nothing(url):
    with client_with(public_url=url) as client:
        assert write(client).status_code == 201
        assert write(client, Origin="http://localhost:8001").status_code == 403


def test_the_own_pages_of_the_public_address_write():
    with client_with(public_url="http://localhost:8000/vorleser") as client:
        assert write(client, Origin="http://localhost:8000").status_code == 201


@pytest.mark.parametrize("proto", ["https", "http"])
def test_a_trusted_proxy_says_how_it_was_asked(proto):
    with client_with(trusted_proxies="127.0.0.0/8, ::1") as client:
        feed = client.get("/feed.xml", headers={"X-Forwarded-Proto": proto}).text
    assert f'href="{proto}://127.0.0.1:8000/feed.xml"' in feed


def test_nobody_else_says_how_it_was_asked(plain):
    feed = plain.get(
        "/feed.xml", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    ).text
    assert "https://127" not in feed
    assert "evil" not in feed


def oembed(client, url, **headers):
    return client.get("/oembed", params={"url": url}, headers=headers).status_code


def test_oembed_knows_articles_by_every_name_of_this_service_and_by_no_other():
    key = {"text": "Ein Titel"}
    with client_with(**NAMES, api_keys="k") as client:
        made = client.post("/api/articles", json=key, headers={"Authorization": "Bearer k"}).json()
        path = f"/articles/{made['id']}"
        for own in (
            BASE,
            "https://127.0.0.1:8000",
            "https://vorleser.example/hier",
            "http://vorleser.example",
            "https://intern:9000",
            "https://xn--bcher-kva.example",
        ):
            assert oembed(client, own + path) == 200, own
        assert oembed(client, f"http://localhost:7{path}", Host="localhost:7") == 200
        for other in (
            "https://evil.example",
            "https://blog.example:8443",
            "http://127.0.0.1:8001",
            "http://localhost:8000",
            "https://vorleser.example:444",
            "https://vorleser.example.evil.example",
            "ftp://127.0.0.1:8000",
            "//127.0.0.1:8000",
            "http://[::1",
            "",
        ):
            assert oembed(client, other + path) == 404, other
