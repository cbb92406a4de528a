"""For each check a situation that it finds and one, near by, that it leaves alone."""

from datetime import date, timedelta

from tests.cast import TODAY

NEXT = "341524105201"
OTHER_COUNTY = "341525100201"
ID = "341524195802030017"
DAY = timedelta(days=1)


def _of(name):
    return lambda **facts: {name: facts}


H, HEAD, SPOUSE, CHILD, PARENT = map(_of, ("h", "head", "spouse", "child", "parent"))
INCOME, BEFORE = _of("income"), _of("before")
CLEAN = {}
EDGE = {"status": "edge"}
SUPPORTED = {"exited_class": "supported"}
NOBODY = {"head": None, "spouse": None, "child": None, "parent": None}
NO_PUPIL = CHILD(school="none", school_exemption="因病休学", school_words="")


def alone(**facts):
    """The head lives alone."""
    return {"spouse": None, "child": None, "parent": None, "head": facts}


def more(*people):
    return {"more": people}


def paid(**facts):
    """A measure that was done with an amount of money."""
    done = {"result": "done", "ended_on": TODAY, "amount": 3000}
    return {"measures": [done | facts]}


def person(relation, born_on=date(1980, 1, 5), sex="male", **facts):
    return {"name": f"汪{relation}", "relation": relation, "sex": sex, "born_on": born_on} | facts


def aged(years, days=0):
    """Born so that today is the birthday of ``years``, or ``days`` later."""
    return TODAY.replace(year=TODAY.year - years) + days * DAY


def born(person_, years, days=0, **facts):
    return {person_: {"born_on": aged(years, days)} | facts}


