from django.db import models


class ListedRows(models.Model):
    """Which rows a finished workbook holds, so that its download can ask who may see them.

    ``keys``: the ids, packed (``jobs/tables/held.py``). Removed together with the file.
    """

    job = models.OneToOneField("jobs.Job", models.CASCADE, related_name="listed")
    model = models.CharField(max_length=80)  # app.Model
    keys = models.BinaryField()
