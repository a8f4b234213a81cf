// Make new nodes Signal.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Signal {key: row.key})
SET n = row
