"""Assessments are kept in one partition a run: written without indexes, indexed once, dropped whole."""

from django.db import migrations

PARTITIONED = """
CREATE TABLE parted (LIKE monitoring_assessment) PARTITION BY LIST (run_id);
DROP TABLE monitoring_assessment;
ALTER TABLE parted RENAME TO monitoring_assessment;
CREATE SEQUENCE monitoring_assessment_id_seq OWNED BY monitoring_assessment.id;
ALTER TABLE monitoring_assessment
  ALTER COLUMN id SET DEFAULT nextval('monitoring_assessment_id_seq'),
  ADD PRIMARY KEY (run_id, id),
  ADD CONSTRAINT one_assessment_in_a_run UNIQUE (household_id, run_id);
CREATE INDEX assessments_of_county ON monitoring_assessment (county_id, tier);
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [migrations.RunSQL(PARTITIONED, migrations.RunSQL.noop)]
