"""Measures of the demo village's stories: some done, one late without a reason, one explained."""

from datetime import timedelta

from accounts.demo import DEMO_VILLAGE
from assistance.models import Measure
from assistance.planning import add_measure, end_measure, explain_open, note_progress
from assistance.spending import Source
from households.models import Household
from households.population.months import month_of

# Head, for whom, kind, what it answers, words, yuan, begun and due as (months back, day), and what
# became of it: ("done" or "open", months back, day, words) with "because" for why it is open.
MEASURES = (
    ("汪秀兰", "陈永福", "medical_aid", ["rigid_expenditure"], "住院和透析费用医疗救助", 6200,
     (3, 5), (2, 25), ("done", 2, 24, "救助款已到账")),
    ("汪秀兰", "陈志强", "employment", ["unstable_work"], "介绍到镇扶贫车间上班，离家近", None,
     (1, 8), (-1, 15), ("open", 1, 20, "已面试，等体检结果")),
    ("汪秀兰", "陈永福", "family_doctor", [], "家庭医生签约，每月随访", None,
     (7, 6), (6, 18), ("done", 6, 18, "已签约")),
    ("胡长贵", "", "disaster_relief", ["sudden_event"], "滑坡受灾临时生活救助", 3000,
     (3, 23), (3, 28), ("done", 3, 27, "已发放")),
    ("胡长贵", "", "resettlement", ["housing", "hazard_spot"], "在集镇租房安置，租金补助一年", 4800,
     (2, 21), (1, 10), ("open", 1, 2, "看了两处，还没有谈妥")),
    ("吴道明", "吴道明", "employment", ["unstable_work"], "县内园区岗位推荐", None,
     (3, 21), (1, 12), ("because", 1, 14, "园区复工推迟到下月，岗位保留")),
    ("徐本", "汪德兰", "medical_aid", ["rigid_expenditure", "major_illness"], "手术费用医疗救助",
     8000, (1, 16), (-1, 20), ("open", 1, 24, "材料已报县医保局")),
    ("漆仲华", "", "water_supply", ["water"], "接入村自来水管网", 1600,
     (3, 23), (2, 20), ("done", 2, 15, "已通水，水质合格")),
)  # fmt: skip

# Where the money of a kind comes from.
MONEY = {
    "medical_aid": Source.WELFARE,
    "disaster_relief": Source.WELFARE,
    "resettlement": Source.WELFARE,
    "water_supply": Source.DEPARTMENT,
}


def make_measures(*, today, by, at):
    """``by`` is the village cadre's post. Days that still lie ahead are brought back to today."""
    if Measure.objects.exists():
        return
    homes = Household.objects.filter(village__code=DEMO_VILLAGE, number__startswith="SYN3415249")
    homes = {home.head_name: home for home in homes.prefetch_related("members")}
    for head, whom, kind, answers, words, amount, begun, due, became in MEASURES:
        home = homes[head]
        measure, _new = add_measure(
            home,
            kind=kind,
            member=next((m for m in home.members.all() if m.name == whom), None),
            answers=answers,
            words=words,
            responsible=home.responsible_name or home.contact_name,
            amount=amount,
            source=MONEY[kind] if amount else "",
            started_on=_day(today, *begun),
            due_on=_day(today, *due),
            by=by,
            at=at,
        )
        _become(measure, *became, today=today, by=by, at=at)


def _become(measure, what, back, day, words, *, today, by, at):
    on = min(_day(today, back, day), today)
    said = {"by": by, "at": at}
    if what == "done":
        end_measure(measure, on=on, result="done", words=words, seen_version=1, **said)
    elif what == "because":
        explain_open(measure, because=words, seen_version=1, **said)
    else:
        note_progress(measure, on=on, words=words, **said)


def _day(today, back, day):
    """The ``day``-th of the month ``back`` months before today's; ahead of it when negative."""
    return month_of(today, back) + timedelta(days=day - 1)
