"""Needs and offers: noted, published without names, checked, matched, delivered, thanked for."""

import logging
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now
from django.utils.translation import override

from accounts.reveals import reveal
from assistance.answering import open_without_reason
from assistance.funds.limits import set_limit
from assistance.funds.refusals import FundRefusal
from assistance.models import (
    Measure,
    MeasureChange,
    MeasureNote,
    SocialMatch,
    SocialNeed,
    SocialOffer,
)
from assistance.planning import end_measure
from assistance.social.forgetting import KEPT, close_unchecked, forget_givers
from assistance.social.matching import answer, deliver, give_up, match
from assistance.social.naming import FEWEST, places_of
from assistance.social.needs import close_need, note_need, publish_need
from assistance.social.offers import accept_offer, close_offer, refuse_offer, told_by
from assistance.social.refusals import Late, SocialRefusal
from assistance.tasks import forget_the_givers
from monitoring.papers.handbook import handbook_of
from tests.assistance.helping import LATER, PUBLIC, accepted, matched, noted, offered, published
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
YUAN = Decimal


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def arrive(found, amount, by, **said):
    said = {"on": TODAY, "proof": "收条1号"} | said
    return deliver(found, amount=YUAN(amount), by=by, at=NOW, **said)[0]


def publish(need, by, words=PUBLIC):
    return publish_need(need, public_words=words, seen_version=need.version, by=by, at=NOW)


