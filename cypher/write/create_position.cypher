// Make new nodes Position.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Position {key: row.key})
SET n = row
