// Put new contents into records that are nodes.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
MATCH (n:Record {key: row.key})
SET n = row
