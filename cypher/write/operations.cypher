// Record writes: each in its own transaction, or all of a backup.
// Parameters: $rows: their properties.
// Columns: none.
UNWIND $rows AS row
CREATE (o:Operation {id: row.id})
SET o = row
