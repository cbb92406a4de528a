"""The form of a proof: what it proves, and the file."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from assistance.checks import MeasureRefusal
from assistance.models import Grounds
from households.papers.files import checked_paper

TAKEN = "image/jpeg,image/png,image/webp,application/pdf"


def proof_field(**kwargs):
    return forms.FileField(
        label=gettext_lazy("Proof: photo or PDF"),
        widget=forms.FileInput(attrs={"accept": TAKEN}),
        help_text=gettext_lazy(
            "For example: certificate of the disaster, hospital bill. JPEG, PNG, WebP up to 12 MB,"
            " PDF up to 20 MB."
        ),
        error_messages={"required": gettext_lazy("Choose the file.")},
        **kwargs,
    )


class ProofForm(forms.Form):
    """``standing``: the grounds that a proof may be of; asked only where there are two."""

    grounds = forms.ChoiceField(label=gettext_lazy("What it proves"))
    file = proof_field()

    def __init__(self, *args, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grounds"].choices = [(code, Grounds(code).label) for code in standing]
        if len(standing) == 1:
            del self.fields["grounds"]


def check_proof(form):
    """In ``clean``: a proof is of an exception that stands beside it."""
    data = form.cleaned_data
    if data.get("proof") and not data.get("exception"):
        form.add_error("exception", _("Say which exception the file proves."))


def looked_at(upload, field="file"):
    """What ``papers.add_paper`` takes of a file; refused with a sentence beside the field."""
    try:
        file, name, digest = checked_paper(upload)
    except Refused as refusal:
        raise MeasureRefusal(str(refusal), field) from None
    return {"file": file, "name": name, "digest": digest}


class TakeOutForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Reason"), max_length=150, widget=forms.Textarea(attrs={"rows": 3})
    )
