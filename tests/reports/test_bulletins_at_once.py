"""Two officers of the province at one bulletin: one act takes effect, the other is told."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.refusals import Refused
from duties.models import Task
from reports.bulletin import acts
from reports.models import Bulletin, NamedCounty
from tests.reports.test_bulletins import QUARTER, at, counted, fresh, second, shown  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def together(*doings):
    """What each gave, or its refusal; all begin at the same moment."""
    barrier, told = Barrier(len(doings)), [None] * len(doings)

    def start(number, doing):
        try:
            barrier.wait()
            told[number] = doing()
        except Refused as refusal:
            told[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=start, args=each) for each in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_composed_twice_at_once_it_is_one(cast, counted):  # noqa: F811
    province, by = cast.province.division, cast.province

    def compose():
        return acts.compose(province=province, quarter=QUARTER, by=by, at=at(7, 3))

    told = together(compose, compose, compose)
    assert {bulletin.pk for bulletin in told} == {Bulletin.objects.get().pk}
    assert NamedCounty.objects.count() == 2


def test_issued_against_edited_and_twice(cast, counted, second):  # noqa: F811
    bulletin = fresh(shown(cast))
    texts = [text for _heading, text in bulletin.body]

    def issue():
        return acts.issue(bulletin, seen_version=bulletin.version, by=second, at=at(7, 20))

    def edit():
        return acts.edit(
            bulletin, title="改题", texts=texts, seen_version=bulletin.version,
            by=cast.province, at=at(7, 20),
        )  # fmt: skip

    told = together(issue, edit, issue)
    assert sum(isinstance(one, Refused) for one in told) == 2
    found = fresh(bulletin)
    edited = found.title == "改题"
    assert (found.state, found.number) == (("shown", None) if edited else ("issued", 1))
    notices = Task.objects.filter(kind__in=["urging", "bulletin"]).count()
    assert notices == (0 if edited else 3)


def test_numbers_of_a_year_do_not_meet(cast, counted, second):  # noqa: F811
    """Two bulletins issued at the same moment have two numbers."""
    first = fresh(shown(cast))
    other = Bulletin.objects.create(
        province=first.province, quarter=date(2020, 1, 1), state="shown", title="一季度",
        body=first.body, figures=first.figures, objections_until=date(2020, 7, 1),
        composed_at=at(7, 1), edited_by=cast.province,
    )  # fmt: skip

    def issue(bulletin):
        return lambda: acts.issue(bulletin, seen_version=bulletin.version, by=second, at=at(7, 20))

    told = together(issue(first), issue(other))
    assert sorted(bulletin.number for bulletin in told) == [1, 2]
