"""Forms for papers: files with their kind, and the reason why one is taken out."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from monitoring.procedures import PaperKind

MOST_AT_ONCE = 20
TAKEN = "image/jpeg,image/png,image/webp,application/pdf"


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files under one name; ``clean`` gives a list."""

    widget = ManyFiles(attrs={"accept": TAKEN})

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        if len(files) > MOST_AT_ONCE:
            words = ngettext_lazy(
                "At most %(most)d file at a time.", "At most %(most)d files at a time."
            )
            raise forms.ValidationError(words % {"most": MOST_AT_ONCE})
        return files


class PapersForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind of paper"), choices=PaperKind.choices)
    files = FilesField(
        label=_("photos or PDF"),
        help_text=_(
            "JPEG, PNG, WebP up to 12 MB, PDF up to 20 MB. Where a photo was taken is left out."
        ),
        error_messages={
            "required": _("Choose the files."),
            "empty": _("A chosen file is empty. Scan or photograph it again."),
        },
    )


class CoverForm(forms.Form):
    """The signed cover sheet, one file for all cases of a list."""

    file = forms.FileField(
        label=_("signed cover sheet, photo or PDF"),
        widget=forms.FileInput(attrs={"accept": TAKEN}),
        error_messages={"required": _("Choose the files.")},
    )


class TakeOutForm(forms.Form):
    because = forms.CharField(
        label=_("reason"),
        max_length=200,
        error_messages={"required": _("Say why the paper is taken out.")},
        help_text=_("For example: it shows another household."),
    )
