"""Pages of measures, and the API: what is proposed, refused, shown and kept."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from assistance.models import Measure, MeasureChange, MeasureNote
from households.register import record_household
from monitoring.models import FlagLine
from monitoring.review import review_month
from tests.cast import NOW
from tests.monitoring.test_review import AUGUST_EVE, visit


@pytest.fixture
def enter(client):
    def enter(post):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def make_red(cast, **measures):
    """Red for housing and water by the review of June; ``measures``: kind -> facts."""
    household = cast.family(in_charge=cast.assigned.officer)
    visit(cast, household)
    found = {"house_grade": "D", "water_safe": False}
    said = {"on": date(2020, 6, 20), "origin": "visit", "by": None, "at": NOW}
    record_household(household, **said, **found)
    for kind, facts in measures.items():
        cast.measure(household, kind, **facts)
    june = date(2020, 6, 1)
    review_month(province=cast.province.division, month=june, by=cast.province, at=AUGUST_EVE)
    return household


def sent(**facts):
    today = timezone.localdate()
    return {
        "client_id": str(uuid4()),
        "kind": "house_repair",
        "answers": ["housing"],
        "words": "后墙加固",
        "responsible": "李传明",
        "started_on": today,
        "due_on": today + timedelta(days=30),
    } | facts


class TestTheTab:
    def test_it_says_which_risk_has_no_measure_and_proposes_what_answers_it(self, cast, enter):
        household = make_red(cast, house_repair={"answers": ["housing"]})
        page = enter(cast.village).get(reverse("household_measures", args=[household.id]))
        told = {risk.code: [str(m.kind) for m in found] for risk, found in page.context["risks"]}
        assert told["housing"] == ["house_repair"] and told["water"] == []
        assert f"{reverse('measure_new', args=[household.id])}?answers=water" in page.text
        form = enter(cast.village).get(
            reverse("measure_new", args=[household.id]), {"answers": "water"}
        )
        fields = form.context["form"]
        assert fields.initial["answers"] == ["water"]
        (_blank, (_words, fitting), _others) = fields.fields["kind"].choices
        assert fitting[0][0] == "water_supply"

    def test_a_kind_that_a_link_names_brings_the_risks_that_it_answers(self, cast, enter):
        household = make_red(cast)
        url = reverse("measure_new", args=[household.id])
        form = enter(cast.village).get(url, {"kind": "resettlement"}).context["form"]
        assert form.initial["kind"] == "resettlement" and form.initial["answers"] == ["housing"]
        assert enter(cast.village).get(url, {"kind": "x", "answers": "y"}).status_code == 200

    def test_a_department_is_offered_its_own_kinds_and_risks(self, cast, enter):
        household = make_red(cast, house_repair={}, water_supply={"words": "接管网"})
        client = enter(cast.water)
        page = client.get(reverse("household_measures", args=[household.id]))
        assert [risk.code for risk, _found in page.context["risks"]] == ["water"]
        assert "接管网" in page.text and "后墙加固" not in page.text
        form = client.get(reverse("measure_new", args=[household.id])).context["form"]
        offered = [code for _words, group in form.fields["kind"].choices[1:] for code, _w in group]
        assert offered == ["water_supply"] and "department" not in form.fields

    def test_queries_do_not_grow_with_the_measures(
        self, cast, enter, django_assert_max_num_queries
    ):
        household = make_red(cast)
        url = reverse("household_measures", args=[household.id])
        client = enter(cast.village)
        client.get(url)
        for _ in range(12):
            measure = cast.measure(household)
            MeasureNote.objects.create(
                measure=measure, on=NOW, words="x", recorded_by=cast.village, recorded_at=NOW
            )
        with django_assert_max_num_queries(28):
            assert len(client.get(url).context["open"]) == 12

    def test_the_page_of_why_leads_to_the_form(self, cast, enter):
        household = make_red(cast)
        url = reverse("household_why", args=[household.id])
        new = reverse("measure_new", args=[household.id])
        text = enter(cast.village).get(url).text
        assert f"{new}?answers=water" in text and f"{new}?kind=water_supply" in text
        assert new not in enter(cast.auditor).get(url).text


class TestTheForms:
    def test_sent_twice_it_is_recorded_once(self, cast, enter):
        household = make_red(cast)
        url, said = reverse("measure_new", args=[household.id]), sent()
        client = enter(cast.village)
        for _ in range(2):
            answer = client.post(url, said)
            assert answer.url == reverse("household_measures", args=[household.id])
        measure = Measure.objects.get()
        assert (measure.answers, measure.department) == (["housing"], "housing")

    def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(self, cast, enter):
        household = make_red(cast)
        said = sent(due_on=date(2020, 1, 1))
        page = enter(cast.village).post(reverse("measure_new", args=[household.id]), said)
        assert page.context["form"].errors["due_on"] and "后墙加固" in page.text
        assert not Measure.objects.exists()

    def test_a_form_that_is_out_of_date_keeps_what_was_typed(self, cast, enter):
        measure = cast.measure(cast.household())
        url, client = reverse("measure_change", args=[measure.id]), enter(cast.township)
        said = sent(because="改期", answers=[], words="后墙重砌")
        assert client.post(url, said | {"seen_version": 1}).status_code == 302
        page = client.post(url, said | {"seen_version": 1, "words": "换屋面"})
        assert page.context["outdated"] and "换屋面" in page.text
        assert Measure.objects.get().words == "后墙重砌"
        again = page.context["form"].initial | {"due_on": said["due_on"], "member": ""}
        again = {name: value for name, value in again.items() if value is not None}
        assert client.post(url, again | {"words": "换屋面"}).status_code == 302
        assert Measure.objects.get().words == "换屋面"
        history = client.get(reverse("measure", args=[measure.id])).text
        assert "后墙重砌" in history and "后墙加固" in history

    def test_it_ends_is_explained_and_opened_again_in_the_browser(self, cast, enter):
        measure = cast.measure(cast.household(), due_on=date(2020, 6, 20))
        client = enter(cast.village)
        page = client.get(reverse("measure", args=[measure.id]))
        assert reverse("measure_explain", args=[measure.id]) in page.text
        steps = [
            ("measure_explain", {"because": "等材料到货"}),
            ("measure_end", {"result": "stopped", "on": timezone.localdate(), "words": "不修了"}),
            ("measure_resume", {"because": "点错了一户"}),
        ]
        for version, (name, said) in enumerate(steps, 1):
            url = reverse(name, args=[measure.id])
            assert client.post(url, said | {"seen_version": version}).status_code == 302, name
        measure.refresh_from_db()
        assert measure.is_open and measure.open_because == "等材料到货" and measure.version == 4
        assert MeasureChange.objects.count() == 3

    def test_an_end_that_was_not_done_needs_words(self, cast, enter):
        measure = cast.measure(cast.household())
        said = {"result": "refused", "on": timezone.localdate(), "seen_version": 1}
        page = enter(cast.village).post(reverse("measure_end", args=[measure.id]), said)
        assert page.context["form"].errors["words"] and Measure.objects.get().is_open


class TestProgress:
    def note(self, client, measure, **said):
        said = {"on": timezone.localdate(), "words": "砖已拉到", "client_id": uuid4()} | said
        return client.post(reverse("measure_progress", args=[measure.id]), said)

    def test_a_photo_is_kept_without_the_place_and_shown_to_those_who_see_the_measure(
        self, cast, enter, settings, tmp_path
    ):
        settings.MEDIA_ROOT = tmp_path
        measure = cast.measure(cast.household(water_safe=False))
        taken = Image.new("RGB", (2400, 1200), "green")
        exif = taken.getexif()
        exif[0x8825] = {1: "N", 2: (31.0, 40.0, 12.0)}  # where it was taken
        file = io.BytesIO()
        taken.save(file, "JPEG", exif=exif)
        photo = SimpleUploadedFile("wall.jpg", file.getvalue(), "image/jpeg")
        assert self.note(enter(cast.village), measure, photo=photo).status_code == 302
        note = MeasureNote.objects.get()
        url = reverse("measure_photo", args=[note.id])
        shown = enter(cast.village).get(url)
        assert shown["Cache-Control"] == "private, no-store"
        kept = Image.open(io.BytesIO(b"".join(shown.streaming_content)))
        assert kept.size == (1600, 800) and not kept.getexif()
        assert enter(cast.stranger).get(url).status_code == 404
        assert enter(cast.water).get(url).status_code == 404

    def test_what_is_no_photo_is_refused_in_a_sentence(self, cast, enter):
        measure = cast.measure(cast.household())
        photo = SimpleUploadedFile("wall.jpg", b"no photo", "image/jpeg")
        page = self.note(enter(cast.village), measure, photo=photo)
        assert page.context["form"].errors["photo"] and not MeasureNote.objects.exists()

    def test_it_is_shown_in_the_tab(self, cast, enter):
        measure = cast.measure(cast.household())
        client = enter(cast.village)
        assert self.note(client, measure).status_code == 302
        assert "砖已拉到" in client.get(reverse("measure", args=[measure.id])).text
        tab = client.get(reverse("household_measures", args=[measure.household_id]))
        assert "砖已拉到" in tab.text


class TestTheReport:
    def test_a_line_tells_the_national_measures_and_ours_each_once(self, cast):
        make_red(
            cast,
            house_repair={"started_on": date(2020, 6, 15)},
            water_supply={
                "started_on": date(2020, 2, 1),
                "ended_on": date(2020, 6, 1),
                "result": "done",
            },
            training={"started_on": date(2020, 7, 5)},
            care={"ended_on": date(2020, 6, 12), "result": "mistake", "result_words": "录错"},
        )
        line = FlagLine.objects.get()
        assert line.measures.split("、")[0] == "产业帮扶" and line.measures.count("、") == 2
        assert "危房改造" in line.measures and "饮水工程" in line.measures

    def test_our_industry_measure_is_a_fact_with_its_evidence(self, cast, enter):
        household = cast.household(national_measures=[])
        idle = {"work_months": 0, "labour": "ordinary"}
        cast.member(household, relation="head", **idle)
        cast.income(household, business=0)
        url = reverse("household_why", args=[household.id]) + "?now=1"
        answers = enter(cast.village).get(url).context["explanation"].answers
        assert {a.rule.code: a.mark for a in answers}["idle_labour"] == "yellow"
        cast.measure(household, "industry", words="茶园入股分红")
        page = enter(cast.village).get(url)
        marks = {a.rule.code: a.mark for a in page.context["explanation"].answers}
        assert marks["idle_labour"] == "none" and "茶园入股分红" in page.text


class TestTheApi:
    URL = "/api/measures/"

    def send(self, client, household, **facts):
        said = sent(household=getattr(household, "id", household)) | facts
        return client.post(self.URL, said, content_type="application/json")

    def test_a_measure_is_sent_once_and_read_with_its_progress(self, cast, enter):
        household, key = cast.household(), str(uuid4())
        client = enter(cast.village)
        money = {"amount": "1200.50", "source": "welfare"}
        first = self.send(client, household, client_id=key, **money)
        assert (first.status_code, first.json()["department"]) == (201, "housing")
        assert self.send(client, household, client_id=key).status_code == 200
        (row,) = client.get(self.URL, {"household": household.id, "open": True}).json()["results"]
        assert (row["client_id"], row["amount"], row["notes"]) == (key, "1200.50", [])
        assert not client.get(self.URL, {"open": False}).json()["results"]
        assert not enter(cast.stranger).get(self.URL).json()["results"]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"kind": "gold"}, "kind"),
            ({"answers": ["moon"]}, "answers"),
            ({"due_on": "2020-01-01"}, "due_on"),
            ({"member": 987654321}, "member"),
            ({"client_id": "x"}, "client_id"),
            ({"amount": "300"}, "source"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_field(self, cast, enter, facts, field):
        answer = self.send(enter(cast.village), cast.household(), **facts)
        assert answer.status_code == 400 and list(answer.json()["errors"]) == [field]
        assert not Measure.objects.exists()

    def test_a_foreign_household_is_as_one_that_is_not_there(self, cast, enter):
        client = enter(cast.stranger)
        foreign = self.send(client, cast.household())
        missing = self.send(client, 987654321)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json() == missing.json()

    def test_a_department_sends_its_own_kinds_alone(self, cast, enter):
        household = cast.household(water_safe=False)
        client = enter(cast.water)
        assert self.send(client, household).status_code == 400
        said = {"kind": "water_supply", "answers": ["water"]}
        assert self.send(client, household, **said).status_code == 201
