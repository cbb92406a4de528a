"""What auditors read: who looked at masked values, and who changed whose rights."""

from django.shortcuts import render

from accounts.entry import post_required
from accounts.models import AccountAct, Reveal
from accounts.paging import page_of


@post_required("read_logs")
def reveals(request):
    rows = Reveal.objects.visible_to(request.post).select_related(
        "post__officer",
        "post__division",
        "post__deputy_of__officer",
        "division__city",
        "division__county",
    )
    context = {"page": page_of(rows, request.GET, order=("-at", "-id"))}
    return render(request, "accounts/reveals.html", context)


@post_required("read_logs")
def account_acts(request):
    rows = AccountAct.objects.visible_to(request.post).select_related(
        "post__officer", "post__division", "post__deputy_of__officer", "officer", "division"
    )
    context = {"page": page_of(rows, request.GET, order=("-at", "-id"))}
    return render(request, "accounts/account_acts.html", context)
