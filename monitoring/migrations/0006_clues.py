
import accounts.protected
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_longer_about"),
        ("duties", "0001_tasks"),
        ("households", "0011_quality"),
        ("monitoring", "0005_big_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("receipt", models.CharField(max_length=12, unique=True)),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
                ("resident_id_index", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "resident_id_masked",
                    models.CharField(blank=True, default="", editable=False, max_length=24),
                ),
                (
                    "resident_id",
                    accounts.protected.ProtectedField(
                        blank=True,
                        default="",
                        indexed=False,
                        mask="identity",
                        verbose_name="resident ID",
                    ),
                ),
                ("phone_index", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "phone_masked",
                    models.CharField(blank=True, default="", editable=False, max_length=24),
                ),
                (
                    "phone",
                    accounts.protected.ProtectedField(
                        blank=True, default="", indexed=False, mask="phone", verbose_name="phone"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("illness", "illness"),
                            ("disability", "disability"),
                            ("school", "cost of schooling"),
                            ("disaster", "natural disaster"),
                            ("accident", "accident or death in the family"),
                            ("work", "lost work or income"),
                            ("business", "loss in farming or business"),
                            ("house", "unsafe house"),
                            ("water", "no safe drinking water"),
                            ("other", "something else"),
                        ],
                        max_length=12,
                        verbose_name="kind of difficulty",
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=500, verbose_name="in your words"),
                ),
                ("made_at", models.DateTimeField()),
                ("forgotten_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClueAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("opened", "clue received"),
                            ("added", "told once more"),
                            ("found", "household found"),
                            ("checked", "checked at home"),
                            ("confirmed", "confirmed by the township"),
                            ("returned", "sent back to be checked again"),
                            ("case", "case opened"),
                            ("case_left", "case withdrawn, to be checked again"),
                            ("moved", "moved with the household"),
                            ("ended", "ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("because", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ClueSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("village", "the village"),
                            ("department", "a department's data"),
                            ("household", "the household itself"),
                            ("supervision", "supervision"),
                            ("analysis", "the monthly analysis"),
                        ],
                        max_length=12,
                        verbose_name="channel",
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=120, verbose_name="by whom")),
                (
                    "words",
                    models.CharField(blank=True, max_length=1000, verbose_name="in which words"),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("figures", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(verbose_name="received at")),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=10)),
                ("key", models.UUIDField()),
                ("begins", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.AlterModelOptions(
            name="clue",
            options={"ordering": ["-found_on", "id"], "verbose_name": "clue"},
        ),
        migrations.AddField(
            model_name="clue",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_confirmed", "not confirmed"),
                    ("monitored", "already monitored"),
                    ("case_opened", "case opened"),
                    ("merged", "joined to another clue"),
                ],
                max_length=13,
                verbose_name="answer",
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="because",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="clue",
            name="checked_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.post",
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="checked_on",
            field=models.DateField(null=True, verbose_name="checked at home on"),
        ),
        migrations.AddField(
            model_name="clue",
            name="due_on",
            field=models.DateField(null=True, verbose_name="whole procedure by"),
        ),
        migrations.AddField(
            model_name="clue",
            name="finding",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_confirmed", "not confirmed"),
                    ("monitored", "already monitored"),
                    ("case_opened", "case opened"),
                    ("merged", "joined to another clue"),
                ],
                max_length=13,
                verbose_name="found",
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merged",
                to="monitoring.clue",
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="name",
            field=models.CharField(blank=True, max_length=40, verbose_name="name"),
        ),
        migrations.AddField(
            model_name="clue",
            name="phone",
            field=accounts.protected.ProtectedField(
                blank=True, default="", indexed=False, mask="phone", verbose_name="phone"
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="phone_index",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="clue",
            name="phone_masked",
            field=models.CharField(blank=True, default="", editable=False, max_length=24),
        ),
        migrations.AddField(
            model_name="clue",
            name="procedure",
            field=models.CharField(blank=True, max_length=20, verbose_name="proposed procedure"),
        ),
        migrations.AddField(
            model_name="clue",
            name="resident_id",
            field=accounts.protected.ProtectedField(
                blank=True, default="", indexed=True, mask="identity", verbose_name="resident ID"
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="resident_id_index",
            field=models.UUIDField(blank=True, db_index=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="clue",
            name="resident_id_masked",
            field=models.CharField(blank=True, default="", editable=False, max_length=24),
        ),
        migrations.AddField(
            model_name="clue",
            name="state",
            field=models.CharField(
                choices=[
                    ("check", "to be checked at home"),
                    ("confirm", "the township confirms"),
                    ("to_open", "a case is to be opened"),
                    ("case", "case under way"),
                    ("ended", "ended"),
                ],
                default="check",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="step_due_on",
            field=models.DateField(null=True, verbose_name="this step by"),
        ),
        migrations.AddField(
            model_name="clue",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="clue",
            name="village",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.division",
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="visit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="households.visit",
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="words",
            field=models.CharField(blank=True, max_length=500, verbose_name="what was found"),
        ),
        migrations.AlterField(
            model_name="clue",
            name="found_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="clues",
                to="monitoring.run",
            ),
        ),
        migrations.AlterField(
            model_name="clue",
            name="household",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="clues",
                to="households.household",
            ),
        ),
        migrations.AlterField(
            model_name="clue",
            name="rules",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="application",
            name="clue",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="applications",
                to="monitoring.clue",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.division",
            ),
        ),
        migrations.AddField(
            model_name="clueact",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.post",
            ),
        ),
        migrations.AddField(
            model_name="clueact",
            name="clue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acts",
                to="monitoring.clue",
            ),
        ),
        migrations.AddField(
            model_name="cluesource",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.post",
            ),
        ),
        migrations.AddField(
            model_name="cluesource",
            name="clue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sources",
                to="monitoring.clue",
            ),
        ),
        migrations.AddIndex(
            model_name="tries",
            index=models.Index(fields=["begins"], name="tries_by_hour"),
        ),
        migrations.AddConstraint(
            model_name="tries",
            constraint=models.UniqueConstraint(fields=("what", "key", "begins"), name="tries"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("clue", None), ("forgotten_at", None)),
                fields=["id"],
                name="application_to_take_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="cluesource",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("clue", "channel", "reference"),
                name="a_source_is_told_once",
            ),
        ),
        # Clues so far were found by the review; they wait for their check, or ended with a case.
        migrations.RunSQL(
            """
            UPDATE monitoring_clue c SET village_id = h.village_id, due_on = c.found_on + 28,
              state = CASE WHEN c.ended_on IS NULL THEN 'check' ELSE 'ended' END,
              step_due_on = CASE WHEN c.ended_on IS NULL THEN c.found_on + 4 END,
              answer = CASE WHEN c.ended_on IS NULL THEN '' ELSE 'case_opened' END
            FROM households_household h WHERE h.id = c.household_id;
            INSERT INTO monitoring_cluesource (clue_id, channel, who, words, reference, figures, at)
            SELECT id, 'analysis', '', '', found_by_id::text, '{}', found_on FROM monitoring_clue;
            SET CONSTRAINTS ALL IMMEDIATE;
            SET CONSTRAINTS ALL DEFERRED;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="clue",
            name="village",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.division",
            ),
        ),
        migrations.AlterField(
            model_name="clue",
            name="due_on",
            field=models.DateField(verbose_name="whole procedure by"),
        ),
        migrations.AddIndex(
            model_name="clue",
            index=models.Index(fields=["village", "step_due_on"], name="clue_of_village"),
        ),
        migrations.AddIndex(
            model_name="clue",
            index=models.Index(
                condition=models.Q(("ended_on", None)),
                fields=["due_on", "id"],
                name="clue_by_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="clue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None), ("household", None)),
                fields=("resident_id_index",),
                name="one_open_clue_of_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="clue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_on__isnull", False),
                        ("state", "ended"),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on", None)),
                    _connector="OR",
                ),
                name="clue_ends_with_an_answer",
            ),
        ),
    ]
