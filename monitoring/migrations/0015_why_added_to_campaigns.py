from django.db import migrations, models

CARRIED_OVER = """
UPDATE monitoring_campaignline line SET added_because = campaign.added
FROM monitoring_campaign campaign
WHERE campaign.id = line.campaign_id AND 'added' = ANY(line.groups)
  AND line.household_id IS NOT NULL;
"""
BACK = """
UPDATE monitoring_campaign campaign SET added = line.added_because
FROM monitoring_campaignline line
WHERE line.campaign_id = campaign.id AND line.added_because <> '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0014_who_added_to_campaigns"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaignline",
            name="added_because",
            field=models.CharField(
                blank=True, default="", max_length=60, verbose_name="group added by the county"
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(CARRIED_OVER, BACK),
        migrations.RemoveField(
            model_name="campaign",
            name="added",
        ),
    ]
