// Some nodes as they stand; nothing for those that are not there.
// Parameters: $keys: keys of records.
// Columns: node, form.
UNWIND $keys AS wanted
MATCH (n:Record {key: wanted})
RETURN wanted AS node, properties(n) AS form
