// The writes whose id begins so; two are enough to tell that it is not the only one.
// Parameters: $id: beginning of an id.
// Columns: operation.
MATCH (o:Operation)
WHERE o.id STARTS WITH $id
RETURN properties(o) AS operation
LIMIT 2
