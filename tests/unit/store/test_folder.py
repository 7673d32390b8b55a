"""The data folder: what keeps it from being used is said, and one service at a time has it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.errors import StoreError
from service.store.folder import held, prepare

ROOT = Path(__file__).parents[3]
NOBODY = 65534
PREPARE = """
import sys
from pathlib import Path
from service.errors import StoreError
from service.store.folder import demand_writable, prepare
try:
    prepare(Path(sys.argv[1]), has_library=True)
    demand_writable(Path(sys.argv[1], "audio"))
except StoreError as error:
    print(error)
"""


def prepared(folder, before=()):
    """What is said of the folder to a user that may not write what belongs to others."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*before, *drop, sys.executable, "-c", PREPARE, folder]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60)
    return ran.stdout.decode()


def give_away(path):
    path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)


@pytest.mark.parametrize("place", [".", "library.db", "library.db-wal", "audio"])
def test_what_belongs_to_another_user_is_named_with_its_owner(tmp_path, place):
    (tmp_path / "audio").mkdir()
    for name in ("library.db", "library.db-wal"):
        (tmp_path / name).touch()
    give_away(tmp_path / place)
    line = prepared(tmp_path)
    assert line.count("\n") == 1
    for said in (str((tmp_path / place).resolve()), "belongs to", "runs as", "chown"):
        assert said in line
    assert ("nobody" in line) is (os.geteuid() == 0)


def test_a_folder_that_cannot_be_made_is_told_of_the_one_above(tmp_path):
    give_away(tmp_path)
    line = prepared(tmp_path / "new" / "data")
    assert str(tmp_path / "new" / "data") in line
    assert "chown" in line
    assert "VORLESER_DATA_DIR" in line


def test_a_disk_that_is_read_only_is_called_that(tmp_path):
    mount = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o ro none "$0" && exec "$@"']
    if subprocess.run([*mount, tmp_path, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here")
    line = prepared(tmp_path, before=[*mount, tmp_path])
    assert "read-only" in line
    assert "VORLESER_DATA_DIR" in line


@pytest.mark.parametrize("place", ["file", "file/data"])
def test_a_file_where_a_folder_should_be_is_told(tmp_path, place):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"is a file.*VORLESER_DATA_DIR"):
        prepare(tmp_path / place, has_library=True)


def test_a_folder_without_a_library_need_not_be_written(tmp_path):
    give_away(tmp_path)
    prepare(tmp_path, has_library=False)


def test_a_folder_is_held_once_and_free_again_though_children_live_on(tmp_path):
    command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with held(tmp_path):
        child = subprocess.Popen(command, stdin=subprocess.PIPE)
        with pytest.raises(StoreError, match=rf"process {os.getpid()}\).*VORLESER_DATA_DIR"):
            held(tmp_path).__enter__()
    with held(tmp_path):
        child.communicate(timeout=20)
