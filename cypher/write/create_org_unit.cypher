// Make new nodes OrgUnit.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:OrgUnit {key: row.key})
SET n = row
