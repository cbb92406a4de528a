"""One e-mail of the morning: how much waits on a desk, how much of it is late (XC 5.1).

Counts only, no names and nothing of a household, for e-mail is read by others. Only where
``EMAIL_HOST`` is set, and only to officers who gave an address. At most one a day.
"""

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.deadlines import figures_of
from accounts.models import Officer, Post
from duties.lists import on_desk

# (words, post -> queryset with ``due_on``); rooms above add what carries its deadline itself.
COUNTED = [(gettext_lazy("tasks"), on_desk)]


def count_in_mail(words, rows):
    COUNTED.append((words, rows))


def mail_digests(*, at):
    """How many were sent. One that fails is tried again with the next run, and raised at the end.

    Who has nothing to do gets no e-mail.
    """
    if not settings.EMAIL_HOST:
        return 0
    today, sent, failure = localdate(at), 0, None
    officers = Officer.objects.filter(is_active=True).exclude(email="")
    with get_connection() as connection, override(settings.LANGUAGE_CODE):
        for officer in officers.filter(_not_mailed(today)).iterator():
            subject, text = digest_of(officer, today)
            if not text or not _claim(officer, today):
                continue
            try:
                send_mail(subject, text, None, [officer.email], connection=connection)
                sent += 1
            except OSError as error:
                Officer.objects.filter(pk=officer.pk).update(mailed_on=officer.mailed_on)
                failure = failure or error
    if failure:
        raise failure
    return sent


def _not_mailed(today):
    return Q(mailed_on=None) | Q(mailed_on__lt=today)


def _claim(officer, today):
    """Of two runs at once one sends."""
    mine = Officer.objects.filter(_not_mailed(today), pk=officer.pk)
    return bool(mine.update(mailed_on=today))


def digest_of(officer, today):
    """``(subject, text)``; blank where nothing waits."""
    lines, waiting, late = [], 0, 0
    for post in Post.objects.of(officer).open_on(today):
        counted = [(words, figures_of(rows(post), today)) for words, rows in COUNTED]
        said = [_line(words, found) for words, found in counted if found["all"]]
        if said:
            lines += [f"{post.division.name} {post.label}", *said, ""]
        waiting += sum(found["all"] for _words, found in counted)
        late += sum(found["late"] for _words, found in counted)
    if not lines:
        return "", ""
    subject = _("povertywatch %(day)s: %(waiting)d to do, %(late)d overdue")
    foot = _("Log in to see them. This e-mail holds counts only.")
    figures = {"day": today, "waiting": waiting, "late": late}
    return subject % figures, "\n".join([*lines, foot, ""])


def _line(words, found):
    said = _("%(what)s: %(all)d, %(late)d of them overdue, %(today)d due today")
    return said % {"what": words, **found}
