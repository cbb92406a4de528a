"""Pages of accounts: entering, posts, tokens, what an administrator keeps, what auditors read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountAct, ApiToken, Officer, Reveal
from accounts.roles import ROLES
from tests.cast import NOW

PASSWORD = "pw-cast-2020"


@pytest.fixture
def enter(client):
    def enter(post):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def log_in(client, username, password=PASSWORD):
    return client.post(reverse("login"), {"username": username, "password": password})


class TestEntering:
    def test_the_day_begins_with_todays_work(self, client, cast):
        assert log_in(client, cast.village.officer.username).url == reverse("today")

    def test_or_with_the_accounts_for_who_keeps_them(self, client, cast):
        assert log_in(client, cast.administrator.officer.username).url == reverse("officers")

    def test_demo_accounts_are_shown_in_the_demo_only(self, client, db, settings):
        settings.DEMO = True
        assert "jinzhai-demo-2020" in client.get(reverse("login")).text
        settings.DEMO = False
        assert "jinzhai-demo-2020" not in client.get(reverse("login")).text

    def test_after_eight_wrong_passwords_the_account_waits(self, client, cast):
        username = cast.county.officer.username
        answers = [log_in(client, username, "wrong").status_code for _ in range(8)]
        assert answers[:7] == [200] * 7
        assert answers[7] == 429
        assert log_in(client, username).status_code == 429

    def test_log_out_needs_a_post(self, enter, cast):
        client = enter(cast.county)
        assert client.get(reverse("logout")).status_code == 405
        assert client.post(reverse("logout")).url == reverse("login")
        assert client.get(reverse("me")).url.startswith(reverse("login"))

    def test_without_an_open_post_there_is_nothing_to_do(self, enter, cast):
        post = cast.county
        post.until = timezone.localdate()
        post.save()
        client = enter(post)
        assert client.get(reverse("me")).url == reverse("no_post")
        assert client.get(reverse("no_post")).status_code == 403

    def test_a_given_password_is_changed_before_anything_else(self, enter, cast):
        Officer.objects.filter(pk=cast.county.officer_id).update(must_change_password=True)
        assert enter(cast.county).get(reverse("households")).url == reverse("change_password")

    def test_the_new_password_may_not_be_a_common_one(self, enter, cast):
        client = enter(cast.county)
        new = {"new_password1": "12345678", "new_password2": "12345678"}
        answer = client.post(reverse("change_password"), {"old_password": PASSWORD, **new})
        assert answer.context["form"].errors["new_password2"]
        assert Officer.objects.get(pk=cast.county.officer_id).check_password(PASSWORD)

    def test_large_print_returns_to_own_pages_only(self, enter, cast):
        client = enter(cast.county)
        there = client.post(reverse("large_print"), {"next": "https://elsewhere.example/"})
        assert there.url == reverse("me")
        assert client.post(reverse("large_print"), {"next": "/roles/"}).url == "/roles/"


class TestPosts:
    def test_one_acts_in_one_post_at_a_time(self, enter, cast):
        first = cast.county
        second = first.officer.posts.create(
            role="auditor", division=cast.divisions["341525000000"], since=first.since
        )
        client = enter(first)
        assert client.get(reverse("me")).context["post"] == first
        client.post(reverse("switch_post"), {"post": second.id})
        assert client.get(reverse("me")).context["post"] == second

    @pytest.mark.parametrize("number", ["other", "0", "x", ""])
    def test_nobody_acts_in_the_post_of_another(self, enter, cast, number):
        number = cast.stranger.id if number == "other" else number
        client = enter(cast.county)
        assert client.post(reverse("switch_post"), {"post": number}).status_code == 404
        assert client.get(reverse("me")).context["post"] == cast.county

    def test_every_role_is_on_the_page_of_roles(self, enter, cast):
        rows = enter(cast.village).get(reverse("roles")).context["rows"]
        assert {row["code"] for row in rows} >= {"village", "auditor", "administrator"}
        village = next(row for row in rows if row["code"] == "village")
        told = [may for _, may in village["abilities"]].count(True)
        assert told == len(ROLES["village"].abilities)


class TestTokens:
    def test_issued_once_and_revoked(self, enter, cast):
        client = enter(cast.county)
        answer = client.post(reverse("new_token"), {"name": "exchange"})
        key = answer.context["key"]
        assert key in answer.text
        assert "no-store" in answer.headers["Cache-Control"]
        bearer = {"Authorization": f"Bearer {key}"}
        schema = reverse("api_households-list")
        client.logout()
        assert client.get(schema, headers=bearer).status_code == 200
        client = enter(cast.county)
        token = ApiToken.objects.get()
        assert key not in client.get(reverse("me")).text
        client.post(reverse("drop_token", args=[token.id]))
        client.logout()
        assert client.get(schema, headers=bearer).status_code == 401
        told = list(AccountAct.objects.values_list("what", flat=True))
        assert told == ["token_revoked", "token_issued"]

    def test_nobody_revokes_the_token_of_another_post(self, enter, cast):
        enter(cast.county).post(reverse("new_token"), {"name": "exchange"})
        token = ApiToken.objects.get()
        answer = enter(cast.stranger).post(reverse("drop_token", args=[token.id]))
        assert answer.status_code == 404
        assert ApiToken.objects.exists()

    def test_an_end_in_the_past_is_no_end(self, enter, cast):
        yesterday = timezone.localdate() - timedelta(days=1)
        answer = enter(cast.county).post(
            reverse("new_token"), {"name": "exchange", "expires_on": yesterday}
        )
        assert answer.context["form"].errors["expires_on"]
        assert not ApiToken.objects.exists()


class TestKeeping:
    @pytest.fixture
    def keeper(self, cast):
        """The administrator of Jinzhai county, not of the province."""
        return cast.post("administrator", "341524000000")

    def new(self, client, **given):
        facts = {
            "username": "baojiyan01",
            "name": "李传明",
            "phone": "13866496171",
            "role": "village",
            "division": "341524105207",
            "since": "2020-06-01",
        }
        return client.post(reverse("new_officer"), facts | given)

    def test_a_new_officer_gets_a_password_that_must_be_changed(self, enter, keeper, client):
        answer = self.new(enter(keeper))
        password = answer.context["password"]
        made = Officer.objects.get(username="baojiyan01")
        assert made.check_password(password)
        assert made.must_change_password
        assert made.phone.open() == "13866496171"
        assert made.posts.get().division.code == "341524105207"
        assert "13866496171" not in client.get(reverse("officer", args=[made.id])).text
        assert "no-store" in answer.headers["Cache-Control"]

    def test_a_division_is_known_by_its_name_too(self, enter, keeper):
        self.new(enter(keeper), division="豹迹岩村委会")
        assert Officer.objects.get(username="baojiyan01").posts.get().role == "village"

    @pytest.mark.parametrize(
        "given",
        [
            {"division": "341525100201"},  # the county next door
            {"division": "341500000000", "role": "city"},  # above
            {"division": "341524105000"},  # a township has no village cadre
            {"role": "department"},  # without its department
            {"department": "health"},  # a department without the role
            {"username": ""},
            {"phone": "4711"},
        ],
    )
    def test_what_may_not_be_is_refused_whole(self, enter, keeper, given):
        before = Officer.objects.count()
        answer = self.new(enter(keeper), **given)
        assert answer.context["form"].errors
        assert Officer.objects.count() == before
        assert not AccountAct.objects.exists()

    def test_a_taken_name_is_refused_with_a_sentence(self, enter, keeper):
        client = enter(keeper)
        self.new(client)
        answer = self.new(client, name="another")
        assert answer.context["form"].non_field_errors()
        assert Officer.objects.filter(username="baojiyan01").count() == 1

    def test_nobody_gives_himself_a_post(self, enter, keeper):
        answer = enter(keeper).get(reverse("new_post", args=[keeper.officer_id]))
        assert answer.status_code == 200
        answer = enter(keeper).post(
            reverse("new_post", args=[keeper.officer_id]),
            {"role": "county", "division": "341524000000", "since": "2020-06-01"},
        )
        assert answer.context["form"].non_field_errors()
        assert keeper.officer.posts.count() == 1

    @pytest.mark.parametrize("whose", ["stranger", "city", "province"])
    def test_accounts_of_others_do_not_exist_here(self, enter, cast, keeper, whose):
        other = getattr(cast, whose)
        client = enter(keeper)
        for name in ("officer", "new_post"):
            assert client.get(reverse(name, args=[other.officer_id])).status_code == 404
        for name in ("reset_password", "set_active"):
            assert client.post(reverse(name, args=[other.officer_id])).status_code == 404
        assert client.post(reverse("close_post", args=[other.id])).status_code == 404
        assert other.officer.name not in [o.name for o in client.get("/officers/").context["page"]]

    def test_an_account_with_a_post_above_is_kept_above(self, enter, cast, keeper):
        """Who resets its password could act for the province."""
        province = cast.province
        province.officer.posts.create(
            role="county", division=cast.divisions["341524000000"], since="2020-01-01"
        )
        answer = enter(keeper).post(reverse("reset_password", args=[province.officer_id]))
        assert answer.status_code == 404
        assert Officer.objects.get(pk=province.officer_id).check_password(PASSWORD)

    def test_a_reset_locks_the_old_password_out(self, enter, cast, keeper):
        village = cast.village
        answer = enter(keeper).post(reverse("reset_password", args=[village.officer_id]))
        officer = Officer.objects.get(pk=village.officer_id)
        assert not officer.check_password(PASSWORD)
        assert officer.check_password(answer.context["password"])
        assert officer.must_change_password

    def test_a_closed_account_cannot_come_in(self, enter, cast, keeper, client):
        village = cast.village
        enter(keeper).post(reverse("set_active", args=[village.officer_id]), {"active": "no"})
        client.logout()
        assert log_in(client, village.officer.username).status_code == 200
        enter(keeper).post(reverse("set_active", args=[village.officer_id]), {"active": "yes"})
        client.logout()
        assert log_in(client, village.officer.username).status_code == 302

    def test_a_closed_post_is_closed_once(self, enter, cast, keeper):
        client, village = enter(keeper), cast.village
        address = reverse("close_post", args=[village.id])
        assert client.post(address, {"until": "2019-01-01"}).context["form"].errors
        assert client.post(address, {"until": "2020-06-25"}).status_code == 302
        assert client.post(address, {"until": "2020-06-25"}).status_code == 404
        village.refresh_from_db()
        assert str(village.until) == "2020-06-25"

    def test_the_search_for_divisions_stays_within(self, enter, keeper):
        client = enter(keeper)
        found = client.get(reverse("division_options"), {"division": "村委会"}).text
        assert "豹迹岩村委会" in found
        assert "迎驾厂村委会" not in found


class TestLogs:
    def test_auditors_read_who_looked_and_why(self, enter, cast):
        for code, because in (("341524105207", "near"), ("341525100201", "far")):
            Reveal.objects.create(
                post=cast.county,
                division=cast.divisions[code],
                subject="households.household",
                subject_id=1,
                field="phone",
                because=because,
                at=NOW,
            )
        told = enter(cast.auditor).get(reverse("reveals")).text
        assert "near" in told
        assert "far" not in told

    def test_auditors_read_who_changed_rights(self, enter, cast):
        keeper = cast.administrator
        enter(keeper).post(reverse("reset_password", args=[cast.village.officer_id]))
        assert not enter(cast.auditor).get(reverse("account_acts")).context["page"].rows
        AccountAct.objects.update(division=cast.divisions["341524105207"])
        assert enter(cast.auditor).get(reverse("account_acts")).context["page"].rows


def test_search_engines_are_told_to_stay_out(client):
    assert client.get("/robots.txt").text.splitlines() == ["User-agent: *", "Disallow: /"]


def test_a_page_that_is_not_there_says_so_inside_the_frame(enter, cast):
    answer = enter(cast.county).get("/nowhere/")
    assert answer.status_code == 404
    assert 'class="pw-menu"' in answer.text


def test_the_search_of_the_frame_keeps_numbers_out_of_addresses(enter, cast):
    """A resident ID typed there is sent in the body, never in the address."""
    page = enter(cast.county).get(reverse("me")).text
    form = page[page.index('class="pw-search"') : page.index('id="search"')]
    assert 'method="post"' in form
    assert reverse("household_search") in form
