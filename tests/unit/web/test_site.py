"""What other pages and apps hand over to the front page."""

import pytest

from service.web.site import Shared

LINK = "https://zeitung.example/artikel?id=7"


@pytest.mark.parametrize(
    ("shared", "source"),
    [
        ({"url": LINK}, LINK),
        ({"url": LINK, "text": "Ein Satz.\nNoch einer.", "title": "Titel"}, LINK),
        ({"title": "Titel", "text": LINK}, LINK),
        ({"text": f"Die Mühle dreht sich wieder {LINK}"}, LINK),
        ({"text": f"Die Mühle dreht sich wieder\n\n{LINK}\n"}, LINK),
        ({"text": f"{'Ein Satz. ' * 40}{LINK}"}, f"{'Ein Satz. ' * 40}{LINK}"),
        ({"title": "Titel", "text": "Ein Satz. Noch einer."}, "Titel\n\nEin Satz. Noch einer."),
        ({"url": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_a_link_goes_before_text(shared, source):
    assert Shared(**shared).source == source
