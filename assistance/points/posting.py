"""The list of a month, posted in the village with masked names: frozen when it is published."""

from io import BytesIO

import xlsxwriter
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from assistance.funds.public import mask_name
from assistance.models import PointEntry, PointKind, PointList
from assistance.points.booking import next_month
from assistance.points.refusals import PointRefusal
from assistance.points.rules import check_keeps


def rows_of(village, month):
    """[masked name, earned, spent, left at its end] of whoever has points, in the villages' own
    order of entry; never by points: no ranking of households."""
    end = next_month(month)
    rows = PointEntry.objects.filter(household__village=village, on__lt=end).order_by()
    # What is booked back counts against what it books back.
    kind = Coalesce(F("reverses__kind"), F("kind"))
    within = Q(on__gte=month)
    sums = rows.annotate(what=kind).values("household", "household__head_name").annotate(
        earned=Coalesce(Sum("points", filter=within & Q(what=PointKind.EARNED)), 0),
        spent=Coalesce(Sum("points", filter=within & Q(what=PointKind.SPENT)), 0),
        left=Sum("points"),
    )  # fmt: skip
    return [
        [mask_name(row["household__head_name"]), row["earned"], -row["spent"], row["left"]]
        for row in sums.order_by("household")
        if row["earned"] or row["spent"] or row["left"]
    ]


def publish_list(*, village, month, by, at):
    """Of a month that is over; once."""
    check_keeps(village, by)
    if village.level != Level.VILLAGE:
        raise PointRefusal(_("Lists are posted village by village."))
    if month.day != 1 or next_month(month) > localdate(at):
        raise PointRefusal(_("The month is not over yet."), "month")
    rows = rows_of(village, month)
    if not rows:
        raise PointRefusal(_("Nobody has points in that month."), "month")
    try:
        with transaction.atomic():
            return PointList.objects.create(
                village=village, month=month, rows=rows, published_by=by, published_at=at
            )
    except IntegrityError:
        raise PointRefusal(_("The list of that month is published already."), "month") from None


def list_workbook(posted):
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(posted.month.strftime("%Y-%m"))
    bold = book.add_format({"bold": True, "border": 1})
    plain = book.add_format({"border": 1})
    title = f"{posted.village.name} {posted.month:%Y-%m}"
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "size": 16}))
    for at, (words, width) in enumerate(_columns()):
        sheet.write_string(2, at, words, bold)
        sheet.set_column(at, at, width)
    for number, (name, *figures) in enumerate(posted.rows, 1):
        sheet.write_number(2 + number, 0, number, plain)
        sheet.write_string(2 + number, 1, name, plain)
        for at, figure in enumerate(figures, 2):
            sheet.write_number(2 + number, at, figure, plain)
    sheet.set_paper(9)
    sheet.repeat_rows(2)
    sheet.fit_to_pages(1, 0)
    book.close()
    return held.getvalue()


def _columns():
    words = [_("No."), _("Name"), _("Earned"), _("Spent"), _("Points left")]
    return zip(words, (6, 14, 10, 10, 10), strict=True)
