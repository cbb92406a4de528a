"""What departments know: one row per kind of data (AH 2.1, 3.2; domain.md 4).

A row of a file is a person by resident ID and name; ``columns`` say what else it may hold.
``rows`` says what several rows of one person mean: ``one`` (they must agree), ``sum`` (payments
add up) or ``many`` (several cars). ``facts`` are the fields of the register that the newest source
says; a kind without them is compared only, and ``compared`` says with what.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from households.national.words import MEMBER, Column

ONE, SUM, MANY = "one", "sum", "many"
PERSON, HOME, COSTS = "member", "household", "medical costs"

ID = Column(
    "resident_id",
    MEMBER,
    "identity",
    ("证件号码", "身份证号码", "身份证号", "身份证", "身份证件号码", "公民身份号码", "公民身份证号码",
     "居民身份证号码", "居民身份证号", "证件号", "社会保障号码", "社会保障号", "残疾证号", "残疾人证号"),
    personal=True,
)  # fmt: skip
NAME = Column(
    "name",
    MEMBER,
    "name",
    ("姓名", "成员姓名", "人员姓名", "参保人姓名", "参保人", "患者姓名", "学生姓名", "户主姓名", "户主",
     "权利人", "权利人姓名", "法定代表人", "车主", "车主姓名", "所有人", "死者姓名", "逝者姓名",
     "保障对象", "保障对象姓名", "受灾户主"),
)  # fmt: skip


def _c(name, kind, *names):
    return Column(name, MEMBER, kind, names)


@dataclass(frozen=True)
class Kind:
    number: int  # as it is stored; never given again
    code: str
    words: object
    departments: tuple  # of accounts.roles.DEPARTMENTS: who is in charge of it
    columns: tuple
    clause: str
    needs: tuple = ()  # columns without which a row says nothing
    default: str = ""  # JSON of what merely being listed says, where no column says it
    rows: str = ONE
    period: bool = False  # covers days, not a day
    about: str = ""  # what its facts are facts of: member, household, medical costs
    facts: tuple = ()  # (field of the register, SQL over ``said``, the values of the row)
    compared: object = ""

    @property
    def all_columns(self):
        return (ID, NAME, *self.columns)

    @property
    def needed(self):
        return (ID.field, NAME.field, *self.needs)


def _yes(name):
    return f"(said->>'{name}')::boolean"


WATER = ("water_quality", "water_quantity", "water_hours", "water_convenience", "water_reliability")
ALLOWED = _c(
    "granted", "granted", "保障状态", "享受状态", "待遇状态", "状态", "是否在享", "是否享受"
)
AMOUNT = _c("amount", "yuan", "月补助金额", "保障金额", "补助金额", "发放金额", "月保障金", "金额")

_ROWS = (
    Kind(
        11, "medical_payment", _("medical self-payment"), ("medical_insurance",),
        (_c("amount", "yuan", "个人自付", "个人自付金额", "自付金额", "个人负担", "个人负担金额",
            "个人支付金额", "合规自付", "合规自付费用", "合规自付支出", "自付费用"),
         _c("paid_on", "date", "结算日期", "结算时间", "费用日期", "出院日期", "就诊日期", "入院日期")),
        "AH 3.2, GZ 4.2", needs=("amount",), rows=SUM, period=True, about=COSTS,
        compared=_("rigid expenditure"),
    ),
    Kind(
        12, "medical_insurance", _("medical insurance enrolment"), ("medical_insurance",),
        (_c("enrolled", "granted", "参保状态", "是否参保", "缴费状态", "是否缴费", "参保情况"),),
        "AH 3.2", default='"enrolled": true', about=PERSON,
        facts=(("medical_insurance", _yes("enrolled")),),
    ),
    Kind(
        21, "low_income", _("subsistence allowance"), ("civil_affairs",),
        (ALLOWED, AMOUNT, _c("category", "text", "保障类别", "低保类别", "类别")),
        "AH 2.2, GZ 4.4.3", default='"granted": true', about=PERSON,
        facts=(("low_income_allowance", _yes("granted")),),
    ),
    Kind(
        22, "extreme_poverty", _("support for the extremely poor"), ("civil_affairs",),
        (ALLOWED, AMOUNT, _c("care", "text", "供养方式", "供养类型", "供养形式")),
        "LA 2.2", default='"granted": true', about=PERSON,
        facts=(("extreme_poverty_support", _yes("granted")),),
    ),
    Kind(
        31, "disability", _("disability"), ("disabled_persons",),
        (_c("grade", "disability_grade", "残疾等级", "残疾级别", "等级", "级别"),
         _c("category", "text", "残疾类别", "残疾类型", "类别"),
         _c("certified_on", "date", "发证日期", "评定日期", "领证日期")),
        "LA 2.2", needs=("grade",), about=PERSON,
        facts=(("disabled", "TRUE"), ("disability_grade", "(said->>'grade')::smallint")),
    ),
    Kind(
        41, "school", _("school enrolment"), ("education",),
        (_c("school", "stage", "学段", "在校生状况", "就读学段", "年级", "就读年级", "学籍状态",
            "就学状态", "在校状况"),
         _c("place", "text", "学校", "学校名称", "就读学校")),
        "AH 3.2, XC 4.3.15", needs=("school",), about=PERSON,
        facts=(("school", "said->>'school'"), ("school_words", "said->>'school_words'")),
    ),
    Kind(
        51, "house_grade", _("house grade"), ("housing",),
        (_c("grade", "grade", "住房等级", "房屋等级", "鉴定等级", "住房鉴定等级", "房屋鉴定等级", "等级",
            "危险等级", "房屋安全等级"),
         _c("appraised_on", "date", "鉴定日期", "鉴定时间", "评定日期")),
        "AH 3.2, XC 4.3.13", needs=("grade",), about=HOME,
        facts=(("house_grade", "said->>'grade'"), ("unsafe_house", "said->>'grade' IN ('C', 'D')")),
    ),
    Kind(
        61, "water", _("drinking water"), ("water",),
        (_c("water_safe", "yes_no", "是否解决安全饮用水", "饮水是否安全", "饮水安全", "是否达标",
            "评价结果", "饮水安全评价"),
         _c("water_quality", "yes_no", "水质是否达标", "水质达标", "水质"),
         _c("water_quantity", "yes_no", "水量是否达标", "水量达标", "水量"),
         _c("water_hours", "yes_no", "供水时间是否达标", "供水时间达标", "供水时长"),
         _c("water_convenience", "yes_no", "用水方便程度是否达标", "用水方便", "方便程度"),
         _c("water_reliability", "yes_no", "供水保证率是否达标", "供水保证率达标", "供水保证率")),
        "AH 3.2, XC 4.3.16", needs=("water_safe",), about=HOME,
        facts=tuple((name, _yes(name)) for name in ("water_safe", *WATER)),
    ),
    Kind(
        71, "employment", _("employment"), ("human_resources",),
        (_c("months", "months", "务工时间", "务工月数", "就业月数", "就业月份数", "累计务工月数"),
         _c("place", "text", "务工所在地", "务工地点", "就业单位", "单位名称", "用工单位")),
        "GZ 4.2.1", needs=("months",), about=PERSON,
        facts=(("work_months", "(said->>'months')::numeric(3, 1)"),
               ("work_place", "said->>'place'")),
    ),
    Kind(
        72, "pension", _("pension insurance"), ("human_resources",),
        (_c("enrolled", "granted", "参保状态", "是否参保", "缴费状态", "领取状态", "待遇状态"),
         _c("amount", "yuan", "月养老金", "发放金额", "月领取金额", "金额")),
        "XC 4.5.23", default='"enrolled": true', about=PERSON,
        facts=(("pension", _yes("enrolled")),),
    ),
    Kind(
        81, "vehicles", _("vehicles"), ("public_security", "civil_affairs"),
        (_c("model", "text", "车辆类型", "车型", "品牌型号", "车辆品牌", "品牌"),
         _c("value", "yuan", "车辆价格", "购置价格", "价格", "车价"),
         _c("registered_on", "date", "注册日期", "登记日期", "初次登记日期", "购置日期")),
        "AH 2.1", needs=("model",), rows=MANY, compared=_("listing and allowances"),
    ),
    Kind(
        82, "companies", _("companies"), ("civil_affairs",),
        (_c("company", "text", "企业名称", "单位名称", "市场主体名称", "名称", "字号名称"),
         _c("part", "text", "身份", "任职", "职务", "角色", "人员类型"),
         _c("capital", "capital", "注册资本", "出资额", "认缴出资额", "注册资金")),
        "AH 2.1", needs=("company",), rows=MANY, compared=_("listing and allowances"),
    ),
    Kind(
        83, "property", _("real estate"), ("housing", "civil_affairs"),
        (_c("place", "text", "坐落", "房屋坐落", "不动产坐落", "地址"),
         _c("area", "area", "建筑面积", "面积", "房屋面积"),
         _c("use", "text", "用途", "房屋用途", "规划用途")),
        "AH 2.1", needs=("place",), rows=MANY, compared=_("listing and allowances"),
    ),
    Kind(
        91, "deaths", _("deaths"), ("public_security", "health", "civil_affairs"),
        (_c("died_on", "date", "死亡日期", "死亡时间", "去世日期", "火化日期", "注销日期"),),
        "XC 4.1.2", needs=("died_on",), compared=_("members of the household"),
    ),
    Kind(
        92, "disaster", _("disasters"), ("emergency", "agriculture"),
        (_c("disaster", "text", "灾害种类", "灾种", "灾害类型", "受灾类型"),
         _c("happened_on", "date", "受灾日期", "受灾时间", "发生日期", "灾害时间"),
         _c("loss", "yuan", "直接经济损失", "损失金额", "损失", "经济损失")),
        "AH 2.3", needs=("disaster",), rows=MANY, compared=_("sudden events"),
    ),
    Kind(
        93, "hazard_spot", _("hazard spots"), ("emergency",),
        (_c("spot", "text", "隐患点", "隐患点名称", "灾害隐患点", "地质灾害隐患点"),
         _c("threatened", "granted", "是否受威胁", "威胁状态")),
        "GZ 4.2.1", default='"threatened": true', about=HOME,
        facts=(("hazard_spot", _yes("threatened")),),
    ),
    Kind(
        94, "veterans", _("veterans' families"), ("civil_affairs",),
        (_c("category", "text", "优抚对象类别", "优抚类别", "人员类别", "类别"),
         _c("amount", "yuan", "抚恤补助", "补助金额", "金额")),
        "LA 2.2", compared=_("key groups of screening"),
    ),
    Kind(
        95, "epidemic", _("epidemic cases"), ("health",),
        (_c("state", "epidemic", "病例类型", "病例分类", "诊断结果", "病例状态", "转归", "状态"),
         _c("found_on", "date", "确诊日期", "诊断日期", "发病日期", "报告日期")),
        "AH 5.2, AH0 2", needs=("state",), compared=_("sudden events"),
    ),
)  # fmt: skip
KINDS = {kind.code: kind for kind in _ROWS}
BY_NUMBER = {kind.number: kind for kind in _ROWS}
CHOICES = [(kind.number, kind.words) for kind in _ROWS]
CODES = [(kind.code, kind.code) for kind in _ROWS]


def kinds_of(post):
    """The kinds that the post's department is in charge of; none for any other post."""
    if not post or not post.may("upload_feed"):
        return []
    return [kind for kind in _ROWS if post.department in kind.departments]
