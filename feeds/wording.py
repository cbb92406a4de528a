"""What an upload came to, in words and figures for its page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feeds.kinds import COSTS
from feeds.models import UploadState
from feeds.reasons import BAD, GROUPS, NAME, NO_HIT, OF_MATCHING, SEVERAL, group_of
from feeds.registering import MODELS
from households.wording import label_of

_AT = {
    UploadState.WAITING: 1,
    UploadState.REFUSED: 1,
    UploadState.READY: 2,
    UploadState.LOADED: 3,
    UploadState.SAME: 3,
    UploadState.UNDONE: 3,
}


def steps(upload):
    names = [_("Upload"), _("Read"), _("Confirm the columns"), _("Result")]
    now = _AT[upload.state]
    return [
        {"name": name, "state": "done" if place < now else "now" if place == now else ""}
        for place, name in enumerate(names)
    ]


def figures(counts):
    """The match report: rows of the file, each in one of these."""
    unit = _("rows")
    labels = {
        "matched": _("Matched"),
        "no_hit": _("Not in the register"),
        "name_differs": _("Name differs"),
        "several_hits": _("Several hits"),
        "rows_refused": _("Not readable"),
    }
    notes = {"matched": _("%(members)s members") % {"members": f"{counts['members']:,}"}}
    return [
        {"label": label, "value": counts[name], "unit": unit, "note": notes.get(name, "")}
        for name, label in labels.items()
    ]


def quality(counts):
    """Share of the rows that found their member, in percent; None for an empty file."""
    return round(100 * counts["matched"] / counts["rows"], 1) if counts.get("rows") else None


def purpose(kind):
    """What the register takes over, or what it is compared with."""
    if kind.compared and not kind.about:
        return _("compared with %(what)s") % {"what": kind.compared}
    if kind.about == COSTS:
        return _("fact of the register: %(what)s") % {"what": kind.compared}
    fields = MODELS[kind.about]._meta
    words = [label_of(fields.get_field(name)) for name, _expression in kind.facts]
    return _("fact of the register: %(what)s") % {"what": _(", ").join(words)}


def columns(upload):
    """[(what is meant, name of the column in the file)]"""
    return [
        (column.title, upload.columns[column.field])
        for column in upload.row.all_columns
        if column.field in upload.columns
    ]


def groups(counts):
    """The kinds of trouble with how many rows or cells each has."""
    found = dict.fromkeys(GROUPS, 0)
    for reason, number in counts.get("reasons", {}).items():
        if reason not in OF_MATCHING:
            found[group_of(reason)] += number
    found |= {NO_HIT: counts["no_hit"], NAME: counts["name_differs"]}
    found |= {SEVERAL: counts["several_hits"]}
    return [
        {"code": code, "name": GROUPS[code], "count": number}
        for code, number in found.items()
        if number
    ]


def of_group(group):
    """What a chip of the list asks for, as a filter of its troubles."""
    if group in OF_MATCHING:
        return {"reason": group}
    return {"without": OF_MATCHING} if group == BAD else {}


def said(upload):
    """Sentences on what the upload changed."""
    counts = upload.counts
    new, facts = counts.get("new", 0), counts.get("facts", {})
    if not new:
        return [_("Nothing new: all of this was known already.")]
    sentences = [
        ngettext(
            "%(count)s statement is new.", "%(count)s statements are new.", new
        ) % {"count": f"{new:,}"}
    ]  # fmt: skip
    if facts.get("written"):
        sentences.append(_("%(count)s facts of the register now say so.")
                         % {"count": f"{facts['written']:,}"})  # fmt: skip
    if facts.get("older"):
        sentences.append(
            _("%(count)s stay as they are: the register knows something newer.")
            % {"count": f"{facts['older']:,}"}
        )
    if facts.get("disagree"):
        sentences.append(
            _("For %(count)s households the rows of their members disagree; no fact came of them.")
            % {"count": f"{facts['disagree']:,}"}
        )
    return sentences
