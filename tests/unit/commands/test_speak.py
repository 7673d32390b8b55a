"""`vorleser speak`: what it is asked for."""

import pytest

from service.__main__ import main


def test_extras_that_there_are_not_are_wrong_usage(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["speak", "a.txt", "--extras", "alt,bilder"])
    assert (
        "alt,bilder are not extras: give some of alt, asides, captions" in capsys.readouterr().err
    )
