"""Services of their own: killed, with keys, with an empty library."""

from __future__ import annotations

import threading

from tests.articles import article
from tests.integration import Service
from tests.integration.asking import post, until_ready


def test_killed_in_the_middle_it_finishes_after_the_restart_without_being_asked(tmp_path):
    with Service(tmp_path) as service:
        new = post(service.client, article("bericht")[:9000])
        done = threading.Event()
        while not done.is_set():
            manifest = service.client.get(f"/api/articles/{new['id']}").json()
            if sum(one["state"] == "ready" for one in manifest["paragraphs"]) >= 3:
                done.set()
        assert manifest["state"] == "speaking"
        service.kill()
        service.start()
        manifest = until_ready(service.client, new["id"])
        assert manifest["state"] == "ready"
        assert service.client.get(manifest["audio"]).status_code == 200


def test_keys_let_others_write_and_keep_strangers_out(tmp_path):
    with Service(tmp_path, api_keys="geheim, zweiter") as service:
        http = service.client
        body = {"text": "Ein Titel"}
        assert http.post("/api/articles", json=body).status_code == 401
        assert http.post("/api/articles", json=body).headers["www-authenticate"] == "Bearer"
        for key in ("geheim", "zweiter"):
            headers = {"Authorization": f"Bearer {key}"}
            assert http.post("/api/articles", json=body, headers=headers).status_code in {200, 201}
        wrong = http.post("/api/articles", json=body, headers={"Authorization": "Bearer falsch"})
        assert wrong.status_code == 401
        assert http.get("/api/articles").status_code == 200


def test_a_new_library_has_the_example_and_forgets_it_for_good(tmp_path):
    with Service(tmp_path, spoken_notice="1", allowed_embed_origins="https://a.example") as service:
        http = service.client
        [example] = http.get("/api/articles").json()["articles"]
        manifest = until_ready(http, example["id"])
        assert manifest["paragraphs"][-1]["text"] == "Gesprochen von künstlicher Intelligenz."
        assert f"/articles/{example['id']}" in http.get("/").text
        policy = http.get(f"/embed/{example['id']}").headers["content-security-policy"]
        assert "frame-ancestors https://a.example" in policy
        for origin, allowed in (("https://a.example", True), ("https://b.example", False)):
            answer = http.get(manifest["audio"], headers={"Origin": origin})
            assert ("access-control-allow-origin" in answer.headers) is allowed
        other = post(http, article("notiz"))
        http.delete(f"/api/articles/{example['id']}")
        assert f"/articles/{example['id']}" not in http.get("/").text
        service.stop()
        service.start()
        ids = [one["id"] for one in http.get("/api/articles").json()["articles"]]
        assert ids == [other["id"]]
