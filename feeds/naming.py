"""Says of the register's versions which department they come from, and of which day."""

from django.utils.translation import gettext as _

from accounts.roles import DEPARTMENTS
from feeds.models import FeedUpload
from households.history import names_versions_of
from households.models.choices import Origin
from households.wording import plain


@names_versions_of(Origin.DEPARTMENT)
def words_of_uploads(ids):
    """``{id: "medical insurance department, 2020-05-31"}``"""
    return {upload.id: source_words(upload) for upload in FeedUpload.objects.filter(id__in=ids)}


def source_words(upload):
    return _("%(department)s department, %(day)s") % {
        "department": DEPARTMENTS[upload.department],
        "day": plain(upload.as_of),
    }
