"""Workshops and who is in them."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Workshop",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("title", models.CharField(max_length=80, verbose_name="title")),
            (
                "stage",
                models.CharField(
                    choices=[
                        ("deliver", "Deliver"),
                        ("customers", "Customers"),
                        ("expectations", "Expect"),
                        ("meeting", "Meet?"),
                        ("throw", "Throw"),
                        ("group", "Group"),
                        ("prune", "Prune"),
                        ("focus", "Focus"),
                        ("wrap-up", "Wrap-up"),
                    ],
                    default="deliver",
                    max_length=12,
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[("open", "open"), ("paused", "paused"), ("closed", "closed")], default="open", max_length=6
                ),
            ),
            ("stage_since", models.DateTimeField(db_default=Now())),
            ("started_at", models.DateTimeField(db_default=Now())),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="workshops", to="mdd.squad")),
            (
                "template",
                models.ForeignKey(on_delete=models.PROTECT, related_name="workshops", to="workshops.template"),
            ),
            ("topic", models.OneToOneField(on_delete=models.PROTECT, related_name="workshop", to="mdd.topic")),
            ("is_anonymous", models.BooleanField(default=False, verbose_name="nobody learns who wrote what")),
            ("added_seconds", models.IntegerField(default=0)),
            ("is_locked", models.BooleanField(default=False)),
            ("join_code", models.CharField(blank=True, max_length=6, null=True, unique=True)),
            ("moves_at", models.DateTimeField(null=True)),
            (
                "moving_to",
                models.CharField(
                    blank=True,
                    choices=[
                        ("deliver", "Deliver"),
                        ("customers", "Customers"),
                        ("expectations", "Expect"),
                        ("meeting", "Meet?"),
                        ("throw", "Throw"),
                        ("group", "Group"),
                        ("prune", "Prune"),
                        ("focus", "Focus"),
                        ("wrap-up", "Wrap-up"),
                    ],
                    max_length=12,
                ),
            ),
            ("needs_approval", models.BooleanField(default=False)),
            ("password", models.CharField(blank=True, max_length=128)),
            ("timer_ends_at", models.DateTimeField(null=True)),
            ("timer_paused_left", models.PositiveIntegerField(null=True)),
            ("is_ahead", models.BooleanField(default=False)),
            ("meets_at", models.DateTimeField(null=True)),
            (
                "parent",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="groups", to="workshops.workshop"),
            ),
        ],
        options={
            "indexes": [models.Index(fields=["squad", "-started_at"], name="workshop_squad_started")],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="workshop_has_a_title"),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "stage__in",
                            [
                                "deliver",
                                "customers",
                                "expectations",
                                "meeting",
                                "throw",
                                "group",
                                "prune",
                                "focus",
                                "wrap-up",
                            ],
                        )
                    ),
                    name="workshop_stage_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ("open", "paused", "closed"))), name="workshop_state_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(("join_code", None), ("join_code__regex", "^[0-9]{6}$"), _connector="OR"),
                    name="workshop_join_code_of_six_digits",
                ),
                models.CheckConstraint(
                    condition=models.Q(("join_code", None), ("state", "open"), _connector="OR"),
                    name="workshop_join_code_only_while_open",
                ),
                models.CheckConstraint(
                    condition=models.Q(("timer_ends_at", None), ("timer_paused_left", None), _connector="OR"),
                    name="workshop_timer_runs_or_rests",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("moves_at", None), ("moving_to", "")),
                        models.Q(models.Q(("moving_to", ""), _negated=True), ("moves_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="workshop_moves_to_a_stage_at_a_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "moving_to__in",
                            [
                                "",
                                "deliver",
                                "customers",
                                "expectations",
                                "meeting",
                                "throw",
                                "group",
                                "prune",
                                "focus",
                                "wrap-up",
                            ],
                        )
                    ),
                    name="workshop_moving_to_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("is_ahead", False), ("meets_at__isnull", False), _connector="OR"),
                    name="workshop_is_ahead_of_a_moment",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Participant",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "role",
                models.CharField(
                    choices=[("facilitator", "facilitator"), ("participant", "participant"), ("observer", "observer")],
                    default="participant",
                    max_length=11,
                ),
            ),
            (
                "done_stage",
                models.CharField(
                    blank=True,
                    choices=[
                        ("deliver", "Deliver"),
                        ("customers", "Customers"),
                        ("expectations", "Expect"),
                        ("meeting", "Meet?"),
                        ("throw", "Throw"),
                        ("group", "Group"),
                        ("prune", "Prune"),
                        ("focus", "Focus"),
                        ("wrap-up", "Wrap-up"),
                    ],
                    max_length=12,
                ),
            ),
            ("joined_at", models.DateTimeField(db_default=Now())),
            (
                "user",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="participations", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "workshop",
                models.ForeignKey(on_delete=models.PROTECT, related_name="participants", to="workshops.workshop"),
            ),
            ("approved_at", models.DateTimeField(db_default=Now(), null=True)),
            ("hand_raised_at", models.DateTimeField(null=True)),
            ("has_device", models.BooleanField(default=True)),
            ("last_seen_at", models.DateTimeField(null=True)),
            ("name", models.CharField(blank=True, max_length=50, verbose_name="name")),
            ("removed_at", models.DateTimeField(null=True)),
            (
                "origin",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="seats", to="workshops.participant"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("workshop", "user"), name="participant_once_per_workshop"),
                models.CheckConstraint(
                    condition=models.Q(("role__in", ("facilitator", "participant", "observer"))),
                    name="participant_role_known",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("name", ""), _negated=True),
                    fields=("workshop", "name"),
                    name="participant_name_once_per_workshop",
                ),
                models.CheckConstraint(
                    condition=models.Q(("user", None), ("name", ""), _connector="XOR"),
                    name="participant_is_a_user_or_a_name",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("role", "facilitator"), _negated=True), ("user__isnull", False), _connector="OR"
                    ),
                    name="participant_guest_does_not_facilitate",
                ),
                models.CheckConstraint(
                    condition=models.Q(("has_device", True), ("user", None), _connector="OR"),
                    name="participant_user_has_a_device",
                ),
                models.UniqueConstraint(fields=("workshop", "origin"), name="participant_one_seat_per_group"),
            ],
        },
    ),
]
