"""From the upload to the rows to check: pages, job, workbook, API."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.tokens import issue_token
from feeds import tasks, uploading
from feeds.models import FeedMapping, FeedRow, FeedTrouble, FeedUpload, UploadState
from jobs.models import Job, State
from jobs.running import run_job
from tests.feeds.files import AS_OF, as_csv, feed, keep, number_of, officer_of

HEAD = ["姓名", "身份证号", "自己掏的钱", "备注"]
ROWS = [
    ["汪大山", number_of(1), "24000", ""],
    ["王秀兰", number_of(2), "10", "名字写错"],
    ["路人甲", number_of(9), "10", ""],
    ["汪大山", number_of(1)[:17], "10", ""],
    ["汪大山", number_of(1), "一百", ""],
]


@pytest.fixture
def insurance(cast, people):
    return officer_of(cast, "medical_payment")


@pytest.fixture
def browser(client, insurance):
    client.force_login(insurance.officer)
    return client


def send(client, content=None, name="结算_20200531.csv", **fields):
    file = SimpleUploadedFile(name, content or as_csv(HEAD, ROWS))
    given = {"kind": "medical_payment", "begins": "2020-01-01", "file": file}
    return client.post(reverse("feeds"), given | fields)


def work():
    for job in Job.objects.filter(kind="feed").open():
        run_job(job.id)
        job.refresh_from_db()
        yield job


def chosen(**columns):
    names = {"resident_id": "身份证号", "name": "姓名", "amount": "自己掏的钱"} | columns
    return {"as_of": "2020-05-31"} | {f"column_{field}": name for field, name in names.items()}


def test_upload_choose_columns_take_in_and_mend(
    browser, insurance, django_capture_on_commit_callbacks
):
    answer = send(browser)
    upload = FeedUpload.objects.get()
    page = reverse("feed", args=[upload.pk])
    assert answer.url == page and browser.get(page).status_code == 200
    (job,) = work()
    assert (job.state, job.result) == (State.DONE, {"url": page})
    body = browser.get(page).content.decode()
    assert "自己掏的钱" in body and number_of(1) not in body
    assert f"{number_of(1)[:6]}********{number_of(1)[14:]}" in body
    load = reverse("load_feed", args=[upload.pk])
    assert browser.post(load, chosen(amount="")).status_code == 422
    assert browser.post(load, chosen(amount="姓名")).status_code == 422
    assert not FeedRow.objects.exists()
    assert browser.post(load, chosen()).url == page
    with django_capture_on_commit_callbacks(execute=True):
        (job,) = work()
    upload.refresh_from_db()
    assert (job.state, upload.state) == (State.DONE, UploadState.LOADED)
    assert not upload.file
    body = browser.get(page).content.decode()
    assert "一百" in body and number_of(1) not in body and number_of(9) not in body
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(
        browser.get(reverse("feed_troubles", args=[upload.pk])).streaming_content
    ))).active  # fmt: skip
    rows = [[cell.value for cell in row][:4] for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["3", number_of(2), "王秀兰", "姓名"],
        ["4", number_of(9), "路人甲", "身份证号"],
        ["5", number_of(1)[:17], "汪大山", "身份证号"],
        ["6", number_of(1), "汪大山", "自己掏的钱"],
    ]


def test_the_choice_of_columns_is_remembered(browser, insurance):
    send(browser)
    list(work())
    upload = FeedUpload.objects.get()
    browser.post(reverse("load_feed", args=[upload.pk]), chosen())
    assert FeedMapping.objects.get().columns["amount"] == "自己掏的钱"
    send(browser, as_csv(["自己掏的钱", "姓名", "身份证号"], [["9", "汪大山", number_of(1)]]))
    list(work())
    again = FeedUpload.objects.latest("id")
    assert again.columns["amount"] == "自己掏的钱" and again.state == UploadState.READY


def test_the_same_file_again_says_so(browser, insurance):
    send(browser)
    list(work())
    upload = FeedUpload.objects.get()
    browser.post(reverse("load_feed", args=[upload.pk]), chosen())
    list(work())
    answer = send(browser, as_of="2020-05-31")
    assert answer.url == reverse("feed", args=[upload.pk])
    assert FeedUpload.objects.count() == 1 and not list(work())
    assert browser.get(answer.url).context["messages"]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "low_income"},
        {"begins": ""},
        {"begins": "2020-06-01", "as_of": "2020-05-31"},
        {"as_of": "2999-01-01"},
        {"file": ""},
    ],
)
def test_what_cannot_be_is_said_at_its_field(browser, insurance, fields):
    answer = send(browser, **fields)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not FeedUpload.objects.exists()


def test_full_numbers_go_back_only_to_who_brought_them(cast, client, insurance, people):
    upload = feed(
        "medical_payment", "姓名 身份证号 自付金额", [["路人", number_of(9), "1"]], insurance
    )
    address = reverse("feed_troubles", args=[upload.pk])
    colleague = cast.post("department", "341524000000", department="medical_insurance")
    for post, status in ((insurance, 200), (colleague, 403), (cast.county, 403)):
        client.force_login(post.officer)
        assert client.get(address).status_code == status, str(post)
    client.force_login(cast.water.officer)
    assert client.get(address).status_code == 404
    client.force_login(cast.county.officer)
    assert "路人" not in client.get(reverse("feed", args=[upload.pk])).content.decode()


def test_what_nobody_corrects_is_forgotten(insurance, people):
    old = timezone.now() - timedelta(days=91)
    feed("medical_payment", "姓名 身份证号 自付金额", [["路人", number_of(9), "1"]], insurance)
    undecided = keep(as_csv(HEAD, ROWS), "medical_payment", insurance, at=timezone.now())
    tasks.forget_old_troubles()
    assert FeedUpload.objects.filter(pk=undecided.pk).exists()
    FeedUpload.objects.update(loaded_at=old, asked_at=old)
    tasks.forget_old_troubles()
    assert not FeedTrouble.objects.exists()
    assert not FeedUpload.objects.filter(pk=undecided.pk).exists()
    assert FeedUpload.objects.count() == 1


def test_a_later_statement_is_settled_by_night(cast, home, insurance):
    feed(
        "medical_payment", "姓名 身份证号 自付金额", [["汪大山", number_of(1), "24000"]], insurance
    )
    cast.income(home, stated_on=date(2020, 6, 24), medical=100)
    tasks.settle_booked_costs()
    assert home.incomes.first().medical == 24000
    count = home.incomes.count()
    tasks.settle_booked_costs()
    assert home.incomes.count() == count


# The API


@pytest.fixture
def machine(client, insurance):
    key = issue_token(post=insurance, name="核心系统")

    def ask(method, name, *args, **data):
        call = getattr(client, method)
        return call(
            reverse(f"api_feeds-{name}", args=args), data or None,
            headers={"authorization": f"Bearer {key}"},
        )  # fmt: skip

    return ask


def by_machine(machine, rows, **fields):
    content = as_csv(["姓名", "身份证号", "个人自付"], rows)
    file = SimpleUploadedFile("a.csv", content)
    given = {"kind": "medical_payment", "begins": "2020-01-01", "as_of": "2020-05-31"}
    return machine("post", "list", **given | {"file": file} | fields)


def test_a_machine_sends_a_file_and_asks_what_came_of_it(machine, people):
    rows = [["汪大山", number_of(1), "24000"], ["路人", number_of(9), "1"]]
    answer = by_machine(machine, rows)
    assert (answer.status_code, answer.json()["state"]) == (201, "waiting")
    pk = answer.json()["id"]
    (job,) = work()
    assert job.state == State.DONE
    report = machine("get", "detail", pk).json()
    assert report["state"] == "loaded" and report["as_of"] == str(AS_OF)
    assert (report["counts"]["matched"], report["counts"]["no_hit"]) == (1, 1)
    told = machine("get", "rows-to-check", pk).json()
    assert [(row["row"], row["reason"]) for row in told] == [(3, "no_hit")]
    assert number_of(9) not in str(told) and told[0]["sentence"]
    again = by_machine(machine, rows)
    assert (again.status_code, again.json()["id"]) == (200, pk)
    assert machine("get", "list").json()["results"][0]["id"] == pk


def test_a_machines_file_that_is_not_understood_is_refused(machine, people):
    content = as_csv(["姓名", "身份证号", "钱"], [["汪大山", number_of(1), "1"]])
    answer = by_machine(machine, [], file=SimpleUploadedFile("a.csv", content))
    (job,) = work()
    report = machine("get", "detail", answer.json()["id"]).json()
    assert (job.state, report["state"]) == (State.FAILED, "refused") and report["problem"]
    assert not FeedRow.objects.exists()


def test_a_machine_brings_no_other_departments_data(machine, people):
    assert by_machine(machine, [], kind="low_income").status_code == 403
    assert by_machine(machine, [], begins="").status_code == 400
    assert by_machine(machine, [], kind="?").status_code == 400
    assert not FeedUpload.objects.exists()


def test_only_its_own_post_decides_on_a_file(cast, insurance, people):
    upload = keep(as_csv(HEAD, ROWS), "medical_payment", insurance)
    uploading.look(upload)
    assert upload.state == UploadState.READY and "amount" not in upload.columns
