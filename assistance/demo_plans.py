"""Plans of the demo village: one in force, one that waits for the township, one returned; and a
training course for many."""

from datetime import timedelta

from accounts.demo import DEMO_VILLAGE
from assistance.catalogue import MEASURE_TYPES
from assistance.groups.acts import begin_action, pick, record_action
from assistance.models import AssistancePlan
from assistance.plans.acts import approve_plan, return_plan, submit_plan, write_plan
from assistance.plans.proposals import known_of, proposals_for
from households.models import Household, Member

TOGETHER = {"work_team": "周建军（驻村工作队）", "cadres": "汪守业（村支书）"}
WISHES = {
    "汪秀兰": "想让儿子在镇上有稳定的活干，老伴看病少花钱。",
    "胡长贵": "盼着早点搬进安全的房子，茶园不要荒了。",
    "徐本": "想等老伴病好些，再去镇上做零工。",
}
WORDS = {
    "medical_aid": "住院和复查费用按政策救助，材料由村里代办",
    "temporary_relief": "一次性临时生活救助",
    "house_repair": "屋面翻修，后墙加固",
    "employment": "推荐到镇扶贫车间，离家近",
    "resettlement": "在集镇租住安全住房，租金补助一年",
}
COURSE = 12  # people


def make_plans(*, today, village, township, at):
    """``village`` writes and submits, ``township`` decides; the reviews have been made."""
    if AssistancePlan.objects.exists():
        return
    homes = Household.objects.filter(village__code=DEMO_VILLAGE, number__startswith="SYN3415249")
    homes = {home.head_name: home for home in homes}
    plans = {
        name: _submitted(homes[name], wishes, village, today, at) for name, wishes in WISHES.items()
    }
    approve_plan(plans["汪秀兰"], seen_version=plans["汪秀兰"].version, by=township, at=at)
    because = "手术后的康复由谁陪护，请写清楚。"
    plan = plans["徐本"]
    return_plan(plan, because=because, seen_version=plan.version, by=township, at=at)
    _course(village, today, at)


def _submitted(home, wishes, village, today, at):
    facts = known_of(home, village, today) | TOGETHER | {"wishes": wishes}
    responsible = home.responsible_name or home.contact_name
    lines = []
    for proposal in proposals_for(home, village, today)[:2]:
        line = proposal.initial(responsible=responsible, today=today)
        lines.append(
            {
                **{name: line[name] for name in ("kind", "started_on", "due_on")},
                "words": WORDS.get(proposal.kind, line["words"]),
                "answers": proposal.answers,
                "member": proposal.member,
                "department": MEASURE_TYPES[proposal.kind].department,
                "responsible": responsible or village.officer.name,
                "amount": None,
            }
        )
    plan = write_plan(home, facts=facts, lines=lines, by=village, at=at)
    return submit_plan(plan, seen_version=plan.version, by=village, at=at)


def _course(village, today, at):
    """Tea picking for those able to work who have no skill."""
    able = Member.objects.visible_to(village).living_there().filter(labour="ordinary")
    able = able.order_by("id")[:COURSE]
    course = begin_action(
        kind="training", title="采茶与制茶技术培训班，5天", organiser="汤家汇镇农技站",
        started_on=today, due_on=today + timedelta(days=5), by=village, at=at,
    )[0]  # fmt: skip
    pick(course, whom=[(member.household_id, member.pk) for member in able], by=village)
    record_action(course, by=village, at=at)
