"""Lists in forms are JSON, repeated fields or names with commas between."""

import pytest

from service.web.forms import cast_in, names_in
from tests.unit.web import client_with


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        (['["alt", "tables"]'], ["alt", "tables"]),
        (["alt", "tables"], ["alt", "tables"]),
        (["alt, tables,"], ["alt", "tables"]),
        (['["alt"]', "tables"], ["alt", "tables"]),
        (["[]"], []),
        (["", " "], []),
        ([], []),
    ],
)
def test_a_list_is_told_in_three_ways(fields, names):
    assert names_in(fields) == names


def test_what_only_looks_like_json_stays_for_the_check_to_refuse():
    assert names_in(['["alt"']) == ['["alt"']
    assert names_in(["[" * 100_000]) == ["[" * 100_000]
    assert cast_in(['{"a":' * 100_000])


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("extras", '["tables", "alt"]', ["alt", "tables"]),
        ("extras", ["tables", "alt"], ["alt", "tables"]),
        ("collections", '["dorf", "bach"]', ["bach", "dorf"]),
    ],
)
def test_an_upload_takes_them(field, given, kept):
    with client_with() as client:
        file = {"file": ("a.txt", b"Titel\n\nEin Satz.")}
        made = client.post("/api/articles", data={field: given}, files=file)
    assert made.status_code == 201, made.text
    assert sorted(made.json()[field]) == kept


@pytest.mark.parametrize("given", ['["bilder"]', "[1]", '[["alt"]]', '["alt"'])
def test_what_is_no_such_list_is_422(given):
    with client_with() as client:
        file = {"file": ("a.txt", b"Titel\n\nEin Satz.")}
        answer = client.post("/api/articles", data={"extras": given}, files=file)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith("extras")
