"""A bulletin on its way: composed, edited, shown to the counties, objected to, issued, answered.

Two officers of the province: whoever edited it last does not issue it. An issued bulletin stays as
it is for ever.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.deputies import persons_behind
from accounts.models import Division
from accounts.models.divisions import Level
from accounts.refusals import Refused
from accounts.workdays import add_workdays
from duties.doing import open_task
from reports.bulletin.composing import body_of, figures_of, named_of, slow_words, title_of
from reports.models import Bulletin, BulletinObjection, BulletinState, NamedCounty

OBJECTION_DAYS = 5  # working days, default
ANSWER_DAYS = 10  # working days to answer an urging notice, default
SLOW = 2  # the place of the named counties in the body


def _check_office(by):
    if by.role != "province":
        raise Refused(_("The bulletin is the province's."))


@transaction.atomic
def compose(*, province, quarter, by, at):
    """The draft of a quarter; the one that is there, when there is one. ``by`` may be None."""
    if by is not None:
        _check_office(by)
    quarter = quarter_from(quarter)
    known = Bulletin.objects.filter(province=province, quarter=quarter).first()
    if known:
        return known
    figures = figures_of(province, quarter)
    named = named_of(figures)
    try:
        with transaction.atomic():
            bulletin = Bulletin.objects.create(
                province=province, quarter=quarter, title=title_of(province, quarter),
                body=body_of(figures, named), figures=figures, composed_at=at, composed_by=by,
            )  # fmt: skip
    except IntegrityError:  # somebody composed it meanwhile
        return Bulletin.objects.get(province=province, quarter=quarter)
    NamedCounty.objects.bulk_create(
        [
            NamedCounty(bulletin=bulletin, county_id=county, figures=codes)
            for county, codes in named.items()
        ]
    )
    return bulletin


@transaction.atomic
def edit(bulletin, *, title, texts, seen_version, by, at):  # noqa: ARG001 (acts end in by, at)
    """New words for title and paragraphs; headings and figures stay."""
    _check_office(by)
    bulletin = _claim(bulletin, seen_version, BulletinState.DRAFT, BulletinState.SHOWN)
    if not title.strip() or not all(text.strip() for text in texts):
        raise Refused(_("Neither the title nor a paragraph may be empty."))
    bulletin.title = title.strip()
    bulletin.body = [
        [heading, text.strip()] for (heading, _old), text in zip(bulletin.body, texts, strict=True)
    ]
    bulletin.edited_by = by
    bulletin.save(update_fields=["title", "body", "edited_by"])
    return bulletin


@transaction.atomic
def show(bulletin, *, seen_version, by, at):
    """To the counties, who may object for some working days."""
    _check_office(by)
    bulletin = _claim(bulletin, seen_version, BulletinState.DRAFT)
    bulletin.state = BulletinState.SHOWN
    bulletin.objections_until = add_workdays(localdate(at), OBJECTION_DAYS)
    bulletin.edited_by = bulletin.edited_by or by
    bulletin.save(update_fields=["state", "objections_until", "edited_by"])
    for named in bulletin.named.select_related("county"):
        open_task(
            "bulletin_shown", key=named.pk, at_division=named.county,
            figures={"figures": len(named.figures), "bulletin": bulletin.pk},
            due_on=bulletin.objections_until, by=by, at=at,
        )  # fmt: skip
    return bulletin


@transaction.atomic
def object_to(named, *, figure, words, proof=None, proof_name="", by, at):
    """By a county that is named, within the limit, once for each figure."""
    bulletin = Bulletin.objects.select_for_update().get(pk=named.bulletin_id)
    if (by.role, by.division_id) != ("county", named.county_id):
        raise Refused(_("Only the county itself objects to its figures."))
    if bulletin.state != BulletinState.SHOWN or localdate(at) > bulletin.objections_until:
        raise Refused(_("The time for objections is over."))
    if figure not in named.figures:
        raise Refused(_("The county is not named for this figure."))
    if not words.strip():
        raise Refused(_("Say what is wrong with the figure."))
    if named.objections.filter(figure=figure).exists():
        raise Refused(_("You have objected to this figure already."))
    return BulletinObjection.objects.create(
        named=named, figure=figure, words=words.strip(), proof=proof or "",
        proof_name=proof_name, made_by=by, made_at=at,
    )  # fmt: skip


@transaction.atomic
def answer_objection(objection, *, accepted, answer, by, at):
    """What is accepted, the county is not named for; the count itself stays as it was counted."""
    _check_office(by)
    bulletin = Bulletin.objects.select_for_update().get(pk=objection.named.bulletin_id)
    objection = BulletinObjection.objects.select_related("named").get(pk=objection.pk)
    if bulletin.state != BulletinState.SHOWN or objection.accepted is not None:
        raise Refused(_("This objection is answered already."))
    if not answer.strip():
        raise Refused(_("Say why."))
    objection.accepted, objection.answer = accepted, answer.strip()
    objection.answered_by, objection.answered_at = by, at
    objection.save(update_fields=["accepted", "answer", "answered_by", "answered_at"])
    if accepted:
        _take_back(bulletin, objection, by)
    return objection


def _take_back(bulletin, objection, by):
    named = objection.named
    left = [code for code in named.figures if code != objection.figure]
    untouched = bulletin.body[SLOW][1] == _slow(bulletin)
    NamedCounty.objects.filter(pk=named.pk).update(figures=left)
    if untouched:  # what an officer wrote there instead, the officer changes
        bulletin.body[SLOW][1] = _slow(bulletin)
    bulletin.edited_by, bulletin.version = by, bulletin.version + 1
    bulletin.save(update_fields=["body", "edited_by", "version"])


def _named(bulletin):
    rows = NamedCounty.objects.filter(bulletin=bulletin)
    return {row.county_id: row.figures for row in rows if row.figures}


def _slow(bulletin):
    with override(settings.LANGUAGE_CODE):
        return slow_words(bulletin.figures, _named(bulletin))


@transaction.atomic
def issue(bulletin, *, seen_version, by, at):
    """By a second officer: numbered, frozen, delivered; each named county gets its notice."""
    _check_office(by)
    bulletin = _claim(bulletin, seen_version, BulletinState.SHOWN)
    if bulletin.edited_by.officer_id in persons_behind(by):
        raise Refused(_("You edited this bulletin; another officer of your office issues it."))
    if localdate(at) <= bulletin.objections_until and _waiting_counties(bulletin):
        raise Refused(_("The counties may still object, until %(day)s.") % {
            "day": date_format(bulletin.objections_until)
        })  # fmt: skip
    if BulletinObjection.objects.filter(named__bulletin=bulletin, accepted=None).exists():
        raise Refused(_("An objection is not answered yet."))
    bulletin.number = _next_number(bulletin, at)
    bulletin.state, bulletin.issued_by, bulletin.issued_at = BulletinState.ISSUED, by, at
    bulletin.save(update_fields=["number", "state", "issued_by", "issued_at"])
    _deliver(bulletin, by, at)
    return bulletin


def _waiting_counties(bulletin):
    return bulletin.named.exclude(figures=[]).exists()


def _next_number(bulletin, at):
    """Within the year of issue; two at once wait for each other on the province's row."""
    Division.objects.select_for_update().get(pk=bulletin.province_id)
    issued = Bulletin.objects.filter(province=bulletin.province_id, issued_at__year=at.year)
    return (issued.aggregate(last=Max("number"))["last"] or 0) + 1


