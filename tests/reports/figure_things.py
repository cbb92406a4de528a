"""A June with something to count for every figure, made of rows as they stand in the database."""

from datetime import date, datetime, time

from assistance.models import Grant, Measure
from duties.models import Task
from feeds.kinds import KINDS
from feeds.models import FeedUpload
from households.models import Fault, Waiver
from households.quality.check import ERROR, WARNING
from households.quality.checks import codes_of
from monitoring.models import (
    Burden,
    Campaign,
    CampaignLine,
    CaseAct,
    Clue,
    ClueSource,
    Enquiry,
    What,
)
from tests.assistance.money import fund_of
from tests.cast import SHANGHAI
from tests.monitoring.desks import lying

BEFORE, AFTER = date(2020, 5, 20), date(2020, 7, 3)
PLACES = ("province", "city", "county", "township", "village")


def day(number, month=6):
    return date(2020, month, number)


def noon(on):
    return datetime.combine(on, time(12), SHANGHAI)


def line_of(place):
    return {f"{name}_id": getattr(place, f"{name}_id") for name in PLACES}


def screened(cast):
    """Two lists; of one household the answer came in July, one left the list."""
    made = Campaign.objects.create(
        kind="screening", division=cast.county.division, since=day(1), until=day(30),
        opened_by=cast.county, opened_at=noon(day(2)),
    )  # fmt: skip
    other = Campaign.objects.create(
        kind="edge", division=cast.county.division, since=day(1), until=day(30),
        opened_by=cast.county, opened_at=noon(day(2)),
    )  # fmt: skip
    given = [
        ("done", "no_risk", day(9)), ("done", "no_risk", day(10)), ("look", "risk", day(11)),
        ("look", "excused", day(12)), ("answer", "", None), ("done", "no_risk", AFTER),
        ("dropped", "", None), ("answer", "risk", day(13)),
    ]  # fmt: skip
    for state, answer, on in given:
        home = cast.household(status="general")
        CampaignLine.objects.create(
            campaign=made, household=home, state=state, answer=answer,
            answered_at=on and noon(on), answered_by=on and cast.village,
            **line_of(cast.village.division),
        )  # fmt: skip
    CampaignLine.objects.create(
        campaign=other, household=cast.household(status="edge"), **line_of(cast.village.division)
    )


def burdened(cast):
    for code, month, figures in (
        ("341524105207", day(1), (30, 12, 9, 4, 20, 5, 600)),
        ("341525100201", day(1), (10, 1, 3, 1, 7, 0, 0)),
        ("341524105207", day(1, 5), (99, 99, 99, 99, 99, 99, 99)),
    ):
        names = ("answers", "again", "asked", "twice", "requests", "timed", "seconds")
        Burden.objects.create(
            month=month, **line_of(cast.divisions[code]), **dict(zip(names, figures, strict=True))
        )


def passed(cast):
    """Steps of two kinds; one is late, one was returned, one only reminded, one was in July."""
    for procedure, step, since, on, due in (
        ("tier", 0, day(8), day(9), day(12)),
        ("closing_exited", 0, day(1), day(12), day(10)),
        ("tier", 1, day(8), day(11), day(12)),
        ("tier", 1, day(8), AFTER, day(12)),
    ):
        case = lying(cast, procedure, step)
        CaseAct.objects.create(
            case=case, step=step, what=What.PASSED, by=cast.village, at=noon(on),
            waited_since=noon(since), due_on=due,
        )  # fmt: skip
    CaseAct.objects.create(case=case, step=1, what=What.REMINDED, at=noon(day(9)))


def told(cast):
    """Clues of two channels, checked in time, late and not at all."""
    for channels, due, ended in (
        (["village"], day(10), day(9)),
        (["department", "village"], day(10), day(12)),
        (["department"], day(11), None),
        (["household"], AFTER, None),
    ):
        home = cast.household()
        clue = Clue.objects.create(
            household=home, village=home.village, found_on=day(3), last_found_on=day(3),
            due_on=day(20),
        )  # fmt: skip
        for channel in channels:
            ClueSource.objects.create(clue=clue, channel=channel, at=noon(day(3)))
        task(cast, "clue_check", clue.pk, due, ended, household=home)


