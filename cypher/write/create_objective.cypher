// Make new nodes Objective.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Objective {key: row.key})
SET n = row
