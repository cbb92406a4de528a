from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A machine's key to act in one post. Only its hash is kept."""

    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")

    def __str__(self):
        return self.name
