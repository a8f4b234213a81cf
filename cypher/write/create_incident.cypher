// Make new nodes Incident.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Incident {key: row.key})
SET n = row
