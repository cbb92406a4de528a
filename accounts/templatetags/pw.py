"""Marks and components of every page: ``{% load pw %}``."""

from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.addresses import address_of
from accounts.tables import PageMade, tables_of, wants_page_contexts
from accounts.workdays import workdays_between

register = template.Library()

TIERS = {"red", "yellow", "blue", "unknown"}
SOON_WORKDAYS = 3


@register.simple_tag
def icon(name, label=""):
    """A symbol of ``static/icons.svg``; ``label`` only where no word stands beside it."""
    return _drawn(name, str(label))


@lru_cache(maxsize=512)
def _drawn(name, label):
    symbol = name if name.startswith("s-") else f"i-{name}"
    said = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="pw-icon" {}><use href="{}#{}"/></svg>', said, static("icons.svg"), symbol
    )


@register.simple_tag
def href(name, *args, **kwargs):
    """The address of a page, or nothing while the page does not exist."""
    if not args and not kwargs:
        return address_of(name)
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag
def tier(value, words=""):
    """The pill of a tier: red, yellow, blue, unknown; anything else is no tier."""
    return _pill(value, str(words), get_language())


@lru_cache(maxsize=512)
def _pill(value, words, _language):
    names = {
        "red": _("red"),
        "yellow": _("yellow"),
        "blue": _("blue"),
        "unknown": _("to be verified"),
    }
    if value not in TIERS:
        return format_html('<span class="badge">{}</span>', words or _("no risk found"))
    return format_html(
        '<span class="pw-tier pw-tier-{}">{}{}</span>',
        value,
        icon(f"s-{value}"),
        words or names[value],
    )


@register.simple_tag
def red_flag(day=None, closed=False, again=False):
    """The province's mark, square and solid; outlined once closed."""
    when = f" {short_day(day)}" if day else ""
    if closed:
        return format_html(
            '<span class="pw-flag pw-flag-closed">{}{}</span>', _("flag closed"), when
        )
    words = _("flagged again") if again else _("red flag")
    return format_html('<span class="pw-flag">{}{}{}</span>', icon("flagsolid"), words, when)


@register.simple_tag
def status(words, kind=""):
    """An outlined word; ``kind`` is ok, info, refused, wait or nothing."""
    return format_html('<span class="badge{}">{}</span>', f" badge-{kind}" if kind else "", words)


@register.simple_tag
def due(day, today=None, with_date=False):
    """A deadline in working days: plain when far, boxed within three, orange when over."""
    if not day:
        return missing("")
    left = workdays_between(today or timezone.localdate(), day)
    over = day < (today or timezone.localdate())
    if over:
        words = ngettext(
            "%(count)s working day overdue", "%(count)s working days overdue", max(-left, 1)
        ) % {"count": max(-left, 1)}
    elif left == 0:
        words = _("due today")
    else:
        words = ngettext("%(count)s working day left", "%(count)s working days left", left) % {
            "count": left
        }
    kind = " pw-due-late" if over else " pw-due-soon" if left <= SOON_WORKDAYS else ""
    mark = format_html('<span class="pw-due{}">{}{}</span>', kind, icon("clock"), words)
    if with_date:
        return format_html('{} <span class="text-muted small">{}</span>', mark, short_day(day))
    return mark


@register.simple_tag
def late(count, words=""):
    """How many are overdue, in the one mark of what is late: orange, a clock and words."""
    if not count:
        return ""
    said = words or _("%(count)s overdue") % {"count": f"{count:,}"}
    return format_html('<span class="pw-due pw-due-late">{}{}</span>', icon("clock"), said)


@register.filter
def missing(value, words=""):
    """The value, or a dashed mark that it is not known; a False and a 0 are known."""
    if value is None or value == "":
        return format_html('<span class="badge badge-wait">{}</span>', words or _("to be verified"))
    return value


@register.filter
def yes_no(value):
    """yes, no, or to be verified when nobody knows."""
    return missing("") if value is None else (_("yes") if value else _("no"))