HOUSEHOLDS = {
    101: (H(status=""), CLEAN),
    102: (H(exited_class=""), H(status="edge")),
    103: (H(exited_year=None), H(status="edge", exited_year=None)),
    104: (H(exited_year=2021, listed_on=date(2022, 1, 1)), H(exited_year=2020, listed_on=TODAY)),
    105: (H(identified_on=TODAY + DAY), H(identified_on=TODAY)),
    106: (H(identified_on=date(2012, 12, 31)), H(identified_on=date(2013, 1, 1))),
    107: (H(listed_on=None), H(listed_on=None, **SUPPORTED)),
    108: (H(listed_on=TODAY + DAY), H(listed_on=TODAY)),
    109: (H(listed_on=date(2017, 12, 31)), H(listed_on=date(2018, 1, 1))),
    110: (H(identified_on=None), H(identified_on=None, **EDGE)),
    111: (H(identified_on=date(2019, 3, 2)), H(identified_on=date(2019, 3, 1))),
    112: (H(head_name=""), CLEAN),
    113: (H(group_name=""), CLEAN),
    116: (H(tier="unknown"), H(tier="unknown", **EDGE)),
    118: (H(status="poor", causes=[]), H(causes=[])),
    119: (H(risks=[]), H(risks=[], **SUPPORTED)),
    120: (H(causes=["因病", "因残", "因学", "缺水"]), H(causes=["因病", "因残", "因学"])),
    121: (H(status="poor", causes=["因残"]), H(causes=["因残"])),
    122: (H(risks=["因病"]), H(risks=["因病"]) | HEAD(chronic_illness=True)),
    123: (H(risks=["因学"]) | NO_PUPIL, H(risks=["因学"])),
    124: (H(risks=["因缺劳动力"]), H(risks=["缺劳力"]) | SPOUSE(labour="weak")),
    125: (H(risks=["因饮水安全"], water_safe=True), H(risks=["因饮水安全"], water_safe=None)),
    126: (H(risks=["因安全住房"]), H(risks=["因安全住房"], house_grade="C")),
    130: (H(phone=""), CLEAN),
    131: (H(phone="10045678901"), H(phone="05641234567")),
    132: (H(responsible_name="", in_charge=None), H(responsible_name="", contact_name="王芳",
          in_charge=None)),
    133: (H(responsible_phone=""), H(responsible_phone="", responsible_name="")),
    134: (H(contact_name="王芳"), H(contact_name="王芳", contact_phone="13856400002")),
    136: (H(contact_name="汪大山"), H(contact_name="汪大海")),
    137: (H(bank_name=""), H(bank_name="", bank_account="")),
    138: (H(bank_account=""), H(bank_name="", bank_account="")),
    139: (H(in_charge=None, responsible_name="assigned"),
          H(in_charge=None, responsible_name="李传明")),
    140: (H(last_visited_on=None), H(last_visited_on=None, **SUPPORTED)),
    141: (H(last_visited_on=date(2020, 4, 30)), H(last_visited_on=date(2020, 5, 1))),
    142: (H(last_visited_on=date(2019, 12, 31), **SUPPORTED),
          H(last_visited_on=date(2020, 1, 1), **SUPPORTED)),
    143: (H(last_visited_on=TODAY + DAY), H(last_visited_on=TODAY)),
    150: (H(house_grade=""), H(house_grade="", status="general")),
    151: (H(house_grade="C", unsafe_house=False), H(house_grade="C", unsafe_house=True)),
    152: (H(house_grade="B", unsafe_house=True), H(house_grade="B", unsafe_house=False)),
    153: (H(house_grade="D", unsafe_house=None), H(house_grade="B", unsafe_house=None)),
    154: (H(house_material=""), H(house_material="other")),
    155: (H(house_material="earth", only_home=None), H(house_material="earth", only_home=False)),
    156: (H(only_home=True, safe_home_elsewhere=True),
          H(only_home=False, safe_home_elsewhere=True)),
    157: (H(relocated=True), H(relocated=True, relocation_site="幸福家园")),
    158: (H(relocated=False, relocation_site="幸福家园"),
          H(relocated=True, relocation_site="幸福家园")),
    159: (H(relocated=True, house_grade="C"),
          H(relocated=True, house_grade="C", safe_home_elsewhere=True)),
    160: (H(hazard_spot=None), H(hazard_spot=True)),
    161: (H(relocated=True, hazard_spot=True), H(relocated=False, hazard_spot=True)),
    162: (H(house_grade="A", house_at_risk=True), H(house_grade="B", house_at_risk=True)),
    163: (H(house_material="earth", house_grade="A"), H(house_material="earth", house_grade="B")),
    164: (H(house_grade="D", safe_home_elsewhere=None), H(house_grade="D",
          safe_home_elsewhere=False)),
    165: (H(house_grade="D", only_home=True, exited_class="independent"),
          H(house_grade="C", only_home=True, exited_class="independent")),
    170: (H(water_safe=None), H(water_safe=False)),
    171: (H(water_safe=True, water_hours=False), H(water_safe=True, water_hours=None)),
    172: (H(water_safe=False), H(water_safe=False, water_quality=False)),
    174: (H(water_safe=False, water_hours=None), H(water_safe=False, water_hours=False)),
    175: (H(water_seasonal_shortage=True, water_reliability=None),
          H(water_seasonal_shortage=True)),
    180: (H(cropland_mu="100.01"), H(cropland_mu=100)),
    181: (H(forest_mu=-1), H(forest_mu=200)),
    182: (H(water_surface_mu=101), H(water_surface_mu=0)),
    183: (H(cropland_mu=None), H(cropland_mu=0)),
    184: (H(longitude=31, latitude=31), H(longitude="115.7", latitude="31.4")),
    185: (H(longitude="115.7"), H(longitude="115.71", latitude="31.41")),
    186: (H(business_short_of_funds=True) | INCOME(business=0, expenses=0),
          H(business_short_of_funds=True)),
    200: (NOBODY, alone()),
    201: (HEAD(relation="sibling"), CLEAN),
    202: (H(head_name="汪大海"), CLEAN),
    203: (more(person("spouse", sex="female")), CLEAN),
    204: (more(*[person("other") for _ in range(12)]), more(*[person("other") for _ in range(11)])),
    205: (alone(born_on=aged(18, 1)), alone(born_on=aged(18))),
    206: (more(person("parent", aged(60)), person("parent", aged(61))),
          more(person("parent", aged(60)))),
    207: (more(*[person("parent_in_law", aged(60 + n)) for n in range(3)]),
          more(*[person("parent_in_law", aged(60 + n)) for n in range(2)])),
    208: (more(*[person("grandparent", aged(80 + n)) for n in range(5)]),
          more(*[person("grandparent", aged(80 + n)) for n in range(4)])),
    210: (HEAD(labour="") | SPOUSE(labour="") | CHILD(labour="") | PARENT(labour=""),
          HEAD(labour="") | SPOUSE(labour="") | CHILD(labour="")),
    211: (SPOUSE(low_income_allowance=True), HEAD(low_income_allowance=True)),
    300: ({"income": None, "before": None}, {"before": None}),
    301: (INCOME(window_from=date(2018, 5, 1), window_to=date(2019, 4, 30)) | {"before": None},
          INCOME(window_from=date(2018, 6, 1), window_to=date(2019, 5, 31)) | {"before": None}),
    302: (INCOME(window_from=date(2019, 7, 1), window_to=date(2020, 6, 30)),
          INCOME(window_from=date(2019, 6, 26), window_to=TODAY)),
    303: (INCOME(window_to=date(2020, 4, 30)), INCOME(window_from=date(2019, 5, 1),
          window_to=date(2020, 4, 30))),
    304: (INCOME(expenses=60000), INCOME(expenses=51500)),
    305: (INCOME(wage=400000), INCOME(wage=390000)),
    306: (INCOME(wage=0, business=0, property=0, transfer=0, expenses=0),
          INCOME(wage=0, business=0, property=0, transfer=1, expenses=0)),
    307: (INCOME(wage=0), INCOME(wage=0) | HEAD(work_months=0) | SPOUSE(work_months=0)),
    308: (HEAD(work_months=0) | SPOUSE(work_months=0), HEAD(work_months=0)),
    309: (INCOME(transfer=0) | HEAD(low_income_allowance=True), INCOME(transfer=0)),
    310: (INCOME(transfer=0), INCOME(transfer=0) | PARENT(pension=False)),
    311: (INCOME(medical=None), INCOME(medical=0)),
    312: (INCOME(schooling=None), INCOME(schooling=0)),
    313: (INCOME(medical=0) | HEAD(major_illness=True), INCOME(medical=0)),
    314: (INCOME(schooling=0) | CHILD(school="senior"), INCOME(schooling=0)),
    315: (NO_PUPIL, CLEAN),
    316: (INCOME(stated_per_capita=13000), INCOME(stated_per_capita=12500)),
    317: (INCOME(business=0), INCOME(business=0, expenses=0)),
    318: (INCOME(business=10000, expenses=0), INCOME(business=9999, expenses=0)),
    319: (INCOME(wage=140000), INCOME(wage=120000)),
    320: (INCOME(wage=10000), INCOME(wage=20000)),
    321: (INCOME(property=-1), INCOME(property=0)),
    322: (INCOME(housing=-1), INCOME(housing=0)),
    323: (INCOME(wage=1999), INCOME(wage=2000)),
    324: (H(exited_class="independent") | INCOME(wage=2000, transfer=9000),
          H(exited_class="independent") | INCOME(wage=2000, transfer=8500)),
    325: (INCOME(stated_on=date(2020, 5, 30)), INCOME(stated_on=date(2020, 5, 31))),
    326: (BEFORE(wage=42000, business=6000, expenses=1500, transfer=3000),
          BEFORE(wage=42000, business=6000, expenses=1500, transfer=3001)),
    327: (BEFORE(window_from=date(2018, 5, 1), window_to=date(2019, 4, 30)),
          BEFORE(window_from=date(2018, 7, 1), window_to=date(2019, 6, 30))),
}  # fmt: skip
MEMBERS = {
    400: (SPOUSE(name="陈 秀兰"), SPOUSE(name="阿依古丽·买买提")),
    401: (HEAD(resident_id=""), CLEAN),
    402: (CHILD(sex="", resident_id="341524201009010017"), CLEAN),
    403: (PARENT(born_on=None, resident_id="341524195001020016"), CLEAN),
    404: (HEAD(sex="female", resident_id="341524198003040017"),
          HEAD(sex="male", resident_id="341524198003040038")),
    405: (HEAD(resident_id="991524198003040017"), HEAD(resident_id="651524198003040017")),
    406: (CHILD(born_on=TODAY + DAY), CHILD(born_on=TODAY)),
    407: (born("parent", 110), born("parent", 110, 1)),
    408: (PARENT(relation=""), PARENT(relation="other")),
    409: (HEAD(nation=""), HEAD(nation="畲族")),
    410: (CHILD(name="汪"), CHILD(name="汪山")),
    411: (HEAD(resident_id="341524800304001"), CLEAN),
    412: (CHILD(born_on=date(1992, 3, 3)), CHILD(born_on=date(1992, 3, 4))),
    413: (HEAD(born_on=date(1945, 8, 31)) , HEAD(born_on=date(1945, 9, 1))),
    414: (CHILD(relation="grandchild", born_on=date(2006, 3, 3)),
          CHILD(relation="grandchild", born_on=date(2006, 3, 4))),
    415: (PARENT(born_on=date(1968, 3, 5)), PARENT(born_on=date(1968, 3, 4))),
    416: (PARENT(relation="grandparent", born_on=date(1954, 3, 5)),
          PARENT(relation="grandparent", born_on=date(1954, 3, 4))),
    417: (born("spouse", 20, 1), born("spouse", 20)),
    418: (HEAD(born_on=date(1942, 5, 5)), HEAD(born_on=date(1942, 5, 6))),
    419: (born("child", 18, 1, relation="child_in_law"), born("child", 18,
          relation="child_in_law")),
    420: (PARENT(relation="sibling", born_on=date(1940, 3, 3)),
          PARENT(relation="sibling", born_on=date(1940, 3, 4))),
    421: (PARENT(relation="parent_in_law", born_on=date(1968, 3, 5)),
          PARENT(relation="parent_in_law", born_on=date(1968, 3, 4))),
    422: (SPOUSE(sex="male"), CLEAN),
    423: (born("head", 16, 1), born("head", 16)),
    424: (CHILD(left_on=TODAY + DAY), CHILD(left_on=TODAY)),
    # Of school age: six on 31 August 2019, not yet sixteen then.
    430: (CHILD(school="", born_on=date(2013, 8, 31)), CHILD(school="", born_on=date(2013, 9, 1))),
    431: (CHILD(school="none", born_on=date(2003, 9, 1)),
          CHILD(school="none", born_on=date(2003, 8, 31))),
    432: (born("child", 9, school="preschool"), born("child", 9, 1, school="preschool")),
    433: (born("child", 5, 1), born("child", 5)),
    434: (born("child", 20, school="junior"), born("child", 20, 1, school="junior")),
    435: (born("child", 13, 1, school="senior"), born("child", 13, school="senior")),
    436: (born("child", 41, school="tertiary"), born("child", 41, 1, school="tertiary")),
    437: (born("child", 16, 1, education="college"), born("child", 16, education="college")),
    438: (CHILD(education="senior"), CHILD(education="primary")),
    439: (CHILD(school_words=""), CHILD(school="none", school_words="")),
    440: (CHILD(school_exemption="因病"), CHILD(school="none", school_exemption="因病")),
    441: (CHILD(school="none", dropout_warning=True), CHILD(dropout_warning=True)),
    442: (born("child", 16), born("child", 16, 1)),
    443: (born("child", 16, education="none"), born("child", 30, education="none")),
    444: (CHILD(work_months="8.5"), CHILD(work_months=8)),
    450: (HEAD(chronic_illness=None, major_illness=None, disabled=None),
          HEAD(chronic_illness=None, major_illness=None)),
    451: (HEAD(disabled=True), HEAD(disabled=True, disability_grade=3)),
    452: (HEAD(disabled=False, disability_grade=3), HEAD(disabled=True, disability_grade=3)),
    453: (HEAD(disabled=True, disability_grade=5), HEAD(disabled=True, disability_grade=4)),
    454: (HEAD(disabled=True), HEAD(disabled=True, disability_card="34152419800304001743")),
    455: (HEAD(disability_grade=2, disability_card="34152419800304001743"),
          HEAD(disability_grade=3, disability_card="34152419800304001743")),
    456: (HEAD(disability_card="34152419800304001743"),
          HEAD(disabled=True, disability_card="34152419800304001743")),
    457: (HEAD(disabled=True, disability_grade=2), HEAD(disabled=True, disability_grade=3)),
    458: (HEAD(untreated=True), HEAD(untreated=True, chronic_illness=True)),
    459: (HEAD(chronic_illness=True, family_doctor=None), HEAD(family_doctor=None)),
    460: (HEAD(major_illness=True), SPOUSE(major_illness=True)),
    461: (HEAD(resident_id="342524198003040017", disability_card="34152419800304001743"),
          HEAD(resident_id="341524198003040017", disability_card="34152419800304001743")),
    462: (HEAD(disability_card="341524198003040017"), HEAD(
          disability_card="34152419800304001743")),
    463: (HEAD(major_illness=True, untreated=None), HEAD(untreated=None)),
    470: (HEAD(labour=""), CLEAN),
    471: (born("child", 16, 1, labour="weak"), born("child", 16, labour="weak")),
    472: (born("parent", 61, labour="ordinary"), born("parent", 61, 1, labour="ordinary")),
    473: (SPOUSE(labour="none"), SPOUSE(labour="none", chronic_illness=True)),
    474: (HEAD(work_months="12.5"), HEAD(work_months=12)),
    475: (born("child", 16, 1, work_months=1), born("child", 16, work_months=1)),
    476: (SPOUSE(labour="lost"), SPOUSE(labour="weak")),
    477: (HEAD(work_place=""), HEAD(work_place="", work_months=0)),
    478: (HEAD(work_months=None), HEAD(work_months=0)),
    479: (HEAD(work_months=0), CLEAN),
    480: (HEAD(trained=False), SPOUSE(trained=False)),
    481: (born("child", 16, 1, wants_work=True), born("child", 16, wants_work=True)),
    482: (born("parent", 76, work_months=7), born("parent", 76, 1, work_months=7)),
    483: (PARENT(labour="lost", wants_training=True), PARENT(wants_training=True)),
    490: (HEAD(medical_insurance=None), CLEAN),
    491: (HEAD(medical_insurance=False), HEAD(medical_insurance=False,
          serious_illness_insurance=False)),
    492: (HEAD(low_income_allowance=True, extreme_poverty_support=True),
          HEAD(extreme_poverty_support=True)),
    493: (SPOUSE(extreme_poverty_support=True), PARENT(extreme_poverty_support=True)),
    494: (born("parent", 60, pension=None), born("parent", 60, 1, pension=None)),
    495: (born("parent", 60, pension=False), born("parent", 60, 1, pension=False)),
    496: (HEAD(low_income_allowance=None), CLEAN),
    497: (born("child", 16, 1, pension=True), born("child", 16, pension=True)),
    498: (HEAD(extreme_poverty_support=None),
          HEAD(extreme_poverty_support=None, low_income_allowance=True)),
}  # fmt: skip
HELP = {650: (paid(), paid(source="other"))}
TWINS = {
    601: ({"others": [(NEXT, HEAD(resident_id=ID))]} | HEAD(resident_id=ID),
          {"others": [(NEXT, HEAD(resident_id="341524195802030025", left_on=TODAY))]}
          | HEAD(resident_id="341524195802030025")),
    602: (HEAD(resident_id="341524195802030033") | PARENT(resident_id="341524195802030033"),
          HEAD(resident_id="341524195802030041") | PARENT(resident_id="341524195802030042")),
    603: (PARENT(name="汪大山", born_on=date(1980, 3, 4)), PARENT(name="汪大山")),
    604: ({"others": [(OTHER_COUNTY, H(phone="13712340001"))]} | H(phone="13712340001"),
          {"others": [(NEXT, H(phone="13712340002"))]} | H(phone="13712340002")),
    605: ({"others": [(NEXT, H(phone="13712340003"))] * 5} | H(phone="13712340003"),
          {"others": [(NEXT, H(phone="13712340004"))] * 4} | H(phone="13712340004")),
    606: ({"others": [("341524105207", H(phone="13712340005"))]} | H(phone="13712340005"),
          {"others": [(NEXT, H(phone="13712340006"))]} | H(phone="13712340006")),
    607: ({"others": [(NEXT, H(longitude="115.5", latitude="31.5"))] * 3}
          | H(longitude="115.5", latitude="31.5"),
          {"others": [(NEXT, H(longitude="115.6", latitude="31.5"))] * 2}
          | H(longitude="115.6", latitude="31.5")),
}  # fmt: skip
SITUATIONS = HOUSEHOLDS | MEMBERS | HELP | TWINS
# What no family can be told to have: told in test_checks.py by hand.
PLACES = {114, 115}
