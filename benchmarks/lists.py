"""List pages against an empty view of the same server, and each list's last page of fifty against
its first.

The empty view is ``/healthz`` through the test client, middleware included; against a real server
the ratios would be higher, for there an empty view costs less beside the same page.
"""

from base64 import b64encode
from datetime import date
from urllib.parse import urlencode

from benchmarks.province import best_of
from benchmarks.workbook import run_with_lines


def measure():
    from django.test import Client

    from accounts.models import Division, Officer, Post
    from households.models import Household

    officer = Officer.objects.create_user(username="bench", password=None, name="bench")
    province = Division.objects.get(code="340000000000")
    Post.objects.create(officer=officer, role="province", division=province, since=date(2020, 1, 1))
    client = Client()
    client.force_login(officer)

    def get(address):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    run = run_with_lines()
    get("/households/")
    floor = best_of(20, lambda: get("/healthz"))
    lines = []
    for name, address in (
        ("list_households", "/households/"),
        ("list_red_flag_report", "/reports/red-flags/"),
        ("api_households", "/api/households/"),
    ):
        ours = best_of(5, lambda address=address: get(address))
        lines.append((name, ours / floor, floor, ours))
    for name, address, rows in (
        ("list_households", "/households/", Household.objects.order_by("number", "id")),
        ("list_red_flag_report", "/reports/red-flags/", _standing(run)),
        ("api_households", "/api/households/", Household.objects.order_by("id")),
    ):
        last = _address_of_last(get, address, rows)
        first, late = (best_of(10, lambda way=way: get(way)) for way in (address, last))
        lines.append((f"{name}_last_of_first", late / first, first, late))
    return lines


def _standing(run):
    from monitoring.models import FlagLine

    return FlagLine.objects.filter(run=run).standing().order_by("deadline_on", "id")


def _address_of_last(get, address, rows):
    """The same list, its last fifty rows: those that stand after the one before them."""
    before = rows.reverse().values_list("id", flat=True)[50]
    if address.startswith("/api/"):
        last = f"{address}?{urlencode({'cursor': b64encode(f'p={before}'.encode()).decode()})}"
        answer = get(last).json()
        assert (len(answer["results"]), answer["next"]) == (50, None)
    else:
        last = f"{address}?after={before}"
        page = get(last).content.decode()
        leads, more = page.count('<td class="lead">'), 'rel="next"' in page
        assert (leads, more) == (50, False), (address, leads, more)
    return last