@register.filter
def amount(value):
    """12,345.00, without the unit, for a column that names it."""
    return missing("") if value is None else f"{value:,.2f}"


@register.filter
def money(value):
    """12,345.00 yuan."""
    if value is None:
        return missing("")
    return format_html(
        '<span class="nowrap">{}</span>', _("%(amount)s yuan") % {"amount": amount(value)}
    )


@register.filter
def thousands(value):
    """1,684"""
    return missing("") if value is None else f"{value:,}"


@register.filter
def day(value):
    """2020年10月30日"""
    return date_format(_local(value), "DATE_FORMAT") if value else missing("")


@register.filter
def short_day(value):
    """10月30日, with the year when it is not this one."""
    if not value:
        return missing("")
    value = _local(value)
    same_year = value.year == timezone.localdate().year
    return date_format(value, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT")


@register.filter
def month(value):
    """2020年10月"""
    return date_format(_local(value), "YEAR_MONTH_FORMAT") if value else missing("")


@register.filter
def moment(value):
    """10月30日 14:05"""
    if not value:
        return missing("")
    return f"{short_day(value)} {timezone.localtime(value):%H:%M}"


def _local(value):
    return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


@register.inclusion_tag("components/masked.html")
def masked(value, url="", may=True):
    """A masked identifier, with a link to the page that shows it for a reason."""
    return {"value": value, "url": url if may else ""}


@register.inclusion_tag("components/field.html")
def field(bound, unit=""):
    """A form field: label, help, error, control; radios and checkboxes are drawn as a group."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or widget.__class__.__name__.lower()
    group = kind in ("radio", "checkbox") and hasattr(widget, "choices")
    control = bound if group or kind == "hidden" else bound.as_widget(attrs=_attrs(bound, kind))
    return {"field": bound, "control": control, "kind": kind, "group": group, "unit": unit}


def _attrs(bound, kind):
    names = {"select": "form-select", "checkbox": "form-check-input"}
    classes = [names.get(kind, "form-control"), bound.field.widget.attrs.get("class", "")]
    attrs = {"class": " ".join(filter(None, [*classes, "is-invalid" if bound.errors else ""]))}
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    if bound.errors:
        attrs["aria-invalid"] = "true"
        described.insert(0, f"{bound.auto_id}_error")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return attrs


@register.inclusion_tag("components/errors.html")
def errors(*forms):
    """What is wrong, first on the page, each line a link to its field."""
    lines = []
    for form in filter(None, forms):
        lines += [{"words": words} for words in form.non_field_errors()]
        for bound in form:
            target = f"{bound.auto_id}_0" if _is_group(bound) else bound.auto_id
            lines += [
                {"words": words, "target": target, "label": bound.label} for words in bound.errors
            ]
    return {"lines": lines}


def _is_group(bound):
    return hasattr(bound.field.widget, "choices") and bound.field.widget.__class__.__name__ in (
        "RadioSelect",
        "CheckboxSelectMultiple",
    )


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, page):
    """Newer and older rows of a ``Page`` of ``accounts.paging``."""
    return {"page": page, "request": context["request"]}


@register.simple_tag(takes_context=True)
def tables_of_page(context):
    """The declared tables of this page, for their download."""
    if wants_page_contexts():
        raise PageMade(context.flatten())
    if "exception" in context:  # 403 and 404: the page that was asked for is not this one
        return []
    match, post = context["request"].resolver_match, context.get("post")
    return tables_of(match.url_name, post, context.flatten()) if match and post else []


@register.filter
def of_page(path, query):
    """The address of a page as parameters of another address."""
    return urlencode({"path": path, "query": query})


@register.inclusion_tag("components/job.html", takes_context=True)
def job_progress(context, job):
    """A job that tells every two seconds how far it is, until it has ended."""
    return {"job": job, "may_open": bool(job.file) and job.is_offered_to(context["post"])}
