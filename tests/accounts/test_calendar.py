"""A loaded year of working days: what it changes, who may load it, what is wrong with a file."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts import workdays
from accounts.calendar_file import read
from accounts.calendars import load_calendar
from accounts.models import AccountAct, CalendarDay
from accounts.refusals import Refused
from accounts.workdays import add_workdays, is_published, is_workday, workdays_between
from tests.cast import NOW

REST = [
    ("元旦", (1, 1), (1, 1)),
    ("春节", (2, 5), (2, 11)),
    ("劳动节", (5, 1), (5, 3)),
    ("国庆节", (10, 1), (10, 7)),
]
NO_NAME = "This is no name of at most 40 characters."
UNNAMED = "The day differs from a plain week and has no name."
MADE_UP = [("春节", (2, 20)), ("国庆节", (9, 25))]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def notice(year=2027):
    """What the notice of a year could say."""
    days = [
        (date.fromordinal(day), False, name)
        for name, first, last in REST
        for day in range(date(year, *first).toordinal(), date(year, *last).toordinal() + 1)
    ]
    return days + [(date(year, *day), True, name) for name, day in MADE_UP]


def as_csv(days, header="日期,上班/休息,名称"):
    words = {True: "上班", False: "休息"}
    return "\n".join([header, *(f"{day},{words[works]},{name}" for day, works, name in days)])


def load(by, year=2027, days=None):
    load_calendar(year=year, days=notice(year) if days is None else days, by=by, at=NOW)


class TestLoadedYears:
    def test_an_unpublished_year_has_plain_weeks_until_it_is_loaded(self, cast):
        assert not is_published(2027)
        assert is_workday(date(2027, 2, 8))
        load(cast.administrator)
        assert is_published(2027)
        assert not is_workday(date(2027, 2, 8))
        assert is_workday(date(2027, 2, 20))  # a Saturday made up
        assert not is_workday(date(2027, 2, 21))
        assert is_workday(date(2027, 2, 22))

    def test_counts_follow_the_loaded_year(self, cast):
        plain = workdays_between(date(2027, 2, 4), date(2027, 2, 22))
        load(cast.administrator)
        # The festival takes 5, 8, 9, 10 and 11 February; Saturday the 20th is worked.
        assert workdays_between(date(2027, 2, 4), date(2027, 2, 22)) == plain - 5 + 1
        assert add_workdays(date(2027, 2, 4), 1) == date(2027, 2, 12)

    def test_a_loaded_year_wins_over_the_published_one(self, cast):
        day = date(2020, 1, 19)
        assert is_workday(day)
        load(cast.administrator, 2020)
        assert not is_workday(day)
        assert is_workday(date(2019, 2, 2))  # other years stay as they were published

    def test_loading_again_replaces_the_year_and_no_other(self, cast):
        load(cast.administrator, 2027)
        load(cast.administrator, 2028)
        fewer = [row for row in notice(2027) if row[0] != date(2027, 2, 20)]
        load(cast.administrator, 2027, fewer)
        assert not is_workday(date(2027, 2, 20))
        assert CalendarDay.objects.filter(day__year=2027).count() == len(fewer)
        assert CalendarDay.objects.filter(day__year=2028).count() == len(notice(2028))

    def test_who_loaded_which_year_is_written_down(self, cast):
        load(cast.administrator)
        act = AccountAct.objects.get()
        assert (act.what, act.about, act.post) == ("calendar_loaded", "2027", cast.administrator)

    def test_what_another_process_loaded_is_seen_at_the_next_look(self, cast, monkeypatch):
        CalendarDay.objects.create(day=date(2027, 2, 8), works=False, name="春节")
        assert is_workday(date(2027, 2, 8))
        monkeypatch.setattr(workdays, "STALE_AFTER", -1)
        assert not is_workday(date(2027, 2, 8))

    def test_counting_many_days_asks_the_database_nothing(self, cast, django_assert_num_queries):
        load(cast.administrator)
        with django_assert_num_queries(0):
            for day in range(1, 29):
                add_workdays(date(2027, 2, day), 20)

    def test_looking_for_a_newer_calendar_is_one_query(self, cast, django_assert_num_queries):
        load(cast.administrator)
        with django_assert_num_queries(1):
            workdays.look_again()


class TestWhoMayLoad:
    @pytest.mark.parametrize("name", ["province", "county", "auditor", "village"])
    def test_officers_may_not(self, cast, name):
        with pytest.raises(Refused, match="administrator of the province"):
            load(getattr(cast, name))
        assert not CalendarDay.objects.exists()

    def test_nor_an_administrator_of_a_county(self, cast):
        with pytest.raises(Refused, match="administrator of the province"):
            load(cast.post("administrator", "341524000000"))

    def test_a_part_of_a_year_is_refused(self, cast):
        with pytest.raises(Refused, match="2027-10-01"):
            load(cast.administrator, days=[row for row in notice() if row[0].month < 10])

    def test_days_of_another_year_and_doubles_are_refused(self, cast):
        for extra in (date(2028, 1, 1), date(2027, 1, 1)):
            with pytest.raises(Refused, match="once"):
                load(cast.administrator, days=[*notice(), (extra, False, "元旦")])

    def test_no_year_before_the_calendar_begins(self, cast):
        with pytest.raises(Refused, match="2000"):
            load(cast.administrator, 1999)


class TestFile:
    def faults(self, text, name="2027.csv"):
        days, faults = read(text.encode(), name, 2027)
        return [(fault.line, fault.value, fault.why) for fault in faults]

    def test_a_right_file_gives_its_days(self):
        days, faults = read(as_csv(notice()).encode(), "2027.csv", 2027)
        assert not faults
        assert days == notice()

    def test_as_spreadsheets_save_it_in_chinese(self):
        days, faults = read(as_csv(notice()).encode("gb18030"), "2027.csv", 2027)
        assert (days, faults) == (notice(), [])

    def test_a_workbook_with_real_dates_and_english_words(self):
        book = openpyxl.Workbook()
        book.active.append(["Date", "works/rest", "Name"])
        for day, works, name in notice():
            book.active.append([day, "works" if works else "rest", name])
        raw = io.BytesIO()
        book.save(raw)
        assert read(raw.getvalue(), "2027.XLSX", 2027) == (notice(), [])

    @pytest.mark.parametrize("day", ["2027/2/30", "明天", "", "2027-02"])
    def test_a_day_that_is_none(self, day):
        faults = self.faults(as_csv(notice()) + f"\n{day},休息,春节")
        assert faults == [(len(notice()) + 2, day, "This is no day.")]

    @pytest.mark.parametrize("day", ["2027/2/12", "20270212", "2027年2月12日", "2027-02-12"])
    def test_ways_to_write_a_day(self, day):
        days, faults = read((as_csv(notice()) + f"\n{day},休息,春节").encode(), "a.csv", 2027)
        assert not faults
        assert date(2027, 2, 12) in [row[0] for row in days]

    @pytest.mark.parametrize(
        ("line", "value", "why"),
        [
            ("2028-01-03,休息,元旦", "2028-01-03", "The day is not in 2027."),
            ("2027-01-01,休息,元旦", "2027-01-01", "The day stands already in line 2."),
            ("2027-01-04,也许,元旦", "也许", "It does not say whether the day is worked."),
            (
                "2027-01-04,休息,",
                "2027-01-04",
                UNNAMED,
            ),
            (
                "2027-01-09,上班,",
                "2027-01-09",
                UNNAMED,
            ),
            (
                f"2027-01-04,休息,{'节' * 41}",
                "节" * 20,
                "This is no name of at most 40 characters.",
            ),
            ("2027-01-04,休息,=1+1", "=1+1", NO_NAME),
        ],
    )
    def test_a_bad_line_is_named(self, line, value, why):
        assert self.faults(f"{as_csv(notice())}\n{line}") == [(len(notice()) + 2, value, why)]

    def test_every_bad_line_is_named_and_told_what_to_do(self):
        _days, faults = read("日期,类型,名称\nx,休息,a\ny,上班,b".encode(), "a.csv", 2027)
        assert [fault.line for fault in faults] == [2, 3]
        assert all(fault.todo for fault in faults)

    def test_plain_weekdays_may_stand_in_it_without_a_name(self):
        days, faults = read((as_csv(notice()) + "\n2027-03-01,上班,").encode(), "a.csv", 2027)
        assert not faults

    def test_a_part_of_a_year_is_told_what_is_missing(self):
        faults = self.faults(as_csv([row for row in notice() if row[0].month < 10]))
        assert [value for _line, value, _why in faults] == [f"2027-10-0{day}" for day in (1, 2, 3)]

    def test_a_missing_column(self):
        assert self.faults("日期,名称\n2027-01-01,元旦") == [
            (1, "works/rest", "This column is missing.")
        ]

    @pytest.mark.parametrize(
        ("raw", "name", "why"),
        [
            (b"", "a.csv", "The file is empty."),
            (b"PK\x03\x04 not a zip", "a.xlsx", "This workbook cannot be opened."),
            (b"\xff\xff\xff", "a.csv", "The text cannot be read."),
            (b"x\n" * 1001, "a.csv", "The file is longer than a year can be."),
        ],
    )
    def test_a_file_that_is_none(self, raw, name, why):
        assert [fault.why for fault in read(raw, name, 2027)[1]] == [why]


class TestPage:
    @pytest.fixture
    def enter(self, client):
        def enter(post):
            client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
            client.cookies["django_language"] = "en"
            return client

        return enter

    def upload(self, client, text, year=2027):
        file = SimpleUploadedFile("2027.csv", text.encode())
        return client.post(reverse("working_days"), {"year": year, "file": file})

    def test_everybody_reads_that_a_year_is_not_published(self, enter, cast):
        answer = enter(cast.village).get(reverse("working_days"), {"year": 2027})
        sentence = "The State Council has not published 2027 yet: Monday to Friday are taken."
        assert sentence in answer.text
        assert 'type="file"' not in answer.text

    def test_a_published_year_shows_holidays_and_made_up_days(self, enter, cast):
        answer = enter(cast.county).get(reverse("working_days"), {"year": 2020})
        assert "As the State Council published it." in answer.text
        spring = next(row for row in answer.context["holidays"] if row["name"] == "Spring Festival")
        assert (spring["first"], spring["last"]) == (date(2020, 1, 24), date(2020, 2, 2))
        assert spring["worked"] == [date(2020, 1, 19)]
        assert answer.context["worked"] == 249

    def test_an_administrator_loads_a_right_file(self, enter, cast):
        client = enter(cast.administrator)
        there = self.upload(client, as_csv(notice()))
        page = client.get(there.url)
        assert page.context["year"] == 2027
        assert f"As {cast.administrator.officer.name} loaded it on" in page.text
        assert "The working days of 2027 have been loaded." in page.text

    def test_a_wrong_file_loads_nothing_and_names_its_lines(self, enter, cast):
        answer = self.upload(enter(cast.administrator), as_csv(notice()) + "\nnever,works,")
        assert answer.status_code == 200
        assert f"Line {len(notice()) + 2}" in answer.text
        assert "This is no day." in answer.text
        assert not CalendarDay.objects.exists()

    def test_other_files_and_years_are_refused_in_words(self, enter, cast):
        client = enter(cast.administrator)
        file = SimpleUploadedFile("2027.pdf", b"x")
        answer = client.post(reverse("working_days"), {"year": 1900, "file": file})
        assert set(answer.context["form"].errors) == {"year", "file"}

    def test_nobody_else_loads(self, enter, cast):
        for post in (cast.province, cast.post("administrator", "341524000000")):
            assert self.upload(enter(post), as_csv(notice())).status_code == 403
        assert not CalendarDay.objects.exists()

    def test_what_is_downloaded_can_be_loaded(self, enter, cast):
        load(cast.administrator)
        for language in ("en", "zh-hans"):
            client = enter(cast.village)
            client.cookies["django_language"] = language
            table = client.get(reverse("working_days_file"), {"year": 2027})
            assert read(table.content, "2027.csv", 2027) == (sorted(notice()), [])

    def test_years_out_of_reach_are_not_there(self, enter, cast):
        for year in ("1999", "2090", "x", "٢٠٢٠"):
            answer = enter(cast.village).get(reverse("working_days"), {"year": year})
            assert answer.status_code == 404
