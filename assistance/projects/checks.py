"""Who keeps what, and what every act on assets, projects and the collective's money must fulfil."""

from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.typed import number_typed
from assistance.funds.refusals import Late
from assistance.projects.in_charge import ASSETS, PROJECTS, kinds_of
from assistance.projects.refusals import ProjectRefusal
from assistance.spending import Source

LARGEST = Decimal(1_000_000_000)
FIRST_YEAR = 1980
DIGITS = {Level.COUNTY: 6, Level.TOWNSHIP: 9}


def reads(post):
    """The collectives' books are of places: for whoever reads a whole division."""
    return post.role_row.sees == "division"


def reads_assets(post):
    """So are assets; the departments in charge read their own kinds (GZ 4.5)."""
    return reads(post) or bool(kinds_of(post, ASSETS))


def reads_projects(post):
    return reads(post) or bool(kinds_of(post, PROJECTS))


def keeps(post, place):
    """Village, township and county keep what lies in their division (GZ 4.5, 三级台账)."""
    return post.may("keep_assets") and post.division.contains(place)


def registers(post):
    """The village keeps what township and county have put into the ledger."""
    return post.may("keep_assets") and post.division.level in (Level.COUNTY, Level.TOWNSHIP)


def oversees(post, place):
    return keeps(post, place) and post.division.level == Level.COUNTY


def check_keeps(post, place):
    if not keeps(post, place):
        raise ProjectRefusal(_("Your post keeps nothing there."))


def check_amount(amount, field="amount"):
    if not 0 < amount <= LARGEST or amount != round(amount, 2):
        raise ProjectRefusal(_("Enter an amount in yuan, with two decimals at most."), field)


def check_said(field, *words):
    if not all(text.strip() for text in words):
        raise ProjectRefusal(_("Fill this in: the ledger names it."), field)
    check_words(field, *words)


def check_words(field, *words):
    """No number of a person stands in a ledger or its trail."""
    if sentence := number_typed(*words):
        raise ProjectRefusal(sentence, field)


def check_reason(because):
    if not because.strip():
        raise ProjectRefusal(_("Say why; the reason is kept."), "because")
    check_words("because", because)


def check_past(on, at, field="on"):
    if not date(FIRST_YEAR, 1, 1) <= on <= localdate(at):
        raise ProjectRefusal(_("The day lies in the future, or too far back."), field)


def money_of(amounts):
    """``{source: yuan}`` without what is nothing. A relief fund builds nothing."""
    kept = {source: amount for source, amount in amounts.items() if amount}
    for source, amount in kept.items():
        if source == Source.RELIEF or source not in Source:
            raise ProjectRefusal(_("Say where the money comes from."), f"money_{source}")
        check_amount(amount, f"money_{source}")
    return kept


def seen_as(row, seen_version):
    if seen_version is not None and row.version != seen_version:
        raise Late(_("Somebody changed this meanwhile. Look at it again."))
    return row


def next_number(model, letter, place, year):
    """``letter-division-year-0001``; whoever else numbers in this division waits."""
    Division.objects.select_for_update(no_key=True).get(pk=place.pk)
    start = f"{letter}-{place.code[: DIGITS.get(place.level, 12)]}-{year}-"
    last = model.objects.filter(number__startswith=start).order_by("-number").first()
    return f"{start}{int(last.number.rsplit('-', 1)[1]) + 1 if last else 1:04d}"


def plain(value):
    """As JSON has it: days and amounts as text."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value) if isinstance(value, date) else value


def put(row, **values):
    """Sets columns of a row and saves them: ``{column: [before, after]}`` of what changed."""
    changed = {
        name: [plain(getattr(row, name)), plain(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name in changed:
        setattr(row, name, values[name])
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    return changed
