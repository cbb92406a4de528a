"""All faults of a household by one index: those that stood at the end of an earlier month, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0019_epidemic_register")]
    operations = [
        migrations.RemoveIndex("fault", "fault_fixed"),
        migrations.AddIndex(
            "fault", models.Index(fields=["household", "id"], name="fault_of_household")
        ),
    ]
