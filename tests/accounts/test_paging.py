from accounts.models import Division
from accounts.paging import page_of


def walk(rows, way, start, **options):
    """The ids of all pages in this direction."""
    page, seen = page_of(rows, start, **options), []
    while True:
        seen.append([row.id for row in page])
        key = {"after": page.older, "before": page.newer}[way]
        if not key:
            return seen
        page = page_of(rows, {way: str(key)}, **options)


def test_pages_hold_every_row_once_forward_and_back(cast):
    rows = Division.objects.all()
    for order in (("level",), ("-level",), ("level", "-code"), ("id",)):
        options = {"order": order, "size": 6}
        forward = walk(rows, "after", {}, **options)
        flat = [pk for page in forward for pk in page]
        assert sorted(flat) == sorted(rows.values_list("id", flat=True))
        back = walk(rows, "before", {"before": str(flat[-1])}, **options)
        assert [pk for page in reversed(back) for pk in page] == flat[:-1]


def test_first_and_last_page_know_that_they_are(cast):
    rows = Division.objects.all()
    first = page_of(rows, {}, size=6)
    assert first.newer is None and first.older
    last = page_of(rows, {"after": str(rows.order_by("-id")[3].id)}, size=6)
    assert last.older is None and last.newer


def test_an_unknown_or_foreign_key_begins_at_the_front(cast):
    rows = Division.objects.filter(level=5)
    stranger = Division.objects.get(code="340000000000").id
    front = [row.id for row in page_of(rows, {})]
    for key in ("x", "-1", "9" * 30, str(stranger)):
        assert [row.id for row in page_of(rows, {"after": key})] == front
