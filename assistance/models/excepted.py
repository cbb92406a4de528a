"""The exception of AH 4.1.2, as plans and actions for many carry it to the measures they become."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.models.measures import Grounds, Problem

EXCEPTION = ("exception", "exception_problem", "exception_words")


class Excepted(models.Model):
    """All three or none of them."""

    exception = models.CharField(
        _("exception because of"), max_length=14, choices=Grounds.choices, blank=True, default=""
    )
    exception_problem = models.CharField(
        _("problem that came of it"), max_length=10, choices=Problem.choices, blank=True, default=""
    )
    exception_words = models.CharField(
        _("why the household cannot bear it"), max_length=200, blank=True, default=""
    )

    class Meta:
        abstract = True

    def exception_facts(self):
        return {name: getattr(self, name) for name in EXCEPTION}


def exception_is_whole(name):
    return models.CheckConstraint(
        condition=Q(exception="", exception_problem="", exception_words="")
        | ~(Q(exception="") | Q(exception_problem="") | Q(exception_words="")),
        name=name,
    )
