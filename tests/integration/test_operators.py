"""What an operator meets who starts the service wrongly: one line that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from tests.forking import ROOT
from tests.integration import Service
from tests.integration.test_commands import vorleser


def told(ran, *said):
    """That it failed with one line, and what is in it."""
    assert ran.returncode == 1, ran.stderr
    [line] = ran.stderr.decode().splitlines()
    assert line.startswith("vorleser: ")
    for one in said:
        assert one in line


def test_a_folder_of_another_user_is_named_with_its_owner(tmp_path):
    command = [sys.executable, "-m", "service", "serve", "--port", "0"]
    tmp_path.chmod(0o555)
    if os.geteuid() == 0:
        os.chown(tmp_path, 65534, 65534)
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    given = os.environ | {"VORLESER_DATA_DIR": str(tmp_path)}
    ran = subprocess.run(command, capture_output=True, cwd=ROOT, env=given, timeout=60, check=False)
    told(ran, str(tmp_path), "belongs to", "this runs as", "chown")


def test_a_port_that_is_taken_is_told_before_anything_is_opened(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = vorleser("serve", "--port", port, VORLESER_DATA_DIR=str(tmp_path / "data"))
    told(ran, port, "--port")
    assert not (tmp_path / "data").exists()


def test_a_second_service_on_a_data_folder_refuses_and_prune_does_not(tmp_path):
    settings = {"VORLESER_DATA_DIR": str(tmp_path)}
    with Service(tmp_path, public_url="https://vorleser.example") as service:
        told(vorleser("serve", "--port", "0", **settings), "Another Vorleser", f"{service.pid})")
        assert vorleser("prune", **settings).returncode == 0
        service.kill()
        service.start()  # the lock has died with its process
        answer = service.client.post("/api/articles", json={"text": "Ein Titel"})
    assert answer.status_code == 403
    log = (tmp_path / "log.txt").read_text().splitlines()
    assert sum("warning" in line and "VORLESER_API_KEYS" in line for line in log) == 2
