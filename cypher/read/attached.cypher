// What hangs on some nodes that are to be removed: relationships that are records, and records of an account.
// Parameters: $keys: keys of records.
// Columns: type, tie (properties of the relationship), other (properties of the node that it comes from or leads to).
UNWIND $keys AS wanted
MATCH (n:Record {key: wanted})-[r:ASSIGNED_TO|HOLDS|IN_ACCOUNT|INFLUENCES|KNOWS|SITS_IN]-(m)
WHERE type(r) <> 'IN_ACCOUNT' OR endNode(r).key = wanted
RETURN type(r) AS type, properties(r) AS tie, properties(m) AS other
LIMIT 1
