"""The inbox of those who decide, and one prompt: its facts, three questions, one decision."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.actions import operations
from mdd.forms import OperationForm
from mdd.http import Request, posted
from mdd.models import Operation, Squad
from metrics import facts, reassessing
from metrics.actions import reassessments as actions
from metrics.actions.goals import PeriodTaken
from metrics.actions.reassessments import Answers, Refused
from metrics.forms.actions import SnoozeForm
from metrics.forms.reassessments import Sheet
from metrics.models import Reassessment
from metrics.reassessing import Inbox
from metrics.triggers import Case
from metrics.views import page
from metrics.views import prompt as prompts


@login_required
@require_safe
def inbox(request: Request) -> HttpResponse:
    """What waits in the squads in which one decides; who decides in none reads what waits in theirs."""
    mine, others = reassessing.squads_of(request.user)
    now = timezone.now()
    if mine:
        return show(request, reassessing.inbox_of(request.user, now), mine, others)
    return show(request, reassessing.grouped(Reassessment.objects.visible_to(request.actor), now), others, [])


@login_required
@require_safe
def of_squad(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    rows = Reassessment.objects.visible_to(request.actor).filter(squad=squad)
    return show(request, reassessing.grouped(rows, timezone.now()), [squad], [])


def show(request: Request, found: Inbox, squads: Sequence[Squad], others: Sequence[Squad]) -> HttpResponse:
    context = {
        "inbox": found,
        "others": others,
        "may_decide": bool(squads) and reassessing.may_decide(access.role_in(request, squads[0])),
        "next_review": None if found.awake else reassessing.next_review(squads, timezone.now()),
    }
    return render(request, "reassess/inbox.html", context)


@login_required
def prompt(request: Request, pk: int) -> HttpResponse:
    shown = prompts.fetch(request, pk)
    if request.method == "POST":
        return decide(request, shown)
    case = prompts.case_of(shown)
    return draw(request, case, prompts.sheet_of(case, chosen=request.GET.get("choose", "")))


def draw(request: Request, case: Case, sheet: Sheet | None, *, status: int = 200) -> HttpResponse:
    return render(request, "reassess/prompt.html", prompts.of(request, case, sheet), status=status)


def decide(request: Request, shown: Reassessment) -> HttpResponse:
    """Record the decision, or say what came between."""
    require_decider(request, shown)
    if was_sent_before(request):
        return redirect(shown)
    case = prompts.case_of(shown)
    sheet = prompts.sheet_of(case, request.POST)
    if sheet is None:
        return refused(request, shown)
    if not sheet.is_valid():
        return draw(request, case, sheet, status=422)
    return written(request, case, sheet)


def written(request: Request, case: Case, sheet: Sheet) -> HttpResponse:
    def write() -> str:
        actions.decide(case, answers=answers_of(case, sheet), by=request.user)
        return case.prompt.get_absolute_url()

    try:
        return redirect(operations.once(sheet.questions.cleaned_data["operation"], request.user, write))
    except PeriodTaken as taken:
        sheet.part.add_error("start", str(taken))
        return draw(request, case, sheet, status=422)
    except Refused as came_between:
        messages.warning(request, str(came_between))
        return redirect(case.prompt)


def answers_of(case: Case, sheet: Sheet) -> Answers:
    """Where there is no gap to ask about, the prompt itself says why."""
    asked = sheet.questions.cleaned_data
    why = asked.get("why") or facts.sentence_of(case.prompt) or case.prompt.title
    return Answers(sheet.chosen, why, asked.get("solvable", "unknown"), asked["reason"], sheet.part.cleaned_data)


def refused(request: Request, shown: Reassessment) -> HttpResponse:
    try:
        actions.refuse_second(shown)
    except Refused as came_between:
        messages.warning(request, str(came_between))
    return redirect(shown)


def was_sent_before(request: Request) -> bool:
    form = OperationForm(request.POST)
    return form.is_valid() and Operation.objects.filter(key=form.cleaned_data["operation"], user=request.user).exists()


def require_decider(request: Request, shown: Reassessment) -> None:
    if not prompts.may_decide(request, shown):
        raise PermissionDenied(_("A lead or an admin of the squad decides this."))


@login_required
@require_POST
def snooze(request: Request, pk: int) -> HttpResponse:
    shown = prompts.fetch(request, pk)
    require_decider(request, shown)
    form = SnoozeForm(posted(request))
    try:
        if form.is_valid():
            actions.snooze(shown, seen=form.cleaned_data["seen"], by=request.user)
    except Refused as came_between:
        messages.warning(request, str(came_between))
    return redirect(shown)


@login_required
@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for a metric's goal to be reassessed, and go where that is decided."""
    metric = page.fetch_for_writing(request, pk)
    goal = metric.goals.active().first()
    if goal is None:
        return redirect("metrics:goal", metric.pk)
    return redirect(actions.ask(goal, by=request.user))
