"""Pages of one act: a need published, an offer checked, a match made, delivered, ended."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from assistance.models import SocialMatch
from assistance.social import forms, matching, needs, offers
from assistance.social.asking import asked, need_office, sent
from assistance.social.matching import plain
from assistance.social.views import described, visible_need, visible_offer
from households.photos import checked_photo


def _now(request):
    return {"by": request.post, "at": timezone.now()}


def _of_need(request, found, form, act, words):
    def acted(**facts):
        act(found, **facts, **_now(request))
        messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
        return redirect("social_need", found.pk)

    words = {"text": f"{described(found)}: {found.words}"} | words
    return asked(request, form, acted, words | {"back": reverse("social_need", args=[found.pk])})


@post_required("match_offers")
def publish(request, pk):
    found = visible_need(request, pk)
    initial = {"version": found.version, "public_words": found.public_words}
    form = forms.PublishForm(sent(request), initial=initial)
    words = {"title": _("Publish the need"), "act": _("Publish the need")}
    words["warning"] = _("Everybody can read it. The place shown is the village only where many"
                         " helped households live, else township or county.")  # fmt: skip
    return _of_need(request, found, form, needs.publish_need, words)


@post_required("carry_measures")
def close_need(request, pk):
    found = visible_need(request, pk)
    form = forms.ReasonForm(sent(request), initial={"version": found.version})
    words = {"title": _("Close the need"), "act": _("Close the need")}
    return _of_need(request, found, form, needs.close_need, words)


def _of_offer(request, pk, kind, act, words):
    found = visible_offer(request, pk)
    form = kind(sent(request), initial={"version": found.version})

    def acted(**facts):
        act(found, **facts, **_now(request))
        messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
        return redirect("social_offer", found.pk)

    words = {"text": f"{found}: {described(found)}"} | words
    return asked(request, form, acted, words | {"back": reverse("social_offer", args=[found.pk])})


@post_required("match_offers")
def accept(request, pk):
    words = {"title": _("Accept the offer"), "act": _("Accept the offer")}
    words["warning"] = _("Call the giver first: is the offer meant, and is the giver who they say?")
    return _of_offer(request, pk, forms.RemarkForm, offers.accept_offer, words)


@post_required("match_offers")
def refuse(request, pk):
    words = {"title": _("Refuse the offer"), "act": _("Refuse the offer")}
    words["warning"] = _("The giver reads the reason.")
    return _of_offer(request, pk, forms.ReasonForm, offers.refuse_offer, words)


@post_required("match_offers")
def close_offer(request, pk):
    words = {"title": _("Close the offer"), "act": _("Close the offer")}
    return _of_offer(request, pk, forms.ReasonForm, offers.close_offer, words)


@post_required("match_offers")
def match(request, pk, offer):
    found, given = visible_need(request, pk), visible_offer(request, offer)
    form = forms.MatchForm(sent(request), initial={"amount": min(found.left, given.left)})

    def acted(**facts):
        matching.match(found, given, **facts, **_now(request))
        messages.success(request, _("Matched. It stands among the measures of the household."))
        return redirect("social_need", found.pk)

    said = {"giver": given, "unit": found.unit, "need": plain(found.left)}
    words = {"title": _("Match need and offer"), "act": _("Match them")}
    words["text"] = _(
        "%(giver)s offers %(offer)s %(unit)s more; %(need)s %(unit)s are still needed."
    ) % (said | {"offer": plain(given.left)})
    return asked(request, form, acted, words | {"back": reverse("social_need", args=[found.pk])})


def visible_match(request, pk):
    need_office(request.post)
    rows = SocialMatch.objects.visible_to(request.post)
    return get_object_or_404(rows.select_related("need__household", "offer"), pk=pk)


def _of_match(request, found, form, act, words):
    def acted(**facts):
        if facts.get("photo"):
            facts["photo"], _taken_at = checked_photo(facts["photo"])
        act(found, **facts, **_now(request))
        messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
        return redirect("social_need", found.need_id)

    said = {"giver": found.offer, "amount": plain(found.amount), "unit": found.need.unit}
    words = {"text": _("%(giver)s: %(amount)s %(unit)s") % said} | words
    return asked(
        request, form, acted, words | {"back": reverse("social_need", args=[found.need_id])}
    )


@post_required("carry_measures")
def deliver(request, pk):
    found = visible_match(request, pk)
    initial = {"on": timezone.localdate(), "amount": found.left}
    files = request.FILES if request.method == "POST" else None
    form = forms.DeliveryForm(sent(request), files, initial=initial)
    words = {"title": _("Record a delivery"), "act": _("Record the delivery")}
    return _of_match(request, found, form, matching.deliver, words)


@post_required("match_offers")
def give_up(request, pk):
    words = {"title": _("The rest does not come"), "act": _("End the match")}
    words["warning"] = _("Need and offer have the rest back. What was delivered stays.")
    form = forms.BecauseForm(sent(request))
    return _of_match(request, visible_match(request, pk), form, matching.give_up, words)


@post_required("carry_measures")
def answer(request, pk):
    found = visible_match(request, pk)
    initial = {"result_words": found.result_words, "thanks": found.thanks}
    words = {"title": _("Result and thanks"), "act": _("Record result and thanks")}
    form = forms.AnswerForm(sent(request), initial=initial)
    return _of_match(request, found, form, matching.answer, words)
