from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from assistance.spending import Source


class BudgetQuerySet(VisibleQuerySet):
    def _seen_as_assigned(self, post):
        return self.none()


class BudgetLine(models.Model):
    """Money set aside or taken back. The budget of a division, year and source is the sum."""

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source of the money"), max_length=12, choices=Source.choices)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    paper = models.CharField(_("number of the paper"), max_length=60)
    words = models.CharField(_("what for"), max_length=200, blank=True)
    entered_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = BudgetQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("line of the budget")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="budget_line_moves_something"),
            models.CheckConstraint(condition=~Q(paper=""), name="budget_line_names_its_paper"),
        ]
        indexes = [models.Index(fields=["division", "year", "source"], name="budget_of_a_year")]


class FundParameter(models.Model):
    """A limit that holds in ``territory`` (null: everywhere) from a day on. Never changed."""

    name = models.CharField(max_length=20)
    territory = models.ForeignKey("accounts.Division", models.PROTECT, null=True, related_name="+")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    because = models.CharField(_("reason"), max_length=200)
    set_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="limit_ends_later"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="limit_is_not_negative"),
            models.UniqueConstraint(
                fields=["name", "territory", "since"],
                nulls_distinct=False,
                name="one_limit_a_day_and_territory",
            ),
        ]
