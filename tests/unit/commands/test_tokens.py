"""vorleser tokens: listed, added, revoked, in the library of the data folder."""

import pytest

from service.__main__ import main


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("VORLESER_DATA_DIR", str(tmp_path / "data"))


def said(capsys, *arguments):
    status = main(["tokens", *arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_a_token_is_printed_once_and_listed_by_its_name(capsys):
    assert said(capsys) == (0, "", "")
    _, secret, _ = said(capsys, "add", "Annas Telefon")
    _, listed, _ = said(capsys)
    assert secret.strip() not in listed
    token_id, *_, name = listed.strip().split("  ")
    assert name == "Annas Telefon"
    assert said(capsys, "revoke", token_id) == (0, "", "")
    assert said(capsys) == (0, "", "")


def test_what_is_not_there_cannot_be_revoked(capsys):
    status, _, error = said(capsys, "revoke", "nothing")
    assert status == 1
    assert "vorleser tokens" in error


def test_a_token_needs_a_name(capsys):
    assert said(capsys, "add", " ")[0] == 1
    with pytest.raises(SystemExit) as error:
        main(["tokens", "add"])
    assert error.value.code == 2
