// Make new nodes Stake.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Stake {key: row.key})
SET n = row
