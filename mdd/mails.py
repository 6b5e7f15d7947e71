"""Mail to people: plain text, with the same in simple HTML where that helps."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from mdd.actions.invitations import Invited
from mdd.models import User

log = logging.getLogger(__name__)


def one_line(text: str) -> str:
    """What somebody wrote, as it may stand in a header."""
    return " ".join(text.split())


def in_language_of(user: User | None) -> translation.override:
    """Write in the language of the one who reads; of whoever is not known, in that of the page that sends."""
    fallback = settings.LANGUAGE_CODE if user else translation.get_language()
    return translation.override(user.language if user and user.language else fallback)


def invite(invited: Invited, *, url: str) -> bool:
    """Mail an invitation to its address; says whether the server took it."""
    invitation = invited.invitation
    context: Mapping[str, object] = {"invitation": invitation, "url": url}
    with in_language_of(User.objects.filter(email=invitation.email).first()):
        subject = one_line(render_to_string("mails/invitation_subject.txt", context))
        message = EmailMessage(subject, render_to_string("mails/invitation.txt", context), to=[invitation.email])
    try:
        return message.send() == 1
    except (SMTPException, OSError) as error:
        log.warning("The mail server did not take an invitation: %s", type(error).__name__)
        return False
