"""When a department takes a file back: what its comparison asked is asked no more (decision 95).

A clue that nobody has touched ends with the file, and one that has other sources stays with those.
One that was checked, a register that was kept, a flag and a case opened on a fact of the file stand
on it.
"""

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from feeds.undoing import TOUCHED, also_leaves_uploads, also_stands_on_uploads, in_words
from households.national.undoing import SHOWN
from monitoring.clues.moving import end
from monitoring.comparison.calling import ask_for_comparison
from monitoring.comparison.rules import rules_of
from monitoring.comparison.running import hold_province
from monitoring.models import Case, Clue, ClueAnswer, ClueSource, ClueState, Difference, RedFlag


def differences_of(upload):
    """What was found since it was taken in; no younger file of its kind stands in the area."""
    rules = rules_of(upload.row.code)
    adding_up = [rule.code for rule in rules if rule.source == "payments"]
    return Difference.objects.filter(
        Q(on=upload.as_of) | Q(rule__in=adding_up),
        rule__in=[rule.code for rule in rules],
        department=upload.department,
        found_at__gte=upload.loaded_at,
        **{f"household__{upload.division.level_column}": upload.division_id},
    )


def _sources(upload):
    asked = [f"{d.rule} {d.pk} {d.mark}"[:60] for d in differences_of(upload)]
    return ClueSource.objects.filter(
        channel="department", reference__in=asked, at__gte=upload.loaded_at
    )


def _clues_of(sources):
    """Those that nobody else told of."""
    others = ClueSource.objects.filter(clue=OuterRef("pk")).exclude(pk__in=sources)
    return Clue.objects.filter(sources__in=sources).exclude(Exists(others)).distinct()


UNTOUCHED = Q(state=ClueState.CHECK, version=1)


@also_stands_on_uploads
def stands_on(cursor, upload):
    cursor.execute(f"SELECT DISTINCT id FROM ({TOUCHED}) touched", {"upload_id": upload.pk})
    touched = [pk for (pk,) in cursor.fetchall()]
    judged = Q(opened_by__asked_at__gte=upload.loaded_at) | Q(
        opened_by__frozen_at__gte=upload.loaded_at
    )
    opened = Case.objects.filter(household__in=touched, opened_at__gte=upload.loaded_at)
    return [
        (_("clues looked at"), _numbers(_clues_of(_sources(upload)).exclude(UNTOUCHED))),
        (_("differences answered"), _numbers(differences_of(upload).filter(state="kept"))),
        (_("red flags"), _numbers(RedFlag.objects.filter(judged, household__in=touched))),
        (_("cases"), _numbers(opened)),
    ]


def _numbers(rows):
    found = rows.order_by("household__number").values_list("household__number", flat=True)
    return list(found.distinct()[:SHOWN])


@also_leaves_uploads
def leave(upload, *, at):
    """Clues and differences first, then the kind is compared anew without the file."""
    with connection.cursor() as cursor:
        hold_province(cursor, upload.division)
        if built := [row for row in stands_on(cursor, upload) if row[1]]:
            raise Refused(in_words(built))
    sources = _sources(upload)
    found = _clues_of(sources).values("pk")
    own = list(Clue.objects.filter(pk__in=found).select_for_update().order_by("pk"))
    because = _("%(department)s took %(file)s back.") % {
        "department": upload.get_department_display(), "file": upload.file_name
    }  # fmt: skip
    for clue in own:
        end(clue, ClueAnswer.WITHDRAWN, because=because, by=None, at=at, outcome="withdrawn")
    sources.exclude(clue__in=own).delete()
    differences_of(upload).delete()
    ask_for_comparison(upload.division, feed=upload.row.code, upload=upload, again=True, at=at)
