"""Cases that lie on a desk already, put there at once: for lists, which look and do not decide."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models.divisions import LEVEL_COLUMNS
from monitoring.models import Case, CaseAct, What
from monitoring.procedures import PROCEDURES
from tests.monitoring.chains import KINDS, PROPOSALS

_numbers = count(1)


def lying(cast, procedure="tier", step=2, due=None, code="341524105207", **facts):
    """A case on the desk of ``step``, sent there by the township today."""
    row = PROCEDURES[procedure]
    variant = row.variants[-1]
    household = cast.household(code, **(KINDS[row.subjects[0]] | facts))
    cast.member(household, name=household.head_name, relation="head")
    now = timezone.now()
    case = Case.objects.create(
        procedure=procedure,
        variant=variant.code,
        number=f"{row.letter}-{code[:6]}-2020-{next(_numbers):04d}",
        household=household,
        step=step,
        waiting_at_id=getattr(household, LEVEL_COLUMNS[variant.steps[step].level]),
        waiting_role=variant.steps[step].role,
        arrived_at=now,
        due_on=due or timezone.localdate() + timedelta(days=30),
        opened_by=cast.village,
        opened_at=now,
        because="因大病住院，收入下降",
        proposal=PROPOSALS.get(procedure, {}),
        judged={"tier": "yellow"},
    )
    sent = {"what": What.PASSED if step else What.OPENED, "step": max(step - 1, 0)}
    CaseAct.objects.create(case=case, by=cast.township if step else cast.village, at=now, **sent)
    return case
