"""Marks that monitoring sets on households, for pages of any room: ``{% load marks %}``."""

from dataclasses import dataclass

from django import template

from monitoring.models import Assessment, RedFlag, Run

register = template.Library()


@dataclass(frozen=True)
class Marks:
    """The open red flag of a household and its latest analysis; None where there is none."""

    flag: RedFlag | None = None
    assessment: Assessment | None = None


@register.simple_tag(takes_context=True)
def marks_of(context, households):
    """``{% marks_of page as marks %}``: household id -> Marks, in two queries however many."""
    post = context.get("post")
    ids = [household.id for household in households]
    if post is None or not ids or not post.sees_section("assessment"):
        return {}
    flags = {flag.household_id: flag for flag in RedFlag.objects.open().filter(household__in=ids)}
    rows = Assessment.objects.filter(household__in=ids, run__name="", run__state=Run.State.FROZEN)
    latest = rows.select_related("run").order_by("household", "-run__month").distinct("household")
    shown = latest.only("household", "tier", "run__month", "run__name")  # of a hundred columns
    judged = {row.household_id: row for row in shown}
    return {pk: Marks(flags.get(pk), judged.get(pk)) for pk in ids}


@register.simple_tag(takes_context=True)
def marks_of_one(context, household):
    """The marks of the household of a page, asked once however many parts show them."""
    if not hasattr(household, "marks"):
        household.marks = marks_of(context, [household]).get(household.id, Marks())
    return household.marks


@register.filter
def of(marks, household):
    """``{{ marks|of:household }}``."""
    return marks.get(household.id, Marks()) if marks else Marks()
