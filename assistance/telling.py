"""Measures told in words: what a change was, and what the household's history says of them."""

from django.utils.translation import gettext as _

from accounts.roles import DEPARTMENTS
from assistance.models import Grounds, Measure, MeasureChange, Problem, Result
from assistance.models.measures import KINDS
from assistance.risks import risk_words
from assistance.spending import Source
from households.history import Change
from households.models import Member
from households.timeline import Entry, also_tells
from households.wording import label_of


def changes_of(measure):
    """``[(MeasureChange, [Change])]``, latest first."""
    rows = list(measure.changes.select_related("recorded_by__officer"))
    ids = {pk for row in rows for pk in row.changes.get("member", ()) if pk}
    names = dict(Member.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
    return [(row, _told(row, names)) for row in rows]


def _told(row, names):
    return [
        Change(
            label_of(Measure._meta.get_field(field)),
            _said(field, before, names),
            _said(field, after, names),
        )
        for field, (before, after) in row.changes.items()
    ]


def _said(field, value, names):
    if value in ("", None, []):
        return _("the whole household") if field == "member" else _("none")
    if field == "answers":
        return _(", ").join(str(rule_words(code)) for code in value)
    chosen = {"kind": KINDS, "department": DEPARTMENTS, "result": dict(Result.choices)}
    chosen |= {"source": dict(Source.choices), "exception": dict(Grounds.choices)}
    chosen |= {"exception_problem": dict(Problem.choices)}
    return str(chosen.get(field, names if field == "member" else {}).get(value, value))


def rule_words(code):
    """A rule that was given up keeps its code."""
    return risk_words().get(code, code)


READ = (
    "kind", "words", "started_on", "ended_on", "result", "result_words", "recorded_at",
    "member__name", "recorded_by__officer__name",
)  # fmt: skip


@also_tells(Measure)
def entries(household, post, limit=None):
    """Measures begun and ended, for the household's history."""
    if not post.sees_section(Measure.section):
        return []
    seen = Measure.objects.visible_to(post).filter(household=household)
    seen = seen.select_related("member", "recorded_by__officer").only(*READ)[:limit]
    ends = MeasureChange.objects.filter(measure__in=[m.pk for m in seen if not m.is_open])
    ends = ends.filter(changes__has_key="result").select_related("recorded_by__officer")
    last = {row.measure_id: row for row in ends.order_by("recorded_at", "id")}
    begun = [_begun(measure) for measure in seen]
    return begun + [_ended(m, last.get(m.pk)) for m in seen if not m.is_open]


def _begun(measure):
    return Entry(
        on=measure.started_on,
        at=measure.recorded_at,
        title=_("Measure: %(kind)s") % {"kind": measure.get_kind_display()},
        who=measure.recorded_by.officer.name,
        words=_for_whom(measure),
    )


def _ended(measure, row):
    said = {"kind": measure.get_kind_display(), "result": measure.get_result_display()}
    return Entry(
        on=measure.ended_on,
        at=row.recorded_at if row else measure.recorded_at,
        title=_("Measure ended: %(kind)s, %(result)s") % said,
        who=row.recorded_by.officer.name if row else "",
        words=measure.result_words,
    )


def _for_whom(measure):
    words = [measure.member.name] if measure.member else []
    return _(", ").join([*words, measure.words])
