"""Uploaded exports go after a while, with their record kept."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from households import importing
from households.models import Household, ImportState
from households.old_uploads import remove_old_uploads
from tests.households.faults import NOW, Export, load, refusals


@pytest.fixture(autouse=True)
def ten_days(settings):
    settings.UPLOAD_DAYS = 10


def a_faulty_export():
    export = Export(2)
    export.rows[1]["工资性收入"] = "很多"
    return export


def after(days):
    return NOW + timedelta(days=days)


def test_a_loaded_file_goes_and_its_record_stays(cast, client):
    imported = load(cast, a_faulty_export())
    name, said = imported.file.name, refusals(imported)
    assert remove_old_uploads(at=after(10)) == 0 and default_storage.exists(name)
    assert remove_old_uploads(at=after(11)) == 1 and not default_storage.exists(name)
    counts = imported.counts
    imported.refresh_from_db()
    assert (imported.state, imported.file.name, imported.counts) == (
        ImportState.LOADED, "", counts,
    )  # fmt: skip
    assert refusals(imported) == said and Household.objects.filter(origin="import").count() == 2
    client.force_login(cast.county.officer)
    page, errors = (reverse(name, args=[imported.pk]) for name in ("import", "import_errors"))
    answer = client.get(page)
    assert answer.status_code == 200 and errors not in answer.content.decode()
    assert client.get(errors).status_code == 404
    assert remove_old_uploads(at=after(12)) == 0


def test_a_file_that_nobody_loaded_goes_and_can_be_loaded_no_more(cast):
    imported = load(cast, Export(1), dry=True)
    assert remove_old_uploads(at=after(11)) == 1
    imported.refresh_from_db()
    assert (imported.state, imported.file.name) == (ImportState.REFUSED, "")
    assert imported.problem.startswith("文件在 10 天内没有导入")
    with pytest.raises(importing.ImportRefusal):
        importing.ask_load(imported, by=cast.county, at=after(11))


def test_a_file_that_was_never_even_checked_goes_too(cast):
    imported = load(cast, Export(1), dry=True)
    type(imported).objects.update(state=ImportState.WAITING, ended_at=None)
    assert remove_old_uploads(at=after(9)) == 0
    assert remove_old_uploads(at=after(11)) == 1


def test_of_an_import_taken_back_the_days_count_from_then(cast):
    imported = load(cast, Export(1))
    importing.undo_import(imported, because="wrong month", by=cast.county, at=after(8))
    assert remove_old_uploads(at=after(12)) == 0
    assert remove_old_uploads(at=after(19)) == 1
    imported.refresh_from_db()
    assert (imported.state, imported.file.name) == (ImportState.UNDONE, "")


def test_a_file_that_is_gone_already_does_not_stop_the_others(cast):
    first, second = load(cast, Export(1)), load(cast, Export(2))
    default_storage.delete(first.file.name)
    assert remove_old_uploads(at=after(11)) == 2
    second.refresh_from_db()
    assert second.file.name == ""
