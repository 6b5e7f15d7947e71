"""Who is in a squad, and letting others in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mdd import access, mails
from mdd.actions import invitations, operations
from mdd.actions import people as actions
from mdd.actions.invitations import Invited
from mdd.actions.refusals import Refused
from mdd.http import Request
from mdd.models import Invitation, Membership, Role, Squad
from workshops.forms.people import AskForm, LinkForm, MailForm, RemindForm, RoleForm

WAYS: dict[str, type[LinkForm]] = {"mail": MailForm, "link": LinkForm}


@dataclass(frozen=True)
class Made:
    """An invitation that was made just now; `url` is empty where only the mail may hold it."""

    invitation: Invitation
    url: str
    is_sent: bool


@login_required
@require_safe
def people(request: Request, slug: str) -> HttpResponse:
    return show(request, access.squad_of(request, slug))


def show(
    request: Request, squad: Squad, *, asked: dict[str, Form] | None = None, made: Made | None = None, status: int = 200
) -> HttpResponse:
    """The page; a form in `asked` takes the place of the empty one."""
    members = Membership.objects.visible_to(request.actor).filter(squad=squad).select_related("user")
    context = {
        "members": members.order_by("user__name", "pk"),
        "me": members.get(user=request.user),
        "may_write": access.may_write(request, squad),
        "roles": Role.choices,
        "made": made,
    }
    if access.is_admin(request, squad):
        context |= inviting(squad, asked or {})
    return render(request, "people/people.html", context, status=status)


def inviting(squad: Squad, asked: dict[str, Form]) -> dict[str, object]:
    """What only admins see."""
    waiting = Invitation.objects.open_at(timezone.now()).filter(squad=squad).select_related("by")
    forms = {way: asked.get(way) or form(squad=squad) for way, form in WAYS.items()}
    return {"is_admin": True, "invitations": waiting.order_by("-pk"), "forms": forms}


@login_required
@require_POST
@never_cache
def invite(request: Request, slug: str, way: str) -> HttpResponse:
    """The page itself is the answer: an address to be redirected to would have to hold the secret."""
    squad = access.squad_of(request, slug)
    access.require_admin(request, squad)
    if way not in WAYS:
        raise Http404
    form = WAYS[way](request.POST, squad=squad)
    invited = invite_once(request, squad, form) if form.is_valid() else None
    if form.errors:
        return show(request, squad, asked={way: form}, status=422)
    if invited is None:
        messages.info(request, _("This invitation is made already. Its link was shown once."))
        return redirect("workshops:people", slug)
    return show(request, squad, made=pass_on(request, invited))


def invite_once(request: Request, squad: Squad, form: LinkForm) -> Invited | None:
    """The invitation, if this form had not been sent before. What is refused is said on the form."""
    wanted, made = dict(form.cleaned_data), []

    def write() -> str:
        made.append(invitations.invite(squad, by=request.user, **wanted))
        return reverse("workshops:people", args=[squad.slug])

    try:
        operations.once(wanted.pop("operation"), request.user, write)
    except Refused as refused:
        form.add_error(None, str(refused))
    return made[0] if made else None


def pass_on(request: Request, invited: Invited) -> Made:
    """Mail it where there is an address; where no mail goes out, the admin passes the link on."""
    url = request.build_absolute_uri(reverse("workshops:join", args=[invited.secret]))
    is_sent = bool(invited.invitation.email) and mails.invite(invited, url=url) and settings.HAS_SMTP
    return Made(invited.invitation, "" if is_sent else url, is_sent)


@login_required
@require_POST
def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_admin(request, squad)
    invitations.withdraw(get_object_or_404(Invitation, squad=squad, pk=pk), by=request.user)
    messages.success(request, _("The invitation is withdrawn. Its link lets nobody in any more."))
    return redirect("workshops:people", slug)


@login_required
@require_POST
def change_role(request: Request, slug: str, pk: int) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_admin(request, squad)
    member = get_object_or_404(Membership.objects.select_related("squad", "user"), squad=squad, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("There is no such role. Nothing was changed."))
        return show(request, squad, status=422)
    try:
        actions.change_role(member, role=form.cleaned_data["role"], by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return show(request, squad, status=422)
    role = Role(form.cleaned_data["role"]).label
    messages.success(request, _("%(name)s: %(role)s.") % {"name": member.user.name, "role": role})
    return redirect("workshops:people", slug)


@login_required
@require_POST
def remind_by_mail(request: Request, slug: str) -> HttpResponse:
    """Each member's own choice."""
    squad = access.squad_of(request, slug)
    form = RemindForm(request.POST)
    wanted = form.is_valid() and form.cleaned_data["is_reminded_by_mail"]
    actions.remind_by_mail(Membership.objects.get(squad=squad, user=request.user), wanted=wanted)
    messages.success(request, _("A mail reminds you the day before.") if wanted else _("No mail reminds you."))
    return redirect("workshops:people", slug)


@login_required
@require_POST
def ask_by_mail(request: Request, slug: str) -> HttpResponse:
    """Each member's own choice."""
    squad = access.squad_of(request, slug)
    form = AskForm(request.POST)
    wanted = form.is_valid() and form.cleaned_data["is_asked_by_mail"]
    actions.ask_by_mail(Membership.objects.get(squad=squad, user=request.user), wanted=wanted)
    messages.success(request, _("A mail a week asks for your numbers.") if wanted else _("No mail asks for them."))
    return redirect("workshops:people", slug)
