from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.divisions import Level
from accounts.visibility import VisibleQuerySet


class BulletinState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SHOWN = "shown", _("shown to the counties")
    ISSUED = "issued", _("issued")


class BulletinQuerySet(VisibleQuerySet):
    """The province sees its drafts; cities and counties what it shows them; all what is issued."""

    def visible_to(self, post):
        if post is None or post.role_row.sees != "division":
            return self.none()
        rows = self.filter(province=post.division.province_id)
        if post.division.level == Level.PROVINCE:
            return rows
        if post.division.level <= Level.COUNTY:
            return rows.exclude(state=BulletinState.DRAFT)
        return rows.filter(state=BulletinState.ISSUED)


def _post():
    return models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")


class Bulletin(models.Model):
    """The quarterly bulletin 通报 of a province (AH 6; GB/T 9704-2012).

    ``figures`` holds what was counted when it was composed: {"months": […], "places": [{"id",
    "level", "name", "values"}]}; nobody types a number. ``body`` is a list of [heading, text] that
    the province may edit. Whoever drafted or edited it does not approve it.
    """

    province = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    quarter = models.DateField(_("first day of the quarter"))
    state = models.CharField(
        max_length=8, choices=BulletinState.choices, default=BulletinState.DRAFT
    )
    number = models.PositiveSmallIntegerField(_("number of the bulletin"), null=True)
    title = models.CharField(_("title of the bulletin"), max_length=120)
    body = models.JSONField(default=list)
    figures = models.JSONField()
    objections_until = models.DateField(_("objections until"), null=True)
    composed_at = models.DateTimeField()
    composed_by = _post()
    edited_by = _post()
    issued_by = _post()
    issued_at = models.DateTimeField(_("issued at"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly bulletin")
        ordering = ["-quarter", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "quarter"], name="one_bulletin_of_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", number__isnull=False, issued_at__isnull=False)
                | (~Q(state="issued") & Q(number=None, issued_at=None)),
                name="issued_bulletin_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None) | Q(edited_by=None) | ~Q(issued_by=F("edited_by")),
                name="bulletin_needs_two_officers",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def quarter_words(self):
        return _("%(year)d quarter %(number)d") % {
            "year": self.quarter.year,
            "number": (self.quarter.month + 2) // 3,
        }


class NamedCounty(models.Model):
    """A county that the bulletin names, with the figures that it is named for."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="named")
    county = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    figures = models.JSONField(default=list)  # codes

    objects = VisibleQuerySet.as_manager()
    visibility_path = "county__"

    class Meta:
        ordering = ["county__code"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "county"], name="named_once_in_a_bulletin")
        ]


class BulletinObjection(models.Model):
    """A county's objection to a figure that it is named for, with proof, before the issuing."""

    named = models.ForeignKey(NamedCounty, models.CASCADE, related_name="objections")
    figure = models.CharField(_("figure"), max_length=40)
    words = models.CharField(_("objection"), max_length=500)
    proof = models.FileField(_("proof"), upload_to="bulletins/%Y/%m", blank=True)
    proof_name = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    accepted = models.BooleanField(_("accepted"), null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = _post()
    answered_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    visibility_path = "named__county__"

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["named", "figure"], name="one_objection_to_a_figure"),
            models.CheckConstraint(
                condition=Q(accepted=None, answer="") | (Q(accepted__isnull=False) & ~Q(answer="")),
                name="answered_objection_says_why",
            ),
        ]
