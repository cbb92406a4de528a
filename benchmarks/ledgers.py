"""The first page of every ledger, today's and a past day's, of a province and of a county, against
an empty view of the same server (``lists.py`` says what that leaves out).

Of a province the rows are counted after the page: ``_counts`` is what that takes. Needs, offers and
points are put in by SQL first, and taken out again: a generated province has none.
"""

from datetime import date

from benchmarks.province import best_of

COUNTY, PAST = "341524000000", "2020-05-20"
# One need of twenty households, matched with an offer of the township; points of every third.
FILL = """
INSERT INTO assistance_socialneed (client_id, public_id, household_id, kind, amount, promised,
  delivered, words, public_words, agreed, state, because, recorded_by_id, recorded_at, version)
SELECT gen_random_uuid(), gen_random_uuid(), id, 'goods', 2, 0, 0, 'w', '', TRUE, 'noted', '',
  %(post)s, %(at)s, 1
FROM households_household WHERE id %% 20 = 0;
INSERT INTO assistance_socialoffer (client_id, receipt, division_id, giver, name, contact, phone,
  phone_masked, kind, amount, promised, delivered, words, state, because, made_at, version)
SELECT gen_random_uuid(), lpad(row_number() OVER ()::text, 12, '0'), d.id, 'company', 'n', '', '',
  '', 'goods', 9, 0, 0, 'w', 'received', '', %(at)s, 1
FROM accounts_division d CROSS JOIN generate_series(1, 5) WHERE d.level = 4;
INSERT INTO assistance_pointrule (client_id, division_id, words, points, since, set_by_id, set_at)
SELECT gen_random_uuid(), id, 'w', 10, '2020-01-01', %(post)s, %(at)s FROM accounts_division
WHERE level = 1 ORDER BY id LIMIT 1;
INSERT INTO assistance_pointentry (client_id, household_id, kind, points, balance_after, rule_id,
  count, words, "on", recorded_by_id, recorded_at)
SELECT gen_random_uuid(), h.id, 'earned', 10, 10, (SELECT min(id) FROM assistance_pointrule), 1,
  'w', date '2020-04-01' + n * 10, %(post)s, %(at)s
FROM households_household h CROSS JOIN generate_series(1, 5) n WHERE h.id %% 3 = 0;
ANALYZE;
"""


def measure():
    from django.db import transaction

    with transaction.atomic():
        lines = _measured()
        transaction.set_rollback(True)
    return lines


def _measured():
    from django.db import connection
    from django.test import Client

    from accounts.models import Division, Officer, Post
    from reports.ledgers import LEDGERS

    officer = Officer.objects.create_user(username="ledgers", password=None, name="ledgers")
    province = Division.objects.get(code="340000000000")
    post = Post.objects.create(
        officer=officer, role="province", division=province, since=date(2020, 1, 1)
    )
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"post": post.pk, "at": "2020-05-01 08:00+08"})
    client = Client()
    client.force_login(officer)

    def get(address):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    get("/ledgers/")
    lines = []
    for slug in LEDGERS:
        for where, asked in (
            ("", ""),
            ("_past", f"on={PAST}"),
            ("_county", f"division={COUNTY}"),
            ("_county_past", f"division={COUNTY}&on={PAST}"),
        ):
            address = f"/ledgers/{slug}/?{asked}"
            get(address)
            floor = best_of(20, lambda: get("/healthz"))
            ours = best_of(5, lambda address=address: get(address))
            lines.append((f"ledger_{slug}{where}", ours / floor, floor, ours))
        counts = best_of(2, lambda slug=slug: get(f"/ledgers/{slug}/counts/"))
        lines.append((f"ledger_{slug}_counts", counts / floor, floor, counts))
    return lines
