from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.visibility import VisibleQuerySet
from households.models import Household
from monitoring.comparison.rules import ANSWERS, RULES


class DifferenceState(models.TextChoices):
    OPEN = "open", pgettext_lazy("difference", "open")
    ASKED = "asked", _("became a clue")
    KEPT = "kept", _("the register is kept, with a reason")
    GONE = "gone", _("no difference any more")


class DifferenceQuerySet(VisibleQuerySet):
    def standing(self):
        return self.exclude(state=DifferenceState.GONE)

    def _seen_as_line(self, post):
        """A department sees its uploads; what others know of a household it does not."""
        return self.none()


class Difference(models.Model):
    """What a department knows and the register holds otherwise: the memory of what was compared
    and answered, so that nothing is asked twice while ``mark`` stays as it is."""

    rule = models.CharField(
        _("rule"), max_length=20, choices=[(code, rule.words) for code, rule in RULES.items()]
    )
    answer = models.CharField(max_length=8, choices=list(ANSWERS.items()))
    household = models.ForeignKey(Household, models.CASCADE, related_name="differences")
    member = models.ForeignKey(
        "households.Member", models.CASCADE, null=True, related_name="+", db_index=False
    )
    figures = models.JSONField(default=dict)
    mark = models.CharField(max_length=200)
    department = models.CharField(max_length=30)
    on = models.DateField(_("data as of"))
    state = models.CharField(
        max_length=6, choices=DifferenceState.choices, default=DifferenceState.OPEN
    )
    found_at = models.DateTimeField(_("found at"))
    because = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    objects = DifferenceQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        verbose_name = _("difference")
        ordering = ["-found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "household", "member"],
                name="one_difference_of_a_rule",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~Q(state="kept") | ~Q(because=""), name="kept_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["answer", "id"], condition=Q(state="open"), name="difference_open")
        ]

    def __str__(self):
        return str(self.row.words)

    @property
    def row(self):
        return RULES[self.rule]
