"""Stock Firefox, driven by WebDriver BiDi over a web socket (w3c.github.io/webdriver-bidi)."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.waiting import MOST_S

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
START_S = 60
ANSWER_S = 30
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "de-DE",
    "toolkit.telemetry.server": "",
}
KEYS = {"ArrowRight": "\ue014", "ArrowLeft": "\ue012", "Tab": "\ue004", "Enter": "\ue007"}


@contextmanager
def started(folder: Path, environment: dict[str, str]) -> Iterator[Firefox]:
    """A browser with a profile of its own, ended on leaving."""
    preferences = (
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in PREFERENCES.items()
    )
    (folder / "user.js").write_text("\n".join(preferences))
    log = folder / "log.txt"
    command = [str(PROGRAM), "--headless", "--no-remote", "--remote-debugging-port=0"]
    command += ["--profile", str(folder)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=os.environ | environment, stdout=output, stderr=output
        )
    try:
        with connect(f"{_address(process, log)}/session", max_size=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait(15)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_S
    while True:
        told = log.read_text("utf-8", "replace")
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", told):
            return found[1]
        assert process.poll() is None, told
        assert time.monotonic() < deadline, told
        time.sleep(0.05)


class Firefox:
    """A running browser with one window."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._send("session.new", capabilities={})
        self._window = self._send("browsingContext.create", type="window")["context"]

    def goto(self, url: str) -> None:
        """Opens an address and waits until it is loaded."""
        self._send("browsingContext.navigate", context=self._window, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """What a JavaScript expression gives, as JSON; promises are awaited."""
        found = self._send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._window},
            awaitPromise=True,
        )
        assert found["type"] == "success", found["exceptionDetails"]["text"]
        return json.loads(found["result"].get("value", "null"))

    def until(self, condition: str, *, seconds: float = MOST_S) -> None:
        """Waits until a JavaScript expression is true."""
        deadline = time.monotonic() + seconds
        while not self.evaluate(condition):
            assert time.monotonic() < deadline, condition
            time.sleep(0.05)

    def click(self, element: str, *, times: int = 1) -> None:
        """Real clicks on the element that a JavaScript expression gives, on its first line."""
        self.evaluate(f"({element}).scrollIntoView({{ behavior: 'instant', block: 'center' }})")
        box = self.evaluate(f"({element}).getClientRects()[0].toJSON()")
        place = {
            "x": round(box["x"] + box["width"] / 2),
            "y": round(box["y"] + box["height"] / 2),
        }
        moves = [{"type": "pointerMove", **place}]
        moves += [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp") * times]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def press(self, key: str) -> None:
        """A real key press."""
        value = KEYS.get(key, key)
        actions = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def _act(self, source: dict[str, Any]) -> None:
        self._send("input.performActions", context=self._window, actions=[source])

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=ANSWER_S))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]
