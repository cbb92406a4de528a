"""History by periods: a row says what holds since when; its past versions say what held before.

``Household`` and ``Member`` keep what holds now. When something changes, ``register.py`` copies
the row to ``HouseholdPast``/``MemberPast`` with its end, and writes the new values with a new
``since``. So nothing is lost, and any day can be read back.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models.choices import Origin


def recorder():
    """Who wrote a row. Officers are never deleted, and a row is written by one who is logged in
    or by nobody: the database need not look for them again at every row of an import."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class Version(models.Model):
    since = models.DateField(_("since"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = recorder()
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices)
    origin_id = models.BigIntegerField(null=True)
    because = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        abstract = True


PROVENANCE = ("since", "recorded_at", "recorded_by", "origin", "origin_id", "because")


def facts_of(model):
    """The fields that a version keeps, without keys, search columns and provenance."""
    own = {field.name for field in model.facts_model._meta.local_fields}
    return [field for field in model._meta.concrete_fields if field.name in own]