def task(cast, kind, key, due, ended=None, **facts):
    facts = {"at": cast.village.division, "role": "village"} | facts
    Task.objects.create(
        kind=kind, key=str(key), opened_at=noon(day(1)), due_on=due,
        ended_at=ended and noon(ended), outcome="done" if ended else "", **facts,
    )  # fmt: skip


def faulty(cast):
    home, wrong, warned = cast.household(), codes_of(ERROR), codes_of(WARNING)[0]
    for code, found, fixed, waived in (
        (wrong[0], day(9), None, None),
        (wrong[1], day(9, 5), AFTER, None),
        (wrong[2], day(1, 1), None, None),
        (wrong[3], day(1), day(11), None),
        (wrong[4], day(9), None, AFTER),
        (warned, day(9), None, None),
    ):
        fault = Fault.objects.create(
            household=home, code=code, found_on=found, fixed_on=fixed, waived_until=waived
        )
        if waived:
            Waiver.objects.create(
                fault=fault, because="?", until=waived, by=cast.county, at=noon(day(12))
            )


def helped(cast):
    """Measures of two departments, and money of June: once at once, not filed by its end."""
    home = cast.household()
    for department, begun, due, ended, result, because in (
        ("housing", day(2), day(20), None, "", ""),
        ("housing", BEFORE, day(20), None, "", "等待验收"),
        ("housing", BEFORE, None, day(8), "done", ""),
        ("education", BEFORE, AFTER, day(9), "refused", ""),
        ("education", day(3), AFTER, None, "", ""),
        ("education", AFTER, AFTER, None, "", ""),
    ):
        made = cast.measure(home, department=department, started_on=begun)
        Measure.objects.filter(pk=made.pk).update(
            due_on=due,
            ended_on=ended,
            result=result,
            open_because=because,
            result_words="不再需要" if result == "refused" else "",
        )
    fund = fund_of(cast)
    for number, (amount, on, urgent, filed) in enumerate(
        (("500.50", day(4), False, None), ("300", day(5), True, AFTER), ("70", AFTER, False, None))
    ):
        Grant.objects.create(
            number=f"助{number}", fund=fund, household=home, need="illness", words="住院",
            amount=amount, payee="本人", urgent=urgent, state="paid", applied_by=cast.village,
            applied_at=noon(day(1)), paid_on=on, filed_at=filed and noon(filed),
            filing_paper="备1" if filed else "",
        )  # fmt: skip


def departed(cast):
    """Questions to education, files of it, its tasks."""
    case = lying(cast, "tier", 1)
    for asked, due, answered, withdrawn in (
        (day(1), day(8), day(5), None),
        (day(2), day(8), day(10), None),
        (day(3), day(9), AFTER, None),
        (day(3), day(9), None, day(4)),
        (AFTER, date(2020, 7, 9), None, None),
    ):
        Enquiry.objects.create(
            case=case, department="education", asked_at_division=cast.county.division,
            question="?", asked_by=cast.county, asked_at=noon(asked), due_on=due,
            answer="无" if answered else "", answered_at=answered and noon(answered),
            withdrawn_at=withdrawn and noon(withdrawn), answered_by=answered and cast.education,
        )  # fmt: skip
    for number, (on, rows, matched) in enumerate(
        ((day(5), 40, 30), (day(9), 10, 10), (AFTER, 9, 1))
    ):
        FeedUpload.objects.create(
            kind=KINDS["low_income"].number, department="education",
            division=cast.county.division, file_name=f"{number}.xlsx", digest=f"{number}",
            state="loaded", as_of=on, asked_by=cast.education, asked_at=noon(on),
            loaded_at=noon(on), counts={"rows": rows, "matched": matched},
        )  # fmt: skip
    desk = {"at": cast.county.division, "role": "department", "department": "education"}
    task(cast, "request", 1, day(9), day(8), **desk)
    task(cast, "request", 2, day(9), **desk)


def everything(cast):
    for make in (screened, burdened, passed, told, faulty, helped, departed):
        make(cast)
