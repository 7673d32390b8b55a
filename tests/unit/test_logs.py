"""Logs never tell what an article says."""

import logging
import sys

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from service.commands.logs import Reticent, keep_secrets, log_from, server_logs, tell_unknown
from service.errors import EngineFailed
from tests.fakes import opened
from tests.unit.web import client_with

SECRET = "Die geheime Rede"


class Model(BaseModel):
    number: int


def wrong_key():
    none: dict[str, str] = {}
    return none[SECRET]


def wrong_field():
    Model.model_validate({"number": SECRET})


def wrong_voice():
    raise EngineFailed(f"Pico cannot say anything of “{SECRET}”.")


def wrong_in_turn():
    try:
        wrong_field()
    except ValidationError as error:
        raise RuntimeError("the job is lost") from error


def wrong_at_once():
    raise ExceptionGroup("two", [ValueError(SECRET), KeyError(SECRET)])


FAULTS = [wrong_key, wrong_field, wrong_voice, wrong_in_turn, wrong_at_once]


@pytest.fixture
def shown(capsys):
    keep_secrets()
    yield lambda: "".join(capsys.readouterr())
    structlog.reset_defaults()


@pytest.mark.parametrize("fault", FAULTS)
def test_our_own_log_tells_where_it_went_wrong_and_not_over_what(shown, fault):
    log = structlog.get_logger()
    try:
        fault()
    except Exception:
        log.exception("it broke")
    told = shown()
    assert SECRET not in told
    assert f"in {fault.__name__}" in told


@pytest.mark.parametrize("fault", FAULTS)
def test_the_servers_log_does_not_either(fault):
    try:
        fault()
    except Exception:  # noqa: BLE001 (it is logged by hand)
        record = logging.LogRecord("uvicorn", 40, __file__, 1, "oh", (), sys.exc_info())
    logging.Formatter().format(record)  # another one was asked first
    told = Reticent("%(message)s").format(record)
    assert SECRET not in told
    assert f"in {fault.__name__}" in told


def test_what_our_messages_quote_is_left_out_and_the_rest_is_said(shown):
    log = structlog.get_logger()
    log.error("paragraph failed", clip="abc", error=f"The engine cannot say “{SECRET}”. Try again.")
    told = shown()
    assert SECRET not in told
    assert "The engine cannot say “…”. Try again." in told


def test_what_the_program_lacks_is_said(shown):
    try:
        import nirgends  # noqa: F401
    except ImportError as error:
        structlog.get_logger().error("oh", exc_info=error)
    assert "No module named 'nirgends'" in shown()


def test_every_logger_that_is_no_other_ones_writes_so():
    config = server_logs()
    assert config["formatters"]["default"]["()"] == "service.commands.logs.Reticent"
    assert config["root"]["handlers"] == ["default"]


def test_an_unexpected_error_is_a_problem_and_its_log_is_silent_about_the_text(shown, monkeypatch):
    made = opened()

    async def fail(_narrations, **_more):
        raise ValueError(SECRET)

    with client_with(parts=made) as client:
        monkeypatch.setattr(made.library.articles, "save", fail)
        answer = client.post("/api/articles", json={"text": SECRET})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert SECRET not in answer.text
    told = shown()
    assert SECRET not in told
    assert "ValueError" in told


def test_what_is_less_important_than_was_asked_for_is_not_logged(shown):
    log_from("info")
    structlog.get_logger().debug("a sentence was aligned")
    structlog.get_logger().info("it is ready")
    told = shown()
    assert "aligned" not in told
    assert "it is ready" in told


def test_a_variable_that_is_no_setting_is_told_with_the_one_that_is_meant(shown):
    tell_unknown(["PATH", "VORLESER_VOICE", "VORLESER_API_KEY", "VORLESER_XYZZY"])
    told = shown()
    assert "VORLESER_VOICE" not in told
    assert "name=VORLESER_API_KEY" in told
    assert "meant=VORLESER_API_KEYS" in told
    assert "name=VORLESER_XYZZY" in told
