// All relationships INFLUENCES.
// Columns: record.
MATCH ()-[r:INFLUENCES]->()
RETURN properties(r) AS record
