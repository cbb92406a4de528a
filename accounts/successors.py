"""Where divisions whose codes were given up live on, and the posts that move there."""

from django.db import connection, transaction

# old division -> the last of its successors that holds on the day; codes may change twice.
HEIRS = """
WITH RECURSIVE chain AS (
    SELECT id AS old, valid_to AS moved_on, successor_id AS heir
    FROM accounts_division
    WHERE valid_to <= %(on)s AND successor_id IS NOT NULL
    UNION ALL
    SELECT chain.old, chain.moved_on, next.successor_id
    FROM chain JOIN accounts_division next ON next.id = chain.heir
    WHERE next.valid_to <= %(on)s AND next.successor_id IS NOT NULL
), heirs AS (
    SELECT chain.old, chain.moved_on, d.id AS heir, d.level,
        d.province_id, d.city_id, d.county_id, d.township_id, d.village_id
    FROM chain JOIN accounts_division d ON d.id = chain.heir
    WHERE NOT (d.valid_to <= %(on)s AND d.successor_id IS NOT NULL)
)"""

MOVE_POSTS = f"""
{HEIRS}, leaving AS (
    SELECT p.*, greatest(heirs.moved_on, p.since) AS moved_on, heirs.heir
    FROM accounts_post p JOIN heirs ON heirs.old = p.division_id
    WHERE p.deputy_of_id IS NULL
        AND (p.until IS NULL OR p.until > greatest(heirs.moved_on, p.since))
), opened AS (
    INSERT INTO accounts_post (officer_id, role, division_id, department, title, since, until)
    SELECT DISTINCT ON (officer_id, role, heir, department)
        officer_id, role, heir, department, title, moved_on, until
    FROM leaving
    WHERE NOT EXISTS (
        SELECT FROM accounts_post same
        WHERE (same.officer_id, same.role, same.division_id, same.department)
            = (leaving.officer_id, leaving.role, leaving.heir, leaving.department)
          AND same.deputy_of_id IS NULL
          AND daterange(same.since, same.until) && daterange(leaving.moved_on, leaving.until)
    )
    ORDER BY officer_id, role, heir, department, moved_on
    RETURNING id, officer_id, role, division_id, department
), closed AS (
    UPDATE accounts_post p SET until = leaving.moved_on FROM leaving WHERE p.id = leaving.id
    RETURNING p.id
), keys AS (
    UPDATE accounts_apitoken t SET post_id = opened.id
    FROM leaving JOIN opened ON (opened.officer_id, opened.role, opened.department)
        = (leaving.officer_id, leaving.role, leaving.department)
        AND opened.division_id = leaving.heir
    WHERE t.post_id = leaving.id
    RETURNING t.id
)
SELECT count(*) FROM closed"""

# After the posts themselves: a deputy goes on for the post that the absent officer has now.
MOVE_DEPUTIES = f"""
{HEIRS}, leaving AS (
    SELECT d.*, greatest(heirs.moved_on, d.since) AS moved_on, heirs.heir, held.id AS held
    FROM accounts_post d
    JOIN heirs ON heirs.old = d.division_id
    JOIN accounts_post gone ON gone.id = d.deputy_of_id
    LEFT JOIN accounts_post held
        ON (held.officer_id, held.role, held.department, held.division_id)
            = (gone.officer_id, gone.role, gone.department, heirs.heir)
        AND held.deputy_of_id IS NULL
        AND daterange(held.since, held.until)
            @> daterange(greatest(heirs.moved_on, d.since), d.until)
    WHERE d.until > greatest(heirs.moved_on, d.since)
), opened AS (
    INSERT INTO accounts_post
        (officer_id, role, division_id, department, title, since, until, deputy_of_id)
    SELECT officer_id, role, heir, department, title, moved_on, until, held
    FROM leaving
    WHERE held IS NOT NULL AND NOT EXISTS (
        SELECT FROM leaving other
        WHERE other.held = leaving.held AND other.id < leaving.id
          AND daterange(other.moved_on, other.until) && daterange(leaving.moved_on, leaving.until)
    )
), closed AS (
    UPDATE accounts_post p SET until = leaving.moved_on FROM leaving WHERE p.id = leaving.id
    RETURNING p.id
)
SELECT count(*) FROM closed"""


@transaction.atomic
def move_posts(*, on):
    """Posts in divisions given up by ``on`` end, and go on in the successor, keys included."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE_POSTS, {"on": on})
        moved = cursor.fetchone()[0]
        cursor.execute(MOVE_DEPUTIES, {"on": on})
        return moved + cursor.fetchone()[0]
