"""What a bulletin asks of the counties, as tasks."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from duties.kinds import Kind, add_kind


def _page(task):
    return reverse("bulletin", args=[task.figures["bulletin"]])


def _shown(task):
    return (
        ngettext(
            "The draft of the bulletin names you for %(figures)d figure. Object with proof, or "
            "say that you have seen it.",
            "The draft of the bulletin names you for %(figures)d figures. Object with proof, or "
            "say that you have seen it.",
            task.figures["figures"],
        )
        % task.figures
    )


def _urged(task):
    return (
        ngettext(
            "The bulletin names you for %(figures)d figure. Answer what was done about it.",
            "The bulletin names you for %(figures)d figures. Answer what was done about each.",
            task.figures["figures"],
        )
        % task.figures
    )


def add_kinds():
    add_kind(
        "bulletin_shown",
        Kind(
            words=_("draft of the bulletin"),
            todo=_("Look at the figures that you are named for."),
            clause="AH 6",
            role="county",
            days=5,
            outcomes={"seen": _("seen, no objection"), "objected": _("objected")},
            page=_page,
            told=_shown,
        ),
    )
    add_kind(
        "urging",
        Kind(
            words=_("urging notice"),
            todo=_("Answer what was done."),
            clause="AH 6",
            role="county",
            days=10,
            outcomes={"answered": _("answered")},
            page=_page,
            told=_urged,
        ),
    )
    add_kind(
        "bulletin",
        Kind(
            words=_("quarterly bulletin"),
            todo=_("Read the bulletin of the province."),
            clause="AH 6",
            role="county",
            days=10,
            outcomes={"read": _("read")},
            page=_page,
        ),
    )
