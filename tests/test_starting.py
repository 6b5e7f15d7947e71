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
import asyncio, sys
from a2wsgi import WSGIMiddleware
from django.core.handlers.wsgi import WSGIRequest
from uvicorn.config import Config
from uvicorn.main import main as uvicorn
from mdd.supervisor import plan, settings

def page(environ, answer):
    print(WSGIRequest(environ).is_secure())
    answer("200 OK", [])
    return [b""]

async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}

async def send(message):
    pass

web = next(child for child in plan.of(settings.read()).apps if child.name == "web")
argv = list(web.command().argv)
told = uvicorn.make_context("uvicorn", argv[argv.index("uvicorn") + 1 :]).params
known = {name: told[name] for name in ("proxy_headers", "forwarded_allow_ips")}
config = Config(WSGIMiddleware(page), log_config=None, interface="asgi3", **known)
config.load()
scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1", "scheme": "http"}
scope |= {"client": (sys.argv[1], 4321), "headers": [(b"x-forwarded-proto", b"https")]}
asyncio.run(config.loaded_app(scope, receive, send))
"""


def test_neither_pages_nor_tasks_need_what_is_seldom_used_when_they_start(tmp_path: Path) -> None:
    loaded = run(["-c", LOAD_ALL], MDD_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="mdd.settings")

    assert (loaded.returncode, loaded.stdout.strip()) == (0, ""), loaded.stderr


@pytest.mark.parametrize(
    ("trusted", "proxy", "is_secure"),
    [
        ("1", "127.0.0.1", True),
        ("1", "10.0.0.5", False),
        ("10.0.0.5,10.0.1.0/24", "10.0.0.5", True),
        ("10.0.0.5,10.0.1.0/24", "10.0.1.77", True),
        ("10.0.0.5,10.0.1.0/24", "10.0.2.1", False),
        ("0", "127.0.0.1", False),
    ],
)
def test_only_a_trusted_proxy_is_believed_that_it_ended_tls(
    tmp_path: Path, trusted: str, proxy: str, *, is_secure: bool
) -> None:
    said = run(
        ["-c", ASK_TLS, proxy], MDD_DATA=str(tmp_path), MDD_TRUSTED_PROXY=trusted, DJANGO_SETTINGS_MODULE="mdd.settings"
    )

    assert said.stdout.strip() == str(is_secure), said.stderr
