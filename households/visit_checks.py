"""What must fit together in a visit's answers. Each refusal says where, and what is missing."""

from django.utils.translation import gettext as _

from households.models.choices import HouseGrade, Method, Secure
from households.visit_answers import HOUSING_PARTS, MEDICAL_PARTS
from households.visit_known import YES


def check_answers(form, given):
    given["visited_on"] = given.get("visited_on") or form.today
    if not given.get("method"):
        given["method"] = Method.IN_PERSON
    if given.get("unchanged"):
        check_unchanged(form, given)
    check_day(form, given)
    for child in form.children:
        check_child(form, given, child)
    check_medical(form, given)
    check_housing(form, given)
    check_water(form, given)
    check_leavers(form, given)
    given["joined"] = newcomers(form, given)
    given["events"] = events(form, given)
    given["resolved"] = resolved(form, given)
    given["judged"] = {
        event.id: given[f"judged_{event.id}"] == YES
        for event in form.open_events
        if given.get(f"judged_{event.id}")
    }
    given["money"] = money(given)


def check_unchanged(form, given):
    if form.last_visit is None:
        form.add_error(
            "unchanged", _("There is no earlier visit to compare with. Answer the questions below.")
        )
    elif given["touched"]:
        form.add_error(
            "unchanged",
            _("Some answers were changed. Save the whole record with the button at the bottom."),
        )


def check_day(form, given):
    if given["visited_on"] > form.today:
        form.add_error("visited_on", _("This day is still to come. Set the day of the visit."))


def check_child(form, given, child):
    said = given.get(f"school_{child.id}")
    if said in ("at_school", "at_risk") and not given.get(f"stage_{child.id}"):
        form.add_error(
            f"stage_{child.id}", _("Say which school %(name)s goes to.") % {"name": child.name}
        )


def check_medical(form, given):
    if not given["touched"] & set(MEDICAL_PARTS):
        return
    said = given.get("medical")
    insecure = given.get("uninsured") or given.get("untreated")
    named = insecure or given.get("no_doctor")
    if said == Secure.INSECURE and not insecure:
        form.add_error(
            "medical",
            _("Tick below who has no basic medical insurance or cannot pay for treatment."),
        )
    elif said == Secure.AT_RISK and not named:
        form.add_error(
            "medical", _("Tick below whose chronic illness is without a family doctor contract.")
        )
    elif said == Secure.AT_RISK and insecure:
        form.add_error(
            "medical",
            _("Somebody is uninsured or untreated: that is insecure. Choose it, or untick them."),
        )
    elif said == Secure.SECURE and named:
        form.add_error(
            "medical", _("Somebody is ticked below. Untick them if medical care is secure by now.")
        )
    elif not said and named:
        form.add_error("medical", _("Somebody is ticked below. Say how medical care stands."))


def check_housing(form, given):
    if not given["touched"] & set(HOUSING_PARTS):
        return
    said, elsewhere = given.get("housing"), given.get("safe_home_elsewhere")
    unsafe_grade = given.get("house_grade") in (HouseGrade.C, HouseGrade.D)
    parents = given.get("parents_in_unsafe_house")
    if said in (Secure.SECURE, Secure.AT_RISK) and parents and not elsewhere:
        form.add_error(
            "housing",
            _("Old parents in an unsafe house count as dangerous (XC 4.4.18)."),
        )
    elif said in (Secure.SECURE, Secure.AT_RISK) and unsafe_grade and not elsewhere:
        form.add_error(
            "housing",
            _(
                "A house of grade C or D is dangerous. Set the new grade if it was repaired, or "
                "tick that the family lives in a safe home elsewhere."
            ),
        )
    elif said == Secure.INSECURE and elsewhere:
        form.add_error(
            "housing",
            _("The family lives in a safe home elsewhere: choose safe, or untick the safe home."),
        )


def check_water(form, given):
    if not given["touched"] & {"water", "water_lacking"}:
        return
    said, lacking = given.get("water"), given.get("water_lacking")
    if said == Secure.INSECURE and not lacking:
        form.add_error("water", _("Tick below what is lacking."))
    elif said and said != Secure.INSECURE and lacking:
        form.add_error("water", _("Something lacking is ticked below. Untick what is met by now."))
    elif not said and lacking:
        form.add_error("water", _("Something lacking is ticked below. Say how the water stands."))


def check_leavers(form, given):
    gone = [m for m in form.members if given.get(f"left_{m.id}")]
    for member in gone:
        on = given.get(f"left_on_{member.id}")
        if on and on > given["visited_on"]:
            form.add_error(f"left_on_{member.id}", _("This day is after the visit."))
    head_gone = any(member.relation == "head" for member in gone)
    head = given["new_head"]
    if head_gone and len(gone) < len(form.members) and (head is None or head in gone):
        form.add_error("new_head", _("The head is gone. Say who is head of the household now."))
    if head and not head_gone:
        form.add_error("new_head", _("Say first that the old head no longer lives here."))


def newcomers(form, given):
    rows = []
    for row in (1, 2):
        name = (given.get(f"joined_name_{row}") or "").strip()
        told = {key: given.get(f"joined_{key}_{row}") for key in ("relation", "sex", "born_on")}
        if not name and any(told.values()):
            form.add_error(f"joined_name_{row}", _("Say the name of the new member."))
        if not name:
            continue
        for key, sentence in (
            ("relation", _("Say how the new member is related to the head.")),
            ("born_on", _("Say when the new member was born.")),
        ):
            if not told[key] and f"joined_{key}_{row}" not in form.errors:
                form.add_error(f"joined_{key}_{row}", sentence)
        if told["born_on"] and told["born_on"] > given["visited_on"]:
            form.add_error(f"joined_born_on_{row}", _("This day is after the visit."))
        rows.append({"name": name, **told})
    return rows


def events(form, given):
    rows = []
    for row in (1, 2):
        told = {key: given.get(f"event_{key}_{row}") for key in ("on", "words", "loss", "risk")}
        kind, _colon, state = (given.get(f"event_kind_{row}") or "").partition(":")
        if not kind and any(value not in ("", None) for value in told.values()):
            form.add_error(f"event_kind_{row}", _("Say what happened."))
        if not kind:
            continue
        on = told["on"] or given["visited_on"]
        if on > given["visited_on"]:
            form.add_error(f"event_on_{row}", _("This day is after the visit."))
        rows.append(
            {
                "kind": kind,
                "case_state": state,
                "happened_on": on,
                "description": told["words"] or "",
                "loss": told["loss"],
                "causes_risk": (told["risk"] == YES) if told["risk"] else None,
            }
        )
    return rows


def resolved(form, given):
    days = {}
    for event in form.open_events:
        day = given.get(f"resolved_{event.id}")
        if day and day < event.happened_on:
            form.add_error(f"resolved_{event.id}", _("This day is before it happened."))
        elif day and day > given["visited_on"]:
            form.add_error(f"resolved_{event.id}", _("This day is after the visit."))
        elif day:
            days[event.id] = day
    return days


def money(given):
    """Only what was said: nothing said is not zero."""
    return {
        name.removeprefix("money_"): str(value)
        for name, value in given.items()
        if name.startswith("money_") and value is not None
    }
