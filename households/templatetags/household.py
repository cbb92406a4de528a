"""Parts of a household's page: ``{% load household %}``."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from households.cells import cells_of, kind_of, lead_of
from households.wording import plain

register = template.Library()

# Address -> words and the section that a post must see. A tab whose room is not there is left out.
TABS = {
    "household": (_("Overview"), ""),
    "household_why": (_("Why this tier"), "assessment"),
    "household_members": (_("Members"), "members"),
    "household_income": (_("Income and expenditure"), "income"),
    "household_visits": (_("Visits"), "visits"),
    "household_departments": (_("Department data"), ""),
    "household_plan": (_("Plan"), "history"),
    "household_measures": (_("Measures"), "measures"),
    "household_cases": (_("Cases"), "history"),
    "household_history": (_("History"), "history"),
}


@register.inclusion_tag("households/household/_tabs.html")
def household_tabs(household, post, current):
    """The tabs of a household's page, each with its address; ``current`` is the name of one."""
    counts = {
        "household_members": household.members.living_there().count,
        "household_visits": household.visits.count,
    }
    tabs = []
    for name, (words, section) in TABS.items():
        if section and not post.sees_section(section):
            continue
        try:
            url = reverse(name, args=[household.pk])
        except NoReverseMatch:
            continue
        number = counts[name]() if name in counts else None
        tabs.append({"url": url, "words": words, "number": number, "current": name == current})
    return {"tabs": tabs}


register.filter("status_words", kind_of)


@register.simple_tag
def list_cells(household, columns, marks):
    """The cells of a row of the list, after its first one."""
    return mark_safe("".join(cells_of(household, columns, marks or {})))


@register.simple_tag
def lead_cell(household, post):
    return lead_of(household, post.sees_section("members"))


@register.filter
def health_words(member):
    """Health in a few words, worst first; unknown when nobody has said anything."""
    words = []
    if member.major_illness:
        words.append(str(_("major illness")))
    if member.disabled:
        grade = member.disability_grade
        words.append(
            str(_("disabled, grade %(grade)s") % {"grade": grade} if grade else _("disabled"))
        )
    if member.chronic_illness:
        words.append(str(_("chronic illness")))
    if words:
        return str(_(", ")).join(words)
    known = [member.major_illness, member.chronic_illness, member.disabled]
    return "" if None in known else str(_("healthy"))


@register.filter
def occupation_words(member):
    """Where a member works or studies."""
    if member.school and member.school != "none":
        return member.school_words or member.get_school_display()
    if member.work_months:
        months = _("%(months)s months of work") % {"months": plain(member.work_months)}
        return str(_(", ")).join(filter(None, [str(member.work_place), str(months)]))
    if member.work_months == 0:
        return str(_("does not work"))
    return str(_("not at school")) if member.school == "none" and not member.labour else ""


@register.filter
def age_on(member, day):
    return member.age_on(day)


@register.filter
def may(post, ability):
    return post.may(ability)


@register.filter
def may_reveal(post, field):
    return post.may_reveal(field)


@register.filter
def section(post, name):
    return post.sees_section(name)
