from uuid import uuid4

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models


def by_whom(model, name):
    post = models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="accounts.post",
    )
    return migrations.AddField(model_name=model, name=name, field=post)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_tries_of_pages_without_account"),
        ("assistance", "0011_exceptions_of_plans_and_actions"),
    ]

    operations = [
        by_whom("socialneed", "ended_by"),
        by_whom("socialoffer", "ended_by"),
        by_whom("socialmatch", "ended_by"),
        by_whom("socialmatch", "answered_by"),
        migrations.AddField(
            model_name="socialoffer",
            name="client_id",
            field=models.UUIDField(
                default=uuid4,
                editable=False,
                unique=True,
                db_default=django.contrib.postgres.functions.RandomUUID(),  # each row its own
            ),
        ),
        migrations.AlterField(
            model_name="socialoffer",
            name="client_id",
            field=models.UUIDField(default=uuid4, editable=False, unique=True),
        ),
    ]
