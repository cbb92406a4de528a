"""Walking cases in tests: a fresh officer for every step, and what each step needs made true."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models.divisions import LEVEL_COLUMNS
from monitoring.cases import casework
from monitoring.cases import records as records
from monitoring.procedures import PROCEDURES, SUBJECTS
from tests.cast import NOW, TODAY

_files = count(1)
KINDS = {
    "exited": {"exited_class": "supported"},
    "exited_unlisted": {"exited_class": "supported"},
    "monitored": {"exited_class": "monitored", "listed_on": TODAY.replace(month=1)},
    "edge": {"status": "edge", "listed_on": TODAY.replace(month=1)},
    "unregistered": {"status": "general"},
    "farm": {"status": "general"},
}
PROPOSALS = {
    "tier": {"tier": "yellow"},
    "class_change": {"exited_class": "independent"},
}


def subject_of(cast, procedure, **facts):
    """A household that the procedure may be about, visited in person today."""
    row = PROCEDURES[procedure]
    household = cast.family(**(KINDS[row.subjects[0]] | facts))
    if "listing" in procedure:  # under the line, and with a risk
        household.hazard_spot = True
        household.save()
        household.incomes.update(wage=3000, business=0, property=0, transfer=0, expenses=0)
    assert any(SUBJECTS[name][1](household) for name in row.subjects)
    visit(cast, household)
    return household


def visit(cast, household, on=TODAY, **said):
    found = {"food": "secure", "clothing": "secure"} | said
    household.visits.create(
        client_id=uuid4(),
        visited_on=on,
        made_at=NOW,
        received_at=NOW,
        officer=cast.village.officer,
        post=cast.village,
        **({"method": "in_person"} | found),
    )


def officer_of(cast, household, step):
    """A new officer at the desk of ``step``, who has taken part in nothing."""
    division = getattr(household, LEVEL_COLUMNS[step.level][:-3])
    department = "education" if step.by_departments else ""
    return cast.post(step.role, division.code, department=department)


def opened(cast, procedure, at=NOW, household=None, by=None):
    household = household or subject_of(cast, procedure)
    first = PROCEDURES[procedure].variants[0].steps[0]
    return casework.open_case(
        procedure=procedure,
        household=household,
        proposal=PROPOSALS.get(procedure, {}),
        because="因大病住院，收入下降",
        by=by or officer_of(cast, household, first),
        at=at,
    )


def open_for_days(case, days=9):
    """As if the case had been opened so many days earlier."""
    type(case).objects.filter(pk=case.pk).update(opened_at=case.opened_at - timedelta(days=days))


def make_ready(cast, case, by, at=NOW):
    """Makes true what the case's step asks for, by the acts that officers would use."""
    step = case.at_step
    for kind in step.papers:
        put_paper(case, kind, by, at)
    needs = set(step.conditions)
    if needs & {"departments_asked", "departments_answered"} and not step.by_departments:
        enquiry = records.ask_department(
            case, department="education", question="有无失学儿童", by=by, at=at
        )
        if "departments_answered" in needs:
            answer(cast, enquiry, at)
    if "notice_over" in needs:
        put_paper(case, "notice_photo", by, at)
        open_for_days(case)
        up_on = timezone.localdate(at) - timedelta(days=6)
        notice = records.put_up_notice(
            case, place="村务公开栏", up_on=up_on, until=up_on + timedelta(days=6), by=by, at=at
        )
        records.take_down_notice(notice, down_on=timezone.localdate(at), by=by, at=at)
    if "democratic_majority" in needs:
        records.hold_democratic_review(
            case, held_on=timezone.localdate(at), place="村部", chair="李传明", in_favour=9,
            against=1, abstained=1, by=by, at=at,
        )  # fmt: skip
    if "class_standard" in needs:
        set_rural_average(cast)


def set_rural_average(cast):
    from monitoring.models import ParameterValue

    ParameterValue.objects.get_or_create(
        name="rural_average",
        territory=cast.province.division,
        since=TODAY.replace(month=1, day=1),
        defaults={"value": 15000, "set_by": cast.province, "set_at": NOW},
    )


def answer(cast, enquiry, at=NOW):
    department = cast.post(
        "department", enquiry.asked_at_division.code, department=enquiry.department
    )
    records.answer_enquiry(enquiry, answer="无异常", speaks_against=False, by=department, at=at)
    return department


def put_paper(case, kind, by, at=NOW):
    number = next(_files)
    file = ContentFile(b"%d" % number, name=f"{number}.pdf")
    return records.add_paper(
        case, kind=kind, file=file, name=f"{kind}.pdf", digest=f"{number:064d}", by=by, at=at
    )


def step_on(cast, case, at=NOW, by=None):
    """Passes one step by a fresh officer (or ``by``), everything made ready. Returns the case."""
    case.refresh_from_db()
    if case.at_step.by_departments:
        for enquiry in case.enquiries.open():
            answer(cast, enquiry, at)
        return refreshed(case)
    by = by or officer_of(cast, case.household, case.at_step)
    make_ready(cast, case, by, at)
    asks = {"national_number": "3415240001"} if "national_number" in case.at_step.asks else {}
    case.refresh_from_db()
    casework.pass_on(
        case, seen_version=case.version, because="情况属实", proposal=asks, by=by, at=at
    )
    return refreshed(case)


def refreshed(case):
    return type(case).objects.select_related("household", "waiting_at").get(pk=case.pk)


def walked(cast, case, to=None, at=NOW):
    """Walks the case to the step ``to``, or to its end. The opener passes the first step."""
    case = refreshed(case)
    while case.is_open and case.step != to:
        by = case.opened_by if case.step == 0 else None
        case = step_on(cast, case, at, by=by)
    return case
