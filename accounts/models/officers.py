from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
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
        return self.filter(officer=officer).select_related("division", "officer")


class Post(models.Model):
    """What an officer is, where, from when to when. An officer acts in one post at a time."""

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
            ExclusionConstraint(
                name="same_post_does_not_overlap",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("division", RangeOperators.EQUAL),
                    ("department", RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            Value("[)"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
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
        return self.title or (self.get_department_display() or self.get_role_display())

    def may(self, ability):
        return ability in self.role_row.abilities

    def sees_section(self, section):
        """Whether this post's line of work covers a section of the household page."""
        return self.role_row.sees_section(section, self.department)
