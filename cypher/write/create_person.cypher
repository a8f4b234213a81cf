// Make new nodes Person.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Person {key: row.key})
SET n = row
