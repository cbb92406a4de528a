"""Incomes and expenditure of the latest window; ``b``: the statement before it."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, Check

# fmt: off
CHECKS = (
    Check(
        300, ERROR, "AH 3.1", "imports",
        _("There is no income statement."),
        ":assessed AND i.id IS NULL",
    ),
    Check(
        301, WARNING, "AH 3.1", "imports",
        _("The latest income ends more than thirteen months ago."),
        "i.window_to < :months13",
    ),
    Check(
        302, ERROR, "AH 3.1", "imports",
        _("The window of the income ends in the future."),
        "i.window_to > :today",
    ),
    Check(
        303, ERROR, "AH 3.1", "imports",
        _("The window of the income is not twelve months."),
        "i.window_from + interval '12 months' <> i.window_to + 1",
    ),
    Check(
        304, WARNING, "default", "household_income",
        _("The net income is negative."),
        "i.net < 0",
    ),
    Check(
        305, WARNING, "default", "household_income",
        _("The net income a head is over 100,000 yuan."),
        "i.net > 100000 * p.members",
    ),
    Check(
        306, ERROR, "XC 4.1.2", "household_income",
        _("All four incomes are zero."),
        "i.gross = 0",
    ),
    Check(
        307, WARNING, "default", "household_income",
        _("Somebody works, but the wages are zero."),
        "i.wage = 0 AND p.workers > 0",
    ),
    Check(
        308, WARNING, "default", "household_members",
        _("There are wages, but nobody works."),
        "i.wage > 0 AND p.workers = 0 AND p.work_unknown = 0",
    ),
    Check(
        309, WARNING, "default", "household_income",
        _("Somebody has a subsistence allowance or support, but the transfer income is zero."),
        "i.transfer = 0 AND p.allowance + p.supported > 0",
    ),
    Check(
        310, WARNING, "default", "household_income",
        _("Somebody of sixty or more has a pension, but the transfer income is zero."),
        "i.transfer = 0 AND p.pensioners > 0",
    ),
    Check(
        311, WARNING, "LA 2.1.1", "household_income",
        _("The self-paid medical costs are not known."),
        "i.id IS NOT NULL AND i.medical IS NULL",
    ),
    Check(
        312, WARNING, "LA 2.1.1", "household_income",
        _("The costs of schooling are not known."),
        "i.id IS NOT NULL AND i.schooling IS NULL",
    ),
    Check(
        313, HINT, "default", "household_income",
        _("Somebody has a major illness, but nothing was paid for medical care."),
        "i.medical = 0 AND p.seriously_ill > 0",
    ),
    Check(
        314, HINT, "default", "household_income",
        _("Somebody studies beyond compulsory school, but nothing was paid for schooling."),
        "i.schooling = 0 AND p.older_pupils > 0",
    ),
    Check(
        315, WARNING, "default", "household_income",
        _("Schooling was paid for, but nobody is at school."),
        "i.schooling > 0 AND p.pupils = 0 AND p.school_unknown = 0",
    ),
    Check(
        316, WARNING, "AH 3.1", "household_income",
        _("The stated income a head differs from the computed one."),
        "abs(i.stated_per_capita - i.net / nullif(p.members, 0)) > 1",
    ),
    Check(
        317, WARNING, "default", "household_income",
        _("There are production expenses without business income."),
        "i.expenses > 0 AND i.business = 0",
    ),
    Check(
        318, HINT, "default", "household_income",
        _("Business income of 10,000 yuan or more has no expenses."),
        "i.business >= 10000 AND i.expenses = 0",
    ),
    Check(
        319, WARNING, "default", "household_income",
        _("The net income is more than three times that of the window before."),
        "i.net_before > 0 AND i.net > 3 * i.net_before",
    ),
    Check(
        320, HINT, "GZ 2.2", "visit_new",
        _("The net income is less than half of that of the window before."),
        "i.net_before > 0 AND i.net * 2 < i.net_before",
    ),
    Check(
        321, ERROR, "XC 4.1.2", "household_income",
        _("One of the four incomes or the expenses is negative."),
        "least(i.wage, i.business, i.property, i.transfer, i.expenses) < 0",
    ),
    Check(
        322, ERROR, "XC 4.1.2", "household_income",
        _("One of the expenditures is negative."),
        "least(i.medical, i.schooling, i.housing, i.disaster_repair) < 0",
    ),
    Check(
        323, WARNING, "default", "household_income",
        _("The wages are under 100 or over 30,000 yuan for a month of work."),
        "i.wage > 0 AND p.months_worked > 0 AND (i.wage < 100 * p.months_worked OR "
        "i.wage > 30000 * p.months_worked)",
    ),
    Check(
        324, HINT, "AH 4.1.2", "household_income",
        _("A household of the independent class lives mostly on transfers."),
        "h.exited_class = 'independent' AND i.transfer * 2 > i.gross",
    ),
    Check(
        325, ERROR, "AH 3.1", "imports",
        _("The income was stated before its window had ended."),
        "i.stated_on < i.window_to",
    ),
    Check(
        326, WARNING, "default", "household_income",
        _("The incomes are the same to the fen as in the window before."),
        "i.gross > 0 AND i.window_to > i.window_to_before AND (i.wage, i.business, "
        "i.property, i.transfer, i.expenses) = (i.wage_before, "
        "i.business_before, i.property_before, i.transfer_before, i.expenses_before)",
    ),
    Check(
        327, WARNING, "AH 3.1", "imports",
        _("Months are missing between the latest income and the one before it."),
        "i.window_to_before < i.window_from - 1",
    ),
)
# fmt: on
