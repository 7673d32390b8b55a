"""Supertonic is installed whole or not at all, from whichever source gives it."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack

import pytest

from service.__main__ import main
from service.engines import supertonic_files
from service.engines.supertonic_files import FOLDER, GRAPHS, NAMES, install, missing, release
from service.errors import EngineFailed, EngineUnavailable
from tests import stand_ins, supertonic_graphs


class Source:
    """Answers for the files; `breaks` cuts that many answers short, `damaged` falsifies a path."""

    def __init__(self, folder, *, breaks=0, damaged=(), absent=(), ranges=True):
        self.folder = folder
        self.breaks, self.damaged, self.absent, self.ranges = breaks, damaged, absent, ranges
        self.asked = []

    def __call__(self, handler, body):
        path = handler.path.lstrip("/")
        wanted = handler.headers.get("Range")
        self.asked.append((path, wanted))
        if path in self.absent:
            handler.reply(b"", status=404)
            return
        data = (self.folder / path).read_bytes()
        if path in self.damaged:
            data = data[:-1] + bytes([data[-1] ^ 1])
        start = int(wanted[6:-1]) if wanted and self.ranges else 0
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Length", str(len(data) - start))
        handler.end_headers()
        if self.breaks:
            self.breaks -= 1
            handler.wfile.write(data[start : start + len(data) // 3])
            handler.close_connection = True
        else:
            handler.wfile.write(data[start:])


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return supertonic_graphs.make(tmp_path_factory.mktemp("original"))


@pytest.fixture(scope="module")
def files(original):
    paths = [path for path, _, _ in release()]
    contents = [(path, (original / path).read_bytes()) for path in paths]
    return [(path, len(content), hashlib.sha256(content).hexdigest()) for path, content in contents]


@pytest.fixture
def sources():
    """Starts sources and gives their addresses."""
    with ExitStack() as stack:
        yield lambda *answers: [
            f"http://127.0.0.1:{stack.enter_context(stand_ins.serving(answer)).port}/"
            for answer in answers
        ]


def is_complete(folder, files):
    return all(
        hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
        for path, _, digest in files
    ) and not list(folder.rglob("*.part"))


def test_the_release_is_known_by_size_and_hash():
    listed = release()
    assert sum(size for _, size, _ in listed) == 401_291_751
    assert all(len(digest) == 64 for _, _, digest in listed)
    assert {f"voice_styles/{name}.json" for name in NAMES} < {path for path, _, _ in listed}
    assert [path for path, _, _ in listed[-4:]] == [f"onnx/{name}.onnx" for name in GRAPHS]


def test_it_comes_whole_with_progress(original, files, sources, tmp_path):
    seen = []
    install(
        tmp_path / FOLDER,
        sources=sources(Source(original)),
        files=files,
        progress=lambda *there: seen.append(there),
    )
    assert is_complete(tmp_path / FOLDER, files)
    assert seen == sorted(seen)
    assert seen[-1] == (sum(size for _, size, _ in files),) * 2
    assert not any(missing(tmp_path / FOLDER, name) for name in NAMES)


@pytest.mark.parametrize("ranges", [True, False])
def test_a_break_is_gone_on_with_at_the_next_source(original, files, sources, tmp_path, ranges):
    first, second = Source(original, breaks=1), Source(original, ranges=ranges)
    install(tmp_path, sources=sources(first, second), files=files)
    assert is_complete(tmp_path, files)
    size = files[0][1]
    assert second.asked == [(files[0][0], f"bytes={size // 3}-")]


def test_what_was_there_by_hand_is_not_fetched(original, files, sources, tmp_path):
    for path, _, _ in files[:-1]:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((original / path).read_bytes())
    source = Source(original)
    install(tmp_path, sources=sources(source), files=files)
    assert [path for path, _ in source.asked] == [files[-1][0]]


def test_a_source_with_other_content_is_passed_over(original, files, sources, tmp_path):
    graph = files[-1][0]
    install(
        tmp_path, sources=sources(Source(original, damaged=[graph]), Source(original)), files=files
    )
    assert is_complete(tmp_path, files)


def test_other_content_everywhere_names_file_hash_and_folder(original, files, sources, tmp_path):
    graph, _, digest = files[-1]
    with pytest.raises(EngineFailed) as told:
        install(tmp_path, sources=sources(*[Source(original, damaged=[graph])] * 2), files=files)
    assert graph.rpartition("/")[2] in str(told.value)
    assert digest in str(told.value)
    assert str(tmp_path) in str(told.value)
    assert not (tmp_path / graph).exists()
    assert missing(tmp_path, "F1") == graph


def test_without_a_network_the_folder_is_named(original, files, sources, tmp_path):
    with pytest.raises(EngineUnavailable, match=f"put the files .* into the folder {tmp_path}"):
        install(tmp_path, sources=sources(Source(original, absent=[files[0][0]])), files=files)


@pytest.fixture
def offered(original, files, sources, monkeypatch):
    """The stand-ins are what the world offers."""
    monkeypatch.setattr(supertonic_files, "SOURCES", sources(Source(original)))
    monkeypatch.setattr(supertonic_files, "release", lambda: files)


@pytest.mark.usefixtures("offered")
def test_the_command_installs_voices_that_then_speak(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VORLESER_DATA_DIR", str(tmp_path))
    assert main(["voices", "install", "supertonic"]) == 0
    told = capsys.readouterr().out
    assert "OpenRAIL-M" in told
    assert "supertonic:F1 can speak" in told
    assert main(["voices"]) == 0
    assert "* supertonic:F1" in capsys.readouterr().out
