// Make new nodes Footprint.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Footprint {key: row.key})
SET n = row
