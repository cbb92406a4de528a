"""What is posted on the village's board: who got how much from a fund, with masked names."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from assistance.models import Grant, GrantState


def public_rows(fund, year):
    """Paid and not paid back, by day. Says the village, never the number of a household."""
    rows = Grant.objects.filter(fund=fund, state=GrantState.PAID, paid_on__year=year)
    rows = rows.select_related("household__village").order_by("paid_on", "id")
    return [
        {
            "village": grant.household.village.name,
            "name": mask_name(grant.payee),
            "need": grant.get_need_display(),
            "amount": grant.amount,
            "paid_on": grant.paid_on,
        }
        for grant in rows
    ]


def mask_name(name):
    """汪大山 -> 汪**: the family name stays."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def years_of(fund):
    days = Grant.objects.filter(fund=fund, state=GrantState.PAID).dates("paid_on", "year", "DESC")
    return [day.year for day in days]


def public_workbook(fund, year):
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(str(year))
    bold = book.add_format({"bold": True, "border": 1})
    plain = book.add_format({"border": 1})
    money = book.add_format({"border": 1, "num_format": "#,##0.00"})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "align": "left"})
    sheet.write_string(0, 0, f"{fund.name} {year}", book.add_format({"bold": True, "size": 16}))
    for at, (words, width) in enumerate(_columns()):
        sheet.write_string(2, at, words, bold)
        sheet.set_column(at, at, width)
    for number, row in enumerate(public_rows(fund, year), 1):
        sheet.write_number(2 + number, 0, number, plain)
        for at, name in enumerate(("village", "name", "need"), 1):
            sheet.write_string(2 + number, at, str(row[name]), plain)
        sheet.write_number(2 + number, 4, row["amount"], money)
        sheet.write_datetime(2 + number, 5, row["paid_on"], day)
    sheet.set_paper(9)
    sheet.repeat_rows(2)
    sheet.fit_to_pages(1, 0)
    book.close()
    return held.getvalue()


def _columns():
    words = [_("No."), _("Village"), _("Name"), _("Kind of need"), _("Amount, yuan"), _("Paid on")]
    return zip(words, (6, 22, 12, 16, 14, 14), strict=True)
