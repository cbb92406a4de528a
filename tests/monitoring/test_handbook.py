"""The household's own sheet: what stands on it, and whose phone."""

from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from docx import Document

from assistance.models import AssistancePlan


def household_of(cast):
    home = cast.family(
        responsible_name="李传明", responsible_phone="13866496171", phone="13912345678"
    )
    today = timezone.localdate()
    AssistancePlan.objects.create(
        household=home, number=1, state="approved", wishes="想把后墙修好", recorded_by=cast.village,
        recorded_at=timezone.now(), valid_from=today, valid_until=today.replace(month=12, day=31),
    )  # fmt: skip
    paid = {"ended_on": today, "result": "done", "amount": 1500, "due_on": None}
    cast.measure(home, "temporary_relief", words="临时救助金", started_on=today, **paid)
    cast.measure(home, "house_repair", words="后墙加固")
    return home


def test_plan_measures_money_and_persons_stand_on_it(cast, client):
    home = household_of(cast)
    client.force_login(cast.village.officer)
    page = client.get(reverse("handbook", args=[home.pk])).content.decode()
    for words in ("想把后墙修好", "后墙加固", "临时救助金", "1,500.00", "李传明", "13866496171"):
        assert words in page, words
    assert "13912345678" not in page and "p-large" in page


def test_who_may_reveal_no_phone_sees_it_masked(cast, client):
    home = household_of(cast)
    client.force_login(cast.auditor.officer)
    page = client.get(reverse("handbook", args=[home.pk])).content.decode()
    assert "138****6171" in page and "13866496171" not in page


def test_the_word_document_says_the_same(cast, client):
    home = household_of(cast)
    client.force_login(cast.township.officer)
    answer = client.get(reverse("handbook_docx", args=[home.pk]))
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = {c.text for table in document.tables for row in table.rows for c in row.cells}
    assert {"后墙加固", "李传明", "13866496171"} <= cells


def test_the_word_document_is_in_large_type(cast, client):
    home = household_of(cast)
    client.force_login(cast.township.officer)
    answer = client.get(reverse("handbook_docx", args=[home.pk]))
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = [c for table in document.tables for row in table.rows for c in row.cells]
    sizes = {run.font.size.pt for cell in cells for line in cell.paragraphs for run in line.runs}
    said = {run.font.size.pt for line in document.paragraphs for run in line.runs if run.text}
    assert min(sizes) >= 14 and max(said) >= 24
