"""What a visit should find out first: what was wrong the last time, then what nobody knows."""

from django.utils.translation import gettext as _

from households.models.choices import Labour, Secure

WORKING_AGE = range(16, 66)


def questions_first(form):
    """``(sentence, id of the field)`` for each; what is known to be wrong comes first."""
    known = form.known
    return [
        *(wrong for wrong in _wrong(known)),
        *_of_children(form, known),
        *_of_events(form),
        *(unknown for unknown in _unknown(known)),
        *_of_members(form, known),
    ]


def _wrong(known):
    sentences = {
        "food": _("Food was not secure the last time. How is it now?"),
        "clothing": _("Clothing was not secure the last time. How is it now?"),
        "medical": _("Medical care is not secure by what is known. Who is affected now?"),
        "housing": _("The house is dangerous or has defects. Was it repaired?"),
        "water": _("The drinking water falls short. What is lacking now?"),
    }
    for name, sentence in sentences.items():
        if known[name] in (Secure.AT_RISK, Secure.INSECURE):
            yield sentence, f"id_{name}"


def _of_children(form, known):
    for child in form.children:
        said, target = known[f"school_{child.id}"], f"id_school_{child.id}"
        if said == "left" and not child.school_exemption:
            yield _("%(name)s had left school. Is the child back?") % {"name": child.name}, target
        elif said == "at_risk":
            yield _("Might %(name)s still drop out?") % {"name": child.name}, target
        elif not said:
            yield _("Does %(name)s go to school?") % {"name": child.name}, target


def _of_events(form):
    for event in form.open_events:
        told = {"what": event.what, "day": event.happened_on}
        if event.causes_risk is None:
            yield (
                _("%(what)s of %(day)s: does it put the family at risk?") % told,
                f"id_judged_{event.id}",
            )
        elif event.causes_risk:
            yield _("%(what)s of %(day)s: is it made good?") % told, f"id_resolved_{event.id}"


def _unknown(known):
    sentences = {
        "food": _("Does the family have enough to eat?"),
        "clothing": _("Does the family have clothes for every season?"),
        "medical": _("Is everybody insured, and every illness treated?"),
        "housing": _("Is the house safe?"),
        "water": _("Is the drinking water safe and enough all year?"),
        "hazard_spot": _("Is the house in or near a hazard spot?"),
    }
    for name, sentence in sentences.items():
        if not known[name]:
            yield sentence, f"id_{name}"


def _of_members(form, known):
    for member in form.members:
        name = {"name": member.name}
        if not known[f"health_{member.id}"]:
            yield (
                _("Does %(name)s have a major or chronic illness?") % name,
                f"id_health_{member.id}",
            )
        age = member.age_on(form.today)
        if age is not None and age not in WORKING_AGE:
            continue
        labour, months = known[f"labour_{member.id}"], known[f"work_months_{member.id}"]
        if not labour:
            yield _("Can %(name)s work?") % name, f"id_labour_{member.id}"
        elif labour not in (Labour.LOST, Labour.NONE) and not months:
            yield (
                _("How many months did %(name)s work in the last year?") % name,
                f"id_work_months_{member.id}",
            )
