"""The mail that asks for one number, and the link in it."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse

from mdd import links
from mdd.mails import in_language_of, one_line
from metrics import hand
from metrics.models import Delivery

signer = Signer(salt="metrics.delivery", sep=".")


def token_of(delivery: Delivery) -> str:
    """What stands in the link: the delivery's number, signed. Nothing of it is kept."""
    return signer.sign(str(delivery.pk))


def delivery_of(token: str) -> Delivery | None:
    """The delivery that a link is of; None for what we have not signed."""
    try:
        pk = int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Delivery.objects.select_related("user", "metric__squad").filter(pk=pk).first()


def letter(delivery: Delivery) -> EmailMultiAlternatives:
    """The same mail each time: a second copy has the same id, by which mail programs know it."""
    with in_language_of(delivery.user):
        return written(delivery)


def written(delivery: Delivery) -> EmailMultiAlternatives:
    token, metric = token_of(delivery), delivery.metric
    stop = links.absolute(reverse("metrics:stop-mail", args=[token]))
    (ask,) = hand.asks_for({metric: delivery.slot})
    context = {
        "metric": metric,
        "name": delivery.user.get_short_name(),
        "ask": ask,
        "url": links.absolute(reverse("metrics:by-link", args=[token])),
        "stop": stop,
        "expires": delivery.expires_at.astimezone(metric.zone),
    }
    message = EmailMultiAlternatives(
        subject=one_line(metric.question),
        body=render_to_string("mails/number.txt", context),
        to=[delivery.user.email],
        headers={"Message-ID": f"<number-{delivery.pk}@{our_domain()}>", "List-Unsubscribe": f"<{stop}>"},
    )
    message.attach_alternative(render_to_string("mails/number.html", context), "text/html")
    return message


def our_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
