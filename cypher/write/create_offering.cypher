// Make new nodes Offering.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Offering {key: row.key})
SET n = row
