"""A voice that fails: the article says so, its track is refused, and it can be tried again."""

from __future__ import annotations

from tests.browser.process import ServiceProcess
from tests.waiting import until


def test_a_failed_paragraph_is_told_refused_and_tried_again(tmp_path):
    with ServiceProcess("tests.browser.slow_service", tmp_path) as service:
        service.take(0)
        made = service.ready("Der Titel\n\nGut.\n\nEin Fehlschlag.\n\nUnd weiter.")
        assert made["state"] == "failed"
        assert [one["state"] for one in made["paragraphs"]] == ["ready", "ready", "failed", "ready"]
        assert "verschluckt" in made["paragraphs"][2]["error"]
        refused = service.client.get(made["audio"])
        assert refused.status_code == 409
        assert refused.headers["content-type"].startswith("application/problem+json")
        assert refused.json()["failed"] == [3]
        url = f"/articles/{made['id']}/paragraphs/3.mp3"
        assert service.client.get(url).status_code in {502, 503}
        assert made["id"] not in service.client.get("/feed.xml").text
        service.mend()
        assert service.client.post(f"/api/articles/{made['id']}/retry").status_code == 202
        until(lambda: service.manifest(made["id"])["state"] == "ready")
        assert service.client.get(made["audio"]).status_code == 200
