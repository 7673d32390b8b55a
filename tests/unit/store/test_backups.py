"""Backups: whole or not there, and restored into an empty folder only."""

import asyncio
import hashlib
import io
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing

import pytest

from service.errors import StoreError
from service.store import backups
from service.store.audio import folder_store
from service.store.checkpoints import checkpoint
from service.store.library import open_library
from tests.forking import ROOT

SOUND = b"so klingt es" * 1000
NAME = hashlib.sha256(SOUND).hexdigest()


@pytest.fixture
def folder(tmp_path):
    """A data folder with a library, a clip, the gain of a voice, and what is no one's."""
    place = tmp_path / "data"
    (place / "voices").mkdir(parents=True)
    (place / "voices" / "pico.gain_db").write_text("3.5\n")
    (place / "voices" / "model.onnx").write_text("large")

    async def fill():
        await folder_store(place / "audio").put(SOUND)
        await folder_store(place / "audio").put(b"of no clip")
        library = await open_library(f"sqlite+aiosqlite:///{place / 'library.db'}")
        await library.tokens.add("Telefon")
        await library.close()

    asyncio.run(fill())
    with closing(sqlite3.connect(place / "library.db")) as connection:
        row = ("c", len(SOUND), NAME, "[]")
        connection.execute("INSERT INTO clips (id, size, sha256, spans) VALUES (?, ?, ?, ?)", row)
        connection.commit()
    return place


@pytest.fixture
def file(folder, tmp_path):
    found = tmp_path / "backup.tar"
    backups.back_up(folder, found, audio=folder / "audio", version="1")
    return found


def names_in(file):
    with tarfile.open(file) as tar:
        return tar.getnames()


def tokens_of(folder):
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM tokens")]


def files_in(folder):
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def rewritten(file, change):
    """The backup with other members: `change` gets them by name, in order."""
    with tarfile.open(file) as tar:
        members = {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}
    change(members)
    with tarfile.open(file, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def refused(file, tmp_path, code):
    to = tmp_path / "new"
    to.mkdir(exist_ok=True)
    with pytest.raises(StoreError) as error:
        backups.restore(file, to, audio=to / "audio")
    assert error.value.code == code
    assert list(to.iterdir()) == []


def test_a_backup_comes_back_as_it_was(folder, file, tmp_path):
    assert names_in(file) == [
        "library.db", "voices/pico.gain_db", f"audio/{NAME[:2]}/{NAME}", "backup.json"
    ]  # fmt: skip
    to = tmp_path / "new"
    to.mkdir()
    (to / "lock").touch()
    backups.restore(file, to, audio=to / "audio")
    assert tokens_of(to) == ["Telefon"]
    assert files_in(to) == [
        f"audio/{NAME[:2]}/{NAME}", "library.db", "lock", "voices/pico.gain_db"
    ]  # fmt: skip
    assert (to / "audio" / NAME[:2] / NAME).read_bytes() == SOUND


def test_without_audio_it_is_small_and_nobody_elses_to_read(folder, tmp_path):
    file = tmp_path / "small.tar"
    file.write_text("an older one")
    backups.back_up(folder, file, audio=None, version="1")
    assert names_in(file) == ["library.db", "voices/pico.gain_db", "backup.json"]
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_written_while_it_runs_is_in_it(folder, tmp_path):
    with closing(sqlite3.connect(folder / "library.db")) as writer:
        writer.execute("INSERT INTO tokens VALUES ('t', 'Küche', '2026-01-01', 'd', NULL, NULL)")
        writer.commit()  # in the log alone
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM tokens")  # never committed
        backups.back_up(folder, tmp_path / "b.tar", audio=None, version="1")
    to = tmp_path / "new"
    to.mkdir()
    backups.restore(tmp_path / "b.tar", to, audio=to / "audio")
    assert tokens_of(to) == ["Telefon", "Küche"]


def test_damaged_audio_is_left_to_be_made_again(folder, tmp_path):
    (folder / "audio" / NAME[:2] / NAME).write_bytes(b"half")
    backups.back_up(folder, tmp_path / "b.tar", audio=folder / "audio", version="1")
    assert not [name for name in names_in(tmp_path / "b.tar") if name.startswith("audio")]


def test_a_folder_with_anything_in_it_is_left_as_it_is(file, tmp_path):
    to = tmp_path / "new"
    to.mkdir()
    (to / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"holds notes\.txt"):
        backups.restore(file, to, audio=to / "audio")
    assert files_in(to) == ["notes.txt"]


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9])
def test_half_a_backup_is_refused_wherever_it_ends(file, tmp_path, share):
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    refused(file, tmp_path, "backup-damaged")


