"""The command line, as it is typed."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from tempfile import TemporaryFile

import mutagen.mp3
import pytest
import soundfile

from tests.articles import FOLDER, article
from tests.forking import ROOT, Forked


def vorleser(*arguments, stdin="", cwd=ROOT, **settings):
    """What it answers, forked from a process that has loaded the program."""
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        files = {"stdin": given, "stdout": out, "stderr": err}
        ran = Forked("service", *arguments, env=os.environ | settings, cwd=cwd, **files)
        try:
            status = ran.wait(120)
        finally:
            ran.kill()
        return subprocess.CompletedProcess(arguments, status, *map(_written, (out, err)))


def _written(file):
    file.seek(0)
    return file.read()


def abridged(text):
    """Its title and headings, and the first paragraph behind each."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        block for before, block in pairwise(["", *blocks]) if min(len(before), len(block)) < 60
    )


def test_a_file_becomes_an_mp3_with_tags_and_chapters(tmp_path):
    text = abridged(article("bericht"))
    (tmp_path / "bericht.txt").write_text(text, "utf-8")
    target = tmp_path / "bericht.mp3"
    ran = vorleser("speak", tmp_path / "bericht.txt", "-o", target)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    found = mutagen.mp3.MP3(target)
    assert str(found.tags["TIT2"]) == "Wie eine Stadt ihr Wasser zurückbekam"
    assert len(found.tags.getall("CHAP")) == 13
    samples, rate = soundfile.read(target)
    assert len(samples) / rate == pytest.approx(found.info.length, abs=0.05)
    assert 0.055 < len(samples) / rate / len(text) < 0.105


def test_standard_input_is_an_article_too(tmp_path):
    ran = vorleser("speak", "-", "-o", tmp_path / "a.mp3", stdin="Ein Titel\n\nEin Absatz.")
    assert ran.returncode == 0
    assert mutagen.mp3.MP3(tmp_path / "a.mp3").info.length > 1.5


def test_the_rate_shortens_the_mp3_and_a_wrong_one_is_wrong_usage(tmp_path):
    text = "Ein Titel, der lang genug ist, um gemessen zu werden.\n\nUnd noch ein Absatz."
    lengths = []
    for rate in ("1", "2"):
        assert not vorleser(
            "speak", "-", "-o", tmp_path / "a.mp3", "--rate", rate, stdin=text
        ).stderr
        lengths.append(mutagen.mp3.MP3(tmp_path / "a.mp3").info.length - 1.0)
    assert 0.4 < lengths[1] / lengths[0] < 0.7
    for wrong in ("0.4", "2.1", "nan", "schnell"):
        ran = vorleser("speak", "-", "-o", tmp_path / "a.mp3", "--rate", wrong, stdin=text)
        assert ran.returncode == 2
        assert b"from 0.5 to 2" in ran.stderr


def test_a_voice_that_is_not_available_is_replaced_for_the_whole_article_and_that_is_said(tmp_path):
    settings = {
        "VORLESER_OPENAI_URL": "http://127.0.0.1:1/v1",
        "VORLESER_FALLBACK_VOICE": "pico:de-DE",
    }
    alone = settings | {"VORLESER_FALLBACK_VOICE": ""}

    def speak(name, given):
        command = ("speak", "-", "-o", tmp_path / name, "--voice", "openai:alloy")
        return vorleser(*command, stdin="Titel\n\nAbsatz.", **given)

    with ThreadPoolExecutor(2) as pool:  # both try again and again before they give up
        ran, failed = pool.map(speak, ("a.mp3", "b.mp3"), (settings, alone))
    assert ran.returncode == 0
    assert ran.stderr.startswith(
        b"vorleser: pico:de-DE speaks, since openai:alloy is not available"
    )
    assert (tmp_path / "a.mp3").stat().st_size > 4000
    assert (failed.returncode, failed.stderr.count(b"\n")) == (1, 1)
    assert b"cannot be reached" in failed.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp3"]


def test_a_fallback_voice_that_cannot_speak_is_told_at_the_start(tmp_path):
    ran = vorleser(
        "serve", "--port", "0", VORLESER_FALLBACK_VOICE="pico:xx", VORLESER_DATA_DIR=str(tmp_path)
    )
    assert ran.returncode == 1
    assert b"VORLESER_FALLBACK_VOICE cannot be used. There is no voice pico:xx" in ran.stderr
    ran = vorleser("voices", VORLESER_OPENAI_URL="localhost:8880/v1")
    assert ran.returncode == 1
    assert b"VORLESER_OPENAI_URL: " in ran.stderr


