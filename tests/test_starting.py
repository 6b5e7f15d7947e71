"""What a process does before it can do anything."""

from pathlib import Path

import pytest

from tests.processes import run

LOAD_ALL = """
import sys
import mdd.asgi
from django.urls import get_resolver
from mdd.celery import app
get_resolver().url_patterns
app.loader.import_default_modules()
print(*{"numpy", "tokenizers", "sqlglot"}.intersection(sys.modules))
"""
ASK_TLS = """
from django.test import RequestFactory
print(RequestFactory(headers={"X-Forwarded-Proto": "https"}).get("/").is_secure())
"""


def test_neither_pages_nor_tasks_need_what_is_seldom_used_when_they_start(tmp_path: Path) -> None:
    loaded = run(["-c", LOAD_ALL], MDD_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="mdd.settings")

    assert (loaded.returncode, loaded.stdout.strip()) == (0, ""), loaded.stderr


@pytest.mark.parametrize(("trusted", "is_secure"), [("1", True), ("10.0.0.5,10.0.1.0/24", True), ("0", False)])
def test_a_trusted_proxy_is_believed_that_it_ended_tls(tmp_path: Path, trusted: str, *, is_secure: bool) -> None:
    said = run(
        ["-c", ASK_TLS], MDD_DATA=str(tmp_path), MDD_TRUSTED_PROXY=trusted, DJANGO_SETTINGS_MODULE="mdd.settings"
    )

    assert said.stdout.strip() == str(is_secure), said.stderr
