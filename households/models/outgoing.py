from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.models.choices import Origin
from households.models.imports import NationalImport
from households.models.register import Household, Member


def _of(model, **kwargs):
    return models.ForeignKey(
        model, models.CASCADE, related_name="+", db_constraint=False, db_index=False, **kwargs
    )


class Said(models.Model):
    """What an export said of a household or member that the register has changed since, where no
    version keeps it: the file brought the same again, or what the register knew already
    (``outgoing/said.py``). The newest of a row holds."""

    household = _of(Household)
    member = _of(Member, null=True)
    of_import = models.ForeignKey(NationalImport, models.CASCADE, related_name="+")
    exported_on = models.DateField()
    said = models.JSONField()  # field -> value; {"absent": true} of a member who is not in it

    objects = VisibleQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        indexes = [models.Index(fields=["household", "member"], name="said_of_household")]


class DifferenceQuerySet(VisibleQuerySet):
    def open(self):
        return self.filter(ended_on=None)

    def entered(self):
        """The national system has our value by now."""
        return self.filter(entered=True)


class Difference(models.Model):
    """What the national system must be told (AH 2.2): the last export says otherwise than the
    register. Found every night and when the list is asked for (``outgoing/finding.py``); ended by
    the export that brings our value, without a click.

    ``column`` is a unit of ``outgoing/units.py``; ``said`` and ``here`` hold the values of its
    fields, identifiers by mask and blind index only.
    """

    household = _of(Household)
    member = _of(Member, null=True)
    column = models.CharField(_("column"), max_length=40)
    said = models.JSONField(null=True)
    here = models.JSONField(null=True)
    since = models.DateField(_("since"))
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices)
    origin_id = models.BigIntegerField(null=True)
    exported_on = models.DateField(_("exported on"), null=True)
    found_on = models.DateField(_("found on"))
    ended_on = models.DateField(_("ended on"), null=True)
    entered = models.BooleanField(null=True)

    objects = DifferenceQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        verbose_name = _("correction for the national system")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "column", "member"],
                condition=models.Q(ended_on=None),
                nulls_distinct=False,
                name="a_difference_stands_once",
            )
        ]
