from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0002_taking_back"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="feedrow",
            index=models.Index(
                F("member"), F("kind"), F("on").desc(), F("id").desc(), name="feed_row_newest"
            ),
        ),
        migrations.RemoveIndex(
            model_name="feedrow",
            name="feed_row_of_member",
        ),
    ]
