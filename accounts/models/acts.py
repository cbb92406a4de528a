from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet


class What(models.TextChoices):
    CREATED = "created", _("account made")
    POST_OPENED = "post_opened", _("post opened")
    POST_CLOSED = "post_closed", _("post closed")
    DEPUTY_NAMED = "deputy_named", _("deputy named")
    DEPUTY_ENDED = "deputy_ended", _("deputy ended")
    PASSWORD_RESET = "password_reset", _("password reset")
    LOCKED = "locked", _("account closed")
    UNLOCKED = "unlocked", _("account opened again")
    TOKEN_ISSUED = "token_issued", _("API token issued")
    TOKEN_REVOKED = "token_revoked", _("API token revoked")
    CALENDAR_LOADED = "calendar_loaded", _("calendar loaded")


class AccountAct(models.Model):
    """Who changed whose rights, in which post. Auditors read this."""

    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    officer = models.ForeignKey("accounts.Officer", models.PROTECT, related_name="acts_upon")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    what = models.CharField(_("what"), max_length=20, choices=What.choices)
    about = models.CharField(_("about"), max_length=400, blank=True)
    at = models.DateTimeField(_("at"))

    objects = VisibleQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("account act")
        ordering = ["-at", "-id"]
