"""What a household has at all, asked in one statement.

Most households have nothing in most tables: no claim, no grant, no project. A page that tells of
all of them asks here first, and then only those tables that have something for it. What of it a
post may see is decided there, as ever.
"""

from django.db import connection

MODELS = []  # asked about together; each has an index on ``household_id``


def ask_about(*models):
    """Models whose rows name a household; said by a room when it is loaded."""
    MODELS.extend(model for model in models if model not in MODELS)


def has_any(household, model):
    """Whether any row names the household; asked once for all models and one object."""
    there = getattr(household, "there", {})
    if model not in there:
        ask_about(model)
        household.there = there = _ask(household.pk, tuple(MODELS))
    return there[model]


def _ask(key, models):
    tables = (connection.ops.quote_name(model._meta.db_table) for model in models)
    parts = [f"EXISTS (SELECT FROM {table} WHERE household_id = %s)" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", [key] * len(parts))
        return dict(zip(models, cursor.fetchone(), strict=True))
