from django.db import models


class Tries(models.Model):
    """How often an address, a person or everybody tried something within an hour on a page without
    an account. No address is kept: ``key`` is its blind index."""

    what = models.CharField(max_length=10)
    key = models.UUIDField()
    begins = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "key", "begins"], name="one_count_an_hour")
        ]
        indexes = [models.Index(fields=["begins"], name="tries_of_an_hour")]
