// Delete nodes with all their relationships.
// Parameters: $keys: keys of records.
// Columns: none.
UNWIND $keys AS wanted
MATCH (n:Record {key: wanted})
DETACH DELETE n
