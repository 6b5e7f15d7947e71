"""A mail, the day before a workshop meets, to those who have thrown nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mdd import links
from mdd.mails import one_line
from mdd.models import Membership
from metrics.delivery.kinds import Kind
from metrics.delivery.letters import our_domain
from workshops import expected
from workshops.models import Reminder, Workshop

BEFORE = timedelta(days=1)
TOO_LATE = timedelta(hours=1)  # who is about to come needs no mail any more

signer = Signer(salt="workshops.reminder", sep=".")


def plan(now: datetime) -> int:
    """Write down the mails of workshops that meet within a day; answers how many were wanted. Twice at once is once."""
    wanted = [mail for workshop in soon(now) for mail in of(workshop, now)]
    Reminder.objects.bulk_create(wanted, ignore_conflicts=True)
    return len(wanted)


def soon(now: datetime) -> QuerySet[Workshop]:
    ahead = Workshop.objects.filter(is_ahead=True, state=Workshop.State.OPEN)
    return ahead.filter(meets_at__gt=now + TOO_LATE, meets_at__lte=now + BEFORE).select_related("squad")


def of(workshop: Workshop, now: datetime) -> Iterator[Reminder]:
    for member in silent(workshop):
        yield Reminder(user_id=member.user_id, workshop=workshop, due_at=now)


def silent(workshop: Workshop) -> QuerySet[Membership]:
    """Who is expected, has thrown nothing, and wants to be reminded."""
    thrown = expected.throwers(workshop).filter(user__isnull=False).values("user")
    return expected.members(workshop).filter(is_reminded_by_mail=True).exclude(user__in=thrown)


def is_needed(reminder: Reminder) -> bool:
    """Whether the meeting is still to come, and they have thrown nothing meanwhile."""
    workshop = reminder.workshop
    if not soon(timezone.now()).filter(pk=workshop.pk).exists():
        return False
    return silent(workshop).filter(user=reminder.user_id).exists()


def letter(reminder: Reminder) -> EmailMultiAlternatives:
    """The same mail each time: a second copy has the same id, by which mail programs know it."""
    workshop = reminder.workshop
    stop = links.absolute(reverse("workshops:stop-reminders", args=[token_of(reminder)]))
    meets_at = timezone.localtime(workshop.meets_at, workshop.squad.tz)
    day = formats.date_format(meets_at, _("l, H:i"))
    context = {
        "workshop": workshop,
        "name": reminder.user.get_short_name(),
        "meets_at": meets_at,
        "url": links.absolute(f"{workshop.get_absolute_url()}?at=throw"),
        "stop": stop,
    }
    message = EmailMultiAlternatives(
        subject=one_line(_("%(title)s meets on %(day)s") % {"title": workshop.title, "day": day}),
        body=render_to_string("mails/reminder.txt", context),
        to=[reminder.user.email],
        headers={"Message-ID": f"<reminder-{reminder.pk}@{our_domain()}>", "List-Unsubscribe": f"<{stop}>"},
    )
    message.attach_alternative(render_to_string("mails/reminder.html", context), "text/html")
    return message


def token_of(reminder: Reminder) -> str:
    """What stands in the link: the mail's number, signed. Nothing of it is kept."""
    return signer.sign(str(reminder.pk))


def reminder_of(token: str) -> Reminder | None:
    """The mail that a link is of; None for what we have not signed."""
    try:
        pk = int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Reminder.objects.select_related("workshop").filter(pk=pk).first()


KIND = Kind(Reminder.objects.all, ("user", "workshop__squad"), plan, is_needed, letter)
