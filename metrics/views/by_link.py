"""One number through the link of a mail, without signing in. Looking writes nothing: mail scanners look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mdd import links
from mdd.actions import operations, people
from mdd.actors import Token
from mdd.http import posted
from mdd.models import Membership
from metrics import hand, words
from metrics.actions import values
from metrics.actions.values import ReasonWanted
from metrics.delivery import letters
from metrics.forms.values import LinkedForm, plain
from metrics.models import Delivery, Metric


@links.unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest, token: str) -> HttpResponse:
    delivery = letters.delivery_of(token)
    if delivery is None:
        return render(request, "by_link/over.html", status=404)
    metric = Metric.objects.visible_to(Token(delivery.pk)).select_related("squad").first()
    if metric is None:
        return render(request, "by_link/over.html", status=410)

    sample = hand.value_at(metric, delivery.slot)
    form = LinkedForm(posted(request), initial={"value": plain(sample.value if sample else None)})
    if form.is_valid() and keep(delivery, metric, form):
        return redirect(request.path)
    return show(request, metric, delivery, form)


def keep(delivery: Delivery, metric: Metric, form: LinkedForm) -> bool:
    """Write the number down, once, as the person who was asked. The form asks why where it corrects another."""
    day = delivery.slot.astimezone(metric.zone).date()
    value, reason = form.cleaned_data["value"], form.cleaned_data["reason"]

    def write() -> str:
        values.write_down(metric, day=day, value=value, reason=reason, by=delivery.user)
        return ""

    try:
        operations.once(form.key, delivery.user, write, words=form.words)
    except ReasonWanted as wants:
        form.ask_why(str(wants))
    return not form.errors


def show(request: HttpRequest, metric: Metric, delivery: Delivery, form: LinkedForm) -> HttpResponse:
    (ask,) = hand.asks_for({metric: delivery.slot})
    goal = metric.goals.active().first()
    context = {
        "metric": metric,
        "ask": ask,
        "kept": ask.sample and words.number(ask.sample.value or 0, places=words.EXACT),
        "is_yours": ask.sample is not None and ask.sample.by_id == delivery.user_id,
        "aim": goal and words.aim(goal, metric),
        "form": form,
    }
    return render(request, "by_link/number.html", context, status=422 if form.is_bound else 200)


@links.unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Works for as long as the mail is kept: nobody signs in to be left alone."""
    delivery = letters.delivery_of(token)
    if delivery is None:
        return render(request, "by_link/over.html", status=404)
    member = Membership.objects.filter(squad=delivery.metric.squad_id, user=delivery.user_id).first()
    if member and request.method == "POST":
        people.ask_by_mail(member, wanted=False)
        return redirect(request.path)
    return render(request, "by_link/stop.html", {"is_asked": member is not None and member.is_asked_by_mail})
