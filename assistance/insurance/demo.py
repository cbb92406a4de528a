"""The county's policies of this year and the last, and claims at every step of their way."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from PIL import Image, ImageDraw

from accounts.demo import DEMO_VILLAGE
from assistance.insurance.claims import (
    add_claim_paper,
    check_home,
    open_claim,
    submit_claim,
    withdraw_claim,
)
from assistance.insurance.deciding import accept_claim, pay_claim
from assistance.insurance.insured import range_refusal
from assistance.insurance.policies import enter_policy
from assistance.insurance.premiums import pay_premium
from assistance.insurance.reviewing import pass_on_claim, refuse_claim
from assistance.models import InsurancePolicy, Payer, Peril
from households.models import Household
from households.papers.files import checked_paper

# Who keeps it, insurer, farm population, insured, yuan per head, per cent of the city.
POLICIES = (
    ("county", "大别山财产保险金寨支公司", 562_000, 56_200, 20, 40),
    ("neighbour", "霍山农业保险服务部", 301_000, 27_100, 20, 0),
)
# Head, what, yuan borne, in words, paper, days ago, how far it came, payout.
CLAIMS = (
    ("徐本", "illness", 18600, "妻子手术自付费用", "bill", 62, "paid", 9800),
    ("胡长贵", "disaster", 22000, "滑坡压塌厨房和一间卧室", "disaster", 96, "paid", 15000),
    ("汪秀兰", "illness", 7400, "丈夫透析并发症住院", "bill", 44, "accepted", 4200),
    ("吴道明", "accident", 5200, "工地摔伤骨折，包工头已垫付一部分", "accident", 26, "insurer", 0),
    ("漆仲华", "accident", 1900, "耕地时被牛顶伤", "bill", 16, "county", 0),
    ("余先芝", "family", 12000, "次子车祸去世后的丧葬和外债", "accident", 9, "township", 0),
    ("廖传贵", "schooling", 6800, "女儿考上大学，学费和路费", "school", 4, "prepared", 0),
    ("汪秀兰", "accident", 900, "门诊擦伤处理", "bill", 120, "refused", 0),
    ("胡长贵", "illness", 2600, "住院费已由医疗救助全额解决", "bill", 75, "withdrawn", 0),
)
ORDER = ("prepared", "township", "county", "insurer", "accepted", "paid")


def make_insurance(posts, *, today, at):
    """``posts``: those of the demo by the officer's username."""
    if InsurancePolicy.objects.exists():
        return
    for year in (today.year - 1, today.year):
        for name, *facts in POLICIES:
            _policy(posts, name, year, facts, today, at)
    homes = Household.objects.filter(village__code=DEMO_VILLAGE).order_by("id")
    homes = list(homes.select_related("county", "village"))
    for head, peril, loss, words, paper, ago, came, payout in CLAIMS:
        day, opened_at = today - timedelta(days=ago + 5), at - timedelta(days=ago)
        claim = open_claim(
            _insured(homes, head, day), peril=peril, happened_on=day, words=words,
            loss=Decimal(loss), by=posts["village3"], at=opened_at,
        )[0]  # fmt: skip
        _bring(claim, posts, paper, came, Decimal(payout), opened_at)


def _insured(homes, head, day):
    """The household of the story; another one where it is not registered yet."""
    named = [home for home in homes if home.head_name == head]
    return next(home for home in [*named, *homes] if not range_refusal(home, day))


def _policy(posts, name, year, facts, today, at):
    insurer, population, persons, per_head, percent = facts
    keeper = posts[name]
    policy = enter_policy(
        year=year, number=f"防贫{keeper.division.code[:6]}-{year}", insurer=insurer,
        starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), farm_population=population,
        persons=persons, premium_per_head=Decimal(per_head), city_percent=Decimal(percent),
        cap=Decimal(20_000), perils=Peril.values, words="", by=keeper, at=at,
    )[0]  # fmt: skip
    parts = {Payer.COUNTY: policy.owed_by(Payer.COUNTY), Payer.CITY: policy.owed_by(Payer.CITY)}
    paid_on = min(date(year, 3, 20), today)
    for payer, part in parts.items():
        # The city of this year still owes half of its part.
        amount = part / 2 if payer == Payer.CITY and year == today.year else part
        if amount:
            pay_premium(
                policy, payer=payer, amount=amount.quantize(Decimal("0.01")), paid_on=paid_on,
                paper=f"财支〔{year}〕{payer.label[:1]}08号", by=keeper, at=at,
            )  # fmt: skip


def _bring(claim, posts, paper, came, payout, at):
    village, township, county = posts["village3"], posts["township"], posts["county2"]
    file, name, digest = checked_paper(_scan(claim.number))
    add_claim_paper(claim, kind=paper, file=file, name=name, digest=digest, by=village, at=at)
    steps = ORDER.index(came) if came in ORDER else ORDER.index("insurer")
    if came == "withdrawn":
        withdraw_claim(claim, because=claim.words, seen_version=1, by=village, at=at)
        return
    if came != "prepared":
        found = {"on": localdate(at), "words": "已入户核查，情况属实"}
        claim = check_home(claim, **found, seen_version=1, by=posts["village2"], at=at)
    acts = (
        lambda c, when: submit_claim(c, seen_version=c.version, by=village, at=when),
        lambda c, when: pass_on_claim(c, seen_version=c.version, by=township, at=when),
        lambda c, when: pass_on_claim(c, seen_version=c.version, by=county, at=when),
        lambda c, when: accept_claim(
            c, amount=payout, on=localdate(when), paper="核赔意见书", seen_version=c.version,
            by=posts["county"], at=when,
        ),
        lambda c, when: pay_claim(
            c, on=localdate(when), paper="赔付通知书", seen_version=c.version, by=posts["county"],
            at=when,
        ),
    )  # fmt: skip
    for days, act in enumerate(acts[:steps], 1):
        claim = act(claim, at + timedelta(days=2 * days, hours=2))
    if came == "refused":
        refuse_claim(
            claim, because="自付费用未达到保单起付标准", clause="保单第六条", by=posts["county"],
            seen_version=claim.version, at=at + timedelta(days=9),
        )  # fmt: skip


def _scan(number):
    """A sheet that says what it is."""
    sheet = Image.new("RGB", (600, 400), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((20, 20, 580, 380), outline="black")
    draw.text((60, 180), f"DEMO {number}", fill="black")
    file = BytesIO()
    sheet.save(file, "PNG")
    return SimpleUploadedFile(f"{number}.png", file.getvalue(), "image/png")
