"""The button above a table: its workbook becomes a job of the post that asks."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.refusals import Refused
from jobs.tables.making import ask_for_table
from jobs.tables.page import address_of, found_on


@require_POST
@post_required()
def ask_table(request):
    """Asks only for what the page shows to this post now; afterwards one is on that page again."""
    path, query = request.POST.get("path", ""), request.POST.get("query", "")
    address = address_of(path, request.POST.get("part", ""))
    try:
        found_on(address, query, request.post)
        ask_for_table(address=address, query=query, by=request.post, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The workbook is being made. It will be among your messages; you may go on.")
        messages.success(request, said)
    return redirect(f"{path}?{query}" if query else path)
