// Make new nodes Pursuit.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Pursuit {key: row.key})
SET n = row
