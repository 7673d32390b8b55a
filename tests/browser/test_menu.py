"""What stands behind the three dots: volume, voice, download, sharing, embedding."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, open_article, player, press_play, state, tell, until

pytestmark = pytest.mark.browser


@pytest.fixture
def menu(new_page, service):
    """Opens the menu of an article that stands at twelve seconds; paused, as after a visit."""
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_article(page, service.base, service.ready(ARTICLE)["id"], fragment="#t=12")
    page.get_by_role("button", name="Mehr", exact=True).click()
    page.get_by_role("dialog", name="Mehr").wait_for()
    return page


def clipboard(page):
    return page.evaluate("() => navigator.clipboard.readText()")


def test_the_volume_is_set_and_muted(menu):
    menu.get_by_role("slider", name="Lautstärke").fill("0.3")
    assert state(menu)["volume"] == pytest.approx(0.3)
    menu.keyboard.press("Escape")
    menu.get_by_role("button", name="Ton aus").click()
    assert state(menu)["muted"]
    menu.get_by_role("button", name="Ton an").click()
    assert not state(menu)["muted"]


def test_a_voice_is_chosen_knowing_what_it_means(menu, service):
    menu.get_by_role("button", name="Stimme").click()
    sheet = menu.get_by_role("dialog", name="Stimme")
    pico = sheet.get_by_role("button", name="Pico")
    expect(pico).to_have_attribute("aria-pressed", "true")
    assert "Spricht auf diesem Server. Der Text bleibt hier." in pico.inner_text()
    online = sheet.get_by_role("button", name="Google Übersetzer").inner_text()
    assert "Online-Stimme: Der Text wird an Google Übersetzer gesendet." in online
    unavailable = sheet.get_by_role("button", name="Thorsten")
    expect(unavailable).to_be_disabled()
    assert unavailable.inner_text().endswith("Nicht verfügbar")  # and no command for the server
    here = state(menu)["now"]
    tell(menu, "store.play()")
    sheet.get_by_role("button", name="eSpeak").click()
    menu.wait_for_function(
        "() => document.querySelector('vorleser-player').store.manifest.voice === 'espeak:de'"
    )
    found = until(menu, "s.clock > 0.1 && !s.waiting")
    assert found["now"] == here
    assert service.manifest(menu.url.split("/")[-1].split("#")[0])["voice"] == "espeak:de"


def test_the_mp3_is_downloaded_under_its_title(menu, service):
    with menu.expect_download() as download:
        menu.get_by_role("link", name="MP3 herunterladen").click()
    assert download.value.suggested_filename == "Die alte Mühle dreht sich wieder.mp3"
    saved = download.value.path().read_bytes()
    article = service.ready(ARTICLE)
    assert saved == service.client.get(article["audio"]).content


def test_a_shared_link_leads_to_this_place(menu, service):
    menu.get_by_role("button", name="Link ab 0:12 teilen").click()
    menu.get_by_role("button", name="Link kopiert").wait_for()
    link = clipboard(menu)
    assert link == f"{service.base}/articles/{service.ready(ARTICLE)['id']}#t=12"
    other = menu.context.new_page()
    other.goto(link)
    assert until(other, "s.time === 12")["wanted"] is False
    press_play(other)
    assert 12 < until(other, "s.clock > 12.1")["time"] < 14


def test_a_link_into_the_text_moves_an_open_page(menu):
    menu.evaluate("() => { location.hash = '#t=20.5' }")
    until(menu, "s.time === 20.5")


def test_the_code_for_embedding_is_copied(menu, service):
    menu.get_by_role("button", name="Einbetten").click()
    menu.get_by_role("button", name="Kopieren").click()
    menu.get_by_role("button", name="Kopiert").wait_for()
    code = clipboard(menu)
    assert f'src="{service.base}/embed.js"' in code
    assert f'<vorleser-player article="{service.ready(ARTICLE)["id"]}"' in code
    assert "Artikel anhören</a>" in code


def test_the_way_back_leads_to_the_menu_and_escape_to_the_player(menu):
    menu.get_by_role("button", name="Einbetten").click()
    menu.get_by_role("dialog", name="Einbetten").get_by_role("button", name="Zurück").click()
    menu.get_by_role("dialog", name="Mehr").wait_for()
    menu.keyboard.press("Escape")
    menu.get_by_role("dialog").wait_for(state="hidden")
    focused = player(menu).evaluate("(p) => p.shadowRoot.activeElement?.className")
    assert focused == "more"
