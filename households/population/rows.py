"""Rows in PostgreSQL's COPY text: what varies is written each time, the rest once for a family."""

from datetime import date, datetime
from functools import cache

from django.db.models import NOT_PROVIDED, GeneratedField

NULL = r"\N"
NEVER_KNOWN = {  # columns left to their NULL
    "recorded_by_id", "origin_id", "longitude", "latitude", "in_charge_id", "officer_id",
    "post_id", "seconds_spent", "stated_per_capita", "member_id", "visit_id",
}  # fmt: skip


def text(value):
    """One value as COPY reads it."""
    return _TEXTS.get(type(value), str)(value)


def texts(facts):
    return {name: _TEXTS.get(type(value), str)(value) for name, value in facts.items()}


def _array(values):
    return "{" + ",".join(map(text, values)) + "}"


_TEXTS = {
    type(None): lambda _nothing: NULL,
    bool: {True: "t", False: "f"}.get,
    float: "{:.2f}".format,
    list: _array,
    tuple: _array,
    dict: lambda _empty: "{}",
    date: date.isoformat,
    datetime: datetime.isoformat,
}


class Table:
    """The columns of a model in the order in which they are written: varying ones first."""

    def __init__(self, model, *varying):
        fields = [f for f in model._meta.concrete_fields if not isinstance(f, GeneratedField)]
        by_column = {field.column: field for field in fields}
        self.name = model._meta.db_table
        self.varying = varying
        skipped = NEVER_KNOWN - set(varying)
        # A primary key that is not given comes from its sequence.
        self.fixed = [
            field
            for field in fields
            if not field.primary_key and field.column not in (*varying, *skipped)
        ]
        self.columns = [*varying, *(field.column for field in self.fixed)]
        self._usual = [(field.name, text(_default(field))) for field in self.fixed]
        unknown = set(varying) - set(by_column)
        if unknown:
            raise LookupError(f"{self.name} has no columns {sorted(unknown)}")

    def tail(self, facts):
        """The fixed columns of a row; what ``facts`` (texts) do not name has its usual value."""
        values = [facts.get(name, usual) for name, usual in self._usual]
        return ("\t".join(values) + "\n").encode()

    def copy_statement(self):
        return f"COPY {self.name} ({', '.join(self.columns)}) FROM STDIN"


def _default(field):
    if field.default is not NOT_PROVIDED:
        return field.default() if callable(field.default) else field.default
    return None if field.null else ""


@cache
def tables():
    """The tables that a population fills, in the order in which they are loaded."""
    from households import models

    version, past = ("since", "recorded_at", "because"), ("household_id", "until")
    # What is not ASCII comes first: the rest is put together and encoded in half of the time.
    household = ("head_name", "group_name", "responsible_name", "contact_name")
    household += (*_protected("phone"), *_protected("bank_account"))
    household += (*_protected("responsible_phone"), *_protected("contact_phone"))
    household += ("province_id", "city_id", "county_id", "township_id", "village_id")
    member = ("name", "born_on", *_protected("resident_id"), *_protected("disability_card"))
    member += _protected("phone")
    amounts = ("wage", "business", "property", "transfer", "expenses", "medical", "schooling")
    found = ("head_pinyin", "head_initials", "last_visited_on", "version")
    return {
        "household": Table(models.Household, *household, *version, "id", "number", *found),
        "member": Table(models.Member, *member, *version, "id", "household_id", "number"),
        "household_past": Table(models.HouseholdPast, *household, *version, *past),
        "member_past": Table(models.MemberPast, *member, *version, "member_id", "until"),
        "income": Table(
            models.IncomeStatement,
            "household_id", "window_from", "window_to", "stated_on", "recorded_at", *amounts,
        ),
        "visit": Table(
            models.Visit,
            "client_id", "household_id", "visited_on", "made_at", "received_at", "method",
        ),
        "event": Table(models.Event, "household_id"),
    }  # fmt: skip


def _protected(name):
    return (name, f"{name}_index", f"{name}_masked")
