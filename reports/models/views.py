from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.divisions import LEVEL_COLUMNS
from accounts.visibility import VisibleQuerySet


class LedgerViewQuerySet(VisibleQuerySet):
    def own(self, post):
        return self.filter(saved_by=post)

    def visible_to(self, post):
        """One's own, and what somebody shares who works above, below or in the same division.

        A department's line of work has no ledgers, administrators see no household.
        """
        if post is None or not post.sees_section("history"):
            return self.none()
        home = post.division
        above = [pk for name in LEVEL_COLUMNS.values() if (pk := getattr(home, name))]
        near = Q(saved_by__division__in=above)
        near |= Q(**{f"saved_by__division__{home.level_column}": home.id})
        return self.filter(Q(saved_by=post) | Q(shared=True) & near)


class LedgerView(models.Model):
    """A ledger as an officer wants it again: filters and columns, never rows.

    ``query`` is what the address of the ledger says: on (a fixed day; missing: the day of reading),
    division (code; missing: the reader's own), tier, part, columns. Whoever opens it sees what is
    theirs.
    """

    name = models.CharField(_("name of the view"), max_length=60)
    ledger = models.SlugField(_("ledger"), max_length=30)
    query = models.JSONField(default=dict)
    shared = models.BooleanField(_("shared"), default=False)
    saved_by = models.ForeignKey("accounts.Post", models.CASCADE, related_name="ledger_views")
    saved_at = models.DateTimeField()

    objects = LedgerViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view of a ledger")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="ledger_view_has_a_name"),
            models.UniqueConstraint(fields=["saved_by", "name"], name="ledger_view_of_a_name"),
        ]

    def __str__(self):
        return self.name
