"""A service, a browser before it, and a meter in its pages: from the click to the sound."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.process import ServiceProcess

PLAYER = "document.querySelector('vorleser-player')"

# milliseconds from the click to the first sample that is not silent, of the given <audio>
METER = """(audio) => {
  const context = new AudioContext();
  const meter = context.createAnalyser();
  meter.fftSize = 512;
  context.createMediaElementSource(audio).connect(meter).connect(context.destination);
  const wave = new Float32Array(meter.fftSize);
  let clicked = 0;
  addEventListener('click', (event) => { clicked ||= event.timeStamp; }, { capture: true });
  window.sounded = new Promise((done) => {
    const timer = setInterval(() => {
      meter.getFloatTimeDomainData(wave);
      if (!clicked || !wave.some((sample) => Math.abs(sample) > 0.005)) return;
      clearInterval(timer);
      done(performance.now() - clicked);
    }, 4);
  });
}"""


@contextmanager
def listening() -> Iterator[tuple[Browser, ServiceProcess]]:
    """A browser that plays without being asked, and a new service."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ServiceProcess("service", Path(folder)) as service,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        )
        yield browser, service
        browser.close()


def measure(page: Page) -> None:
    """From now on the page's player is listened to."""
    page.evaluate(f"() => ({METER})({PLAYER}.audio)")


def sounded_ms(page: Page) -> float:
    """How long after the click the first sound came; waits for it."""
    ms: float = page.evaluate("() => window.sounded")
    return ms
