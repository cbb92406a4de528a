from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from households.models.choices import Origin
from households.models.register import Household, SectionQuerySet
from households.models.versions import recorder


def yuan(words, **kwargs):
    return models.DecimalField(words, max_digits=12, decimal_places=2, **kwargs)


def _or_none(field):
    return Coalesce(F(field), 0, output_field=models.DecimalField(max_digits=12, decimal_places=2))


class IncomeStatement(models.Model):
    """Incomes and rigid expenditure of one household in one window of twelve months, in yuan.

    Net income and its sum are derived, never typed. A correction of the same window is a new row
    with a later ``stated_on``; the latest one counts.
    """

    household = models.ForeignKey(Household, models.CASCADE, related_name="incomes", db_index=False)
    window_from = models.DateField(_("from"))
    window_to = models.DateField(_("to"))
    stated_on = models.DateField(_("stated on"))
    wage = yuan(_("wages"))
    business = yuan(_("business income"))
    property = yuan(_("property income"))
    transfer = yuan(_("transfer income"))
    expenses = yuan(_("production expenses"))
    gross = models.GeneratedField(
        expression=F("wage") + F("business") + F("property") + F("transfer"),
        output_field=models.DecimalField(max_digits=13, decimal_places=2),
        db_persist=True,
    )
    net = models.GeneratedField(
        expression=F("wage") + F("business") + F("property") + F("transfer") - F("expenses"),
        output_field=models.DecimalField(max_digits=13, decimal_places=2),
        db_persist=True,
    )
    medical = yuan(_("medical, self-paid"), null=True, blank=True)
    schooling = yuan(_("schooling"), null=True, blank=True)
    housing = yuan(_("housing"), null=True, blank=True)
    disaster_repair = yuan(_("disaster repair"), null=True, blank=True)
    # Medical and schooling costs must be known; building and repair are exceptional (default 0).
    rigid = models.GeneratedField(
        expression=F("medical")
        + F("schooling")
        + _or_none("housing")
        + _or_none("disaster_repair"),
        output_field=models.DecimalField(max_digits=13, decimal_places=2),
        db_persist=True,
        null=True,
    )
    stated_per_capita = yuan(_("per-capita net income in the national system"), null=True)
    recorded_at = models.DateTimeField()
    recorded_by = recorder()
    origin = models.CharField(max_length=12, choices=Origin.choices)
    origin_id = models.BigIntegerField(null=True)
    because = models.CharField(
        _("how it was worked out"), max_length=200, db_default="", default=""
    )
    # What was stated of this window earlier on the same day, first to last; null: nothing.
    earlier = models.JSONField(null=True, editable=False)

    objects = SectionQuerySet.as_manager()
    visibility_path = "household__"
    section = "income"

    class Meta:
        verbose_name = _("income statement")
        ordering = ["-window_to", "-stated_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(window_to__gt=F("window_from")), name="income_window_runs_forward"
            ),
            # The review reads each household's latest two in this order.
            models.UniqueConstraint(
                F("household"),
                F("window_to").desc(),
                F("stated_on").desc(),
                name="one_statement_a_day",
            ),
        ]
