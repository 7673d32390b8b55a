"""Lists in forms are JSON, repeated fields or names with commas between."""

import pytest

from service.web.forms import cast_in, names_in
from tests.fakes import VOICE
from tests.unit.web import client_with

FILE = {"file": ("a.txt", b"Titel\n\nEin Satz.")}


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


def test_a_list_may_have_as_many_fields_as_entries():
    names = [f"ort-{number:02}" for number in range(20)]
    cast = [f"speaker:Anna {number}={VOICE.id}" for number in range(2)]
    given = {"collections": names, "extras": ["alt", "tables"], "cast": cast, "rate": "1"}
    with client_with() as client:
        made = client.post("/api/articles", data=given, files=FILE)
    assert made.status_code == 201, made.text
    assert made.json()["collections"] == names


def test_an_upload_says_where_it_is_from():
    address = "https://a.example/7"
    with client_with() as client:
        made = client.post("/api/articles", data={"source_url": address}, files=FILE)
        wrong = client.post("/api/articles", data={"source_url": "nichts"}, files=FILE)
    assert (made.status_code, made.json()["source_url"]) == (201, address)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "source_url")


def test_a_form_is_one_however_its_kind_is_written():
    with client_with() as client:
        request = client.build_request("POST", "/api/articles", files=FILE)
        kind = request.headers["content-type"].replace("multipart/form-data", "Multipart/Form-Data")
        request.headers["content-type"] = kind
        assert client.send(request).status_code == 201


@pytest.mark.parametrize("given", ['["bilder"]', "[1]", '[["alt"]]', '["alt"'])
def test_what_is_no_such_list_is_422(given):
    with client_with() as client:
        file = {"file": ("a.txt", b"Titel\n\nEin Satz.")}
        answer = client.post("/api/articles", data={"extras": given}, files=file)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith("extras")


def form(**fields):
    """The body of a form whose charset lets it tell half a character."""
    parts = [f'name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()]
    body = "".join(f"--x\r\nContent-Disposition: form-data; {part}" for part in parts)
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    return {"content": f"{body}--x--\r\n".encode(), "headers": {"content-type": kind}}


HALF, UPLOAD = r"\ud800", 'file"; filename="a.txt'
HALVES = [
    {UPLOAD: "Titel", name: HALF} for name in "voice rate language source_url cast extras".split()
]
HALVES += [{UPLOAD: "Titel", "collections": text} for text in (HALF, r'["\\ud800"]')]
HALVES += [{'file"; filename="\\ud800.txt': ""}, {'file"; filename="\\ud800.xyz': "a"}]


@pytest.mark.parametrize("fields", HALVES)
def test_half_a_character_in_a_form_is_what_it_is_elsewhere(fields):
    with client_with() as client:
        answer = client.post("/api/articles", **form(**fields))
    assert answer.status_code == 422
    assert answer.json()["code"]