class TestNeeds:
    def test_noted_with_consent_and_published_by_somebody_else(self, cast):
        need = noted(cast, by=cast.township)
        assert (need.state, need.amount) == ("noted", 10)
        with pytest.raises(SocialRefusal, match="somebody else publishes"):
            publish(need, cast.township)
        with pytest.raises(SocialRefusal, match="Township and county"):
            publish(need, cast.village)
        assert publish(need, cast.county).state == "open"

    def test_without_consent_nothing_is_noted(self, cast):
        said = {"kind": "money", "amount": YUAN(100), "words": "学费", "agreed": False}
        with pytest.raises(SocialRefusal, match="consent"):
            note_need(cast.family(), **said, by=cast.village, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            SocialNeed.objects.create(
                household=cast.family(), kind="money", amount=1, words="学费", agreed=False,
                recorded_by=cast.village, recorded_at=NOW,
            )  # fmt: skip

    def test_sent_twice_it_is_stored_once(self, cast):
        need = noted(cast)
        said = {"kind": "money", "amount": YUAN(1), "words": "再发", "agreed": True}
        said |= {"client_id": need.client_id, "by": cast.village, "at": NOW}
        assert note_need(need.household, **said) == (need, False)
        with pytest.raises(SocialRefusal, match="another household"):
            note_need(cast.family(), **said)

    @pytest.mark.parametrize(
        ("words", "refusal"),
        [
            ("汪大山家缺书桌", "汪大山"),
            ("大山的孩子缺书桌", "大山"),
            ("豹迹岩一户缺书桌", "豹迹岩"),
            ("电话13912345678", "phone number"),
            ("账号 62223344", "long number"),
            ("身份证341524201204262611", "resident ID"),
            ("大湾组一户", "大湾组"),
        ],
    )
    def test_whatever_leads_to_the_household_is_not_published(self, cast, words, refusal):
        need = noted(cast, cast.family(group_name="大湾组"))
        with pytest.raises(SocialRefusal, match=refusal):
            publish(need, cast.township, words)

    def test_seen_by_the_division_and_not_by_departments_or_strangers(self, cast):
        need = noted(cast, cast.family(in_charge=cast.assigned.officer))
        for name in ("village", "assigned", "township", "county", "province", "auditor"):
            assert need in SocialNeed.objects.visible_to(getattr(cast, name)), name
        for name in ("next_village", "next_township", "stranger", "education", "administrator"):
            assert need not in SocialNeed.objects.visible_to(getattr(cast, name)), name

    def test_closed_only_with_a_reason_and_when_nothing_is_promised(self, cast):
        found = matched(cast)
        need = SocialNeed.objects.get()
        said = {"seen_version": need.version, "by": cast.village, "at": NOW}
        with pytest.raises(SocialRefusal, match="still promised"):
            close_need(need, because="已自购", **said)
        give_up(found, because="厂家停产", by=cast.township, at=NOW)
        need.refresh_from_db()
        with pytest.raises(Late):
            close_need(need, because="已自购", **said)
        said["seen_version"] = need.version
        assert close_need(need, because="已自购", **said).state == "closed"


class TestOffers:
    def test_received_checked_and_told_by_its_receipt(self, cast):
        found = offered(cast, need=published(cast))
        assert found.phone_masked == "139****5678"
        assert told_by(found.receipt)["state"] == "received"
        assert told_by("123456789012") is None
        accept_offer(found, seen_version=1, by=cast.county, at=NOW)
        assert told_by(found.receipt)["state"] == "open"

    def test_the_giver_reads_why_it_is_refused_and_nothing_else(self, cast):
        found = offered(cast)
        with pytest.raises(SocialRefusal, match="giver reads"):
            refuse_offer(found, because=" ", seen_version=1, by=cast.township, at=NOW)
        refuse_offer(found, because="过期食品", seen_version=1, by=cast.township, at=NOW)
        told = told_by(found.receipt)
        assert (told["state"], told["because"]) == ("refused", "过期食品")
        assert set(told) == {
            *("kind", "unit", "amount", "state", "because", "promised", "delivered", "thanks")
        }

    def test_the_reason_told_to_the_giver_names_nobody(self, cast):
        need = published(cast)
        found = offered(cast, need=need)
        said = {"seen_version": 1, "by": cast.township, "at": NOW}
        for words in ("汪大山家不再需要", "已送汪 大山"):
            with pytest.raises(SocialRefusal, match="汪大山"):
                refuse_offer(found, because=words, **said)

    def test_no_number_of_a_person_stands_in_words(self, cast):
        for field in ("name", "contact", "words"):
            with pytest.raises(SocialRefusal, match="field of its own") as refused:
                offered(cast, **{field: "王女士 139 1234 5678"})
            assert refused.value.field == field
        found, called = offered(cast), "已电话核实13912345678"
        with pytest.raises(SocialRefusal, match="phone number"):
            accept_offer(found, because=called, seen_version=1, by=cast.township, at=NOW)
        given = accepted(cast)
        with pytest.raises(SocialRefusal, match="phone number"):
            close_offer(given, because=called, seen_version=2, by=cast.township, at=NOW)
        need = noted(cast)
        with pytest.raises(SocialRefusal, match="phone number"):
            close_need(need, because=called, seen_version=1, by=cast.village, at=NOW)
        with pytest.raises(SocialRefusal, match="phone number"):
            give_up(matched(cast), because=called, by=cast.township, at=NOW)

    def test_who_closed_it_is_kept(self, cast):
        given = accepted(cast)
        said = {"because": "不再捐", "by": cast.county, "at": LATER}
        close_offer(given, seen_version=2, **said)
        need = close_need(noted(cast), seen_version=1, **said)
        given.refresh_from_db()
        assert (given.ended_by, need.ended_by) == (cast.county, cast.county)

    def test_only_its_division_checks_it(self, cast):
        found = offered(cast)
        for name in ("next_township", "stranger", "village", "province"):
            with pytest.raises(SocialRefusal):
                accept_offer(found, seen_version=1, by=getattr(cast, name), at=NOW)
        for name in ("village", "assigned", "next_township", "stranger", "education"):
            assert found not in SocialOffer.objects.visible_to(getattr(cast, name)), name
        with pytest.raises(Late):
            accept_offer(found, seen_version=9, by=cast.township, at=NOW)

    def test_to_open_the_phone_leaves_a_trace(self, cast):
        found = offered(cast)
        said = {"because": "核实捐赠意愿", "by": cast.township, "at": NOW}
        assert reveal(found, "phone", **said) == "13900005678"

    def test_persons_are_forgotten_half_a_year_after_the_end(self, cast):
        person = offered(cast, giver="person", name="汪好心")
        company = offered(cast)
        for row in (person, company):
            refuse_offer(row, because="已满足", seen_version=1, by=cast.township, at=NOW)
        assert forget_givers(at=NOW + KEPT / 2) == 0
        assert forget_givers(at=NOW + KEPT * 2) == 2
        person.refresh_from_db()
        company.refresh_from_db()
        assert (person.name, person.phone_masked, person.contact) == ("", "", "")
        assert (company.name, company.phone_masked) == ("金寨茶业公司", "")
        assert told_by(person.receipt) is None

    def test_an_offer_that_nobody_checks_is_closed_and_its_giver_forgotten(self, cast):
        person = offered(cast, giver="person", name="汪好心", words="我是汪好心，送书桌")
        company, called = offered(cast), accepted(cast)
        page = {"by": cast.county, "at": NOW, "territory": cast.county.division}
        assert close_unchecked(at=NOW + timedelta(days=60)) == 0
        last = NOW + timedelta(days=61)
        set_limit(name="offer_days", value=YUAN(90), since=TODAY, because="县里定", **page)
        assert close_unchecked(at=last) == 0, "the county keeps them longer"
        with pytest.raises(FundRefusal, match="whole figure"):
            set_limit(name="offer_days", value=YUAN("1.5"), since=TODAY, because="县里定", **page)
        assert close_unchecked(at=NOW + timedelta(days=91)) == 2
        assert close_unchecked(at=NOW + timedelta(days=91)) == 0
        for row in (person, company, called):
            row.refresh_from_db()
        assert [row.state for row in (person, company, called)] == ["lapsed", "lapsed", "open"]
        assert (person.name, person.words, person.contact, person.phone_masked) == ("",) * 4
        assert not person.phone and "90" in person.because
        assert (company.name, company.contact, company.phone_masked) == ("金寨茶业公司", "", "")
        assert called.phone_masked and told_by(company.receipt)["state"] == "lapsed"
        with pytest.raises(SocialRefusal, match="checked already"):
            accept_offer(company, seen_version=company.version, by=cast.township, at=NOW)

    def test_the_night_closes_what_nobody_checked_and_says_how_many(self, cast, caplog):
        old, new = offered(cast, at=now() - timedelta(days=62)), offered(cast, at=now())
        with caplog.at_level(logging.WARNING, "assistance.social.forgetting"):
            forget_the_givers()
        assert [type(old).objects.get(pk=row.pk).state for row in (old, new)] == [
            "lapsed",
            "received",
        ]
        assert [record.getMessage() for record in caplog.records] == [
            "1 offers of help closed: nobody checked them in time"
        ]
        assert old.name not in caplog.text

    def test_what_lapsed_is_told_to_the_office_and_to_the_giver(self, cast, client):
        row = offered(cast)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        client.force_login(cast.township.officer)
        page = f"/social/offers/{row.pk}/"
        assert "If nobody checks it" in client.get(page).text
        close_unchecked(at=NOW + timedelta(days=61))
        row.refresh_from_db()
        assert row.because in client.get(page).text
        assert str(row) in client.get("/social/offers/?state=over").text
        answer = client.post("/give/state/", {"receipt": row.receipt})
        assert "in time" in answer.text and "phone has been deleted" in answer.text

    def test_the_measure_says_what_departments_may_read(self, cast):
        need, given = published(cast), accepted(cast, giver="person", name="陈好心", contact="")
        match(need, given, amount=YUAN(10), by=cast.township, at=NOW)
        words = Measure.objects.get().words
        assert PUBLIC in words and "陈好心" not in words and need.words not in words

    def test_measures_of_older_versions_say_what_those_of_today_say(self, cast):
        """As the first versions wrote them: the giver's name, and what is for the office alone."""
        person = {"giver": "person", "name": "陈好心", "contact": ""}
        rows = [
            match(
                published(cast), accepted(cast, **said), amount=YUAN(10), by=cast.township, at=NOW
            )
            for said in (person, {}, person, person)
        ]
        rows = [found.measure for found, _new in rows]
        today = [row.words for row in rows]
        office = SocialNeed.objects.first().words
        for row, name in zip(rows, ("陈好心", "金寨茶业公司", "陈好心", "陈好心"), strict=True):
            old = f"{name}：{office}，10件"
            Measure.objects.filter(pk=row.pk).update(words=old)
        MeasureChange.objects.create(
            measure=rows[2], changes={"words": [f"陈好心：{office}，10件", "陈好心送的书桌"]},
            recorded_by=cast.village, recorded_at=NOW,
        )  # fmt: skip
        Measure.objects.filter(pk=rows[2].pk).update(words="陈好心送的书桌")
        SocialOffer.objects.filter(matches__measure=rows[3]).update(name="")  # forgotten meanwhile
        mend = import_module("assistance.migrations.0017_measures_without_givers_names").mend
        for _twice in range(2):
            mend(None, SimpleNamespace(connection=connection))
            now = [Measure.objects.get(pk=row.pk).words for row in rows]
            assert now == [today[0], today[1], "个人送的书桌", today[3]]
            assert MeasureChange.objects.get().changes["words"] == [today[2], "个人送的书桌"]


class TestMatches:
    def test_a_match_is_a_measure_of_the_household_until_all_is_delivered(self, cast):
        home = cast.family(responsible_name="李传明")
        found = matched(cast, home=home, kind="money", amount=2000)
        measure = Measure.objects.get()
        assert (measure.kind, measure.source, measure.amount) == ("donation", "social", 2000)
        assert (measure.household, measure.responsible) == (home, "李传明")
        late = measure.due_on.replace(year=2021)
        assert open_without_reason(home, late).get() == measure, "the guard waits for it"
        arrive(found, 500, cast.village)
        assert SocialNeed.objects.get().delivered == 500
        assert MeasureNote.objects.get().words.startswith("已送达 500")
        measure.refresh_from_db()
        assert measure.is_open
        arrive(found, 1500, cast.village)
        measure.refresh_from_db()
        assert (measure.result, measure.ended_on) == ("done", TODAY)
        need, given = SocialNeed.objects.get(), SocialOffer.objects.get()
        assert (need.state, given.state) == ("met", "used")
        assert not open_without_reason(home, late).exists()
        with override("zh-hans"):
            assert "2,000.00" in str(handbook_of(home, cast.village, NOW))

    def test_no_more_than_is_needed_and_offered(self, cast):
        need, given = published(cast, amount=10), accepted(cast, amount=4)
        said = {"by": cast.township, "at": NOW}
        with pytest.raises(SocialRefusal, match="10 pieces are still needed and 4"):
            match(need, given, amount=YUAN(5), **said)
        match(need, given, amount=YUAN(4), **said)
        more = accepted(cast, amount=20)
        with pytest.raises(SocialRefusal, match="6 pieces"):
            match(need, more, amount=YUAN(7), **said)
        with pytest.raises(SocialRefusal, match="whole units"):
            match(need, more, amount=YUAN("1.5"), **said)
        match(need, more, amount=YUAN(6), **said)
        assert SocialNeed.objects.get().left == 0 and Measure.objects.count() == 2

    def test_only_what_fits_and_is_checked(self, cast):
        need = published(cast)
        said = {"amount": YUAN(1), "by": cast.township, "at": NOW}
        with pytest.raises(SocialRefusal, match="checked offer"):
            match(need, offered(cast), **said)
        with pytest.raises(SocialRefusal, match="not what is needed"):
            match(need, accepted(cast, kind="money"), **said)
        with pytest.raises(SocialRefusal, match="not published"):
            match(noted(cast), accepted(cast), **said)
        with pytest.raises(SocialRefusal):
            match(need, accepted(cast), **(said | {"by": cast.village}))

    def test_a_delivery_has_a_proof_a_day_and_no_more_than_was_promised(self, cast):
        found = matched(cast)
        for wrong in ({"proof": ""}, {"on": TODAY.replace(day=26)}, {"on": TODAY.replace(day=1)}):
            with pytest.raises(SocialRefusal):
                arrive(found, 1, cast.village, **wrong)
        with pytest.raises(SocialRefusal, match="Only 10"):
            arrive(found, 11, cast.village)
        with pytest.raises(SocialRefusal, match="outside"):
            arrive(found, 1, cast.next_village)
        first = arrive(found, 3, cast.village)
        assert arrive(found, 3, cast.village, client_id=first.client_id) == first
        assert SocialMatch.objects.get().delivered == 3
        with pytest.raises(SocialRefusal, match="another match"):
            arrive(matched(cast), 3, cast.village, client_id=first.client_id)

    @pytest.mark.parametrize(("came", "result"), [(0, "stopped"), (3, "done")])
    def test_what_does_not_come_is_free_again(self, cast, came, result):
        found = matched(cast, kind="money", amount=10)
        if came:
            arrive(found, came, cast.village)
        give_up(found, because="厂家停产", by=cast.township, at=NOW)
        need, given, measure = (m.objects.get() for m in (SocialNeed, SocialOffer, Measure))
        assert (need.promised, given.left) == (came, 10 - came)
        assert (measure.result, measure.amount) == (result, came or 10)
        assert need.state == "open"
        assert SocialMatch.objects.get().ended_by == cast.township
        said = {"seen_version": given.version, "because": "不再捐", "by": cast.township}
        assert close_offer(given, **said, at=NOW).state == "closed"

    def test_a_measure_that_was_ended_by_hand_stays_so(self, cast):
        found = matched(cast)
        said = {"on": TODAY, "result": "done", "words": "", "by": cast.village, "at": NOW}
        end_measure(found.measure, seen_version=1, **said)
        arrive(found, 10, cast.village)
        assert SocialNeed.objects.get().state == "met"

    def test_thanks_reach_the_giver_without_a_name(self, cast):
        found = matched(cast)
        said = {"result_words": "书桌已用上", "by": cast.village, "at": LATER}
        with pytest.raises(SocialRefusal, match="First something"):
            answer(found, thanks="谢谢", **said)
        arrive(found, 10, cast.village)
        with pytest.raises(SocialRefusal, match="汪大山"):
            answer(found, thanks="汪大山谢谢", **said)
        answer(found, thanks="孩子有书桌了，谢谢", **said)
        assert told_by(SocialOffer.objects.get().receipt)["thanks"] == ["孩子有书桌了，谢谢"]
        found.refresh_from_db()
        assert found.answered_by == found.ended_by == cast.village


class TestPlaces:
    def test_the_village_is_named_only_where_many_live(self, cast):
        need = published(cast)
        assert places_of([need])[need.pk].code == "341524000000"
        for _n in range(FEWEST - 1):
            cast.household("341524105201")
        assert places_of([need])[need.pk].code == "341524105000"
        for _n in range(FEWEST - 1):
            cast.household("341524105207")
        assert places_of([need])[need.pk].code == "341524105207"
