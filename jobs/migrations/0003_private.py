"""What was typed into a search moves from plain text to a sealed field."""

from django.db import migrations, models

import accounts.protected

KIND = "table"


def _companions(model, name):
    return [
        migrations.AddField(
            model, f"{name}_index", models.UUIDField(null=True, blank=True, editable=False)
        ),
        migrations.AddField(
            model,
            f"{name}_masked",
            models.CharField(max_length=24, blank=True, default="", editable=False),
        ),
        migrations.AddField(model, name, accounts.protected.ProtectedField(mask="words")),
    ]


def seal_what_was_typed(apps, _editor):
    Job = apps.get_model("jobs", "Job")
    for job in Job.objects.filter(kind=KIND, arguments__has_key="query").iterator():
        query = job.arguments.pop("query")
        Job.objects.filter(pk=job.pk).update(arguments=job.arguments, **_sealed("private", query))
    Schedule = apps.get_model("jobs", "ScheduledDownload")
    for schedule in Schedule.objects.exclude(plain="").iterator():
        Schedule.objects.filter(pk=schedule.pk).update(**_sealed("query", schedule.plain))


def _sealed(name, plain):
    triple = accounts.protected.seal(plain, "words")
    values = (accounts.protected.Sealed(triple.sealed, triple.masked), *triple[1:])
    return dict(zip((name, f"{name}_index", f"{name}_masked"), values, strict=True))


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_downloads")]
    operations = [
        migrations.RenameField("ScheduledDownload", "query", "plain"),
        *_companions("Job", "private"),
        *_companions("ScheduledDownload", "query"),
        migrations.RunPython(seal_what_was_typed, migrations.RunPython.noop),
        migrations.RemoveField("ScheduledDownload", "plain"),
    ]
