"""What happened, and what is told live."""

from uuid import uuid4

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Heartbeat",
        fields=[
            ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
            ("at", models.DateTimeField()),
        ],
    ),
    migrations.CreateModel(
        name="Operation",
        fields=[
            ("key", models.UUIDField(primary_key=True, serialize=False)),
            ("result", models.CharField(blank=True, max_length=300)),
            ("at", models.DateTimeField(db_default=Now())),
            ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
    ),
    migrations.CreateModel(
        name="AuditEntry",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("what", models.CharField(max_length=60)),
            ("subject", models.CharField(max_length=80)),
            ("before", models.JSONField(null=True)),
            ("after", models.JSONField(null=True)),
            ("at", models.DateTimeField(db_default=Now())),
            (
                "by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            ("squad", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="mdd.squad")),
        ],
        options={
            "indexes": [models.Index(fields=["squad", "-at"], name="audit_squad_at")],
        },
    ),
    migrations.CreateModel(
        name="Topic",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.CharField(max_length=80, unique=True)),
            ("epoch", models.UUIDField(default=uuid4)),
            ("serial", models.PositiveBigIntegerField(default=0)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="topic_has_a_key")
            ],
        },
    ),
    migrations.CreateModel(
        name="Event",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("serial", models.PositiveBigIntegerField()),
            ("operation", models.UUIDField()),
            ("kind", models.CharField(max_length=40)),
            ("payload", models.JSONField(default=dict)),
            ("audience", models.CharField(blank=True, max_length=40)),
            ("by", models.CharField(blank=True, max_length=40)),
            ("at", models.DateTimeField(db_default=Now())),
            ("topic", models.ForeignKey(on_delete=models.PROTECT, related_name="events", to="mdd.topic")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("topic", "serial"), name="event_once_per_serial"),
                models.UniqueConstraint(fields=("topic", "operation"), name="event_once_per_operation"),
                models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="event_has_a_kind"),
            ],
        },
    ),
]
