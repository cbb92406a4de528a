from datetime import timedelta

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from feeds.kinds import BY_NUMBER, CHOICES, KINDS, kinds_of


def key(model, name="+"):
    """Rows come by the million from one statement that has just joined these tables: the database
    need not look for each again."""
    return models.ForeignKey(
        model, models.CASCADE, related_name=name, db_index=False, db_constraint=False
    )


class RowQuerySet(VisibleQuerySet):
    def _seen_as_line(self, post):
        """A department sees what its own files of its own division said."""
        numbers = [kind.number for kind in kinds_of(post)]
        return self.filter(
            kind__in=numbers, upload__department=post.department, upload__division=post.division
        )

    def of_household(self, household):
        """What was said of those who are its members now, or were."""
        return self.filter(member__household=household)

    def of(self, kind):
        return self.filter(kind=KINDS[kind].number)

    def sure(self):
        """Without those whose name differs from the register's: nobody knows who is meant."""
        return self.filter(name_matches=True)

    def current(self, kind, until=None):
        """The newest row of each member, by the day that it describes; not those of another name.

        ``until`` leaves out rows that describe a later day.
        """
        rows = self.of(kind).sure()
        newer = FeedRow.objects.filter(
            Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), id__gt=OuterRef("id")),
            kind=OuterRef("kind"),
            member=OuterRef("member"),
            name_matches=True,
        )
        if until:
            rows, newer = rows.filter(on__lte=until), newer.filter(on__lte=until)
        return rows.filter(~Exists(newer)).select_related("household", "member", "upload")

    def changed_since(self, kind, moment):
        """Current rows taken in since ``moment`` that say something else than the row before."""
        return self.current(kind).filter(news=True, upload__loaded_at__gte=moment)

    def payments(self, first, last):
        """Medical payments of periods between two days, each day of a member counted once: where
        periods overlap the newer row holds."""
        rows = self.of("medical_payment").sure().filter(begins__gte=first, on__lte=last)
        newer = FeedRow.objects.filter(
            Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), id__gt=OuterRef("id")),
            kind=OuterRef("kind"),
            member=OuterRef("member"),
            name_matches=True,
            begins__gte=first,
            on__lte=last,
            begins__lte=OuterRef("on"),
        )
        return rows.filter(~Exists(newer))


class FeedRow(models.Model):
    """What a department's file says of one member: narrow, for five millions of them come a month.

    ``values`` by the names of the kind's columns; of ``many`` rows ``items``, of a ``sum`` its
    ``amount``, ``count`` and, where rows are dated, ``months`` ({"2020-05": yuan}). ``news``: it
    says something else than the row before it.
    """

    kind = models.PositiveSmallIntegerField(_("kind of data"), choices=CHOICES)
    name_matches = models.BooleanField()
    news = models.BooleanField()
    begins = models.DateField(null=True)
    on = models.DateField(_("as of"))
    upload = key("feeds.FeedUpload")
    member = key("households.Member")
    household = key("households.Household", "feed_rows")
    values = models.JSONField()

    objects = RowQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        verbose_name = _("department data")
        indexes = [
            models.Index(
                F("member"), F("kind"), F("on").desc(), F("id").desc(), name="feed_row_newest"
            ),
            BrinIndex(fields=["upload"], name="feed_row_of_upload"),
        ]

    @property
    def row(self):
        return BY_NUMBER[self.kind]

    @property
    def covers(self):
        """How many days a payment covers."""
        return (self.on - self.begins + timedelta(days=1)).days if self.begins else 0
