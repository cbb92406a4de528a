"""The accounts of the demo: one for every role, all with one password that is no secret.

``load_demo`` makes them, the login page of demo mode and ``demo_accounts`` show them. An officer
with two rows has two posts.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "jinzhai-demo-2020"

DEMO_VILLAGE = "341524108204"  # 豹迹岩村, 汤家汇镇, 金寨县
DEMO_COUNTY, NEIGHBOUR_COUNTY = "341524000000", "341525000000"


class DemoAccount(NamedTuple):
    username: str
    name: str
    role: str  # of accounts.roles.ROLES
    division_code: str
    department: str
    title: str
    hint: object  # what to try, lazily translated


DEMO_ACCOUNTS = (
    DemoAccount(
        "village",
        "李传明",
        "village",
        DEMO_VILLAGE,
        "",
        "驻村工作队队员",
        _("Visit a household of today's list"),
    ),
    DemoAccount(
        "village2",
        "漆德才",
        "village",
        DEMO_VILLAGE,
        "",
        "村委会主任",
        _("Take the next step of a case that a colleague began"),
    ),
    DemoAccount(
        "village3",
        "张玉莲",
        "village",
        DEMO_VILLAGE,
        "",
        "村扶贫信息员",
        _("Put up a public notice, answer an objection"),
    ),
    DemoAccount(
        "responsible",
        "漆学文",
        "assigned",
        DEMO_VILLAGE,
        "",
        "帮扶责任人",
        _("See only the households assigned to you"),
    ),
    DemoAccount(
        "township",
        "余静",
        "township",
        "341524108000",
        "",
        "镇扶贫专干",
        _("Look for households nobody visited this month"),
    ),
    DemoAccount(
        "township2",
        "汪洋",
        "township",
        "341524108000",
        "",
        "镇分管领导",
        _("Bring the township's closing requests into one list"),
    ),
    DemoAccount(
        "county",
        "周敏",
        "county",
        DEMO_COUNTY,
        "",
        "县扶贫局干部",
        _("Open a red household and read why it is red"),
    ),
    DemoAccount(
        "county2",
        "江涛",
        "county",
        DEMO_COUNTY,
        "",
        "县扶贫局副局长",
        _("Decide what a colleague of the county began"),
    ),
    DemoAccount(
        "neighbour",
        "何兵",
        "county",
        NEIGHBOUR_COUNTY,
        "",
        "县扶贫局干部",
        _("Find nothing of the county next door"),
    ),
    DemoAccount(
        "city",
        "陶军",
        "city",
        "341500000000",
        "",
        "市扶贫局干部",
        _("Compare the red flags of two counties"),
    ),
    DemoAccount(
        "province",
        "许文",
        "province",
        "340000000000",
        "",
        "省扶贫办干部",
        _("Run the monthly review, download the red-flag report"),
    ),
    DemoAccount(
        "province2",
        "方宁",
        "province",
        "340000000000",
        "",
        "省扶贫办副处长",
        _("Issue the bulletin that a colleague of the province drafted"),
    ),
    DemoAccount(
        "education",
        "程岚",
        "department",
        DEMO_COUNTY,
        "education",
        "县教育局干部",
        _("See pupils and who is out of school"),
    ),
    DemoAccount(
        "insurance",
        "孙丽",
        "department",
        DEMO_COUNTY,
        "medical_insurance",
        "县医保局干部",
        _("See who is not insured or gravely ill; look at last month's payments"),
    ),
    DemoAccount(
        "civil-affairs",
        "吴芳",
        "department",
        DEMO_COUNTY,
        "civil_affairs",
        "县民政局干部",
        _("See how the list of allowances matched the register, upload one"),
    ),
    DemoAccount(
        "water",
        "方涛",
        "department",
        DEMO_COUNTY,
        "water",
        "县水利局干部",
        _("See where drinking water is not safe"),
    ),
    DemoAccount(
        "insurer",
        "沈立",
        "department",
        DEMO_COUNTY,
        "insurance",
        "县防贫险承办机构",
        _("Decide an insurance claim and record the payout"),
    ),
    DemoAccount(
        "auditor",
        "储明",
        "auditor",
        DEMO_COUNTY,
        "",
        "县纪委监委干部",
        _("Read the register and who looked at what, change nothing"),
    ),
    DemoAccount(
        "administrator",
        "赵磊",
        "administrator",
        "340000000000",
        "",
        "系统管理员",
        _("Manage accounts without seeing any household"),
    ),
    DemoAccount(
        "two-posts",
        "徐兰",
        "township",
        "341524107000",
        "",
        "镇扶贫专干",
        _("Switch between two posts"),
    ),
    DemoAccount(
        "two-posts",
        "徐兰",
        "assigned",
        DEMO_VILLAGE,
        "",
        "边缘户联系人",
        _("Switch between two posts"),
    ),
)
