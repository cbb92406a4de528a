from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0009_decided_on")]

    operations = [
        migrations.AddIndex(
            model_name="householdpast",
            index=models.Index(fields=["village"], name="past_of_village"),
        ),
    ]
