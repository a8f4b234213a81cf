// Make new nodes TeamMember.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:TeamMember {key: row.key})
SET n = row
