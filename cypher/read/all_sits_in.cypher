// All relationships SITS_IN.
// Columns: record.
MATCH ()-[r:SITS_IN]->()
RETURN properties(r) AS record
