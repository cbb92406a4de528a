"""Code lists of the register (domain.md 2). Values are ours; the national words are in
``households/national/words.py``."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    POOR = "poor", _("registered poor")
    EXITED = "exited", _("exited household")
    EDGE = "edge", _("edge household")
    EDGE_CLEARED = "edge_cleared", _("edge household, risk removed")
    SUDDEN = "sudden", _("sudden severe difficulty")
    INTERVENTION = "intervention", _("intervention target")
    RETURNED = "returned", _("returned to poverty")
    NEWLY_POOR = "newly_poor", _("newly poor")
    GENERAL = "general", _("general household")


class ExitedClass(TextChoices):
    INDEPENDENT = "independent", _("independent, no subsidies")
    SUPPORTED = "supported", _("supported")
    MONITORED = "monitored", _("monitored")


class Tier(TextChoices):
    RED = "red", _("red")
    YELLOW = "yellow", _("yellow")
    BLUE = "blue", _("blue")
    UNKNOWN = "unknown", _("not yet known")


class Relation(TextChoices):
    HEAD = "head", _("head")
    SPOUSE = "spouse", _("spouse")
    CHILD = "child", _("child")
    CHILD_IN_LAW = "child_in_law", _("child-in-law")
    GRANDCHILD = "grandchild", _("grandchild")
    PARENT = "parent", _("parent")
    PARENT_IN_LAW = "parent_in_law", _("parent-in-law")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("sibling")
    OTHER = "other", _("other relation")


class Sex(TextChoices):
    MALE = "male", _("male")
    FEMALE = "female", _("female")


class Education(TextChoices):
    NONE = "none", _("illiterate or semi-literate")
    PRIMARY = "primary", _("primary school")
    JUNIOR = "junior", _("junior middle school")
    SENIOR = "senior", _("senior middle school")
    COLLEGE = "college", _("junior college")
    UNIVERSITY = "university", _("university and above")


class School(TextChoices):
    """Where a member studies now; blank is not known."""

    NONE = "none", _("not at school")
    PRESCHOOL = "preschool", _("kindergarten")
    PRIMARY = "primary", _("at primary school")
    JUNIOR = "junior", _("at junior middle school")
    SENIOR = "senior", _("at senior middle or vocational school")
    TERTIARY = "tertiary", _("at college or university")


class Labour(TextChoices):
    SKILLED = "skilled", _("skilled labour")
    ORDINARY = "ordinary", _("ordinary labour")
    WEAK = "weak", _("weak or half labour")
    LOST = "lost", _("lost the ability to work")
    NONE = "none", _("no labour")


class HouseMaterial(TextChoices):
    CONCRETE = "concrete", _("reinforced concrete")
    BRICK_CONCRETE = "brick_concrete", _("brick and concrete")
    BRICK_WOOD = "brick_wood", _("brick and wood")
    EARTH = "earth", _("earth")
    OTHER = "other", _("other material")


class HouseGrade(TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


class Origin(TextChoices):
    """Where a version of the register came from."""

    IMPORT = "import", _("national export")
    VISIT = "visit", _("visit")
    CORRECTION = "correction", _("correction")
    CASE = "case", _("approved case")
    STATED = "stated", _("worked out with the household")
    DEPARTMENT = "department", _("department data")
    CODE_CHANGE = "code_change", _("change of division codes")
    MADE_UP = "made_up", _("synthetic data")


class Method(TextChoices):
    """How a visit was made (AH 4.2.2)."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("phone")
    SMS = "sms", _("SMS")
    WECHAT = "wechat", _("WeChat")
    VIDEO = "video", _("video")


class Secure(TextChoices):
    """An assurance as found on a visit; blank is not looked at."""

    SECURE = "secure", _("secure")
    AT_RISK = "at_risk", _("at risk")
    INSECURE = "insecure", _("insecure")


class EventKind(TextChoices):
    """What befell a household (AH 2.3, 5.1, 5.2, AH0 2, 3.1, 3.4.5, GZ 2.2)."""

    DISASTER = "disaster", _("natural disaster")
    EPIDEMIC_CASE = "epidemic_case", _("epidemic: confirmed or suspected case")
    EPIDEMIC_APART = "epidemic_apart", _("epidemic: in isolation or a close contact")
    EPIDEMIC_WORK = "epidemic_work", _("epidemic: unable to leave for work")
    EPIDEMIC_LOSS = "epidemic_loss", _("epidemic: produce unsold or business at a standstill")
    ACCIDENT = "accident", _("accident")
    LABOURER_DEATH = "labourer_death", _("death of a labourer")
    FAMILY_CHANGE = "family_change", _("other family change")
    INDUSTRY_LOSS = "industry_loss", _("loss of crops, livestock or business")


class CaseState(TextChoices):
    """How sure an epidemic case is (AH0 2, 3.4.5)."""

    SUSPECTED = "suspected", _("suspected case")
    CONFIRMED = "confirmed", _("confirmed case")


LOSSES = frozenset({EventKind.INDUSTRY_LOSS, EventKind.EPIDEMIC_LOSS})
SUDDEN_EVENTS = frozenset(EventKind) - LOSSES
