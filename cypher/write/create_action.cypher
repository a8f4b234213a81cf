// Make new nodes Action.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Action {key: row.key})
SET n = row
