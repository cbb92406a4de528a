"""Points: rules that are dated, earned and spent as entries, goods, the list of a month."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistance.models import PointAccount, PointEntry, PointList, PointRule, ShopGood
from assistance.points.booking import book_back, books_agree, earn, spend
from assistance.points.posting import publish_list
from assistance.points.refusals import PointRefusal
from assistance.points.rules import add_good, end_rule, put_in, rules_on, set_rule, take_out_of_shop
from tests.assistance.helping import good_of, rule_of
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
JULY = NOW + timedelta(days=10)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def earned(cast, home, rule, on=TODAY, by=None, at=NOW, **said):
    return earn(home, rule=rule, on=on, by=by or cast.village, at=at, **said)[0]


def spent(cast, home, good, count=1, by=None, at=NOW, **said):
    return spend(home, good=good, count=count, on=TODAY, by=by or cast.village, at=at, **said)[0]


def balance(home):
    account = PointAccount.objects.filter(household=home).first()
    return account.balance if account else 0


class TestRules:
    def test_a_rule_and_goods_sent_twice_are_one(self, cast):
        place, said = cast.village.division, {"by": cast.village, "at": NOW}
        rule = {"division": place, "words": "孝老", "points": 5, "since": TODAY, **said}
        goods = {"division": place, "name": "肥皂", "points": 5, "stock": 3, **said}
        for act, facts, model in ((set_rule, rule, PointRule), (add_good, goods, ShopGood)):
            sent = uuid4()
            first = act(client_id=sent, **facts)
            assert act(client_id=sent, **facts) == first
            with pytest.raises(PointRefusal, match="another place"):
                above = {"division": cast.township.division, "by": cast.township}
                act(client_id=sent, **(facts | above))
            assert model.objects.count() == 1

    def test_the_form_sent_twice_stores_once(self, cast, client):
        client.force_login(cast.village.officer)
        place, page = cast.village.division_id, "/points/shop/"
        rule = {"division": place, "words": "孝老", "points": 5, "since": TODAY}
        goods = {"division": place, "name": "肥皂", "points": 5, "stock": 3}
        for address, facts in ((page + "rules/new/", rule), (page + "goods/new/", goods)):
            shown = client.get(address).context["form"]["client_id"].value()
            for _twice in range(2):
                answer = client.post(address, facts | {"client_id": shown})
                assert answer.status_code == 302
        assert (PointRule.objects.count(), ShopGood.objects.count()) == (1, 1)

    def test_a_townships_rule_holds_in_its_villages_on_its_days(self, cast):
        own = rule_of(cast)
        wide = rule_of(cast, place=cast.township.division, since=TODAY)
        village, next_village = cast.village.division, cast.next_village.division
        assert set(rules_on(TODAY, village)) == {own, wide}
        assert set(rules_on(TODAY - timedelta(days=1), village)) == {own}
        assert set(rules_on(TODAY, next_village)) == {wide}
        end_rule(own, until=TODAY, by=cast.village, at=NOW)
        assert set(rules_on(TODAY, village)) == {wide}

    def test_who_keeps_them(self, cast):
        said = {"division": cast.village.division, "words": "孝老", "points": 5, "since": TODAY}
        for name in ("next_village", "next_township", "county", "assigned", "stranger"):
            with pytest.raises(PointRefusal, match="keeps no points"):
                set_rule(**said, by=getattr(cast, name), at=NOW)
        above = {**said, "division": cast.township.division}
        with pytest.raises(PointRefusal):
            set_rule(**above, by=cast.village, at=NOW)
        for wrong in ({"points": 0}, {"points": 2000}, {"words": " "}):
            with pytest.raises(PointRefusal):
                set_rule(**(said | wrong), by=cast.village, at=NOW)

    def test_what_was_ended_is_not_ended_again_nor_for_days_gone(self, cast):
        rule = rule_of(cast)
        with pytest.raises(PointRefusal, match="today"):
            end_rule(rule, until=TODAY - timedelta(days=1), by=cast.village, at=NOW)
        end_rule(rule, until=TODAY, by=cast.village, at=NOW)
        with pytest.raises(PointRefusal, match="ends already"):
            end_rule(rule, until=TODAY, by=cast.village, at=NOW)

    def test_rules_and_goods_are_seen_by_their_villages(self, cast):
        own, wide = rule_of(cast), rule_of(cast, place=cast.township.division)
        assert set(PointRule.objects.visible_to(cast.village)) == {own, wide}
        assert set(PointRule.objects.visible_to(cast.next_village)) == {wide}
        assert not PointRule.objects.visible_to(cast.next_township).exists()
        assert not PointRule.objects.visible_to(cast.education).exists()


class TestEntries:
    def test_earned_and_spent_is_a_sum(self, cast):
        home, rule, good = cast.family(), rule_of(cast), good_of(cast, points=4)
        earned(cast, home, rule, words="三月评比")
        entry = spent(cast, home, good, 2)
        assert (entry.points, entry.balance_after, balance(home)) == (-8, 2, 2)
        assert PointEntry.objects.first().words == "毛巾 × 2"
        assert ShopGood.objects.get().stock == 8
        assert books_agree(home)

    def test_never_below_zero_and_never_more_than_the_shop_has(self, cast):
        home, good = cast.family(), good_of(cast, points=6, stock=1)
        earned(cast, home, rule_of(cast))
        with pytest.raises(PointRefusal, match="1 of 毛巾"):
            spent(cast, home, good, 2)
        put_in(good, count=5, by=cast.village, at=NOW)
        with pytest.raises(PointRefusal, match="has 10 points; that is less than 12"):
            spent(cast, home, good, 2)
        assert ShopGood.objects.get().stock == 6
        with pytest.raises(IntegrityError), transaction.atomic():
            PointAccount.objects.update(balance=-1)

    def test_as_often_in_a_month_as_the_rule_says(self, cast):
        home, rule = cast.family(), rule_of(cast, most=1)
        first = earned(cast, home, rule)
        with pytest.raises(PointRefusal, match="1 times in that month"):
            earned(cast, home, rule)
        earned(cast, home, rule, on=date(2020, 5, 31))
        book_back(first, because="填错", by=cast.village, at=NOW)
        earned(cast, home, rule)
        assert balance(home) == 20 and books_agree(home)

    def test_sent_twice_it_is_booked_once(self, cast):
        home, rule = cast.family(), rule_of(cast)
        first = earned(cast, home, rule)
        assert earned(cast, home, rule, client_id=first.client_id) == first
        with pytest.raises(PointRefusal, match="another household"):
            earned(cast, cast.family(), rule, client_id=first.client_id)
        assert balance(home) == 10

    def test_booked_back_once_and_only_what_is_still_there(self, cast):
        home, good = cast.family(), good_of(cast, points=8)
        first = earned(cast, home, rule_of(cast))
        bought = spent(cast, home, good)
        with pytest.raises(PointRefusal, match="less than 10"):
            book_back(first, because="填错", by=cast.village, at=NOW)
        book_back(bought, because="退货", by=cast.village, at=NOW)
        assert ShopGood.objects.get().stock == 10
        with pytest.raises(PointRefusal, match="already"):
            book_back(bought, because="退货", by=cast.village, at=NOW)
        back = book_back(first, because="填错", by=cast.village, at=NOW)
        with pytest.raises(PointRefusal, match="itself"):
            book_back(back, because="再改", by=cast.village, at=NOW)
        assert balance(home) == 0 and books_agree(home)

    def test_not_elsewhere_not_in_the_future_not_what_is_not_offered(self, cast):
        home, rule, good = cast.family(), rule_of(cast), good_of(cast)
        for by in (cast.next_village, cast.county, cast.stranger):
            with pytest.raises(PointRefusal):
                earned(cast, home, rule, by=by)
        for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=70)):
            with pytest.raises(PointRefusal, match="day"):
                earned(cast, home, rule, on=day)
        other = rule_of(cast, place=cast.next_village.division)
        with pytest.raises(PointRefusal, match="does not hold there"):
            earned(cast, home, other)
        earned(cast, home, rule)
        take_out_of_shop(good, by=cast.village, at=NOW)
        with pytest.raises(PointRefusal, match="not offered"):
            spent(cast, home, good)

    @given(st.lists(st.tuples(st.sampled_from("esb"), st.integers(1, 5)), max_size=12))
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_after_any_acts_the_balance_is_the_sum(self, cast, acts):
        with transaction.atomic():
            home, rule = cast.family(), rule_of(cast, points=3)
            good = good_of(cast, points=2, stock=6)
            for what, many in acts:
                try:
                    with transaction.atomic():
                        if what == "e":
                            earned(cast, home, rule)
                        elif what == "s":
                            spent(cast, home, good, many)
                        elif rows := PointEntry.objects.filter(household=home)[:many]:
                            book_back(list(rows)[-1], because="更正", by=cast.village, at=NOW)
                except PointRefusal:
                    continue
                assert books_agree(home) and balance(home) >= 0
            transaction.set_rollback(True)


class TestLists:
    def test_a_month_is_posted_with_masked_names_and_stays_as_it_was(self, cast):
        home, other = cast.family(head_name="汪大山"), cast.family(head_name="陈秀")
        rule, good = rule_of(cast), good_of(cast)
        for one in (home, other):
            earned(cast, one, rule)
        bought = spent(cast, home, good)
        said = {"village": cast.village.division, "month": date(2020, 6, 1), "by": cast.village}
        with pytest.raises(PointRefusal, match="not over"):
            publish_list(**said, at=NOW)
        posted = publish_list(**said, at=JULY)
        assert posted.rows == [["汪**", 10, 5, 5], ["陈*", 10, 0, 10]]
        with pytest.raises(PointRefusal, match="already"):
            publish_list(**said, at=JULY)
        book_back(bought, because="退货", by=cast.village, at=JULY)
        assert PointList.objects.get().rows == posted.rows
        july = {**said, "month": date(2020, 7, 1)}
        august = JULY + timedelta(days=30)
        assert publish_list(**july, at=august).rows == [["汪**", 0, -5, 10], ["陈*", 0, 0, 10]]

    def test_a_month_without_points_is_not_posted(self, cast):
        said = {"village": cast.village.division, "month": date(2020, 5, 1), "by": cast.village}
        with pytest.raises(PointRefusal, match="Nobody"):
            publish_list(**said, at=NOW)
        with pytest.raises(PointRefusal, match="keeps no points"):
            publish_list(**(said | {"by": cast.next_village}), at=NOW)


class TestTheStock:
    def test_who_put_in_or_took_out_what_and_why_is_on_record(self, cast):
        good, sent = good_of(cast, stock=10), uuid4()
        for _twice in range(2):
            put_in(good, count=5, client_id=sent, by=cast.village, at=NOW)
        with pytest.raises(PointRefusal, match="Say why"):
            put_in(good, count=-3, by=cast.village, at=NOW)
        put_in(good, count=-3, words="受潮", by=cast.township, at=NOW)
        with pytest.raises(PointRefusal, match="other goods"):
            put_in(good_of(cast, name="肥皂"), count=5, client_id=sent, by=cast.village, at=NOW)
        told = [(m.count, m.stock_after, m.words, m.by) for m in good.moves.all()]
        assert told == [(-3, 12, "受潮", cast.township), (5, 15, "", cast.village)]
        gone = take_out_of_shop(good, by=cast.village, at=NOW)
        assert (gone.closed_by, gone.closed_at) == (cast.village, NOW)
        rule = end_rule(rule_of(cast), until=TODAY, by=cast.village, at=NOW)
        assert (rule.ended_by, rule.ended_at) == (cast.village, NOW)

    def test_no_number_of_a_person_stands_in_an_entry(self, cast):
        home, rule = cast.family(), rule_of(cast)
        with pytest.raises(PointRefusal, match="phone number"):
            earned(cast, home, rule, words="电话13912345678")
        entry = earned(cast, home, rule)
        with pytest.raises(PointRefusal, match="phone number"):
            book_back(entry, because="电话13912345678", by=cast.village, at=NOW)
