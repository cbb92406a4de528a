from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from feeds.kinds import KINDS
from feeds.uploading import check_days


def _day(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **kwargs)


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of data"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(".xlsx or .csv with resident ID and name, columns in any order."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    as_of = _day(
        gettext_lazy("Describes the day"),
        help_text=gettext_lazy("The last day of the period; empty if the file's title says it."),
    )
    begins = _day(
        gettext_lazy("First day of the period"),
        help_text=gettext_lazy("Only for payments."),
    )

    def __init__(self, kinds, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["kind"].choices = [(kind.code, kind.words) for kind in kinds]
        if not any(kind.period for kind in kinds):
            del self.fields["begins"]

    def clean_kind(self):
        return KINDS[self.cleaned_data["kind"]]

    def clean(self):
        given = super().clean()
        if not self.errors:
            given.setdefault("begins", None)
            if not given["kind"].period:
                given["begins"] = None
            check_days_of_form(self, given)
        return given


def check_days_of_form(form, given):
    try:
        check_days(given["kind"], given["begins"], given["as_of"], form.today)
    except Refused as refusal:
        form.add_error("begins" if given["kind"].period and not given["begins"] else "as_of",
                       str(refusal))  # fmt: skip


class ColumnsForm(forms.Form):
    """Which column of the file means what; proposed, to be confirmed."""

    as_of = forms.DateField(
        label=gettext_lazy("Describes the day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, upload, *args, **kwargs):
        proposed = {f"column_{field}": name for field, name in upload.columns.items()}
        super().__init__(*args, initial={"as_of": upload.as_of, **proposed}, **kwargs)
        names = [(name, name) for name in upload.preview.get("names", []) if name]
        self.of_columns = []
        for column in upload.row.all_columns:
            needed = column.field in upload.row.needed
            blank = _("choose a column") if needed else _("not in the file")
            self.fields[f"column_{column.field}"] = forms.ChoiceField(
                label=column.title,
                required=needed,
                choices=[("", blank), *names],
            )
            self.of_columns.append(f"column_{column.field}")

    def columns(self):
        """Field -> name of the column, of those that were chosen."""
        chosen = {name.removeprefix("column_"): self.cleaned_data[name] for name in self.of_columns}
        return {field: name for field, name in chosen.items() if name}

    def bound_columns(self):
        return [self[name] for name in self.of_columns]


class UndoForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why is it taken back?"), max_length=200, widget=forms.Textarea
    )
