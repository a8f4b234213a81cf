// Make new nodes Project.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Project {key: row.key})
SET n = row
