"""Assets, projects and books follow the change of division codes, by nobody's post. A lease is of
the village whose collective let it: that of the asset on the day when it was made."""

import django.db.models.deletion
from django.db import migrations, models

LET_BY = """
UPDATE assistance_lease l SET village_id = coalesce((
  SELECT (c.changes -> 'at_id' ->> 0)::bigint FROM assistance_assetact c
  WHERE c.asset_id = l.asset_id AND c.at > l.made_at AND c.changes ? 'at_id'
  ORDER BY c.at, c.id LIMIT 1
), a.at_id)
FROM assistance_asset a WHERE a.id = l.asset_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


def of_division(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="accounts.division",
        **more,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0007_tries_of_pages_without_account"),
        ("assistance", "0018_proofs_of_exceptions"),
    ]

    operations = [
        migrations.AddField("lease", "village", of_division(null=True)),
        migrations.RunSQL(LET_BY, migrations.RunSQL.noop),
        migrations.AlterField("lease", "village", of_division()),
        migrations.AlterField(
            model_name='assetact',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post'),
        ),
        migrations.AlterField(
            model_name='assetact',
            name='what',
            field=models.CharField(choices=[('registered', 'registered'), ('changed', 'facts changed'), ('inspected', 'inspected'), ('repair_asked', 'repair asked for'), ('repaired', 'repaired'), ('upkeep', 'upkeep'), ('transferred', 'transferred'), ('write_off_asked', 'write-off asked for'), ('written_off', 'written off'), ('kept', 'write-off refused'), ('code_change', 'change of division codes')], max_length=16),
        ),
        migrations.AlterField(
            model_name='collectiveentry',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post'),
        ),
        migrations.AlterField(
            model_name='collectiveentry',
            name='what',
            field=models.CharField(choices=[('rent', 'rent'), ('power', 'sale of solar power'), ('dividend', 'dividend of shares'), ('business', 'own business'), ('service', 'paid services'), ('subsidy', 'subsidy'), ('donation', 'donation'), ('other', 'other income'), ('taken_over', 'taken over from a village that became part of it'), ('reserve', 'reserve for production'), ('posts', 'public-welfare posts'), ('works', 'small public works of the village'), ('award', 'award'), ('aid', 'aid to a household in need'), ('industry', "bonus for a household's production"), ('upkeep', 'upkeep of assets'), ('relief', 'deposit in the emergency fund'), ('passed_on', 'passed on to the village that it became part of')], max_length=10),
        ),
        migrations.AlterField(
            model_name='projectact',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post'),
        ),
        migrations.AlterField(
            model_name='projectact',
            name='what',
            field=models.CharField(choices=[('proposed', 'proposed'), ('changed', 'proposal changed'), ('reviewed', 'reviewed by the township'), ('approved', 'taken into the store by the county'), ('returned', 'returned'), ('adjusted', 'adjusted in the store'), ('linked', 'households named'), ('unlinked', 'household taken out'), ('started', 'begun'), ('finished', 'finished'), ('out', 'adjusted out'), ('codes', 'change of division codes')], max_length=10),
        ),
    ]
