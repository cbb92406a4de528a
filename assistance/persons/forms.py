from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from assistance.forms import line
from assistance.persons.handing import Why
from assistance.persons.missing import ROLES

MOST = 400  # officers on offer


def candidates(by, place):
    """Posts that may take households over: open ones in ``place`` and right above it."""
    above = [pk for pk in (place.township_id, place.county_id) if pk]
    rows = (
        Post.objects.visible_to(by)
        .open_on(timezone.localdate())
        .filter(
            Q(**{f"division__{place.level_column}": place.pk}) | Q(division__in=above),
            role__in=ROLES,
            officer__is_active=True,
            deputy_of=None,
        )
    )
    rows = rows.select_related("officer", "division")
    return rows.order_by("-division__level", "division__code", "officer__name", "id")


class HandOverForm(forms.Form):
    why = forms.ChoiceField(label=_("Kind of reason"), choices=Why.choices)
    because = line(_("Reason"), help_text=_("Kept in the history with your name."))
    to_post = forms.ModelChoiceField(
        label=_("To whom"), queryset=Post.objects.none(), empty_label=""
    )

    def __init__(self, *args, by, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_post"].queryset = candidates(by, place)
        self.fields["to_post"].label_from_instance = lambda post: (
            f"{post.officer.name}, {post.division.name} {post.label}"
        )
