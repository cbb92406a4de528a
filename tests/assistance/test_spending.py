"""Which money may be spent on whom: the table against a plain reading of the documents."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistance.checks import MeasureRefusal
from assistance.models import Measure
from assistance.planning import add_measure, change_measure
from assistance.spending import Purpose, Source, Standing, ban_on, standing_on
from households.models.choices import ExitedClass, Status
from households.register import record_household
from tests.cast import NOW, TODAY

DOULIN, JINBAO, XIUJIAN = (
    "341524105201",
    "341802101201",
    "360728100201",
)  # Lu'an, Xuancheng, Ganzhou
EVE, DAY = date(2020, 3, 1), date(2020, 3, 2)
MONEY = {"words": "危房修缮", "responsible": "李传明", "kind": "house_repair", "amount": 3000}


def refused(source, status, exited_class, code, on, purpose, excepted):
    """What domain.md says, read aloud, without the table."""
    if (
        purpose == "deposit"
    ):  # "never from 财政专项扶贫资金"; the other fiscal funds likewise, default
        return "AH 4.2.3" if source in ("special", "fiscal") else None
    if code[:2] != "34" or on.isoformat() < "2020-03-02":
        return None
    if source == "special" and status in ("edge", "edge_cleared"):
        return "AH 4.2.1"
    if source in ("special", "fiscal") and exited_class == "independent" and not excepted:
        return "AH 4.1.2"
    return None


@st.composite
def asked(draw):
    status = draw(st.sampled_from(list(Status)))
    classes = ["", *ExitedClass] if status == Status.EXITED else [""]
    return {
        "source": draw(st.sampled_from(list(Source))),
        "status": status,
        "exited_class": draw(st.sampled_from(classes)),
        "code": draw(st.sampled_from([DOULIN, JINBAO, XIUJIAN, "110101001001"])),
        "on": draw(st.dates(date(2019, 1, 1), date(2026, 12, 31)) | st.sampled_from([EVE, DAY])),
        "purpose": draw(st.sampled_from(list(Purpose))),
        "excepted": draw(st.booleans()),
    }


@given(asked())
def test_the_table_says_what_the_documents_say(case):
    source, on, purpose, excepted = (case[n] for n in ("source", "on", "purpose", "excepted"))
    standing = Standing(case["status"], case["exited_class"], case["code"])
    ban = ban_on(source, standing=standing, on=on, purpose=purpose, excepted=excepted)
    assert (ban.clause if ban else None) == refused(**case)
    assert ban is None or ban.clause in str(ban)


def test_nothing_but_fiscal_money_is_ever_refused():
    for status in Status:
        standing = Standing(status, "", DOULIN)
        for source in set(Source) - {Source.SPECIAL, Source.FISCAL}:
            assert ban_on(source, standing=standing, on=DAY) is None


def send(household, by, **facts):
    said = MONEY | {"started_on": TODAY, "source": "special"} | facts
    return add_measure(household, by=by, at=NOW, **said)[0]


class TestMeasures:
    def test_an_edge_household_gets_no_special_funds_in_anhui(self, cast):
        edge = cast.household(status="edge")
        with pytest.raises(MeasureRefusal, match=r"AH 4\.2\.1") as told:
            send(edge, cast.village)
        assert told.value.field == "source"
        for source in set(Source) - {Source.SPECIAL}:
            assert send(edge, cast.village, source=source).source == source

    def test_the_eve_in_luan_and_any_day_in_ganzhou_it_does(self, cast):
        assert send(cast.household(status="edge"), cast.village, started_on=EVE)
        with pytest.raises(MeasureRefusal, match=r"AH 4\.2\.1"):
            send(cast.household(status="edge"), cast.village, started_on=DAY)
        village = cast.post("village", XIUJIAN)
        assert send(cast.household(XIUJIAN, status="edge"), village)

    def test_an_independent_household_needs_the_recorded_exception(self, cast):
        home = cast.household(exited_class="independent")
        for source in ("special", "fiscal"):
            with pytest.raises(MeasureRefusal, match=r"AH 4\.1\.2"):
                send(home, cast.village, source=source)
        whole = {"exception": "disaster", "exception_problem": "housing"}
        with pytest.raises(MeasureRefusal):
            send(home, cast.village, **whole)  # nobody says why it cannot be borne
        whole["exception_words"] = "洪水冲垮后墙，无积蓄"
        assert send(home, cast.village, **whole).exception_problem == "housing"
        assert send(home, cast.village, started_on=EVE)
        assert send(
            cast.household(XIUJIAN, exited_class="independent"), cast.post("village", XIUJIAN)
        )
        for supported in ("supported", "monitored"):
            assert send(cast.household(exited_class=supported), cast.village)

    def test_changing_the_source_is_checked_as_well(self, cast):
        measure = send(cast.household(status="edge"), cast.village, source="social")
        with pytest.raises(MeasureRefusal, match=r"AH 4\.2\.1"):
            change_measure(measure, source="special", seen_version=1, by=cast.village, at=NOW)
        measure.refresh_from_db()
        assert (measure.source, measure.version) == ("social", 1)

    def test_what_held_on_its_first_day_counts(self, cast):
        """A household that became edge on the 20th got the money as what it was before."""
        home = cast.household(status="general")
        by, on = cast.county.officer, date(2020, 6, 20)
        record_household(home, on=on, origin="correction", by=by, at=NOW, status="edge")
        assert standing_on(home, on).status == "edge"
        assert standing_on(home, on - timedelta(days=1)).status == "general"
        assert send(home, cast.village, started_on=on - timedelta(days=1))
        with pytest.raises(MeasureRefusal):
            send(home, cast.village, started_on=on)


class TestTheWays:
    """Form and API; lists and workbooks are in test_spending_of_many.py."""

    FORM = MONEY | {"started_on": "2020-06-25", "source": "special", "department": ""}

    def page(self, client, household, post, **said):
        client.force_login(post.officer)
        url = f"/households/{household.id}/measures/new/"
        return client.post(url, self.FORM | {"client_id": uuid4()} | said)

    def test_form(self, cast, client):
        edge = cast.household(status="edge")
        answer = self.page(client, edge, cast.village)
        assert "AH 4.2.1" in answer.text and not Measure.objects.exists()
        assert self.page(client, edge, cast.village, started_on="2020-03-01").status_code == 302
        ganzhou = cast.household(XIUJIAN, status="edge")
        assert self.page(client, ganzhou, cast.post("village", XIUJIAN)).status_code == 302
        assert Measure.objects.count() == 2

    def sent(self, client, household, post, **said):
        client.force_login(post.officer)
        said = MONEY | {"started_on": "2020-06-25", "source": "special"} | said
        said |= {"client_id": str(uuid4()), "household": household.id}
        return client.post("/api/measures/", said, content_type="application/json")

    def test_api(self, cast, client):
        edge = cast.household(status="edge")
        answer = self.sent(client, edge, cast.village)
        assert answer.status_code == 400 and "AH 4.2.1" in answer.json()["errors"]["source"][0]
        assert self.sent(client, edge, cast.village, started_on="2020-03-01").status_code == 201
        ganzhou = cast.household(XIUJIAN, status="edge")
        assert self.sent(client, ganzhou, cast.post("village", XIUJIAN)).status_code == 201
