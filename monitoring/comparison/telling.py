"""What was found by comparison, in the reader's language."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.roles import DEPARTMENTS
from households.models.choices import School
from households.wording import plain
from monitoring.comparison.rules import RULES


def told(code, figures):
    """The sentence of a rule with its figures; blank for a rule that is no more."""
    rule = RULES.get(code)
    return (
        str(rule.sentence) % {n: _worded(n, figures.get(n)) for n in rule.figures} if rule else ""
    )


def source_words(figures):
    """Which department says so, as of which day."""
    return _("%(department)s department, %(day)s") % {
        "department": DEPARTMENTS[figures["department"]],
        "day": plain(date.fromisoformat(figures["on"])),
    }


def _worded(name, value):
    if name.endswith("_yes_no"):
        return {True: _("yes"), False: _("no")}.get(value, _("to be found out"))
    if name.endswith("_school"):
        return School(value).label if value in School.values else _("to be found out")
    if name == "day" and value:
        return plain(date.fromisoformat(value))
    if name == "amount":
        return f"{float(value):,.0f}"
    return value
