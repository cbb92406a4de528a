from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.protected import ProtectedField
from accounts.roles import DEPARTMENTS, ROLES
from accounts.visibility import VisibleQuerySet


class OfficerManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        officer = self.model(username=username, **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(
            username, password, **{"is_staff": True, "is_superuser": True, **fields}
        )


class Officer(AbstractBaseUser, PermissionsMixin):
    username = models.CharField(_("account"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=40)
    phone = ProtectedField(_("phone"), mask="phone", indexed=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    large_print = models.BooleanField(_("large print"), default=False)
    # Where the digest of the morning goes (``duties/mailing.py``), by the officer's own wish.
    email = models.EmailField(_("e-mail"), blank=True)
    mailed_on = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = OfficerManager()

    class Meta:
        verbose_name = _("officer")

    def __str__(self):
        return self.name


class PostQuerySet(VisibleQuerySet):
    def open_on(self, day):
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def of(self, officer):
        return self.filter(officer=officer).select_related(
            "division", "officer", "deputy_of__officer"
        )


def _days_in_office():
    days = Func("since", "until", Value("[)"), function="DATERANGE", output_field=DateRangeField())
    return (days, RangeOperators.OVERLAPS)


class Post(models.Model):
    """What an officer is, where, from when to when. An officer acts in one post at a time.

    With ``deputy_of`` it is an absent officer's post, held by a deputy for some days
    (``accounts/deputies.py``). ``until`` is the first day without the post.
    """

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    role = models.CharField(
        _("role"), max_length=30, choices=[(code, role.name) for code, role in ROLES.items()]
    )
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="posts")
    department = models.CharField(
        _("department"), max_length=30, blank=True, choices=list(DEPARTMENTS.items())
    )
    title = models.CharField(_("title"), max_length=60, blank=True)
    since = models.DateField(_("from"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    deputy_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("deputy of"),
    )

    objects = PostQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(role="department") | ~Q(department=""),
                name="department_officer_has_a_department",
            ),
            models.CheckConstraint(
                condition=Q(deputy_of=None) | (Q(until__isnull=False) & ~Q(deputy_of=F("id"))),
                name="deputy_has_an_end_and_another_post",
            ),
            ExclusionConstraint(
                name="same_post_does_not_overlap",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("division", RangeOperators.EQUAL),
                    ("department", RangeOperators.EQUAL),
                    (Coalesce(F("deputy_of"), Value(0)), RangeOperators.EQUAL),
                    _days_in_office(),
                ],
            ),
            ExclusionConstraint(
                name="one_deputy_at_a_time",
                expressions=[("deputy_of", RangeOperators.EQUAL), _days_in_office()],
                condition=Q(deputy_of__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.division.name} {self.label}"

    @property
    def role_row(self):
        return ROLES[self.role]

    @property
    def label(self):
        """How the post is called on pages: its title, else department, else role."""
        words = self.title or (self.get_department_display() or self.get_role_display())
        if not self.deputy_of_id:
            return words
        names = {"post": words, "absent": self.deputy_of.officer.name}
        return gettext("%(post)s, deputy for %(absent)s") % names

    @property
    def signature(self):
        """The name as it stands under an act: 徐兰, or 徐兰 (deputy for 周敏)."""
        if not self.deputy_of_id:
            return self.officer.name
        names = {"name": self.officer.name, "absent": self.deputy_of.officer.name}
        return gettext("%(name)s (deputy for %(absent)s)") % names

    @property
    def holder_id(self):
        """The officer whose post it is: the absent one for a deputy."""
        return self.deputy_of.officer_id if self.deputy_of_id else self.officer_id

    def may(self, ability):
        return ability in self.role_row.abilities

    def may_reveal(self, field):
        """Phone numbers are shown to who must call, other identifiers to fewer."""
        return self.may("reveal_phone" if field.endswith("phone") else "reveal")

    def sees_section(self, section):
        """Whether this post's line of work covers a section of the household page."""
        return self.role_row.sees_section(section, self.department)
