"""Inviting by link and by mail, and taking it back."""

from __future__ import annotations

import logging
import re
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from mdd.actions import invitations
from mdd.actions.refusals import Refused
from mdd.links import Discreet
from mdd.models import AuditEntry, Invitation, Squad, User
from tests import builders


def invite(client: Client, squad: Squad, way: str, **fields: object) -> Any:
    return client.post(
        reverse("workshops:invite", args=[squad.slug, way]), {"role": "member", "operation": uuid4()} | fields
    )


def page_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def secret_in(page: str) -> str:
    found = re.search(r"/join/([\w-]{40,})/", page)
    assert found
    return found.group(1)


def test_a_link_is_shown_once(as_ada: Client, squad: Squad) -> None:
    made = page_of(invite(as_ada, squad, "link"))

    secret = secret_in(made)
    assert Invitation.objects.get().digest == invitations.digest_of(secret)
    assert secret not in page_of(as_ada.get(reverse("workshops:people", args=[squad.slug])))


def test_no_table_holds_the_secret(as_ada: Client, squad: Squad) -> None:
    secret = secret_in(page_of(invite(as_ada, squad, "link")))

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'select count(*) from "{table}" whole where whole::text like %s', [f"%{secret}%"])
            assert cursor.fetchone() == (0,), table


def test_no_log_holds_the_secret(client: Client, db: None) -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(Discreet())
    logging.getLogger("django.request").addHandler(handler)

    client.get("/join/some-secret-or-other/")
    logging.getLogger("django.request").removeHandler(handler)

    assert "/join/…" in written.getvalue()
    assert "some-secret" not in written.getvalue()


def test_the_console_is_discreet(settings: Settings) -> None:
    assert "discreet" in settings.LOGGING["handlers"]["console"]["filters"]


def test_a_mail_goes_to_its_address_and_the_page_keeps_the_link_to_itself(
    as_ada: Client, squad: Squad, settings: Settings
) -> None:
    settings.HAS_SMTP = True

    page = page_of(invite(as_ada, squad, "mail", email="Noa@Example.org"))

    (message,) = mail.outbox
    assert message.to == ["noa@example.org"]
    assert message.subject == f"Ada invites you to {squad.name}"
    assert Invitation.objects.get().digest == invitations.digest_of(secret_in(str(message.body)))
    assert "on its way to noa@example.org" in page
    assert "/join/" not in page


def test_without_a_mail_server_the_admin_passes_the_link_on(as_ada: Client, squad: Squad, settings: Settings) -> None:
    settings.HAS_SMTP = False

    page = page_of(invite(as_ada, squad, "mail", email="noa@example.org"))

    assert secret_in(page) in str(mail.outbox[0].body)


def test_a_mail_server_that_refuses_leaves_the_link_to_the_admin(
    as_ada: Client, squad: Squad, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HAS_SMTP = True

    def refuse(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    assert secret_in(page_of(invite(as_ada, squad, "mail", email="noa@example.org")))


def test_a_squad_name_cannot_break_the_mail(as_ada: Client, squad: Squad) -> None:
    Squad.objects.filter(pk=squad.pk).update(name="Desk\r\nBcc: all@example.org")

    invite(as_ada, squad, "mail", email="noa@example.org")

    message = mail.outbox[0].message()
    assert message["Subject"] == "Ada invites you to Desk Bcc: all@example.org"
    assert message["Bcc"] is None


def test_sending_the_form_twice_invites_once(as_ada: Client, squad: Squad) -> None:
    form = {"operation": uuid4(), "email": "noa@example.org"}

    invite(as_ada, squad, "mail", **form)
    again = invite(as_ada, squad, "mail", **form)

    assert again.status_code == 302
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_inviting_again_replaces_the_first_link(squad: Squad, ada: User) -> None:
    first = invitations.invite(squad, role="member", email="noa@example.org", by=ada)
    invitations.invite(squad, role="lead", email="noa@example.org", by=ada)

    first.invitation.refresh_from_db()
    assert first.invitation.withdrawn_at
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    ("way", "fields", "sentence"),
    [
        ("mail", {"email": "no address"}, "This is no email address."),
        ("mail", {"email": ""}, "Write an email address."),
        ("mail", {"email": "noa@example.org", "role": "emperor"}, "This cannot be chosen any more."),
        ("link", {"role": "admin"}, "This cannot be chosen any more."),
    ],
)
def test_a_bad_invitation_is_asked_again(
    as_ada: Client, squad: Squad, way: str, fields: dict[str, str], sentence: str
) -> None:
    response = invite(as_ada, squad, way, **fields)

    assert response.status_code == 422
    assert sentence in page_of(response)
    assert fields.get("email", "") in page_of(response)
    assert not Invitation.objects.exists()


def test_who_is_in_already_is_not_invited(as_ada: Client, squad: Squad, mia: User) -> None:
    response = invite(as_ada, squad, "mail", email=mia.email.upper())

    assert response.status_code == 422
    assert "This person is in the squad already." in page_of(response)


def test_a_squad_mails_fifty_strangers_a_day(as_ada: Client, squad: Squad, ada: User) -> None:
    for number in range(50):
        invitations.invite(squad, role="viewer", email=f"guest{number}@example.org", by=ada)

    response = invite(as_ada, squad, "mail", email="noa@example.org")

    assert response.status_code == 422
    assert "50 addresses within a day" in page_of(response)
    assert "noa@example.org" in page_of(response)
    assert not mail.outbox


def test_another_squad_has_fifty_of_its_own_and_links_are_not_counted(squad: Squad, ada: User) -> None:
    for number in range(50):
        invitations.invite(squad, role="viewer", email=f"guest{number}@example.org", by=ada)

    invitations.invite(builders.make_squad(), role="viewer", email="noa@example.org", by=ada)
    invitations.invite(squad, role="viewer", by=ada)

    with pytest.raises(Refused):
        invitations.invite(squad, role="viewer", email="noa@example.org", by=ada)


def test_an_admin_withdraws_an_invitation(as_ada: Client, squad: Squad, ada: User) -> None:
    invited = invitations.invite(squad, role="member", by=ada)
    url = reverse("workshops:withdraw", args=[squad.slug, invited.invitation.pk])

    as_ada.post(url)
    as_ada.post(url)

    assert Client().get(f"/join/{invited.secret}/").status_code == 410
    assert AuditEntry.objects.filter(what="invitation-withdrawn").count() == 1


def test_the_invitation_of_another_squad_is_not_there(as_ada: Client, squad: Squad, eve: User) -> None:
    foreign = invitations.invite(builders.make_squad(), role="member", by=eve).invitation

    assert as_ada.post(reverse("workshops:withdraw", args=[squad.slug, foreign.pk])).status_code == 404


def test_a_member_sees_who_is_in_but_not_who_is_invited(as_mia: Client, squad: Squad, ada: User) -> None:
    invitations.invite(squad, role="member", email="noa@example.org", by=ada)

    page = page_of(as_mia.get(reverse("workshops:people", args=[squad.slug])))

    assert "Ada" in page
    assert "noa@example.org" not in page
    assert "Invite by mail" not in page
