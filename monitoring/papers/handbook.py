"""The household's own sheet 扶贫手册、明白卡: tier, plan, measures, money of the year, persons.

It goes to the household, in large type: what it says is short, and its own phone number is not on
it. The phones of those who help are plain for whoever may reveal a phone, masked for others.
"""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.models import Grant, Measure, PlanState, Result
from households.cells import kind_of
from households.dossier import living_members
from households.models.choices import Tier
from households.wording import plain
from monitoring.papers.blocks import Facts, Heading, Room, Sheet, Table, Text
from monitoring.papers.words import or_unknown, people_words, place_words, printed, signed


def handbook_of(household, post, at):
    today = localdate(at)
    plan = _plan(household, today)
    measures = list(_measures(household, post, today))
    return Sheet(
        _("Handbook of the household"),
        _("Household number %(number)s") % {"number": household.number},
        printed(at),
        [
            Heading(_("1. The household")),
            _household(household),
            Heading(_("2. Who helps us, and how to reach them")),
            _persons(household, post),
            Heading(_("3. Our plan and its measures")),
            *_of_plan(plan),
            _table_of(measures),
            Heading(_("4. Money received this year")),
            *_money(household, measures, post, today),
            Room(
                _("For the household"),
                _("This was explained to us; what we want to add:"),
                signed(stamp=False),
            ),
        ],
        about=household.head_name or household.number,
        large=True,
    )


def _plan(household, today):
    return household.plans.filter(state=PlanState.APPROVED, valid_until__gte=today).first()


def _measures(household, post, today):
    """Under way, or ended this year."""
    year = date(today.year, 1, 1)
    rows = Measure.objects.visible_to(post).filter(household=household)
    rows = rows.exclude(result=Result.MISTAKE).select_related("member").order_by("started_on", "id")
    return [row for row in rows if row.is_open or row.ended_on >= year]


def _household(household):
    pairs = [
        (_("Head"), or_unknown(household.head_name)),
        (_("Members"), people_words(len(living_members(household)))),
        (_("Kind of household"), str(kind_of(household))),
        (_("Tier"), str(Tier(household.tier or Tier.UNKNOWN).label)),
    ]
    return Facts(pairs, wide=[(_("Village and group"), place_words(household))])


def _persons(household, post):
    pairs = []
    for kind, words in (
        ("responsible", _("Responsible person")),
        ("contact", _("Contact person")),
    ):
        name = getattr(household, f"{kind}_name")
        if name:
            pairs += [(words, name), (_("Phone"), or_unknown(_phone(household, kind, post)))]
    if not pairs:
        pairs = [(_("Responsible person"), _("nobody yet")), (_("Phone"), or_unknown(""))]
    return Facts(pairs)


def _phone(household, kind, post):
    if post.may("reveal_phone"):
        return getattr(household, f"{kind}_phone").open()
    return getattr(household, f"{kind}_phone_masked")


def _of_plan(plan):
    if plan is None:
        return [Text(_("There is no approved plan yet."), "plain")]
    said = [Text(_("We wish: %(wishes)s") % {"wishes": plan.wishes}, "plain")]
    words = _("The plan holds from %(first)s to %(last)s.")
    given = {"first": plain(plan.valid_from), "last": plain(plan.valid_until)}
    return [*said, Text(words % given, "plain")]


def _table_of(measures):
    rows = [
        [
            str(row.get_kind_display()),
            row.member.name if row.member else _("the whole household"),
            row.words,
            row.responsible,
            _until(row),
        ]
        for row in measures
    ]
    head = [_("Measure"), _("For whom"), _("What exactly"), _("Who sees to it"), _("Until")]
    return Table(head, rows, [3, 2, 4, 2, 3], blank=0 if rows else 2)


def _until(row):
    if not row.is_open:
        return f"{row.get_result_display()} {plain(row.ended_on)}"
    return plain(row.due_on) if row.due_on else _("no end")


def _money(household, measures, post, today):
    """Grants that were paid, and amounts of measures that were done; a grant that pays a measure
    counts once."""
    grants = Grant.objects.visible_to(post).filter(
        household=household, state="paid", paid_on__year=today.year
    )
    paid = [(grant.paid_on, grant.words, grant.amount) for grant in grants]
    by_grant = {grant.measure_id for grant in grants}
    paid += [
        (row.ended_on, row.words, row.amount)
        for row in measures
        if row.amount and row.result == Result.DONE and row.pk not in by_grant
    ]
    paid.sort(key=lambda line: line[0])
    rows = [[plain(day), words, f"{amount:,.2f}"] for day, words, amount in paid]
    total = sum(amount for _day, _words, amount in paid)
    rows.append([_("Together"), "", f"{total:,.2f}"])
    yield Table([_("Day"), _("For what"), _("Amount, yuan")], rows, [2, 5, 2])
