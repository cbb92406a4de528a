"""Odd input in addresses, forms and bodies is answered, never an error of the server."""

import json

import pytest
from django.db import transaction
from django.urls import reverse

from monitoring.models import Enquiry
from tests.cast import NOW, TODAY
from tests.monitoring import chains, tiers

pytestmark = pytest.mark.django_db
WORST = ["\x00", "9" * 40, "9999-12-31", "0001-01-01"]
ODD = [*WORST, "", "-1", "NaN", "²", "١", "2020-02-30", "𠮷😀", "x" * 5000]
NAMES = (
    "tab procedure step division due tier state sort q household after before act case back "
    "ticked month show on role year kind to_start to"
).split()


@pytest.fixture
def scene(cast):
    class Scene:
        pass

    made = Scene()
    made.case = chains.walked(cast, chains.opened(cast, "intervention"), to=3)
    made.by = chains.officer_of(cast, made.case.household, made.case.at_step)
    chains.make_ready(cast, made.case, made.by)
    made.compare = chains.opened(cast, "edge_listing")
    made.meet = chains.walked(cast, chains.opened(cast, "return"), to=1)
    made.tier = chains.opened(cast, "tier")
    made.home = tiers.home(cast)
    made.round = tiers.opened(cast)
    return made


def tried(problems, client, method, url, data=None, **kwargs):
    try:
        with transaction.atomic():
            answer = getattr(client, method)(url, data, **kwargs)
            if answer.status_code >= 500:
                problems[f"{method} {url.split('?')[0]} {answer.status_code}"] = repr(data)[:150]
            transaction.set_rollback(True)
    except Exception as error:
        key = f"{method} {url.split('?')[0]} {type(error).__name__} {str(error)[:90]}"
        problems.setdefault(key, repr(data)[:150])


def test_odd_addresses(cast, client, scene):
    pages = [
        reverse("cases"), reverse("batch"), reverse("batch_done"), reverse("enquiries"),
        reverse("tier_rounds"), reverse("tier_round", args=[scene.round.id]),
        reverse("procedures"), reverse("consolidations"), reverse("ledgers"),
        reverse("ledger", args=["edge"]), reverse("ledger_print", args=["edge"]),
        reverse("case", args=[scene.case.id]), reverse("working_days"), reverse("measures"),
        reverse("case_open", args=[scene.home.id]), reverse("deputies"),
        reverse("case_papers_add", args=[scene.case.id]),
        reverse("household_measures", args=[scene.home.id]),
        reverse("measure_new", args=[scene.home.id]),
        "/api/cases/", "/api/enquiries/", "/api/measures/",
        "/cases/99999999999999999999999999/", "/tiers/99999999999999999999999999/",
        "/papers/99999999999999999999999999/", "/enquiries/99999999999999999999999999/",
        "/api/cases/99999999999999999999999999/", "/api/cases/abc/",
        "/posts/99999999999999999999999999/deputy/", "/consolidations/99999999999999999999999999/",
    ]  # fmt: skip
    problems = {}
    for post in (cast.education, cast.village, cast.county):
        client.force_login(post.officer)
        for page in pages:
            for odd in WORST if post == cast.county else WORST[:1]:
                tried(problems, client, "get", page, dict.fromkeys(NAMES, odd))
    for page in pages[:11]:
        for name in [*NAMES, "desk", "due_on_after", "kind", "answers", "state", "open"]:
            tried(problems, client, "get", page, {name: "\x00"})
    assert problems == {}


