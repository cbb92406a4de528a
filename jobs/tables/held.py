"""Whether a post still sees all rows of a workbook that was made for it (domain.md 1)."""

import zlib
from array import array

from django.apps import apps

from jobs.models import ListedRows

AT_ONCE = 5000


class Held:
    """Collects the ids of the rows that are written: eight bytes for each."""

    def __init__(self):
        self.keys, self.model = array("q"), None

    def take(self, rows):
        for row in rows:
            if hasattr(row, "_meta") and row.pk is not None:
                self.model = row._meta.label
                self.keys.append(row.pk)

    def keep_with(self, job, seen=None):
        """Run again, the job keeps the rows of its last file. ``seen``: see ``still_seen``."""
        ListedRows.objects.filter(job=job).delete()
        if self.model and (seen or hasattr(_objects(self.model), "visible_to")):
            packed = zlib.compress(self.keys.tobytes(), 1)
            ListedRows.objects.create(job=job, model=self.model, keys=packed)


def _objects(model):
    return apps.get_model(model).objects


def still_seen(job, post, seen=None):
    """No row of the file has left what the post may see; rows that are gone count for nothing.

    ``seen``: post -> all such rows that it may see, where ``visible_to`` of the model says less.
    """
    listed = ListedRows.objects.filter(job=job).first()
    if listed is None:
        return True
    keys = array("q")
    keys.frombytes(zlib.decompress(listed.keys))
    objects = _objects(listed.model)
    seen = seen(post) if seen else objects.visible_to(post)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        if objects.filter(pk__in=some).count() != seen.filter(pk__in=some).count():
            return False
    return True
