"""What an import came to, in words and figures for its page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.models import Household, ImportState, Member
from households.national.reasons import GROUPS, group_of
from households.wording import label_of

STEPS = ("upload", "check", "load", "result")


def page(imported):
    counts = imported.counts
    return {
        "steps": steps(imported),
        "figures": figures(counts) if counts else [],
        "groups": groups(counts) if counts else [],
        "kinds": kinds(counts) if counts else [],
        "changes": [change(row) for row in imported.changes],
        "notes": notes(imported.notes),
        "whole": nothing_new(counts),
    }


def steps(imported):
    names = [_("Upload"), _("Check"), _("Load"), _("Result")]
    now = {
        ImportState.WAITING: 1,
        ImportState.REFUSED: 1,
        ImportState.CHECKED: 2,
        ImportState.LOADED: 3,
        ImportState.UNDONE: 3,
    }[imported.state]
    return [
        {"name": name, "state": "done" if place < now else "now" if place == now else ""}
        for place, name in enumerate(names)
    ]


def figures(counts):
    """Rows of the file, as people count it: a row is a person."""
    members, households = counts["members"], counts["households"]
    unit = _("rows")
    return [
        {
            "label": _("New"),
            "value": members["new"],
            "unit": unit,
            "note": _("%(count)s new households") % {"count": households["new"]},
        },
        {
            "label": _("Changed"),
            "value": members["changed"],
            "unit": unit,
            "note": _("%(count)s households changed") % {"count": households["changed"]},
        },
        {
            "label": _("Unchanged"),
            "value": members["unchanged"],
            "unit": unit,
            "note": _("nothing is touched"),
        },
        {
            "label": _("Not taken"),
            "value": counts["rows_refused"],
            "unit": unit,
            "note": _("and %(count)s cells in rows that go in")
            % {"count": cells_in_taken_rows(counts)},
        },
    ]


def cells_in_taken_rows(counts):
    return max(0, counts["cells_refused"] - counts["rows_refused"])


def kinds(counts):
    """The table of households, members, incomes by what becomes of them."""
    words = {"households": _("households"), "members": _("members"), "incomes": _("incomes")}
    return [
        {"name": words[name], **counts[name], "incomplete": counts[name].get("incomplete", 0)}
        for name in words
    ]


def groups(counts):
    found = dict.fromkeys(GROUPS, 0)
    for reason, number in counts["reasons"].items():
        found[group_of(reason)] += number
    return [
        {"code": group, "name": _(group), "count": number}
        for group, number in found.items()
        if number
    ]


def nothing_new(counts):
    """Whether a loaded file changed nothing at all."""
    if not counts:
        return False
    return not any(
        counts[name][word]
        for name in ("households", "members", "incomes")
        for word in ("new", "changed")
    )


def change(row):
    number, whom, column, old, new = row
    model = Member if whom else Household
    sealed = column.endswith("_index")
    field = model._meta.get_field(column.removesuffix("_index" if sealed else "_id"))
    return {
        "number": number,
        "whom": whom,
        "field": label_of(field),
        "old": _said(field, old),
        "new": _said(field, new),
    }


def _said(field, value):
    if value in (None, ""):
        return ""
    if value in ("true", "false"):
        return _("yes") if value == "true" else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return value.strip("{}") if value.startswith("{") else value


def notes(found):
    sentences = {
        "absent": lambda n: ngettext(
            "%(count)s member of the register is not in the export. Nobody is removed; record who "
            "left on the household's page.",
            "%(count)s members of the register are not in the export. Nobody is removed; record "
            "who left on the household's page.",
            n,
        ),
        "size_differs": lambda n: _(
            "In %(count)s households the number of persons differs from the rows in the file."
        ),
        "renumbered": lambda n: ngettext(
            "%(count)s household that the village registered here has come with the export: it "
            "takes the national number, and its own one stays in its history.",
            "%(count)s households that villages registered here have come with the export: they "
            "take the national number, and their own ones stay in their history.",
            n,
        ),
        "no_head": lambda n: _("%(count)s households have no head."),
        "older": lambda n: _(
            "For %(count)s rows the register knows something newer than this export. They were "
            "left as they are."
        ),
    }
    return [
        {
            "sentence": sentences[kind](note["count"]) % {"count": note["count"]},
            "some": note["some"][:20],
            "more": max(0, note["count"] - 20),
        }
        for kind, note in found.items()
    ]
