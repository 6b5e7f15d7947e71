"""What every test would do anew though nothing has changed since the last one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.template import Context, Template
from django.test import Client
from django.test.signals import template_rendered
from django.utils.safestring import SafeString
from whitenoise.base import WhiteNoise

from mdd.models import User


@pytest.fixture(autouse=True, scope="session")
def static_files_listed_once() -> Iterator[None]:
    """Each test client makes a chain of middleware of its own, and WhiteNoise would list and read about 400 files."""
    look = WhiteNoise.update_files_dictionary
    known: dict[tuple[str, str, str], dict[str, Any]] = {}

    def listed(self: WhiteNoise, root: str, prefix: str) -> None:
        place = (root, prefix, settings.STORAGES["staticfiles"]["BACKEND"])
        if place not in known:
            look(self, root, prefix)
            known[place] = dict(self.files)
        self.files.update(known[place])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", listed)
        yield


@pytest.fixture(autouse=True, scope="session")
def included_templates_unnoted(django_test_environment: None) -> Iterator[None]:
    """Tests look at what a page was given. Django copies besides what each of its some hundred inclusions was."""

    def drawn(self: Template, context: Context) -> SafeString:
        if context.template is self:
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", drawn)
        yield


def signed_in(user: User) -> Client:
    """What `force_login` leaves of a new client, without what it does beside: new keys and a note of when."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
