"""At the root of a host and under a path, open and private, behind nginx and Caddy."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.browser.drive import press_play, until
from tests.browser.process import ServiceProcess
from tests.proxies import PROXIES, caddy, nginx, running

KEY = "Lese-Schlüssel"
WRITING = {"Authorization": "Bearer schreiben"}
TEXT = "Die alte Mühle\n\nAm Bach steht eine Mühle. Sie mahlt schon lange nicht mehr."


@pytest.fixture(scope="module", params=["open", "private"])
def started(request, tmp_path_factory):
    """A service, an article that is ready, and the port of each proxy before it."""
    keys = {"read_keys": KEY} if request.param == "private" else {}
    settings = {"api_keys": "schreiben", "trusted_proxies": "127.0.0.1", **keys}
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("placed")
        service = stack.enter_context(ServiceProcess("service", folder, **settings))
        service.client.headers.update(WRITING)
        article = service.ready(TEXT)
        ports = {
            proxy: stack.enter_context(
                running(
                    proxy,
                    tmp_path_factory.mktemp(proxy.__name__),
                    service.base.removeprefix("http://"),
                    name="localhost",
                )
            )
            for proxy in PROXIES
        }
        yield service, article, ports, bool(keys)


def at(started, proxy, root):
    """Service, article, its address through that proxy, and whether it is private."""
    service, article, ports, is_private = started
    return service, article, f"http://localhost:{ports[proxy]}{root}", is_private


def token(service):
    return service.client.post("/api/tokens", json={"name": "Seite"}).json()["token"]


def strays(page, base):
    """Fills with what the page asked for outside of the service's path, or in vain."""
    found = []
    origin = base.removesuffix("/vorleser")
    page.on(
        "response",
        lambda answer: (
            answer.url.startswith(origin)
            and (not answer.url.startswith(f"{base}/") or answer.status >= 400)
            and found.append((answer.status, answer.url))
        ),
    )
    return found


@pytest.mark.parametrize("root", ["", "/vorleser"], ids=["root", "path"])
@pytest.mark.parametrize("proxy", PROXIES)
def test_a_person_signs_in_where_it_is_needed_and_listens(page, started, proxy, root):
    _, article, base, is_private = at(started, proxy, root)
    lost = strays(page, base)
    page.goto(f"{base}/?x=1")
    if is_private:
        page.get_by_label("Schlüssel").fill("falsch")
        page.get_by_role("button", name="Anmelden").click()
        page.get_by_role("alert").wait_for()
        assert lost.pop()[0] == 401
        page.get_by_label("Schlüssel").fill(KEY)
        page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(f"{base}/?x=1")
    page.locator(f"#library li[data-id='{article['id']}'] button").first.click()
    until(page, "s.clock > 0")
    expect(page).to_have_url(f"{base}/articles/{article['id']}")
    page.reload()
    press_play(page)
    until(page, "s.clock > 0")
    scope = page.evaluate("navigator.serviceWorker.ready.then(({ scope }) => scope)")
    assert scope == f"{base}/"
    told = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())"
    )
    assert told["start_url"] == "./"
    paths = [one["path"] for one in page.context.cookies()]
    assert paths == ([f"{root}/"] if is_private else [])
    assert not lost


@pytest.mark.parametrize(("proxy", "root"), [(nginx, "/vorleser"), (caddy, "")])
def test_an_embed_on_another_page_plays_by_a_token(page, started, foreign, proxy, root):
    service, article, base, is_private = at(started, proxy, root)
    lost = strays(page, base)
    secret = token(service) if is_private else ""
    by_token = f"token={secret}" if secret else ""
    told = page.request.get(f"{base}/oembed?url={base}/articles/{article['id']}&{by_token}").json()
    foreign.html = told["html"]
    page.goto(foreign.url)
    frame = page.frame_locator("iframe")
    frame.locator("button.play").click()
    inside = page.frames[1]
    inside.wait_for_function(
        "() => document.querySelector('vorleser-player').store.audio.currentTime > 0"
    )
    assert page.frames[1].url.startswith(f"{base}/embed/{article['id']}")
    attribute = f' token="{secret}"' if secret else ""
    foreign.html = (
        f'<script async src="{base}/embed.js"></script>'
        f'<vorleser-player article="{article["id"]}"{attribute}></vorleser-player>'
    )
    page.goto(foreign.url)
    press_play(page)
    until(page, "s.clock > 0")
    assert not lost
