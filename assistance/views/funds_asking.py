"""A page that asks before an act on money; a refusal stands on it, with what was typed."""

from django.shortcuts import render

from assistance.funds.refusals import FundRefusal


def sent(request):
    """What a form is made of: an empty one that was sent answers with its faults."""
    return request.POST if request.method == "POST" else None


def asked(request, form, act, words, template="confirm.html"):
    if request.method == "POST" and form.is_valid():
        facts = form.facts() if hasattr(form, "facts") else form.cleaned_data
        try:
            return act(**facts)
        except FundRefusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {**words, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
