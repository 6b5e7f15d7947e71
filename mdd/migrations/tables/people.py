"""People, their squads and the ways in."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models
from django.db.models.functions import Lower, Now

from mdd.models.people import is_time_zone

TABLES = [
    migrations.CreateModel(
        name="User",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("password", models.CharField(max_length=128, verbose_name="password")),
            ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
            ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
            ("name", models.CharField(max_length=80, verbose_name="name")),
            ("is_staff", models.BooleanField(default=False)),
            ("is_active", models.BooleanField(default=True)),
            ("joined_at", models.DateTimeField(db_default=Now())),
            ("language", models.CharField(blank=True, default="", max_length=10, verbose_name="language")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("email", Lower("email"))), name="user_email_in_lower_case"),
                models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="user_has_a_name"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Squad",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=80, verbose_name="name")),
            ("slug", models.SlugField(max_length=60, unique=True)),
            (
                "zone",
                models.CharField(default="UTC", max_length=60, validators=[is_time_zone], verbose_name="time zone"),
            ),
            (
                "week_start",
                models.SmallIntegerField(
                    choices=[(0, "Monday"), (5, "Saturday"), (6, "Sunday")],
                    default=0,
                    verbose_name="first day of the week",
                ),
            ),
            (
                "capacity",
                models.DecimalField(
                    decimal_places=1,
                    default=0,
                    max_digits=6,
                    validators=[MinValueValidator(0), MaxValueValidator(10000)],
                    verbose_name="capacity (hours a week)",
                ),
            ),
            ("created_at", models.DateTimeField(db_default=Now())),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="squad_has_a_name")
            ],
        },
    ),
    migrations.CreateModel(
        name="Membership",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "role",
                models.CharField(
                    choices=[
                        ("viewer", "Viewer"),
                        ("member", "Member"),
                        ("coach", "Coach"),
                        ("lead", "Lead"),
                        ("admin", "Admin"),
                    ],
                    default="member",
                    max_length=10,
                ),
            ),
            ("joined_at", models.DateTimeField(db_default=Now())),
            (
                "user",
                models.ForeignKey(on_delete=models.PROTECT, related_name="memberships", to=settings.AUTH_USER_MODEL),
            ),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="memberships", to="mdd.squad")),
            ("is_asked_by_mail", models.BooleanField(default=True, verbose_name="a mail a week asks for my numbers")),
            (
                "is_reminded_by_mail",
                models.BooleanField(default=True, verbose_name="a mail reminds me of workshops to come"),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("user", "squad"), name="membership_once_per_squad"),
                models.CheckConstraint(
                    condition=models.Q(("role__in", ["viewer", "member", "coach", "lead", "admin"])),
                    name="membership_role_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Invitation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
            (
                "role",
                models.CharField(
                    choices=[
                        ("viewer", "Viewer"),
                        ("member", "Member"),
                        ("coach", "Coach"),
                        ("lead", "Lead"),
                        ("admin", "Admin"),
                    ],
                    default="member",
                    max_length=10,
                    verbose_name="role",
                ),
            ),
            ("digest", models.CharField(max_length=64, unique=True)),
            ("expires_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(null=True)),
            ("at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="invitations", to="mdd.squad")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("role__in", ["viewer", "member", "coach", "lead", "admin"])),
                    name="invitation_role_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("expires_at__gt", models.F("at"))), name="invitation_lasts_a_while"
                ),
                models.CheckConstraint(
                    condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="invitation_keeps_a_hash_only"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Joining",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField(db_default=Now())),
            ("invitation", models.ForeignKey(on_delete=models.PROTECT, related_name="joined", to="mdd.invitation")),
            ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("invitation", "user"), name="joining_once_per_invitation")],
        },
    ),
]
