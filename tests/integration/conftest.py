"""A running service for a file of tests."""

from __future__ import annotations

import pytest

from tests.articles import article
from tests.integration import Service
from tests.integration.asking import post, until_ready


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("http")) as running:
        yield running


@pytest.fixture(scope="module")
def http(service):
    return service.client


@pytest.fixture(scope="module")
def ready(http):
    return until_ready(http, post(http, article("nachricht"))["id"])
