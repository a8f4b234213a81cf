// The stored version of some nodes; null where there is none.
// Parameters: $keys: keys of records.
// Columns: node, version.
UNWIND $keys AS wanted
OPTIONAL MATCH (n:Record {key: wanted})
RETURN wanted AS node, n.version AS version
