from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day of a loaded year that its notice names; the year's other days are plain weekdays.

    A year that has days here is taken from here alone (``accounts/workdays.py``).
    """

    day = models.DateField(_("day"), unique=True)
    works = models.BooleanField(_("is worked"))
    name = models.CharField(_("name"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("day of the calendar")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.name}"