def test_a_backup_that_ends_between_two_files_is_half(file, tmp_path):
    rewritten(file, lambda members: members.pop("backup.json"))
    refused(file, tmp_path, "backup-half")


@pytest.mark.parametrize("name", ["library.db", "voices/pico.gain_db", f"audio/{NAME[:2]}/{NAME}"])
def test_a_changed_or_missing_file_is_told(file, tmp_path, name):
    other = tmp_path / "other.tar"
    other.write_bytes(file.read_bytes())
    rewritten(file, lambda members: members.update({name: members[name][:-1] + b"x"}))
    refused(file, tmp_path, "backup-damaged")
    rewritten(other, lambda members: members.pop(name))
    refused(other, tmp_path, "backup-damaged")


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "lock", "voices/../x.gain_db", "audio/ab/cd"]
)
def test_nothing_else_is_unpacked(file, tmp_path, name):
    rewritten(
        file,
        lambda members: members.update({name: b"x"} | {"backup.json": members.pop("backup.json")}),
    )
    refused(file, tmp_path, "backup-unknown")


def test_what_is_no_backup_is_refused(tmp_path):
    other = tmp_path / "photo.jpg"
    other.write_bytes(os.urandom(5000))
    refused(other, tmp_path, "backup-damaged")
    refused(tmp_path / "nowhere.tar", tmp_path, "restore-failed")


def test_a_backup_of_a_newer_version_is_refused(folder, tmp_path):
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    file = tmp_path / "newer.tar"
    backups.back_up(folder, file, audio=None, version="99")
    refused(file, tmp_path, "library-newer")


def test_a_backup_of_a_newer_format_is_refused(file, tmp_path):
    newer = json.dumps({"format": 2, "vorleser": "9", "files": {}}).encode()
    rewritten(file, lambda members: members.update({"backup.json": newer}))
    refused(file, tmp_path, "backup-newer")


def test_there_must_be_a_library_to_back_up(tmp_path):
    with pytest.raises(StoreError, match="no library"):
        backups.back_up(tmp_path, tmp_path / "b.tar", audio=None, version="1")
    assert list(tmp_path.iterdir()) == []


def run(*arguments, limit=resource.RLIM_INFINITY, **settings):
    """A command on a disk where no file is larger than the limit."""

    def narrow():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-m", "service", *map(str, arguments)],
        check=False,
        cwd=ROOT,
        env=os.environ | settings,
        preexec_fn=narrow,
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize("limit", [8 << 10, 100 << 10])  # the library's copy; the tar
def test_a_full_disk_leaves_the_older_backup_and_says_so(folder, tmp_path, limit):
    place = tmp_path / "backups"
    place.mkdir()
    (place / "b.tar").write_text("older")
    settings = {"VORLESER_DATA_DIR": str(folder)}
    done = run("backup", place / "b.tar", "--audio", limit=limit, **settings)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert files_in(place) == ["b.tar"]
    assert (place / "b.tar").read_text() == "older"


@pytest.mark.slow
def test_a_full_disk_leaves_nothing_half_restored(file, tmp_path):
    settings = {"VORLESER_DATA_DIR": str(tmp_path / "new")}
    done = run("restore", file, limit=20 << 10, **settings)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "cannot be restored" in done.stderr
    assert files_in(tmp_path / "new") == ["lock"]


@pytest.mark.slow
def test_postgresql_has_tools_of_its_own(tmp_path):
    url = "postgresql://nobody:geheim@127.0.0.1:1/none"
    for command in ("backup", "restore"):
        done = run(command, tmp_path / "b.tar", VORLESER_DATABASE_URL=url)
        assert done.returncode == 1
        assert "pg_dump" in done.stderr
        assert "geheim" not in done.stderr


async def test_when_nothing_is_written_the_file_alone_has_everything(tmp_path, monkeypatch):
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def noted(file):
        try:
            return checkpoint(file)
        finally:
            loop.call_soon_threadsafe(done.set)

    monkeypatch.setattr("service.store.checkpoints.checkpoint", noted)
    monkeypatch.setattr("service.store.checkpoints.IDLE_S", 0)
    file = tmp_path / "library.db"
    library = await open_library(f"sqlite+aiosqlite:///{file}")
    await library.tokens.add("Telefon")
    await done.wait()
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "library.db").write_bytes(file.read_bytes())
    assert tokens_of(copy) == ["Telefon"]
    await library.close()
