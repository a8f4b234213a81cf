// Make new nodes Assessment.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Assessment {key: row.key})
SET n = row
