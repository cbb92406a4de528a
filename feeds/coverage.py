"""What came in an area: for each kind of data the newest day and how well its rows matched."""

from django.utils.translation import gettext as _

from accounts.roles import DEPARTMENTS
from feeds.kinds import KINDS, kinds_of
from feeds.models import FeedUpload
from feeds.wording import purpose, quality


def coverage(post):
    """Rows for the page: the department's own kinds, or all of them for those who oversee."""
    kinds = kinds_of(post) if post.role_row.sees == "line" else KINDS.values()
    newest = {}
    uploads = FeedUpload.objects.visible_to(post).loaded().select_related("division")
    for upload in uploads.order_by("kind", "-as_of", "-id").distinct("kind"):
        newest[upload.kind] = upload
    return [_row(kind, newest.get(kind.number)) for kind in kinds]


def _row(kind, upload):
    share = quality(upload.counts) if upload else None
    return {
        "kind": kind,
        "departments": _(", ").join(str(DEPARTMENTS[code]) for code in kind.departments),
        "purpose": purpose(kind),
        "upload": upload,
        "quality": f"{share} %" if share is not None else "",
    }
