"""Taking an import back: the past versions come back as they were, what it added goes.

A department's file is taken back in the same way (``feeds/undoing.py``): ``changed_since`` and
``restore`` serve every origin.
"""

from django.db.models import DateField, DateTimeField, ForeignKey
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from households.models import Household, IncomeBefore, IncomeStatement, Member
from households.national.merging import columns_kept, statement
from households.pinyin import initials_of, pinyin_of

SHOWN = 5
_OWN = {"FormerNumber", "HouseholdPast", "MemberPast", "Member", "IncomeStatement"}


def built_on(cursor, imported):
    """[(what, household numbers)] of later work on what this import wrote."""
    given = {"import_id": imported.pk, "ended_at": imported.ended_at}
    found = changed_since(cursor, "import", imported.pk) + numbers_of(cursor, LATER, given)
    for relation in Household._meta.related_objects:
        model = relation.related_model
        if model.__name__ not in _OWN and isinstance(relation.field, ForeignKey):
            numbers = _rows_since(cursor, model, relation.field.column, imported)
            found.append((str(model._meta.verbose_name), numbers))
    return [(what, numbers) for what, numbers in found if numbers]


def changed_since(cursor, origin, origin_id):
    """[(what, household numbers)] where what this source wrote has become a past version."""
    return numbers_of(cursor, CHANGED, {"origin": origin, "origin_id": origin_id})


def numbers_of(cursor, queries, given):
    """``queries``: words -> SQL that gives household numbers. [(words, numbers)]"""
    found = []
    for words, sql in queries.items():
        cursor.execute(f"{sql} ORDER BY 1 LIMIT {SHOWN}", given)
        found.append((_(words), [number for (number,) in cursor.fetchall()]))
    return found


def _rows_since(cursor, model, column, imported):
    """Households of this import that ``model`` names in rows made since; a model that does not say
    when its rows were made counts for what the import added."""
    moment = next(
        (
            field.column
            for name in ("received_at", "recorded_at", "made_at", "judged_at", "set_at", "at")
            for field in model._meta.concrete_fields
            if field.name == name and isinstance(field, DateTimeField | DateField)
        ),
        None,
    )
    since = f"r.{moment} >= %(ended_at)s" if moment else "t.added"
    cursor.execute(
        f"WITH touched AS ({TOUCHED}) SELECT DISTINCT h.number FROM touched t "
        f"JOIN {model._meta.db_table} r ON r.{column} = t.id "
        f"JOIN households_household h ON h.id = t.id WHERE t.added OR {since} "
        f"ORDER BY 1 LIMIT {SHOWN}",
        {"import_id": imported.pk, "ended_at": imported.ended_at},
    )
    return [number for (number,) in cursor.fetchall()]


# Households that the import wrote; ``added``: they were not there before.
TOUCHED = """
    SELECT h.id, NOT EXISTS (
        SELECT 1 FROM households_householdpast p WHERE p.household_id = h.id) AS added
    FROM households_household h WHERE h.origin = 'import' AND h.origin_id = %(import_id)s
    UNION
    SELECT m.household_id, false FROM households_member m
    WHERE m.origin = 'import' AND m.origin_id = %(import_id)s
      AND NOT EXISTS (SELECT 1 FROM households_household h WHERE h.id = m.household_id
        AND h.origin = 'import' AND h.origin_id = %(import_id)s)
    UNION
    SELECT i.household_id, false FROM households_incomestatement i
    WHERE i.origin = 'import' AND i.origin_id = %(import_id)s
      AND NOT EXISTS (SELECT 1 FROM households_household h WHERE h.id = i.household_id
        AND h.origin = 'import' AND h.origin_id = %(import_id)s)
"""
CHANGED = {
    gettext_noop("later changes of the household"): """
        SELECT DISTINCT h.number FROM households_householdpast p
        JOIN households_household h ON h.id = p.household_id
        WHERE p.origin = %(origin)s AND p.origin_id = %(origin_id)s""",
    gettext_noop("later changes of members"): """
        SELECT DISTINCT h.number FROM households_memberpast p
        JOIN households_member m ON m.id = p.member_id
        JOIN households_household h ON h.id = m.household_id
        WHERE p.origin = %(origin)s AND p.origin_id = %(origin_id)s""",
}
LATER = {
    gettext_noop("members added later"): """
        SELECT DISTINCT h.number FROM households_member m
        JOIN households_household h ON h.id = m.household_id
        WHERE h.origin = 'import' AND h.origin_id = %(import_id)s
          AND m.recorded_at > %(ended_at)s
          AND (m.origin, m.origin_id) IS DISTINCT FROM ('import', %(import_id)s)""",
    gettext_noop("later incomes"): f"""
        WITH touched AS ({TOUCHED})
        SELECT DISTINCT h.number FROM households_incomestatement i JOIN touched t
          ON t.id = i.household_id JOIN households_household h ON h.id = i.household_id
        WHERE i.recorded_at > %(ended_at)s
          AND (i.origin, i.origin_id) IS DISTINCT FROM ('import', %(import_id)s)""",
}


def in_words(built):
    return "; ".join(f"{what} ({', '.join(numbers)})" for what, numbers in built)


def undo(cursor, imported):
    _incomes(imported)
    _numbers(cursor, imported)
    restore(cursor, "import", imported.pk)


def restore(cursor, origin, origin_id):
    """What ``origin`` wrote to members and households goes; what held before holds again."""
    given = {"origin": origin, "origin_id": origin_id}
    for model, name in ((Member, "member"), (Household, "household")):
        parts = {
            "table": model._meta.db_table,
            "name": name,
            "restored": ", ".join(f"{column} = p.{column}" for column in columns_kept(model)),
            "version": ", version = t.version + 1" if model is Household else "",
            "before": ONE_HEAD_AT_A_TIME if model is Member else "",
        }
        cursor.execute(statement("restore", **parts), given)
    _names(cursor)


ONE_HEAD_AT_A_TIME = """
UPDATE households_member t SET relation = '' FROM restored_member r
WHERE r.id = t.id AND t.relation = 'head';
"""


def _numbers(cursor, imported):
    """Households bear the numbers of ours again, and so do their members."""
    cursor.execute(statement("former_numbers"), {"import_id": imported.pk})


def _incomes(imported):
    own = IncomeStatement.objects.filter(origin="import", origin_id=imported.pk)
    for before in IncomeBefore.objects.filter(of_import=imported).select_related("statement"):
        IncomeStatement.objects.filter(pk=before.statement_id).update(**before.figures)
        before.delete()
    own.delete()


def _names(cursor):
    """Restored households are found again under their old head's name."""
    cursor.execute("SELECT h.id, h.head_name FROM restored_household JOIN households_household h "
                   "USING (id)")  # fmt: skip
    for pk, name in cursor.fetchall():
        Household.objects.filter(pk=pk).exclude(head_pinyin=pinyin_of(name)).update(
            head_pinyin=pinyin_of(name), head_initials=initials_of(name)
        )
    cursor.execute("DROP TABLE restored_household, restored_member")
