"""Cases carry their deadline themselves: the e-mail of the morning counts them beside the tasks."""

from django.utils.translation import gettext_lazy as _

from duties.mailing import count_in_mail
from monitoring.inbox.lists import on_desk

count_in_mail(_("cases"), on_desk)
