"""Being told on any page that an own job has ended.

A page knows the ids of the jobs that are open when it is made and asks for those alone; a page made
while nothing runs asks for nothing.
"""

from datetime import timedelta

from django.utils import timezone

from jobs.models import Job

JUST_NOW = timedelta(seconds=15)  # it ended between the asking and the page that followed
MOST = 20


def unseen_jobs(post):
    """``[(id, when it ended or None)]`` of own jobs that nobody has looked at, latest first."""
    rows = Job.objects.visible_to(post).filter(seen_at=None).order_by()
    return sorted(rows.values_list("id", "ended_at"), reverse=True)


def finished_jobs(unseen):
    return sum(ended is not None for _id, ended in unseen)


def watched_jobs(request, unseen):
    """Ids with commas, of jobs that are not told on this page anyway."""
    match = request.resolver_match
    if match is not None and match.url_name in ("job", "jobs"):
        return ""
    since = timezone.now() - JUST_NOW
    return joined([pk for pk, ended in unseen if ended is None or ended > since][:MOST])


def ended_of(post, asked):
    """``(ended, ids that still run)`` of the own unseen jobs with these ids, in one query."""
    ids = [int(word) for word in asked.split(",")[:MOST] if word.isdecimal() and len(word) < 18]
    rows = list(Job.objects.visible_to(post).filter(seen_at=None, id__in=ids).order_by("id"))
    ended = [job for job in rows if job.ended]
    for job in ended:
        job.offered = bool(job.file) and job.is_offered_to(post)
    return ended, joined(job.id for job in rows if not job.ended)


def joined(ids):
    return ",".join(map(str, ids))
