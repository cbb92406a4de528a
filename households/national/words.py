"""The national system's words and ours, as tables: header names, then code lists.

A header is compared after ``plain_header``: without blanks, without what stands in brackets, in
half-width letters. So 县(市、区、旗), 县（市、区） and 县 are one name.
"""

import re
import unicodedata
from dataclasses import dataclass

HOUSEHOLD, MEMBER, PLACE, KEY = "household", "member", "place", "key"


@dataclass(frozen=True)
class Column:
    """One meaning: where it goes, how its cells are read, and the names it goes by."""

    field: str
    level: str
    kind: str
    names: tuple
    many: bool = False  # several columns may carry it
    personal: bool = False  # its cells are shown masked

    @property
    def title(self):
        return self.names[0]


def _c(level, field, kind, *names, **options):
    return Column(field, level, kind, names, **options)


COLUMNS = [
    _c(PLACE, "city", "place", "市", "地级市", "市州"),
    _c(PLACE, "county", "place", "县", "县区", "区县", "县市区", "所在县"),
    _c(PLACE, "township", "place", "乡", "乡镇", "镇", "所在乡镇", "乡镇街道"),
    _c(PLACE, "village", "place", "行政村", "村", "村名", "所在村", "行政村名称", "村居", "村社区"),
    _c(
        PLACE,
        "code",
        "place",
        "行政区划代码",
        "行政村代码",
        "行政村编码",
        "村代码",
        "村编码",
        "区划代码",
        "区划编码",
        "行政村区划代码",
    ),
    _c(KEY, "number", "number", "户编号", "家庭编号", "户号", "农户编号"),
    _c(KEY, "member_number", "number", "人编号", "人员编号", "家庭成员编号"),
    _c(KEY, "size", "count", "人数", "家庭人口数", "家庭人口", "人口数", "户人数", "家庭人数"),
    # The household
    _c(HOUSEHOLD, "group_name", "text", "自然村", "村民小组", "组", "村民组", "自然村组"),
    _c(HOUSEHOLD, "household_kind", "status", "户类型", "农户类型", "户类别"),
    _c(HOUSEHOLD, "exited_kind", "class", "脱贫户分类", "脱贫户类别", "脱贫户类型", "脱贫分类"),
    _c(
        HOUSEHOLD,
        "monitored_kind",
        "monitored",
        "监测对象类别",
        "易返贫致贫户类型",
        "监测对象类型",
        "监测户类型",
        "易返贫致贫户",
    ),
    _c(HOUSEHOLD, "risk_cleared", "yes_no", "风险是否消除", "风险是否已消除", "是否消除风险"),
    _c(HOUSEHOLD, "exited_year", "year", "脱贫年度", "脱贫年份", "脱贫时间", "脱贫年"),
    _c(
        HOUSEHOLD, "identified_on", "date", "首次识别时间", "识别时间", "户识别时间", "首次识别日期"
    ),
    _c(
        HOUSEHOLD,
        "listed_on",
        "date",
        "识别监测时间",
        "风险识别时间",
        "监测识别时间",
        "监测时间",
        "纳入监测时间",
    ),
    _c(
        HOUSEHOLD,
        "causes",
        "causes",
        "主要致贫原因",
        "致贫原因",
        "致贫原因1",
        "致贫原因2",
        "致贫原因3",
        "其他致贫原因",
        "次要致贫原因",
        many=True,
    ),
    _c(
        HOUSEHOLD,
        "risks",
        "risks",
        "返贫风险类型",
        "返贫致贫风险类型",
        "致贫返贫风险类型",
        "风险类型",
        "致贫返贫风险",
        "致贫风险类型",
        *[
            f"{stem}{n}"
            for stem in ("致贫/返贫风险", "致贫返贫风险", "返贫风险")
            for n in range(1, 6)
        ],
        many=True,
    ),
    _c(HOUSEHOLD, "window_from", "month_first", "收入起始年月", "收入起始月", "收入开始年月"),
    _c(HOUSEHOLD, "window_to", "month_last", "收入截止年月", "收入截止月", "收入结束年月"),
    _c(HOUSEHOLD, "wage", "yuan", "工资性收入", "工资收入"),
    _c(HOUSEHOLD, "business", "yuan", "生产经营性收入", "经营性收入", "生产经营收入"),
    _c(HOUSEHOLD, "property", "yuan", "财产性收入", "财产收入"),
    _c(HOUSEHOLD, "transfer", "yuan", "转移性收入", "转移收入"),
    _c(HOUSEHOLD, "expenses", "yuan", "生产经营性支出", "经营性支出", "生产经营支出"),
    _c(HOUSEHOLD, "stated_per_capita", "yuan_or_loss", "人均纯收入", "家庭人均纯收入"),
    _c(HOUSEHOLD, "medical", "yuan", "合规自付医疗支出", "合规自付支出", "医疗自付支出"),
    _c(HOUSEHOLD, "schooling", "yuan", "教育支出", "上学支出"),
    _c(HOUSEHOLD, "housing", "yuan", "住房支出", "建房支出"),
    _c(HOUSEHOLD, "disaster_repair", "yuan", "灾后恢复支出", "因灾支出", "灾后重建支出"),
    _c(HOUSEHOLD, "house_grade", "grade", "住房等级", "房屋等级", "住房鉴定等级", "房屋鉴定等级"),
    _c(HOUSEHOLD, "house_material", "material", "住房结构", "房屋结构", "住房主要结构"),
    _c(HOUSEHOLD, "only_home", "yes_no", "是否唯一住房", "唯一住房"),
    _c(HOUSEHOLD, "unsafe_house", "yes_no", "是否危房户", "危房户", "是否危房"),
    _c(
        HOUSEHOLD,
        "hazard_spot",
        "yes_no",
        "是否地质灾害隐患点",
        "地质灾害隐患点",
        "是否在地质灾害隐患点",
    ),
    _c(HOUSEHOLD, "water_safe", "yes_no", "是否解决安全饮用水", "是否解决安全饮水", "饮水是否安全"),
    _c(HOUSEHOLD, "relocated", "yes_no", "是否易地扶贫搬迁户", "是否易地搬迁户", "易地扶贫搬迁户"),
    _c(HOUSEHOLD, "relocation_site", "text", "安置点", "安置点名称", "搬迁安置点"),
    _c(HOUSEHOLD, "cropland_mu", "mu", "耕地面积"),
    _c(HOUSEHOLD, "forest_mu", "mu", "林地面积"),
    _c(HOUSEHOLD, "water_surface_mu", "mu", "水面面积"),
    _c(HOUSEHOLD, "phone", "phone", "户联系电话", "户主联系电话", "户主电话", personal=True),
    _c(HOUSEHOLD, "bank_name", "text", "开户银行", "开户银行名称", "开户行"),
    _c(
        HOUSEHOLD,
        "bank_account",
        "account",
        "银行卡号",
        "银行账号",
        "银行帐号",
        "账号",
        "一卡通账号",
        personal=True,
    ),
    _c(
        HOUSEHOLD,
        "responsible_name",
        "text",
        "帮扶责任人",
        "帮扶责任人姓名",
        "帮扶人",
        "帮扶联系人",
    ),
    _c(
        HOUSEHOLD,
        "responsible_phone",
        "phone",
        "帮扶责任人电话",
        "帮扶责任人联系电话",
        "帮扶人电话",
        personal=True,
    ),
    _c(HOUSEHOLD, "contact_name", "text", "监测联系人", "监测联系人姓名", "联系人"),
    _c(
        HOUSEHOLD,
        "contact_phone",
        "phone",
        "监测联系人电话",
        "监测联系人联系电话",
        "联系人电话",
        personal=True,
    ),
    _c(
        HOUSEHOLD,
        "national_measures",
        "measure",
        "产业帮扶",
        "就业帮扶",
        "健康帮扶",
        "教育帮扶",
        "金融帮扶",
        "社会帮扶",
        "公益岗位帮扶",
        "综合保障",
        "搬迁",
        "生产生活条件改善",
        "实施开发式帮扶措施情况",
        "住房帮扶",
        "饮水帮扶",
        many=True,
    ),
    # The member
    _c(MEMBER, "name", "name", "姓名", "成员姓名", "人员姓名"),
    _c(
        MEMBER,
        "resident_id",
        "identity",
        "证件号码",
        "身份证号码",
        "身份证号",
        "身份证件号码",
        "公民身份号码",
        "居民身份证号码",
        "证件号",
        personal=True,
    ),
    _c(MEMBER, "relation", "relation", "与户主关系", "与户主的关系", "户主关系"),
    _c(MEMBER, "sex", "sex", "性别"),
    _c(MEMBER, "born_on", "birth", "出生日期", "出生年月日", "出生年月"),
    _c(MEMBER, "nation", "text", "民族"),
    _c(MEMBER, "education", "education", "文化程度", "学历"),
    _c(MEMBER, "school", "school", "在校生状况", "在校状况", "在校生情况"),
    _c(MEMBER, "health", "health", "健康状况", "身体状况"),
    _c(
        MEMBER,
        "disability_card",
        "card",
        "残疾证号",
        "残疾证号码",
        "残疾证编号",
        "残疾人证号",
        personal=True,
    ),
    _c(MEMBER, "disability_grade", "disability_grade", "残疾等级", "残疾级别"),
    _c(MEMBER, "labour", "labour", "劳动技能", "劳动能力", "劳动力"),
    _c(MEMBER, "work_months", "months", "务工时间", "务工月数", "务工月份数"),
    _c(MEMBER, "work_place", "text", "务工所在地", "务工地点", "务工地", "务工地址"),
    _c(
        MEMBER,
        "medical_insurance",
        "yes_no",
        "是否参加城乡居民基本医疗保险",
        "是否参加基本医疗保险",
        "是否参加医疗保险",
        "是否参加新型农村合作医疗",
    ),
    _c(MEMBER, "serious_illness_insurance", "yes_no", "是否参加大病保险"),
    _c(
        MEMBER,
        "pension",
        "yes_no",
        "是否参加城乡居民基本养老保险",
        "是否参加基本养老保险",
        "是否参加养老保险",
    ),
    _c(
        MEMBER,
        "low_income_allowance",
        "yes_no",
        "是否享受低保",
        "享受低保政策情况",
        "是否享受农村最低生活保障",
        "是否低保",
    ),
    _c(
        MEMBER,
        "extreme_poverty_support",
        "yes_no",
        "是否特困供养",
        "享受特困供养政策情况",
        "是否享受特困供养",
    ),
    _c(MEMBER, "phone", "phone", "人联系电话", "联系电话", "本人联系电话", "电话", personal=True),
]

