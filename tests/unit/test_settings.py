"""What the operator sets."""

import pytest

from service.errors import SettingsInvalid
from service.settings import Settings
from service.spoken import Lexicon

SECRET = "RWluIEdlaGVpbW5pcywgZGFzIGxhbmcgZ2VudWcgaXN0"


def test_without_a_database_the_library_is_a_file_in_the_data_folder(tmp_path):
    database = Settings.read(data_dir=tmp_path).database
    assert database == f"sqlite+aiosqlite:///{tmp_path}/library.db"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_postgresql_is_known_under_its_usual_names(scheme):
    settings = Settings.read(database_url=f"{scheme}://me:x@db/vorleser")
    assert settings.database == "postgresql://me:x@db/vorleser"


def test_another_database_is_refused_and_no_password_is_told():
    with pytest.raises(SettingsInvalid, match=r"VORLESER_DATABASE_URL: .*postgresql://") as raised:
        Settings.read(database_url="mysql://me:GEHEIM@db/vorleser")
    assert "GEHEIM" not in str(raised.value)


def test_settings_can_be_shown_without_the_password():
    settings = Settings.read(database_url="postgresql://me:GEHEIM@db/vorleser")
    assert "GEHEIM" not in repr(settings)


@pytest.mark.parametrize("place", ["s3://bucket", "s3://bucket/a/prefix", "/srv/audio"])
def test_audio_is_kept_in_a_bucket_or_a_folder(place):
    assert Settings.read(audio_store=place).audio == place


@pytest.mark.parametrize(
    ("given", "is_on"), [("", False), ("0", False), ("1", True), ("Yes", True)]
)
def test_a_switch_is_off_when_it_is_empty(monkeypatch, given, is_on):
    monkeypatch.setenv("VORLESER_ALLOW_INDEXING", given)
    assert Settings.read().allow_indexing is is_on


def test_what_is_no_switch_is_told_how_to_write_one(monkeypatch):
    monkeypatch.setenv("VORLESER_ALLOW_INDEXING", "vielleicht")
    with pytest.raises(
        SettingsInvalid, match="VORLESER_ALLOW_INDEXING: write 1, or leave it empty"
    ):
        Settings.read()


def test_an_object_that_is_none_is_refused_in_one_line(monkeypatch):
    monkeypatch.setenv("VORLESER_OPENAI_EXTRA", "{x")
    with pytest.raises(SettingsInvalid, match="VORLESER_OPENAI_EXTRA: write a JSON object"):
        Settings.read()


def test_a_webhook_needs_a_secret_that_nobody_is_shown():
    settings = Settings.read(webhook_url="https://a.example/b", webhook_secret=f"whsec_{SECRET}")
    assert settings.webhook_key == b"Ein Geheimnis, das lang genug ist"
    assert SECRET not in repr(settings)
    assert Settings.read(webhook_secret=SECRET).webhook_key == settings.webhook_key
    for secret in ("", "whsec_Ä", "nicht base64!", "abc", "whsec_R2VoZWlt"):
        with pytest.raises(SettingsInvalid, match=r"VORLESER_WEBHOOK_SECRET: .*whsec_"):
            Settings.read(webhook_url="https://a.example/b", webhook_secret=secret)


@pytest.mark.parametrize("url", ["a.example", "ftp://a.example", "https://ä.example", "https:// a"])
def test_a_webhook_goes_to_a_web_address(url):
    with pytest.raises(SettingsInvalid, match="VORLESER_WEBHOOK_URL"):
        Settings.read(webhook_url=url, webhook_secret=f"whsec_{SECRET}")


def test_without_an_audio_store_audio_is_kept_in_the_data_folder(tmp_path):
    assert Settings.read(data_dir=tmp_path).audio == str(tmp_path / "audio")


@pytest.mark.parametrize(
    "place", ["s3:/bucket", "s3://", "s3://key:GEHEIM@bucket", "gs://b", "audio"]
)
def test_another_audio_store_is_refused(place):
    with pytest.raises(
        SettingsInvalid, match=r"VORLESER_AUDIO_STORE: .*s3://bucket/prefix"
    ) as raised:
        Settings.read(audio_store=place)
    assert "GEHEIM" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "v.example",
        "//v.example",
        "https://v.example/?a=b",
        "https://v.example/#x",
        "https:///lesen",
    ],
)
def test_the_public_address_has_a_scheme_a_host_and_no_more_than_a_path(url):
    with pytest.raises(SettingsInvalid, match="VORLESER_PUBLIC_URL"):
        Settings.read(public_url=url)


def test_an_address_of_ipv6_may_stand_in_brackets():
    assert Settings.read(host="[::1]").host == "::1"


@pytest.mark.parametrize("keys", ["sha256:abc", f"gut,sha256:{'g' * 64}", "sha256:"])
@pytest.mark.parametrize("name", ["api_keys", "read_keys"])
def test_half_a_hash_is_refused_and_not_told(name, keys):
    with pytest.raises(SettingsInvalid, match=rf"VORLESER_{name.upper()}: .*sha256sum") as raised:
        Settings.read(**{name: keys})
    assert keys == "sha256:" or keys not in str(raised.value)


@pytest.mark.parametrize("keys", [",", " ", " , "])
def test_read_keys_without_a_key_do_not_open_the_library(keys):
    with pytest.raises(SettingsInvalid, match="VORLESER_READ_KEYS"):
        Settings.read(read_keys=keys)


@pytest.mark.parametrize("origin", ["app.example", "https://app.example/", "https://", "null"])
def test_what_is_no_origin_is_refused(origin):
    with pytest.raises(SettingsInvalid, match="VORLESER_CORS_ORIGINS"):
        Settings.read(cors_origins=f"https://good.example {origin}")


def test_origins_of_both_settings_embed():
    origins = ["https://a.example", "https://b.example"]
    settings = Settings.read(allowed_embed_origins=origins[0], cors_origins=origins[1])
    assert settings.embedders == origins


def test_what_is_wrong_with_a_setting_is_told_in_our_own_words():
    for wrong in ({"openai_url": "nowhere"}, {"audio_store": "here"}, {"allowed_hosts": "a/b"}):
        with pytest.raises(SettingsInvalid) as found:
            Settings.read(**wrong)
        assert "Value error" not in str(found.value)
        assert "write" in str(found.value)


def test_a_lexicon_that_cannot_be_read_is_told_without_numbers(tmp_path):
    with pytest.raises(SettingsInvalid, match="cannot be read: No such file or directory") as found:
        Lexicon.read(tmp_path / "none.tsv")
    assert "Errno" not in str(found.value)
    (tmp_path / "latin.tsv").write_bytes("ä\tb".encode("latin-1"))
    with pytest.raises(SettingsInvalid, match="it is not in UTF-8"):
        Lexicon.read(tmp_path / "latin.tsv")


@pytest.mark.parametrize(
    "times", ["jeden Tag", "0 4 * *", "99 * * * *", "* * * * * *", "0 0 31 2 *"]
)
def test_times_that_never_come_are_refused(times):
    with pytest.raises(SettingsInvalid, match=r"VORLESER_PRUNE_SCHEDULE: write minute, hour"):
        Settings.read(prune_schedule=times)
    assert Settings.read(prune_schedule="0 4 * * *").prune_schedule == "0 4 * * *"
