"""What the service says by code stands in German on a German screen, in English on others."""

import json

import pytest
from playwright.sync_api import expect

from service.codes import SENTENCES, Reason
from service.messages import Message, message, placeholders
from tests.browser.drive import ARTICLE, open_article, player, unseen
from tests.codes import texts

pytestmark = pytest.mark.browser

GOOGLE = "Google Translate"


def any_values(sentence):
    return {name: f"«{name}»" for name in placeholders(sentence)}


def any_message(code):
    return Message(code, any_values(SENTENCES[code]))


def said(page, messages, how):
    """What a page makes of messages as they come from the service."""
    return page.evaluate(
        """async ([messages, how]) => {
          const { told, tell } = await import('/static/strings.js');
          const { problem } = await import('/static/page-strings.js');
          const { REASONS } = await import('/static/reasons.js');
          const { Problem } = await import('/static/api.js');
          const ways = {
            tell: (one) => tell(one),
            problem: (one) => problem(new Problem(400, one)),
            reason: (one) => tell(one, REASONS),
          };
          return messages.map(ways[how]);
        }""",
        [[json.loads(json.dumps(one)) for one in messages], how],
    )


def reasons():
    return [{"code": one, "params": any_values(one.phrase), "detail": one.phrase} for one in Reason]


def test_every_code_is_told_in_german_with_its_values(page, service):
    page.goto(service.base)
    german = texts("codes.js") | texts("page-codes.js")
    messages = [any_message(code) for code in german]
    for one, text in zip(
        messages, said(page, [one.json for one in messages], "problem"), strict=True
    ):
        assert text == german[one.code].format(**one.params)
        assert text != str(one) or one.code == "recorded"


def test_messages_inside_of_messages_are_told_in_german(page, service):
    page.goto(service.base)
    server = message("speech-server", host="nova.example")
    busy = message("server-busy", name=server, answer="503 Service Unavailable")
    rests = message("server-rests", reason=busy, failures=8, pause_s=30)
    failed = message("track-incomplete", failed=[3, 5])
    first, second = said(page, [rests.json, failed.json], "problem")
    assert first.startswith("Der Sprachserver nova.example ist gerade nicht zu erreichen. In 30 s ")
    assert second == "Diese Absätze konnten nicht gesprochen werden: 3, 5."


def test_every_reason_why_a_line_is_left_out_is_told_in_german(page, service):
    page.goto(service.base)
    german = texts("reasons.js")
    for one, text in zip(reasons(), said(page, reasons(), "reason"), strict=True):
        assert text == german[one["code"]].format(**one["params"])


def test_an_english_screen_gets_the_english_of_the_service(new_page, service):
    page = new_page(locale="en-GB")
    page.goto(service.base)
    messages = [any_message(code) for code in SENTENCES]
    assert said(page, [one.json for one in messages], "problem") == list(map(str, messages))
    assert said(page, reasons(), "reason") == [one["detail"] for one in reasons()]


def test_what_an_older_or_newer_service_says_is_told_as_it_came(page, service):
    page.goto(service.base)
    unknown = {"code": "of-tomorrow", "params": {}, "detail": "Something new."}
    assert said(page, [unknown, {"detail": "502 Bad Gateway"}], "problem") == [
        "Something new.",
        "502 Bad Gateway",
    ]


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("de-DE", "Adressen mit Passwort oder ungewöhnlichem Port werden nicht geholt."),
        ("en-GB", "Addresses with a password or an unusual port are not fetched."),
    ],
)
def test_a_link_that_cannot_be_read_is_told_in_the_readers_language(
    new_page, service, locale, told
):
    page = new_page(locale=locale)
    page.goto(service.base)
    page.locator("#source").fill("http://ich:geheim@127.0.0.1/artikel")
    page.locator("#read").click()
    page.locator("#trouble", has_text=told).wait_for()


@pytest.mark.parametrize(
    ("locale", "word"),
    [("de-DE", "Aufforderung zum Anhören"), ("en-GB", "play prompt")],
)
def test_the_quiet_line_opens_what_is_left_out(new_page, own, locale, word):
    page = new_page(locale=locale)
    title = {"de-DE": "1 Zeile nicht vorgelesen", "en-GB": "1 line is not read"}[locale]
    line = "Drücken Sie Play, um diesen Artikel anzuhören"
    article = own.ready(ARTICLE.replace("\n\n", f"\n\n{line}\n\n", 1))
    open_article(page, own.base, article["id"])
    page.get_by_role("button", name=title).click()
    sheet = page.get_by_role("dialog", name=title)
    sheet.get_by_text(line).wait_for()
    expect(sheet.get_by_text(word)).to_be_visible()
    open_article(page, own.base, own.ready(unseen())["id"])
    expect(player(page).locator(".left-out")).to_be_hidden()
