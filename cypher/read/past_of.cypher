// All earlier forms of some records.
// Parameters: $keys: keys of records.
// Columns: past.
UNWIND $keys AS wanted
MATCH (p:Past {record: wanted})
RETURN properties(p) AS past
