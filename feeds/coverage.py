"""What came in an area: for each kind of data the newest day and how well its rows matched."""

from feeds.kinds import KINDS, kinds_of
from feeds.models import FeedUpload


def coverage(post):
    """Rows for the page: the department's own kinds, or all of them for those who oversee."""
    kinds = kinds_of(post) if post.role_row.sees == "line" else KINDS.values()
    newest = {}
    uploads = FeedUpload.objects.visible_to(post).loaded().select_related("division")
    for upload in uploads.order_by("kind", "-as_of", "-id").distinct("kind"):
        newest[upload.kind] = upload
    return [{"kind": kind, "upload": newest.get(kind.number)} for kind in kinds]
