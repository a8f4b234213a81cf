// All relationships KNOWS.
// Columns: record.
MATCH ()-[r:KNOWS]->()
RETURN properties(r) AS record
