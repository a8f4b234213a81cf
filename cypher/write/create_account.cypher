// Make new nodes Account.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Account {key: row.key})
SET n = row
