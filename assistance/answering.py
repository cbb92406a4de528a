"""Does every risk have a measure that answers it, and is every open measure accounted for?

What the closing guard asks (domain.md 4). ``rules`` are pairs ``(code, kinds that answer it)``, as
``(rule.code, rule.answered_by)``. Measures of the national export do not count here: they are words
of a household ("产业帮扶") that name no risk, no day and no result.
"""

from django.utils import timezone

from assistance.models import Measure


def unanswered(household, rules, since, on=None):
    """The codes of ``rules`` that no measure answers, in their order.

    A measure answers a rule that it names in ``answers`` or whose kinds hold its own. It counts
    when it has begun by ``on`` (today), and is open or was *done* on or after ``since``, the day of
    the flag. What was stopped, refused or entered by mistake answers nothing.
    """
    return unanswered_of({household.pk: (rules, since)}, on)[household.pk]


def unanswered_of(wanted, on=None):
    """As ``unanswered``, in one query: ``{household id: (rules, since)}`` -> ``{id: [codes]}``."""
    on = on or timezone.localdate()
    helping = _helping(wanted, on)
    return {
        household: [
            code
            for code, kinds in rules
            if not any(
                measure.answers_rule(code, kinds, since, on) for measure in helping[household]
            )
        ]
        for household, (rules, since) in wanted.items()
    }


def _helping(wanted, on):
    helping = {household: [] for household in wanted}
    if not wanted:
        return helping
    earliest = min(since for _rules, since in wanted.values())
    rows = Measure.objects.filter(household__in=wanted).helped_since(earliest, on).order_by()
    for measure in rows.only("household_id", "kind", "answers", "started_on", "ended_on", "result"):
        helping[measure.household_id].append(measure)
    return helping


def open_without_reason(household, on):
    """Measures that are open past their time, or without one, and nobody says why."""
    return Measure.objects.filter(household=household).open_without_reason(on)


def open_without_reason_of(households, on):
    """As ``open_without_reason``, in one query: ids -> ``{id: [measures]}``, each id a key."""
    found = {household: [] for household in households}
    for measure in Measure.objects.filter(household__in=found).open_without_reason(on):
        found[measure.household_id].append(measure)
    return found
