"""Who may be deputised, by whom, for how long: the rules behind ``accounts/deputies.py``."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Post
from accounts.refusals import Refused

# A default: no document says how long. Who is away for longer is succeeded, not deputised.
MOST_DAYS = 60
# Who watches over the others, and who gives posts, is not stood in for by them.
INDEPENDENT = ("auditor", "administrator")


def may_be_deputised(post):
    return not post.deputy_of_id and post.role not in INDEPENDENT


def may_name_for(post, by):
    """The officer for himself, an administrator of the division for an officer who is away."""
    if post.officer_id == by.officer_id:
        return True
    return by.may("manage_accounts") and by.division.contains(post.division)


def may_end(deputy, by):
    """The absent officer, the deputy himself, or an administrator of the division."""
    return deputy.officer_id == by.officer_id or may_name_for(deputy.deputy_of, by)


def grounds(post, *, since, until):
    """The posts from which ``post`` may be deputised through the whole period.

    Any of the same division, or the same role (and department) one level above or below.
    """
    line = Q(division=post.division.parent_id) | Q(division__parent=post.division_id)
    near = Q(division=post.division_id) | line & Q(role=post.role, department=post.department)
    return (
        Post.objects.filter(near, deputy_of=None, officer__is_active=True)
        .filter(Q(until=None) | Q(until__gte=until), since__lte=since)
        .exclude(Q(role__in=INDEPENDENT) | Q(officer=post.officer_id))
        .select_related("officer", "division")
    )


def check_naming(post, officer, by):
    if not may_name_for(post, by):
        raise Refused(
            _("Only the officer himself or an administrator of the division names a deputy.")
        )
    if post.deputy_of_id:
        raise Refused(_("A deputy cannot name a deputy; the administrator of the division can."))
    if post.role in INDEPENDENT:
        raise Refused(
            _("Auditors and administrators have no deputies; the administrator above opens a post.")
        )
    if officer.id == post.officer_id:
        raise Refused(_("Nobody is his own deputy; choose another officer."))
    if officer.id == by.officer_id:
        raise Refused(_("Nobody gives himself a post; ask the administrator above."))


def check_days(post, since, until, at):
    if since < timezone.localdate(at):
        raise Refused(_("A deputy begins today at the earliest."))
    if until <= since:
        raise Refused(_("The day back in office comes after the deputy's first day."))
    if until - since > timedelta(days=MOST_DAYS):
        raise Refused(
            ngettext(
                "A deputy is named for at most %(days)s day; for longer, a post is opened.",
                "A deputy is named for at most %(days)s days; for longer, a post is opened.",
                MOST_DAYS,
            )
            % {"days": MOST_DAYS}
        )
    if since < post.since or (post.until and until > post.until):
        raise Refused(_("The post itself is not held for the whole time."))


def check_ground(post, officer, since, until):
    """Locks the post that the deputy stands on, so that it is not closed at this moment."""
    found = grounds(post, since=since, until=until).filter(officer=officer)
    if not found.select_for_update(of=("self",)).first():
        raise Refused(
            _(
                "%(name)s cannot stand in: a deputy holds, for the whole time, a post in "
                "%(place)s, or the same post one level above or below."
            )
            % {"name": officer.name, "place": post.division.name}
        )


def check_overlap(post, since, until):
    took_place = post.deputies.filter(until__gt=F("since"))
    other = took_place.filter(since__lt=until, until__gt=since).select_related("officer").first()
    if other:
        raise Refused(
            _("%(name)s is the deputy from %(since)s to %(until)s already; end that first.")
            % {
                "name": other.officer.name,
                "since": date_format(other.since),
                "until": date_format(other.until - timedelta(days=1)),
            }
        )
