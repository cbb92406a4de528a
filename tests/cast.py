"""The cast of every test: one family of divisions, a neighbour, and an officer for each role.

Jinzhai county (金寨县) of Lu'an has the villages Baojiyan and Doulin; Huoshan (霍山县) is the
stranger next door; Xuanzhou (宣州区) lies in another city, Dingnan (定南县) in
another province.
"""

from datetime import date, datetime
from functools import cache, cached_property
from itertools import count
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from accounts.models import Division, Officer, Post
from assistance.catalogue import MEASURE_TYPES
from assistance.models import Measure
from households.models import Household, IncomeStatement, Member

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2020, 6, 25)
NOW = datetime(2020, 6, 25, 10, 0, tzinfo=SHANGHAI)
_numbers = count(1)

DIVISIONS = [
    ("340000000000", "安徽省", 1),
    ("341500000000", "六安市", 2),
    ("341524000000", "金寨县", 3),
    ("341524105000", "汤家汇镇", 4),
    ("341524105207", "豹迹岩村委会", 5),
    ("341524105201", "斗林村委会", 5),
    ("341524106000", "斑竹园镇", 4),
    ("341524106210", "漆店村委会", 5),
    ("341525000000", "霍山县", 3),
    ("341525100000", "衡山镇", 4),
    ("341525100201", "迎驾厂村委会", 5),
    ("341800000000", "宣城市", 2),
    ("341802000000", "宣州区", 3),
    ("341802101000", "水阳镇", 4),
    ("341802101201", "金宝村委会", 5),
    ("360000000000", "江西省", 1),
    ("360700000000", "赣州市", 2),
    ("360728000000", "定南县", 3),
    ("360728100000", "历市镇", 4),
    ("360728100201", "修建村委会", 5),
]
COLUMNS = ["province", "city", "county", "township", "village"]


@cache
def _hashed_password():
    """Hashed once: a thousand officers of the tests have the same password."""
    return make_password("pw-cast-2020")


def make_divisions():
    """All divisions of the cast by code."""
    made = {}
    for code, name, level in DIVISIONS:
        parent_code = [code[:2], code[:4], code[:6], code[:9]][level - 2].ljust(12, "0")
        parent = made[parent_code] if level > 1 else None
        division = Division.objects.create(code=code, name=name, level=level, parent=parent)
        for column in COLUMNS[: level - 1]:
            setattr(division, column, getattr(parent, column))
        setattr(division, COLUMNS[level - 1], division)
        division.save()
        made[code] = division
    return made


class Cast:
    """Posts by name, made when first asked for: ``cast.village``, ``cast.stranger`` …"""

    def __init__(self):
        self.divisions = make_divisions()

    def post(self, role, code, department="", name=None):
        officer = Officer.objects.create(
            username=f"{role}{next(_numbers)}", password=_hashed_password(), name=name or role
        )
        return Post.objects.create(
            officer=officer,
            role=role,
            division=self.divisions[code],
            department=department,
            since=date(2020, 1, 1),
        )

    @cached_property
    def village(self):
        return self.post("village", "341524105207")

    @cached_property
    def next_village(self):
        return self.post("village", "341524105201")

    @cached_property
    def assigned(self):
        return self.post("assigned", "341524105207")

    @cached_property
    def township(self):
        return self.post("township", "341524105000")

    @cached_property
    def next_township(self):
        return self.post("township", "341524106000")

    @cached_property
    def county(self):
        return self.post("county", "341524000000")

    @cached_property
    def stranger(self):
        """The officer of the neighbouring county, to whom nothing of Jinzhai exists."""
        return self.post("county", "341525000000")

    @cached_property
    def city(self):
        return self.post("city", "341500000000")

    @cached_property
    def other_city(self):
        return self.post("city", "341800000000")

    @cached_property
    def province(self):
        return self.post("province", "340000000000")

    @cached_property
    def other_province(self):
        return self.post("province", "360000000000")

    @cached_property
    def education(self):
        return self.post("department", "341524000000", department="education")

    @cached_property
    def water(self):
        return self.post("department", "341524000000", department="water")

    @cached_property
    def auditor(self):
        return self.post("auditor", "341524000000")

    @cached_property
    def administrator(self):
        return self.post("administrator", "340000000000")

    ROLES = (
        "village next_village assigned township next_township county stranger city other_city "
        "province other_province education water auditor administrator"
    ).split()

    def household(self, code="341524105207", **facts):
        """A monitored household whose facts answer every rule with none, but for what is given."""
        village = self.divisions[code]
        facts = HEALTHY_HOUSEHOLD | facts
        number = facts.pop("number", None) or f"{code[:6]}{next(_numbers):08d}"
        if facts["status"] != "exited":
            facts["exited_class"] = ""
        return Household.objects.create(
            number=number, **{column: getattr(village, column) for column in COLUMNS}, **facts
        )

    def member(self, household, **facts):
        facts = HEALTHY_MEMBER | facts
        number = f"{household.number}{household.members.count() + 1:02d}"
        return Member.objects.create(household=household, number=number, **facts)

    def income(self, household, **facts):
        return IncomeStatement.objects.create(household=household, **(STEADY_INCOME | facts))

    def measure(self, household, kind="house_repair", **facts):
        """An open measure of ``household``, in time, by its village or whoever is given."""
        said = {"department": MEASURE_TYPES[kind].department, "recorded_at": NOW}
        by = facts.pop("by", None) or self.village
        said |= UNDER_WAY | {"kind": kind, "recorded_by": by} | facts
        return Measure.objects.create(household=household, **said)

    def family(self, code="341524105207", **facts):
        """A household with a head and a spouse who work, an income and the one before it."""
        household = self.household(code, **facts)
        self.member(household, name="汪大山", relation="head", sex="male")
        self.member(household, name="陈秀兰", relation="spouse", sex="female")
        self.income(household)
        self.income(
            household,
            window_from=date(2018, 6, 1),
            window_to=date(2019, 5, 31),
            stated_on=date(2019, 6, 10),
        )
        return household


RECORDED = {"since": date(2020, 6, 1), "recorded_at": NOW, "origin": "import"}
HEALTHY_HOUSEHOLD = RECORDED | {
    "status": "exited",
    "exited_class": "monitored",
    "head_name": "汪大山",
    "house_grade": "A",
    "house_material": "brick_concrete",
    "only_home": True,
    "unsafe_house": False,
    "hazard_spot": False,
    "water_safe": True,
    "water_seasonal_shortage": False,
    "cropland_mu": 3,
    "business_short_of_funds": False,
    "national_measures": ["产业帮扶"],
}
HEALTHY_MEMBER = RECORDED | {
    "name": "汪大山",
    "relation": "child",
    "sex": "male",
    "born_on": date(1980, 3, 4),
    "education": "junior",
    "school": "none",
    "chronic_illness": False,
    "major_illness": False,
    "disabled": False,
    "labour": "skilled",
    "work_months": 10,
    "medical_insurance": True,
    "low_income_allowance": False,
    "extreme_poverty_support": False,
}
UNDER_WAY = {
    "words": "后墙加固",
    "responsible": "李传明",
    "started_on": date(2020, 6, 10),
    "due_on": date(2020, 7, 31),
}
STEADY_INCOME = {
    "window_from": date(2019, 6, 1),
    "window_to": date(2020, 5, 31),
    "stated_on": date(2020, 6, 10),
    "wage": 38000,
    "business": 9000,
    "property": 600,
    "transfer": 3200,
    "expenses": 2400,
    "medical": 800,
    "schooling": 0,
    "recorded_at": NOW,
    "origin": "import",
}
