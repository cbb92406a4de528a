"""List pages against an empty view of the same server, and the last page against the first."""

from datetime import date

from benchmarks.province import best_of


def measure():
    from django.test import Client

    from accounts.models import Division, Officer, Post

    officer = Officer.objects.create_user(username="bench", password=None, name="bench")
    province = Division.objects.get(code="340000000000")
    Post.objects.create(officer=officer, role="province", division=province, since=date(2020, 1, 1))
    client = Client()
    client.force_login(officer)

    def get(address):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

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
    first = best_of(5, lambda: get("/api/households/"))
    last = _last_id()
    late = best_of(5, lambda: get(f"/households/?after={last}"))
    lines.append(("last_page_of_first", late / first, first, late))
    return lines


def _last_id():
    from households.models import Household

    return Household.objects.order_by("-number", "-id").values_list("id", flat=True)[60]
