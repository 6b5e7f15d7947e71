"""Letting people in, and what they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, offer
from mdd.models import Membership, Role, Squad
from mdd.models.people import WRITERS

# A link goes from hand to hand: it makes nobody an admin.
BY_LINK = [(role.value, role.label) for role in Role if role is not Role.ADMIN]


class LinkForm(OperationForm):
    """A link for whoever gets it."""

    role = forms.ChoiceField(label=_("They come in as"), choices=BY_LINK, initial=Role.MEMBER)

    def __init__(self, *args: Any, squad: Squad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.squad = squad
        self.auto_id = f"{type(self).__name__.lower()}_%s"  # two such forms stand on one page


class MailForm(LinkForm):
    """A mail for one person."""

    email = forms.EmailField(label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("They come in as"), choices=Role, initial=Role.MEMBER)

    field_order = ["email", "role"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if Membership.objects.filter(squad=self.squad, user__email=email).exists():
            raise ValidationError(_("This person is in the squad already."))
        return email


class RoleForm(forms.Form):
    """What somebody is from now on."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)


class AskForm(forms.Form):
    """Whether a mail a week asks for my numbers."""

    is_asked_by_mail = forms.BooleanField(required=False)


class RemindForm(forms.Form):
    """Whether a mail reminds me of a workshop to come."""

    is_reminded_by_mail = forms.BooleanField(required=False)


def name_of(member: Membership) -> str:
    return f"{member.user.name} · {member.get_role_display()}"


class HandOverForm(OperationForm):
    """Somebody else of the squad."""

    to = forms.ModelChoiceField(
        label=_("New admin"), queryset=Membership.objects.none(), empty_label=_("choose somebody")
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Membership.objects.filter(self.fitting(), squad=member.squad_id).exclude(pk=member.pk)
        offer(self, "to", others.select_related("user").order_by("user__name"))
        self.fields["to"].label_from_instance = name_of  # type: ignore[attr-defined]

    def fitting(self) -> Q:
        return Q()


class LeaveForm(HandOverForm):
    """Out of the squad; what is owned goes to somebody who writes."""

    def __init__(self, *args: Any, owns: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = _("Who takes it over?")
        if not owns:
            del self.fields["to"]

    def fitting(self) -> Q:
        return Q(role__in=WRITERS)
