"""nginx and Caddy as the README sets them up, on a free port of this machine."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.forking import ROOT
from tests.ports import free_port
from tests.servers import find
from tests.shared import end, listens, until

NAME = "vorleser.example"
Write = Callable[..., list[object]]


def examples(kind: str) -> list[str]:
    """The README's blocks of that kind: at the root of a host, under a path."""
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def nginx(folder: Path, port: int, to: str, name: str) -> list[object]:
    """Its command line, with a configuration for both."""
    server, under_path = examples("nginx")
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};{under_path}")
    server = server.replace("127.0.0.1:8000", to).replace(NAME, name)
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temp = "".join(f"{place}_temp_path {folder}/{place};" for place in places)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} pid {folder}/pid; error_log {folder}/error.log; events {{}}"
        f"http {{ access_log off; {temp} {server} }}"
    )
    return ["-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"]


def caddy(folder: Path, port: int, to: str, name: str) -> list[object]:
    """Its command line, with a configuration for both."""
    site, under_path = examples("caddy")
    begin = f"http://{name}:{port} {{\n    bind 127.0.0.1\n{under_path}"
    site = site.replace(f"{NAME} {{", begin).replace("127.0.0.1:8000", to)
    (folder / "Caddyfile").write_text("{\n    admin off\n    auto_https off\n}\n" + site)
    return ["run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"]


PROXIES = (nginx, caddy)


@contextmanager
def running(write: Write, folder: Path, to: str, *, name: str = NAME) -> Iterator[int]:
    """The proxy before the service at `to`; yields its port."""
    program = find(write.__name__)
    if not program:
        pytest.skip(f"{write.__name__} is not installed: make test")
    port = free_port()
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    command = [program, *map(str, write(folder, port, to, name))]
    with (folder / "log.txt").open("wb") as log:
        started = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | homes)
    try:
        until(lambda: listens(port), started)
        yield port
    finally:
        end(started)
