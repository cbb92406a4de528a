from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet


def _division():
    return models.ForeignKey(
        "accounts.Division", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )


def _count(words):
    return models.PositiveIntegerField(words, default=0)


class BurdenQuerySet(VisibleQuerySet):
    def _seen_as_assigned(self, post):
        """A figure of the village, not of its households."""
        return self.within(post.division)


class Burden(models.Model):
    """What one village was asked in one month (``month``: its first day); counted every night.

    ``answers`` to the six assurances in visits that were not one tap; ``again``: those that repeat
    the visit before. ``asked``: households with a visit or a request; ``twice``: with more than
    one, where a visit that meets a request is not counted beside it. ``seconds``: in ``timed``
    forms.
    """

    province, city, county = _division(), _division(), _division()
    township, village = _division(), _division()
    month = models.DateField(_("month"))
    visits = _count(_("visits"))
    one_tap = _count(_("visits by one tap"))
    answers = _count(_("answers given"))
    again = _count(_("answers given again"))
    timed = _count(_("forms whose time is known"))
    seconds = models.PositiveBigIntegerField(_("seconds in forms"), default=0)
    requests = _count(_("requests"))
    asked = _count(_("households asked"))
    twice = _count(_("households asked more than once"))

    objects = BurdenQuerySet.as_manager()
    visibility_path = ""

    class Meta:
        verbose_name = _("burden of a month")
        constraints = [
            models.UniqueConstraint(fields=["village", "month"], name="one_burden_of_a_month")
        ]
        indexes = [models.Index(fields=["month", "county"], name="burden_of_a_month")]
