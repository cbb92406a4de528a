"""Two files of the demo county's departments, with the crooked rows that real ones have."""

import csv
import io
from datetime import timedelta
from random import Random

from django.db.models import Q

from feeds import uploading
from feeds.kinds import KINDS
from feeds.models import FeedUpload
from households.models import Member
from households.national.identifiers import check_digit

SEED = 2020
PATIENTS, STAYS = 120, 3
CROOKED = 20  # one row of so many
PAYMENTS = ["姓名", "身份证号", "定点医疗机构", "入院日期", "总费用", "统筹支付", "个人自付"]
ALLOWANCES = ["姓名", "身份证号码", "保障类别", "月保障金", "保障状态"]


def make_feeds(*, today, insurance, civil_affairs, at):
    """``insurance`` and ``civil_affairs`` are the posts of the demo county's departments. The files
    describe the year up to the end of last month."""
    if FeedUpload.objects.exists():
        return
    as_of = today.replace(day=1) - timedelta(days=1)
    begins = as_of.replace(month=1, day=1)
    chance = Random(SEED)
    members = Member.objects.filter(
        household__county=insurance.division, left_on=None, resident_id_index__isnull=False
    ).order_by("id")
    ill = members.filter(Q(major_illness=True) | Q(chronic_illness=True))
    ill = list(ill.order_by("-major_illness", "id")[:PATIENTS])
    rows = [row for member in ill for row in _stays(member, begins, as_of, chance)]
    _take_in("medical_payment", "住院费用结算明细", PAYMENTS, _spoilt(rows, 6), insurance,
             begins=begins, as_of=as_of, at=at)  # fmt: skip
    poor = list(members.filter(low_income_allowance=True))
    new = list(members.filter(low_income_allowance=False, disabled=True)[:6])
    rows = [_allowance(member, "在享", chance) for member in [*poor[4:], *new]]
    rows += [_allowance(member, "停发", chance) for member in poor[:4]]
    _take_in("low_income", "农村低保对象花名册", ALLOWANCES, _spoilt(rows, 3), civil_affairs,
             as_of=as_of, at=at)  # fmt: skip


def _stays(member, begins, as_of, chance):
    for _n in range(chance.randint(1, STAYS)):
        day = begins + timedelta(days=chance.randrange((as_of - begins).days + 1))
        total = chance.randrange(200_000, 3_500_000)
        paid = int(total * chance.uniform(0.12, 0.45))
        yuan = [f"{amount / 100:.2f}" for amount in (total, total - paid, paid)]
        yield [member.name, member.resident_id.open(), "金寨县人民医院", day.isoformat(), *yuan]


def _allowance(member, state, chance):
    kind = chance.choice(["A类", "B类", "B类", "C类"])
    return [member.name, member.resident_id.open(), kind, str(chance.randrange(280, 560)), state]


def _spoilt(rows, amount_at):
    """The faults of real files, one after the other: a digit short, rounded by Excel, somebody
    else's name, nobody of the county, an amount in words."""
    for place in range(0, len(rows), CROOKED):
        row = rows[place]
        fault = place // CROOKED % 5
        if fault == 0:
            row[1] = row[1][:17]
        elif fault == 1:
            row[0] = "张" + row[0][1:] if row[0][0] != "张" else "王" + row[0][1:]
        elif fault == 2:
            first = f"65010119600101{100 + place % 800}"
            row[0], row[1] = "路人甲", first + check_digit(first)
        elif fault == 3:
            row[amount_at] = "两千余元"
        else:
            row[1] = f"{row[1][0]}.{row[1][1:6]}E+17"
    return rows


def _take_in(kind, title, header, rows, post, *, as_of, at, begins=None):
    file = io.StringIO()
    titles = [[f"金寨县{title}"], [f"截至时间：{as_of.isoformat()}"]]
    csv.writer(file).writerows([*titles, header, *rows])
    upload, _new = uploading.keep_upload(
        file=io.BytesIO(file.getvalue().encode("gb18030")),
        name=f"{title}_{as_of:%Y%m%d}.csv",
        kind=KINDS[kind],
        as_of=as_of,
        begins=begins,
        by=post,
        at=at,
    )
    uploading.look(upload)
    uploading.load(upload, progress=lambda *_told: None, by=post.officer, at=at)
