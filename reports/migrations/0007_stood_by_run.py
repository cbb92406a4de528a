"""How households stood is kept in one partition a run: written without indexes, indexed once."""

from django.db import migrations

PARTITIONED = """
CREATE TABLE parted (LIKE reports_stood) PARTITION BY LIST (run_id);
DO $$
DECLARE run bigint;
BEGIN
  FOR run IN SELECT DISTINCT run_id FROM reports_stood LOOP
    EXECUTE format('CREATE TABLE reports_stood_%1$s PARTITION OF parted FOR VALUES IN (%1$s)', run);
  END LOOP;
END $$;
INSERT INTO parted SELECT * FROM reports_stood;
CREATE SEQUENCE stood_id;
SELECT setval('stood_id', coalesce(max(id), 0) + 1, FALSE) FROM reports_stood;
DROP TABLE reports_stood;
ALTER TABLE parted RENAME TO reports_stood;
ALTER SEQUENCE stood_id RENAME TO reports_stood_id_seq;
ALTER SEQUENCE reports_stood_id_seq OWNED BY reports_stood.id;
ALTER TABLE reports_stood
  ALTER COLUMN id SET DEFAULT nextval('reports_stood_id_seq'),
  ADD PRIMARY KEY (id, run_id);
CREATE INDEX stood_of_village ON reports_stood (run_id, village_id, id);
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_ledger_views")]
    operations = [migrations.RunSQL(PARTITIONED, migrations.RunSQL.noop)]
