"""A household applies without an account, gets a receipt, and nobody learns who is registered."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import slowing
from accounts.models import Tries
from accounts.receipts import check_digit, is_receipt, new_receipt, read_receipt
from households.national.identifiers import check_digit as id_digit
from monitoring.applying.acts import state_of
from monitoring.applying.forgetting import forget_applications
from monitoring.applying.taking_up import take_up_applications
from monitoring.clues.checking import check_clue, confirm_clue
from monitoring.models import Application, Clue

pytestmark = pytest.mark.django_db
VILLAGE = "?county=341524000000&township=341524105000&village=341524105207"


def identity(number=1):
    first = f"34152419800304{number:03d}"
    return first + id_digit(first)


MINE = identity()


def filled(**changes):
    return {
        "name": "漆大海", "phone": "13955640001", "resident_id": MINE, "kind": "illness",
        "words": "父亲住院三个月，自付五万多元。", "consent": "on", "website": "",
    } | changes  # fmt: skip


def send(client, address="10.1.1.1", **changes):
    return client.post(
        reverse("apply") + VILLAGE, filled(**changes), REMOTE_ADDR=address, follow=True
    )


def receipt_on(page):
    return read_receipt(re.search(r'class="ap-receipt">([\d ]+)<', page.content.decode())[1])


def state(client, number, address="10.1.1.1"):
    page = client.post(reverse("apply_state"), {"receipt": number}, REMOTE_ADDR=address)
    return re.search(r'role="status">.*?<div>(.*?)</div>', page.content.decode(), re.S)[1]


def test_the_place_is_chosen_in_three_steps(client, cast):
    page = client.get(reverse("apply"))
    assert "金寨县" in page.content.decode()
    page = client.get(reverse("apply") + "?county=341524000000").content.decode()
    assert "汤家汇镇" in page and "衡山镇" not in page
    page = client.get(reverse("apply") + VILLAGE).content.decode()
    assert 'name="resident_id"' in page
    odd = "?county=341524000000&township=341525100000"
    assert "衡山镇" not in client.get(reverse("apply") + odd).content.decode()


def test_an_application_gets_a_receipt_and_becomes_a_clue(client, cast):
    number = receipt_on(send(client))
    assert is_receipt(number)
    assert "已收到" in state(client, number) or "Received" in state(client, number)
    assert take_up_applications(at=timezone.now()) == 1
    clue = Clue.objects.get()
    assert (clue.village, clue.name, clue.household) == (cast.village.division, "漆大海", None)
    assert clue.sources.get().channel == "household"
    assert state_of(number) == "checking"
    today = timezone.localdate()
    clue = check_clue(
        clue, finding="not_confirmed", words="已由医保报销。", checked_on=today,
        seen_version=1, by=cast.village, at=timezone.now(),
    )  # fmt: skip
    confirm_clue(clue, because="", seen_version=2, by=cast.township, at=timezone.now())
    assert state_of(number) == "answered"


def test_of_a_registered_person_it_joins_the_household(client, cast):
    home = cast.household("341525100201")
    cast.member(home, name="漆大海", resident_id=MINE)
    send(client)
    take_up_applications(at=timezone.now())
    clue = Clue.objects.get()
    assert (clue.household, clue.village, clue.resident_id_index) == (home, home.village, None)


def test_another_name_is_never_guessed(client, cast):
    cast.member(cast.household(), name="汪大山", resident_id=MINE)
    send(client)
    take_up_applications(at=timezone.now())
    assert Clue.objects.get().household is None


def test_a_second_application_gets_a_receipt_and_is_the_same_clue(client, cast):
    numbers = {receipt_on(send(client)), receipt_on(send(client, words="再说一次。"))}
    assert len(numbers) == 2
    take_up_applications(at=timezone.now())
    assert Clue.objects.get().sources.count() == 2
    assert {state_of(number) for number in numbers} == {"checking"}


def test_the_answer_and_the_statements_do_not_tell_who_is_registered(client, cast):
    """A registered person, the same with a wrong name, somebody monitored, nobody at all."""
    cast.member(cast.household(), name="漆大海", resident_id=MINE)
    cast.member(cast.household(exited_class="supported"), name="汪二", resident_id=identity(2))
    pages, queries = set(), set()
    client.get(reverse("apply"))
    for name, number in [
        ("漆大海", MINE), ("汪大山", MINE), ("汪二", identity(2)), ("无名", identity(3)),
    ]:  # fmt: skip
        client.cookies.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = send(client, name=name, resident_id=number)
        pages.add(re.sub(r"\d{4} \d{4} \d{4}|csrf\w+.*?>", "", page.content.decode()))
        queries.add(tuple(re.sub(r"'.*?'|\d+", "?", one["sql"]) for one in asked))
        assert not any("households_" in one["sql"] for one in asked)
    # Tokens differ from page to page; everything else is the same.
    pages = {re.sub(r'hx-headers=\'.*?\'|value="\w{64}"', "", page) for page in pages}
    assert (len(pages), len(queries)) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("resident_id", MINE[:-1] + "0123456789X"["0123456789X".index(MINE[-1]) - 1]),
        ("resident_id", "3415241980"),
        ("phone", "12345"),
        ("name", ""),
        ("consent", ""),
        ("kind", "nothing"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, cast, field, value):
    page = send(client, **{field: value})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not Application.objects.exists()


def test_what_is_kept_is_sealed(client, cast):
    send(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_json(a)::text FROM monitoring_application a")
        kept = cursor.fetchone()[0]
    assert MINE not in kept and "13955640001" not in kept
    assert Application.objects.get().resident_id.open() == MINE


def test_a_machine_is_answered_and_nothing_is_kept(client, cast):
    assert is_receipt(receipt_on(send(client, website="http://x")))
    assert not Application.objects.exists()


def test_a_thousand_tries_from_one_address_are_slowed(client, cast):
    answers = [
        client.post(reverse("apply") + VILLAGE, filled(resident_id=identity(n)),
                    REMOTE_ADDR="10.1.1.1").status_code
        for n in range(1000)
    ]  # fmt: skip
    most = slowing.OF_ADDRESS["apply"]
    assert answers == [302] * most + [429] * (1000 - most)
    assert Application.objects.count() == most
    slow = client.post(reverse("apply") + VILLAGE, filled(), REMOTE_ADDR="10.1.1.1")
    assert 0 < int(slow["Retry-After"]) <= 3600
    assert send(client, "10.1.1.2").status_code == 200  # the neighbour is not shut out


def test_many_addresses_with_one_number_are_slowed_too(client, cast):
    answers = [send(client, f"10.2.0.{n}").status_code for n in range(20)]
    assert answers == [200] * slowing.OF_PERSON + [429] * (20 - slowing.OF_PERSON)


def test_everybody_together_is_slowed(client, cast, monkeypatch):
    monkeypatch.setitem(slowing.OF_EVERYBODY, "apply", 10)
    answers = [send(client, f"10.2.0.{n}", resident_id=identity(n)).status_code for n in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_guessing_receipts_is_slowed_and_tells_nothing(client, cast):
    send(client)
    told = {state(client, new_receipt(), "10.3.0.1") for _n in range(20)}
    assert len(told) == 1
    pages = [
        client.post(reverse("apply_state"), {"receipt": new_receipt()}, REMOTE_ADDR="10.3.0.1")
        for _n in range(60)
    ]
    assert pages[-1].status_code == 429


def test_tries_are_counted_without_addresses_and_forgotten(client, cast):
    send(client)
    assert Tries.objects.count() == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(t)::text FROM accounts_tries t")
        assert "10.1.1.1" not in cursor.fetchone()[0]
    slowing.forget_tries(at=timezone.now() + timedelta(hours=4))
    assert not Tries.objects.exists()


def test_a_receipt_shows_every_wrong_digit(cast):
    number = new_receipt()
    for place in range(12):
        wrong = str((int(number[place]) + 1) % 10)
        assert not is_receipt(number[:place] + wrong + number[place + 1 :])
    assert check_digit("07944") == "2"  # the example of ISO 7064 for MOD 11,10


def test_personal_data_are_removed_some_time_after_the_answer(client, cast):
    number, now = receipt_on(send(client)), timezone.now()
    take_up_applications(at=now)
    clue = Clue.objects.get()
    clue = check_clue(
        clue, finding="not_confirmed", words="无此情况。", checked_on=timezone.localdate(),
        seen_version=1, by=cast.village, at=now,
    )  # fmt: skip
    confirm_clue(clue, because="", seen_version=2, by=cast.township, at=now)
    assert forget_applications(at=now + timedelta(days=180)) == 0
    assert forget_applications(at=now + timedelta(days=181)) == 1
    assert forget_applications(at=now + timedelta(days=181)) == 0
    application, clue = Application.objects.get(), Clue.objects.get()
    for row in (application, clue):
        assert (row.name, row.resident_id_index, row.phone_masked) == ("", None, "")
        assert not row.resident_id and not row.phone
    assert (application.words, clue.sources.get().words) == ("", "")
    assert state_of(number) == "answered"
    assert clue.answer == "not_confirmed"
