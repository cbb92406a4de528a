-- IDs that end in 000 while others of the file were rounded by Excel: nobody can tell them apart.
-- Part of staging: changes the session's tables only.
WITH doubtful AS (
  UPDATE staged_member
  SET resident_id = NULL, resident_id_index = NULL, resident_id_masked = NULL,
      born_on = NULL, sex = NULL
  WHERE rounded AND EXISTS (SELECT 1 FROM staged_refusal WHERE reason = 'id_by_excel')
  RETURNING row, number, member_number
), lost AS (
  DELETE FROM staged_member USING doubtful
  WHERE staged_member.row = doubtful.row AND doubtful.member_number IS NULL
)
INSERT INTO staged_refusal (row, "column", household_number, value, reason, details, whole)
SELECT row, %(id)s, number, '…000', 'id_by_excel', '{{}}', member_number IS NULL FROM doubtful;
