"""The service in a process of its own, with means to do it harm."""

from pathlib import Path

from tests.browser.process import ServiceProcess


class Service(ServiceProcess):
    """`vorleser serve` on a free port."""

    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__("service", folder, **settings)
        self.data_dir = folder

    @property
    def pid(self) -> int:
        """Of the serving process."""
        return self._process.pid

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        self._process.kill()
        self._process.wait(15)
