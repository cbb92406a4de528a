"""A rule or goods of the charity shop sent twice are stored once, as everything else."""

from uuid import uuid4

import django.contrib.postgres.functions
from django.db import migrations, models


def of(model):
    number = {"default": uuid4, "editable": False, "unique": True}
    each_its_own = django.contrib.postgres.functions.RandomUUID()
    return [
        migrations.AddField(
            model, "client_id", models.UUIDField(**number, db_default=each_its_own)
        ),
        migrations.AlterField(model, "client_id", models.UUIDField(**number)),
    ]


class Migration(migrations.Migration):
    dependencies = [("assistance", "0014_records_of_the_shop")]

    operations = [*of("pointrule"), *of("shopgood")]
