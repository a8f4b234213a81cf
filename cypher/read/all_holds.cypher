// All relationships HOLDS.
// Columns: record.
MATCH ()-[r:HOLDS]->()
RETURN properties(r) AS record
