"""Tells the room of assistance which risks call for help (``assistance/risks.py``)."""

from django.db.models import Exists, OuterRef, Q

from assistance.risks import Risk, tell_risks
from monitoring.effects import effects_of
from monitoring.explaining import latest_assessment
from monitoring.models import RedFlag
from monitoring.policy.rules import RULES, rules_of
from monitoring.sight import rules_seen


def rule_words():
    return {rule.code: rule.words for rule in RULES}


def risks_of(household, post):
    """The rules of the open flag and the red ones of the latest review, then the yellow ones."""
    flag = RedFlag.objects.filter(household=household).open().first()
    assessment = latest_assessment(household)
    red = (flag.rules if flag else 0) | (assessment.red if assessment else 0)
    yellow = assessment.yellow & ~red if assessment else 0
    flagged = flag.rules if flag else 0
    seen = rules_seen(post)
    return [
        Risk(
            code=rule.code,
            words=rule.words,
            mark=mark,
            kinds=rule.answered_by,
            since=flag.opened_on if flagged & rule.bit else assessment.run.as_of,
        )
        for mark, bits in (("red", red), ("yellow", yellow))
        for rule in rules_of(bits)
        if rule in seen
    ]


def flagged():
    """A condition on households: the red flag stands."""
    return Q(Exists(RedFlag.objects.open().filter(household=OuterRef("pk"))))


tell_risks(words=rule_words, of=risks_of, flagged=flagged, effects=effects_of)
