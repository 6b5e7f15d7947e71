"""Where numbers are to go."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import migrations, models
from django.db.models.functions import Cast, Now

TABLES = [
    migrations.CreateModel(
        name="Goal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "form",
                models.CharField(
                    choices=[
                        ("reach", "reach"),
                        ("stay-above", "stay at or above"),
                        ("stay-below", "stay at or below"),
                        ("stay-within", "stay within"),
                    ],
                    default="reach",
                    max_length=12,
                    verbose_name="form",
                ),
            ),
            ("baseline", models.FloatField(blank=True, null=True, verbose_name="baseline")),
            ("target", models.FloatField(verbose_name="target")),
            ("upper", models.FloatField(blank=True, null=True, verbose_name="upper end")),
            ("start", models.DateField(verbose_name="from")),
            ("due", models.DateField(verbose_name="by")),
            ("if_wrong", models.CharField(max_length=300, verbose_name="if this goes wrong we will")),
            ("why_this_number", models.CharField(blank=True, max_length=300, verbose_name="why this number")),
            (
                "state",
                models.CharField(
                    choices=[("draft", "draft"), ("active", "active"), ("ended", "ended")],
                    default="active",
                    max_length=6,
                ),
            ),
            ("set_at", models.DateTimeField(db_default=Now())),
            ("ended_on", models.DateField(null=True)),
            ("ended_because", models.CharField(blank=True, max_length=300)),
            (
                "set_by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "succeeded_by",
                models.OneToOneField(null=True, on_delete=models.PROTECT, related_name="succeeds", to="metrics.goal"),
            ),
            ("metric", models.ForeignKey(on_delete=models.PROTECT, related_name="goals", to="metrics.metric")),
            ("review_date", models.DateField(blank=True, null=True, verbose_name="look at it again on")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("state", "active")), fields=("metric",), name="goal_one_active_per_metric"
                ),
                ExclusionConstraint(
                    condition=models.Q(("state", "draft"), _negated=True),
                    expressions=[
                        (
                            models.Func(
                                Cast(models.F("metric_id"), models.BigIntegerField()),
                                Cast(models.F("metric_id"), models.BigIntegerField()),
                                models.Value("[]"),
                                function="int8range",
                            ),
                            "&&",
                        ),
                        (
                            models.Case(
                                models.When(
                                    ended_on=None,
                                    then=models.Func(
                                        models.F("start"),
                                        models.F("due"),
                                        models.Value("[]"),
                                        function="daterange",
                                        output_field=DateRangeField(),
                                    ),
                                ),
                                default=models.Func(
                                    models.F("start"),
                                    models.F("ended_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=DateRangeField(),
                                ),
                            ),
                            "&&",
                        ),
                    ],
                    name="goal_periods_do_not_overlap",
                ),
                models.CheckConstraint(
                    condition=models.Q(("start__lt", models.F("due"))), name="goal_starts_before_it_is_due"
                ),
                models.CheckConstraint(
                    condition=models.Q(("if_wrong", ""), _negated=True), name="goal_says_what_if_wrong"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("form", "stay-within"), ("upper__gt", models.F("target")), ("upper__isnull", False)),
                        models.Q(models.Q(("form", "stay-within"), _negated=True), ("upper", None)),
                        _connector="OR",
                    ),
                    name="goal_within_has_two_ends",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state", "ended"), ("ended_on", None), _connector="XOR"),
                    name="goal_ended_exactly_with_a_day",
                ),
                models.CheckConstraint(
                    condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("start")), _connector="OR"),
                    name="goal_ends_after_it_started",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("target", None),
                            models.Q(("target__gt", float("-inf")), ("target__lt", float("inf"))),
                            _connector="OR",
                        ),
                        models.Q(
                            ("baseline", None),
                            models.Q(("baseline__gt", float("-inf")), ("baseline__lt", float("inf"))),
                            _connector="OR",
                        ),
                        models.Q(
                            ("upper", None),
                            models.Q(("upper__gt", float("-inf")), ("upper__lt", float("inf"))),
                            _connector="OR",
                        ),
                    ),
                    name="goal_numbers_are_finite",
                ),
                models.CheckConstraint(
                    condition=models.Q(("form__in", ("reach", "stay-above", "stay-below", "stay-within"))),
                    name="goal_form_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ("draft", "active", "ended"))), name="goal_state_known"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "draft")), fields=("metric",), name="goal_one_draft_per_metric"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("form", "reach"), _negated=True),
                        models.Q(("baseline", None), ("state", "draft")),
                        models.Q(
                            ("baseline__isnull", False), models.Q(("baseline", models.F("target")), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="goal_to_reach_has_a_way_to_go",
                ),
            ],
        },
    ),
]
