// All relationships ASSIGNED_TO.
// Columns: record.
MATCH ()-[r:ASSIGNED_TO]->()
RETURN properties(r) AS record
