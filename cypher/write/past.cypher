// Keep earlier forms of records.
// Parameters: $rows: key, record (key), account, from_revision, until_revision, change, form.
// Columns: none.
UNWIND $rows AS row
CREATE (p:Past)
SET p = row
