"""Households of the demo village, told by hand: each has something to see. Nobody of them lives.

Amounts are yuan in twelve months. ``visits`` are (months back, day, how, words); ``changes`` are
(months back, day, "household" or a member's name, facts).
"""

from datetime import date

WELL = {
    "school": "none", "chronic_illness": False, "major_illness": False, "untreated": False,
    "disabled": False, "medical_insurance": True, "serious_illness_insurance": True,
    "low_income_allowance": False, "extreme_poverty_support": False, "dropout_warning": False,
}  # fmt: skip
WORKER = {"labour": "ordinary", "trained": True, "work_months": 10, "education": "junior"}
OLD = {"labour": "none", "work_months": 0, "education": "primary"}
PUPIL = {"labour": "none", "work_months": 0}
LISTED = {"listed_on": date(2019, 3, 20)}
MONITORED = {"status": "exited", "exited_class": "monitored", "exited_year": 2017} | LISTED
SUPPORTED = {"status": "exited", "exited_class": "supported", "exited_year": 2018}
EDGE = {"status": "edge", "exited_class": ""} | LISTED


def one(name, relation, sex, age, **facts):
    return {"name": name, "relation": relation, "sex": sex, "age": age, **WELL, **facts}


STORIES = (
    {
        "facts": MONITORED | {"group_name": "上湾组", "tier": "yellow",
                 "risks": ["因病", "因缺劳动力"]},
        "members": [
            one("汪秀兰", "head", "female", 52, labour="weak", work_months=12,
                work_place="护林员，公益岗位", education="primary", chronic_illness=True,
                family_doctor=True),
            one("陈永福", "spouse", "male", 55, labour="lost", work_months=0, education="junior",
                major_illness=True, chronic_illness=True, family_doctor=True),
            one("陈志强", "child", "male", 27, **WORKER | {"work_months": 5, "work_place": "县内"}),
            one("陈雨桐", "grandchild", "female", 7, **PUPIL | {"school": "primary",
                "school_words": "汤汇小学一年级"}),
        ],
        "income": {"wage": 13600, "business": 2400, "property": 260, "transfer": 4200,
                   "expenses": 1200, "medical": 18460, "schooling": 3200},
        "before": {"wage": 24800, "business": 2400, "property": 260, "transfer": 3000,
                   "expenses": 1240, "medical": 6200, "schooling": 3000},
        "visits": [
            (3, 21, "in_person", ""),
            (2, 19, "in_person", "老陈开始透析，一个星期三次。"),
            (1, 21, "in_person", "来回都要儿子接送，想让志强在家门口找个活。"),
        ],
    },
    {
        "facts": MONITORED | {"group_name": "庙冲组", "tier": "red", "risks": ["因自然灾害"],
                 "house_grade": "D", "house_material": "brick_wood", "unsafe_house": True,
                 "safe_home_elsewhere": False, "hazard_spot": True},
        "members": [
            one("胡长贵", "head", "male", 61, labour="weak", work_months=0, education="primary"),
            one("刘桂英", "spouse", "female", 59, **WORKER | {"work_months": 8}),
        ],
        "income": {"wage": 9600, "business": 0, "property": 300, "transfer": 5400,
                   "expenses": 0, "medical": 1200, "schooling": 0},
        "before": {"wage": 9800, "business": 0, "property": 300, "transfer": 5000,
                   "expenses": 0, "medical": 1150, "schooling": 0},
        "visits": [
            (3, 24, "in_person", "滑坡后后墙开裂，老两口暂住侄子家。"),
            (2, 20, "in_person", "等鉴定，想到集镇租房。"),
        ],
        "events": [{"back": 3, "day": 22, "kind": "disaster", "causes_risk": True,
                    "description": "强降雨引发滑坡，住房后墙开裂"}],
    },
    {
        "facts": EDGE | {"group_name": "下畈组", "tier": "yellow", "risks": ["因务工就业不稳"]},
        "members": [
            one("吴道明", "head", "male", 46, **WORKER | {"work_months": 4,
                "work_place": "省内县外"}),
            one("李海燕", "spouse", "female", 44, labour="weak", work_months=0,
                education="primary"),
            one("吴子轩", "child", "male", 16, **PUPIL | {"school": "senior",
                "school_words": "高中一年级", "education": "junior"}),
        ],
        "income": {"wage": 16800, "business": 0, "property": 200, "transfer": 3100,
                   "expenses": 0, "medical": 900, "schooling": 5200},
        "before": {"wage": 21000, "business": 0, "property": 200, "transfer": 2900,
                   "expenses": 0, "medical": 860, "schooling": 4800},
        "visits": [(3, 20, "in_person", ""), (2, 22, "phone", "工地停了，在等开工。")],
    },
    {
        "facts": MONITORED | {"group_name": "上湾组", "tier": "", "risks": ["因饮水安全"],
                 "water_safe": None, "water_quality": None, "water_quantity": None,
                 "water_hours": None, "water_convenience": None, "water_reliability": None},
        "members": [
            one("余先芝", "head", "female", 58, **WORKER | {"work_months": 9}),
            one("余海军", "child", "male", 33, **WORKER | {"work_place": "浙江省"}),
        ],
        "income": {"wage": 26800, "business": 0, "property": 400, "transfer": 2600,
                   "expenses": 0, "medical": 1400, "schooling": 0},
        "before": {"wage": 25600, "business": 0, "property": 400, "transfer": 2500,
                   "expenses": 0, "medical": 1300, "schooling": 0},
        "visits": [(3, 18, "in_person", ""), (2, 17, "in_person", ""),
                   (1, 18, "in_person", "屋后换了水源，水样还没有送检。")],
    },
    {
        "facts": SUPPORTED | {"group_name": "新畈组", "tier": "blue", "causes": ["因病"]},
        "members": [
            one("徐本", "head", "male", 57, **WORKER | {"work_months": 11, "work_place": "县内"}),
            one("汪德兰", "spouse", "female", 55, labour="lost", work_months=0,
                education="primary", major_illness=True),
        ],
        "income": {"wage": 30800, "business": 7200, "property": 500, "transfer": 3400,
                   "expenses": 1600, "medical": 23410, "schooling": 0},
        "before": {"wage": 30000, "business": 7000, "property": 500, "transfer": 3000,
                   "expenses": 1500, "medical": 3100, "schooling": 0},
        "visits": [(4, 12, "in_person", ""), (2, 14, "in_person", "老伴在省城做了手术。")],
    },
    {
        "facts": EDGE | {"group_name": "庙冲组", "tier": "yellow", "risks": ["因饮水安全"],
                 "water_safe": False, "water_quantity": False},
        "members": [
            one("漆仲华", "head", "male", 49, **WORKER),
            one("周小梅", "spouse", "female", 47, **WORKER | {"work_months": 7}),
            one("漆正道", "parent", "male", 74, **OLD),
        ],
        "income": {"wage": 33600, "business": 0, "property": 300, "transfer": 4100,
                   "expenses": 0, "medical": 2600, "schooling": 0},
        "before": {"wage": 32000, "business": 0, "property": 300, "transfer": 4000,
                   "expenses": 0, "medical": 2500, "schooling": 0},
        "changes": [(2, 15, "household", {"water_safe": True, "water_quantity": True})],
        "visits": [(3, 22, "in_person", "旱季挑水吃，等接管网。"),
                   (2, 16, "in_person", "自来水通了。"), (1, 20, "phone", "")],
    },
    {
        "facts": EDGE | {"group_name": "下湾组", "tier": "yellow", "risks": ["因学"]},
        "members": [
            one("廖传贵", "head", "male", 43, **WORKER | {"work_place": "江苏省"}),
            one("张艳", "spouse", "female", 41, **WORKER | {"work_months": 6}),
            one("廖佳怡", "child", "female", 14, **PUPIL | {"school": "junior",
                "school_words": "初中二年级", "education": "primary"}),
            one("廖宇航", "child", "male", 10, **PUPIL | {"school": "primary",
                "school_words": "小学四年级"}),
            one("廖家福", "parent", "male", 70, **OLD),
        ],
        "income": {"wage": 46000, "business": 0, "property": 300, "transfer": 4600,
                   "expenses": 0, "medical": 2900, "schooling": 7600},
        "before": {"wage": 45000, "business": 0, "property": 300, "transfer": 4400,
                   "expenses": 0, "medical": 2800, "schooling": 7200},
        "changes": [(1, 11, "廖家福", {"medical_insurance": False})],
        "visits": [(3, 16, "wechat", ""), (2, 18, "in_person", ""),
                   (1, 12, "in_person", "父亲今年的医保没有续上。")],
    },
    {
        "facts": {"status": "exited", "exited_class": "independent", "exited_year": 2016,
                  "group_name": "上畈组", "tier": "blue", "causes": ["缺技术"]},
        "members": [
            one("漆启明", "head", "male", 45, labour="skilled", work_months=11,
                work_place="县内", education="senior"),
            one("余春霞", "spouse", "female", 44, labour="skilled", work_months=10,
                work_place="县内", education="junior"),
        ],
        "income": {"wage": 52000, "business": 16000, "property": 900, "transfer": 1800,
                   "expenses": 3000, "medical": 900, "schooling": 0},
        "before": {"wage": 50000, "business": 15000, "property": 900, "transfer": 1800,
                   "expenses": 3000, "medical": 850, "schooling": 0},
        "visits": [(4, 9, "in_person", ""), (1, 15, "in_person", "")],
    },
)  # fmt: skip