# Known names of household figures that the register has no field for; they go to its further
# columns. A name that is nowhere in this file is taken for the person's.
FURTHER_OF_HOUSEHOLD = re.compile(
    r"户(?!主)|住房|房屋|收入|支出|面积|道路|干路|厕所|饮水|风险|帮扶|信息采集人|入户|贷款|家庭"
)
PERSONAL_NAME = re.compile(r"身份证|证件号|残疾证|电话|手机|银行卡|账号|帐号|卡号")

# Our own column in the errors workbook is passed over when it comes back.
REASON_COLUMN = "未导入原因"
NEEDED = ("number", "name", "resident_id", "relation", "household_kind")

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff*:]+")


def plain_header(cell):
    words = _BLANKS.sub("", unicodedata.normalize("NFKC", cell))
    return _BRACKETS.sub("", words) or words


BY_HEADER = {plain_header(name): column for column in COLUMNS for name in column.names}
BY_FIELD = {(column.level, column.field): column for column in COLUMNS}


def is_household_header(name):
    return bool(FURTHER_OF_HOUSEHOLD.search(name))


# Code lists: the national word -> ours.
STATUS = {
    "一般农户": ("general", None),
    "脱贫户": ("exited", None),
    "已脱贫户": ("exited", None),
    "一般脱贫户": ("exited", None),
    "低保脱贫户": ("exited", None),
    "特困供养脱贫户": ("exited", None),
    "稳定脱贫户": ("exited", None),
    "脱贫监测户": ("exited", "monitored"),
    "脱贫不稳定户": ("exited", "monitored"),
    "不稳定脱贫户": ("exited", "monitored"),
    "边缘户": ("edge", None),
    "边缘易致贫户": ("edge", None),
    "突发严重困难户": ("sudden", None),
    "贫困户": ("poor", None),
    "未脱贫户": ("poor", None),
    "建档立卡未脱贫户": ("poor", None),
    "建档立卡贫困户": ("poor", None),
    "返贫户": ("returned", None),
    "新识别户": ("newly_poor", None),
    "新识别贫困户": ("newly_poor", None),
    "防贫干预对象": ("intervention", None),
}
CLASS = {
    "不享受政策": "independent",
    "不享受政策脱贫户": "independent",
    "享受政策": "supported",
    "享受政策脱贫户": "supported",
    "脱贫监测户": "monitored",
    "脱贫不稳定户": "monitored",
    "不稳定脱贫户": "monitored",
}
MONITORED = {
    "脱贫不稳定户": ("exited", "monitored"),
    "脱贫监测户": ("exited", "monitored"),
    "边缘易致贫户": ("edge", None),
    "边缘户": ("edge", None),
    "突发严重困难户": ("sudden", None),
}
RELATION = {
    "户主": "head", "本人": "head", "本人或户主": "head", "本人/户主": "head",
    "配偶": "spouse", "妻": "spouse", "夫": "spouse", "之妻": "spouse", "之夫": "spouse",
    "之子": "child", "之女": "child", "子": "child", "女": "child", "之养子": "child",
    "之养女": "child", "之继子": "child", "之继女": "child",
    "之儿媳": "child_in_law", "之女婿": "child_in_law", "儿媳": "child_in_law",
    "女婿": "child_in_law",
    "之孙子": "grandchild", "之孙女": "grandchild", "之外孙子": "grandchild",
    "之外孙女": "grandchild", "之外孙": "grandchild", "孙子": "grandchild",
    "孙女": "grandchild", "之曾孙子": "grandchild", "之曾孙女": "grandchild",
    "之父": "parent", "之母": "parent", "父亲": "parent", "母亲": "parent", "父": "parent",
    "母": "parent", "之继父": "parent", "之继母": "parent",
    "之岳父": "parent_in_law", "之岳母": "parent_in_law", "之公公": "parent_in_law",
    "之婆婆": "parent_in_law",
    "之祖父": "grandparent", "之祖母": "grandparent", "之外祖父": "grandparent",
    "之外祖母": "grandparent", "祖父": "grandparent", "祖母": "grandparent",
    "之兄弟姐妹": "sibling", "兄弟姐妹": "sibling", "之兄": "sibling", "之弟": "sibling",
    "之姐": "sibling", "之妹": "sibling", "之兄弟": "sibling", "之姐妹": "sibling",
    "其他": "other", "其它": "other", "之侄儿": "other", "之侄女": "other", "之叔伯": "other",
    "之兄弟媳妇": "other", "之孙媳": "other", "之孙女婿": "other", "之侄子": "other",
}  # fmt: skip
EDUCATION = {
    "文盲或半文盲": "none", "文盲": "none", "半文盲": "none", "学龄前儿童": "none",
    "小学": "primary", "初中": "junior",
    "高中": "senior", "中专": "senior", "中职": "senior", "技校": "senior", "职高": "senior",
    "大专": "college", "高职": "college", "专科": "college",
    "本科及以上": "university", "本科": "university", "硕士": "university",
    "硕士及以上": "university", "研究生": "university", "博士": "university",
}  # fmt: skip
SCHOOL_NONE = {
    "非在校生": "", "非在校": "", "未在校": "", "不在校": "", "否": "", "无": "",
    "学龄前儿童": "学龄前儿童", "辍学": "辍学", "失学": "失学", "休学": "休学", "毕业": "毕业",
    "已毕业": "已毕业",
}  # fmt: skip
_YEARS = "一二三四五六七八九1-9"
SCHOOL = [
    ("preschool", re.compile(r"(学前教育|学前班|幼儿园.*)")),
    (
        "junior",
        re.compile(rf"(初中|初级中学|九年制.*)([{_YEARS}]年级)?|[七八九789]年级|初[一二三123]"),
    ),
    ("primary", re.compile(rf"小学([{_YEARS}]年级)?|[一二三四五六1-6]年级")),
    (
        "senior",
        re.compile(
            rf"(普通高中|高中|中职|中专|技校|职高|职业高中|中等职业.*|技工学校)([{_YEARS}]年级)?"
            r"|高[一二三123]"
        ),
    ),
    (
        "tertiary",
        re.compile(
            rf"(大专|专科|高职高专|高职|本科|大学|大学本科|普通高校|硕士.*|博士.*|研究生.*)"
            rf"([{_YEARS}]年级)?|大[一二三四五12345]"
        ),
    ),
]
HEALTH = {
    "健康": None,
    "长期慢性病": "chronic_illness",
    "患有大病": "major_illness",
    "残疾": "disabled",
}
LABOUR = {
    "技能劳动力": "skilled", "普通劳动力": "ordinary", "弱劳动力或半劳动力": "weak",
    "弱劳动力": "weak", "半劳动力": "weak", "弱/半劳动力": "weak", "丧失劳动力": "lost",
    "无劳动力": "none",
}  # fmt: skip
SEX = {"男": "male", "女": "female", "男性": "male", "女性": "female"}
GRADE = {grade + tail: grade for grade in "ABCD" for tail in ("", "级")}
MATERIAL = {
    "土坯": "earth", "土木": "earth", "土坯房": "earth", "土墙": "earth", "夯土": "earth",
    "砖木": "brick_wood", "砖瓦": "brick_wood", "砖土": "brick_wood",
    "砖混": "brick_concrete", "砖混材料": "brick_concrete",
    "框架": "concrete", "钢筋混凝土": "concrete", "钢混": "concrete", "钢构": "concrete",
    "其他": "other", "其它": "other", "竹草": "other", "石木": "other",
}  # fmt: skip
MATERIAL |= {word + "结构": code for word, code in MATERIAL.items()}
YES_NO = {
    "是": "t", "有": "t", "已解决": "t", "享受": "t", "参加": "t", "已参加": "t", "已消除": "t",
    "Y": "t", "1": "t", "√": "t", "TRUE": "t",
    "否": "f", "无": "f", "未解决": "f", "不享受": "f", "未享受": "f", "未参加": "f",
    "未消除": "f", "没有": "f", "N": "f", "0": "f", "×": "f", "FALSE": "f",
}  # fmt: skip
DISABILITY_GRADE = {
    word: str(grade)
    for grade, numeral in enumerate("一二三四", start=1)
    for word in (f"{numeral}级", str(grade), f"{grade}级", numeral)
}
CAUSES = {
    word: word
    for word in [
        "因病",
        "因残",
        "因学",
        "因灾",
        "因婚",
        "因丧",
        "缺土地",
        "缺水",
        "缺技术",
        "缺劳力",
        "缺资金",
        "交通条件落后",
        "自身发展动力不足",
        "其他",
    ]
} | {"其它": "其他", "缺劳动力": "缺劳力", "自身发展力不足": "自身发展动力不足"}
RISKS = (
    CAUSES
    | {
        word: word
        for word in [
            "因缺劳动力",
            "因意外事故",
            "因产业失败",
            "因务工就业不稳",
            "因自然灾害",
            "因安全住房",
            "因饮水安全",
            "因突发事件",
        ]
    }
    | {
        "因产业项目失败": "因产业失败",
        "因就业不稳": "因务工就业不稳",
        "务工就业不稳": "因务工就业不稳",
        "意外事故": "因意外事故",
        "自然灾害": "因自然灾害",
    }
)
MEASURE_NO = {"否", "无", "没有", "未享受", "0", "N", "×"}
MEASURE_YES = {"是", "有", "享受", "1", "Y", "√"}
BLANK_WORDS = {"—", "-", "--", "——", "/", "\\", "NULL", "null", "None", "N/A", "#N/A"}
