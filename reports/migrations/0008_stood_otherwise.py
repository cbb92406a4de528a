"""Who stands otherwise than the month before: marked when a month is rolled up."""

import django.db.models.deletion
from django.db import migrations, models

MONTHS_BEFORE = """
UPDATE reports_stood s
SET village_before_id = b.village_id,
  changed = s.tier IS DISTINCT FROM b.tier OR s.village_id IS DISTINCT FROM b.village_id
FROM monitoring_run run
JOIN monitoring_run earlier ON earlier.province_id = run.province_id AND earlier.name = ''
  AND earlier.state = 'frozen' AND earlier.month = run.month - interval '1 month'
JOIN monitoring_assessment b ON b.run_id = earlier.id
WHERE s.run_id = run.id AND b.household_id = s.household_id
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("reports", "0007_stood_by_run")]
    operations = [
        migrations.AddField(
            "stood",
            "village_before",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.division",
            ),
        ),
        migrations.AddField(
            "stood",
            "changed",
            models.BooleanField(
                default=True, verbose_name="another tier or village than the month before"
            ),
        ),
        migrations.RunSQL(MONTHS_BEFORE, migrations.RunSQL.noop),
        migrations.AddIndex(
            "stood",
            models.Index(
                condition=models.Q(("changed", True)),
                fields=["village", "household"],
                name="stood_otherwise",
            ),
        ),
    ]
