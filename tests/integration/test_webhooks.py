"""The service tells another program what has become of articles."""

import pytest
from standardwebhooks import Webhook

from tests.integration import Service
from tests.stand_ins import serving, status
from tests.waiting import until

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def other():
    with serving(lambda handler, _: handler.reply(b"")) as server:
        yield server


def wait_for(other, count):
    until(lambda: len(other.requests) >= count)
    return [
        Webhook(SECRET).verify(body, headers)["data"]["title"]
        for _, headers, body in other.requests
    ]


def test_news_are_told_and_what_was_not_taken_is_told_after_a_restart(other, tmp_path):
    hook = {
        "webhook_url": f"http://127.0.0.1:{other.port}/vorleser",
        "webhook_secret": SECRET,
        "allow_private_fetch": "1",
    }
    with Service(tmp_path, **hook) as service:
        service.ready("Eine Meldung\n\nMit einem Satz.")
        assert wait_for(other, 1) == ["Eine Meldung"]
        other.faults += [status(500)]
        service.ready("Noch eine\n\nMit einem anderen Satz.")
        wait_for(other, 2)
        service.kill()
        service.start()
        assert wait_for(other, 3)[1:] == ["Noch eine", "Noch eine"]