def _deliver(bulletin, by, at):
    urged = {row.county_id: row for row in bulletin.named.exclude(figures=[])}
    counted = {place["id"] for place in bulletin.figures["places"]}
    below = Division.objects.below(bulletin.province).filter(id__in=counted)
    for place in below.filter(level__in=[Level.CITY, Level.COUNTY]):
        named = urged.get(place.id)
        figures = {"bulletin": bulletin.pk}
        if named:
            figures["figures"] = len(named.figures)
        open_task(
            "urging" if named else "bulletin", key=f"{bulletin.pk}-{place.pk}", at_division=place,
            role="city" if place.level == Level.CITY else "county", figures=figures,
            days=ANSWER_DAYS, by=by, at=at,
        )  # fmt: skip


def _claim(bulletin, seen_version, *states):
    taken = Bulletin.objects.filter(pk=bulletin.pk, version=seen_version, state__in=states)
    if not taken.update(version=F("version") + 1):
        raise Refused(_("Somebody changed the bulletin meanwhile. Look at it again."))
    return Bulletin.objects.select_related("edited_by", "province").get(pk=bulletin.pk)


def quarter_before(day):
    """The first day of the quarter that ended last before ``day``."""
    ended = quarter_from(day) - timedelta(days=1)
    return quarter_from(ended)


def quarter_from(day):
    """The first day of the quarter that ``day`` lies in."""
    return day.replace(day=1, month=day.month - (day.month - 1) % 3)