def test_without_a_name_the_mp3_is_called_like_its_source(tmp_path):
    (tmp_path / "notiz.txt").write_text("Eine Notiz", encoding="cp1252")
    assert vorleser("speak", "notiz.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "notiz.mp3").stat().st_size > 4000


def test_a_progress_bar_shows_on_a_terminal(tmp_path):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "service", "speak", str(FOLDER / "notiz.txt"), "-o"]
    ran = subprocess.run(
        [*command, tmp_path / "n.mp3"], stderr=follower, cwd=ROOT, timeout=60, check=False
    )
    os.close(follower)
    shown = os.read(leader, 1 << 16).decode("utf-8", "replace")
    os.close(leader)
    assert ran.returncode == 0
    assert "Speaking" in shown
    assert "100%" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("speak", "gibtsnicht.txt", "-o", "x.mp3"), "No such file"),
        (("speak", "-", "-o", "x.mp3"), "nothing to read"),
        (("speak", "-"), "-o FILE.mp3"),
        (("speak", FOLDER / "notiz.txt", "-o", "/nirgends/x.mp3"), "folder that exists"),
        (("speak", FOLDER / "notiz.txt", "-o", "x.mp3", "--voice", "pico:xx"), "pico:de-DE"),
        (("speak", FOLDER / "notiz.txt", "-o", "x.mp3", "--voice", ""), "no voice “”"),
        (("voices", "install", "quatsch"), "de_DE-thorsten-medium"),
        (("spoken", "gibtsnicht.txt"), "cannot be read"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(arguments, said, tmp_path):
    ran = vorleser(*arguments, cwd=tmp_path)
    assert ran.returncode == 1
    assert len(ran.stderr.decode().splitlines()) == 1
    assert said in ran.stderr.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("sing",), ("serve", "--port", "x"), ("speak",)])
def test_wrong_usage_exits_with_2(arguments):
    assert vorleser(*arguments).returncode == 2


def test_a_wrong_setting_is_named():
    ran = vorleser("serve", VORLESER_PORT="viele")
    assert ran.returncode == 1
    assert b"VORLESER_PORT" in ran.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"VORLESER_DATABASE_URL": "postgresql://me:GEHEIM@127.0.0.1:1/x"}, "cannot be reached"),
        ({"VORLESER_LEXICON": "/nowhere.tsv"}, "/nowhere.tsv"),
        ({"VORLESER_DATA_DIR": "/dev/null/data"}, "VORLESER_DATA_DIR"),
    ],
)
def test_a_service_that_cannot_start_says_why_in_one_line(settings, said, tmp_path):
    ran = vorleser("serve", "--port", "0", **{"VORLESER_DATA_DIR": str(tmp_path)} | settings)
    assert ran.returncode == 1
    *_, line = ran.stderr.decode().splitlines()
    assert line.startswith("vorleser: ")
    assert said in line
    assert "Traceback" not in ran.stderr.decode()
    assert "GEHEIM" not in (ran.stderr + ran.stdout).decode()


def test_spoken_keeps_the_lines_and_says_the_numbers():
    ran = vorleser("spoken", stdin="Am 3. Mai kam er.\n\nEs waren 21 Kinder.\n")
    lines = ran.stdout.decode().splitlines()
    assert lines == ["Am dritten Mai kam er.", "", "Es waren einundzwanzig Kinder."]


def test_sentences_are_joined_with_a_broken_bar(tmp_path):
    (tmp_path / "a.txt").write_text("Er kam z. B. am 3. Mai. Dann ging er.\n\nNoch eine.")
    ran = vorleser("sentences", tmp_path / "a.txt")
    assert ran.stdout.decode() == "Er kam z. B. am 3. Mai. ¦ Dann ging er.\n\nNoch eine.\n"


def test_the_voices_are_listed_with_licence_and_place():
    shown = vorleser("voices").stdout.decode()
    line = next(line for line in shown.splitlines() if "pico:de-DE" in line)
    assert "Apache-2.0" in line
    assert "on this machine" in line
    assert " de " in line


def test_a_wrong_default_voice_does_not_hide_the_others():
    ran = vorleser("voices", VORLESER_VOICE="pico:xx")
    assert ran.returncode == 0
    assert b"  pico:de-DE " in ran.stdout
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith("vorleser: VORLESER_VOICE cannot be used. There is no voice pico:xx;")


def test_a_closed_pipe_is_no_traceback():
    command = f"{sys.executable} -m service spoken | head -1"
    lines = io.BytesIO(b"Ein Satz.\n" * 20_000)
    ran = subprocess.run(
        ["bash", "-c", command],
        input=lines.read(),
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert ran.stdout == b"Ein Satz.\n"
    assert ran.stderr == b""


def test_prune_frees_what_no_article_uses(tmp_path):
    settings = {"VORLESER_DATA_DIR": str(tmp_path)}
    assert vorleser("prune", **settings).stdout == b"0 bytes freed\n"
    stray = tmp_path / "audio" / "ab" / ("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x" * 1000)
    assert vorleser("prune", **settings).stdout == b"0 bytes freed\n"
    os.utime(stray, (0, 0))
    assert vorleser("prune", VORLESER_CACHE_MAX_BYTES="5000", **settings).stdout[:2] == b"0 "
    assert vorleser("prune", **settings).stdout == b"1000 bytes freed\n"
    assert not stray.exists()
