"""From the upload to the mended rows: pages, job, workbook, command."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from households.models import Household, ImportState, Member, NationalImport
from households.national.words import REASON_COLUMN
from jobs.models import Job, State
from jobs.running import run_job
from tests.households.faults import HEADER, ID, NUMBER, Export, load, refusals


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def county(cast, client):
    client.force_login(cast.county.officer)
    return client


def upload(client, export, name="户信息_20200625.csv", **fields):
    file = SimpleUploadedFile(name, export.csv())
    return client.post(reverse("imports"), {"file": file, **fields})


def work():
    for job in Job.objects.filter(kind="national_import").open():
        run_job(job.id)
        job.refresh_from_db()
        yield job


def spoilt():
    export = Export(3)
    export.rows[1]["健康状况"] = "慢病"
    export.rows[4][ID] = "3.41524E+17"
    return export


def test_upload_check_load_and_result(county, django_capture_on_commit_callbacks):
    answer = upload(county, spoilt())
    imported = NationalImport.objects.get()
    page = reverse("import", args=[imported.pk])
    assert answer.url == page
    assert county.get(page).status_code == 200
    (job,) = work()
    assert (job.state, job.error, job.result) == (State.DONE, "", {"url": page})
    assert not Household.objects.exists()
    body = county.get(page).content.decode()
    assert "慢病" in body and "3.41524E+17" in body
    assert county.post(reverse("load_import", args=[imported.pk])).url == page
    (job,) = work()
    imported.refresh_from_db()
    assert (job.state, imported.state) == (State.DONE, ImportState.LOADED)
    assert (Household.objects.count(), Member.objects.count()) == (3, 9)
    assert Household.objects.first().recorded_by == imported.asked_by.officer
    assert county.get(page).status_code == 200
    assert county.get(reverse("imports")).status_code == 200


def test_a_job_run_twice_loads_once(county):
    upload(county, Export(1))
    list(work())
    imported = NationalImport.objects.get()
    county.post(reverse("load_import", args=[imported.pk]))
    (job,) = work()
    before = Household.objects.get().recorded_at
    Job.objects.filter(pk=job.pk).update(state=State.QUEUED)
    run_job(job.pk)
    assert Household.objects.get().recorded_at == before


def test_a_file_that_cannot_be_read_says_so_on_its_page(county):
    county.post(reverse("imports"), {"file": SimpleUploadedFile("x.xlsx", b"hello, world")})
    (job,) = work()
    imported = NationalImport.objects.get()
    assert (job.state, imported.state) == (State.FAILED, ImportState.REFUSED)
    assert imported.problem in county.get(reverse("import", args=[imported.pk])).content.decode()


def test_refusals_by_group(county, cast):
    imported = load(cast, spoilt())
    address = reverse("import", args=[imported.pk])
    body = county.get(address, {"group": "ID number wrong"}).content.decode()
    assert "3.41524E+17" in body
    assert "慢病" not in body


def sheet_of(answer):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return book.active


def test_the_errors_workbook_holds_only_the_refused_rows(county, cast):
    imported = load(cast, spoilt())
    sheet = sheet_of(county.get(reverse("import_errors", args=[imported.pk])))
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[2]) == [*HEADER, REASON_COLUMN]
    numbers = [row[HEADER.index(NUMBER)] for row in rows[3:]]
    assert numbers == ["34152400000001", "34152400000002"]
    assert "健康状况" in rows[3][-1]
    bad = sheet.cell(4, HEADER.index("健康状况") + 1)
    good = sheet.cell(4, HEADER.index("姓名") + 1)
    assert bad.fill.fgColor.rgb == "FFF6EAF8" and good.fill.fgColor.rgb != bad.fill.fgColor.rgb
    for line in sheet.iter_rows(min_row=4):
        assert {(cell.data_type, cell.number_format) for cell in line if cell.value} == {("s", "@")}


def test_mended_rows_load_again_and_bring_only_what_was_missing(county, cast):
    imported = load(cast, spoilt())
    answer = county.get(reverse("import_errors", args=[imported.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    book.active.cell(4, HEADER.index("健康状况") + 1).value = "长期慢性病"
    book.active.cell(5, HEADER.index(ID) + 1).value = Export(2).rows[4][ID]
    out = io.BytesIO()
    book.save(out)
    again = load(cast, out.getvalue(), name="mended.xlsx")
    assert refusals(again) == []
    assert again.counts["members"] | {} == {
        "new": 0, "changed": 2, "unchanged": 0, "older": 0, "refused": 0,
    }  # fmt: skip
    assert again.counts["households"]["unchanged"] == 2
    assert Member.objects.get(number="3415240000000102").chronic_illness is True
    assert Member.objects.get(number="3415240000000202").resident_id.open()


def test_no_cell_of_the_workbook_is_a_formula(county, cast):
    export = Export(1)
    export.rows[0]["务工所在地"] = "=HYPERLINK(1)"
    imported = load(cast, export)
    sheet = sheet_of(county.get(reverse("import_errors", args=[imported.pk])))
    assert sheet.cell(4, HEADER.index("务工所在地") + 1).data_type == "s"


def test_an_import_is_seen_within_its_division_only(cast, client):
    imported = load(cast, spoilt())
    pages = ["import", "import_errors", "undo_import", "import_progress"]
    for post, status in ((cast.city, 200), (cast.stranger, 404), (cast.township, 404)):
        client.force_login(post.officer)
        for name in pages:
            assert client.get(reverse(name, args=[imported.pk])).status_code == status, name
    client.force_login(cast.village.officer)
    assert client.get(reverse("imports")).status_code == 403


def test_changes_are_shown_old_and_new_and_masked(county, cast):
    export = Export(1, place="漆店")
    export.rows[1][ID] = ""
    load(cast, export)
    export = Export(1)
    export.household(
        0, 户联系电话="13912345678", 住房等级="C", 是否危房户="是", 主要致贫原因="因残"
    )
    imported = load(cast, export, dry=True, exported_on=date(2020, 7, 25))
    body = county.get(reverse("import", args=[imported.pk])).content.decode()
    for shown in ("138****6171", "139****5678", "漆店村委会", "豹迹岩村委会", "因残", "341524****"):
        assert shown in body
    assert "13912345678" not in body and export.rows[1][ID] not in body


def test_taking_back_by_page(county, cast):
    imported = load(cast, Export(1))
    address = reverse("undo_import", args=[imported.pk])
    assert county.post(address, {"because": ""}).status_code == 200
    assert Household.objects.exists()
    assert county.post(address, {"because": "传错了文件"}).status_code == 302
    assert not Household.objects.exists()
    assert "传错了文件" in county.get(reverse("import", args=[imported.pk])).content.decode()


def test_uploads_are_sealed_at_rest(county):
    upload(county, Export(1))
    kept = NationalImport.objects.get().file
    assert Export(1).rows[0][ID].encode() not in kept.open("rb").read()


# The command


def command(path, *arguments):
    out, errors, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_national", str(path), *arguments, stdout=out, stderr=errors)
    except SystemExit as exit_:
        code = exit_.code
    return code, out.getvalue(), errors.getvalue()


def test_the_command_loads_and_writes_the_errors(cast, tmp_path):
    path, errors = tmp_path / "export.csv", tmp_path / "errors.xlsx"
    path.write_bytes(spoilt().csv())
    assert command(path, "--dry-run")[0] == 0
    assert not Household.objects.exists()
    code, out, _errors = command(path, "--errors", str(errors))
    assert code == 0
    assert "unknown_code" in out and "id_by_excel" in out
    assert Household.objects.count() == 3
    assert openpyxl.load_workbook(errors).active.max_row == 5


def test_the_command_acts_for_an_account_within_its_division(cast, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(Export(1).csv())
    code, _out, _errors = command(path, "--as", cast.stranger.officer.username)
    assert (code, Household.objects.count()) == (2, 0)
    code, _out, _errors = command(path, "--as", cast.county.officer.username)
    assert (code, Household.objects.count()) == (0, 1)
    assert Household.objects.get().recorded_by == cast.county.officer


def test_the_command_ends_with_2_when_nothing_can_be_read(cast, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(b"a,b\r\n1,2\r\n")
    code, _out, errors = command(path)
    assert code == 2 and errors.strip()
