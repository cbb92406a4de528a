"""Clues of the demo: by each channel, in each state, brought there by the acts of colleagues who
have no log-in; those that wait for a check lie in the demo's own village while it has households.
An application without an account is of somebody whom nobody has found in the register yet."""

from datetime import timedelta

from django.db.models import Case as Case_
from django.db.models import Exists, OuterRef, Q, When
from django.utils.timezone import localdate
from django.utils.translation import override

from accounts.demo import DEMO_VILLAGE
from accounts.models import Division, Officer, Post
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.roles import TOWNSHIP, VILLAGE
from accounts.workdays import is_workday
from households.models import Household
from monitoring.applying.acts import apply
from monitoring.applying.taking_up import take_up_applications
from monitoring.clues.chasing import chase_clues
from monitoring.clues.checking import check_clue, confirm_clue
from monitoring.clues.receiving import Told, receive
from monitoring.models import Case, Channel, Clue, ClueAnswer, ClueState
from monitoring.procedures import ROLE_AT

NAMES = ("李传芳", "余家明", "胡玉兰", "张友才", "汪宗林")
RISK, NO_RISK = ClueAnswer.CASE_OPENED, ClueAnswer.NOT_CONFIRMED
TOLD = {
    Channel.VILLAGE: ("豹迹岩村 信息员", "户主摔伤骨折，家里两个学生，收入中断。"),
    Channel.DEPARTMENT: ("金寨县医疗保障局", "一个季度住院自付 21,300 元。"),
    Channel.HOUSEHOLD: ("本人", "疾病：父亲住院三个月，借了亲戚四万元。"),
    Channel.SUPERVISION: ("六安市督查组", "走访发现厨房漏雨，老人单独居住。"),
    Channel.ANALYSIS: ("", "研判为红色：12个月刚性支出超过纯收入。"),
}
STATES = (ClueState.CHECK, ClueState.CONFIRM, ClueState.TO_OPEN, ClueState.CASE, ClueState.ENDED)
FOUND = {
    ClueState.CONFIRM: "到家核实：住院费用由医保和救助报销，子女有稳定工作，没有返贫风险。",
    ClueState.TO_OPEN: "到家核实：自付部分都是借款，务工收入停了两个月，有返贫风险。",
    ClueState.CASE: "到家核实：主要劳动力不能下床，收入降到标准以下。",
    ClueState.ENDED: "到家核实：费用已报销，生活没有受影响。",
}
PROCEDURE = {ClueState.TO_OPEN: "intervention", ClueState.CASE: "unstable_listing"}
STRAY = ("漆大海", "341524196803150016", "13955640123")


def make_clues(*, at):
    """Made once."""
    if Clue.objects.filter(found_by=None).exists():
        return
    with override("zh-hans"):
        homes, posts = iter(_households()), {}
        for state in STATES:
            for channel in Channel:
                _bring(next(homes), channel, state, posts, at)
        _applications(at)
    chase_clues(at=at)


def _households():
    """Exited and not monitored, without a case; the demo's own village and township first."""
    under_way = Case.objects.filter(household=OuterRef("pk"), state="open")
    known = Clue.objects.filter(household=OuterRef("pk"))
    village = Division.objects.get(code=DEMO_VILLAGE)
    rows = Household.objects.filter(county=village.county_id, status="exited")
    rows = rows.exclude(exited_class="monitored").exclude(Exists(under_way)).exclude(Exists(known))
    near = (Q(village=village), Q(township=village.township_id))
    nearer = Case_(*(When(q, then=n) for n, q in enumerate(near)), default=len(near))
    return rows.select_related("village__county").order_by(nearer, "id")[: 25 + len(STATES)]


def _bring(household, channel, state, posts, at):
    late = state == ClueState.CHECK and channel == Channel.SUPERVISION
    begun = _working(at - timedelta(days=6 if late else 1))
    who, words = TOLD[channel]
    clue, _new = receive(Told(channel, words, who), household=household, by=None, at=begun)
    if state == ClueState.CHECK:
        return
    clue = check_clue(
        clue, finding=RISK if state in PROCEDURE else NO_RISK, words=FOUND[state],
        checked_on=localdate(at), procedure=PROCEDURE.get(state, ""), seen_version=clue.version,
        by=_colleague(posts, household, VILLAGE, at), at=at,
    )  # fmt: skip
    if state == ClueState.ENDED:
        township = _colleague(posts, household, TOWNSHIP, at)
        confirm_clue(clue, because="情况属实。", seen_version=clue.version, by=township, at=at)


def _colleague(posts, household, level, at):
    """An officer of the household's village or township who has no log-in."""
    division = getattr(household, LEVEL_COLUMNS[level])
    if division not in posts:
        officer = Officer(username=f"clues-{len(posts)}", name=NAMES[len(posts) % len(NAMES)])
        officer.set_unusable_password()
        officer.save()
        posts[division] = Post.objects.create(
            officer=officer, role=ROLE_AT[level], division_id=division,
            since=localdate(at) - timedelta(days=400),
        )  # fmt: skip
    return posts[division]


def _working(moment):
    while not is_workday(localdate(moment)):
        moment -= timedelta(days=1)
    return moment


def _applications(at):
    name, number, phone = STRAY
    apply(
        village=Division.objects.select_related("county").get(code=DEMO_VILLAGE), name=name,
        resident_id=number, phone=phone, kind="illness",
        words="去年冬天查出尿毒症，每周透析，自己已经花了六万多元。", at=at - timedelta(days=1),
    )  # fmt: skip
    take_up_applications(at=at - timedelta(days=1))