def test_odd_forms(cast, client, scene):
    note = scene.case.notices.get()
    notice_of = [scene.case.id, note.id]
    question = Enquiry.objects.create(
        case=scene.compare, department="education", asked_at_division=cast.county.division,
        question="?", asked_by=cast.county, asked_at=NOW, due_on=TODAY,
    )  # fmt: skip
    line = scene.round.lines.first().id
    forms = [
        (scene.by, reverse("case_pass", args=[scene.case.id]), "because national_number tier"),
        (scene.by, reverse("case_return", args=[scene.case.id]), "because to"),
        (scene.by, reverse("case_refuse", args=[scene.case.id]), "because"),
        (scene.by, reverse("case_withdraw", args=[scene.case.id]), "because"),
        (scene.by, reverse("case_roll_back", args=[scene.case.id]), "because"),
        (scene.tier.opened_by, reverse("case_change", args=[scene.tier.id]), "because tier"),
        (scene.tier.opened_by, reverse("case_pass", args=[scene.tier.id]), "because tier"),
        (scene.by, reverse("case_notice", args=[scene.case.id]), "place up_on until"),
        (scene.by, reverse("case_notice_down", args=notice_of), "down_on"),
        (scene.by, reverse("case_objection", args=notice_of), "raised_on words"),
        (cast.village, reverse("case_meeting", args=[scene.meet.id]),
         "held_on place chair in_favour against abstained"),
        (cast.county, reverse("case_ask", args=[scene.compare.id]), "department question"),
        (cast.education, reverse("enquiry", args=[question.id]), "speaks_against answer"),
        (cast.village, reverse("case_open", args=[scene.home.id]) + "?procedure=tier",
         "tier because"),
        (cast.village, reverse("case_papers_add", args=[scene.case.id]), "kind files"),
        (cast.county, reverse("batch"), "act case take because to_start consolidate back"),
        (cast.village, reverse("cases_search"), "q tab household division"),
        (cast.village, reverse("tier_round", args=[scene.round.id]),
         f"seen-{line} tier-{line} words-{line}"),
        (cast.township, reverse("tier_round", args=[scene.round.id]),
         f"seen-{line} act-{line} words-{line}"),
        (cast.province, reverse("tier_round", args=[scene.round.id]), f"seen-{line}"),
        (cast.auditor, reverse("tier_round", args=[scene.round.id]), f"seen-{line}"),
        (cast.township, reverse("tier_together", args=[scene.round.id]), "seen show division"),
        (cast.county, reverse("tier_together", args=[scene.round.id]), "seen show division"),
        (cast.county, reverse("tier_open"), "month"),
        (cast.county, reverse("ledger_workbook", args=["edge"]), "on division tier"),
        (cast.administrator, reverse("working_days"), "year file"),
        (cast.county, reverse("name_deputy", args=[cast.county.id]),
         "officer since until because"),
        (cast.village, reverse("measure_new", args=[scene.home.id]),
         "kind answers words member responsible department started_on due_on amount client_id"),
    ]  # fmt: skip
    problems = {}
    good = {
        "version": str(scene.case.version), "because": "好的", "words": "有车", "place": "公示栏",
        "up_on": "2020-06-25", "until": "2020-07-01", "chair": "李", "in_favour": "3",
        "against": "1", "abstained": "1", "held_on": "2020-06-25", "question": "有车吗",
        "department": "water", "answer": "无", "speaks_against": "no", "kind": "house_repair",
        "responsible": "李", "started_on": "2020-06-25", "act": "pass", "show": "rest",
        f"seen-{line}": "1:", f"tier-{line}": "red", f"act-{line}": "pass",
        "take": f"{scene.compare.id}:1", "since": "2020-06-25", "raised_on": "2020-06-25",
    }  # fmt: skip
    for post, url, names in forms:
        client.force_login(post.officer)
        tried(problems, client, "post", url)
        for odd in ODD:
            tried(problems, client, "post", url, dict.fromkeys([*names.split(), "version"], odd))
        for odd in ("\x00", "9999-12-31"):
            for name in [*names.split(), "version"]:
                data = {n: good[n] for n in names.split() if n in good} | {"version": "1"}
                tried(problems, client, "post", url, data | {name: odd})
        for show in ("rest", "townships", "exceptions"):
            if "together" in url:
                tried(problems, client, "post", url, {"show": show, "seen": "0-0-0"})
    assert problems == {}


BODIES = [
    {}, [], None, "x", 1, {"version": 10**40}, {"version": -1}, {"version": "\x00"},
    {"version": 1, "because": "a\x00b"}, {"version": 1, "because": []},
    {"version": 1, "proposal": []}, {"version": 1, "proposal": {"tier": "\x00"}},
    {"version": 1, "proposal": {"national_number": "١٢"}, "because": "x"},
    {"version": 1, "proposal": None}, {"version": 1, "because": "\ud800"},
    {"procedure": "tier", "household": 10**40}, {"procedure": "tier", "household": -1},
    {"procedure": "x" * 9999, "household": 1},
    {"notice": 10**40, "down_on": "9999-12-31"},
    {"notice": 10**40, "words": "x", "raised_on": "0001-01-01"},
    {"objection": 10**40, "answer": "x", "upheld": True},
    {"held_on": "0001-01-01", "place": "x", "chair": "x", "in_favour": 10**9, "against": 0,
     "abstained": 0},
    {"place": "x", "up_on": "9999-12-31", "until": "9999-12-31"},
    {"place": "x", "up_on": "0001-01-01", "until": "9999-12-31"},
    {"department": "water", "question": "\x00"},
]  # fmt: skip


def test_odd_bodies(cast, client, scene):
    problems = {}
    acts = (
        "pass return withdraw refuse roll-back change notice notice-down objection "
        "objection-answer meeting enquiry"
    ).split()
    urls = ["/api/cases/", *(f"/api/cases/{scene.case.id}/{act}/" for act in acts)]
    urls += [f"/api/cases/{scene.meet.id}/{act}/" for act in ("meeting", "pass")]
    urls += [f"/api/cases/{scene.tier.id}/{act}/" for act in ("change", "pass")]
    for post in (scene.by, cast.county):
        client.force_login(post.officer)
        for url in urls:
            for body in BODIES:
                tried(
                    problems, client, "post", url, json.dumps(body),
                    content_type="application/json",
                )  # fmt: skip
    assert problems == {}
