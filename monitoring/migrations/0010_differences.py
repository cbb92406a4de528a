import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_longer_about'),
        ('households', '0013_outgoing'),
        ('monitoring', '0009_campaigns'),
    ]

    operations = [
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('big_payment', 'big medical self-payment'), ('disaster', 'disaster of a household that is not listed'), ('epidemic', 'epidemic case in a household that is not listed'), ('worker_died', 'death of somebody who worked'), ('severe_disability', 'severe disability in a household that is not registered'), ('allowance_unlisted', 'subsistence allowance, but not registered'), ('death', 'death of somebody who lives in the register'), ('allowance', 'subsistence allowance differs'), ('allowance_gone', 'subsistence allowance in the register alone'), ('extreme_poverty', 'support for the extremely poor differs'), ('insurance', 'medical insurance differs'), ('insurance_gone', 'insured in the register alone'), ('house_grade', 'unsafe house for the department, safe in the register'), ('school', 'school differs'), ('disability', 'grade of disability differs'), ('water', 'unsafe water for the department, safe in the register'), ('hazard_spot', 'threatened by a hazard spot, not so in the register'), ('work', 'work in the register alone'), ('disaster_listed', 'disaster of a listed household that nobody has recorded'), ('vehicles', 'vehicles'), ('companies', 'companies'), ('property', 'more than one house')], max_length=20, verbose_name='rule')),
                ('answer', models.CharField(choices=[('clue', 'clue: the village checks at home'), ('task', 'task: the village mends the register, or says why not'), ('counter', 'evidence shown beside cases and the household')], max_length=8)),
                ('figures', models.JSONField(default=dict)),
                ('mark', models.CharField(max_length=200)),
                ('department', models.CharField(max_length=30)),
                ('on', models.DateField(verbose_name='data as of')),
                ('state', models.CharField(choices=[('open', 'open'), ('asked', 'became a clue'), ('kept', 'the register is kept, with a reason'), ('gone', 'no difference any more')], default='open', max_length=6)),
                ('found_at', models.DateTimeField(verbose_name='found at')),
                ('because', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('settled_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='households.household')),
                ('member', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.member')),
            ],
            options={
                'verbose_name': 'difference',
                'ordering': ['-found_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['answer', 'id'], name='difference_open')],
                'constraints': [models.UniqueConstraint(fields=('rule', 'household', 'member'), name='one_difference_of_a_rule', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='kept_with_a_reason')],
            },
        ),
    ]
