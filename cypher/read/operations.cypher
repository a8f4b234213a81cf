// The newest writes.
// Parameters: $limit: how many.
// Columns: operation.
MATCH (o:Operation)
RETURN properties(o) AS operation
ORDER BY o.revision DESC LIMIT $limit
