"""What a process does before it can do anything."""

from pathlib import Path

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


def test_neither_pages_nor_tasks_need_what_is_seldom_used_when_they_start(tmp_path: Path) -> None:
    loaded = run(["-c", LOAD_ALL], MDD_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="mdd.settings")

    assert (loaded.returncode, loaded.stdout.strip()) == (0, ""), loaded.stderr
