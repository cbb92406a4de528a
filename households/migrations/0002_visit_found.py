from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="found",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
