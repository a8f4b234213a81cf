// Make new nodes Clause.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Clause {key: row.key})
SET n = row
