// Make new nodes Contract.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Contract {key: row.key})
SET n = row
